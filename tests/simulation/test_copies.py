"""Copies of requests in simulated worlds: they are made, followed to the end, and show to no origin."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from cotejo.rules.acts import Plan, Refused, Send
from cotejo.rules.onward import Behind
from cotejo.rules.review_decide import onward
from cotejo.rules.review_state import Review
from cotejo.rules.told import Questions
from cotejo.simulation.events import Event
from cotejo.simulation.simulate import _played
from cotejo.simulation.unseen_copies import difference
from cotejo.simulation.world import World

SEEDS = (13, 16, 21, 8, 11, 1, 5, 7)
"""Worlds of three nodes and more."""
EVENTS = 200
MORE = ("receiver", "origin")
FOUND_BY = {"x6_complete_is_complete", "x5_copies_reach_the_receivers_version"}


def script(seed: int) -> tuple[Event, ...]:
    return World.script_for(seed, EVENTS, more=MORE)


def compared() -> Iterator[str]:
    """Yield how each world in which something is passed on differs from itself without that."""
    for seed in SEEDS:
        with suppress(LookupError):
            yield difference(seed, script(seed))


def test_i6_no_origin_sees_whether_copies_of_its_requests_were_passed_on() -> None:
    assert next(compared()) == ""


def test_i6_a_word_too_many_to_the_origin_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    told = onward.pass_on

    def careless(state: Review, *more: Any) -> Plan | Refused:
        plan = told(state, *more)
        if isinstance(plan, Refused):
            return plan
        said = Questions(request=state.request, version=1, asked=())
        return plan.and_then(Plan(sends=(Send(partner=state.partner, content=said, request=state.request),)))

    monkeypatch.setattr(onward, "pass_on", careless)
    assert next(compared())


def test_x6_copies_that_hear_of_no_withdrawal_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Behind, "waits_for", property(lambda _behind: ()))
    monkeypatch.setattr(onward, "_words", lambda *_: ())
    found = (failure for seed in SEEDS if (failure := _played(seed, script(seed), ()).failure))
    assert any(each.check in FOUND_BY for each in found)
