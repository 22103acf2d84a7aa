"""Own law, legal review, risk and hearing: what the receiver itself must have before it may act (F38, F48, F49).

1. A request is no ground: the order of this country's own law and the agency's own evidence are kept documents.
2. Whoever assesses risk comes from outside the unit of everybody else in the case.
3. The copy served is that of the version in hand, and the person was heard with counsel and interpreter.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, Plan, Reason, Refused
from cotejo.rules.dates import is_date, iso_day
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.review_acts import CopyServed, LegallyReviewed, OwnLawRecorded, RiskAssessed
from cotejo.rules.review_checks import reason
from cotejo.rules.review_commands import RecordCopyServed, RecordLegalReview, RecordOwnLawOrder, RecordRiskAssessment
from cotejo.rules.review_decide.common import (
    agreed_first,
    by_officer,
    forward,
    forward_protected,
    in_state,
    judge,
    kept,
    kept_all,
    officer,
    past_days,
    plan_of,
    written,
)
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_law import unanswered
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState


def record_own_law(
    state: Review, command: RecordOwnLawOrder, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Record the order of own law about the agreed person."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL)
        yield from in_state(state, ReviewState.OPEN)
        yield from forward_protected(state, facts, now)
        yield from agreed_first(state)
        yield from written(issued_by=command.issued_by, number=command.number)
        yield from past_days(now, issued_on=command.issued_on)
        yield from kept(facts, document=command.document)
        yield from kept_all(facts, "own_evidence", command.own_evidence)
        if not command.own_evidence:
            yield reason(
                "own_evidence.missing",
                "Attach this agency's own evidence; the request is none.",
                "Adjunte la prueba propia de esta entidad; la solicitud no lo es.",
                field="own_evidence",
                rows=("F49",),
            )

    def make() -> Plan:
        act = OwnLawRecorded(
            basis=command.basis,
            issued_by=command.issued_by,
            number=command.number,
            issued_on=command.issued_on,
            final=command.final,
            document=command.document,
            own_evidence=command.own_evidence,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)


def record_review(
    state: Review, command: RecordLegalReview, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Record the legal review of the request."""
    found = (
        *by_officer(state, who, Duty.LEGAL),
        *in_state(state, ReviewState.OPEN),
        *forward(state, facts, now),
        *written(reasons=command.reasons),
        *unanswered(state, command.answers, facts, now),
    )

    def make() -> Plan:
        act = LegallyReviewed(
            route_lawful=command.route_lawful,
            answers=command.answers,
            person_told_of_route=command.person_told_of_route,
            reasons=command.reasons,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found, make)


def record_risk(
    state: Review, command: RecordRiskAssessment, who: Who, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Record the individual risk at the destination."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.RISK)
        yield from in_state(state, ReviewState.OPEN)
        yield from forward_protected(state, facts, now)
        yield from agreed_first(state)
        yield from written(reasons=command.reasons)
        yield from kept(facts, statement_document=command.statement_document)
        if isinstance(who, Officer) and any(each.unit == who.unit for each in state.roster if each.id != who.id):
            yield reason(
                "risk.same_unit",
                "Risk is assessed by somebody from outside the unit.",
                "El riesgo lo evalúa alguien ajeno a la unidad.",
                rows=("F48",),
            )
        if not command.sources or any(not title.strip() or not is_date(day) for title, day in command.sources):
            yield reason(
                "risk.sources",
                "Name at least one country source, each with its date.",
                "Indique al menos una fuente sobre el país, cada una con su fecha.",
                field="sources",
                rows=("F48",),
            )
        if not (command.with_counsel and command.with_interpreter):
            yield reason(
                "risk.statement",
                "The person's own statement is taken with counsel and interpreter.",
                "La declaración de la persona se toma con defensa e intérprete.",
                field="with_counsel",
                rows=("F48",),
            )

    def make() -> Plan:
        act = RiskAssessed(
            found=command.found,
            sources=command.sources,
            statement_document=command.statement_document,
            with_counsel=command.with_counsel,
            with_interpreter=command.with_interpreter,
            reasons=command.reasons,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)


def record_copy(state: Review, command: RecordCopyServed, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Record the copy served and the person heard."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL, Duty.CUSTODY)
        yield from in_state(state, ReviewState.OPEN)
        yield from forward_protected(state, facts, now)
        yield from agreed_first(state)
        yield from written(
            counsel=command.counsel, interpreter=command.interpreter, languages=" ".join(command.languages)
        )
        yield from past_days(now, served_on=command.served_on, heard_on=command.heard_on)
        yield from kept(facts, document=command.document, statement_document=command.statement_document)
        if state.package is None or command.version != state.package.version:
            yield reason(
                "copy.version",
                "The copy served is not of the version in hand.",
                "El traslado no corresponde a la versión que consta aquí.",
                field="version",
                rows=("F49",),
            )
        if not iso_day(state.received_at) <= command.served_on <= command.heard_on:
            yield reason(
                "copy.order",
                "The copy is served after this version came, and the person is heard after that.",
                "El traslado se hace después de recibida esta versión, y la persona es oída después.",
                field="heard_on",
                rows=("F49",),
            )

    def make() -> Plan:
        act = CopyServed(
            version=command.version,
            served_on=command.served_on,
            languages=command.languages,
            document=command.document,
            counsel=command.counsel,
            interpreter=command.interpreter,
            heard_on=command.heard_on,
            statement_document=command.statement_document,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)
