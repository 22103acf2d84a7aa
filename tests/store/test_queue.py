"""What is due, and that no two workers and no two officers get in each other's way."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from cotejo.actions.unit import Conflict, Sealed
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Plan, Send, Stream, Timer
from cotejo.rules.agreement import HOUR
from cotejo.store import queue
from cotejo.store.models import Due, Outbox, Scheduled
from tests.builders.memory import BOREAL, CATEGORISED, NOW, House, as_recorder, opened, person, plan, suspension

SECONDS = 60.0
"""How long anything may take that comes by itself, on a busy machine."""


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each with its own connection; give back results or what was raised."""
    together = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=SECONDS)
            return work()
        except Exception as raised:  # noqa: BLE001 - the test looks at what was raised
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def set_timers(house: House, *moments: int) -> list[Timer]:
    timers = [Timer(kind="answer", stream=person(), at=at) for at in moments]
    house.unit.commit(Plan(timers=tuple(timers)), **as_recorder())
    return timers


def test_of_two_commits_on_one_stream_one_is_a_conflict(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder())

    def change() -> Any:
        return house.again().commit(plan(stream, CATEGORISED, version=1), **as_recorder())

    results = at_once(change, change)

    assert sorted(type(result).__name__ for result in results) == ["Committed", "Conflict"]
    assert len(house.unit.entries(stream)) == 2


def test_of_two_beginnings_of_one_stream_one_is_a_conflict(house: House) -> None:
    stream = person()
    begin: Callable[[], Any] = lambda: house.again().commit(plan(stream, opened(stream)), **as_recorder())  # noqa: E731 - the work itself

    assert sum(isinstance(result, Conflict) for result in at_once(begin, begin, begin)) == 2


def test_crossing_commits_on_many_streams_do_not_wait_for_each_other_for_ever(house: House) -> None:
    one, two = person(), person()

    def both(first: Stream, second: Stream) -> Callable[[], Any]:
        crossing = plan(first, opened(first)).and_then(plan(second, opened(second)))
        return lambda: house.again().commit(Plan(acts=crossing.acts, sends=(suspension(),)), **as_recorder())

    results = at_once(*[both(one, two), both(two, one)] * 3)

    assert [type(result).__name__ for result in results] == ["Committed"] * 6
    assert house.unit.house_head()[0] == 12
    assert [row.seq for row in Outbox.objects.order_by("id")] == list(range(1, 7))
    assert not house.unit.recovering()


def test_a_timer_set_again_moves(house: House) -> None:
    (timer,) = set_timers(house, NOW + 10)
    house.unit.commit(Plan(timers=(Timer(kind=timer.kind, stream=timer.stream, at=NOW + 99),)), **as_recorder())

    assert queue.take_timers(now=NOW + 10, limit=5) == ()
    assert queue.next_moment() == NOW + 99
    house.unit.commit(Plan(drop_timers=((timer.kind, timer.stream),)), **as_recorder())
    assert queue.next_moment() is None


def test_due_moments_are_taken_once_the_oldest_first(house: House) -> None:
    late, early, future = set_timers(house, NOW + 5, NOW + 2, NOW + 50)

    assert queue.take_timers(now=NOW + 6, limit=5) == (early, late)
    assert queue.take_timers(now=NOW + 6, limit=5) == ()
    queue.finish_timer(early)
    assert queue.take_timers(now=NOW + 6 + queue.LEASE, limit=5) == (late, future)


def test_a_timer_moved_while_it_is_worked_on_is_kept(house: House) -> None:
    (timer,) = set_timers(house, NOW)
    (taken,) = queue.take_timers(now=NOW, limit=5)
    house.unit.commit(Plan(timers=(Timer(kind=timer.kind, stream=timer.stream, at=NOW + 7),)), **as_recorder())
    queue.finish_timer(taken)

    assert [due.at for due in Due.objects.all()] == [NOW + 7]


def test_a_moment_somebody_else_is_taking_is_skipped_without_waiting(house: House) -> None:
    first, second = set_timers(house, NOW + 1, NOW + 2)
    with psycopg.connect(house.dsns.app) as elsewhere:
        elsewhere.execute("SELECT 1 FROM store_due WHERE at = %s FOR UPDATE", [first.at])

        assert queue.take_timers(now=NOW + 5, limit=5) == (second,)


