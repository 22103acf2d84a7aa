"""How a received request is shown in lists and found: its card, its terms, its fold.

1. A paused case has one state, `on_hold`, and waits for the same duties whatever paused it, so that no list shows who
   is protected or who complained (F44, I12).
2. Candidates, holds and answers are in no card; a case not yet opened is found by no name (F37).
3. What the person signed waits for protection in every case alike, paused or not (F44).
4. Each waiting step says for which duty, since when and, where there is a term, until when.
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Millis, StreamKind
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold
from cotejo.rules.duties import Duty
from cotejo.rules.handover import TIMER_KINDS
from cotejo.rules.holds import DUTIES_TOLD_OF_A_HOLD, HoldKind
from cotejo.rules.review_evolve import evolve
from cotejo.rules.review_state import START, Review
from cotejo.rules.review_words import Protection, ReviewState, Usability

__all__ = ["FOLD", "START", "Review", "card", "evolve", "waiting"]

CONTESTED: Final = ("review.contested", "open")
"""Under which term a case is found while its evidence is contested."""


def waiting(state: Review) -> tuple[Waiting, ...]:
    """Return every step that waits for somebody now."""
    signed = state.to_send
    if signed is None or state.withdrawn_at or state.state not in (ReviewState.OPEN, ReviewState.DECIDED):
        return _waiting_in_path(state)
    return (*_waiting_in_path(state), Waiting(duty=Duty.PROTECTION, step="dispute", since=signed.at))


def _waiting_in_path(state: Review) -> tuple[Waiting, ...]:
    if state.sweep_missed and not state.swept:
        return (Waiting(duty=Duty.OVERSIGHT, step="sweep_missed", since=state.sweep_missed_at),)
    if state.returning.asked_at and not state.followed_up:
        return tuple(_after_handover(state))
    if state.usability is Usability.WITHDRAWN or state.state in (ReviewState.CLOSED, ReviewState.ERASED):
        return ()
    if state.paused:
        since = min((hold.since for hold in state.binding_holds), default=state.received_at)
        return tuple(Waiting(duty=duty, step="on_hold", since=since) for duty in DUTIES_TOLD_OF_A_HOLD)
    match state.state:
        case ReviewState.RECEIVED:
            return (Waiting(duty=Duty.INTAKE, step="open", since=state.received_at),)
        case ReviewState.OPEN:
            return tuple(_while_open(state))
        case ReviewState.DECIDED:
            return tuple(_before_handover(state))
        case ReviewState.FOLLOWED:
            return tuple(_after_handover(state))
        case _:
            return ()


def _while_open(state: Review) -> Iterator[Waiting]:
    since = state.opened_at
    if state.search is None or state.protection is None:
        yield Waiting(duty=Duty.PROTECTION, step="protection", since=since)
    if state.nationality is None:
        yield Waiting(duty=Duty.NATIONALITY, step="nationality", since=since)
    if state.legal is None:
        disputed = state.disputes[-1].at if state.disputed else since
        yield Waiting(duty=Duty.LEGAL, step="legal_review", since=max(since, disputed))
    if state.protection is not None and state.candidates_visible_to(Duty.IDENTITY) and state.agreed is None:
        yield Waiting(duty=Duty.IDENTITY, step="identity", since=state.protection.at)
    if state.search is not None and state.protection is not None and not state.candidates:
        yield Waiting(duty=Duty.DECISION, step="decision", since=state.protection.at)
    if state.agreed is not None:
        yield from _once_agreed(state, state.agreed[1])


def _once_agreed(state: Review, agreed_at: Millis) -> Iterator[Waiting]:
    open_steps = (
        (state.own_law, Duty.LEGAL, "own_law"),
        (state.risk, Duty.RISK, "risk"),
        (state.served, Duty.LEGAL, "copy"),
    )
    missing = [(duty, step) for done, duty, step in open_steps if done is None]
    yield from (Waiting(duty=duty, step=step, since=agreed_at) for duty, step in missing)
    if missing or state.legal is None or state.nationality is None:
        return
    since = max(done.at for done in (state.own_law, state.risk, state.served) if done is not None)
    if not _checked_since(state, agreed_at):
        yield Waiting(duty=Duty.PROTECTION, step="protection_again", since=since)
    yield Waiting(duty=Duty.DECISION, step="decision", since=since)


def _checked_since(state: Review, moment: Millis) -> bool:
    check = state.protection
    return check is not None and check.act.result is Protection.NOTHING_REGISTERED and check.at >= moment


def _before_handover(state: Review) -> Iterator[Waiting]:
    since = state.decision.at if state.decision else state.received_at
    if state.through is not None:
        yield Waiting(duty=Duty.LEGAL, step="tell_addressed", since=since)
        return
    if not _checked_since(state, since):
        yield Waiting(duty=Duty.PROTECTION, step="protection_again", since=since)
    if state.court_orders is None or state.court_orders.at < since:
        yield Waiting(duty=Duty.DUTY_OFFICER, step="court_orders", since=since)
    if state.reconfirmed is None:
        yield Waiting(duty=Duty.IDENTITY, step="identity_again", since=since)
    yield Waiting(duty=Duty.CUSTODY, step="handover", since=since)


def _after_handover(state: Review) -> Iterator[Waiting]:
    since = state.handed_over.at if state.handed_over else state.received_at
    for report in state.reports:
        if report.what in state.missing_reports:
            yield Waiting(duty=Duty.OVERSIGHT, step=f"overdue.{report.what.value}", since=since, due=report.due)
        elif report.due:
            yield Waiting(duty=Duty.CUSTODY, step=TIMER_KINDS[report.what], since=since, due=report.due)
    if state.returning.open:
        yield Waiting(duty=Duty.LEGAL, step="return", since=state.returning.asked_at)
    elif (state.judged or state.returning.back) and not state.missing_reports:
        yield Waiting(duty=Duty.LEGAL, step="close", since=since)


def shown_state(state: Review) -> str:
    """Return the one word a list shows."""
    if state.usability is Usability.WITHDRAWN:
        return Usability.WITHDRAWN.value
    still_moving = state.state in (ReviewState.RECEIVED, ReviewState.OPEN, ReviewState.DECIDED)
    return "on_hold" if still_moving and state.paused else state.state.value


def card(state: Review) -> Card:
    """Show a received request in a list, in codes alone."""
    return Card(
        state=shown_state(state),
        partner=state.partner,
        route=state.package.route.value if state.package else "",
        waiting=waiting(state),
    )


def terms(state: Review) -> tuple[tuple[str, str], ...]:
    """Let a case be found by request, origin, keyed tokens of its candidates (F47), and while evidence is contested.

    The last is for the redress duty, to whom no list shows what waits.
    """
    if state.package is None:
        return ()
    contested = any(each.kind is HoldKind.EVIDENCE_CHALLENGE and not each.ended for each in state.holds)
    found = tuple(("review.candidate", each) for each in (state.search.act.candidates if state.search else ()))
    held_by = () if state.withdrawn_at else state.passed_to
    return (
        ("review.request", f"{state.partner}/{state.request}"),
        ("review.origin", state.partner),
        *((CONTESTED,) if contested else ()),
        *(("review.passed_to", f"{state.partner}/{each}") for each in held_by),
        *found,
    )


def search_names(state: Review) -> tuple[str, ...]:
    """Return the person's names once the case is opened; before, nobody finds it by a name (F37)."""
    if state.package is None or state.state is ReviewState.RECEIVED or state.withdrawn_at:
        return ()
    return tuple(each.documented for each in state.package.subject.names)


FOLD = Fold(kind=StreamKind.REVIEW, start=START, evolve=evolve, card=card, terms=terms, search_names=search_names)
declare_fold(FOLD)
