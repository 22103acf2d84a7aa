"""Knowledge about a group: its code, the names it is known by, and its structure over time.

1. A group is named by a code `G-000` that is all that ever leaves, in bulletins; names stay in the house.
2. Structure is dated: part of which other group, from when, until when. No person belongs to it here (R5).
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, NewAct, Plan, Refused, Stream, StreamKind, act
from cotejo.rules.asked import EXISTS, NOTHING_HERE, in_duty
from cotejo.rules.cases import Card, Fold, declare_fold, no_names
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


GroupCommand = OpenGroup | RecordStructure


@act("group.opened")
class GroupOpened(Act):
    """A group was begun."""

    group: str
    group_code: str
    names: tuple[str, ...]


@act("group.structure_recorded")
class StructureRecorded(Act):
    """A group's place in another was recorded."""

    part_of: PartOf


def decide(group: Group, command: GroupCommand, who: Who, _facts: object, _now: Millis) -> Plan | Refused:
    """Accept or refuse one command on a group."""
    gaps = [*in_duty(who, Duty.RECORDER)]
    made: Act
    match command:
        case OpenGroup():
            gaps += [EXISTS] if group.id else []
            if not GROUP_CODE.fullmatch(command.code) or not any(each.strip() for each in command.names):
                gaps.append(unreadable("code, names"))
            made = GroupOpened(group=command.group, group_code=command.code, names=command.names)
        case RecordStructure(part_of=part_of):
            gaps += [] if group.id else [NOTHING_HERE]
            if (
                not GROUP_CODE.fullmatch(part_of.parent_code)
                or not is_interval(part_of.interval)
                or not part_of.source.strip()
            ):
                gaps.append(unreadable("parent_code, interval, source"))
            made = StructureRecorded(part_of=part_of)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    stream = Stream(StreamKind.GROUP, command.group if isinstance(command, OpenGroup) else group.id)
    return Plan(acts=(NewAct(stream=stream, act=made),), expect={stream: group.version})


def evolve(group: Group, entry: Entry) -> Group:
    """Apply one stored act."""
    match entry.act:
        case GroupOpened() as act:
            return Group(id=act.group, version=entry.version, code=act.group_code, names=act.names)
        case StructureRecorded(part_of=part_of):
            return replace(group, version=entry.version, part_of=(*group.part_of, part_of))
        case _:
            return replace(group, version=entry.version)


FOLD: Final = Fold(
    kind=StreamKind.GROUP,
    start=Group(),
    evolve=evolve,
    card=lambda group: Card(state="kept", facets=(group.code,)),
    terms=lambda group: (("group.code", group.code),),
    search_names=no_names,
)
declare_fold(FOLD)
