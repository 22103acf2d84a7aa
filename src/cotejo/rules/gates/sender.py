"""The complete list of gates both sides evaluate on a request.

1. A function of the package, the agreement, the time and which documents are here; nothing else (I2).
2. What speaks for the person comes first.
3. No gate reads a mark, an affiliation's group, a kinship or a nationality (F05, F23).
"""

from collections.abc import Callable
from typing import Final

from cotejo.rules.acts import Gate, Millis
from cotejo.rules.agreement import Agreement
from cotejo.rules.gates import alleged, evidence, for_person, judicial, persons, terms, words
from cotejo.rules.gates.reading import Reading
from cotejo.rules.package import Package

SENDER_GATES: Final[tuple[Callable[[Reading], Gate], ...]] = (
    for_person.search_for_person,
    for_person.whereabouts,
    judicial.outcomes,
    for_person.grounds,
    for_person.notice,
    terms.agreement,
    persons.category,
    persons.child,
    persons.subject,
    persons.dates,
    alleged.alleged,
    alleged.membership,
    judicial.judicial_basis,
    alleged.threshold,
    evidence.documents,
    evidence.support,
    evidence.statements,
    evidence.fresh,
    evidence.translation,
    words.labels,
    words.barred,
    terms.undertakings,
    terms.two_people,
)


def sender_gates(
    package: Package, agreement: Agreement, now: Millis, *, documents_here: Callable[[str], bool]
) -> tuple[Gate, ...]:
    """Evaluate every gate of the sender on a package, at the sender or at the receiver."""
    reading = Reading(package=package, agreement=agreement, now=now, documents_here=_named(documents_here))
    return tuple(each(reading) for each in SENDER_GATES)


def _named(documents_here: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda sha256: bool(sha256) and documents_here(sha256)
