"""The high-water mark tells a restored backup from a commit of another process at the same moment."""

import time
from pathlib import Path

from cotejo.actions.laws import high_water
from cotejo.proof.tilelog import EMPTY_ROOT
from cotejo.rules.agreement import HOUR
from cotejo.store.highwater import HighWater
from cotejo.store.log import Grown
from tests.builders.memory import House, as_recorder, opened, person, plan


def grow(marks: HighWater, *, to: int) -> None:
    """Mark a commit that took the log to `to` leaves."""
    marks.raise_to(Grown(before=to - 1, root_before=root(to - 1), size=to, root=root(to), at=to), root)


def root(size: int) -> bytes:
    """Return an invented root."""
    return bytes([size]) * 32 if size else EMPTY_ROOT


def test_another_process_that_commits_while_the_log_is_measured_is_no_restored_backup(tmp_path: Path) -> None:
    ours, theirs = HighWater(tmp_path / "highwater"), HighWater(tmp_path / "highwater")
    grow(theirs, to=1)

    def measured_just_before_their_commit() -> int:
        grow(theirs, to=2)
        return 1

    assert not ours.behind(measured_just_before_their_commit, root)
    assert ours.behind(lambda: 1, root), "a log shorter than its mark is a restored backup"


def test_f56_a_commit_that_finds_another_log_than_the_one_marked_is_a_restore_noticed(tmp_path: Path) -> None:
    marks = HighWater(tmp_path / "highwater")
    grow(marks, to=1)
    grow(marks, to=2)
    assert not marks.behind(lambda: 2, root), "a node's own commit continues its mark"

    other = Grown(before=2, root_before=b"x" * 32, size=3, root=b"y" * 32, at=3)
    marks.raise_to(other, lambda _size: b"x" * 32)
    assert marks.behind(lambda: 3, lambda _size: b"x" * 32)
    assert marks.last().size == 2


def test_i5_the_machines_own_clock_tells_another_commit_from_a_clock_that_went_back(house: House) -> None:
    machine = time.time_ns() // 1_000_000
    stream, other = person(), person()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder(machine))
    assert high_water(house.unit, machine - 3) <= machine - 3
    house.unit.commit(plan(other, opened(other)), **as_recorder(machine + HOUR))
    assert high_water(house.unit, machine + 5) == machine + HOUR
