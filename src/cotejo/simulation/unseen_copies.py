"""I6 by comparison: one script played twice, with and without copies of requests being passed on.

1. Nothing is left to the chance of the line: a message more would move every fault that comes after it.
2. Compared is what every node sees of another, but for two between whom a copy was passed on.
"""

from dataclasses import replace
from typing import Final

from cotejo.rules.onward import RequestPassedOn
from cotejo.simulation.events import Event
from cotejo.simulation.unseen import fit
from cotejo.simulation.world import World

LEFT_OUT: Final = frozenset({"cut", "rotate", "late", "lie", "recover"})


class _Faultless(World):
    """A world whose lines lose nothing, so that one message more changes nothing for the next."""

    def _plain_event(self, kind: str, node: str, *, pick: int = 0) -> Event:
        del pick
        return super()._plain_event(kind, node)


def difference(seed: int, script: tuple[Event, ...]) -> str:
    """Return how what an origin sees differs once copies of its requests are passed on, or nothing.

    Raises `Broken` when something else does not hold, `LookupError` when nothing is passed on in this world.
    """
    quiet = tuple(
        replace(each, pick=0) if each.kind == "work" else each for each in fit(script) if each.kind not in LEFT_OUT
    )
    worlds = [_Faultless(seed, plain=True, onward=each) for each in (True, False)]
    for world in worlds:
        world.play(quiet)
        world.settle()
    between = {
        pair
        for name, node in worlds[0].nodes.items()
        for each in node.unit.journal
        if isinstance(each.act, RequestPassedOn)
        for holder in each.act.recipients
        for pair in ((name, holder), (holder, name))
    }
    if not between:
        raise LookupError(f"nothing is passed on in seed {seed}")
    for who, seen in worlds[0].truth.seen_by.items():
        if who not in between and seen != worlds[1].truth.seen_by[who]:
            return f"{who[0]} sees of {who[1]} whether copies were passed on"
    return ""
