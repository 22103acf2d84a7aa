"""One direction of a line: its messages in the order of their numbers, and what both sides can compute of it.

1. What is compared is a running digest: the tree over the leaves, the hash of the last message, a chain of outcomes. It
   grows by what came since; nobody reads a line from its beginning because a message was added to it.
2. A memory answers for any size, and reads only what lies between the nearest digest it kept and that size.
3. The chain of outcomes ends before the first message that has no answer yet: there is nothing to compare from there.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Self, overload

from cotejo.proof import exact
from cotejo.proof.commitments import leaf
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo.rules.line import LineHeld, LineMessage

TAKEN: Final = "taken"
RAISES: Final[Mapping[str, int]] = {"request": 0, "correction": 0, "supplement": 0, "withdrawal": 1, "erasure": 1}
"""By how much more than its version a taken message of a kind raises the floor of its request. An erasure that names no
version is a certificate, which raises none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a direction stands for after so many messages. `outcomes` is nothing from the first unanswered one on."""

    frontier: Frontier = field(default_factory=Frontier)
    last: str = ""
    outcomes: str | None = ""

    @property
    def size(self) -> int:
        """How many messages it covers."""
        return self.frontier.size

    def held(self) -> LineHeld:
        """Return count, root and hash of the last message."""
        return LineHeld(count=self.frontier.size, root=self.frontier.root().hex(), last=self.last)

    def after(self, messages: Iterable[LineMessage]) -> Self:
        """Return the digest after these messages as well. Raises `ProofError` for what is no leaf."""
        hashes, last, outcomes = [], self.last, self.outcomes
        for each in messages:
            hashes.append(leaf_hash(leaf_of(each)))
            last = each.sha256
            outcomes = _next_outcome(outcomes, each)
        return replace(self, frontier=self.frontier.append(*hashes), last=last, outcomes=outcomes)


def leaf_of(message: LineMessage) -> bytes:
    """Return the leaf of a message, the same on both sides. Raises `ProofError`."""
    return leaf(exact.from_hex(message.commitment, size=exact.DIGEST_SIZE))


def _next_outcome(before: str | None, message: LineMessage) -> str | None:
    if before is None or not message.outcome:
        return None
    parts = (before.encode(), message.mid.encode(), message.outcome.encode())
    return exact.digest_for("cotejo/outcomes/v2", *parts).hex()


class Direction(Sequence[LineMessage], ABC):
    """The messages of one direction, read only as far as asked."""

    @abstractmethod
    def digest(self, size: int) -> Digest:
        """Return what the first `size` messages stand for; the caller has seen that there are so many."""

    @abstractmethod
    def floors(self, size: int) -> dict[str, int]:
        """Return the version floors that the first `size` messages left behind at whoever took them in (I8)."""

    @abstractmethod
    def without_bytes(self, after: int) -> tuple[LineMessage, ...]:
        """Return the messages after number `after` whose bytes were lost in a restore."""

    def whole(self) -> Digest:
        """Return what all messages stand for."""
        return self.digest(len(self))


class Messages(Direction):
    """A direction held whole: in memory, in a file, in a test. `lost` are the numbers without bytes."""

    def __init__(self, messages: Iterable[LineMessage], *, lost: Iterable[int] = ()) -> None:
        self._messages = tuple(messages)
        self._lost = frozenset(lost)

    @overload
    def __getitem__(self, at: int) -> LineMessage: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[LineMessage, ...]: ...

    def __getitem__(self, at: int | slice) -> LineMessage | tuple[LineMessage, ...]:
        return self._messages[at]

    def __len__(self) -> int:
        return len(self._messages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Messages) and (self._messages, self._lost) == (other._messages, other._lost)

    def __hash__(self) -> int:
        return hash(self._messages)

    def digest(self, size: int) -> Digest:
        return Digest().after(self._messages[:size])

    def floors(self, size: int) -> dict[str, int]:
        return floors_after(self._messages[:size])

    def without_bytes(self, after: int) -> tuple[LineMessage, ...]:
        return tuple(each for each in self._messages[after:] if each.seq in self._lost)


def floors_after(messages: Iterable[LineMessage]) -> dict[str, int]:
    """Return the version floors these messages left behind at whoever took them in (I8)."""
    floors: dict[str, int] = {}
    for each in messages:
        certifies = each.kind == "erasure" and not each.version
        if each.kind in RAISES and not certifies and each.outcome == TAKEN:
            floors[each.request] = max(floors.get(each.request, 0), each.version + RAISES[each.kind])
    return floors
