import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import status_list as statuses
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.status_list import SlotState, StatusList, Tolerance

ID = "ab" * 16
NOW = 1_764_000_000_000
D = 600_000  # ten minutes, the life of a status for grave acts
KEY = SigningKey.from_seed(b"s" * 32, Purpose.STATUS)
KEYS = {KEY.key_id: KEY.verifying}

skews = st.integers(0, 120_000)
moves = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(list(SlotState))), max_size=12)


def valid_list(*, slot: int = 3, iat: int = NOW, life: int = D) -> StatusList:
    return statuses.first_list(ID, slots=16, now=iat - 1, life=life).following(
        {slot: SlotState.VALID}, now=iat, life=life
    )


def tolerance(*, skew: int = 0, longest_life: int = D, floor: int = 0) -> Tolerance:
    return Tolerance(skew=skew, longest_life=longest_life, floor=floor)


@settings(max_examples=60, deadline=None)
@given(skews, st.integers(-200_000, 2 * D))
def test_i5_a_status_is_valid_only_while_now_and_skew_lie_before_its_end(skew: int, after: int) -> None:
    status = valid_list()
    refusal = statuses.refusal_of_slot(status, 3, now=NOW + after, tolerance=tolerance(skew=skew))
    assert (refusal is None) == (-skew <= after < D - skew)


@settings(max_examples=60, deadline=None)
@given(skews, st.data())
def test_i5_no_status_is_used_longer_than_its_life_whatever_the_clocks_do(skew: int, data: st.DataObject) -> None:
    """True time t; origin and holder each read it with an error, together within the allowed skew (X1)."""
    origin_error = data.draw(st.integers(-skew, 0) | st.integers(0, skew))
    holder_error = data.draw(st.integers(max(-skew, origin_error - skew), min(skew, origin_error + skew)))
    age = data.draw(st.integers(0, 2 * D))
    status = valid_list(iat=NOW + origin_error)
    holder_now = NOW + age + holder_error
    if statuses.refusal_of_slot(status, 3, now=holder_now, tolerance=tolerance(skew=skew)) is None:
        assert age < D


@settings(max_examples=60, deadline=None)
@given(skews, skews, st.integers(0, 2 * D))
def test_i5_more_tolerance_never_makes_an_ended_status_valid(small: int, more: int, after: int) -> None:
    status = valid_list()
    tight = statuses.refusal_of_slot(status, 3, now=NOW + after, tolerance=tolerance(skew=small))
    if tight is not None:
        assert statuses.refusal_of_slot(status, 3, now=NOW + after, tolerance=tolerance(skew=small + more)) is not None


def test_i5_the_last_moment_is_exclusive() -> None:
    status = valid_list()
    assert statuses.refusal_of_slot(status, 3, now=NOW + D - 1, tolerance=tolerance()) is None
    assert statuses.refusal_of_slot(status, 3, now=NOW + D, tolerance=tolerance()) is Reason.STATUS_EXPIRED
    assert statuses.refusal_of_slot(status, 3, now=NOW + D - 5, tolerance=tolerance(skew=5)) is Reason.STATUS_EXPIRED


def test_i5_the_origin_cannot_make_its_word_last_longer_than_the_receiver_accepts() -> None:
    status = valid_list(life=D + 1)
    assert statuses.refusal_of_list(status, now=NOW, tolerance=tolerance()) is Reason.STATUS_TOO_LONG
    assert statuses.refusal_of_list(valid_list(), now=NOW, tolerance=tolerance()) is None


def test_i5_a_fresh_but_older_list_stays_below_the_floor() -> None:
    status = valid_list()
    assert statuses.refusal_of_list(status, now=NOW, tolerance=tolerance(floor=2)) is None
    assert statuses.refusal_of_list(status, now=NOW, tolerance=tolerance(floor=3)) is Reason.STATUS_BEHIND


def test_i5_a_status_from_the_future_says_nothing() -> None:
    status = valid_list(iat=NOW + 6)
    assert statuses.refusal_of_list(status, now=NOW, tolerance=tolerance(skew=6)) is None
    assert statuses.refusal_of_list(status, now=NOW, tolerance=tolerance(skew=5)) is Reason.STATUS_FROM_THE_FUTURE


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (SlotState.UNUSED, Reason.STATUS_UNUSED_SLOT),
        (SlotState.VALID, None),
        (SlotState.SUSPENDED, Reason.STATUS_SUSPENDED),
        (SlotState.NEVER_AGAIN, Reason.STATUS_NEVER_AGAIN),
    ],
)
def test_i5_only_the_state_valid_is_valid(state: SlotState, reason: Reason | None) -> None:
    status = statuses.first_list(ID, slots=4, now=NOW, life=D).following({2: state}, now=NOW, life=D)
    assert statuses.refusal_of_slot(status, 2, now=NOW, tolerance=tolerance()) is reason
    for outside in (-1, 4, 10**9):
        found = statuses.refusal_of_slot(status, outside, now=NOW, tolerance=tolerance())
        assert found is Reason.STATUS_UNUSED_SLOT


