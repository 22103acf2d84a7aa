"""How each kind of case is acted on: its decide function, and the facts loaded for it from the node's memory."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from cotejo.actions.dependents import suspend_dependents
from cotejo.actions.inquiries import inquiry_facts
from cotejo.actions.onward import behind
from cotejo.actions.perform import Law
from cotejo.actions.register import Searched, compared, search_register
from cotejo.actions.status import list_id
from cotejo.actions.unit import Unit
from cotejo.rules import (
    bulletin,
    dossier_commands,
    dossier_decide,
    group,
    incident,
    inquiry_decide,
    partner,
    person_decide,
    review_commands,
    review_decide,
)
from cotejo.rules.acts import Gate, Millis, Stream, StreamKind
from cotejo.rules.agreement import CAPS, Agreement
from cotejo.rules.assemble import documents_of
from cotejo.rules.bulletin import BulletinFacts, BulletinState
from cotejo.rules.cases import state_of
from cotejo.rules.dates import start_of_month
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts, PersonFacts
from cotejo.rules.duties import Who
from cotejo.rules.facts import DataClass
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.onward import TakePassedOn
from cotejo.rules.package import Package
from cotejo.rules.partner import PartnerState
from cotejo.rules.person import PersonFile
from cotejo.rules.review_facts import Compared, ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.succession import leaving

DOCUMENT_NAME: Final = 64
_NEEDS_COMPARISON: Final = (
    review_commands.RecordSearch,
    review_commands.AnswerIdentity,
    review_commands.Decide,
    review_commands.ReconfirmIdentity,
)

_ABOUT_QUESTIONS: Final = (review_commands.AskQuestions, review_commands.TakeSupplement, type(None))
"""What depends on whether questions were asked; a page, which asks for nothing, shows it."""

_COUNTED: Final = (dossier_commands.AuthoriseSending, review_commands.TakeIn, TakePassedOn)
"""What the ceiling of a month is held against: messages of that month, on either side, are counted."""


def person_facts(
    unit: Unit, _stream: Stream, _state: PersonFile, _command: object, _who: Who, _now: Millis
) -> PersonFacts:
    """Load what a person file's decision needs."""
    return PersonFacts(documents_here=unit.documents.has, profile=unit.profile)


def dossier_facts(unit: Unit, stream: Stream, state: Dossier, command: object, _who: Who, now: Millis) -> DossierFacts:
    """Load what a dossier's decision needs."""
    opening = command if isinstance(command, dossier_commands.OpenDossier) else None
    person = opening.person if opening else state.person
    partner_name = opening.partner if opening else state.partner
    known = unit.partner(partner_name)
    # an answer is dated by the clock of the partner, for whom the next agreement may have begun
    ahead = known.terms(now).skew if known and isinstance(command, dossier_commands.RecordAnswer) else 0
    counted = isinstance(command, _COUNTED)
    others = tuple(
        each.id
        for each in unit.lookup("dossier.of_person", person)
        if each != stream and _live_to(unit, each, partner_name)
    )
    return DossierFacts(
        node=unit.node,
        agreement=known.terms(now + ahead) if known else None,
        person=state_of(StreamKind.PERSON, unit.entries(Stream(StreamKind.PERSON, person))),
        documents_here=unit.documents.has,
        token=unit.token,
        marked=lambda token: unit.marked(origin=unit.node, facts_token=token),
        open_dossiers=others,
        fresh_slots=_a_slot(unit, partner_name),
        sent_this_month=unit.told_since(partner_name, "request", start_of_month(now)) if counted else 0,
        recovering=unit.recovering(),
        high_water=high_water(unit, now),
        link_open=not counted or partner_state(unit, partner_name).rehearsal.open,
        leaving=known is not None and leaving(known.agreements, now),
    )


def _a_slot(unit: Unit, partner: str) -> tuple[int, ...]:
    """Return an unused status slot; nothing when none is left: nothing new is sent then, and all else goes on (I7)."""
    try:
        return unit.fresh_slots(partner, 1)
    except ValueError:
        return ()


