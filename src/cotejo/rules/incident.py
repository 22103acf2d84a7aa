"""One incident: what kind, when, where, and on which documents it is known. No person stands in it (F22).

It is checked beside its documents by an officer of another unit or chain than who recorded it. Checked is not true.
"""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, NewAct, Plan, Refused, Stream, StreamKind, act
from cotejo.rules.asked import CHECKED_ALREADY, EXISTS, NOTHING_HERE, SAME_OFFICE, in_duty
from cotejo.rules.bulletin_words import IncidentKind
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names
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
    recorder: Officer | None = None
    recorded_at: Millis = 0
    checked_by: Officer | None = None
    checked_at: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIncident:
    """Record an incident. Recorder."""

    incident: str
    kind: IncidentKind
    interval: Interval
    place: str
    group_code: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIncident:
    """Say that the incident stands as its documents have it. Checker, independent of who recorded it."""


IncidentCommand = RecordIncident | CheckIncident


@act("incident.recorded")
class IncidentRecorded(Act):
    """An incident was recorded."""

    incident: str
    kind: IncidentKind
    interval: Interval
    place: str
    group_code: str
    documents: tuple[str, ...]
    by: Officer


@act("incident.checked")
class IncidentChecked(Act):
    """An incident was checked beside its documents."""

    by: Officer


def decide(incident: Incident, command: IncidentCommand, who: Who, _facts: object, _now: Millis) -> Plan | Refused:
    """Accept or refuse one command on an incident."""
    return _check(incident, who) if isinstance(command, CheckIncident) else _record(incident, command, who)


def _check(incident: Incident, who: Who) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.CHECKER)]
    if not incident.id:
        gaps.append(NOTHING_HERE)
    if incident.checked_by is not None:
        gaps.append(CHECKED_ALREADY)
    recorder = incident.recorder
    if recorder is not None and isinstance(who, Officer) and not who.independent_of(recorder):
        gaps.append(SAME_OFFICE)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    stream = Stream(StreamKind.INCIDENT, incident.id)
    return Plan(acts=(NewAct(stream=stream, act=IncidentChecked(by=who)),), expect={stream: incident.version})


def _record(incident: Incident, command: RecordIncident, who: Who) -> Plan | Refused:
    gaps = [*in_duty(who, Duty.RECORDER), *([EXISTS] if incident.id else [])]
    if not is_interval(command.interval):
        gaps.append(unreadable("interval"))
    if command.place not in PLACES:
        gaps.append(unreadable("place"))
    if not any(command.documents):
        gaps.append(unreadable("documents"))
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
        by=who,
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
                recorder=act.by,
                recorded_at=entry.at,
            )
        case IncidentChecked(by=by):
            return replace(incident, version=entry.version, checked_by=by, checked_at=entry.at)
        case _:
            return replace(incident, version=entry.version)


def card(incident: Incident) -> Card:
    """Show an incident in a list, in codes, and whether it waits to be checked."""
    facets = tuple(each for each in (incident.kind, incident.place, incident.group_code) if each)
    if incident.checked_by is not None:
        return Card(state="checked", facets=facets)
    waits = Waiting(duty=Duty.CHECKER, step="incident.check", since=incident.recorded_at)
    return Card(state="recorded", facets=facets, waiting=(waits,))


FOLD: Final = Fold(
    kind=StreamKind.INCIDENT,
    start=Incident(),
    evolve=evolve,
    card=card,
    terms=lambda incident: (("incident.group", incident.group_code),) if incident.group_code else (),
    search_names=no_names,
)
declare_fold(FOLD)
