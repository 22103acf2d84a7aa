"""What the law of each country adds to the gates, as data.

1. A profile can only demand more than the common rules, never less (F62).
2. An origin without a known profile is read under the strictest value of every profile.
3. Figures come from the statute named beside them; those of the catalogue are marked with their row.
"""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.agreement import Agreement
from cotejo.rules.profiles.kind import Profile
from cotejo.rules.profiles.sv import EL_SALVADOR
from cotejo.rules.profiles.us import UNITED_STATES

PROFILES: Final[Mapping[str, Profile]] = {each.code: each for each in (EL_SALVADOR, UNITED_STATES)}


def _strictest() -> Profile:
    known = PROFILES.values()
    return Profile(
        code="",
        minimum_age=max(each.minimum_age for each in known),
        accused_months=max(each.accused_months for each in known),
        remaining_months=max(each.remaining_months for each in known),
        membership_articles=tuple(article for each in known for article in each.membership_articles),
        languages=(),
        limitation_months=max(each.limitation_months for each in known),
    )


STRICTEST: Final = _strictest()


def profile(code: str) -> Profile:
    """Return a profile by its code, or the strictest of all for a code nobody knows."""
    return PROFILES.get(code, STRICTEST)


def profile_of(node: str, agreement: Agreement) -> Profile:
    """Return the profile of a party to an agreement, or the strictest of all when it is no party."""
    if node not in agreement.parties:
        return STRICTEST
    return profile(agreement.profiles[agreement.parties.index(node)])
