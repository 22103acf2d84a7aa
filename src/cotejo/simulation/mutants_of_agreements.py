"""Named faults in what follows an agreement; see `mutants`."""

from typing import Final

from cotejo.rules import dossier_meeting, renewing
from cotejo.rules.acts import Act, Plan, Send
from cotejo.rules.gates import terms
from cotejo.rules.partner import PartnerState
from cotejo.rules.renewal import TermsHeard
from cotejo.simulation.planting import Mutant, Patch


def _one_signature() -> tuple[Patch, ...]:
    right = renewing._plan  # noqa: SLF001 - a careless twin of it

    def careless(state: PartnerState, *what: Act, sends: tuple[Send, ...] = ()) -> Plan:
        heard = next((each for each in what if isinstance(each, TermsHeard)), None)
        agreed = (renewing._agreed(heard.terms, (heard.signed, heard.signed)),) if heard else ()  # noqa: SLF001
        return right(state, *what, *agreed, sends=sends)

    return ((renewing, "_plan", careless),)


OF_AGREEMENTS: Final[tuple[Mutant, ...]] = (
    Mutant(
        name="one-signature-is-an-agreement",
        words="Terms that the partner alone signed take their turn.",
        rows=("F19", "I1"),
        patches=_one_signature,
        more=("bulletin",),
    ),
    Mutant(
        name="the-next-agreement-covers-everything",
        words="A request goes on under an agreement that does not cover it.",
        rows=("F19", "I7"),
        patches=lambda: (
            (dossier_meeting, "covers_package", lambda *_: True),
            (terms, "_agreement_gaps", lambda _reading: iter(())),
        ),
        more=("bulletin", "origin", "receiver"),
    ),
)
