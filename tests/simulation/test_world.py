"""Invented nodes under faults: everything holds in every seed, and a failure plays again and gets short."""

import pytest

from cotejo.simulation.events import SECRET, WEIGHTS
from cotejo.simulation.mutants import BY_NAME, planted
from cotejo.simulation.plays import PLAYS
from cotejo.simulation.simulate import in_words, run_seed, shrink
from cotejo.simulation.world import World

EVENTS = 220
ONCE_FAILED = (106, 131, 279, 680, 1201, 1798)
"""Seeds that showed, in 300 events, what a restore of two nodes, a stranger's word or a withdrawal in recovery do."""


@pytest.mark.parametrize("seed", range(12))
def test_i1_i2_i3_i4_i5_i7_i8_i9_i12_hold_under_faults_lies_restores_and_wrong_clocks(seed):
    outcome = run_seed(seed, EVENTS)

    assert outcome.failure is None, "\n".join(in_words(outcome.failure))
    assert outcome.events > EVENTS, "the world was not healed and looked at again"


@pytest.mark.parametrize("seed", ONCE_FAILED)
def test_i7_i8_worlds_that_once_showed_a_fault_hold(seed):
    outcome = run_seed(seed, 300)

    assert outcome.failure is None, "\n".join(in_words(outcome.failure))


def test_what_is_watched_really_happens():
    """A simulation that never withdraws, decides or lies would find nothing."""
    happened = run_seed(1, 400).happened

    for what in ("dossier.sent", "review.opened", "review.identity_answered", "review.answered", "log confirmed"):
        assert happened[what], what
    assert sum(count for what, count in happened.items() if what.startswith("lie: "))
    assert sum(count for what, count in happened.items() if what.startswith("refused: "))


def test_every_kind_of_event_is_played_and_every_secret_one_is_known():
    assert set(PLAYS) == set(WEIGHTS)
    assert set(WEIGHTS) >= SECRET


def test_one_seed_plays_the_same_way_every_time():
    told = []
    for _ in range(2):
        world = World(3)
        world.play(world.script(120))
        told.append(world.told)

    assert told[0] == told[1]


def test_a_failure_plays_again_and_is_told_in_few_events():
    mutant = BY_NAME["receipt-not-stored"]
    failure = run_seed(0, 120, mutant).failure
    assert failure is not None
    again = run_seed(0, 120, mutant).failure
    assert again is not None
    assert (again.check, again.where) == (failure.check, failure.where)

    short = shrink(failure, mutant)

    assert short.check == failure.check
    assert len(short.script) <= 4
    with planted(mutant):
        assert any("refuses" in line for line in in_words(short))
