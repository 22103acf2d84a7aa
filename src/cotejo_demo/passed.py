"""What the story and the hands at the nodes pass to each other."""

from dataclasses import dataclass

from cotejo.rules.acts import Entry, Stream
from cotejo.rules.duties import Who
from cotejo.rules.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of one person on one case."""

    stream: Stream
    who: Who
    command: object
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a command: what was written, or the codes of a refusal. `at` is its moment."""

    at: int
    entries: tuple[Entry, ...] = ()
    codes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One message as its node's outbox or inbox has it: sizes and times, and the sealed bytes."""

    mid: str
    kind: str
    body: bytes
    at: int
    state: str
    outcome: str
