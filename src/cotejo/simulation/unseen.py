"""I6 by comparison: one script played twice, with and without what happens to the person at the receivers.

1. What each node could see of its partners (kinds, sizes, moments, receipts) must be the same in both.
2. Hand-overs, questions and what depends on how often a node writes (crashes, restores, clocks) are left out of both:
   they may show, or would make the two runs different for another reason.
"""

from typing import Final

from cotejo.simulation.events import PEEKS, Event
from cotejo.simulation.world import World

LEFT_OUT: Final = PEEKS | {"crash", "clock", "backup", "restore", "restore_two", "restore_across_keys"}


def fit(script: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the script without what may show."""
    return tuple(event for event in script if event.kind not in LEFT_OUT)


def difference(seed: int, script: tuple[Event, ...], *, lies: tuple[str, ...] = ()) -> str:
    """Return how what an origin sees differs, or nothing. Raises `Broken` when something else does not hold."""
    loud, quiet = (World(seed, plain=True, quiet=each, lies=lies) for each in (False, True))
    for world in (loud, quiet):
        world.play(fit(script))
        world.settle()
    for who, seen in loud.truth.seen_by.items():
        other = quiet.truth.seen_by[who]
        if seen != other:
            at = next(
                (n for n, (a, b) in enumerate(zip(seen, other, strict=False)) if a != b), min(len(seen), len(other))
            )
            first, second = (str(each[at]) if at < len(each) else "nothing" for each in (seen, other))
            return f"{who[0]} sees of {who[1]}: {first}; without what happened to the person: {second}"
    return ""
