"""`cotejo check` says of a clock that it went back, and of nothing else."""

from cotejo.node.checking import _clock
from cotejo.node.clock import now
from cotejo.rules.agreement import HOUR
from tests.builders.memory import House, as_recorder, opened, person, plan


def test_check_tells_a_clock_that_went_back_from_what_the_node_wrote_while_it_looked(house: House) -> None:
    stream, written = person(), now()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder(written))
    assert not list(_clock(house.unit, written - 1_000))

    house.unit.note_read(**as_recorder(written + HOUR), subject="a", case="b")
    (told,) = _clock(house.unit, written)
    assert "clock is behind" in told.en
