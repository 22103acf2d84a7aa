"""The line between two nodes as records: how far a direction has come, its messages, and what mends it (F55).

1. A direction is a line of numbered messages. Two nodes that hold the same leaves in it compute the same root.
2. Nothing here says what a message was about beyond what its sender put into it: request, version, kind, outcome.
3. A line that was lost in a restore is closed by the partner's memory of it, message by message, never by guessing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHeld:
    """How far one direction has come: how many messages, the root over their leaves, the hash of the last one."""

    count: int = 0
    root: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMessage:
    """One numbered message as its sender or its receiver keeps it. `outcome` is what the receipt says, if there is one.

    `sha256` is of its signed text, `commitment` its leaf's; `reason` is given of a withdrawal only.
    """

    seq: int
    mid: str
    kind: str
    request: str
    version: int
    sha256: str
    commitment: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRepair:
    """What a transaction does to the line to a partner beside sending.

    `lost` are messages of ours that this database lost: they take their places, marked `restored`, so that no number is
    used again. `passed` are messages of the partner whose bytes nobody has any more: they count as taken in.
    `key_document` is the partner's next one, which came outside the line.
    `again_after` (when it is not negative) has every message after that number sent once more.
    """

    partner: str
    lost: tuple[LineMessage, ...] = ()
    passed: tuple[LineMessage, ...] = ()
    again_after: int = -1
    key_document: str = ""
