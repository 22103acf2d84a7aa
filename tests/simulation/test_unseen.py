"""I6: a whole world played twice, with and without what happens to the person at the receivers."""

import pytest

from cotejo.simulation.mutants import BY_NAME, planted
from cotejo.simulation.unseen import difference
from cotejo.simulation.world import Broken, World


@pytest.mark.parametrize("seed", [1, 6])
def test_i6_no_partner_sees_whether_holds_complaints_or_decisions_happened(seed):
    assert difference(seed, World.script_for(seed, 260, more=("hold", "complaint"))) == ""


def test_i6_an_answer_that_a_hold_keeps_back_is_seen():
    mutant = BY_NAME["hold-keeps-silent"]
    script = World.script_for(4, 260, more=mutant.more)
    assert difference(4, script) == ""

    with planted(mutant):
        try:
            found = difference(4, script)
        except Broken as broken:
            found = str(broken)
    assert "answer" in found
