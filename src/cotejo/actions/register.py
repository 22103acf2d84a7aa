"""Looking for the person of a request in the agency's own register, and what the law needs to know of each candidate.

1. Candidates are named by keyed tokens, one a register row and request; the row's own number stays in the register.
2. Everybody the search compared and did not contradict goes to the protection check first, whether officers compare
   them or not (`Searched.further`; design section 3, recall first).
3. A rival reading that explains the likeness as well counts as a difference that needs a written answer (F27).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.actions.unit import Unit
from cotejo.identity import CandidateSource, Explanation, Field, Found, PersonRecord, Verdict, find_candidates
from cotejo.rules.package import Name, Subject
from cotejo.rules.review_facts import Compared
from cotejo.rules.review_words import UniqueIdentifier

SHOWN: Final = 10
_IDENTIFIER: Final = {Field.DUI: UniqueIdentifier.DUI, Field.PASSPORT: UniqueIdentifier.PASSPORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One possible same person: its token in this case, and the explanation a page shows."""

    token: str
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What one search of the register found, differences first in each explanation.

    `further` are the tokens of everybody else compared and not contradicted, in the order of `found.further`.
    """

    found: Found
    candidates: tuple[Candidate, ...]
    further: tuple[str, ...]

    def further_rows(self, tokens: Collection[str], source: CandidateSource) -> dict[str, PersonRecord]:
        """Return the rows of these further people by token, without those that are no longer in the register."""
        ids = {id_: token for token, id_ in zip(self.further, self.found.further, strict=True) if token in tokens}
        return {ids[row.id]: row for row in source.rows(tuple(ids))}


def record_of(subject: Subject) -> PersonRecord:
    """Return a request's subject as the engine reads it; the first name is compared, all others are aliases."""
    first = subject.names[0] if subject.names else None
    numbers = {identifier.kind: identifier.value for identifier in subject.identifiers}
    return PersonRecord(
        full_name=first.documented if first else "",
        given=first.given if first else "",
        surname=_surname(first) if first else "",
        alias="; ".join(_aliases(subject)),
        dob=subject.birth,
        sex=subject.sex.value,
        pob=subject.birth_place,
        dui=numbers.get("dui", ""),
        passport=numbers.get("passport", ""),
        father=subject.father,
        mother=subject.mother,
    )


def _surname(name: Name) -> str:
    own = f"{name.first_surname} {name.second_surname}".strip()
    return f"{own} de {name.married_name}" if name.married_name else own


def _aliases(subject: Subject) -> Iterator[str]:
    for place, name in enumerate(subject.names):
        if place:
            yield name.documented
        if name.alias:
            yield name.alias


def search_register(unit: Unit, subject: Subject, request: str) -> Searched:
    """Search the register for a request's subject and explain each candidate."""
    record = record_of(subject)
    found = find_candidates(record, unit.register, limit=SHOWN)
    return Searched(
        found=found,
        candidates=tuple(
            Candidate(token=unit.token(explanation.candidate.id, request), explanation=explanation)
            for explanation in found.explanations
        ),
        further=tuple(unit.token(id_, request) for id_ in found.further),
    )


def compared(candidate: Candidate) -> Compared:
    """Return what the law reads of one comparison."""
    explanation = candidate.explanation
    differences = [line.field.value for line in explanation.lines if line.verdict is Verdict.DIFFER]
    if explanation.rival is not None:
        differences.append("rival")
    return Compared(
        candidate=candidate.token,
        differences=tuple(differences),
        agreeing=tuple(
            _IDENTIFIER[line.field].value
            for line in explanation.lines
            if line.field in _IDENTIFIER and line.verdict is Verdict.AGREE
        ),
        words=explanation.band.value,
    )
