"""Bulletins: knowledge about a group, told to partners. There is no place in one where a person could stand.

1. Every field is a code of a closed list, a month or a count; a text is refused, a name cannot be written.
2. One officer prepares, another one of another unit or chain passes it on (I1).
3. A partner's bulletin is kept as it came, if it obeys the same list.
4. None goes to a partner, or comes from one, whose agreement does not cover bulletins (F19).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, NewAct, Plan, Reason, Refused, Send, Stream, StreamKind, act
from cotejo.rules.asked import EXISTS, NOTHING_HERE, in_duty, of_kind, reason
from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names, no_terms
from cotejo.rules.duties import Duty, Officer, PartnerNode, Who
from cotejo.rules.field_words import words_of_field
from cotejo.rules.group import GROUP_CODE
from cotejo.rules.places import PLACES
from cotejo.rules.told import Bulletin
from cotejo.rules.words import Text

MOST: Final = 9999
_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinState:
    """A bulletin kept here. `origin` is empty for our own; `partners` are those it was passed to."""

    version: int = 0
    bulletin: Bulletin | None = None
    origin: str = ""
    by: Officer | None = None
    at: Millis = 0
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareBulletin:
    """Write a bulletin down. Recorder."""

    bulletin: Bulletin


@dataclass(frozen=True, slots=True, kw_only=True)
class PassBulletin:
    """Pass it on to partners. Checker, independent of who prepared it."""

    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBulletin:
    """Keep a partner's bulletin. Partner."""

    bulletin: Bulletin


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinFacts:
    """Loaded at the moment of the command: the partners whose agreement in force covers bulletins."""

    agreed: frozenset[str]


BulletinCommand = PrepareBulletin | PassBulletin | TakeBulletin


@act("bulletin.prepared")
class BulletinPrepared(Act):
    """A bulletin was written down."""

    bulletin: Bulletin
    by: Officer


@act("bulletin.passed")
class BulletinPassed(Act):
    """A bulletin was passed on."""

    partners: tuple[str, ...]


@act("bulletin.taken")
class BulletinTaken(Act):
    """A partner's bulletin was kept."""

    bulletin: Bulletin
    origin: str


def bulletin_gaps(bulletin: Bulletin) -> Iterator[Reason]:
    """Name every field that is no code of its list; what is written there is not repeated."""
    sound = {
        "id": bool(_ID.fullmatch(bulletin.id)),
        "group_code": bool(GROUP_CODE.fullmatch(bulletin.group_code)),
        "kind_code": bulletin.kind_code in set(IncidentKind),
        "month": bool(_MONTH.fullmatch(bulletin.month)),
        "place_code": bulletin.place_code in PLACES,
        "count": 0 <= bulletin.count <= MOST,
        "trend_code": bulletin.trend_code in set(Trend),
    }
    for name, passes in sound.items():
        if not passes:
            yield reason(
                "bulletin.not_a_code",
                Text(
                    f"Not a code of the list: {words_of_field(name).en}.",
                    f"No es un código de la lista: {words_of_field(name).es}.",
                ),
                Text(
                    "A bulletin holds codes, counts, months and places. A person cannot stand in it.",
                    "Un boletín lleva códigos, cantidades, meses y lugares. Una persona no puede figurar en él.",
                ),
                Duty.RECORDER,
                rows=("F18", "F22"),
                field=name,
            )


def decide(
    state: BulletinState, command: BulletinCommand, who: Who, facts: BulletinFacts, now: Millis
) -> Plan | Refused:
    """Accept or refuse one command on a bulletin."""
    match command:
        case PrepareBulletin(bulletin=bulletin):
            gaps = [*in_duty(who, Duty.RECORDER), *bulletin_gaps(bulletin), *([EXISTS] if state.bulletin else [])]
            if gaps or not isinstance(who, Officer):
                return Refused(tuple(gaps))
            return _plan(state, bulletin, BulletinPrepared(bulletin=bulletin, by=who))
        case TakeBulletin(bulletin=bulletin):
            gaps = [*of_kind(who, PartnerNode), *bulletin_gaps(bulletin), *([EXISTS] if state.bulletin else [])]
            gaps += [_NOT_AGREED] if isinstance(who, PartnerNode) and who.name not in facts.agreed else []
            if gaps or not isinstance(who, PartnerNode):
                return Refused(tuple(gaps))
            return _plan(state, bulletin, BulletinTaken(bulletin=bulletin, origin=who.name))
        case PassBulletin(partners=partners):
            return _pass(state, partners, who, facts, now)


