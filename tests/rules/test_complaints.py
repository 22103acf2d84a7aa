"""The law of complaints: rows F65 and F66, and that two officers, and only they, answer and lift (I12)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules import complaints as law
from cotejo.rules.acts import Millis, Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.complaints import (
    Acknowledge,
    AddDocument,
    AskForDocuments,
    Command,
    Complainant,
    Complaint,
    ConfirmAnswer,
    ConfirmLift,
    Lodge,
    Made,
    Outcome,
    PassOn,
    ProposeAnswer,
    ProposeLift,
    RedressOfficer,
    Speaker,
    Stage,
    Who,
    Write,
    Wrong,
)
from cotejo.rules.paper_codes import ALPHABET, PAPER_CODE, RECEIPT_CODE, CodeForm
from cotejo.rules.redress import ClockState, after_working_days

NOW: Millis = 1_795_000_000_000
PERSON = Complainant()
FIRST, SECOND = RedressOfficer(id="1" * 32), RedressOfficer(id="2" * 32)
LODGE = Lodge(request="7" * 32, speaker=Speaker.FAMILY, wrong=(Wrong.NOT_TRUE,), text="It did not happen so.")
ANSWER = ProposeAnswer(outcome=Outcome.UPHELD, reasons="The warrant was withdrawn.")
LIFT = ProposeLift(reasons="The request was withdrawn.")


def play(*steps: tuple[Command, Who]) -> Complaint:
    """Return a complaint after these steps, all of which must be accepted."""
    state = law.START
    for command, who in steps:
        made = law.decide(state, command, who, NOW + state.version)
        assert isinstance(made, Made), made
        state = law.evolve(state, made)
    return state


def refused(state: Complaint, command: Command, who: Who) -> tuple[str, ...]:
    decided = law.decide(state, command, who, NOW)
    assert isinstance(decided, Refused), decided
    return decided.codes


LODGED = play((LODGE, PERSON))
ANSWERED = play((LODGE, PERSON), (ANSWER, FIRST), (ConfirmAnswer(proposal=2), SECOND))

commands = st.one_of(
    st.just(LODGE),
    st.just(Acknowledge()),
    st.builds(AskForDocuments, text=st.just("a paper")),
    st.builds(Write, text=st.just("words")),
    st.builds(AddDocument, document=st.just("d" * 32), mandate=st.booleans()),
    st.builds(PassOn, to=st.just("elsewhere")),
    st.builds(ProposeAnswer, outcome=st.sampled_from(Outcome), reasons=st.just("because")),
    st.builds(ConfirmAnswer, proposal=st.integers(1, 12)),
    st.builds(ProposeLift, reasons=st.just("because")),
    st.builds(ConfirmLift, proposal=st.integers(1, 12)),
)
histories = st.lists(st.tuples(commands, st.sampled_from((PERSON, FIRST, SECOND))), max_size=24)


@given(histories)
@settings(max_examples=60, deadline=None)
def test_i12_a_block_ends_only_when_two_officers_ended_it_after_two_had_answered(
    history: list[tuple[Command, Who]],
) -> None:
    state, kept = LODGED, [Made(version=1, at=NOW, by="", what=LODGE)]
    for command, who in history:
        decided = law.decide(state, command, who, NOW)
        if isinstance(decided, Made):
            kept.append(decided)
            state = law.evolve(state, decided)
    acts = {made.version: made for made in kept}
    if state.blocks:
        assert not any(isinstance(made.what, ConfirmLift) for made in kept)
        return
    for confirmed in (ConfirmAnswer, ConfirmLift):
        (end,) = [made for made in kept if isinstance(made.what, confirmed)]
        proposed = acts[end.what.proposal]  # type: ignore[union-attr]
        assert proposed.by
        assert end.by
        assert end.by != proposed.by


@given(histories)
@settings(max_examples=40, deadline=None)
def test_f65_f66_nothing_anybody_does_moves_the_day_of_the_answer(history: list[tuple[Command, Who]]) -> None:
    state, due = LODGED, LODGED.clock.due
    for command, who in history:
        decided = law.decide(state, command, who, NOW + 5 * DAY)
        state = law.evolve(state, decided) if isinstance(decided, Made) else state
        assert state.clock.due == due


@pytest.mark.parametrize("outcome", list(Outcome))
def test_i12_no_answer_ends_the_block(outcome: Outcome) -> None:
    proposed = ProposeAnswer(outcome=outcome, reasons="r")
    state = play((LODGE, PERSON), (proposed, FIRST), (ConfirmAnswer(proposal=2), SECOND))
    assert state.answer == proposed
    assert state.blocks


def test_whoever_proposed_does_not_confirm_and_what_is_confirmed_is_what_stands() -> None:
    state = play((LODGE, PERSON), (ANSWER, FIRST))
    assert refused(state, ConfirmAnswer(proposal=2), FIRST) == ("complaint.same_officer",)
    assert refused(state, ConfirmAnswer(proposal=1), SECOND) == ("complaint.no_proposal",)
    replaced = play((LODGE, PERSON), (ANSWER, FIRST), (ANSWER, SECOND))
    assert refused(replaced, ConfirmAnswer(proposal=2), FIRST) == ("complaint.no_proposal",)


def test_the_block_ends_after_the_answer_and_by_two() -> None:
    assert refused(LODGED, LIFT, FIRST) == ("complaint.no_answer",)
    version = ANSWERED.version + 1
    proposed = law.evolve(ANSWERED, Made(version=version, at=NOW, by=FIRST.id, what=LIFT))
    assert refused(proposed, ConfirmLift(proposal=version), FIRST) == ("complaint.same_officer",)
    made = law.decide(proposed, ConfirmLift(proposal=version), SECOND, NOW)
    assert isinstance(made, Made)
    closed = law.evolve(proposed, made)
    assert (closed.stage, closed.blocks) == (Stage.CLOSED, False)
    assert refused(closed, Write(text="more"), PERSON) == ("complaint.not_open",)


def test_the_person_takes_no_step_of_the_office_and_the_office_lodges_nothing() -> None:
    steps = (Acknowledge(), AskForDocuments(text="x"), PassOn(to="x"), ANSWER, LIFT, ConfirmAnswer(proposal=2))
    for step in steps:
        assert "complaint.not_yours" in refused(LODGED, step, PERSON)
    assert "complaint.not_yours" in refused(law.START, LODGE, FIRST)


def test_f65_a_mandate_delays_no_block_and_is_asked_for() -> None:
    counsel = Lodge(request="7" * 32, speaker=Speaker.COUNSEL, wrong=(Wrong.OTHER,), text="x")
    state = play((counsel, PERSON))
    assert state.blocks
    assert state.lacks_mandate
    assert not play((counsel, PERSON), (AddDocument(document="d", mandate=True), PERSON)).lacks_mandate
    assert not LODGED.lacks_mandate


def test_everything_missing_is_said_at_once() -> None:
    empty = Lodge(request="7" * 32, speaker=Speaker.PERSON, wrong=(), text=" ")
    assert refused(law.START, empty, PERSON) == ("complaint.nothing_wrong", "complaint.text_missing")
    long = Lodge(request="7" * 32, speaker=Speaker.PERSON, wrong=(Wrong.OTHER,), text="x" * 6_001)
    assert refused(law.START, long, PERSON) == ("complaint.text_long",)


def test_documents_have_a_bound_and_answer_what_was_asked() -> None:
    asked = play((LODGE, PERSON), (AskForDocuments(text="x"), FIRST))
    assert asked.stage is Stage.DOCUMENTS_ASKED
    given_now = play((LODGE, PERSON), (AskForDocuments(text="x"), FIRST), (AddDocument(document="d"), PERSON))
    assert given_now.stage is Stage.IN_REVIEW
    full = play((LODGE, PERSON), *((AddDocument(document="d"), PERSON),) * law.MOST_DOCUMENTS)
    assert refused(full, AddDocument(document="d"), PERSON) == ("complaint.documents",)


def test_f65_overdue_lifts_nothing_and_the_answer_stops_the_clock() -> None:
    due = LODGED.clock.due
    assert LODGED.clock.state(due - 1) is ClockState.RUNNING
    assert LODGED.clock.state(due) is ClockState.OVERDUE
    assert LODGED.blocks
    assert ANSWERED.clock.state(due) is ClockState.CLOSED


@given(st.integers(0, 4_000_000_000_000))
@settings(max_examples=60, deadline=None)
def test_f65_twenty_working_days_are_counted_without_saturdays_and_sundays(moment: Millis) -> None:
    start = datetime.fromtimestamp(moment // 1000, UTC).date()
    end = datetime.fromtimestamp(after_working_days(moment, 20) // 1000, UTC)
    last: date = end.date() - timedelta(days=1)
    days = [start + timedelta(days=each) for each in range(1, (last - start).days + 1)]
    assert sum(1 for each in days if each.weekday() < 5) == 20
    assert last.weekday() < 5
    assert end.time() == datetime.min.time()


@pytest.mark.parametrize("form", [PAPER_CODE, RECEIPT_CODE])
@given(st.binary(min_size=19, max_size=19), st.integers(0, 18), st.sampled_from(ALPHABET))
@settings(max_examples=60, deadline=None)
def test_a_code_is_read_as_written_and_a_single_slip_is_noticed(
    form: CodeForm, drawn: bytes, place: int, other: str
) -> None:
    code = form.make(lambda count: drawn[:count])
    bare = code.replace("-", "")
    for typed in (code, code.lower(), bare, f" {code.replace('0', 'o').replace('1', 'l')} "):
        assert form.read(typed) == bare
    place %= form.symbols
    slipped = bare[:place] + other + bare[place + 1 :]
    assert (form.read(slipped) is not None) == (slipped == bare)


@pytest.mark.parametrize("typed", ["", "-", "U" * 20, "é" * 20, "0" * 10_000, "0" * 19, "\x00" * 20])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert PAPER_CODE.read(typed) is None
