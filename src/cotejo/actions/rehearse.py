"""Rehearsing a link with the invented record: beginning, taking a partner's step in, going on with a receipt.

1. It goes the whole way of a request: sealed document parts, a numbered message, a receipt, the next step. What is
   tried is this very line.
2. It is acts of the partner and nothing else: no case, no register, no list, no figure, no ceiling sees it.
"""

from typing import Final

from cotejo.actions.laws import no_facts, partner_state
from cotejo.actions.perform import BUSY, Law, perform
from cotejo.actions.unit import Committed, Conflict, Partner, Unit
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.duties import Clockwork, PartnerNode, Who
from cotejo.rules.purposes import Purpose
from cotejo.rules.rehearsal_words import STEPS
from cotejo.rules.rehearsing import BeginRehearsal, NoteRehearsal, decide, rehearsal_id
from cotejo.rules.told import Receipt

REHEARSAL: Final = Law(kind=StreamKind.PARTNER, thing="partner", decide=decide, facts=no_facts)
KIND: Final = "rehearsal"


def begin_rehearsal(unit: Unit, partner: Partner, *, who: Who, now: Millis) -> Committed | Refused:
    """Tell a partner the first step of a new rehearsal."""
    stream = Stream(StreamKind.PARTNER, partner.name)
    return perform(REHEARSAL, unit, stream, BeginRehearsal(), who=who, purpose=Purpose.PARTNERS, now=now)


def begin_if_due(unit: Unit, partner: Partner, *, now: Millis) -> bool:
    """Begin a rehearsal that is due and was never begun; say whether there is nothing left to begin."""
    rehearsal = partner_state(unit, partner.name).rehearsal
    if not rehearsal.due or rehearsal.told is not None:
        return True
    return not isinstance(begin_rehearsal(unit, partner, who=Clockwork(), now=now), Refused)


def note_rehearsal(unit: Unit, partner: Partner, about: str, step: int, receipt: Receipt, *, now: Millis) -> None:
    """Go on with what the partner's receipt says of a step of ours. Raises `Conflict` to try again.

    `about` and `step` are what the message said it is about.
    """
    ours = partner_state(unit, partner.name).rehearsal
    if about != rehearsal_id(ours.begun):
        return
    command = NoteRehearsal(begun=ours.begun, step=STEPS[step - 1], outcome=receipt.outcome, gaps=receipt.gaps)
    done = perform(
        REHEARSAL,
        unit,
        Stream(StreamKind.PARTNER, partner.name),
        command,
        who=PartnerNode(name=partner.name),
        purpose=Purpose.EXCHANGE,
        now=now,
    )
    if isinstance(done, Refused) and BUSY.code in done.codes:
        raise Conflict("others are changing this partner")
