"""What two nodes tell each other about their line, and what follows from it: a function of the messages exchanged.

1. A direction is the tree (RFC 6962) over its link leaves in the order of their numbers. Either side can compute the
   root over the first n, so lines in motion are compared over what both must have.
2. Nothing else enters: outcomes are what was answered on the addressee's messages, floors what those messages raised.
   Holds, candidates, decisions and complaints have no way in (I6).
3. What a restored node is told of its own messages is believed only where it continues what the node still holds: the
   root over both together must be the partner's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cotejo.exchange.directions import Digest, Direction
from cotejo.exchange.incoming import LONGEST_KIND
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import exact
from cotejo.proof.refusals import ProofError
from cotejo.rules.line import LineHeld, LineMessage
from cotejo.rules.lines import Difference
from cotejo.rules.told import OUTCOMES, Reconciliation

_HASH: Final = re.compile("[0-9a-f]{64}")
A_PAGE: Final = 96
"""How many lost messages one answer gives back: what surely fits the largest padding class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one side keeps of a line: both directions, and the floors it holds of the partner's requests."""

    told: Direction
    heard: Direction
    floors: Mapping[str, int]


def line_held(messages: Iterable[LineMessage]) -> LineHeld:
    """Return how far these messages come: count, root over their leaves, hash of the last. Raises `ProofError`."""
    return Digest().after(messages).held()


def outcomes_of(messages: Iterable[LineMessage]) -> str:
    """Return the hash over what was answered on these messages; empty for none, and while one is not answered."""
    return Digest().after(messages).outcomes or ""


def floors_of(floors: Mapping[str, int]) -> str:
    """Return the hash over version floors, whatever order they are kept in."""
    parts = (part.encode() for request, version in sorted(floors.items()) for part in (request, str(version)))
    return exact.digest_for("cotejo/floors/v1", *parts).hex()


def statement(held: Held, *, given: Sequence[LineMessage] = (), restored: bool = False) -> Reconciliation:
    """Say what we hold of both directions; `given` are messages of ours that the partner has just given back."""
    heard = held.heard.whole()
    return Reconciliation(
        told=held.told.whole().after(given).held(),
        heard=heard.held(),
        outcomes=heard.outcomes or "",
        floors=floors_of(held.floors),
        restored=restored,
    )


def differences(said: Reconciliation, ours: Held) -> tuple[Difference, ...]:
    """Compare what the partner says it holds with what we hold, over what both must have (rule 1).

    `ours.told` may have gone on since; `ours.heard` is what we took in before this very message.
    """
    return (*_about_ours(said, ours.told), *_about_theirs(said.told, ours.heard))


def _about_ours(said: Reconciliation, told: Direction) -> Iterable[Difference]:
    count = said.heard.count
    if count > len(told):
        yield Difference.OURS_UNKNOWN
        return
    known = told.digest(count)
    if known.held() != said.heard:
        yield Difference.OURS_ALTERED
    elif known.outcomes is not None:
        if known.outcomes != said.outcomes:
            yield Difference.OUTCOMES
        if floors_of(told.floors(count)) != said.floors:
            yield Difference.FLOORS


def _about_theirs(said: LineHeld, heard: Direction) -> Iterable[Difference]:
    if said.count > len(heard):
        yield Difference.THEIRS_MISSING
    elif heard.digest(said.count).held() != said:
        yield Difference.THEIRS_ALTERED


def require_our_line(said: Reconciliation, told: Direction) -> None:
    """Return when what a restored partner holds of our messages are ours, as far as we know them ourselves.

    It holds others when it was put back twice, the second time to a newer memory than the one it spoke from: then no
    message can follow. Raises `WireRefusal` LINES_DIFFER.
    """
    count = said.heard.count
    if count <= len(told) and told.digest(count).held() != said.heard:
        raise WireRefusal(WireReason.LINES_DIFFER, f"the partner's {count} of our messages are others")


def _has_form(message: LineMessage) -> bool:
    """Say whether a message that was given back is one that a line can hold; what its leaf is worth, the root says."""
    hashes = _HASH.fullmatch(message.sha256) and _HASH.fullmatch(message.commitment)
    return bool(hashes) and len(message.kind) <= LONGEST_KIND and message.outcome in {"", *OUTCOMES}


def require_continuation(said: Reconciliation, told: Direction, given: Sequence[LineMessage] = ()) -> None:
    """Return when what the partner gives back continues what we hold (rule 3).

    `told` are our own messages, `given` those of earlier pages of the answer; the last page decides. Raises
    `WireRefusal`: WRONG_BODY for an answer that is none, LINES_DIFFER when it is about another line.
    """
    back, count = said.back, len(told) + len(given)
    if back is None:
        raise WireRefusal(WireReason.WRONG_BODY, "no answer to a restored node")
    if [each.seq for each in back.lost] != list(range(count + 1, count + 1 + len(back.lost))):
        raise WireRefusal(WireReason.WRONG_BODY, "the messages given back do not follow our last one")
    if not all(map(_has_form, (*back.lost, *back.closed))):
        raise WireRefusal(WireReason.WRONG_BODY, "what was given back is no message of a line")
    try:
        if said.heard.count <= len(told):
            same = not (back.lost or given) and told.digest(said.heard.count).held() == said.heard
        else:
            same = back.more or told.whole().after((*given, *back.lost)).held() == said.heard
    except ProofError as error:
        raise WireRefusal(WireReason.WRONG_BODY, str(error)) from error
    if not same:
        raise WireRefusal(WireReason.LINES_DIFFER, f"the partner's {said.heard.count} of our messages are others")
