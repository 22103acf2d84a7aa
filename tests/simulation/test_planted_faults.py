"""Each planted fault is found by a check of the simulation, within a few seeds."""

import pytest

from cotejo.simulation.mutants import BY_NAME, MUTANTS, planted
from cotejo.simulation.simulate import hunt

SEEDS = 12
EVENTS = 300
FIRST = {"tolerance-for-the-holder": 4, "stale-status": 4, "dispute-is-a-note": 5}
"""Where the search begins for faults that need a rare moment; any seed within reach will do."""


@pytest.mark.parametrize("name", BY_NAME)
def test_a_planted_fault_is_found(name):
    outcome = hunt(name, most=SEEDS, steps=EVENTS, first=FIRST.get(name, 0))

    assert outcome is not None, f"{BY_NAME[name].words} Nobody noticed in {SEEDS} seeds."
    failure = outcome.failure
    assert failure is not None
    assert failure.check.startswith(("f", "i", "x", "nothing", "every")), f"an error, not a check: {failure.found}"


def test_a_fault_is_gone_when_its_run_is_over():
    for mutant in MUTANTS:
        before = [(where, name, vars(where)[name]) for where, name, _ in mutant.patches()]
        with planted(mutant):
            assert any(vars(where)[name] is not right for where, name, right in before)
        assert all(vars(where)[name] is right for where, name, right in before)
