"""The checks of own law, legal review, risk and hearing: whether the receiver itself may act, whatever was requested.

1. A request is no ground: an order of this country's own law must be final, with the agency's own evidence (F49).
2. Every mark of `gates.legal_review` (collective act, membership as the offence, doubtful statement, refusal ground)
   and every dispute about a statement of the version in hand is answered in writing and does not stand in the way
   (design section 2, F64).
3. A prosecution pursued by removal needs the reason why extradition is not required, and a person who was told (F38).
4. Risk at the destination is assessed for this person by somebody outside the unit (F48).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Route
from cotejo.rules.gates.legal_review import opens_legal_review
from cotejo.rules.gates.reading import Reading
from cotejo.rules.package import Package
from cotejo.rules.review_acts import MarkAnswer
from cotejo.rules.review_checks import reason
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import Risk


def own_law(state: Review) -> Iterator[Reason]:
    """Yield why this country's own law gives no ground to act (F49)."""
    found = state.own_law
    if found is None:
        yield reason(
            "own_law.open",
            "No order of this country's own law is recorded. A request is never one.",
            "No consta una orden conforme al derecho propio. Una solicitud nunca lo es.",
            clears=(Duty.LEGAL,),
            rows=("F49",),
        )
    elif not found.act.final:
        yield reason(
            "own_law.not_final",
            "The order of this country's own law is not final.",
            "La orden conforme al derecho propio no es firme.",
            remedy=("Wait until it is final.", "Espere a que sea firme."),
            clears=(Duty.LEGAL,),
            rows=("F47", "F49"),
        )


def legal_marks(state: Review, facts: ReviewFacts, now: Millis) -> tuple[Reason, ...]:
    """Return what the legal reviewer has to answer in writing about the version in hand, each kind of mark once."""
    if state.package is None:
        return ()
    marks = opens_legal_review(
        Reading(
            package=state.package,
            agreement=facts.agreement,
            now=now,
            documents_here=lambda sha256: sha256 in facts.documents,
        )
    )
    disputed = (DISPUTED,) if state.disputed else ()
    return (*{each.code: each for each in marks}.values(), *disputed)


def unanswered(state: Review, answers: tuple[MarkAnswer, ...], facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield every mark of the version in hand without a written answer."""
    written = {each.mark for each in answers if each.reasons.strip()}
    yield from (each for each in legal_marks(state, facts, now) if each.code not in written)


def legal(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield why the legal review is open or speaks against acting (F15, F38; design section 2)."""
    found = state.legal
    if found is None or state.package is None:
        yield reason(
            "legal.open",
            "The legal review has not been made.",
            "Falta la revisión jurídica.",
            clears=(Duty.LEGAL,),
            rows=("F38",),
        )
        return
    if not found.act.route_lawful:
        yield _legal("legal.route", "The route is not lawful here.", "La vía no es lícita aquí.", "F38")
    yield from unanswered(state, found.act.answers, facts, now)
    against = {each.mark for each in found.act.answers if not each.may_go_on}
    yield from (each for each in legal_marks(state, facts, now) if each.code in against)
    if _is_disguised_extradition(state.package) and not found.act.person_told_of_route:
        yield _legal(
            "legal.not_told",
            "A prosecution or sentence is pursued by removal, and the person was not told.",
            "Se persigue un proceso o una pena por vía de expulsión, y la persona no fue informada.",
            "F38",
        )


def _legal(code: str, en: str, es: str, row: str) -> Reason:
    return reason(code, en, es, clears=(Duty.LEGAL,), rows=(row,))


DISPUTED: Final = _legal(
    "legal.disputed",
    "A statement of the request is disputed. What is disputed, and by whom, stands on the page of the case.",
    "Una afirmación de la solicitud está impugnada. Qué se impugna, y quién, consta en la página del caso.",
    "F64",
)


def _is_disguised_extradition(package: Package) -> bool:
    return package.route is Route.REMOVAL_INFORMATION and bool(package.court_acts)


def risk(state: Review) -> Iterator[Reason]:
    """Yield why the risk assessment is open or speaks against acting (F48)."""
    if state.risk is None:
        yield reason(
            "risk.open",
            "The risk for the person has not been assessed.",
            "Falta la evaluación de riesgo para la persona.",
            clears=(Duty.RISK,),
            rows=("F48",),
        )
    elif state.risk.act.found is Risk.REAL_RISK:
        yield reason(
            "risk.real",
            "There is a real risk for the person at the destination.",
            "Hay un riesgo real para la persona en el destino.",
            clears=(Duty.RISK,),
            rows=("F48",),
        )


def heard(state: Review) -> Iterator[Reason]:
    """Yield why the person has not received the copy of this version and been heard (F49, F64)."""
    if state.served is None:
        yield reason(
            "copy.open",
            "The copy was not served, or the person was not heard with counsel and interpreter.",
            "Falta el traslado a la persona y su defensa, o que sea oída con defensa e intérprete.",
            clears=(Duty.LEGAL, Duty.CUSTODY),
            rows=("F49",),
        )
