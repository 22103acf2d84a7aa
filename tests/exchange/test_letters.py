"""A sealed message opens once, for its addressee only, in its place in the line; all else is refused by name."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.exchange.incoming import LARGEST_ENVELOPE, NotUnderstood, open_letter, open_receipt, place_in_line
from cotejo.exchange.messages import KINDS, ONE_LENGTH, PASSED_ON, kind_of
from cotejo.exchange.outgoing import receipt_content
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import exact, jws
from cotejo.proof.padding import pad
from cotejo.proof.sealing import OVERHEAD, preferred, seal
from cotejo.rules import told
from cotejo.rules.agreement import DAY, MINUTE
from cotejo.rules.receipts import NAMED
from tests.builders.wire import ALBA, BOREAL, NOW, agreement, letter, line, side

WITHDRAWAL = told.Withdrawal(request="r" * 32, version=2, reason="warrant_withdrawn")


def opened(body: bytes, *, by=BOREAL, partners=(ALBA.public,)):
    return open_letter(body, own=by.own, partners=partners)


def refused(call) -> WireRefusal:
    with pytest.raises(WireRefusal) as caught:
        call()
    return caught.value


def test_a_sealed_message_opens_for_its_addressee_and_both_sides_commit_to_the_same_leaf():
    sent = letter(WITHDRAWAL)
    got = opened(sent.body)
    assert got.content == WITHDRAWAL
    assert (got.partner, got.sha256, got.commitment) == ("alba", sent.sha256, sent.commitment)
    assert place_in_line(got, line(), taken_before="", now=NOW)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_altered_byte_is_refused_by_name_and_never_raises_anything_else(data):
    body = bytearray(letter(WITHDRAWAL).body)
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    assert refused(lambda: opened(bytes(body))).reason in {WireReason.UNKNOWN_PARTNER, WireReason.NOT_READABLE}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=4000))
def test_any_bytes_at_all_are_refused_by_name(body):
    assert isinstance(refused(lambda: opened(body)), WireRefusal)


def test_a_message_larger_than_the_exchange_allows_is_refused_unopened():
    assert refused(lambda: opened(b"x" * (LARGEST_ENVELOPE + 1))).reason is WireReason.TOO_LARGE


def test_a_message_for_somebody_else_does_not_open_here():
    cresta = side("cresta")
    body = letter(WITHDRAWAL, to=cresta).body
    assert refused(lambda: opened(body)).reason is WireReason.NOT_READABLE


def test_a_message_sealed_by_a_stranger_is_from_no_partner():
    body = letter(WITHDRAWAL, source=side("cresta")).body
    assert refused(lambda: opened(body)).reason is WireReason.UNKNOWN_PARTNER


def test_a_partner_cannot_speak_under_another_partners_name():
    cresta = side("cresta")
    impostor = side("alba", seed=8)
    body = letter(WITHDRAWAL, source=impostor).body
    assert refused(lambda: opened(body, partners=(ALBA.public, cresta.public))).reason is WireReason.UNKNOWN_KEY


def test_i8_a_repeat_is_recognised_and_other_bytes_under_one_id_are_an_alarm():
    got = opened(letter(WITHDRAWAL).body)
    assert not place_in_line(got, line(1, got.sha256), taken_before=got.sha256, now=NOW)
    alarm = refused(lambda: place_in_line(got, line(1), taken_before="0" * 64, now=NOW))
    assert alarm.reason is WireReason.SAME_NUMBER_OTHER_BYTES


def test_a_gap_names_the_number_it_waits_for():
    gap = refused(lambda: place_in_line(opened(letter(WITHDRAWAL, seq=5).body), line(2), taken_before="", now=NOW))
    assert (gap.reason, gap.expected) == (WireReason.GAP, 3)


def test_an_old_number_with_new_bytes_is_an_alarm():
    late = opened(letter(WITHDRAWAL, seq=2).body)
    alarm = refused(lambda: place_in_line(late, line(2, "b" * 64), taken_before="", now=NOW))
    assert alarm.reason is WireReason.SAME_NUMBER_OTHER_BYTES


def test_a_message_that_does_not_follow_the_one_before_stops_the_line():
    got = opened(letter(WITHDRAWAL, seq=3, prev="c" * 64).body)
    assert refused(lambda: place_in_line(got, line(2, "d" * 64), taken_before="", now=NOW)).reason is (
        WireReason.BROKEN_LINE
    )


def test_f19_a_message_under_another_agreement_or_none_in_force_is_refused():
    other = opened(letter(WITHDRAWAL, agreement="e" * 64).body)
    assert refused(lambda: place_in_line(other, line(), taken_before="", now=NOW)).reason is WireReason.WRONG_AGREEMENT
    ended = line(valid_until=NOW - DAY)
    got = opened(letter(WITHDRAWAL).body)
    assert refused(lambda: place_in_line(got, ended, taken_before="", now=NOW)).reason is WireReason.NO_AGREEMENT


def test_f19_a_message_may_cite_any_agreement_that_has_begun_and_the_one_in_turn_must_be_in_force():
    got = opened(letter(WITHDRAWAL, agreement="a" * 64).body)
    next_one = agreement(hash="b" * 64, valid_from=NOW - 1, valid_until=NOW + DAY)
    two = replace(line(), agreements=(agreement(), next_one))
    assert place_in_line(got, two, taken_before="", now=NOW), "sealed before its sender knew of the next"
    newer = opened(letter(WITHDRAWAL, agreement="b" * 64).body)
    assert place_in_line(newer, two, taken_before="", now=NOW)
    skew = agreement().skew
    early = replace(two, agreements=(agreement(), replace(next_one, valid_from=NOW + skew)))
    assert place_in_line(newer, early, taken_before="", now=NOW), "its clock is ahead within what was agreed"
    too_early = replace(two, agreements=(agreement(), replace(next_one, valid_from=NOW + skew + 1)))
    assert (
        refused(lambda: place_in_line(newer, too_early, taken_before="", now=NOW)).reason is WireReason.WRONG_AGREEMENT
    )
    over = replace(two, agreements=(agreement(), replace(next_one, valid_until=NOW)))
    assert refused(lambda: place_in_line(got, over, taken_before="", now=NOW)).reason is WireReason.NO_AGREEMENT


def test_a_message_from_the_future_is_refused_beyond_the_agreed_skew():
    got = opened(letter(WITHDRAWAL, now=NOW + 2 * MINUTE).body)
    assert refused(lambda: place_in_line(got, line(), taken_before="", now=NOW)).reason is WireReason.FROM_THE_FUTURE
    near = opened(letter(WITHDRAWAL, now=NOW + MINUTE // 2).body)
    assert place_in_line(near, line(), taken_before="", now=NOW)


def test_a_receipt_is_accepted_for_its_own_message_only():
    receipt = letter(
        receipt_content(of="m" * 32, sha256_of="f" * 64, outcome="taken", gaps=()), source=BOREAL, to=ALBA, seq=0
    )
    ask = {"own": ALBA.own, "partner": BOREAL.public}
    assert open_receipt(receipt.body, mid="m" * 32, sha256_sent="f" * 64, **ask).outcome == "taken"
    wrong = refused(lambda: open_receipt(receipt.body, mid="n" * 32, sha256_sent="f" * 64, **ask))
    assert wrong.reason is WireReason.WRONG_RECEIPT


@pytest.mark.parametrize(
    ("outcome", "gaps"),
    [("", ()), ("put off", ()), ("taken" * 9, ()), ("refused", ("x" * 81,)), ("refused", ("",)), ("refused", ("á",))],
)
def test_f55_a_receipt_of_no_outcome_there_is_or_with_gaps_that_are_no_codes_is_none(outcome: str, gaps: tuple):
    made = receipt_content(of="m" * 32, sha256_of="f" * 64, outcome=outcome, gaps=gaps)
    receipt = letter(made, source=BOREAL, to=ALBA, seq=0)
    ask = {"own": ALBA.own, "partner": BOREAL.public, "mid": "m" * 32, "sha256_sent": "f" * 64}
    assert refused(lambda: open_receipt(receipt.body, **ask)).reason is WireReason.WRONG_RECEIPT


ANSWERS = (
    told.Answer(request="a" * 32, period=1, answered=told.Answered.NO_ACTION),
    told.Answer(request="b" * 32, period=900, answered=told.Answered.ACTION_REPORTED),
    told.Sweep(request="a" * 32, version=3),
    told.Receipt(of="c" * 32, sha256="d" * 64, outcome="taken"),
    told.Receipt(of="c" * 32, sha256="d" * 64, outcome="refused", gaps=("evidence", "acts", "judicial_basis")),
)


@pytest.mark.parametrize("content", ANSWERS, ids=lambda content: type(content).__name__)
def test_i6_answers_sweeps_and_receipts_each_have_one_sealed_length(content):
    size = ONE_LENGTH[kind_of(content)]
    assert len(letter(content).body) == size + max(OVERHEAD.values())


def test_i8_the_receipt_that_names_every_gap_there_is_fits_between_the_longest_names():
    """One that did not fit could not be given, and its line would stop for ever."""
    one, other = side("a" * 63), side("b" * 63)
    full = told.Receipt(of="c" * 32, sha256="d" * 64, outcome="refused", gaps=tuple(sorted(NAMED)))
    sealed = letter(full, source=one, to=other)
    assert len(sealed.body) == len(letter(ANSWERS[-1]).body)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"v": 2, "for": "what version 2 is for"}, WireReason.UNKNOWN_VERSION),
        ({"v": 1, "for": "no version"}, WireReason.WRONG_BODY),
        ({"v": "2"}, WireReason.WRONG_BODY),
        ({}, WireReason.WRONG_BODY),
        ([], WireReason.WRONG_BODY),
    ],
)
def test_claims_of_another_form_are_refused_by_their_version_where_they_say_one(claims: object, reason: WireReason):
    signed = jws.sign(exact.to_bytes(claims), ALBA.own.message, typ=jws.Typ.MESSAGE)
    sealed = seal(pad(signed), to=preferred(BOREAL.public.sealing), issuer="alba", addressee="boreal")
    assert refused(lambda: opened(sealed)).reason is reason


def test_every_kind_names_one_content_record_and_no_record_has_two_kinds():
    passed_on = {form for forms in PASSED_ON.values() for form in forms}
    contents = {*KINDS.values(), *passed_on}
    assert contents == set(get_args(told.Content))
    assert len(KINDS) + len(passed_on) == len(contents)
    assert set(PASSED_ON) < set(KINDS)


@pytest.mark.parametrize("reason", WireReason, ids=lambda reason: reason.code)
def test_every_refusal_has_a_sentence_in_both_languages(reason):
    assert reason.value.en.endswith(".")
    assert reason.value.es.endswith(".")


@pytest.mark.parametrize(
    "said",
    [
        told.Withdrawal(request="r" * 2000, version=1, reason="acquitted"),
        told.Withdrawal(request="r\0r", version=1, reason="acquitted"),
        told.Withdrawal(request="r" * 32, version=2**31 - 1, reason="acquitted"),
        told.Questions(request="r" * 32, version=1, asked=(("what", "a\0b"),)),
        told.AfterHandover(request="r" * 32, report="landed", at=NOW, place="Villa Clara"),  # type: ignore[arg-type]
    ],
)
def test_f54_what_no_memory_can_keep_takes_its_place_without_effect_and_is_never_an_error_half_way(said):
    got = opened(letter(said).body)
    assert isinstance(got.content, NotUnderstood)
    assert got.content.reason is WireReason.WRONG_BODY
    assert place_in_line(got, line(), taken_before="", now=NOW)