def _pass(
    state: BulletinState, partners: tuple[str, ...], who: Who, facts: BulletinFacts, now: Millis
) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.CHECKER)]
    if state.bulletin is None or state.by is None:
        return Refused((*gaps, NOTHING_HERE))
    if isinstance(who, Officer) and not who.independent_of(state.by):
        gaps.append(_NOT_INDEPENDENT)
    if not partners or set(partners) & set(state.partners):
        gaps.append(_PARTNERS)
    if set(partners) - facts.agreed:
        gaps.append(_NOT_AGREED)
    if gaps:
        return Refused(tuple(gaps))
    told = tuple(Send(partner=each, content=state.bulletin, at=now) for each in partners)
    return _plan(state, state.bulletin, BulletinPassed(partners=partners)).and_then(Plan(sends=told))


def _plan(state: BulletinState, bulletin: Bulletin, made: Act) -> Plan:
    stream = Stream(StreamKind.BULLETIN, bulletin.id)
    return Plan(acts=(NewAct(stream=stream, act=made),), expect={stream: state.version})


def evolve(state: BulletinState, entry: Entry) -> BulletinState:
    """Apply one stored act."""
    match entry.act:
        case BulletinPrepared(bulletin=bulletin, by=by):
            return BulletinState(version=entry.version, bulletin=bulletin, by=by, at=entry.at)
        case BulletinTaken(bulletin=bulletin, origin=origin):
            return BulletinState(version=entry.version, bulletin=bulletin, origin=origin, at=entry.at)
        case BulletinPassed(partners=partners):
            return replace(state, version=entry.version, partners=(*state.partners, *partners))
        case _:
            return replace(state, version=entry.version)


def card(state: BulletinState) -> Card:
    """Show a bulletin in a list."""
    if state.bulletin is None:
        return Card(state="erased")
    told = state.bulletin
    facets = (told.group_code, told.kind_code, told.month, told.place_code)
    if state.origin:
        return Card(state="taken", partner=state.origin, facets=facets)
    if state.partners:
        return Card(state="passed", facets=facets)
    return Card(
        state="prepared",
        facets=facets,
        waiting=(Waiting(duty=Duty.CHECKER, step="bulletin.pass", since=state.at),),
    )


_NOT_INDEPENDENT: Final = reason(
    "bulletin.same_unit",
    Text(
        "Who passes it on must be another person of another unit or chain than who prepared it.",
        "Quien lo transmite debe ser otra persona, de otra unidad o línea de mando, que quien lo preparó.",
    ),
    Text("Pass it to a checking officer elsewhere.", "Páselo a verificación en otra unidad."),
    Duty.CHECKER,
    rows=("F09",),
)
_NOT_AGREED: Final = reason(
    "bulletin.not_agreed",
    Text(
        "The agreement with that agency does not cover bulletins.",
        "El acuerdo con esa entidad no contempla boletines.",
    ),
    Text("Partner relations agree on it first.", "Relaciones con contrapartes lo acuerda primero."),
    Duty.PARTNERS,
    rows=("F19",),
    field="partners",
)
_PARTNERS: Final = reason(
    "bulletin.partners",
    Text("Choose partners that do not have it yet.", "Elija entidades que aún no lo tienen."),
    Text("The list shows who has it.", "La lista muestra quién lo tiene."),
    Duty.CHECKER,
    field="partners",
)

FOLD: Final = Fold(
    kind=StreamKind.BULLETIN,
    start=BulletinState(),
    evolve=evolve,
    card=card,
    terms=no_terms,
    search_names=no_names,
)
declare_fold(FOLD)
