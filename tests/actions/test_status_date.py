"""How a status list is dated: by the clock and the list before, by nothing an officer does (I6)."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotejo.actions.status import behind_of, push_status
from cotejo.proof.exact import from_base64url
from cotejo.proof.status_list import StatusList
from cotejo.rules.acts import NewAct, Plan, Refused, Stream, StreamKind
from cotejo.rules.agreement import MINUTE
from cotejo.rules.purposes import Purpose
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import START, Link
from tests.builders.memory import RECORDER, opened

MOMENTS = st.integers(min_value=-30, max_value=30).map(lambda minutes: minutes * MINUTE)


def writes(node: SimulatedNode, number: int, *, now: int) -> None:
    """Let an officer write something about a person, by the clock as it is."""
    stream = Stream(StreamKind.PERSON, f"{number:032x}")
    plan = Plan(acts=(NewAct(stream=stream, act=opened(stream)),), expect={stream: 0})
    node.unit.commit(plan, who=RECORDER, purpose=Purpose.RECORDING, now=now)


def pushes(moments: list[tuple[int, bool]], *, acts: bool) -> list[object]:
    """Try to push a list at each moment that is not busy; at a busy one an officer writes, if there are `acts`.

    Returns what the partner could see of it, and what the operator was told.
    """
    alba, seen = Link().alba, []
    partner = alba.unit.partner("boreal")
    assert partner is not None
    for number, (moment, busy) in enumerate(moments):
        now = START + moment
        if busy:
            if acts:
                writes(alba, number, now=now)
            continue
        done = push_status(alba.unit, partner, own=alba.own, now=now)
        seen.append(done.codes if isinstance(done, Refused) else ())
    for each in waiting_for(alba, "boreal"):
        pushed = replace(StatusList.from_bytes(from_base64url(each.send.content.jws.split(".")[1])), bits=b"")
        seen.append((each.at, pushed))
    return seen


@example([(10 * MINUTE, True), (0, False)])
@given(st.lists(st.tuples(MOMENTS, st.booleans()), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_i6_an_officers_act_under_a_wrong_clock_never_shows_in_a_status_list(moments: list[tuple[int, bool]]) -> None:
    assert pushes(moments, acts=False) == pushes(moments, acts=True)


@given(st.lists(MOMENTS, min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_i5_lists_are_dated_by_the_clock_and_each_later_than_the_one_before(moments: list[int]) -> None:
    link, dated = Link(), []
    partner = link.alba.unit.partner("boreal")
    assert partner is not None
    for moment in moments:
        behind = behind_of(link.alba.unit, "boreal", now=START + moment)
        done = push_status(link.alba.unit, partner, own=link.alba.own, now=START + moment)
        assert isinstance(done, Refused) is bool(behind)
        if isinstance(done, Refused):
            assert done.codes == ("status.clock_behind",)
            assert moment <= dated[-1]
        else:
            dated.append(moment)
    assert dated == sorted(set(dated))
