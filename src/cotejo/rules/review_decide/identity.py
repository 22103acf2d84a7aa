"""Nationality and identity: the steps that say who the person is (I3, F26, F27, F28).

1. `same` needs every difference explained in writing and a verified unique identifier that agrees; name and birth date
   are never enough. `not_same` and `cannot_tell` need reasons only: doubt is cheap.
2. Two officers answer, each once, sealed from each other; there is no third answer.
3. A claim or evidence of citizenship pauses the case by itself and can be recorded at any point of it.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Millis, Plan, Reason, Refused
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.package import Package
from cotejo.rules.review_acts import IdentityAnswered, NationalityRecorded
from cotejo.rules.review_checks import NO_IDENTIFIER, NOT_COMPARED, explained, reason, unresolved
from cotejo.rules.review_commands import AnswerIdentity, RecordNationality
from cotejo.rules.review_decide.common import (
    by_officer,
    forward_protected,
    in_state,
    judge,
    kept,
    kept_all,
    officer,
    plan_of,
    written,
)
from cotejo.rules.review_facts import Compared, ReviewFacts
from cotejo.rules.review_state import BOTH, Review
from cotejo.rules.review_words import Citizenship, ReviewState, Sameness, UniqueIdentifier


def record_nationality(state: Review, command: RecordNationality, who: Who, facts: ReviewFacts) -> Plan | Refused:
    """Record the mandatory nationality check."""

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.NATIONALITY)
        yield from in_state(state, ReviewState.OPEN, ReviewState.DECIDED)
        if command.found is Citizenship.NO_EVIDENCE:
            yield from written(sources=" ".join(command.sources))
            yield from kept_all(facts, "documents", command.documents)

    def make() -> Plan:
        act = NationalityRecorded(
            found=command.found, sources=command.sources, documents=command.documents, by=officer(who)
        )
        return plan_of(state, act)

    return judge(found(), make)


def answer(state: Review, command: AnswerIdentity, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Record one sealed answer about one candidate."""
    compared = facts.comparison(command.candidate)

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.IDENTITY)
        yield from in_state(state, ReviewState.OPEN)
        yield from forward_protected(state, facts, now)
        yield from written(reasons=command.reasons)
        if command.candidate not in state.candidates:
            yield reason(
                "identity.unknown_candidate",
                "This is none of the possible same persons of this case.",
                "No es ninguna de las posibles mismas personas de este caso.",
                field="candidate",
            )
        given = state.answers_on(command.candidate)
        if isinstance(who, Officer) and any(each.act.by.id == who.id for each in given):
            yield reason(
                "identity.answered",
                "You have answered. The second answer is another person's.",
                "Usted ya respondió. La segunda respuesta corresponde a otra persona.",
                rows=("F26",),
            )
        elif len(given) >= BOTH:
            yield reason("identity.both_given", "Both answers are given.", "Ambas respuestas ya están dadas.")
        if command.answer is Sameness.SAME:
            yield from _against_same(state.package, command, compared, facts)

    def make() -> Plan:
        act = IdentityAnswered(
            candidate=command.candidate,
            answer=command.answer,
            reasons=command.reasons,
            identifier=command.identifier if command.answer is Sameness.SAME else None,
            document=command.document,
            differences=compared.differences if compared else (),
            resolutions=command.resolutions,
            by=officer(who),
        )
        return plan_of(state, act)

    return judge(found(), make)


def _against_same(
    package: Package | None, command: AnswerIdentity, compared: Compared | None, facts: ReviewFacts
) -> Iterator[Reason]:
    if compared is None:
        yield NOT_COMPARED
    else:
        missing = set(compared.differences) - explained(command.resolutions)
        yield from (unresolved(name) for name in sorted(missing))
    yield from against_identifier(package, command.identifier, command.document, compared, facts)


def against_identifier(
    package: Package | None,
    identifier: UniqueIdentifier | None,
    document: str,
    compared: Compared | None,
    facts: ReviewFacts,
) -> Iterator[Reason]:
    """Yield why this identifier does not single the person out (F26)."""
    if identifier is UniqueIdentifier.EXAMINER_REPORT:
        yield from kept(facts, document=document)
        return
    verified = package is not None and any(
        each.verified and each.kind == identifier for each in package.subject.identifiers
    )
    if identifier is None or not verified or compared is None or identifier.value not in compared.agreeing:
        yield NO_IDENTIFIER