def review_facts(unit: Unit, stream: Stream, state: Review, command: object, who: Who, now: Millis) -> ReviewFacts:
    """Load what a review's decision needs."""
    package = _package_of(command) or state.package
    direct = isinstance(command, review_decide.DIRECT)
    terms: Agreement | None = None if direct else getattr(command, "terms", None) or state.through
    origin = package.origin if package else state.partner or getattr(who, "name", "")
    speaker = (state.partner or getattr(who, "name", "")) if terms else origin
    request = package.request if package else getattr(command, "request", "")
    counted = isinstance(command, _COUNTED)
    beside = unit.beside(
        speaker,
        request,
        status_list=list_id(origin, speaker) if terms else origin,
        since=start_of_month(now) if counted else 0,
    )
    known = beside.partner
    line = known.terms(state.withdrawn_at or now) if known else _no_agreement(speaker, unit.node)
    agreement = terms or line
    sender = partner_state(unit, speaker)
    searched = _searched(unit, state) if isinstance(command, _NEEDS_COMPARISON) else None
    documents = documents_of_case(unit, stream, state, command)
    return ReviewFacts(
        node=unit.node,
        destination=agreement.profile_of(origin).upper(),
        agreement=agreement,
        sender_gates=sender_gates(package, agreement, now, documents_here=documents.__contains__) if package else (),
        documents=documents,
        partner_paused=sender.paused or (origin != speaker and partner_state(unit, origin).paused),
        link_open=sender.rehearsal.open,
        marked=unit.marked(origin=speaker, request=request),
        floor=beside.floor,
        status=beside.status,
        # what was taken in is counted, not the cases there are: erasing one must not show (I6)
        ceiling_reached=counted and beside.taken >= line.ceiling_per_month,
        compared=tuple(compared(each) for each in searched.candidates) if searched else (),
        further=searched.further if searched else (),
        model=searched.found.model.version if searched else "",
        model_digest=searched.found.model.digest if searched else "",
        high_water=not_above(unit, beside.high_water, now),
        recovering=unit.recovering(),
        line=line if terms else None,
        behind=behind(unit, stream, state, command, speaker=speaker, terms=agreement, now=now),
        asked_before=isinstance(command, _ABOUT_QUESTIONS) and _asked_before(unit, speaker, request),
    )


def _asked_before(unit: Unit, partner: str, request: str) -> bool:
    """Say whether the line holds questions of ours about a request: a restore takes them from the case alone (I8)."""
    spoken = unit.spoken_of(request) if request else ()
    return any(each.outgoing and (each.partner, each.kind) == (partner, "questions") for each in spoken)


def high_water(unit: Unit, now: Millis) -> Millis:
    """Return the time below which a command that began at `now` finds that this machine's clock has gone back.

    Every commit has a time that was read before it: a clock read after the newest commit was seen is above that
    commit's time, unless it went back. So another's commit since `now` is told from a clock that went back exactly,
    with no tolerance.
    """
    return not_above(unit, unit.high_water(), now)


def not_above(unit: Unit, mark: Millis, now: Millis) -> Millis:
    """Return this mark, just read, or `now` where only another's commit since then is above it (`high_water`)."""
    return mark if unit.clock(now) < mark else min(mark, now)


def bulletin_facts(
    unit: Unit, _stream: Stream, _state: BulletinState, _command: object, _who: Who, now: Millis
) -> BulletinFacts:
    """Load what a bulletin's decision needs."""
    in_turn = ((each.name, each.terms(now)) for each in unit.partners())
    return BulletinFacts(
        agreed=frozenset(name for name, terms in in_turn if terms.active_at(now) and DataClass.BULLETIN in terms.data)
    )


def no_facts(unit: Unit, stream: Stream, *_rest: object) -> None:
    """Load nothing: what needs only its own acts (a partner, a group, an incident)."""
    del unit, stream


