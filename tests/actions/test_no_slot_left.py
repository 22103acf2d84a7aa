"""No status slot is left towards a partner: nothing new is sent, and what stops a request goes on as ever (I7, I12)."""

from cotejo.actions.unit import SLOTS_PER_PARTNER
from cotejo.proof.status_list import SlotState
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.duties import RedressDoor
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Usability
from cotejo.simulation.invented import AUTHORISER, CERTIFIER
from tests.builders.line import Link


def test_i7_a_request_is_stopped_and_withdrawn_when_no_status_slot_is_left() -> None:
    link = Link()
    case, other = link.case(1), link.case(2, send=False)
    link.hear_all()
    kept = link.alba.unit._memory.slots["boreal"]
    kept.update({slot: SlotState.NEVER_AGAIN for slot in range(SLOTS_PER_PARTNER) if slot not in kept})

    def ask_dossier(command: object, who: object, dossier: str) -> object:
        return link.alba.act(StreamKind.DOSSIER, dossier, command, who=who, purpose=Purpose.REQUEST, now=link.now)

    sent = ask_dossier(ask.AuthoriseSending(), AUTHORISER, other.dossier)
    assert isinstance(sent, Refused)
    assert sent.codes == ("dossier.no_slot",)
    stopped = ask_dossier(ask.Suspend(cause=SuspensionCause.REDRESS), RedressDoor(), case.dossier)
    assert not isinstance(stopped, Refused)
    link.hear_all()
    assert link.review(case).usability is Usability.SUSPENDED
    withdrawn = ask_dossier(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER, case.dossier)
    assert not isinstance(withdrawn, Refused)
    link.hear_all()
    assert link.review(case).usability is Usability.WITHDRAWN
