"""Two nodes under faults: the invariants hold in every seed, and each planted fault is found."""

import pytest

from cotejo.simulation.faults import FAULTS
from cotejo.simulation.world import Broken, World

SEEDS_TO_FIND = {"no_version_floor": 9, "receipt_before_commit": 2, "tolerance_for_the_holder": 3}


@pytest.mark.parametrize("seed", range(5))
def test_i5_i8_i9_hold_under_loss_repeats_crashes_and_skew_and_the_line_heals(seed):
    world = World(seed=seed, cases=1)
    world.run(160)
    world.settle()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_and_its_seed_plays_again(fault):
    for seed in range(SEEDS_TO_FIND[fault]):
        world = World(seed=seed, cases=1, fault=fault)
        try:
            world.run(160)
        except Broken:
            with pytest.raises(Broken, match=f"seed {seed}, step {world.step}"):
                World(seed=seed, cases=1, fault=fault).run(160)
            return
    pytest.fail(f"{fault} was not found")