@settings(max_examples=60, deadline=None)
@given(moves)
def test_slots_move_one_way_and_do_not_touch_each_other(steps: list[tuple[int, SlotState]]) -> None:
    status = statuses.first_list(ID, slots=16, now=NOW, life=D)
    expected = dict.fromkeys(range(16), SlotState.UNUSED)
    for at, (slot, state) in enumerate(steps, start=1):
        old = expected[slot]
        allowed = (
            old is SlotState.UNUSED
            or state is old
            or (old is not SlotState.NEVER_AGAIN and state is not SlotState.UNUSED)
        )
        if not allowed:
            with pytest.raises(ProofError) as refused:
                status.following({slot: state}, now=NOW + at, life=D)
            assert refused.value.reason is Reason.STATUS_REWOUND
            continue
        new = status.following({slot: state}, now=NOW + at, life=D)
        assert statuses.refusal_of_successor(status, new) is None
        status, expected[slot] = new, state
    assert {slot: status.state(slot) for slot in range(16)} == expected
    assert StatusList.from_bytes(status.to_bytes()) == status


def test_a_slot_outside_the_list_cannot_be_set() -> None:
    with pytest.raises(ProofError):
        valid_list().following({16: SlotState.VALID}, now=NOW, life=D)


def test_a_receiver_notices_a_list_that_takes_back_what_was_said() -> None:
    ended = valid_list().following({3: SlotState.NEVER_AGAIN}, now=NOW, life=D)
    revived = StatusList(id=ID, n=9, iat=NOW, exp=NOW + D, bits=valid_list().bits)
    shorter = StatusList(id=ID, n=9, iat=NOW, exp=NOW + D, bits=b"")
    other = StatusList(id="cd" * 16, n=9, iat=NOW, exp=NOW + D, bits=ended.bits)
    same_number = StatusList(id=ID, n=ended.n, iat=NOW, exp=NOW + D, bits=revived.bits)
    assert statuses.refusal_of_successor(ended, revived) is Reason.STATUS_REWOUND
    assert statuses.refusal_of_successor(ended, shorter) is Reason.STATUS_REWOUND
    assert statuses.refusal_of_successor(ended, other) is Reason.STATUS_BEHIND
    assert statuses.refusal_of_successor(ended, same_number) is Reason.STATUS_BEHIND
    assert statuses.refusal_of_successor(ended, ended) is None


def test_a_longer_list_may_follow_a_shorter_one() -> None:
    held = valid_list()
    longer = StatusList(id=ID, n=9, iat=NOW, exp=NOW + D, bits=held.bits + bytes(4))
    assert statuses.refusal_of_successor(held, longer) is None


def test_a_signed_list_opens_under_a_status_key_and_its_own_id_only() -> None:
    status = valid_list()
    signed = statuses.sign_status_list(status, KEY)
    assert statuses.open_status_list(signed, KEYS, id_=ID) == status
    with pytest.raises(ProofError):
        statuses.open_status_list(signed, KEYS, id_="cd" * 16)
    with pytest.raises(ProofError) as refused:
        statuses.open_status_list(signed, {}, id_=ID)
    assert refused.value.reason is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"bits":"","exp":2,"iat":1,"id":"%s","n":0}' % ID.encode(),
        b'{"bits":"","exp":1,"iat":1,"id":"%s","n":1}' % ID.encode(),
        b'{"bits":"","exp":2,"iat":-1,"id":"%s","n":1}' % ID.encode(),
        b'{"bits":"","exp":2,"iat":1,"id":"short","n":1}',
        b'{"bits":"","exp":2,"iat":1,"id":"%s","n":true}' % ID.encode(),
        b'{"bits":"","exp":"2","iat":1,"id":"%s","n":1}' % ID.encode(),
        b'{"bits":"=","exp":2,"iat":1,"id":"%s","n":1}' % ID.encode(),
    ],
)
def test_a_malformed_list_is_refused(data: bytes) -> None:
    with pytest.raises(ProofError) as refused:
        StatusList.from_bytes(data)
    assert refused.value.reason is Reason.NOT_EXACT


@pytest.mark.parametrize("values", [(-1, 1, 0), (0, 0, 0), (0, 1, -1)])
def test_a_tolerance_that_makes_no_sense_is_an_error(values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="skew"):
        Tolerance(skew=values[0], longest_life=values[1], floor=values[2])
