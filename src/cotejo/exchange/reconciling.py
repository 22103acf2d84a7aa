"""What two nodes tell each other about their line, and what follows from it: a function of the messages exchanged.

1. A direction is the tree (RFC 6962) over its link leaves in the order of their numbers. Either side can compute the
   root over the first n, so lines in motion are compared over what both must have.
2. Nothing else enters: outcomes are what was answered on the addressee's messages, floors what those messages raised.
   Holds, candidates, decisions and complaints have no way in (I6).
3. What a restored node is told of its own messages is believed only where it continues what the node still holds: the
   root over both together must be the partner's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import exact
from cotejo.proof.commitments import leaf
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo.rules.line import LineHeld, LineMessage
from cotejo.rules.lines import Difference
from cotejo.rules.told import Reconciliation

A_PAGE: Final = 96
"""How many lost messages one answer gives back: what surely fits the largest padding class."""
TAKEN: Final = "taken"
_RAISES: Final[Mapping[str, int]] = {"request": 0, "correction": 0, "supplement": 0, "withdrawal": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one side keeps of a line: all messages of each direction in order, and the floors it holds.

    `closed` are the numbers of those told whose bytes were lost in a restore.
    """

    told: tuple[LineMessage, ...]
    heard: tuple[LineMessage, ...]
    floors: Mapping[str, int]
    closed: frozenset[int] = frozenset()


def line_held(messages: Iterable[LineMessage]) -> LineHeld:
    """Return how far these messages come: count, root over their leaves, hash of the last. Raises `ProofError`."""
    frontier, last = Frontier(), ""
    for each in messages:
        frontier = frontier.append(leaf_hash(leaf(exact.from_hex(each.commitment, size=exact.DIGEST_SIZE))))
        last = each.sha256
    return LineHeld(count=frontier.size, root=frontier.root().hex(), last=last)


def outcomes_of(messages: Iterable[LineMessage]) -> str:
    """Return the hash over what was answered on these messages."""
    parts = (part.encode() for each in messages for part in (each.mid, each.outcome))
    return exact.digest_for("cotejo/outcomes/v1", *parts).hex()


def floors_after(messages: Iterable[LineMessage]) -> dict[str, int]:
    """Return the version floors these messages left behind at whoever took them in (I8)."""
    floors: dict[str, int] = {}
    for each in messages:
        if each.kind in _RAISES and each.outcome == TAKEN:
            floors[each.request] = max(floors.get(each.request, 0), each.version + _RAISES[each.kind])
    return floors


def floors_of(floors: Mapping[str, int]) -> str:
    """Return the hash over version floors, whatever order they are kept in."""
    parts = (part.encode() for request, version in sorted(floors.items()) for part in (request, str(version)))
    return exact.digest_for("cotejo/floors/v1", *parts).hex()


def statement(held: Held, *, restored: bool = False) -> Reconciliation:
    """Say what we hold of both directions."""
    return Reconciliation(
        told=line_held(held.told),
        heard=line_held(held.heard),
        outcomes=outcomes_of(held.heard),
        floors=floors_of(held.floors),
        restored=restored,
    )


def differences(said: Reconciliation, ours: Held) -> tuple[Difference, ...]:
    """Compare what the partner says it holds with what we hold, over what both must have (rule 1).

    `ours.told` may have gone on since; `ours.heard` is what we took in before this very message.
    """
    found = []
    known = ours.told[: said.heard.count]
    if said.heard.count > len(ours.told):
        found.append(Difference.OURS_UNKNOWN)
    elif line_held(known) != said.heard:
        found.append(Difference.OURS_ALTERED)
    elif all(each.outcome for each in known):
        if outcomes_of(known) != said.outcomes:
            found.append(Difference.OUTCOMES)
        if floors_of(floors_after(known)) != said.floors:
            found.append(Difference.FLOORS)
    if said.told.count > len(ours.heard):
        found.append(Difference.THEIRS_MISSING)
    elif line_held(ours.heard[: said.told.count]) != said.told:
        found.append(Difference.THEIRS_ALTERED)
    return tuple(found)


def require_continuation(said: Reconciliation, told: Sequence[LineMessage]) -> None:
    """Return when what the partner gives back continues what we hold (rule 3).

    `told` are our own messages, with those of earlier pages of the answer after them; the last page decides. Raises
    `WireRefusal`: WRONG_BODY for an answer that is none, LINES_DIFFER when it is about another line.
    """
    back = said.back
    if back is None:
        raise WireRefusal(WireReason.WRONG_BODY, "no answer to a restored node")
    if [each.seq for each in back.lost] != list(range(len(told) + 1, len(told) + 1 + len(back.lost))):
        raise WireRefusal(WireReason.WRONG_BODY, "the messages given back do not follow our last one")
    try:
        if said.heard.count <= len(told):
            same = not back.lost and line_held(told[: said.heard.count]) == said.heard
        else:
            same = back.more or line_held((*told, *back.lost)) == said.heard
    except ProofError as error:
        raise WireRefusal(WireReason.WRONG_BODY, str(error)) from error
    if not same:
        raise WireRefusal(WireReason.LINES_DIFFER, f"the partner's {said.heard.count} of our messages are others")
