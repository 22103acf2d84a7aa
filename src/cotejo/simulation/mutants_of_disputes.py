"""Named faults in what is disputed, and in who lets a dispute leave; see `mutants`."""

from typing import Final

from cotejo.rules import review_evolve, review_law
from cotejo.rules.acts import Reason
from cotejo.rules.review_decide import disputing
from cotejo.rules.review_law import DISPUTED
from cotejo.simulation.planting import Mutant, Patch


def _a_note() -> tuple[Patch, ...]:
    right = review_law.legal_marks

    def careless(*args: object) -> tuple[Reason, ...]:
        marks: tuple[Reason, ...] = right(*args)  # type: ignore[arg-type] # as the right one
        return tuple(each for each in marks if each is not DISPUTED)

    return ((review_evolve, "_disputed", lambda state: state), (review_law, "legal_marks", careless))


OF_DISPUTES: Final[tuple[Mutant, ...]] = (
    Mutant(
        name="dispute-is-a-note",
        words="A dispute is written down and stops nothing.",
        rows=("F64",),
        patches=_a_note,
        more=("origin", "receiver", "hurry"),
    ),
    Mutant(
        name="anybody-lets-a-dispute-leave",
        words="Whoever recorded what the person signed lets it leave.",
        rows=("I1", "I12"),
        patches=lambda: ((disputing, "by_officer", lambda *_: ()),),
        more=("report", "receiver"),
    ),
)
