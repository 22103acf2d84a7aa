"""I6, I7, F54, X5, X6: whoever has a copy of a request has it by right, hears everything, and has swept in time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cotejo.rules.acts import StreamKind
from cotejo.rules.dossier_acts import SweepRecorded
from cotejo.rules.onward import RequestPassedOn
from cotejo.rules.review_state import Review
from cotejo.simulation.truth import Look

if TYPE_CHECKING:
    from cotejo.simulation.world import World


def i6_only_standing_recipients(look: Look) -> Iterator[str]:
    """I6, F54 (design section 7): copies go to standing recipients; before an action is reported, to all of them."""
    for entry in look.entries:
        if not isinstance(entry.act, RequestPassedOn):
            continue
        state: Any = look.node.unit.state(entry.stream)
        known = look.node.unit.partner(state.partner)
        standing = set(known.terms(entry.at).standing_recipients) if known else set()
        if state.through is not None:
            yield "a copy was passed on again"
        if not set(entry.act.recipients) <= standing:
            yield f"passed on to {', '.join(entry.act.recipients)}, consented were {', '.join(sorted(standing))}"
        if not state.action_reported and set(state.passed_to) != standing:
            yield f"passed on to {', '.join(state.passed_to)} and not to all"


def x6_complete_is_complete(look: Look) -> Iterator[str]:
    """X6 (exchange.md D8), I7: a sweep is recorded only when nobody anywhere can use the request any more.

    Who was restored or lied is left out: the former is held back by its marks, the latter said it falsely.
    """
    world = look.world
    for entry in look.entries:
        if not isinstance(entry.act, SweepRecorded):
            continue
        dossier: Any = look.node.unit.state(entry.stream)
        for name, review in copies_of(world, dossier.request):
            if not review.withdrawn_at and not world.truth.restored[name] and not world.truth.lies:
                yield f"{look.node.name} has the sweep of a request that {name} still uses"


def copies_of(world: "World", request: str) -> Iterator[tuple[str, Review]]:
    """Yield every case of a request anywhere that holds a package."""
    for name, node in world.nodes.items():
        for line in node.unit.listed(StreamKind.REVIEW):
            review: Review = node.unit.state(line.stream)
            if review.package is not None and review.request == request:
                yield name, review


def x5_copies_reach_the_receivers_version(world: "World") -> Iterator[str]:
    """X5, X6 (exchange.md D8), I7: at the end who has a copy has the receiver's version, its stops, and swept."""
    recovering = {name for name, node in world.nodes.items() if node.unit.recovering()}
    for name, node in world.nodes.items():
        if name in recovering or world.truth.lies:
            continue
        for line in node.unit.listed(StreamKind.REVIEW):
            review: Review = node.unit.state(line.stream)
            for holder in set(review.passed_to) - recovering:
                yield from _behind(world, name, review, holder)


def _behind(world: "World", name: str, review: Review, holder: str) -> Iterator[str]:
    unit = world.nodes[holder].unit
    found = unit.lookup("review.request", f"{name}/{review.request}")
    copy: Review | None = unit.state(found[0]) if found else None
    if copy is None or copy.package is None or review.package is None:
        return
    if review.withdrawn_at and not copy.withdrawn_at:
        yield f"{holder} uses what was withdrawn from {name}"
    if review.swept and not copy.swept:
        yield f"{name} swept before {holder}"
    if not review.withdrawn_at and copy.package.version != review.package.version:
        yield f"{holder} has version {copy.package.version} of what is version {review.package.version} at {name}"
    if not review.withdrawn_at and copy.usability is not review.usability:
        yield f"a copy is {copy.usability} at {holder} and {review.usability} at {name}"
