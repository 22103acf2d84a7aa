"""Making the package of one request from a dossier and a person's file, and naming what changed since the last one.

1. Complete about the one person: every court act, every record of whereabouts and everything that speaks for the person
   travels; of what speaks against, only what a pinned and still checked claim rests on (F18).
2. Every id becomes a token of this request; officers, sources and items cannot be recognised elsewhere (rule 3 of
   `package`). Offices are named.
3. An affiliation older than 24 months is left out (design section 2).
4. Changes are computed from the two packages, never typed (F53).
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.claims import Claim, ClaimState
from cotejo.rules.dates import day_of, is_date, iso_day, older_than_months
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_parts import Certificate, NoticeKept
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Category, Favours
from cotejo.rules.gates.counting import OWN_WORDS
from cotejo.rules.gates.evidence import STALE_MONTHS
from cotejo.rules.gates.judicial import FAVOURABLE
from cotejo.rules.package import (
    Affiliation,
    AllegedAct,
    EvidenceItem,
    Notice,
    Package,
    PackagedClaim,
    SearchFor,
    Signer,
    Whereabouts,
)
from cotejo.rules.person import PersonFile, rests_on
from cotejo.rules.told import Change

Token = Callable[[str], str]


def pinned_claims(dossier: Dossier, person: PersonFile) -> tuple[Claim, ...]:
    """Return the pinned claims that are still checked in the version that was pinned."""
    wanted = set(dossier.pinned)
    return tuple(
        each for each in person.claims if (each.id, each.version) in wanted and each.state is ClaimState.CHECKED
    )


def outdated_pins(dossier: Dossier, person: PersonFile) -> tuple[str, ...]:
    """Return the ids of pinned claims that moved or are no longer checked."""
    current = {each.id for each in pinned_claims(dossier, person)}
    return tuple(claim for claim, _ in dossier.pinned if claim not in current)


def recorders_of(dossier: Dossier, person: PersonFile) -> tuple[Officer, ...]:
    """Return everybody who wrote something this request rests on."""
    claims = pinned_claims(dossier, person)
    ids = {
        "subject",
        *dossier.alleged,
        *(each.id for each in person.court_acts),
        *(each.id for each in person.whereabouts),
        *(each.id for each in _items(dossier, person)),
        *(each for claim in claims for each in rests_on(claim)),
    }
    found = (*dossier.preparers, *person.authors(sorted(ids)), *(each.recorder for each in claims))
    return tuple({each.id: each for each in found}.values())


def checkers_of(dossier: Dossier, person: PersonFile) -> tuple[Officer, ...]:
    """Return everybody who checked a pinned claim."""
    found = (each.checker for each in pinned_claims(dossier, person) if each.checker is not None)
    return tuple({each.id: each for each in found}.values())


def speaks_for_in(person: PersonFile) -> tuple[str, ...]:
    """Return the ids of everything in the file that speaks for the person."""
    items = (each.id for each in person.evidence if each.favours is Favours.FOR)
    court_acts = (each.id for each in person.court_acts if each.outcome in FAVOURABLE)
    return (*items, *court_acts)


def assemble(
    dossier: Dossier,
    person: PersonFile,
    *,
    origin: str,
    token: Callable[[str, str], str],
    now: Millis,
    authoriser: Officer | None = None,
    certificate: Certificate | None = None,
    slot: int = -1,
) -> Package:
    """Make the package of the next version; what is not prepared yet is missing in it, and a gate will say so.

    `certificate` stands for one that is being signed at this moment.
    """

    def named(local: str) -> str:
        return token(local, dossier.request) if local else ""

    certificate = certificate or dossier.certificate
    return Package(
        request=dossier.request,
        version=dossier.next_version,
        origin=origin,
        addressee=dossier.partner,
        agreement=dossier.agreement,
        purpose=dossier.purpose,
        route=dossier.route,
        case_number=dossier.case_number,
        category=person.category or Category.OTHER,
        category_since=person.category_since,
        subject=person.subject,
        alleged=tuple(_alleged(each, named) for each in person.alleged if each.id in dossier.alleged),
        court_acts=tuple(replace(each, id=named(each.id)) for each in person.court_acts),
        claims=tuple(_claim(each, named) for each in pinned_claims(dossier, person)),
        evidence=tuple(_item(each, named) for each in _items(dossier, person)),
        affiliations=tuple(each for each in person.affiliations if _recent(each, now)),
        grounds=dossier.grounds,
        undertakings=dossier.undertakings,
        search_for=SearchFor(
            attached=tuple(named(each) for each in certificate.attached),
            none_found=certificate.none_found,
            searched_on=certificate.searched_on,
        )
        if certificate
        else None,
        notice=_notice(dossier.notice, named),
        signers=(*_recorders(dossier, person, named), *_signed(certificate, authoriser, named, now)),
        withheld=dossier.withheld,
        made_on=iso_day(now),
        slot=slot,
        whereabouts=tuple(_whereabouts(each, named) for each in person.whereabouts),
    )


def _items(dossier: Dossier, person: PersonFile) -> tuple[EvidenceItem, ...]:
    cited = {each for claim in pinned_claims(dossier, person) for each in claim.body.evidence}
    return tuple(each for each in person.evidence if each.id in cited or each.favours is Favours.FOR)


def _alleged(act: AllegedAct, named: Token) -> AllegedAct:
    return replace(act, id=named(act.id))


def _item(item: EvidenceItem, named: Token) -> EvidenceItem:
    return replace(
        item,
        id=named(item.id),
        speaks_to=tuple(named(each) for each in item.speaks_to),
        derived_from=tuple(named(each) for each in item.derived_from),
        underlying=tuple(named(each) for each in item.underlying),
        origin=item.origin if item.origin == OWN_WORDS else named(item.origin),
    )


def _claim(claim: Claim, named: Token) -> PackagedClaim:
    body, checker = claim.body, claim.checker
    return PackagedClaim(
        id=named(claim.id),
        version=claim.version,
        statement_type=body.statement_type,
        statement=body.statement,
        speaks_to=tuple(named(each) for each in body.speaks_to),
        interval=body.interval,
        place=body.place,
        as_of=body.as_of,
        evidence=tuple(named(each) for each in body.evidence),
        recorder=named(claim.recorder.id),
        recorder_unit=claim.recorder.unit,
        recorder_chain=claim.recorder.chain,
        checker=named(checker.id) if checker else "",
        checker_unit=checker.unit if checker else "",
        checker_chain=checker.chain if checker else "",
        checked_on=iso_day(claim.checked_at) if checker else "",
        quoted_label_from=named(body.quoted_label_from),
    )


def _whereabouts(record: Whereabouts, named: Token) -> Whereabouts:
    explained = tuple(replace(each, alleged=named(each.alleged), by=named(each.by)) for each in record.explanations)
    return replace(record, id=named(record.id), explanations=explained)


def _notice(kept: NoticeKept | None, named: Token) -> Notice | None:
    if kept is None:
        return None
    return Notice(
        given_on=kept.given_on,
        languages=kept.languages,
        deferred_because=kept.because.value if kept.because else "",
        countersigned_by=named(kept.countersigned.id) if kept.countersigned else "",
        lapses_on=kept.lapses_on,
    )


def _recorders(dossier: Dossier, person: PersonFile, named: Token) -> Iterator[Signer]:
    for each in recorders_of(dossier, person):
        yield Signer(duty=Duty.RECORDER, token=named(each.id), office=each.unit, at=dossier.changed_at)


def _signed(certificate: Certificate | None, authoriser: Officer | None, named: Token, now: Millis) -> Iterator[Signer]:
    if certificate is not None:
        by = certificate.by
        yield Signer(duty=Duty.CERTIFIER, token=named(by.id), office=by.unit, at=certificate.at)
    if authoriser is not None:
        yield Signer(duty=Duty.AUTHORISER, token=named(authoriser.id), office=authoriser.unit, at=now)


def _recent(affiliation: Affiliation, now: Millis) -> bool:
    newest = affiliation.end or affiliation.start
    return is_date(newest) and not older_than_months(newest, STALE_MONTHS, day_of(now))


def documents_of(package: Package) -> tuple[str, ...]:
    """Return the hash of every document the package cites, each once, in order."""
    cited = (
        *(each.document for each in package.subject.identifiers),
        *(each.document for each in package.court_acts),
        *(each.document for each in package.evidence),
        *(each.document for each in package.grounds),
        *(each.document for each in package.affiliations),
        *(each.document for each in package.whereabouts),
        *(each.quote_document for each in package.alleged),
    )
    return tuple(dict.fromkeys(each for each in cited if each))


def facts_of(person: PersonFile, alleged: tuple[str, ...]) -> str:
    """Return the text whose token says: this person for these facts (F56)."""
    acts = sorted(
        f"{each.offence_article}|{each.interval.start}|{each.interval.end}|{each.place}"
        for each in person.alleged
        if each.id in alleged
    )
    return "\n".join((f"facts:{person.id}", *acts))


_NOT_CONTENT: Final = frozenset({"version", "slot", "signers", "made_on", "documents", "agreement"})


def changes_between(old: Package, new: Package) -> tuple[Change, ...]:
    """Name every field that differs, with both values as text; what every version has anew is no change."""
    before, after = dict(_leaves("", old)), dict(_leaves("", new))
    names = dict.fromkeys((*before, *after))
    return tuple(
        Change(field=each, old=before.get(each, ""), new=after.get(each, ""))
        for each in names
        if before.get(each, "") != after.get(each, "")
    )


def _leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if path or each.name not in _NOT_CONTENT:
                yield from _leaves(f"{path}.{each.name}".lstrip("."), getattr(value, each.name))
    elif isinstance(value, tuple):
        for n, each in enumerate(value, start=1):
            key = getattr(each, "id", "") or str(n)
            yield from _leaves(f"{path}[{key}]", each)
    else:
        yield path, str(value)


def checked_tokens(person: PersonFile, named: Token) -> set[tuple[str, int]]:
    """Return the checked claims of a file as a package names them: (token, version)."""
    return {(named(each.id), each.version) for each in person.claims if each.state is ClaimState.CHECKED}
