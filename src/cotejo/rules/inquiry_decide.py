"""What is accepted about an inquiry, at whoever asks and at whoever is asked: one function for every door.

1. At the asking agency: the legal reviewer opens it on its paper, the protection officer looks for protection, the
   deciding officer sends it; three people, and the check is a day old at most (I1, F44).
2. At the asked one: two officers say, sealed from each other, which files are about this person; a third answers, and
   the answer is everything those files hold of court acts (I3, F13). Names alone decide nothing: people do.
3. It is answered within ten days; what is late waits for the oversight body on both sides (*default, only shorter*).
4. An answer counts only for a question that was asked, from whom it was asked of, once.
5. A question the partner refused is over: its legal reviewer reads every gap the receipt named, and closes it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Destroy, Keep, Millis, NewAct, Plan, Reason, Refused, Send, Stream, StreamKind, Timer
from cotejo.rules.agreement import DAY, Agreement
from cotejo.rules.asked import EXISTS, NOTHING_HERE, in_duty, not_among, of_kind
from cotejo.rules.dates import day_of, is_date, iso_day, last_day
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, Who
from cotejo.rules.facts import DataClass
from cotejo.rules.inquiry import (
    AnswerRecorded,
    Inquiry,
    InquiryAnswered,
    InquiryChecked,
    InquiryClosed,
    InquiryForgotten,
    InquiryOpened,
    InquiryOverdue,
    InquiryRefused,
    InquirySent,
    InquiryState,
    InquiryTaken,
    PersonNamed,
)
from cotejo.rules.inquiry_commands import (
    AnswerInquiry,
    CheckProtection,
    CloseInquiry,
    ForgetInquiry,
    InquiryCommand,
    MarkInquiryOverdue,
    NamePersons,
    OpenInquiry,
    RecordInquiryAnswer,
    RecordInquiryRefusal,
    SendInquiry,
    TakeInquiry,
)
from cotejo.rules.inquiry_refusals import (
    ANSWERED_ALREADY,
    DOCUMENT,
    KNOWN,
    MANDATE,
    NO_AGREEMENT,
    NO_RECORDS,
    NO_SUCH_FILE,
    NOT_AGREED,
    NOT_ASKED,
    NOT_NOW,
    ON_HOLD,
    ORDER,
    REASONS,
    RECOVERING,
    SUBJECT,
    TOO_LONG,
)
from cotejo.rules.inquiry_words import Asked, InquiryBasis, RecordAnswer, Searched
from cotejo.rules.package import CourtAct
from cotejo.rules.rehearsal import LINK_CLOSED
from cotejo.rules.retention import limitation_end
from cotejo.rules.told import Inquiry as Question
from cotejo.rules.told import InquiryAnswer
from cotejo.rules.words import Text

ANSWERED_WITHIN: Final[Millis] = 10 * DAY
KEPT_AFTER_ANSWER: Final[Millis] = 30 * DAY
CHECK_LASTS: Final[Millis] = DAY
LONGEST_ANSWER: Final = 90_000
"""Characters of an answer: it always fills one padding class, whatever it says."""
DUE_TIMER: Final = "inquiry.due"
FORGET_TIMER: Final = "inquiry.forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryFacts:
    """Loaded at the moment of the command.

    `documents` are those kept for this inquiry, or that came with the message; `person_here` says whether a file on a
    person has this id; `court_acts` returns everything such a file holds of court acts.
    """

    agreement: Agreement | None
    documents: frozenset[str]
    person_here: Callable[[str], bool]
    court_acts: Callable[[str], tuple[CourtAct, ...]]
    link_open: bool = True
    recovering: bool = False


def decide(state: Inquiry, command: InquiryCommand, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    """Accept or refuse one command on an inquiry."""
    match command:
        case OpenInquiry():
            return _open(state, command, who, facts, now)
        case TakeInquiry():
            return _take(state, command, who, facts, now)
        case _ if not state.id:
            return Refused((NOTHING_HERE,))
        case CheckProtection():
            return _check(state, command, who)
        case SendInquiry():
            return _send(state, who, facts, now)
        case NamePersons():
            return _name(state, command, who, facts)
        case AnswerInquiry():
            return _answer(state, who, facts, now)
        case RecordInquiryAnswer():
            return _record(state, command, who)
        case RecordInquiryRefusal():
            return _refused(state, command, who)
        case CloseInquiry():
            return _close(state, who)
        case MarkInquiryOverdue():
            return _overdue(state, who)
        case ForgetInquiry():
            return _forget(state, who, facts, now)


def _of(state: Inquiry, inquiry: str, *made: Act) -> Plan:
    stream = Stream(StreamKind.INQUIRY, inquiry)
    return Plan(acts=tuple(NewAct(stream=stream, act=each) for each in made), expect={stream: state.version})


def _by(state: Inquiry, who: Who, *duties: Duty) -> tuple[Reason, ...]:
    others = tuple(each for each in state.roster if isinstance(who, Officer) and each.duty is not who.duty)
    return (*in_duty(who, *duties), *not_among(who, others, _ANOTHER_DUTY))


def _in(state: Inquiry, *allowed: InquiryState) -> Iterator[Reason]:
    if state.state not in allowed:
        yield NOT_NOW


def _wrong(asked: Asked, facts: InquiryFacts, now: Millis) -> Iterator[Reason]:
    """Yield what is missing of a question: a basis with its paper, and one person."""
    names = asked.subject.names
    if not names or not names[0].documented.strip() or not is_date(asked.subject.birth):
        yield SUBJECT
    if asked.basis is InquiryBasis.PERSON_ASKS and not asked.counsel.strip():
        yield MANDATE
    heard = is_date(asked.heard_on) and last_day(asked.heard_on) <= day_of(now)
    if asked.basis is InquiryBasis.JUDGE_ORDERS and not (asked.court.strip() and asked.number.strip() and heard):
        yield ORDER
    if asked.document not in facts.documents:
        yield DOCUMENT


def _agreed(facts: InquiryFacts, now: Millis) -> Iterator[Reason]:
    if facts.agreement is None or not facts.agreement.active_at(now):
        yield NO_AGREEMENT
    elif DataClass.COURT_RECORD not in facts.agreement.data:
        yield NO_RECORDS


def _line(facts: InquiryFacts, now: Millis) -> Iterator[Reason]:
    yield from _agreed(facts, now)
    if not facts.link_open:
        yield LINK_CLOSED
    if facts.recovering:
        yield RECOVERING


def _open(state: Inquiry, command: OpenInquiry, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.LEGAL), *((EXISTS,) if state.id else ())]
    gaps += [*_wrong(command.asked, facts, now), *_agreed(facts, now)]
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    opened = InquiryOpened(inquiry=command.inquiry, partner=command.partner, asked=command.asked, by=who)
    return _of(state, command.inquiry, opened)


def _check(state: Inquiry, command: CheckProtection, who: Who) -> Plan | Refused:
    gaps = (*_by(state, who, Duty.PROTECTION), *_in(state, InquiryState.OPEN), *((ON_HOLD,) if state.stopped else ()))
    if gaps or not isinstance(who, Officer):
        return Refused(gaps)
    return _of(state, state.id, InquiryChecked(result=command.result, by=who))


def _send(state: Inquiry, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    gaps = [*_by(state, who, Duty.DECISION), *_in(state, InquiryState.OPEN), *_line(facts, now)]
    fresh = state.checked_at and state.checked_at <= now < state.checked_at + CHECK_LASTS
    if state.state is InquiryState.OPEN and (state.stopped or not fresh):
        gaps.append(ON_HOLD)
    if gaps or state.asked is None or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    said = Question(inquiry=state.id, asked=state.asked)
    told = Send(partner=state.partner, content=said, request=state.id, documents=(state.asked.document,), at=now)
    due = now + ANSWERED_WITHIN
    timer = Timer(kind=DUE_TIMER, stream=state.stream, at=due + DAY)
    return _of(state, state.id, InquirySent(due=due, by=who)).and_then(Plan(sends=(told,), timers=(timer,)))


def _take(state: Inquiry, command: TakeInquiry, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    gaps = [*of_kind(who, PartnerNode), *((KNOWN,) if state.id else ())]
    gaps += [*_wrong(command.asked, facts, now), *_agreed(facts, now)]
    if gaps or not isinstance(who, PartnerNode):
        return Refused(tuple(gaps))
    stream, due = Stream(StreamKind.INQUIRY, command.inquiry), now + ANSWERED_WITHIN
    taken = InquiryTaken(inquiry=command.inquiry, partner=who.name, asked=command.asked, due=due)
    keep = Keep(stream=stream, sha256=command.asked.document)
    timer = Timer(kind=DUE_TIMER, stream=stream, at=due)
    return _of(state, command.inquiry, taken).and_then(Plan(keeps=(keep,), timers=(timer,)))


def _name(state: Inquiry, command: NamePersons, who: Who, facts: InquiryFacts) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.CHECKER, Duty.CERTIFIER), *_in(state, InquiryState.RECEIVED)]
    if state.agreed is not None:
        gaps.append(NOT_NOW)
    if any(each.by.id == getattr(who, "id", "") for each in state.named):
        gaps.append(ANSWERED_ALREADY)
    if not command.reasons.strip():
        gaps.append(REASONS)
    if len(set(command.persons)) < len(command.persons) or not all(facts.person_here(each) for each in command.persons):
        gaps.append(NO_SUCH_FILE)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    return _of(state, state.id, PersonNamed(persons=command.persons, reasons=command.reasons, by=who))


def _answer(state: Inquiry, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.AUTHORISER), *not_among(who, (each.by for each in state.named), _ANOTHER_DUTY)]
    gaps += [*_in(state, InquiryState.RECEIVED), *_line(facts, now)]
    if state.agreed is None:
        gaps.append(NOT_AGREED)
    answer = answer_of(state.agreed or (), facts, now)
    if sum(len(str(each)) for each in answer.held) > LONGEST_ANSWER:
        gaps.append(TOO_LONG)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    told = Send(partner=state.partner, content=InquiryAnswer(inquiry=state.id, answer=answer), request=state.id, at=now)
    return _of(state, state.id, InquiryAnswered(answer=answer, by=who)).and_then(
        Plan(
            sends=(told,),
            timers=(Timer(kind=FORGET_TIMER, stream=state.stream, at=now + KEPT_AFTER_ANSWER),),
            drop_timers=((DUE_TIMER, state.stream),),
        )
    )


def answer_of(persons: tuple[str, ...], facts: InquiryFacts, now: Millis) -> RecordAnswer:
    """Return everything these files hold of court acts, oldest first; what is local to this node stays here."""
    held = (each for person in persons for each in facts.court_acts(person))
    bare = sorted((replace(each, id="", document="") for each in held), key=lambda each: (each.date, each.number))
    return RecordAnswer(held=tuple(dict.fromkeys(bare)), searched=tuple(Searched), on=iso_day(now))


def _record(state: Inquiry, command: RecordInquiryAnswer, who: Who) -> Plan | Refused:
    gaps = [*of_kind(who, PartnerNode)]
    if state.state is not InquiryState.SENT or not isinstance(who, PartnerNode) or who.name != state.partner:
        gaps.append(NOT_ASKED)
    if gaps:
        return Refused(tuple(gaps))
    return _of(state, state.id, AnswerRecorded(answer=command.answer)).and_then(
        Plan(drop_timers=((DUE_TIMER, state.stream),))
    )


def _refused(state: Inquiry, command: RecordInquiryRefusal, who: Who) -> Plan | Refused:
    gaps = [*of_kind(who, PartnerNode)]
    if state.received or not isinstance(who, PartnerNode) or who.name != state.partner:
        gaps.append(NOT_ASKED)
    if gaps:
        return Refused(tuple(gaps))
    if state.state is not InquiryState.SENT or set(command.gaps) == {KNOWN.code}:
        return Plan()
    return _of(state, state.id, InquiryRefused(gaps=command.gaps)).and_then(
        Plan(drop_timers=((DUE_TIMER, state.stream),))
    )


def _close(state: Inquiry, who: Who) -> Plan | Refused:
    gaps = (*in_duty(who, Duty.LEGAL), *_in(state, InquiryState.REFUSED), *((NOT_NOW,) if state.closed_at else ()))
    if gaps or not isinstance(who, Officer):
        return Refused(gaps)
    return _of(state, state.id, InquiryClosed(by=who))


def _overdue(state: Inquiry, who: Who) -> Plan | Refused:
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    owed = state.state in (InquiryState.SENT, InquiryState.RECEIVED) and not state.overdue_at
    return _of(state, state.id, InquiryOverdue()) if owed else Plan()


def _forget(state: Inquiry, who: Who, facts: InquiryFacts, now: Millis) -> Plan | Refused:
    gaps = (*of_kind(who, Clockwork), *(() if state.received and state.answered_at else (NOT_NOW,)))
    if gaps:
        return Refused(gaps)
    gone = Destroy(stream=state.stream, sealed_until=limitation_end(facts.agreement, now))
    made = InquiryForgotten(inquiry=state.id, partner=state.partner)
    return _of(state, state.id, made).and_then(Plan(destroys=(gone,)))


_ANOTHER_DUTY: Final = Text("in another duty of this inquiry", "en otra función de esta consulta")
