"""F19: what is exchanged stands under an agreement that both signed, and under the same one at both nodes."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from cotejo.actions.laws import partner_state
from cotejo.actions.onward import PACKAGES
from cotejo.rules.acts import Millis, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.facts import DataClass
from cotejo.rules.package import Package
from cotejo.rules.renewal import AgreementAgreed
from cotejo.rules.review_acts import ReviewOpened
from cotejo.rules.review_state import Review
from cotejo.simulation.checks.stops import FORWARD
from cotejo.simulation.truth import Look

if TYPE_CHECKING:
    from cotejo.simulation.world import World


def f19_both_signed(look: Look) -> Iterator[str]:
    """F19, I1: an agreement follows another only where both nodes' roots signed exactly these terms, in two duties."""
    for entry in look.entries:
        if isinstance(entry.act, AgreementAgreed):
            signers = look.world.truth.signed_terms[entry.act.terms.hash]
            if signers != set(entry.act.terms.parties):
                yield f"agreed under the signature of {', '.join(sorted(signers)) or 'nobody'} alone"


def f19_nothing_goes_on_uncovered(look: Look) -> Iterator[str]:
    """F19: no step brings a case forward under terms that do not cover its request at that moment."""
    for entry in look.entries:
        if entry.stream.kind is not StreamKind.REVIEW or not isinstance(entry.act, (*FORWARD, ReviewOpened)):
            continue
        package = look.package_of(entry)
        terms = look.terms_of(entry, package) if package else None
        if package and terms and not _covered(terms, package):
            yield f"{entry.act.code} on a request that the agreement in turn does not cover"


def f19_one_agreement_at_both_nodes(world: "World") -> Iterator[str]:
    """F19: once all is healed, two nodes know the same agreements, and none holds what the one in turn leaves out.

    But for a request whose origin lied about it: its own false letter under the same version was refused, so it takes
    the version for one that nobody holds. Its holder can do nothing with it (`f19_nothing_goes_on_uncovered`).
    """
    for first, second in combinations(world.names, 2):
        here, there = world.nodes[first], world.nodes[second]
        if here.unit.recovering() or there.unit.recovering():
            continue
        ours, theirs = partner_state(here.unit, second).agreements, partner_state(there.unit, first).agreements
        if [each.hash for each in ours] != [each.hash for each in theirs]:
            yield f"{first} and {second} know {len(ours)} and {len(theirs)} agreements with each other"
            continue
        for origin, holder in ((first, second), (second, first)):
            yield from _uncovered(world, origin, holder, ours)


def left_out(look: Look, origin: str, request: str) -> bool:
    """Say whether the agreement whose turn it is at a holder leaves a request out, as its origin has it."""
    known, node = look.node.unit.partner(origin), look.world.nodes[origin]
    found = node.unit.lookup("dossier.request", request)
    package = node.unit.state(found[0]).latest.package if found and node.unit.state(found[0]).latest else None
    return (
        known is not None and package is not None and not _covered(_in_turn(known.agreements, look.world.now), package)
    )


def _uncovered(world: "World", origin: str, holder: str, agreements: tuple[Agreement, ...]) -> Iterator[str]:
    for line in world.nodes[holder].unit.listed(StreamKind.REVIEW, partner=origin):
        review: Review = world.nodes[holder].unit.state(line.stream)
        package = review.package
        if package is None or review.through is not None or review.withdrawn_at:
            continue
        sent = [each for each in world.nodes[origin].unit.outbox if each.send.request == package.request]
        if any(each.sealed.mid in world.truth.lies and each.sealed.kind in PACKAGES for each in sent):
            continue
        if not _covered(_in_turn(agreements, world.now), package):
            yield f"{holder} still holds a request of {origin} that the agreement in turn does not cover"


def _in_turn(agreements: tuple[Agreement, ...], at: Millis) -> Agreement:
    turn = agreements[0]
    for each in agreements:
        turn = each if each.valid_from <= at else turn
    return turn


def _covered(terms: Agreement, package: Package) -> bool:
    named = {each.handling for each in package.evidence} <= set(terms.handling)
    return DataClass.REQUEST in terms.data and package.route in terms.routes and named
