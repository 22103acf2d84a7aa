"""The origin's case: one request about one person to one partner, as all its acts make it.

1. States: `draft > certified > sent > suspended > withdrawn > erased`. Suspension has causes and ends with the last.
2. Every version that left is kept exactly as it left, with its status slot (I8).
3. Changing what was certified undoes the certificate, which holds for one state of the person's file; a live request
   stays as it was until a new version is sent.
4. What waits says for whom and since when.
"""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules.acts import Entry, Erased, Millis, StreamKind
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names
from cotejo.rules.dossier_parts import Certificate, NoticeKept, Reported, SentVersion
from cotejo.rules.dossier_words import DossierState, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.erasing import NOTHING_ERASED, Erasing
from cotejo.rules.erasing import apply as apply_to_erasing
from cotejo.rules.erasing import waiting as waiting_to_erase
from cotejo.rules.facts import Ground, GroundAnswer, Route, Undertaking
from cotejo.rules.package import GroundStatement
from cotejo.rules.return_owed import NOT_OWED, ReturnOwed
from cotejo.rules.return_owed import apply as apply_to_return
from cotejo.rules.return_owed import waiting as waiting_to_return
from cotejo.rules.revalidating import NOT_DUE, Revalidating
from cotejo.rules.revalidating import apply as apply_to_revalidating
from cotejo.rules.revalidating import waiting as waiting_to_revalidate
from cotejo.rules.told import Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The state of a dossier, times in milliseconds UTC.

    `changed_at` is when the preparation last changed; `prepared_anew` says that it did after the newest version left.
    `lost` is the newest version the partner holds and a restore of this node lost; 0 when there is none.
    """

    id: str = ""
    version: int = 0
    request: str = ""
    person: str = ""
    partner: str = ""
    agreement: str = ""
    route: Route = Route.INFORMATION_ONLY
    purpose: str = ""
    case_number: str = ""
    opened_by: Officer | None = None
    changed_at: Millis = 0
    prepared_anew: bool = False
    pinned: tuple[tuple[str, int], ...] = ()
    alleged: tuple[str, ...] = ()
    withheld: int = 0
    grounds: tuple[GroundStatement, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    notice: NoticeKept | None = None
    certificate: Certificate | None = None
    preparers: tuple[Officer, ...] = ()
    certifiers: tuple[Officer, ...] = ()
    countersigners: tuple[Officer, ...] = ()
    sent: tuple[SentVersion, ...] = ()
    lost: int = 0
    facts_token: str = ""
    suspended_for: tuple[SuspensionCause, ...] = ()
    suspended_at: Millis = 0
    withdrawn_for: WithdrawalReason | None = None
    withdrawn_at: Millis = 0
    swept_at: Millis = 0
    sweep_missed_at: Millis = 0
    answers: tuple[tuple[int, Answered], ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    questions_at: Millis = 0
    revalidating: Revalidating = NOT_DUE
    handover: tuple[Reported, ...] = ()
    returning: ReturnOwed = NOT_OWED
    disputes: tuple[acts.ClaimsDisputed | acts.DisputeTaken, ...] = ()
    erasing: Erasing = NOTHING_ERASED
    erased: bool = False

    @property
    def latest(self) -> SentVersion | None:
        """The newest version that left, if any did."""
        return self.sent[-1] if self.sent else None

    @property
    def never_taken(self) -> bool:
        """Say whether the partner refused all that was sent, so that it holds nothing of this request.

        What became of a version that a restore lost is not known here: the partner may hold it.
        """
        return bool(self.sent) and not self.lost and all(each.outcome == "refused" for each in self.sent)

    @property
    def next_version(self) -> int:
        """The number of the next version: none is used twice, not even one that was lost (I8)."""
        return max(self.sent[-1].version if self.sent else 0, self.lost) + 1

    @property
    def behind(self) -> bool:
        """Say whether the partner holds a newer version than this node knows."""
        return self.lost > (self.sent[-1].version if self.sent else 0)

    @property
    def state(self) -> DossierState:
        """Where the dossier stands."""
        if self.erased:
            return DossierState.ERASED
        if self.withdrawn_for is not None:
            return DossierState.WITHDRAWN
        if self.sent:
            return DossierState.SUSPENDED if self.suspended_for else DossierState.SENT
        return DossierState.CERTIFIED if self.certificate else DossierState.DRAFT

    @property
    def live(self) -> bool:
        """Say whether the dossier can still be prepared, sent or used."""
        return self.state not in (DossierState.WITHDRAWN, DossierState.ERASED)


def evolve(dossier: Dossier, entry: Entry) -> Dossier:
    """Apply one stored act."""
    return replace(_apply(dossier, entry), version=entry.version)


def _apply(dossier: Dossier, entry: Entry) -> Dossier:
    match entry.act:
        case Erased():
            return replace(dossier, erased=True)
        case acts.DossierOpened() as act:
            return Dossier(
                id=act.dossier,
                request=act.request,
                person=act.person,
                partner=act.partner,
                agreement=act.agreement,
                route=act.route,
                purpose=act.purpose,
                case_number=act.case_number,
                opened_by=act.by,
                changed_at=entry.at,
                preparers=(act.by,),
            )
        case acts.DossierCertified() as act:
            certificate = Certificate(
                attached=act.attached,
                none_found=act.none_found,
                searched_on=act.searched_on,
                person_version=act.person_version,
                by=act.by,
                at=entry.at,
            )
            return replace(dossier, certificate=certificate, certifiers=_with(dossier.certifiers, act.by))
        case acts.DossierSent() as act:
            version = SentVersion(package=act.package, at=entry.at, by=act.by)
            after = replace(dossier, sent=(*dossier.sent, version), facts_token=act.facts_token)
            term = NOT_DUE if dossier.never_taken else dossier.revalidating
            return replace(after, questions=(), questions_at=0, prepared_anew=False, revalidating=term)
        case acts.ClaimsPinned() | acts.BasisSet() | acts.GroundsAnswered() | acts.UndertakingsSigned():
            return _apply_preparation(dossier, entry)
        case acts.NoticeRecorded() | acts.NoticeDeferred() | acts.DeferralCountersigned():
            return _apply_notice(dossier, entry)
        case acts.DossierSuspended() | acts.SuspensionLifted() | acts.DossierWithdrawn():
            return _apply_use(dossier, entry)
        case acts.RevalidationOpened():
            return replace(dossier, revalidating=apply_to_revalidating(dossier.revalidating, entry))
        case acts.DossierRevalidated(by=by):
            term = apply_to_revalidating(dossier.revalidating, entry)
            return replace(dossier, revalidating=term, certifiers=_with(dossier.certifiers, by))
        case acts.ErasureProposed() | acts.ErasureApproved() | acts.ErasureOverdue():
            return _apply_erasure(dossier, entry)
        case acts.ErasureCertified() | acts.DossierErased():
            return _apply_erasure(dossier, entry)
        case _:
            return _apply_from_outside(dossier, entry)


def _apply_preparation(dossier: Dossier, entry: Entry) -> Dossier:
    changed = replace(dossier, certificate=None, changed_at=entry.at, prepared_anew=bool(dossier.sent))
    match entry.act:
        case acts.ClaimsPinned(claims=claims, by=by):
            return replace(changed, pinned=claims, preparers=_with(dossier.preparers, by))
        case acts.BasisSet() as act:
            return replace(
                changed,
                alleged=act.alleged,
                case_number=act.case_number,
                withheld=act.withheld,
                preparers=_with(dossier.preparers, act.by),
            )
        case acts.GroundsAnswered(answers=answers, by=by):
            answered = {each.ground: each for each in (*dossier.grounds, *answers)}
            grounds = tuple(answered[each] for each in Ground if each in answered)
            return replace(changed, grounds=grounds, certifiers=_with(dossier.certifiers, by))
        case acts.UndertakingsSigned(undertakings=undertakings, by=by):
            return replace(changed, undertakings=undertakings, certifiers=_with(dossier.certifiers, by))
        case _:
            return dossier


def _with(officers: tuple[Officer, ...], officer: Officer) -> tuple[Officer, ...]:
    return officers if any(each.id == officer.id for each in officers) else (*officers, officer)


def _apply_notice(dossier: Dossier, entry: Entry) -> Dossier:
    match entry.act:
        case acts.NoticeRecorded() as act:
            told = NoticeKept(given_on=act.given_on, languages=act.languages)
            return replace(dossier, notice=told, certifiers=_with(dossier.certifiers, act.by))
        case acts.NoticeDeferred() as act:
            put_off = NoticeKept(because=act.because, asked_at=entry.at)
            return replace(dossier, notice=put_off, certifiers=_with(dossier.certifiers, act.by))
        case acts.DeferralCountersigned() as act if dossier.notice is not None:
            signed = replace(dossier.notice, countersigned=act.by, lapses_on=act.lapses_on)
            return replace(dossier, notice=signed, countersigners=_with(dossier.countersigners, act.by))
        case _:
            return dossier


def _apply_use(dossier: Dossier, entry: Entry) -> Dossier:
    match entry.act:
        case acts.DossierSuspended(cause=cause):
            causes = tuple(each for each in SuspensionCause if each in (*dossier.suspended_for, cause))
            return replace(dossier, suspended_for=causes, suspended_at=dossier.suspended_at or entry.at)
        case acts.SuspensionLifted(cause=cause):
            left = tuple(each for each in dossier.suspended_for if each is not cause)
            return replace(dossier, suspended_for=left, suspended_at=dossier.suspended_at if left else 0)
        case acts.DossierWithdrawn(reason=reason):
            return replace(dossier, withdrawn_for=reason, withdrawn_at=entry.at)
        case _:
            return dossier


def _apply_erasure(dossier: Dossier, entry: Entry) -> Dossier:
    after = apply_to_erasing(dossier.erasing, entry)
    if isinstance(entry.act, acts.DossierErased):
        act = entry.act
        return Dossier(id=act.dossier, request=act.request, partner=act.partner, erasing=after, erased=True)
    return replace(dossier, erasing=after)


def _apply_from_outside(dossier: Dossier, entry: Entry) -> Dossier:
    match entry.act:
        case acts.ReceiptRecorded() as act:
            sent = tuple(
                replace(each, outcome=act.outcome, gaps=act.gaps) if each.version == act.version else each
                for each in dossier.sent
            )
            return replace(dossier, sent=sent)
        case acts.SweepRecorded():
            return replace(dossier, swept_at=entry.at)
        case acts.SweepMissed():
            return replace(dossier, sweep_missed_at=entry.at)
        case acts.AnswerRecorded() as act:
            return replace(dossier, answers=(*dossier.answers, (act.period, act.answered)))
        case acts.QuestionsRecorded() as act:
            return replace(dossier, questions=act.asked, questions_at=entry.at)
        case acts.ClaimsDisputed() | acts.DisputeTaken() as act:
            return replace(dossier, disputes=(*dossier.disputes, act))
        case acts.VersionLost() as act:
            return replace(dossier, lost=max(dossier.lost, act.version))
        case acts.HandoverReported() as act:
            reported = Reported(report=act.report, at=act.happened_at, next_due=act.next_due)
            return replace(dossier, handover=(*dossier.handover, reported))
        case _:
            return replace(dossier, returning=apply_to_return(dossier.returning, entry))


def waiting(dossier: Dossier) -> tuple[Waiting, ...]:
    """Return what waits for whom and since when."""
    if dossier.state is DossierState.ERASED:
        return ()
    if dossier.state is DossierState.WITHDRAWN:
        return (*waiting_to_return(dossier.returning), *_waiting_after_withdrawal(dossier))
    return (*_waiting_to_send(dossier), *_waiting_after_sending(dossier), *waiting_to_return(dossier.returning))


def _waiting_after_withdrawal(dossier: Dossier) -> tuple[Waiting, ...]:
    if dossier.sent and not dossier.swept_at and not dossier.sweep_missed_at:
        return (Waiting(duty=Duty.PARTNERS, step="dossier.sweep", since=dossier.withdrawn_at),)
    missed = Waiting(duty=Duty.OVERSIGHT, step="dossier.sweep_missed", since=dossier.sweep_missed_at)
    since = dossier.swept_at or dossier.sweep_missed_at or dossier.withdrawn_at
    return (
        *((missed,) if dossier.sent and not dossier.swept_at else ()),
        *waiting_to_erase(dossier.erasing, withdrawn_at=dossier.withdrawn_at, since=since),
    )


def _waiting_to_send(dossier: Dossier) -> tuple[Waiting, ...]:
    if dossier.sent and not dossier.prepared_anew:
        return ()
    notice = dossier.notice
    found: list[Waiting] = []
    if not dossier.pinned or not dossier.alleged:
        found.append(Waiting(duty=Duty.RECORDER, step="dossier.prepare", since=dossier.changed_at))
    elif dossier.certificate is None:
        found.append(Waiting(duty=Duty.CERTIFIER, step="dossier.certify", since=dossier.changed_at))
    else:
        found.append(Waiting(duty=Duty.AUTHORISER, step="dossier.authorise", since=dossier.certificate.at))
    if notice is None and dossier.pinned:
        found.append(Waiting(duty=Duty.CERTIFIER, step="dossier.notice", since=dossier.changed_at))
    if notice is not None and notice.because is not None and notice.countersigned is None:
        found.append(Waiting(duty=Duty.OVERSIGHT, step="dossier.countersign", since=notice.asked_at))
    return tuple(found)


def _waiting_after_sending(dossier: Dossier) -> tuple[Waiting, ...]:
    latest = dossier.latest
    found: list[Waiting] = []
    if latest is not None and latest.outcome == "refused" and not dossier.prepared_anew:
        found.append(Waiting(duty=Duty.RECORDER, step="dossier.gaps", since=latest.at))
    if dossier.questions:
        found.append(Waiting(duty=Duty.RECORDER, step="dossier.questions", since=dossier.questions_at))
    if dossier.sent and dossier.suspended_for:
        found.append(Waiting(duty=Duty.AUTHORISER, step="dossier.suspended", since=dossier.suspended_at))
    found += waiting_to_revalidate(dossier.revalidating)
    due = handover_due(dossier)
    if due:
        last = dossier.handover[-1].at
        found.append(Waiting(duty=Duty.CUSTODY, step="dossier.handover_report", since=last, due=due))
    return tuple(found)


def handover_due(dossier: Dossier) -> Millis:
    """Return until when the next report after a hand-over is due; 0 when none is."""
    if dossier.returning.departed:
        return 0
    clocked = [each for each in dossier.handover if each.report is not HandoverReport.COUNSEL_AND_FAMILY_TOLD]
    return clocked[-1].next_due if clocked else 0


def card(dossier: Dossier) -> Card:
    """Show a dossier in a list without opening the vault."""
    return Card(
        state=dossier.state.value,
        partner=dossier.partner,
        route=dossier.route.value,
        waiting=waiting(dossier),
        parent=dossier.person,
    )


def terms(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Let the memory find dossiers by person, claim and request."""
    pinned = sorted({claim for claim, _ in dossier.pinned})
    return (
        ("dossier.of_person", dossier.person),
        ("dossier.request", dossier.request),
        *(("dossier.with_claim", each) for each in pinned),
    )


def unanswered(dossier: Dossier) -> tuple[Ground, ...]:
    """Return the refusal grounds without a yes or no."""
    answered = {each.ground for each in dossier.grounds if each.answer is not GroundAnswer.UNKNOWN}
    return tuple(each for each in Ground if each not in answered)


FOLD: Final = Fold(
    kind=StreamKind.DOSSIER, start=Dossier(), evolve=evolve, card=card, terms=terms, search_names=no_names
)
declare_fold(FOLD)
