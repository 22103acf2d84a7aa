"""Knowledge about a group: its code, the names it is known by, and its structure over time.

1. A group is named by a code `G-000` that is all that ever leaves, in bulletins; names stay in the house.
2. Structure is dated: part of which other group, from when, until when. No person belongs to it here (R5).
3. What was recorded is checked, as it stood on the page, by an officer of another unit or chain (design section 2);
   what is recorded after waits to be checked again. Checked is not true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, NewAct, Plan, Reason, Refused, Stream, StreamKind, act
from cotejo.rules.asked import CHECKED_ALREADY, EXISTS, NOTHING_HERE, SAME_OFFICE, in_duty
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names
from cotejo.rules.dates import is_interval
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.facts import Interval
from cotejo.rules.person_typed import unreadable

GROUP_CODE: Final = re.compile(r"G-\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """A group belonged to another during an interval; `source` says from where this is known."""

    parent_code: str
    interval: Interval
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The state of a group."""

    id: str = ""
    version: int = 0
    code: str = ""
    names: tuple[str, ...] = ()
    part_of: tuple[PartOf, ...] = ()
    unchecked_by: tuple[Officer, ...] = ()
    changed_at: Millis = 0
    checked_by: Officer | None = None
    checked_at: Millis = 0

    @property
    def checked(self) -> bool:
        """Whether everything recorded was checked by somebody elsewhere."""
        return self.checked_by is not None and not self.unchecked_by


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroup:
    """Begin a group. Recorder."""

    group: str
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStructure:
    """Record that the group was part of another. Recorder."""

    part_of: PartOf


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGroup:
    """Say that the group stands as its sources have it. Checker, independent of who recorded; `version` was read."""

    version: int


GroupCommand = OpenGroup | RecordStructure | CheckGroup


@act("group.opened")
class GroupOpened(Act):
    """A group was begun."""

    group: str
    group_code: str
    names: tuple[str, ...]
    by: Officer


@act("group.structure_recorded")
class StructureRecorded(Act):
    """A group's place in another was recorded."""

    part_of: PartOf
    by: Officer


@act("group.checked")
class GroupChecked(Act):
    """A group was checked against its sources."""

    by: Officer


def decide(group: Group, command: GroupCommand, who: Who, _facts: object, _now: Millis) -> Plan | Refused:
    """Accept or refuse one command on a group."""
    gaps = tuple(_gaps(group, command, who))
    if gaps or not isinstance(who, Officer):
        return Refused(gaps)
    stream = Stream(StreamKind.GROUP, command.group if isinstance(command, OpenGroup) else group.id)
    return Plan(acts=(NewAct(stream=stream, act=_made(command, who)),), expect={stream: group.version})


def _gaps(group: Group, command: GroupCommand, who: Who) -> Iterator[Reason]:
    yield from in_duty(who, Duty.CHECKER if isinstance(command, CheckGroup) else Duty.RECORDER)
    if bool(group.id) == isinstance(command, OpenGroup):
        yield EXISTS if group.id else NOTHING_HERE
    match command:
        case OpenGroup(code=code, names=names):
            if not GROUP_CODE.fullmatch(code):
                yield unreadable("code")
            if not any(each.strip() for each in names):
                yield unreadable("names")
        case RecordStructure(part_of=part_of):
            if not GROUP_CODE.fullmatch(part_of.parent_code) or part_of.parent_code == group.code:
                yield unreadable("parent_code")
            if not is_interval(part_of.interval):
                yield unreadable("interval")
            if not part_of.source.strip():
                yield unreadable("source")
        case CheckGroup(version=version):
            if version != group.version or group.checked:
                yield CHECKED_ALREADY
            if isinstance(who, Officer) and not all(who.independent_of(each) for each in group.unchecked_by):
                yield SAME_OFFICE


def _made(command: GroupCommand, by: Officer) -> Act:
    match command:
        case OpenGroup():
            return GroupOpened(group=command.group, group_code=command.code, names=command.names, by=by)
        case RecordStructure(part_of=part_of):
            return StructureRecorded(part_of=part_of, by=by)
        case CheckGroup():
            return GroupChecked(by=by)


def evolve(group: Group, entry: Entry) -> Group:
    """Apply one stored act."""
    match entry.act:
        case GroupOpened() as act:
            opened = Group(id=act.group, version=entry.version, code=act.group_code, names=act.names)
            return _recorded(opened, act.by, entry.at)
        case StructureRecorded(part_of=part_of, by=by):
            more = replace(group, version=entry.version, part_of=(*group.part_of, part_of))
            return _recorded(more, by, entry.at)
        case GroupChecked(by=by):
            return replace(group, version=entry.version, unchecked_by=(), checked_by=by, checked_at=entry.at)
        case _:
            return replace(group, version=entry.version)


def _recorded(group: Group, by: Officer, at: Millis) -> Group:
    return replace(group, unchecked_by=(*group.unchecked_by, by), changed_at=at)


def card(group: Group) -> Card:
    """Show a group in a list: its code, and whether it waits to be checked."""
    waits = () if group.checked else (Waiting(duty=Duty.CHECKER, step="group.check", since=group.changed_at),)
    return Card(state="checked" if group.checked else "recorded", facets=(group.code,), waiting=waits)


FOLD: Final = Fold(
    kind=StreamKind.GROUP,
    start=Group(),
    evolve=evolve,
    card=card,
    terms=lambda group: (("group.code", group.code),),
    search_names=no_names,
)
declare_fold(FOLD)
