"""Taking in what the origin sends, asking once, beginning.

1. What the origin is told of a taking in is a function of what it sent and of the agreement (I6; see `rules.receipts`).
   A case that was erased here answers as it would have: the floor still rises, a withdrawal is still swept.
2. Every sender gate is evaluated again; a refusal names all gaps at once (I2).
3. A version at or below the floor, a request its origin withdrew never come in (I7, I8).
   While the node is being restored, what its partners send again is taken in by the same law (`actions.take_in`).
4. Documents are kept with the act that takes their package in; those of a refused one never were (I11).
5. Questions are asked once, before anything touches a register, about fields of the package alone; whether the case is
   on hold does not matter for them, so that their absence tells nothing (I6). Questions that the line still holds were
   asked, whatever a restore took from the case: their answer is not unasked, and they are not asked again (I8).
6. Suspension counts from any version; reinstatement only for the version in hand. Doubt means suspended.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from cotejo.rules.acts import Act, FloorRaise, Keep, Millis, Plan, Reason, Refused, Send, Stream, Timer, WithdrawalMark
from cotejo.rules.answers import answer_period, first_answer, sweep_time
from cotejo.rules.duties import Duty, PartnerNode, Who
from cotejo.rules.onward import FOR_THE_ADDRESSED, WithdrawalNoted
from cotejo.rules.package import Package
from cotejo.rules.rehearsal import LINK_CLOSED
from cotejo.rules.retention import retention_end
from cotejo.rules.review_acts import (
    Corrected,
    QuestionsAsked,
    ReinstatedByOrigin,
    ReviewOpened,
    Supplemented,
    SuspendedByOrigin,
    TakenIn,
    Withdrawn,
)
from cotejo.rules.review_checks import AGREEMENT_OVER, WITHDRAWN, reason, sender
from cotejo.rules.review_commands import (
    AskQuestions,
    OpenReview,
    TakeCorrection,
    TakeIn,
    TakeReinstatement,
    TakeSupplement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_decide.common import (
    WRONG_WHO,
    by_clock,
    by_officer,
    by_partner,
    forward,
    in_state,
    judge,
    officer,
    plan_of,
)
from cotejo.rules.review_decide.returning import after_withdrawal
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState
from cotejo.rules.told import Questions, Sweep

ANSWER_TIMER: Final = "review.answer"
SWEEP_TIMER: Final = "review.sweep"
RETENTION_TIMER: Final = "review.retention"
PACKAGE_FIELDS: Final = frozenset(each.name for each in fields(Package))


def take_in(state: Review, command: TakeIn, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Take a request in, or refuse with all gaps."""
    package = command.package
    first = first_answer(facts.agreement, now)

    def make() -> Plan:
        act = TakenIn(
            review=command.review,
            from_partner=package.origin,
            destination=facts.destination,
            first_answer=first.number,
            package=package,
        )
        case = Review(id=command.review)
        return plan_of(case, act).and_then(
            Plan(
                floors=(_floor(package),),
                timers=(
                    Timer(kind=ANSWER_TIMER, stream=case.stream, at=first.at),
                    kept_until(case.stream, package, facts, now),
                ),
                keeps=_keeps(case.stream, package, command.letter),
            )
        )

    return judge(_gaps_at_first(state, package, who, facts, now), make)


