"""I1 to I3: who acted, on what evidence, and how identity was agreed."""

from collections.abc import Iterator
from typing import Any

from cotejo.rules.acts import Entry, Stream, StreamKind, not_passed
from cotejo.rules.agreement import Agreement
from cotejo.rules.dossier_acts import ClaimsPinned, DossierCertified, DossierSent, GroundsAnswered, UndertakingsSigned
from cotejo.rules.duties import COMPATIBLE, Officer
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.onward import TakenThrough
from cotejo.rules.package import Package
from cotejo.rules.person_acts import ClaimChecked, ClaimRecorded
from cotejo.rules.review_acts import (
    Corrected,
    Decided,
    HoldPlaced,
    IdentityAnswered,
    Searched,
    Supplemented,
    TakenIn,
)
from cotejo.rules.review_words import Outcome, Sameness
from cotejo.simulation.truth import Look

BOTH = 2


def i1_two_people(look: Look) -> Iterator[str]:
    """I1 (design section 4): checker is not recorder; who recorded, checked, certified, authorised are other people.

    At the receiver nobody acts in two duties of one case that the duty table does not join.
    """
    for entry in look.entries:
        if isinstance(entry.act, ClaimChecked):
            yield from _own_claim(look, entry)
        if isinstance(entry.act, DossierSent):
            yield from _one_person_twice(look, entry)
        if entry.stream.kind is StreamKind.REVIEW and not isinstance(entry.act, HoldPlaced):
            yield from _two_duties(look, entry)


def _own_claim(look: Look, entry: Entry) -> Iterator[str]:
    checked: Any = entry.act
    for act in (before.act for before in look.acts_before(entry)):
        if isinstance(act, ClaimRecorded) and (act.claim, act.version, act.by.id) == (
            checked.claim,
            checked.version,
            checked.by.id,
        ):
            yield f"{checked.by.id} checked a claim they had recorded"


def _one_person_twice(look: Look, entry: Entry) -> Iterator[str]:
    hands: dict[str, set[str]] = {"authorised": {entry.act.by.id}, "certified": set()}  # type: ignore[attr-defined]
    pinned: tuple[tuple[str, int], ...] = ()
    for before in look.acts_before(entry):
        act = before.act
        if isinstance(act, ClaimsPinned):
            pinned = act.claims
        if isinstance(act, DossierCertified | GroundsAnswered | UndertakingsSigned):
            hands["certified"].add(act.by.id)
    person = look.node.unit.state(entry.stream).person
    file = [each.act for each in look.node.unit.entries(Stream(StreamKind.PERSON, person))]
    mine = [
        each for each in file if isinstance(each, ClaimRecorded | ClaimChecked) and (each.claim, each.version) in pinned
    ]
    hands["recorded"] = {each.by.id for each in mine if isinstance(each, ClaimRecorded)}
    hands["checked"] = {each.by.id for each in mine if isinstance(each, ClaimChecked)}
    for first, people in hands.items():
        for second, others in hands.items():
            if first < second and people & others:
                yield f"{', '.join(people & others)} {first} and {second} one request"


def _two_duties(look: Look, entry: Entry) -> Iterator[str]:
    by = getattr(entry.act, "by", None)
    if not isinstance(by, Officer):
        return
    for before in look.acts_before(entry):
        other = getattr(before.act, "by", None)
        if isinstance(other, Officer) and other.id == by.id and not isinstance(before.act, HoldPlaced):
            joined = other.duty == by.duty or frozenset({other.duty, by.duty}) in COMPATIBLE
            if not joined:
                yield f"{by.id} acted as {other.duty} and as {by.duty} in one case"
                return


def i2_evidence(look: Look) -> Iterator[str]:
    """I2 (design section 4): every sender gate passes on what leaves, and again on what is taken in."""
    for entry in look.entries:
        match entry.act:
            case DossierSent(package=package):
                terms = look.terms_with(package.addressee, entry.at)
            case (
                TakenIn(package=package)
                | TakenThrough(package=package)
                | Corrected(package=package)
                | Supplemented(package=package)
            ):
                terms = look.terms_of(entry, package)
            case _:
                continue
        yield from _gates(look, entry, package, terms)


def _gates(look: Look, entry: Entry, package: Package, terms: Agreement | None) -> Iterator[str]:
    if terms is None:
        yield f"a package of {package.origin} for {package.addressee}, who is no partner"
        return
    gates = sender_gates(package, terms, entry.at, documents_here=look.node.unit.documents.has)
    if reasons := not_passed(gates):
        yield f"{entry.act.code}: version {package.version} does not pass {reasons[0].code}"


def i3_identity(look: Look) -> Iterator[str]:
    """I3 (design section 4): two officers, one unique number, differences explained, nobody else possible."""
    for entry in look.entries:
        if isinstance(entry.act, Decided) and entry.act.outcome is Outcome.ACT:
            yield from _identity(look, entry)


def _identity(look: Look, entry: Entry) -> Iterator[str]:
    found: tuple[str, ...] = ()
    answers: list[IdentityAnswered] = []
    ever: list[IdentityAnswered] = []
    for before in look.acts_before(entry):
        act = before.act
        if isinstance(act, TakenIn | TakenThrough | Corrected | Supplemented):
            found, answers = (), []
        if isinstance(act, Searched):
            found = act.candidates
        if isinstance(act, IdentityAnswered):
            answers.append(act)
            ever.append(act)
    same = {each.candidate for each in answers if each.answer is Sameness.SAME}
    others = set(found) - same
    if len(same) != 1:
        yield f"decided to act with {len(same)} people called the same"
    for candidate in same:
        given = [each for each in answers if each.candidate == candidate]
        if len({each.by.id for each in given}) < BOTH:
            yield "decided to act on one officer's answer"
        if any(each.identifier is None for each in given):
            yield "decided to act without a unique identifier"
        if any(set(each.differences) - {name for name, how in each.resolutions if how} for each in given):
            yield "decided to act with a difference nobody explained"
    for candidate in others:
        nots = {each.by.id for each in ever if each.candidate == candidate and each.answer is Sameness.NOT_SAME}
        if len(nots) < BOTH:
            yield "decided to act while somebody else was still possible"
