"""I5, X1, X10: no grave act on what the origin no longer vouches for."""

from collections.abc import Iterator

from cotejo.rules.acts import Entry
from cotejo.rules.review_acts import Decided, HandedOver, IdentityAnswered
from cotejo.rules.review_words import Outcome
from cotejo.rules.status import VALID
from cotejo.simulation.truth import Look


def _grave(look: Look) -> Iterator[Entry]:
    for entry in look.entries:
        act = entry.act
        if isinstance(act, HandedOver) or (isinstance(act, Decided) and act.outcome is Outcome.ACT):
            yield entry


def i5_fresh(look: Look) -> Iterator[str]:
    """I5 (design section 4): `now + skew < exp`, the slot valid, the version not below the floor, the clock not behind.

    The status was issued after the second identity answer, and the list held never goes back.
    """
    truth, unit = look.world.truth, look.node.unit
    for partner in unit.partners():
        held = unit.status_held(partner.name)
        key = (f"{look.node.name}/{truth.restored[look.node.name]}", partner.name)
        if held is not None:
            if held.number < truth.status_numbers[key]:
                yield f"list {held.number} of {partner.name} replaced list {truth.status_numbers[key]}"
            truth.status_numbers[key] = held.number
    for entry in _grave(look):
        yield from _status(look, entry)
        if entry.at < truth.highest_clock[look.node.name]:
            yield f"{entry.act.code} with the clock {truth.highest_clock[look.node.name] - entry.at} ms behind"
    moments = [*(each.at for each in look.entries), truth.highest_clock[look.node.name]]
    truth.highest_clock[look.node.name] = max(moments)


def _status(look: Look, entry: Entry) -> Iterator[str]:
    package = look.package_of(entry)
    terms = look.terms_of(entry, package) if package else None
    if package is None or terms is None:
        yield f"{entry.act.code} without a package"
        return
    held, speaker = look.status_of(entry, package), look.heard_from(entry, package)
    if held is None:
        yield f"{entry.act.code} without any status"
        return
    until = min(held.expires, held.issued + terms.lifetimes.grave)
    if entry.at + terms.skew >= until:
        yield f"{entry.act.code} on a status {entry.at + terms.skew - until} ms too old"
    if held.issued > entry.at + terms.skew:
        yield f"{entry.act.code} on a status from {held.issued - entry.at} ms ahead"
    if held.state(package.slot) != VALID:
        yield f"{entry.act.code} with slot state {held.state(package.slot)}"
    if package.version < look.node.unit._memory.floors.get((speaker, package.request), 0):  # noqa: SLF001 - watched
        yield f"{entry.act.code} on version {package.version}, below the floor"
    answers = [each.at for each in look.acts_before(entry) if isinstance(each.act, IdentityAnswered)]
    if isinstance(entry.act, Decided) and answers and held.issued <= sorted(answers)[-2:][0]:
        yield "decided on a status older than the identity answers"


def x1_no_grave_act_on_what_ended(look: Look) -> Iterator[str]:
    """X1 (exchange.md D8): no grave act at t on a version withdrawn, suspended or superseded before t - D.

    In real time, while both clocks are within what the agreement tolerates.
    """
    world = look.world
    for entry in _grave(look):
        package = look.package_of(entry)
        terms = look.terms_of(entry, package) if package else None
        if package is None or terms is None or not world.truth.clocks_are_right(package.origin, look.node.name):
            continue
        ended = (
            world.truth.ended_at.get((package.origin, package.request, package.version)),
            world.truth.withdrawn.get((package.origin, package.request)),
            world.truth.suspended_at.get((package.origin, package.request)),
        )
        for moment in ended:
            if moment is not None and world.now > moment + terms.lifetimes.grave:
                yield f"{entry.act.code} on version {package.version}, which ended {world.now - moment} ms before"


def x10_decisions_name_their_status(look: Look) -> Iterator[str]:
    """X10 (exchange.md D8): a decision names the status it stood on, and it is the one held at that moment."""
    for entry in look.entries:
        if isinstance(entry.act, Decided) and entry.act.outcome is Outcome.ACT:
            package = look.package_of(entry)
            held = look.status_of(entry, package) if package else None
            if held is None or held.issued != entry.act.status_issued:
                yield f"decided on the status of {entry.act.status_issued}, held was {held.issued if held else 'none'}"
