"""The United States."""

from typing import Final

from cotejo.rules.profiles.kind import Profile

# No federal statute sets an age; ten is the lowest age at which federal practice has brought proceedings.
# 28 USC 2401(a): civil actions against the United States within six years.
# 18 USC 521: criminal street gangs; 18 USC 1962(d): conspiracy through an enterprise.
UNITED_STATES: Final = Profile(
    code="us",
    minimum_age=10,
    accused_months=24,
    remaining_months=6,
    membership_articles=("18 usc 521", "18 usc 1962(d)"),
    languages=("en",),
    limitation_months=72,
)
