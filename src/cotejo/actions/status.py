"""Status without asking: pushing our list to every partner, and keeping the newest list a partner pushed (I5).

1. Each partner gets its own list with its own list id: the slots of one say nothing to another.
2. A list's number is the moment it was made, which never goes back below the high-water mark; so an older list can
   never pass for a newer one, and nothing needs to be remembered to number the next.
3. Lists go out every third of the shortest agreed lifetime, whatever happened in between (I6).
4. A pushed list is kept only when it follows the one held; an older one or one that brings a slot back is refused.
"""

import hashlib
from collections.abc import Mapping

from cotejo.actions.post import partner_keys
from cotejo.actions.unit import SLOTS_PER_PARTNER, Committed, Partner, StatusHeld, Unit
from cotejo.exchange.keyring import OwnKeys
from cotejo.proof.refusals import ProofError
from cotejo.proof.status_list import (
    SLOTS_A_BYTE,
    SlotState,
    StatusList,
    Tolerance,
    open_status_list,
    refusal_of_list,
    refusal_of_successor,
    sign_status_list,
)
from cotejo.rules.acts import Millis, Plan, Send
from cotejo.rules.agreement import Agreement
from cotejo.rules.duties import Clockwork
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import StatusPush


def list_id(origin: str, receiver: str) -> str:
    """Return the id of the list one origin pushes to one receiver."""
    return hashlib.sha256(f"cotejo/status/{origin}/{receiver}".encode()).hexdigest()[:32]


def cadence(agreement: Agreement) -> Millis:
    """Return how often a list goes out: a third of the shortest lifetime, so that two may be lost."""
    lifetimes = agreement.lifetimes
    return max(1, min(lifetimes.reading, lifetimes.administrative, lifetimes.grave) // 3)


def make_list(slots: Mapping[int, int], *, origin: str, partner: Partner, now: Millis) -> StatusList:
    """Make the list of all slots used towards one partner."""
    bits = bytearray(SLOTS_PER_PARTNER // SLOTS_A_BYTE)
    for slot, state in slots.items():
        at, place = divmod(slot, SLOTS_A_BYTE)
        bits[at] |= SlotState(state) << (2 * place)
    return StatusList(
        id=list_id(origin, partner.name),
        n=now,
        iat=now,
        exp=now + partner.agreement.lifetimes.reading,
        bits=bytes(bits),
    )


def push_status(unit: Unit, partner: Partner, *, own: OwnKeys, now: Millis) -> Committed:
    """Put the newest list for one partner into the outbox."""
    moment = max(now, unit.high_water())  # before the slots are read: no list is dated after a change it lacks
    status = make_list(unit.slots(partner.name), origin=unit.node, partner=partner, now=moment)
    send = Send(partner=partner.name, content=StatusPush(jws=sign_status_list(status, own.status).decode()))
    return unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)


def judge_status(unit: Unit, partner: Partner, pushed: StatusPush, *, now: Millis) -> StatusHeld | tuple[str, ...]:
    """Return the list a partner pushed, to be kept with its receipt, or the code of what is wrong with it."""
    keys = partner_keys(partner, now=now)
    agreement = partner.agreement
    try:
        new = open_status_list(pushed.jws.encode(), keys.status, id_=list_id(partner.name, unit.node))
    except ProofError as error:
        return (error.reason.code,)
    held = unit.status_held(partner.name)
    tolerance = Tolerance(
        skew=agreement.skew, longest_life=agreement.lifetimes.reading, floor=held.number if held else 0
    )
    wrong = refusal_of_list(new, now=now, tolerance=tolerance)
    if wrong is None and held is not None:
        wrong = refusal_of_successor(_as_list(held, new.id), new)
    if wrong is not None:
        return (wrong.code,)
    return StatusHeld(
        partner=partner.name,
        number=new.n,
        issued=new.iat,
        expires=new.exp,
        bits=new.bits,
        signed=pushed.jws.encode(),
    )


def _as_list(held: StatusHeld, id_: str) -> StatusList:
    return StatusList(id=id_, n=held.number, iat=held.issued, exp=held.expires, bits=held.bits)
