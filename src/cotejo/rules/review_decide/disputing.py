"""A dispute at the receiver: taken from the origin, or signed by the person and let leave for it (I6, I12, F45, F67).

1. What the origin tells is shown and opens the legal review afresh; its receipt is a function of the message alone.
2. What the person signed is recorded by the legal duty or custody, with counsel, after a warning who will learn of it,
   and only once they have read what is alleged. Nothing leaves by that: it waits, for every case alike, for protection.
3. Protection lets it leave after a fresh check that found nothing, and while no pause of a kind that protection sees
   binds. Other pauses do not keep it: whoever complained here may still sign. So nobody else learns from its waiting
   what a pause is about (F44).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Millis, Plan, Reason, Refused, Send
from cotejo.rules.dispute_words import DisputedBy
from cotejo.rules.disputing import (
    DOCUMENT,
    NOT_IN_VERSION,
    DisputeSent,
    DisputeSigned,
    DisputeTold,
    RecordSignedDispute,
    SendSignedDispute,
    TakeDispute,
    ahead,
    wrong_in,
    wrong_in_signature,
)
from cotejo.rules.duties import Duty, PartnerNode, Who
from cotejo.rules.holds import HOLDS
from cotejo.rules.onward import FOR_THE_ADDRESSED
from cotejo.rules.review_checks import ON_HOLD, RECOVERING, WITHDRAWN, protected, reason
from cotejo.rules.review_decide.common import WRONG_WHO, by_officer, in_state, judge, officer, plan_of
from cotejo.rules.review_decide.intake import is_here
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_law import heard
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState
from cotejo.rules.told import Dispute

SIGNERS: Final = (DisputedBy.PERSON, DisputedBy.COUNSEL)
WHILE_REVIEWED: Final = (ReviewState.OPEN, ReviewState.DECIDED)
"""Before, the person has read nothing; after a hand-over the origin knows where they are, and answers them itself."""


def decide_dispute(
    state: Review,
    command: TakeDispute | RecordSignedDispute | SendSignedDispute,
    who: Who,
    facts: ReviewFacts,
    now: Millis,
) -> Plan | Refused:
    """Accept or refuse one command about a dispute."""
    match command:
        case TakeDispute():
            return _take(state, command, who)
        case RecordSignedDispute():
            return _record(state, command, who, facts, now)
        case SendSignedDispute():
            return _send(state, who, facts, now)


def _take(state: Review, command: TakeDispute, who: Who) -> Plan | Refused:
    """Keep what the origin tells; of a case that is not here, or was erased, nothing is kept and nothing shows."""
    if not isinstance(who, PartnerNode):
        return Refused((WRONG_WHO,))
    gaps = tuple(wrong_in(command.stated))
    if gaps:
        return Refused(gaps)
    if not is_here(state) or who.name != state.partner or command.request != state.request or state.package is None:
        return Plan()
    return plan_of(state, DisputeTold(version=command.version, stated=command.stated))


def _record(state: Review, command: RecordSignedDispute, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    stated, signed, package = command.stated, command.signed, state.package

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL, Duty.CUSTODY)
        yield from against_signing(state)
        yield from wrong_in(stated)
        yield from ahead(stated, now)
        yield from wrong_in_signature(signed, stated)
        if stated.by not in SIGNERS:
            yield _BY
        if package is not None and not set(stated.claims) <= {(each.id, each.version) for each in package.claims}:
            yield NOT_IN_VERSION
        if signed.document not in facts.documents:
            yield DOCUMENT

    def make() -> Plan:
        version = package.version if package else 0
        return plan_of(state, DisputeSigned(version=version, stated=stated, signed=signed, by=officer(who)))

    return judge(found(), make)


def against_signing(state: Review) -> Iterator[Reason]:
    """Yield why no signed dispute can be recorded now."""
    yield from in_state(state, *WHILE_REVIEWED)
    if state.through is not None:
        yield FOR_THE_ADDRESSED
    if state.withdrawn_at:
        yield WITHDRAWN
    if state.to_send is not None:
        yield _WAITS
    yield from heard(state)


def _send(state: Review, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.PROTECTION)
        yield from against_sending(state, facts, now)

    def make() -> Plan:
        told = state.to_send.act if state.to_send else None
        if told is None:
            return Plan()
        said = Dispute(request=state.request, version=told.version, stated=told.stated, signed=told.signed)
        send = Send(
            partner=state.partner,
            content=said,
            request=state.request,
            version=told.version,
            documents=(told.signed.document,),
            at=now,
        )
        return plan_of(state, DisputeSent(version=told.version, by=officer(who))).and_then(Plan(sends=(send,)))

    return judge(found(), make)


def against_sending(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield why what the person signed cannot leave now; for the protection officer's eyes."""
    yield from in_state(state, *WHILE_REVIEWED)
    if state.to_send is None:
        yield _NOTHING_SIGNED
    if state.withdrawn_at or facts.marked:
        yield WITHDRAWN
    if facts.recovering:
        yield RECOVERING
    yield from protected(state, now)
    if any(Duty.PROTECTION in HOLDS[each.kind].seen_by for each in state.binding_holds):
        yield ON_HOLD


_BY = reason(
    "dispute.by",
    "Only the person or their counsel disputes here.",
    "Aquí impugna solo la persona o su defensa.",
    field="by",
    rows=("F45", "F67"),
)
_WAITS = reason(
    "dispute.waits",
    "What the person signed waits for protection already.",
    "Lo que la persona firmó ya espera a protección.",
    clears=(Duty.PROTECTION,),
)
_NOTHING_SIGNED = reason(
    "dispute.nothing_signed",
    "The person has signed nothing that waits to leave.",
    "La persona no ha firmado nada que espere salir.",
    rows=("F45",),
)
