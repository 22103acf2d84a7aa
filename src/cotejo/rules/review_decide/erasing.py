"""Erasing what was received: at the origin's demand, or when its computed time to be kept is over (I11, F57, F59).

1. The demand ends the request like a withdrawal: mark, floor, no use from this act on. What was held goes in the same
   commit, but for the copy sealed for the person, counsel, a court and the oversight body.
2. The certificate goes out at the agreed sweep time and says the same whether there was a case, an erased one or none,
   and whether a complaint or a court here keeps the sealed copy longer than usual (I6).
3. After a hand-over the origin owes reports: the case is erased when they have all come and it is closed, not before
   (F73). That the certificate waits so long tells the origin what it did itself.
4. At the end of the computed time nothing is said to anybody.
5. While the node is being restored (design section 8), or a sweep is still owed, nothing is erased; what was demanded
   meanwhile is done right after, and certified for the moment it would have been.
"""

from typing import Final

from cotejo.rules.acts import Destroy, FloorRaise, Millis, Plan, Refused, Send, Stream, Timer, WithdrawalMark
from cotejo.rules.agreement import MINUTE
from cotejo.rules.answers import sweep_time
from cotejo.rules.duties import PartnerNode, Who
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis
from cotejo.rules.handover import TIMER_KINDS
from cotejo.rules.holds import HoldKind
from cotejo.rules.retention import limitation_end
from cotejo.rules.review_acts import ErasureAsked, ReviewErased
from cotejo.rules.review_checks import reason
from cotejo.rules.review_commands import EndRetention, TakeErasure
from cotejo.rules.review_decide.common import WRONG_WHO, by_clock, judge, plan_of
from cotejo.rules.review_decide.intake import ANSWER_TIMER, RETENTION_TIMER, SWEEP_TIMER, is_here
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.told import Erasure

KEEPS_THE_COPY: Final = frozenset({HoldKind.COMPLAINT, HoldKind.COURT_ORDER, HoldKind.EVIDENCE_CHALLENGE})
"""Pauses that let the sealed copy stay until the oversight body frees it."""
OTHER = reason("request.other", "This is another request.", "Es otra solicitud.")


def take_erasure(state: Review, command: TakeErasure, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Erase at the origin's demand, or once the follow-up of a hand-over is over."""
    if not isinstance(who, PartnerNode) or (state.partner and who.name != state.partner):
        return Refused((WRONG_WHO,))
    for_good = Plan(
        floors=(FloorRaise(origin=who.name, request=command.request, version=command.version + 1),),
        marks=(WithdrawalMark(origin=who.name, request=command.request, facts_token=command.facts_token),),
    )
    if not is_here(state):
        return for_good.and_then(Plan(sends=(_certified(who.name, command, facts, now),)))
    if command.request != state.request:
        return Refused((OTHER,))
    if follows(state) or facts.recovering or _owes_sweep(state):
        asked = ErasureAsked(version=command.version, basis=command.basis, demanded=True)
        later = Plan() if follows(state) else _erase_at(state.stream, _after_sweep(state, facts, now))
        return plan_of(state, asked).and_then(for_good).and_then(later)
    told = (_certified(who.name, command, facts, now),)
    return _erased(state, command.basis, facts, now).and_then(for_good).and_then(Plan(sends=told))


def end_retention(state: Review, _command: EndRetention, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Erase what must not be kept any longer, or what was waiting for the end of a follow-up."""

    def make() -> Plan:
        asked = state.erasure_asked
        if follows(state):
            over = ErasureAsked(version=0, basis=ErasureBasis.RETENTION_OVER, demanded=False)
            return Plan() if asked else plan_of(state, over)
        if _owes_sweep(state):
            return _erase_at(state.stream, max(now + MINUTE, _after_sweep(state, facts, now)))
        told: tuple[Send, ...] = ()
        if asked is not None and asked.act.demanded:
            owed = TakeErasure(request=state.request, version=asked.act.version, basis=asked.act.basis, facts_token="")
            since = now if state.handed_over else asked.at
            told = (_certified(state.partner, owed, facts, since),)
        basis = asked.act.basis if asked else ErasureBasis.RETENTION_OVER
        return _erased(state, basis, facts, now).and_then(Plan(sends=told))

    return judge(by_clock(state, who), make)


def follows(state: Review) -> bool:
    """Say whether somebody was handed over and the origin still owes its word on them."""
    return state.handed_over is not None and (not state.followed_up or state.returning.open)


def after_closing(stream: Stream, state: Review, now: Millis) -> Plan:
    """Return what closing a follow-up begins: an erasure that waited for it."""
    return _erase_at(stream, now) if state.erasure_asked else Plan()


def _erase_at(stream: Stream, at: Millis) -> Plan:
    return Plan(timers=(Timer(kind=RETENTION_TIMER, stream=stream, at=at),))


def _certified(partner: str, command: TakeErasure, facts: ReviewFacts, after: Millis) -> Send:
    since = sweep_time(facts.told_under, after)
    certificate = Certificate(
        gone=EVERYTHING,
        since=since,
        basis=command.basis,
        sealed_until=limitation_end(facts.told_under, since),
    )
    said = Erasure(request=command.request, version=command.version, basis=command.basis, certificate=certificate)
    return Send(partner=partner, content=said, request=command.request, at=since)


def _owes_sweep(state: Review) -> bool:
    return bool(state.withdrawn_at) and not state.swept and not state.sweep_missed_at


def _after_sweep(state: Review, facts: ReviewFacts, now: Millis) -> Millis:
    return sweep_time(facts.told_under, state.withdrawn_at) + 1 if _owes_sweep(state) else now


def _erased(state: Review, basis: ErasureBasis, facts: ReviewFacts, now: Millis) -> Plan:
    until = limitation_end(facts.agreement, now)
    held = any(each.kind in KEEPS_THE_COPY and not each.ended for each in state.holds)
    act = ReviewErased(review=state.id, partner=state.partner, request=state.request, basis=basis, sealed_until=until)
    kinds = (ANSWER_TIMER, SWEEP_TIMER, RETENTION_TIMER, *TIMER_KINDS.values())
    return plan_of(state, act).and_then(
        Plan(
            destroys=(Destroy(stream=state.stream, sealed_until=until, held=held),),
            drop_timers=tuple((kind, state.stream) for kind in kinds),
        )
    )
