"""One incident: what kind, when, where, and on which documents it is known. No person stands in it (F22)."""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, NewAct, Plan, Refused, Stream, StreamKind, act
from cotejo.rules.asked import EXISTS, in_duty
from cotejo.rules.bulletin_words import IncidentKind
from cotejo.rules.cases import Card, Fold, declare_fold, no_names
from cotejo.rules.dates import is_interval
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.facts import Interval
from cotejo.rules.group import GROUP_CODE
from cotejo.rules.person_typed import unreadable
from cotejo.rules.places import PLACES

NO_INTERVAL: Final = Interval(start="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The state of an incident. `group_code` may be empty; `documents` are hex SHA-256."""

    id: str = ""
    version: int = 0
    kind: IncidentKind | None = None
    interval: Interval = NO_INTERVAL
    place: str = ""
    group_code: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIncident:
    """Record an incident. Recorder."""

    incident: str
    kind: IncidentKind
    interval: Interval
    place: str
    group_code: str
    documents: tuple[str, ...]


@act("incident.recorded")
class IncidentRecorded(Act):
    """An incident was recorded."""

    incident: str
    kind: IncidentKind
    interval: Interval
    place: str
    group_code: str
    documents: tuple[str, ...]


def decide(incident: Incident, command: RecordIncident, who: Who, _facts: object, _now: Millis) -> Plan | Refused:
    """Accept or refuse an incident."""
    gaps = [*in_duty(who, Duty.RECORDER), *([EXISTS] if incident.id else [])]
    if not is_interval(command.interval) or command.place not in PLACES or not command.documents:
        gaps.append(unreadable("interval, place, documents"))
    if command.group_code and not GROUP_CODE.fullmatch(command.group_code):
        gaps.append(unreadable("group_code"))
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    made = IncidentRecorded(
        incident=command.incident,
        kind=command.kind,
        interval=command.interval,
        place=command.place,
        group_code=command.group_code,
        documents=command.documents,
    )
    stream = Stream(StreamKind.INCIDENT, command.incident)
    return Plan(acts=(NewAct(stream=stream, act=made),), expect={stream: incident.version})


def evolve(incident: Incident, entry: Entry) -> Incident:
    """Apply one stored act."""
    match entry.act:
        case IncidentRecorded() as act:
            return Incident(
                id=act.incident,
                version=entry.version,
                kind=act.kind,
                interval=act.interval,
                place=act.place,
                group_code=act.group_code,
                documents=act.documents,
            )
        case _:
            return replace(incident, version=entry.version)


FOLD: Final = Fold(
    kind=StreamKind.INCIDENT,
    start=Incident(),
    evolve=evolve,
    card=lambda incident: Card(
        state="kept", facets=tuple(each for each in (incident.kind, incident.place, incident.group_code) if each)
    ),
    terms=lambda incident: (("incident.group", incident.group_code),) if incident.group_code else (),
    search_names=no_names,
)
declare_fold(FOLD)
