"""I4, I6, I7, I12, X14: what stops a case, who ends a stop, what the origin hears of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cotejo.rules.acts import Entry, Erased, Millis, StreamKind
from cotejo.rules.disputing import DisputeSent
from cotejo.rules.dossier_acts import SuspensionLifted
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.holds import BODY_FOR, HOLDS, HoldKind, ProtectionGround
from cotejo.rules.onward import OnwardSweepMissed, TakenThrough, WithdrawalNoted
from cotejo.rules.review_acts import (
    CopyServed,
    Corrected,
    CourtOrdersChecked,
    Decided,
    HandedOver,
    HoldLiftSigned,
    HoldPlaced,
    IdentityAnswered,
    IdentityReconfirmed,
    LegallyReviewed,
    NationalityRecorded,
    OwnLawRecorded,
    PeriodicallyAnswered,
    ProtectionChecked,
    ReinstatedByOrigin,
    ReviewOpened,
    RiskAssessed,
    Supplemented,
    SuspendedByOrigin,
    Swept,
    TakenIn,
    Withdrawn,
)
from cotejo.rules.review_words import Citizenship, CourtOrders, Outcome, Protection, ReviewState
from cotejo.rules.told import Answer, Answered, Dispute, Questions, Return, Sweep
from cotejo.simulation.kept import Waiting
from cotejo.simulation.truth import Look

FORWARD: Final = (
    ReviewOpened,
    IdentityAnswered,
    OwnLawRecorded,
    LegallyReviewed,
    RiskAssessed,
    CopyServed,
    IdentityReconfirmed,
    HandedOver,
)
"""What brings a case nearer to its end; deciding to act is another."""
RECEIVER_SAYS: Final = (Sweep, Answer, Questions)


@dataclass(slots=True)
class _Hold:
    kind: HoldKind
    ground: ProtectionGround | None = None
    signed: list[HoldLiftSigned] = field(default_factory=list)
    ended: bool = False
    freed: set[str] = field(default_factory=set)


def _forward(entry: Entry) -> bool:
    act = entry.act
    return isinstance(act, FORWARD) or (isinstance(act, Decided) and act.outcome is Outcome.ACT)


def read_holds(entries: tuple[Entry, ...]) -> dict[int, _Hold]:
    """Return every hold by the version of the act that placed it, read from the acts alone."""
    holds: dict[int, _Hold] = {}
    for entry in entries:
        match entry.act:
            case HoldPlaced(kind=kind, ground=ground):
                holds[entry.version] = _Hold(kind, ground)
            case ProtectionChecked(result=Protection.STOP, ground=ground):
                holds[entry.version] = _Hold(HoldKind.PROTECTION, ground)
            case NationalityRecorded(found=Citizenship.CLAIM | Citizenship.EVIDENCE):
                holds[entry.version] = _Hold(HoldKind.CITIZENSHIP_CLAIM)
            case CourtOrdersChecked(found=CourtOrders.IN_FORCE):
                holds[entry.version] = _Hold(HoldKind.COURT_ORDER)
            case HoldLiftSigned(hold=number) as lifted if number in holds:
                holds[number].signed.append(lifted)
                if lifted.complete and lifted.decision is None:
                    holds[number].ended = True
                elif lifted.complete and lifted.decision is not None:
                    holds[number].freed.add(lifted.decision.frees)
            case _:
                continue
    return holds


def i4_holds_bind(look: Look) -> Iterator[str]:
    """I4 (design section 4): nothing brings a case forward while a hold binds for this destination.

    I12 for a complaint, which is such a hold; a suspension by the origin stops in the same way.
    """
    for entry in look.entries:
        if not _forward(entry):
            continue
        before = look.acts_before(entry)
        destination = look.node.unit.state(entry.stream).destination
        for hold in read_holds(before).values():
            if not hold.ended and destination not in hold.freed:
                yield f"{entry.act.code} while a hold ({hold.kind}) binds"
        words = [each.act for each in before if isinstance(each.act, SuspendedByOrigin | ReinstatedByOrigin)]
        if words and isinstance(words[-1], SuspendedByOrigin):
            yield f"{entry.act.code} while the origin's suspension is known here"


def i4_only_the_named_lift(look: Look) -> Iterator[str]:
    """I4 (design section 4): a hold ends by the people its kind names, each another, on one document and decision."""
    for entry in look.entries:
        if isinstance(entry.act, HoldLiftSigned) and entry.act.complete:
            hold = read_holds(look.acts_before(entry)).get(entry.act.hold)
            yield from _lifted(hold, entry, entry.act) if hold else ("a hold ended that was never placed",)
        if isinstance(entry.act, SuspensionLifted):
            yield from _suspension_lifted(entry, entry.act)


def _lifted(hold: _Hold, entry: Entry, last: HoldLiftSigned) -> Iterator[str]:
    if hold.kind is HoldKind.COMPLAINT:
        if entry.by != "redress":
            yield f"a complaint's block was ended by {entry.by}"
        return
    signed = [*hold.signed, last]
    on_this = [each for each in signed if (each.document, each.decision) == (last.document, last.decision)]
    people = {each.by.id: each.by.duty for each in on_this if isinstance(each.by, Officer)}
    if sorted(people.values()) != sorted(HOLDS[hold.kind].ended_by):
        yield f"a hold ({hold.kind}) ended by {', '.join(f'{who} as {duty}' for who, duty in people.items())}"
    if hold.ground is not None and (last.decision is None or last.decision.body is not BODY_FOR[hold.ground]):
        yield f"a hold on {hold.ground} ended without the decision of {BODY_FOR[hold.ground]}"


def _suspension_lifted(entry: Entry, act: SuspensionLifted) -> Iterator[str]:
    if act.cause is SuspensionCause.REDRESS and entry.by != "redress":
        yield f"the redress office's suspension was lifted by {entry.by}"
    if act.cause is SuspensionCause.COURT_ORDER and entry.duty != Duty.DUTY_OFFICER:
        yield f"a court's suspension was lifted by {entry.by}"


def i6_a_receiver_says_what_was_agreed(look: Look) -> Iterator[str]:
    """I6 (design section 4): on a received request a node says sweep, answer and questions, and nothing else.

    An answer has its agreed moment and reports an action only after a hand-over; questions come before any register.
    The return of somebody who was handed over is asked for at once (F74). A dispute goes with the person's signature,
    after the act that let it leave (I12; see `disputed`).
    """
    for message in look.sent:
        origin = message.partner
        received = look.node.unit.lookup("review.request", f"{origin}/{message.send.request}")
        content = message.send.content  # nothing, where a restore lost it and the partner gave its number back
        if content is None or not message.send.request or not received or message.sealed.mid in look.world.truth.lies:
            continue
        if isinstance(content, Return):
            if content.answer or not _handed_over(look.node.unit.entries(received[0])):
                yield f"a return was asked of {origin} for somebody who was not handed over"
        elif isinstance(content, Dispute):
            if content.signed is None or not _let_leave(look.node.unit.entries(received[0])):
                yield f"a dispute went to {origin} without the person's signature"
        elif not isinstance(content, RECEIVER_SAYS):
            yield f"a {message.sealed.kind} about a request of {origin} went to it"
        if isinstance(content, Answer):
            yield from _answer(look, message, content, look.node.unit.entries(received[0]))


def _let_leave(entries: tuple[Entry, ...]) -> bool:
    return any(isinstance(each.act, DisputeSent | Erased) for each in entries)


def _handed_over(entries: tuple[Entry, ...]) -> bool:
    return any(isinstance(each.act, HandedOver | Erased) for each in entries)


def _answer(look: Look, message: Waiting, answer: Answer, entries: tuple[Entry, ...]) -> Iterator[str]:
    known = look.node.unit.partner(message.partner)
    if known is None:
        return
    acts = ((each.act, each.at) for each in entries)
    given = [at for act, at in acts if isinstance(act, PeriodicallyAnswered) and act.period == answer.period]
    terms = known.terms(given[0] if given else message.send.at)
    moment = terms.dates_from + (answer.period - terms.first_date) * terms.answer_every
    done = any(isinstance(each.act, HandedOver) and each.at <= moment for each in entries)
    if message.send.at != moment:
        yield f"an answer for {moment} is dated {message.send.at}"
    if answer.answered is not (Answered.ACTION_REPORTED if done else Answered.NO_ACTION):
        yield f"an answer says {answer.answered} while the hand-over is {'made' if done else 'not made'}"


def i7_withdrawn_is_blocked(look: Look) -> Iterator[str]:
    """I7 (design section 4): after the withdrawal nothing brings the case forward, and nothing of it comes in again."""
    marked = {(each.origin, each.request) for each in look.marks_before}
    for entry in look.entries:
        if entry.stream.kind is not StreamKind.REVIEW:
            continue
        package = look.package_of(entry)
        after = any(isinstance(each.act, Withdrawn) for each in look.acts_before(entry))
        after = after or (package is not None and (look.heard_from(entry, package), package.request) in marked)
        if after and (_forward(entry) or isinstance(entry.act, TakenIn | TakenThrough | Corrected | Supplemented)):
            yield f"{entry.act.code} after the withdrawal was applied here"


def i7_swept_on_the_agreed_moment(look: Look) -> Iterator[str]:
    """I7 (design section 4): the sweep is told exactly at the agreed moment, with a whole period after the withdrawal.

    Where somebody behind had not swept by then, at a later one of the agreed dates.
    """
    for entry in look.entries:
        if not isinstance(entry.act, Swept):
            continue
        came = next((e.at for e in look.acts_before(entry) if isinstance(e.act, Withdrawn | WithdrawalNoted)), None)
        if came is None:
            if not any(isinstance(each.act, Erased) for each in look.acts_before(entry)):
                yield "swept what was not withdrawn"
            continue
        state = look.node.unit.state(entry.stream)
        known = look.node.unit.partner(state.partner)
        if known is not None:
            terms = known.terms(came)
            moment = came + 2 * terms.sweep_every - (came - terms.dates_from) % terms.sweep_every
            if any(isinstance(each.act, OnwardSweepMissed) for each in look.acts_before(entry)):
                moment = entry.at - (entry.at - terms.dates_from) % terms.sweep_every
            yield from _at_the_moment(look, entry, moment, state.request)


def _at_the_moment(look: Look, entry: Entry, moment: Millis, request: str) -> Iterator[str]:
    if entry.at < moment:
        yield f"swept {moment - entry.at} ms before the agreed moment"
    lies = look.world.truth.lies
    for content, message in ((each.send.content, each) for each in look.sent if each.sealed.mid not in lies):
        if isinstance(content, Sweep) and content.request == request and message.send.at != moment:
            yield f"a sweep for {moment} is dated {message.send.at}"


def i12_complaints_block(look: Look) -> Iterator[str]:
    """I12 (design section 4): lodged at the origin, the request is usable nowhere: its slot is not valid from then on.

    One code for every cause; a block here is placed by the redress office alone.
    """
    for entry in look.entries:
        if isinstance(entry.act, HoldPlaced) and (entry.act.kind is HoldKind.COMPLAINT) != (entry.by == "redress"):
            yield f"a block of kind {entry.act.kind} was placed by {entry.by}"
    for stream in {each.stream for each in look.entries if each.stream.kind is StreamKind.DOSSIER}:
        state: Any = look.node.unit.state(stream)
        if state.sent and (state.suspended_for or state.withdrawn_for):
            slot = look.node.unit.slots(state.partner).get(state.latest.package.slot)
            if slot == 1:
                yield f"the slot of a request that is {state.state} says valid"


def x14_new_version_opens_the_review(look: Look) -> Iterator[str]:
    """X14 (exchange.md D8): a correction or withdrawal opens again what was decided on the old version.

    After a hand-over the reports go on instead, and the case still waits for somebody.
    """
    for entry in look.entries:
        if isinstance(entry.act, Corrected | Supplemented):
            if entry.version != len(look.node.unit.entries(entry.stream)):
                continue
            state = look.node.unit.state(entry.stream)
            if state.handed_over is None and (state.decision is not None or state.state is not ReviewState.RECEIVED):
                yield f"a new version came and the case is {state.state}, decided: {state.decision is not None}"
