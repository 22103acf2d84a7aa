"""One person's file at the origin, as all its acts make it.

1. Names stand as documented and in parts; nothing merges two files (F30).
2. The person has exactly one dated category; a file of a victim or witness, of a child, or without category is in no
   search (F12, F21).
3. When something a checked claim rests on is replaced, the claim is a draft again in a new version.
4. Whoever wrote something stays named beside it, so that nobody certifies or authorises own work (I1).
5. An erased body leaves a gap; gates meet the gap as missing evidence and stay open (I11).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

from cotejo.rules import person_acts as acts
from cotejo.rules.acts import Entry, Millis, StreamKind
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold
from cotejo.rules.claims import Claim, ClaimState
from cotejo.rules.dates import age_at_least, day_of, is_date
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Category, Sex
from cotejo.rules.package import Affiliation, AllegedAct, CourtAct, EvidenceItem, Subject, Whereabouts

ADULT_YEARS: Final = 18
SEARCHABLE: Final = frozenset({Category.CONVICTED, Category.ACCUSED, Category.SUSPECT})

NOBODY: Final = Subject(
    names=(), birth="", sex=Sex.UNKNOWN, birth_place="", nationality="", nationality_basis="", identifiers=()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """The state of a person file. `recorders` names who wrote each thing, by its id (`subject` for the description)."""

    id: str = ""
    version: int = 0
    opened_at: Millis = 0
    updated_at: Millis = 0
    subject: Subject = NOBODY
    category: Category | None = None
    category_since: str = ""
    whereabouts: tuple[Whereabouts, ...] = ()
    court_acts: tuple[CourtAct, ...] = ()
    alleged: tuple[AllegedAct, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    claims: tuple[Claim, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    recorders: Mapping[str, Officer] = field(default_factory=dict)

    def claim(self, claim: str) -> Claim | None:
        """Return a claim by its id."""
        return next((each for each in self.claims if each.id == claim), None)

    def item(self, item: str) -> EvidenceItem | None:
        """Return an item of evidence by its id."""
        return next((each for each in self.evidence if each.id == item), None)

    def authors(self, ids: Iterable[str]) -> tuple[Officer, ...]:
        """Return who wrote these things, each officer once."""
        found = {self.recorders[each].id: self.recorders[each] for each in ids if each in self.recorders}
        return tuple(found.values())


def evolve(file: PersonFile, entry: Entry) -> PersonFile:
    """Apply one stored act."""
    after = _apply(file, entry)
    return replace(after, version=entry.version, updated_at=entry.at)


def _apply(file: PersonFile, entry: Entry) -> PersonFile:
    match entry.act:
        case acts.PersonOpened() as act:
            return replace(
                file,
                id=act.person,
                opened_at=entry.at,
                subject=act.subject,
                category=act.category,
                category_since=act.category_since,
                recorders={**file.recorders, "subject": act.by},
            )
        case acts.PersonDescribed() as act:
            return replace(file, subject=act.subject, recorders={**file.recorders, "subject": act.by})
        case acts.IdentifierVerified() as act:
            return replace(file, subject=_verified(file.subject, act.kind, act.value))
        case acts.PersonCategorised() as act:
            return replace(file, category=act.category, category_since=act.since)
        case acts.AffiliationRecorded() as act:
            return replace(file, affiliations=(*file.affiliations, act.affiliation))
        case acts.ClaimRecorded() | acts.ClaimChecked() | acts.ClaimReturned() | acts.ClaimWithdrawn():
            return _apply_claim(file, entry)
        case _:
            return _apply_record(file, entry)


def _verified(subject: Subject, kind: str, value: str) -> Subject:
    marked = tuple(
        replace(each, verified=True) if (each.kind, each.value) == (kind, value) else each
        for each in subject.identifiers
    )
    return replace(subject, identifiers=marked)


def _apply_record(file: PersonFile, entry: Entry) -> PersonFile:
    match entry.act:
        case acts.WhereaboutsRecorded(whereabouts=kept, by=by):
            after = replace(file, whereabouts=_put(file.whereabouts, kept))
            return replace(after, recorders={**file.recorders, kept.id: by})
        case acts.WhereaboutsExplained() as act:
            explained = tuple(
                replace(each, explanations=(*each.explanations, act.explanation))
                if each.id == act.whereabouts
                else each
                for each in file.whereabouts
            )
            return replace(file, whereabouts=explained)
        case acts.CourtActRecorded(court_act=court_act, by=by):
            after = replace(file, court_acts=_put(file.court_acts, court_act))
            return _unchecked(replace(after, recorders={**file.recorders, court_act.id: by}), court_act.id)
        case acts.AllegedRecorded(alleged=alleged, by=by):
            after = replace(file, alleged=_put(file.alleged, alleged))
            return _unchecked(replace(after, recorders={**file.recorders, alleged.id: by}), alleged.id)
        case acts.EvidenceRecorded(item=item, by=by):
            after = replace(file, evidence=_put(file.evidence, item))
            return _unchecked(replace(after, recorders={**file.recorders, item.id: by}), item.id)
        case _:
            return file


def _apply_claim(file: PersonFile, entry: Entry) -> PersonFile:
    match entry.act:
        case acts.ClaimRecorded() as act:
            claim = Claim(
                id=act.claim,
                version=act.version,
                state=ClaimState.DRAFT,
                body=act.body,
                recorder=act.by,
                recorded_at=entry.at,
            )
        case acts.ClaimChecked() as act if (found := file.claim(act.claim)) is not None:
            claim = replace(found, state=ClaimState.CHECKED, checker=act.by, checked_at=entry.at)
        case acts.ClaimReturned() as act if (found := file.claim(act.claim)) is not None:
            claim = replace(found, state=ClaimState.RETURNED, why=act.why, checked_at=entry.at)
        case acts.ClaimWithdrawn() as act if (found := file.claim(act.claim)) is not None:
            claim = replace(found, state=ClaimState.WITHDRAWN, why=act.why, checked_at=entry.at)
        case _:
            return file
    return replace(file, claims=_put(file.claims, claim))


class _Kept(Protocol):
    @property
    def id(self) -> str: ...


_K = TypeVar("_K", bound=_Kept)


def _put(kept: tuple[_K, ...], new: _K) -> tuple[_K, ...]:
    if all(each.id != new.id for each in kept):
        return (*kept, new)
    return tuple(new if each.id == new.id else each for each in kept)


def _unchecked(file: PersonFile, changed: str) -> PersonFile:
    """Give every checked claim that rests on `changed` a new version that nobody has checked."""
    claims = tuple(
        replace(each, version=each.version + 1, state=ClaimState.DRAFT, checker=None, checked_at=0)
        if each.state is ClaimState.CHECKED and changed in rests_on(each)
        else each
        for each in file.claims
    )
    return replace(file, claims=claims)


def rests_on(claim: Claim) -> tuple[str, ...]:
    """Return the ids of everything a claim leans on."""
    quoted = (claim.body.quoted_label_from,) if claim.body.quoted_label_from else ()
    return (*claim.body.evidence, *claim.body.speaks_to, *quoted)


def card(file: PersonFile) -> Card:
    """Show which claims wait for whom, and since when."""
    drafts = [each.recorded_at for each in file.claims if each.state is ClaimState.DRAFT]
    returned = [each.checked_at for each in file.claims if each.state is ClaimState.RETURNED]
    unverified = any(not each.verified for each in file.subject.identifiers)
    waiting = (
        *((Waiting(duty=Duty.CHECKER, step="person.claims_to_check", since=min(drafts)),) if drafts else ()),
        *((Waiting(duty=Duty.RECORDER, step="person.claims_returned", since=min(returned)),) if returned else ()),
        *(
            (Waiting(duty=Duty.CHECKER, step="person.identifiers_to_verify", since=file.opened_at),)
            if unverified
            else ()
        ),
    )
    return Card(state=file.category.value if file.category else "uncategorised", waiting=waiting)


def terms(file: PersonFile) -> tuple[tuple[str, str], ...]:
    """Let the memory find every file an officer wrote or checked in (F09)."""
    checkers = (each.checker.id for each in file.claims if each.checker is not None)
    writers = (each.id for each in file.recorders.values())
    claimers = (each.recorder.id for each in file.claims)
    return tuple(("person.officer", each) for each in sorted({*checkers, *writers, *claimers}))


def search_names(file: PersonFile) -> tuple[str, ...]:
    """Return names and document numbers for search: none of a victim or witness, a child, or without category.

    Rows F12, F21. A number stands without its dots and hyphens, as `plain_number` writes it.
    """
    if file.category not in SEARCHABLE:
        return ()
    birth = file.subject.birth
    if is_date(birth) and not age_at_least(birth, ADULT_YEARS, day_of(file.updated_at)):
        return ()
    names = (name for each in file.subject.names for name in (each.documented, each.alias))
    numbers = (plain_number(each.value) for each in file.subject.identifiers)
    return tuple(filter(None, (*names, *numbers)))


def plain_number(value: str) -> str:
    """Return a document's number as it is searched for: letters and digits alone, as one word."""
    return "".join(letter for letter in value.casefold() if letter.isalnum())


FOLD: Final = Fold(
    kind=StreamKind.PERSON, start=PersonFile(), evolve=evolve, card=card, terms=terms, search_names=search_names
)
declare_fold(FOLD)
