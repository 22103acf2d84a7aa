"""What each officer may read of a case's history, and the redress office's clock."""

import pytest

from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Duty
from cotejo.rules.holds import HoldKind, ProtectionGround
from cotejo.rules.redress import ClockState, ComplaintClock, Signal, signal_after
from cotejo.rules.review_commands import PlaceHold, RecordProtectionCheck, RedressSuspend
from cotejo.rules.review_history import history
from cotejo.rules.review_words import Protection
from tests.builders.review import FIRST, LEGAL, NATIONALITY, PROTECTION, REDRESS, SECOND_OFFICER, Desk, officer


@pytest.mark.parametrize("duty", [duty for duty in Duty if duty not in (Duty.PROTECTION, Duty.REDRESS)])
def test_f44_i12_no_history_tells_others_who_is_protected_or_who_complained(duty: Duty) -> None:
    stopped, complained, clear = (Desk().take_in().open().search() for _ in range(3))
    ground = ProtectionGround.ASYLUM
    stop = RecordProtectionCheck(candidates=("c1",), result=Protection.STOP, ground=ground)
    stopped.must(PlaceHold(kind=HoldKind.PROTECTION, grounds="x", ground=ground), PROTECTION)
    complained.must(RedressSuspend(), REDRESS)
    reader = officer(duty, "o-reader")
    assert history(stopped.state, stopped.entries, reader) == history(complained.state, complained.entries, reader)
    clear.check()
    found = clear.entries[-1]
    clear.must(stop, PROTECTION)
    lines = history(clear.state, clear.entries, reader)
    assert [line.act for line in lines if line.code == found.act.code] == [None] * 3


def test_i3_the_history_keeps_the_first_answer_sealed() -> None:
    desk = Desk().take_in().open().search().answer(FIRST)
    assert history(desk.state, desk.entries, SECOND_OFFICER)[-1].act is None
    assert history(desk.state, desk.entries, LEGAL)[-1].act is None
    assert history(desk.state, desk.entries, FIRST)[-1].act is not None
    desk.answer(SECOND_OFFICER)
    assert history(desk.state, desk.entries, LEGAL)[-2].act is not None


def test_whoever_placed_a_hold_reads_it_and_whom_its_kind_names() -> None:
    desk = Desk().take_in().open()
    desk.must(PlaceHold(kind=HoldKind.CITIZENSHIP_CLAIM, grounds="x"), FIRST)
    for reader, seen in ((FIRST, True), (NATIONALITY, True), (SECOND_OFFICER, False), (PROTECTION, False)):
        assert (history(desk.state, desk.entries, reader)[-1].act is not None) == seen


def test_a_complaint_is_answered_sooner_when_the_person_is_held() -> None:
    free, held = ComplaintClock(lodged_at=1, in_custody=False), ComplaintClock(lodged_at=1, in_custody=True)
    assert (free.due, held.due) == (29 * DAY, 1 + 3 * DAY)
    assert held.state(held.due - 1) is ClockState.RUNNING
    assert held.state(held.due) is ClockState.OVERDUE
    assert ComplaintClock(lodged_at=1, in_custody=True, closed_at=2).state(held.due) is ClockState.CLOSED


def test_i12_the_door_lifts_only_after_the_last_open_complaint() -> None:
    assert [signal_after(*each) for each in ((0, 1), (1, 2), (2, 1), (1, 0), (0, 0))] == [
        Signal.SUSPEND,
        None,
        None,
        Signal.LIFT,
        None,
    ]
