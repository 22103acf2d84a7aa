"""Status without asking: pushing our list to every partner, and keeping the newest list a partner pushed (I5).

1. Each partner gets its own list with its own list id: the slots of one say nothing to another.
2. A list's number is the moment it was made, by this machine's clock, read before the slots are. It is always later
   than that of the list before: while the clock is behind it none goes out, and the operator is told. Nothing else
   moves it: no officer's act can show in a list's date or in when it comes (I6).
3. Lists go out every third of the shortest agreed lifetime, whatever happened in between (I6).
4. A pushed list is kept only when it follows the one held; an older one or one that brings a slot back is refused.
5. A list that comes through the agency a request is addressed to is the origin's own, and is judged the same way.
6. Nothing is made for a partner while nothing can be sealed for it: lists nobody can be sent would only pile up.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from cotejo.actions.post import is_sealable, partner_keys
from cotejo.actions.unit import NOTHING_WRITTEN, SLOTS_PER_PARTNER, Committed, Partner, StatusHeld, Unit
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
from cotejo.rules.acts import Millis, Plan, Reason, Refused, Send
from cotejo.rules.agreement import CAPS, Agreement
from cotejo.rules.duties import Clockwork
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import PassedList, StatusPush
from cotejo.rules.words import Text

KIND: Final = "status_list"
UNKNOWN_ORIGIN: Final = "unknown_origin"
"""The code for a list whose origin is not paired here."""


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
        exp=now + partner.terms(now).lifetimes.reading,
        bits=bytes(bits),
    )


def push_status(unit: Unit, partner: Partner, *, own: OwnKeys, now: Millis) -> Committed | Refused:
    """Put the newest list for one partner into the outbox, unless the clock is behind the list before (rule 6)."""
    if not is_sealable(partner, now=now):
        return NOTHING_WRITTEN
    if (behind := behind_of(unit, partner.name, now=now)) > 0:
        why, do = clock_behind(partner.name, behind)
        return Refused((Reason(code="status.clock_behind", text=why, remedy=do),))
    status = make_list(unit.slots(partner.name), origin=unit.node, partner=partner, now=now)
    send = Send(partner=partner.name, content=StatusPush(jws=sign_status_list(status, own.status).decode()))
    return unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)


def behind_of(unit: Unit, partner: str, *, now: Millis) -> Millis:
    """Return by how much this machine's clock is behind the newest list told to a partner; 0 when it is not."""
    last = unit.newest_told(partner, KIND)
    return max(0, last.at + 1 - now) if last else 0


def clock_behind(partner: str, behind: Millis) -> tuple[Text, Text]:
    """Return why no list goes out to a partner, and what to do."""
    seconds = -(-behind // 1000)
    why = Text(
        f"This machine's clock is {seconds} s behind the last status list told to {partner}; none goes out.",
        f"El reloj de este equipo está {seconds} s atrás de la última lista de vigencias enviada a {partner}; no sale "
        "ninguna.",
    )
    return why, Text("Set this machine's clock right.", "Corrija el reloj de este equipo.")


def judge_status(unit: Unit, partner: Partner, pushed: StatusPush, *, now: Millis) -> StatusHeld | tuple[str, ...]:
    """Return the list a partner pushed, to be kept with its receipt, or the code of what is wrong with it."""
    terms, id_ = partner.terms(now), list_id(partner.name, unit.node)
    tolerance = _tolerance(unit.status_held(partner.name), terms.skew, terms.lifetimes.reading)
    return _judge(unit, partner, pushed.jws, id_, key=partner.name, tolerance=tolerance, now=now)


def judge_passed_list(unit: Unit, passing: Partner, passed: PassedList, *, now: Millis) -> StatusHeld | tuple[str, ...]:
    """Return the list an origin signed for the partner that passes it on, or the code of what is wrong with it.

    It is kept under its own id. How long it serves is capped by the law here, and by the request's terms at each act.
    """
    origin = unit.partner(passed.origin)
    if origin is None:
        return (UNKNOWN_ORIGIN,)
    id_ = list_id(passed.origin, passing.name)
    tolerance = _tolerance(unit.status_held(id_), passing.terms(now).skew, CAPS.lifetimes.reading)
    return _judge(unit, origin, passed.jws, id_, key=id_, tolerance=tolerance, now=now)


def _tolerance(held: StatusHeld | None, skew: Millis, longest_life: Millis) -> Tolerance:
    return Tolerance(skew=skew, longest_life=longest_life, floor=held.number if held else 0)


def _judge(
    unit: Unit, signer: Partner, jws: str, id_: str, *, key: str, tolerance: Tolerance, now: Millis
) -> StatusHeld | tuple[str, ...]:
    try:
        new = open_status_list(jws.encode(), partner_keys(signer, now=now).status, id_=id_)
    except ProofError as error:
        return (error.reason.code,)
    held = unit.status_held(key)
    wrong = refusal_of_list(new, now=now, tolerance=tolerance)
    if wrong is None and held is not None:
        wrong = refusal_of_successor(_as_list(held, new.id), new)
    if wrong is not None:
        return (wrong.code,)
    return StatusHeld(partner=key, number=new.n, issued=new.iat, expires=new.exp, bits=new.bits, signed=jws.encode())


def _as_list(held: StatusHeld, id_: str) -> StatusList:
    return StatusList(id=id_, n=held.number, iat=held.issued, exp=held.expires, bits=held.bits)