PERSON: Final = Law(
    kind=StreamKind.PERSON,
    thing="person",
    decide=person_decide.decide,
    facts=person_facts,
    follows=suspend_dependents,
)
DOSSIER: Final = Law(kind=StreamKind.DOSSIER, thing="dossier", decide=dossier_decide.decide, facts=dossier_facts)
REVIEW: Final = Law(kind=StreamKind.REVIEW, thing="review", decide=review_decide.decide, facts=review_facts)
PARTNER: Final = Law(kind=StreamKind.PARTNER, thing="partner", decide=partner.decide, facts=no_facts)
GROUP: Final = Law(kind=StreamKind.GROUP, thing="group", decide=group.decide, facts=no_facts)
INCIDENT: Final = Law(kind=StreamKind.INCIDENT, thing="incident", decide=incident.decide, facts=no_facts)
INQUIRY: Final = Law(kind=StreamKind.INQUIRY, thing="inquiry", decide=inquiry_decide.decide, facts=inquiry_facts)
BULLETIN: Final = Law(kind=StreamKind.BULLETIN, thing="bulletin", decide=bulletin.decide, facts=bulletin_facts)
LAWS: Final[Mapping[StreamKind, Law[Any, Any, Any]]] = MappingProxyType(
    {each.kind: each for each in (PERSON, DOSSIER, REVIEW, PARTNER, GROUP, INCIDENT, BULLETIN, INQUIRY)}
)
"""Every law by the kind of case it is for."""


def package_gates(unit: Unit, package: Package, agreement: Agreement, now: Millis) -> tuple[Gate, ...]:
    """Evaluate the sender's gates on a package of this node's own, with the documents kept here."""
    return sender_gates(package, agreement, now, documents_here=unit.documents.has)


def partner_state(unit: Unit, name: str) -> PartnerState:
    """Return a partner's state."""
    state: PartnerState = state_of(StreamKind.PARTNER, unit.entries(Stream(StreamKind.PARTNER, name)))
    return state


def comparisons(unit: Unit, review: Review) -> tuple[Compared, ...]:
    """Compare the request's subject with every candidate of the own register, now."""
    searched = _searched(unit, review)
    return tuple(compared(candidate) for candidate in searched.candidates) if searched else ()


def _searched(unit: Unit, review: Review) -> Searched | None:
    package = review.package
    return search_register(unit, package.subject, package.request) if package else None


def documents_of_case(unit: Unit, stream: Stream, state: Review, command: object) -> frozenset[str]:
    """Return the documents that count for a command about a review.

    For a message of the origin: what came whole with it and what this request brought before, for its receipt must say
    nothing of what else is kept here (I6). For everybody else: what is kept for this case, of what request and command
    name.
    """
    before = frozenset(each.sha256 for each in state.package.documents) if state.package else frozenset()
    if isinstance(command, review_commands.PartnerCommand):
        arrived: frozenset[str] = getattr(command, "arrived", frozenset())
        return arrived | before
    named = before | set(documents_of(state.package) if state.package else ()) | set(_hashes_in(command))
    return frozenset(each for each in named if unit.documents.has(each, unit=stream))


def _hashes_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if len(value) == DOCUMENT_NAME else []
    if isinstance(value, tuple):
        return [found for each in value for found in _hashes_in(each)]
    if is_dataclass(value) and not isinstance(value, Package):
        return [found for each in fields(value) for found in _hashes_in(getattr(value, each.name))]
    return []


def _package_of(command: object) -> Package | None:
    package: Any = getattr(command, "package", None)
    return package if isinstance(package, Package) else None


def _live_to(unit: Unit, dossier: Stream, partner_name: str) -> bool:
    state: Dossier = state_of(StreamKind.DOSSIER, unit.entries(dossier))
    return state.live and state.partner == partner_name


def _no_agreement(origin: str, node: str) -> Agreement:
    """Stand in for a partner that is not paired: in force at no time, so that every gate stays open (F19)."""
    return replace(CAPS, parties=(origin, node), ceiling_per_month=0)
