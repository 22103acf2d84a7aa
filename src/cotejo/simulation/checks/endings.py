"""What must hold once everything is healed and time has passed: everything arrived, and nothing waits in silence."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from cotejo.actions.recover import missing
from cotejo.rules.acts import StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.rules.dossier import Dossier
from cotejo.rules.review_words import ReviewState, Usability
from cotejo.rules.words import Text
from cotejo.simulation.checks.agreed import f19_one_agreement_at_both_nodes
from cotejo.simulation.checks.copies import x5_copies_reach_the_receivers_version
from cotejo.simulation.checks.erased import i11_erasures_are_certified
from cotejo.simulation.node import SimulatedNode, waiting_for

if TYPE_CHECKING:
    from cotejo.simulation.world import Case, World


def nothing_waits_in_silence(world: "World") -> Iterator[str]:
    """Issue "Nothing ever waits silently": no message without receipt, no moment long past, no word not heard.

    A node that still recovers says so to its operator; nobody else waits for anything but it.
    """
    recovering = _recovering(world)
    for name in recovering:
        yield f"{name} is still recovering: {'; '.join(each.en for each in _missing(world, name))}"
    for name, node in world.nodes.items():
        for other in set(world.names) - {name} - recovering:
            if name not in recovering and (left := waiting_for(node, other)):
                why = world.network.refused.get((name, other, left[0].sealed.mid), "never tried")
                yield f"{len(left)} messages of {name} wait for {other}, the first ({left[0].sealed.kind}): {why}"
        if name in recovering:
            continue
        for timer in node.unit.due(world.now + node.skew - HOUR):
            yield f"{name}: {timer.kind} is due since {world.now + node.skew - timer.at} ms"
        for said in world.doors[name].waiting():
            if node.unit.lookup("dossier.request", said.request):
                yield f"{name}: a word of the redress office is not heard"


def every_case_waits_for_somebody(world: "World") -> Iterator[str]:
    """Design section 3 "Each waiting case says for whom and since when": no open case waits for nobody."""
    for name, node in world.nodes.items():
        for line in node.unit.listed(StreamKind.REVIEW):
            state = node.unit.state(line.stream)
            over = state.usability is Usability.WITHDRAWN or state.state in {ReviewState.CLOSED, ReviewState.ERASED}
            if not over and not line.card.waiting:
                yield f"{name}: a review that is {state.state} waits for nobody"


def x5_all_reached(world: "World") -> Iterator[str]:
    """X5 (exchange.md D8): the holder has the origin's newest version, or the origin has its refusal with every gap.

    A version lost in a restore makes the request unusable until another is sent. What its origin withdrew by a false
    word under its own signature stays withdrawn at the holder, whatever the origin says later: a withdrawal is for good
    and binds whoever said it (I7). Without such a word nobody has a request withdrawn that its origin did not withdraw.
    """
    for case, dossier, holder in _live_lines(world):
        latest = dossier.latest
        if latest is None:
            continue
        if not latest.outcome:
            yield f"version {latest.version} of {case.origin} has no receipt of {case.partner}"
        review = _review(world, case, holder)
        taken = review.package.version if review is not None and review.package is not None else 0
        newest = dossier.next_version - 1
        if (
            latest.outcome == "taken"
            and not dossier.withdrawn_for
            and review is not None
            and not _erased(review)
            and taken not in {latest.version, newest}
        ):
            yield f"{case.partner} holds version {taken}, {case.origin} sent version {newest}"
        if newest > latest.version and not (dossier.suspended_for or dossier.withdrawn_for):
            yield f"{case.origin} lost version {newest} in a restore and relies on version {latest.version}"
        ended = review is not None and bool(review.withdrawn_at)
        if ended and not dossier.withdrawn_for and not _said_falsely(world, case, "withdrawal"):
            yield f"{case.partner} has the request withdrawn, {case.origin}: {dossier.state}"
        live = review is not None and taken == latest.version and not (ended or dossier.withdrawn_for)
        if (
            live
            and not _said_falsely(world, case, "reinstatement")
            and review.origin_suspended is not bool(dossier.suspended_for)
        ):
            yield f"{case.partner} has the request suspended: {review.origin_suspended}, {case.origin}: {dossier.state}"


def x6_withdrawals_are_swept(world: "World") -> Iterator[str]:
    """X6 (exchange.md D8), I7: a withdrawal is applied and swept at its holder, and the origin has its word.

    One word can be lost for good: the sweep was said, both nodes were restored to before it, and its holder had erased
    the case, so that no machine knows what to say again (design section 4: a missed sweep goes to oversight; F55: what
    both lost people look at). Then the holder did sweep, holds nothing, and the origin has the missed sweep.
    """
    for case, dossier, holder in _live_lines(world):
        if dossier.withdrawn_for is None or dossier.latest is None:
            continue
        review = _review(world, case, holder)
        applied = review is None or _erased(review) or bool(review.withdrawn_at)
        if not applied:
            yield f"{case.origin} withdrew its request, {case.partner} uses it"
        if not any(mark.request == case.about.request for mark in holder.unit.marks):
            yield f"{case.partner} keeps no mark of a withdrawn request"
        if not dossier.swept_at and not (review is None and _sweep_lost_on_both_sides(world, case, dossier)):
            yield f"{case.origin} withdrew its request, and no sweep came of {case.partner}"
        if dossier.swept_at and review is not None and not _erased(review) and not review.swept:
            yield f"{case.origin} has a sweep that {case.partner} never made"


def x9_links_pair(world: "World") -> Iterator[str]:
    """X9 (exchange.md D8): each message's leaf at its sender is one leaf at its receiver, once it is receipted."""
    recovering = _recovering(world)
    for name, node in world.nodes.items():
        for other in set(world.names) - {name} - recovering:
            theirs = world.nodes[other].unit.link_leaves(name)
            mine = [each.sealed.commitment for each in node.unit.outbox if each.partner == other and each.receipt]
            if name not in recovering and any(theirs.count(leaf) != 1 for leaf in mine):
                yield f"a receipted message of {name} is not once in {other}'s log of the link"


