"""What can happen in a simulated world, as data: a script is drawn from a seed before anything is played.

1. An event names what, where, how long after the one before, and one number. Whoever plays it takes every choice from
   that number and from the state it meets; so a script plays the same way every time, and a part of it plays too.
2. An event that meets nothing to do does nothing.
3. `SECRET` is what happens to the person at the receiver and must not show at the origin (I6). `PEEKS` is what reads
   two nodes' memories at once to find a bad moment; it has no place where I6 is compared.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import MINUTE, SECOND

WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "work": 40,
        "origin": 20,
        "receiver": 60,
        "hurry": 20,
        "hold": 3,
        "lift": 6,
        "overreach": 6,
        "overreach_at_origin": 3,
        "complaint": 3,
        "complaint_at_origin": 2,
        "withdraw_behind_a_cut": 4,
        "evidence_falls": 1,
        "report": 4,
        "bulletin": 2,
        "cut": 4,
        "clock": 2,
        "crash": 6,
        "backup": 3,
        "restore": 1,
        "restore_two": 1,
        "restore_across_keys": 1,
        "recover": 12,
        "rotate": 1,
        "lapse": 1,
        "resume": 3,
        "lie": 7,
        "late": 4,
        "erase": 1,
    }
)
"""Every kind of event and how often it comes; what each does is in `plays`."""

SECRET: Final = frozenset({"receiver", "hurry", "hold", "lift", "overreach", "complaint", "erase"})
PEEKS: Final = frozenset({"withdraw_behind_a_cut", "report", "erase"})
PAUSES: Final[tuple[tuple[Millis, int], ...]] = (
    (SECOND, 40),
    (10 * SECOND, 40),
    (30 * SECOND, 30),
    (4 * MINUTE, 3),
    (25 * MINUTE, 1),
)
MORE: Final = 4
"""How many times as often as usual a kind comes that a mutant asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happens: `after` the one before (ms), at `node`, towards `other`; `pick` decides every choice."""

    kind: str
    after: Millis
    node: str
    other: str
    pick: int

    def chance(self) -> random.Random:
        """Return the generator of this event's choices."""
        return random.Random(self.pick)


def script_of(seed: int, steps: int, names: Sequence[str], *, more: Sequence[str] = ()) -> tuple[Event, ...]:
    """Draw a script; the kinds of `more` come more often."""
    chance = random.Random(f"script/{seed}")
    kinds = tuple(WEIGHTS)
    weights = tuple(WEIGHTS[kind] * (MORE if kind in more else 1) for kind in kinds)
    pauses, often = zip(*PAUSES, strict=True)
    script = []
    for _ in range(steps):
        node, other = chance.sample(list(names), 2)
        script.append(
            Event(
                kind=chance.choices(kinds, weights)[0],
                after=chance.choices(pauses, often)[0],
                node=node,
                other=other,
                pick=chance.getrandbits(32),
            )
        )
    return tuple(script)
