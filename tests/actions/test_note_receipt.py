"""A partner's receipt of one of our messages: noted once, whatever the partner says of the message later (X3, I8)."""

from cotejo.actions.note_receipt import Posted, note_receipt
from cotejo.actions.outside import Room, outside
from cotejo.exchange.outgoing import receipt_content
from cotejo.rules.acts import StreamKind
from cotejo.rules.dossier import Dossier
from tests.builders.line import Link


def test_i8_a_message_keeps_its_receipt_when_it_goes_again_and_the_partner_says_another_thing_of_it() -> None:
    link = Link()
    case = link.case()
    partner = link.alba.unit.partner("boreal")
    message = link.alba.unit.outbox[-1]
    assert partner is not None

    def hear(outcome: str, *, receipted: bool) -> Dossier:
        sealed, send = message.sealed, message.send
        said = receipt_content(of=sealed.mid, sha256_of=sealed.sha256, outcome=outcome, gaps=())
        us = link.boreal.unit.partner("alba")
        assert us is not None
        room = Room(own=link.boreal.own, chance=link.boreal.chance.randbytes)
        letter = outside(said, sealed.sha256, us, room, now=link.now)
        posted = Posted(
            mid=sealed.mid,
            kind=sealed.kind,
            sha256=sealed.sha256,
            request=send.request,
            version=send.version,
            receipted=receipted,
        )
        note_receipt(link.alba.unit, partner, posted, letter.body, own=link.alba.own, now=link.now)
        state: Dossier = link.alba.state(StreamKind.DOSSIER, case.dossier)
        return state

    assert [each.outcome for each in hear("taken", receipted=False).sent] == ["taken"]
    again = hear("refused", receipted=True)
    assert [each.outcome for each in again.sent] == ["taken"]
    assert not again.never_taken
    assert hear("refused", receipted=False).never_taken
