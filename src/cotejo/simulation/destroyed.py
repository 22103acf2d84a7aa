"""What was destroyed for good at an invented node, and what is sealed of it: no backup brings it back.

1. A unit is destroyed up to some act; what a restored memory has of it comes back without content.
2. The copies sealed for the oversight body are read by nothing of the node.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cotejo.rules.acts import Destroy, Entry, Erased, Millis, Stream
from cotejo.simulation.kept import MemoryDocuments

Streams = dict[Stream, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCopy:
    """What the oversight body alone could open of an erased unit."""

    entries: tuple[Entry, ...]
    sealed_until: Millis
    held: bool


@dataclass(slots=True)
class Destroyed:
    """How many acts of each unit are gone, and the copies."""

    upto: dict[Stream, int] = field(default_factory=dict)
    copies: dict[Stream, SealedCopy] = field(default_factory=dict)

    def begin(self, streams: Streams, destroys: Iterable[Destroy]) -> None:
        """Take the content of these units out of tables that are not committed yet."""
        for each in destroys:
            streams[each.stream] = without_content(streams.get(each.stream, ()))

    def keep(self, before: Streams, destroys: Iterable[Destroy], documents: MemoryDocuments) -> None:
        """Seal what these units held, and forget it."""
        for each in destroys:
            entries = before.get(each.stream, ())
            self.copies[each.stream] = SealedCopy(entries=entries, sealed_until=each.sealed_until, held=each.held)
            self.forget(each.stream, len(entries))
            documents.erase(each.stream)

    def forget(self, stream: Stream, count: int) -> None:
        """Note that so many acts of a unit are gone for good."""
        self.upto[stream] = count

    def apply(self, streams: Streams) -> None:
        """Take out of restored tables what was destroyed since."""
        for stream, gone in self.upto.items():
            if stream in streams:
                streams[stream] = (*without_content(streams[stream][:gone]), *streams[stream][gone:])


def without_content(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return acts as they are read once their key is gone."""
    return tuple(
        each if isinstance(each.act, Erased) else replace(each, act=Erased(was=each.act.code)) for each in entries
    )
