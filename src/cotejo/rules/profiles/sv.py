"""El Salvador."""

from typing import Final

from cotejo.rules.profiles.kind import Profile

# Ley Penal Juvenil art. 2: responsibility from twelve years. Codigo Penal art. 345: agrupaciones ilicitas;
# Ley Especial contra Actos de Terrorismo art. 13: belonging to an organisation.
# Codigo Civil art. 2254: an ordinary action lapses after twenty years; ten is this house's default until a lawyer says.
EL_SALVADOR: Final = Profile(
    code="sv",
    minimum_age=12,
    accused_months=24,
    remaining_months=6,
    membership_articles=("cp 345", "lecat 13"),
    languages=("es",),
    limitation_months=120,
)
