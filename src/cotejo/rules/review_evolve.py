"""What the receiver's case becomes by each act.

1. A new version opens every step again; holds, exclusions and who acted in which duty stay.
2. A protection check that says `stop`, a claim of citizenship, a court order found at the last look and two identity
   answers that disagree or cannot tell place their hold by themselves: nobody can forget to (I4, F28, F46).
3. A person two officers answered `not_same` about is excluded for this request for good (F32); when nobody is left the
   case is closed.
4. Stopping joins no duty: placing a hold puts nobody into the roster that I1 is judged by.
5. After erasure nothing can be known, so nothing is allowed (I11).
6. A dispute opens the legal review afresh, and a decision that was not carried out falls; what was handed over or
   closed stays as it is. A new version ends what the person signed about the old one and has not left.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Erased, Millis
from cotejo.rules.agreement import HandoverTerms
from cotejo.rules.disputing import DisputeSent, DisputeSigned, DisputeTold
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Officer
from cotejo.rules.holds import HoldKind
from cotejo.rules.onward import (
    OnwardSweepMissed,
    RequestPassedOn,
    TakenThrough,
    ThroughTermsFollowed,
    WithdrawalNoted,
)
from cotejo.rules.package import Package
from cotejo.rules.return_words import ReturnEnd
from cotejo.rules.returning import ReturnAskedFor, ReturnClosed, Returning, ReturnToldOf
from cotejo.rules.review_acts import (
    AfterHandoverOverdue,
    AfterHandoverTold,
    CopyServed,
    Corrected,
    CourtOrdersChecked,
    Decided,
    ErasureAsked,
    FollowUpClosed,
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
    QuestionsAsked,
    ReinstatedByOrigin,
    ReviewErased,
    ReviewOpened,
    RiskAssessed,
    Searched,
    Supplemented,
    SuspendedByOrigin,
    Swept,
    TakenIn,
    Withdrawn,
)
from cotejo.rules.review_state import BOTH, Done, Hold, Report, Review, Signature
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    Overdue,
    Protection,
    ReviewState,
    Sameness,
)
from cotejo.rules.told import Answered

_STEPS: Final[Mapping[type[Act], str]] = {
    Searched: "search",
    ProtectionChecked: "protection",
    NationalityRecorded: "nationality",
    OwnLawRecorded: "own_law",
    LegallyReviewed: "legal",
    RiskAssessed: "risk",
    CopyServed: "served",
    Decided: "decision",
    IdentityReconfirmed: "reconfirmed",
    CourtOrdersChecked: "court_orders",
    HandedOver: "handed_over",
    ErasureAsked: "erasure_asked",
}
_TOUCHES_A_REGISTER: Final = (Searched, ProtectionChecked, NationalityRecorded)


def evolve(state: Review, entry: Entry) -> Review:
    """Fold one act into the case."""
    act = entry.act
    if isinstance(act, Erased | ReviewErased) or state.state is ReviewState.ERASED:
        return _erased(state, entry)
    moved = replace(state, version=entry.version)
    by = getattr(act, "by", None)
    if isinstance(by, Officer) and not isinstance(act, HoldPlaced):
        moved = replace(moved, roster=_with(moved.roster, by))
    moved = _evolve_onward(_evolve_exchange(_evolve_holds(moved, act, entry.at), act, entry.at), act, entry.at)
    moved = _evolve_disputes(moved, act, entry.at)
    return _evolve_return(_evolve_steps(moved, act, entry.at), act, entry.at)


def _erased(state: Review, entry: Entry) -> Review:
    """Forget everything but when it was erased, by which rule, and of which origin it was."""
    gone = Review(id=entry.stream.id, version=entry.version, state=ReviewState.ERASED)
    if isinstance(entry.act, ReviewErased):
        return replace(gone, partner=entry.act.partner, erased=Done(entry.act, entry.at))
    return replace(gone, partner=state.partner if state.erased else "", erased=state.erased)


def _with(roster: tuple[Officer, ...], officer: Officer) -> tuple[Officer, ...]:
    return roster if officer in roster else (*roster, officer)


def _begun(state: Review, act: TakenIn | TakenThrough, at: Millis) -> Review:
    """Begin a case with the request that was taken in, from its origin or from who passed it on."""
    return replace(
        state,
        id=act.review,
        state=ReviewState.RECEIVED,
        partner=act.from_partner,
        destination=act.destination,
        package=act.package,
        taken_at=at,
        received_at=at,
    )


def _evolve_exchange(state: Review, act: Act, at: Millis) -> Review:
    match act:
        case TakenIn():
            return replace(_begun(state, act, at), next_answer=act.first_answer)
        case Corrected():
            return _new_version(state, act.package, at)
        case Supplemented():
            return replace(_new_version(state, act.package, at), supplemented=True)
        case SuspendedByOrigin():
            return replace(state, origin_suspended=True)
        case ReinstatedByOrigin():
            return replace(state, origin_suspended=False)
        case Withdrawn():
            return replace(state, withdrawn_at=at, withdrawn_version=act.version)
        case Swept():
            return replace(state, swept=True)
        case PeriodicallyAnswered():
            done = state.action_reported or act.answered is Answered.ACTION_REPORTED
            return replace(state, next_answer=act.period + 1, action_reported=done)
        case QuestionsAsked():
            return replace(state, asked=act.asked)
        case AfterHandoverTold():
            return _told(state, act, at)
        case AfterHandoverOverdue():
            reports = tuple(replace(each, overdue=True) if each.what == act.what else each for each in state.reports)
            return replace(state, reports=reports)
        case _:
            return state


def _evolve_onward(state: Review, act: Act, at: Millis) -> Review:
    match act:
        case TakenThrough():
            return replace(_begun(state, act, at), through=act.terms)
        case ThroughTermsFollowed():
            return replace(state, through=act.terms)
        case RequestPassedOn():
            return replace(state, passed_to=tuple(sorted({*state.passed_to, *act.recipients})))
        case WithdrawalNoted():
            return replace(
                state,
                id=act.review,
                state=ReviewState.CLOSED,
                partner=act.from_partner,
                noted=act.request,
                withdrawn_at=at,
                withdrawn_version=act.version,
            )
        case OnwardSweepMissed():
            return replace(state, sweep_missed=act.recipients, sweep_missed_at=state.sweep_missed_at or at)
        case _:
            return state


def _evolve_disputes(state: Review, act: Act, at: Millis) -> Review:
    match act:
        case DisputeTold():
            return _disputed(replace(state, disputes=(*state.disputes, Done(act, at))))
        case DisputeSigned():
            return _disputed(replace(state, disputes=(*state.disputes, Done(act, at)), to_send=Done(act, at)))
        case DisputeSent():
            return replace(state, to_send=None)
        case _:
            return state


def _disputed(state: Review) -> Review:
    if state.state not in (ReviewState.OPEN, ReviewState.DECIDED):
        return state
    return replace(state, state=ReviewState.OPEN, legal=None, decision=None, reconfirmed=None, court_orders=None)


def _new_version(state: Review, package: Package, at: Millis) -> Review:
    if state.handed_over is not None:
        return replace(state, package=package, to_send=None)
    return replace(
        state,
        state=ReviewState.RECEIVED,
        package=package,
        to_send=None,
        received_at=at,
        opened_at=0,
        search=None,
        protection=None,
        nationality=None,
        answers=(),
        own_law=None,
        legal=None,
        risk=None,
        served=None,
        decision=None,
        reconfirmed=None,
        court_orders=None,
    )


def _told(state: Review, act: AfterHandoverTold, at: Millis) -> Review:
    if act.report is HandoverReport.JUDGMENT:
        paid = tuple(replace(each, due=0) if each.what is Overdue.CUSTODY else each for each in state.reports)
        return replace(state, reports=paid, judged=True)
    terms = state.handed_over.act.terms if state.handed_over else HandoverTerms()
    again = at + terms.custody_every if act.report is HandoverReport.CUSTODY and not state.judged else 0
    answered = Overdue(act.report.value)
    reports = tuple(
        replace(each, due=again, overdue=False) if each.what is answered else each for each in state.reports
    )
    if act.extra_charges:
        reports = (*reports, Report(what=Overdue.CHARGES_DIFFER, due=0, overdue=True))
    return replace(state, reports=reports)


def _evolve_steps(state: Review, act: Act, at: Millis) -> Review:
    if type(act) in _STEPS:
        done: dict[str, Done[Act]] = {_STEPS[type(act)]: Done(act, at)}
        touched = state.register_touched or isinstance(act, _TOUCHES_A_REGISTER)
        state = replace(state, register_touched=touched, **done)  # type: ignore[arg-type]  # the table pairs them
    match act:
        case ReviewOpened():
            return replace(state, state=ReviewState.OPEN, opened_at=at)
        case IdentityAnswered():
            return _answered(state, Done(act, at))
        case Decided():
            closes = act.outcome is Outcome.NOT_ACT
            return replace(state, state=ReviewState.CLOSED if closes else ReviewState.DECIDED)
        case HandedOver():
            owed = (
                Report(what=Overdue.ARRIVAL, due=at + act.terms.arrival),
                Report(what=Overdue.BEFORE_JUDGE, due=at + act.terms.before_judge),
                Report(what=Overdue.COUNSEL_AND_FAMILY_TOLD, due=at + act.terms.told),
                Report(what=Overdue.CUSTODY, due=at + act.terms.custody_every),
            )
            return replace(state, state=ReviewState.FOLLOWED, reports=owed)
        case FollowUpClosed():
            return replace(state, state=ReviewState.CLOSED, followed_up=True)
        case _:
            return state


def _evolve_return(state: Review, act: Act, at: Millis) -> Review:
    others = tuple(each for each in state.reports if each.what is not Overdue.RETURN)
    match act:
        case ReturnAskedFor():
            owed = (*others, Report(what=Overdue.RETURN, due=act.due))
            asked = Returning(cause=act.cause, asked_at=at)
            return replace(state, state=ReviewState.FOLLOWED, followed_up=False, reports=owed, returning=asked)
        case ReturnToldOf():
            owed = (*others, Report(what=Overdue.RETURN, due=act.due))
            told = replace(state.returning, place=act.answer.place, steps=act.answer.steps, answered_at=at)
            return replace(state, reports=owed, returning=told)
        case ReturnClosed():
            back = act.end is ReturnEnd.RETURNED
            left = tuple(each for each in others if not back or each.what is Overdue.CHARGES_DIFFER)
            return replace(state, reports=left, returning=replace(state.returning, end=act.end, closed_at=at))
        case _:
            return state


def _answered(state: Review, given: Done[IdentityAnswered]) -> Review:
    answers = (*state.answers, given)
    state = replace(state, answers=answers)
    both = state.answers_on(given.act.candidate)
    if len(both) < BOTH:
        return state
    if {each.act.answer for each in both} == {Sameness.NOT_SAME}:
        excluded = replace(state, excluded=(*state.excluded, given.act.candidate))
        return excluded if excluded.candidates else replace(excluded, state=ReviewState.CLOSED)
    agreed = [c for c in state.candidates if _all_same(state.answers_on(c))]
    if {each.act.answer for each in both} != {Sameness.SAME} or len(agreed) > 1:
        return _hold(state, Hold(id=state.version, kind=HoldKind.IDENTITY_DOUBT, since=given.at))
    return state


def _all_same(given: tuple[Done[IdentityAnswered], ...]) -> bool:
    return len(given) >= BOTH and all(each.act.answer is Sameness.SAME for each in given)


def _hold(state: Review, hold: Hold) -> Review:
    return replace(state, holds=(*state.holds, hold))


def _evolve_holds(state: Review, act: Act, at: Millis) -> Review:
    match act:
        case HoldPlaced():
            return _hold(
                state,
                Hold(
                    id=state.version,
                    kind=act.kind,
                    since=at,
                    grounds=act.grounds,
                    ground=act.ground,
                    feared=act.feared,
                    documents=act.documents,
                ),
            )
        case ProtectionChecked(result=Protection.STOP):
            kind = HoldKind.PROTECTION
            return _hold(state, Hold(id=state.version, kind=kind, since=at, ground=act.ground, feared=act.feared))
        case NationalityRecorded(found=Citizenship.CLAIM | Citizenship.EVIDENCE):
            kind = HoldKind.CITIZENSHIP_CLAIM
            return _hold(state, Hold(id=state.version, kind=kind, since=at, documents=act.documents))
        case CourtOrdersChecked(found=CourtOrders.IN_FORCE):
            kind = HoldKind.COURT_ORDER
            return _hold(state, Hold(id=state.version, kind=kind, since=at, documents=act.documents))
        case HoldLiftSigned():
            return _lift(state, act)
        case _:
            return state


def _lift(state: Review, act: HoldLiftSigned) -> Review:
    def signed(hold: Hold) -> Hold:
        if hold.id != act.hold:
            return hold
        if act.complete and act.decision is not None:
            return replace(hold, freed=(*hold.freed, act.decision.frees), signatures=())
        if act.complete:
            return replace(hold, ended=True, signatures=())
        if act.by is None:
            return hold
        mine = Signature(by=act.by, document=act.document, decision=act.decision)
        others = tuple(each for each in hold.signatures if each.by.id != mine.by.id)
        return replace(hold, signatures=(*others, mine))

    lifted = replace(state, holds=tuple(signed(hold) for hold in state.holds))
    doubt = next((hold for hold in lifted.holds if hold.id == act.hold), None)
    if doubt is not None and doubt.ended and doubt.kind is HoldKind.IDENTITY_DOUBT:
        return replace(lifted, answers=())
    return lifted
