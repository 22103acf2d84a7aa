"""What in a request the receiver's legal reviewer has to look at, whatever the gates say (design section 2).

1. Collective acts, anonymous judges, no counsel, emergency rules.
2. Membership as an offence: is it one here too (double criminality)?
3. Statements that may have been forced (F15), a ground for refusal answered yes (F42), the removal route (F38).
4. These are marks, no gates: they stop nothing at the origin and name a duty at the receiver.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Reason
from cotejo.rules.duties import Duty
from cotejo.rules.facts import STATEMENT_KINDS, Coercion, GroundAnswer, Route
from cotejo.rules.gates.alleged import is_membership
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

_REVIEW = Text("The legal reviewer answers in writing.", "Quien revisa en lo jurídico responde por escrito.")


def opens_legal_review(reading: Reading) -> tuple[Reason, ...]:
    """Return every mark of a request, those of its court acts first."""
    return (*_court_marks(reading), *_other_marks(reading))


def _court_marks(reading: Reading) -> Iterator[Reason]:
    for n, each in numbered(reading.package.court_acts):
        if each.collective:
            yield _mark(
                "collective",
                f"Court act {n} is collective: {each.accused_count} accused.",
                f"El acto judicial {n} es colectivo: {each.accused_count} personas acusadas.",
            )
        if not each.judge_named:
            yield _mark(
                "anonymous_judge",
                f"The judge of court act {n} is not named.",
                f"El acto judicial {n} no nombra a quien juzga.",
            )
        if not each.counsel_present:
            yield _mark(
                "no_counsel", f"Court act {n}: no counsel present.", f"Acto judicial {n}: sin defensa presente."
            )
        if each.emergency_rules:
            yield _mark(
                "emergency_rules",
                f"Court act {n}: emergency rules were in force.",
                f"Acto judicial {n}: regía un régimen de excepción.",
            )


def _other_marks(reading: Reading) -> Iterator[Reason]:
    package = reading.package
    if any(is_membership(reading, each) for each in package.alleged):
        yield _mark(
            "double_criminality",
            "Membership is itself the offence: is the quoted act one here too?",
            "La pertenencia es en sí el delito: ¿el hecho citado es delito también aquí?",
        )
    for n, item in numbered(package.evidence):
        if item.kind in STATEMENT_KINDS and item.coercion is not Coercion.NONE_ALLEGED:
            yield _mark(
                "coercion",
                f"Evidence {n}: coercion is alleged or nobody asked.",
                f"Elemento {n}: se alega coacción o nadie preguntó.",
            )
    for each in package.grounds:
        if each.answer is GroundAnswer.YES:
            word = words_of(each.ground)
            yield _mark("ground", f"Answered yes: {word.en}.", f"Contestado que sí: {word.es}.")
    if package.route is Route.REMOVAL_INFORMATION:
        yield _mark(
            "removal_route",
            "Why is extradition not required, and was the person told?",
            "¿Por qué no se exige la extradición, y se informó a la persona?",
        )


def _mark(code: str, english: str, spanish: str) -> Reason:
    return lacks(f"legal_review.{code}", Text(english, spanish), _REVIEW, Duty.LEGAL, rows=("F15", "F38", "F42"))