ENDINGS: Final[tuple[Callable[["World"], Iterator[str]], ...]] = (
    nothing_waits_in_silence,
    every_case_waits_for_somebody,
    x5_all_reached,
    x6_withdrawals_are_swept,
    x9_links_pair,
    x5_copies_reach_the_receivers_version,
    i11_erasures_are_certified,
    f19_one_agreement_at_both_nodes,
)
"""What is looked at when a run is over."""


def _live_lines(world: "World") -> Iterator[tuple["Case", Dossier, SimulatedNode]]:
    """Yield each case that was sent between two nodes that are not recovering."""
    recovering = _recovering(world)
    for case in world.cases:
        if not {case.origin, case.partner} & recovering:
            dossier = world.nodes[case.origin].state(StreamKind.DOSSIER, case.about.dossier)
            if dossier.sent:
                yield case, dossier, world.nodes[case.partner]


def _sweep_lost_on_both_sides(world: "World", case: "Case", dossier: Dossier) -> bool:
    """Say whether a sweep was really made, lost in restores of both nodes, and told to the origin's oversight body."""
    truth = world.truth
    both = bool(truth.restored[case.origin] and truth.restored[case.partner])
    swept = (case.origin, case.about.request, case.partner) in truth.swept
    return both and swept and bool(dossier.sweep_missed_at)


def _said_falsely(world: "World", case: "Case", kind: str) -> bool:
    """Say whether the origin lied with such a word: its own false word binds its request, the status list does too."""
    sent = world.nodes[case.origin].unit.outbox
    said = (kind, case.about.request)
    return any((each.sealed.kind, each.send.request) == said and each.sealed.mid in world.truth.lies for each in sent)


def _recovering(world: "World") -> set[str]:
    return {name for name, node in world.nodes.items() if node.unit.recovering()}


def _missing(world: "World", name: str) -> tuple[Text, ...]:
    node = world.nodes[name]
    return missing(node.unit, now=world.now + node.skew)


def _review(world: "World", case: "Case", holder: SimulatedNode) -> Any:  # noqa: ANN401 - a review's state or nothing
    del world
    found = holder.unit.lookup("review.request", f"{case.origin}/{case.about.request}")
    return holder.state(StreamKind.REVIEW, found[0].id) if found else None


def _erased(review: Any) -> bool:  # noqa: ANN401 - a review's state
    return bool(review.state is ReviewState.ERASED)
