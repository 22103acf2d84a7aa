"""Who is an auditor says a body outside both agencies; nobody here gives the duty, and nobody here takes it (F61)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules.acts import Entry, Erased, Plan, Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.appointment import (
    Appoint,
    Appointed,
    AppointmentFacts,
    EndAppointed,
    Paper,
    RevocationPaper,
    decide,
    evolve,
)
from cotejo.rules.duties import Console

NOW = 1_795_780_800_000
ACCOUNT = "a" * 32
FACTS = AppointmentFacts(node="boreal", account=ACCOUNT)
PAPER = Paper(
    hash="1" * 64,
    node="boreal",
    account="p.auditor",
    person="P. Auditor",
    body="ombudsman.invalid",
    key="ombudsman.invalid+1+key",
    starts=NOW - DAY,
    ends=NOW + DAY,
)
REVOCATION = RevocationPaper(node="boreal", account="p.auditor", body=PAPER.body, key=PAPER.key, appointment=PAPER.hash)


def asked(paper: Paper | None = PAPER, **changed: Any) -> Appoint:
    usual = Appoint(username="p.auditor", name="P. Auditor", duties=("auditor",), paper=paper, signed="the text")
    return replace(usual, **changed)


def ending(paper: RevocationPaper | None = None) -> EndAppointed:
    return EndAppointed(username="p.auditor", paper=paper, signed="the text" if paper else "")


def after(state: Appointed, command: Appoint | EndAppointed, now: int = NOW) -> Appointed:
    """Return the state after a command that must be accepted."""
    done = decide(state, command, Console(), FACTS, now)
    assert isinstance(done, Plan), done
    for new in done.acts:
        assert new.stream == Stream(StreamKind.APPOINTMENT, ACCOUNT)
        entry = Entry(
            stream=new.stream, version=state.version + 1, at=now, by="console", duty="", rules="t", act=new.act
        )
        state = evolve(state, entry)
    return state


def refused(state: Appointed, command: Appoint | EndAppointed, now: int = NOW) -> set[str]:
    done = decide(state, command, Console(), FACTS, now)
    assert isinstance(done, Refused), done
    assert all(each.remedy and each.rows == ("F61",) for each in done.reasons)
    return set(done.codes)


APPOINTED = after(Appointed(), asked())


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (asked(None, signed=""), {"appointment.none"}),
        (asked(None), {"appointment.unreadable"}),
        (asked(replace(PAPER, key="")), {"appointment.unknown_body"}),
        (asked(replace(PAPER, node="alba")), {"appointment.other_node"}),
        (asked(username="q.other"), {"appointment.somebody_else"}),
        (asked(name="Q. Other"), {"appointment.somebody_else"}),
        (asked(replace(PAPER, ends=NOW)), {"appointment.over"}),
        (asked(duties=("auditor", "operator")), {"appointment.other_duty"}),
        (
            asked(replace(PAPER, key="", node="alba", ends=NOW), duties=("auditor", "legal"), name="Q."),
            {
                "appointment.unknown_body",
                "appointment.other_node",
                "appointment.somebody_else",
                "appointment.over",
                "appointment.other_duty",
            },
        ),
    ],
)
def test_f61_nobody_is_an_auditor_without_a_sound_appointment_and_all_is_said_at_once(
    command: Appoint, codes: set[str]
) -> None:
    assert refused(Appointed(), command) == codes


def test_f61_the_duty_is_held_within_its_days_and_ends_by_itself() -> None:
    assert APPOINTED.runs_at(PAPER.starts)
    assert APPOINTED.runs_at(PAPER.ends - 1)
    assert not APPOINTED.runs_at(PAPER.starts - 1)
    assert not APPOINTED.runs_at(PAPER.ends)
    assert not Appointed().runs_at(NOW)


def test_f61_nobody_here_ends_an_appointment_that_stands_not_even_before_its_first_day() -> None:
    assert refused(APPOINTED, ending()) == {"appointment.stands"}
    assert refused(APPOINTED, ending(), now=PAPER.starts - DAY) == {"appointment.stands"}
    over = after(APPOINTED, ending(), now=PAPER.ends)
    assert over.closed
    assert refused(over, ending()) == {"appointment.closed"}


def test_f61_the_body_that_signed_ends_it_early_and_no_other() -> None:
    for false, codes in (
        (replace(REVOCATION, key="other+1+key"), {"revocation.other_body"}),
        (replace(REVOCATION, key=""), {"revocation.other_body"}),
        (replace(REVOCATION, appointment="2" * 64), {"revocation.other_appointment"}),
        (replace(REVOCATION, node="alba"), {"revocation.other_appointment"}),
        (replace(REVOCATION, account="q.other"), {"revocation.other_appointment"}),
    ):
        assert refused(APPOINTED, ending(false)) == codes
    unread = EndAppointed(username="p.auditor", signed="no text")
    assert refused(APPOINTED, unread) == {"appointment.unreadable", "appointment.stands"}
    ended = after(APPOINTED, ending(REVOCATION))
    assert not ended.runs_at(NOW)
    assert refused(ended, asked()) == {"appointment.closed"}


def test_f61_another_body_puts_nothing_in_place_of_an_appointment_that_stands() -> None:
    other = replace(PAPER, hash="2" * 64, key="other+1+key", body="other.invalid", ends=NOW + 9 * DAY)
    assert refused(APPOINTED, asked(other)) == {"appointment.stands"}
    assert after(APPOINTED, asked(other), now=PAPER.ends).runs_at(NOW + 8 * DAY)


def test_f61_a_further_term_handed_in_early_leaves_no_day_between() -> None:
    later = replace(PAPER, hash="3" * 64, starts=PAPER.ends, ends=PAPER.ends + 5 * DAY)
    both = after(APPOINTED, asked(later))
    assert all(both.runs_at(at) for at in (NOW, PAPER.ends - 1, PAPER.ends, later.ends - 1))
    assert not both.runs_at(later.ends)
    assert refused(both, ending(REVOCATION)) == {"revocation.other_appointment"}
    assert not after(both, ending(replace(REVOCATION, appointment=later.hash))).runs_at(NOW)


def test_an_erased_appointment_appoints_nobody() -> None:
    entry = Entry(
        stream=Stream(StreamKind.APPOINTMENT, ACCOUNT),
        version=2,
        at=NOW,
        by="clock",
        duty="",
        rules="t",
        act=Erased(was="appointment.made"),
    )
    assert not evolve(APPOINTED, entry).runs_at(NOW)


PAPERS = st.builds(
    lambda hash_, key, node, starts, length: replace(
        PAPER, hash=hash_ * 64, key=key, node=node, starts=NOW + starts * DAY, ends=NOW + (starts + length) * DAY
    ),
    st.sampled_from("123"),
    st.sampled_from([PAPER.key, PAPER.key, "other+1+key", ""]),
    st.sampled_from(["boreal", "boreal", "alba"]),
    st.integers(-3, 3),
    st.integers(1, 4),
)
REVOCATIONS = st.none() | st.builds(
    lambda hash_, key: replace(REVOCATION, appointment=hash_ * 64, key=key),
    st.sampled_from("123"),
    st.sampled_from([PAPER.key, "other+1+key", ""]),
)
COMMANDS = st.one_of(PAPERS.map(asked), REVOCATIONS.map(ending))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(COMMANDS, st.integers(0, 2)), max_size=8))
def test_f61_whatever_is_typed_here_an_appointment_that_stands_ends_by_its_body_alone(
    steps: list[tuple[Appoint | EndAppointed, int]],
) -> None:
    state, now = Appointed(), NOW
    for command, days in steps:
        now += days * DAY
        done = decide(state, command, Console(), FACTS, now)
        if isinstance(done, Refused):
            continue
        before, state = state, after(state, command, now)
        held = before.stands_at(now)
        if held is None:
            continue
        assert command.paper is not None
        assert command.paper.key == held.key
        if state.closed:
            assert isinstance(command, EndAppointed)
            assert before.newest is not None
            assert command.paper.appointment == before.newest.hash
    assert all(each.key and each.node == "boreal" for each in state.papers)
