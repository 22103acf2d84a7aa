"""A clock that went back stops grave acts to the millisecond; others who commit meanwhile stop nothing (I5)."""

import pytest

from cotejo.actions.laws import high_water
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.dossier_commands import AuthoriseSending
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import AUTHORISER
from tests.builders.line import Link


class _Seen:
    """A memory whose newest commit and clock a test sets; the clock is read after the commit was seen."""

    def __init__(self, *, newest: int, clock: int) -> None:
        self._newest, self._clock = newest, clock
        self._seen = False

    def high_water(self) -> int:
        self._seen = True
        return self._newest

    def clock(self, _started: int) -> int:
        assert self._seen
        return self._clock


@pytest.mark.parametrize(("newest", "clock", "stops"), [(99, 100, False), (105, 105, False), (105, 104, True)])
def test_i5_another_commit_since_the_command_began_is_no_clock_that_went_back(newest, clock, stops):
    assert (high_water(_Seen(newest=newest, clock=clock), 100) > 100) is stops


def test_i5_a_clock_one_millisecond_behind_the_newest_act_stops_a_sending():
    link = Link()
    case = link.case(send=False)

    def send(now):
        return link.alba.act(
            StreamKind.DOSSIER, case.dossier, AuthoriseSending(), who=AUTHORISER, purpose=Purpose.REQUEST, now=now
        )

    late = send(link.now - 1)
    assert isinstance(late, Refused)
    assert late.codes == ("dossier.clock_behind",)
    assert not isinstance(send(link.now), Refused)