def _gaps_at_first(state: Review, package: Package, who: Who, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    if (is_here(state) or facts.floor > 0) and not facts.marked:
        yield KNOWN
    yield from _gaps(package, who, facts, now)
    if facts.ceiling_reached:
        yield CEILING
    if not facts.link_open:
        yield LINK_CLOSED


KNOWN: Final = reason(
    "request.known",
    "This request was taken in before.",
    "Esta solicitud ya había sido recibida.",
    rows=("F41",),
)
CEILING: Final = reason(
    "request.ceiling",
    "The agreed number of requests for this month is reached.",
    "Se alcanzó el número de solicitudes acordado para este mes.",
    rows=("F36",),
)
OLDER: Final = reason(
    "request.version", "A newer version is known here.", "Aquí consta una versión más nueva.", rows=("F53",)
)


def _gaps(package: Package, who: Who, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    if not isinstance(who, PartnerNode) or who.name != package.origin:
        yield WRONG_WHO
    if package.addressee != facts.node:
        yield reason("request.addressee", "This request is addressed to another node.", "Va dirigida a otro nodo.")
    yield from package_gaps(package, facts, now)
    if package.version <= facts.floor:
        yield OLDER


def package_gaps(package: Package, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield what is wrong with a package itself, whoever brought it."""
    if not facts.agreement.covers(package.agreement) or not facts.agreement.active_at(now):
        yield AGREEMENT_OVER
    if package.purpose not in facts.agreement.purposes:
        yield reason(
            "request.purpose",
            "The agreement does not name this purpose.",
            "El acuerdo no contempla esta finalidad.",
            rows=("F19",),
        )
    if package.route not in facts.agreement.routes:
        yield reason(
            "request.route",
            "The agreement does not name this route.",
            "El acuerdo no contempla esta vía.",
            rows=("F38",),
        )
    if facts.marked:
        yield WITHDRAWN
    if package.slot < 0:
        yield reason(
            "request.slot", "The request names no status slot.", "La solicitud no indica su constancia.", rows=("F52",)
        )
    if not {each.sha256 for each in package.documents} <= facts.documents:
        yield reason(
            "request.documents", "Not all documents came along.", "No llegaron todos los documentos.", rows=("F01",)
        )
    yield from sender(facts)


def _floor(package: Package) -> FloorRaise:
    return FloorRaise(origin=package.origin, request=package.request, version=package.version)


def _keeps(stream: Stream, package: Package, letter: str) -> tuple[Keep, ...]:
    named = (*(each.sha256 for each in package.documents), *((letter,) if letter else ()))
    return tuple(Keep(stream=stream, sha256=each) for each in named)


def kept_until(stream: Stream, package: Package, facts: ReviewFacts, now: Millis) -> Timer:
    """Return the moment at which the computed time to keep a request is over."""
    return Timer(kind=RETENTION_TIMER, stream=stream, at=retention_end(package, facts.agreement, now))


def recount_dates(state: Review, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Count anew, under the agreement in force, how long a request is kept and when its next answer goes out.

    A withdrawn one has times of its own.
    """

    def make() -> Plan:
        package = state.package
        if package is None or state.withdrawn_at or state.erasure_asked or state.through is not None:
            return Plan()
        kept = kept_until(state.stream, package, facts, now)
        return Plan(timers=(kept, next_answer_timer(state, facts, state.next_answer - 1)))

    return judge(by_clock(state, who), make)


def is_here(state: Review) -> bool:
    """Say whether there is a case that an act could change: taken in, and not erased."""
    return state.state not in (ReviewState.NONE, ReviewState.ERASED)


def _replaces(state: Review, package: Package, who: Who, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    if facts.floor <= 0 and not is_here(state):
        yield reason(
            "request.unknown",
            "No earlier version of this request was taken in.",
            "No consta ninguna versión anterior de esta solicitud.",
            rows=("F53",),
        )
    if is_here(state):
        yield from _of_this_case(state, package, who)
    yield from _gaps(package, who, facts, now)


def _of_this_case(state: Review, package: Package, who: Who) -> Iterator[Reason]:
    yield from by_partner(state, who)
    yield from _same_request(state, package.request)
    if state.withdrawn_at:
        yield WITHDRAWN
    if state.package is not None and package.version <= state.package.version:
        yield OLDER


def _replaced(
    state: Review, act: Act, command: TakeCorrection | TakeSupplement, facts: ReviewFacts, now: Millis
) -> Plan:
    """Return the plan of a new version; of a case that was erased nothing but the floor is kept (I6, I8)."""
    package = command.package
    floor = Plan(floors=(_floor(package),))
    if not is_here(state):
        return floor
    keeps = _keeps(state.stream, package, command.letter)
    kept = Plan(keeps=keeps, timers=(kept_until(state.stream, package, facts, now),))
    return plan_of(state, act).and_then(floor).and_then(kept)


def take_correction(
    state: Review, command: TakeCorrection, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Take a corrected version in; every step opens again."""

    def found() -> Iterator[Reason]:
        yield from _replaces(state, command.package, who, facts, now)
        if not command.changes:
            yield reason(
                "correction.unnamed", "The differences are not named.", "No se indican las diferencias.", rows=("F53",)
            )

    act = Corrected(package=command.package, changes=command.changes, reason=command.reason)
    return judge(found(), lambda: _replaced(state, act, command, facts, now))


def take_supplement(
    state: Review, command: TakeSupplement, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Take the answers to our questions in."""

    def found() -> Iterator[Reason]:
        yield from _replaces(state, command.package, who, facts, now)
        asked = state.asked or facts.asked_before
        if is_here(state) and (not asked or state.supplemented):
            yield reason("supplement.unasked", "Nothing was asked.", "No se había preguntado nada.")

    act = Supplemented(package=command.package, answers=command.answers)
    return judge(found(), lambda: _replaced(state, act, command, facts, now))


def take_suspension(state: Review, command: TakeSuspension, who: Who) -> Plan | Refused:
    """Suspend at the origin's word, for whatever version it names."""
    return judge(
        (*by_partner(state, who), *_same_request(state, command.request)),
        lambda: plan_of(state, SuspendedByOrigin(version=command.version)),
    )


def take_reinstatement(state: Review, command: TakeReinstatement, who: Who) -> Plan | Refused:
    """Make usable again at the origin's word, only for the version in hand and never after a withdrawal."""

    def found() -> Iterator[Reason]:
        yield from by_partner(state, who)
        yield from _same_request(state, command.request)
        if state.withdrawn_at:
            yield WITHDRAWN
        if state.package is None or command.version != state.package.version:
            yield reason(
                "request.version",
                "This is not the version in hand.",
                "No es la versión que consta aquí.",
                rows=("F53",),
            )

    return judge(found(), lambda: plan_of(state, ReinstatedByOrigin(version=command.version)))


def _same_request(state: Review, request: str) -> Iterator[Reason]:
    if request != state.request:
        yield reason("request.other", "This is another request.", "Es otra solicitud.")


def take_withdrawal(
    state: Review, command: TakeWithdrawal, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Block the request for good, at once; the sweep is reported at the agreed moment (I7).

    A request that never came in, or was erased, is marked and swept all the same: the origin sees one thing (I6). A
    second withdrawal changes nothing and is no error. That it is the second is said by the floor, which moves with the
    first in one transaction, and not by the mark, which outlives a crash and a restore that took the sweep away.
    """
    if not isinstance(who, PartnerNode) or (state.partner and who.name != state.partner):
        return Refused((WRONG_WHO,))
    for_good = Plan(
        floors=(FloorRaise(origin=who.name, request=command.request, version=command.version + 1),),
        marks=(WithdrawalMark(origin=who.name, request=command.request, facts_token=command.facts_token),),
    )
    at = sweep_time(facts.told_under, now)
    if not is_here(state):
        again = facts.floor > command.version
        return for_good if again else for_good.and_then(_swept_unseen(command, who, facts, at))
    if state.withdrawn_at:
        return for_good
    if command.request != state.request:
        return Refused(tuple(_same_request(state, command.request)))
    act = Withdrawn(version=command.version, reason=command.reason)
    return (
        plan_of(state, act)
        .and_then(after_withdrawal(state, now))
        .and_then(for_good)
        .and_then(
            Plan(
                timers=(Timer(kind=SWEEP_TIMER, stream=state.stream, at=at),),
                drop_timers=((ANSWER_TIMER, state.stream),),
            )
        )
    )


def _swept_unseen(command: TakeWithdrawal, who: PartnerNode, facts: ReviewFacts, at: Millis) -> Plan:
    """Return the plan of the sweep of a request that is not here: it waits only for copies that may lie behind us."""
    if not facts.behind.holders:
        told = Sweep(request=command.request, version=command.version)
        return Plan(sends=(Send(partner=who.name, content=told, request=command.request, at=at),))
    case = Review(id=command.review)
    noted = WithdrawalNoted(
        review=command.review, from_partner=who.name, request=command.request, version=command.version
    )
    return plan_of(case, noted).and_then(Plan(timers=(Timer(kind=SWEEP_TIMER, stream=case.stream, at=at),)))


def were_asked(state: Review, facts: ReviewFacts) -> bool:
    """Say whether questions were asked, also by a case that a restore made forget it, or a register looked into."""
    return bool(state.asked) or facts.asked_before or state.register_touched


def ask_questions(state: Review, command: AskQuestions, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Ask about fields of the package, once, before any register is touched."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.INTAKE)
        yield from in_state(state, ReviewState.RECEIVED)
        if state.withdrawn_at:
            yield WITHDRAWN
        if state.through is not None:
            yield FOR_THE_ADDRESSED
        if were_asked(state, facts):
            yield reason(
                "questions.over",
                "Questions can be asked once, before any register is looked into.",
                "Se puede preguntar una sola vez, antes de consultar cualquier registro.",
                rows=("F45",),
            )
        if not command.asked:
            yield reason("questions.none", "Choose at least one field.", "Elija al menos un campo.", field="asked")
        for _code, name in command.asked:
            if name.split(".", 1)[0] not in PACKAGE_FIELDS:
                yield reason(
                    "questions.field",
                    f"{name} is no field of the request.",
                    f"{name} no es un campo de la solicitud.",
                    field="asked",
                    rows=("F45",),
                )

    def make() -> Plan:
        package = state.package
        version = package.version if package else 0
        told = Questions(request=state.request, version=version, asked=command.asked)
        send = Send(partner=state.partner, content=told, request=state.request, version=version, at=now)
        return plan_of(state, QuestionsAsked(asked=command.asked, by=officer(who))).and_then(Plan(sends=(send,)))

    return judge(found(), make)


def open_review(state: Review, _command: OpenReview, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Begin: from here on registers may be looked into."""
    found = (
        *by_officer(state, who, Duty.INTAKE),
        *in_state(state, ReviewState.RECEIVED),
        *forward(state, facts, now),
        *sender(facts),
    )
    return judge(found, lambda: plan_of(state, ReviewOpened(by=officer(who))))


def next_answer_timer(state: Review, facts: ReviewFacts, after: int) -> Timer:
    """Return the timer of the answer date after this one."""
    return Timer(kind=ANSWER_TIMER, stream=state.stream, at=answer_period(facts.agreement, after + 1).at)