def test_mail_goes_in_the_order_of_the_line_and_is_tried_until_receipted(house: House) -> None:
    unit = house.unit
    unit.commit(Plan(sends=(suspension(), suspension())), **as_recorder())

    mail = queue.take_mail(BOREAL, now=NOW)
    assert mail is not None
    assert mail.seq == 1
    assert queue.take_mail(BOREAL, now=NOW) is None
    queue.put_back(mail, why="no_answer", now=NOW, chance=0.0)
    assert queue.take_mail(BOREAL, now=NOW + 499) is None
    again = queue.take_mail(BOREAL, now=NOW + 500)
    assert again is not None
    assert (again.seq, again.body, again.tries) == (1, mail.body, 1)
    unit.keep_receipt(partner=BOREAL, mid=mail.mid, outcome="taken", gaps=(), now=NOW + 501)
    following = queue.take_mail(BOREAL, now=NOW + 501)
    assert following is not None
    assert following.seq == 2
    assert queue.partners_with_mail() == (BOREAL,)
    unit.keep_receipt(partner=BOREAL, mid=following.mid, outcome="refused", gaps=("x",), now=NOW + 502)
    assert queue.partners_with_mail() == ()
    assert Outbox.objects.get(seq=2).gaps == ["x"]
    again = queue.mail_at(BOREAL, 1)
    assert again is not None
    assert again.receipted
    assert not mail.receipted


def test_a_partner_that_is_heard_from_again_is_tried_at_once(house: House) -> None:
    house.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    mail = queue.take_mail(BOREAL, now=NOW)
    assert mail is not None
    queue.put_back(mail, why="no_answer", now=NOW, chance=0.99)
    queue.try_again_now(BOREAL, now=NOW + 1)

    assert queue.take_mail(BOREAL, now=NOW + 1) is not None


@given(tries=st.integers(0, 200), chance=st.floats(0, 1, exclude_max=True))
def test_delays_grow_and_are_never_more_than_an_hour(tries: int, chance: float) -> None:
    delay = queue.delay_after(tries, chance=chance)

    assert 500 <= delay <= queue.LONGEST_DELAY
    assert queue.delay_after(tries + 1, chance=chance) >= delay


def test_i6_what_is_told_later_waits_sealed_and_holds_up_nothing(house: House) -> None:
    unit = house.unit
    unit.commit(Plan(sends=(suspension(at=NOW + 100, request="5" * 32), suspension())), **as_recorder())

    assert [row.request for row in Outbox.objects.all()] == ["7" * 32]
    assert b"5" * 32 not in bytes(Scheduled.objects.get().sealed)
    assert queue.next_moment() == NOW
    assert unit.send_scheduled(now=NOW + 99) == 0
    assert unit.send_scheduled(now=NOW + 100) == 1
    assert unit.send_scheduled(now=NOW + 100) == 0
    assert [(row.seq, row.request) for row in Outbox.objects.order_by("seq")] == [(1, "7" * 32), (2, "5" * 32)]


def test_i7_what_fits_no_message_waits_apart_and_keeps_nothing_else_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit, large = house.unit, "5" * 32
    post = unit._line._post
    seal = post.seal

    def sealed(*, send: Send, **line: Any) -> Sealed:
        if send.request == large:
            raise ProofError(Reason.TOO_LARGE, "more than a message may hold")
        return seal(send=send, **line)

    monkeypatch.setattr(post, "seal", sealed)
    waits = (suspension(at=NOW + 100, request=large), suspension(at=NOW + 101, request="6" * 32))
    unit.commit(Plan(sends=waits), **as_recorder())
    assert unit.send_scheduled(now=NOW + 200) == 1
    unit.commit(Plan(sends=(suspension(),)), **as_recorder(at=NOW + 201))
    assert [row.request for row in Outbox.objects.order_by("seq")] == ["6" * 32, "7" * 32]
    assert Scheduled.objects.get().at == NOW + 200 + HOUR
    monkeypatch.undo()
    assert unit.send_scheduled(now=NOW + 200 + HOUR) == 1


def test_f19_what_waits_for_a_partners_next_key_document_is_no_reason_to_look_again_soon(house: House) -> None:
    house.unit.commit(Plan(sends=(suspension(at=NOW + 100),)), **as_recorder())

    assert queue.next_moment() == NOW + 100
    assert queue.next_moment(unsealable=[BOREAL]) is None


def test_a_commit_wakes_the_worker(house: House) -> None:
    with psycopg.connect(house.dsns.app, autocommit=True) as worker:
        worker.execute(f"LISTEN {queue.CHANNEL}")
        set_timers(house, NOW)

        assert [woken.channel for woken in worker.notifies(timeout=SECONDS, stop_after=1)] == [queue.CHANNEL]


def test_a_crash_after_a_timer_was_taken_gives_it_back(house: House) -> None:
    (timer,) = set_timers(house, NOW)
    assert queue.take_timers(now=NOW, limit=1) == (timer,)
    assert queue.next_moment() == NOW + queue.LEASE
    assert queue.take_timers(now=NOW + queue.LEASE, limit=1) == (timer,)
