"""An appointment is one exact text, signed by the body it names, and can be taken for nothing else a witness signs."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof.appointments import Appointment, Revocation, hash_of, open_signed, sign_text, text_of
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey, cosign_note, read_note
from cotejo.proof.refusals import ProofError, Reason
from tests.builders.appointing import BODY, KEY, NAME, OTHER, OTHER_KEY, appointed, appointment, revoked

BODIES = (NoteKey.from_text(OTHER), NoteKey.from_text(BODY))
VALUES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P"), include_characters=" "), min_size=1, max_size=40
).map(str.strip)


def test_what_is_signed_is_a_text_a_person_can_read() -> None:
    assert text_of(appointment()) == (
        "cotejo/appointment/v1\nnode boreal\naccount p.auditor\nperson P. Auditor\nbody ombudsman.invalid\n"
        "since 2020-01-01\nuntil 2090-01-01\n"
    )
    assert text_of(Revocation(node="b", account="c", body=NAME, appointment="0" * 64)) == (
        f"cotejo/revocation/v1\nnode b\naccount c\nbody {NAME}\nappointment {'0' * 64}\n"
    )


def test_it_opens_under_the_key_of_the_body_it_names_and_no_other() -> None:
    assert open_signed(appointed(), Appointment, BODIES) == (appointment(), BODIES[1])
    assert open_signed(revoked(), Revocation, BODIES)[1] == BODIES[1]
    for signed in (appointed(key=OTHER_KEY), appointed(body="other.invalid")):
        assert open_signed(signed, Appointment, BODIES)[1] is None
    assert open_signed(appointed(), Appointment, BODIES[:1])[1] is None


def test_f61_a_confirmation_of_a_log_is_no_signature_under_an_appointment() -> None:
    text = text_of(appointment())
    line = cosign_note(text, name=NAME, key=KEY, now=0)
    for signature in (line.signature, line.signature[8:]):
        note = read_note(appointed())
        false = replace(note, lines=(replace(note.lines[0], signature=signature),))
        assert open_signed(false.to_bytes(), Appointment, BODIES)[1] is None


@settings(max_examples=50, deadline=None)
@given(person=VALUES.filter(bool), flip=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_f61_an_appointment_with_one_bit_changed_appoints_nobody(person: str, flip: int, bit: int) -> None:
    signed = appointed(person=person)
    assert open_signed(signed, Appointment, BODIES)[0].person == person
    at = flip % len(signed)
    changed = signed[:at] + bytes((signed[at] ^ (1 << bit),)) + signed[at + 1 :]
    try:
        said, by = open_signed(changed, Appointment, BODIES)
    except ProofError:
        return
    assert by is None or (hash_of(said) == hash_of(appointment(person=person)) and by.text() == BODY)


@pytest.mark.parametrize(
    "changed",
    [
        {"node": ""},
        {"person": " P. Auditor"},
        {"person": "P.\nuntil 2099-01-01"},
        {"account": "x" * 121},
        {"since": "2026-13-01"},
        {"since": "20260101"},
        {"since": "2090-01-01"},
    ],
)
def test_values_no_text_may_hold_are_refused_before_anything_is_signed(changed: dict[str, str]) -> None:
    with pytest.raises(ProofError):
        appointed(**changed)


def test_other_texts_and_other_keys_are_refused_by_name() -> None:
    with pytest.raises(ProofError) as refused:
        sign_text(appointment(), SigningKey.from_seed(b"l" * 32, Purpose.LOG))
    assert refused.value.reason is Reason.WRONG_PURPOSE
    for data, reason in (
        (revoked(), Reason.NOT_EXACT),
        (appointed().replace(b"since 2020", b"since  2020"), Reason.NOT_EXACT),
        (b"no note", Reason.BAD_CHECKPOINT),
        (b"x" * 5000, Reason.TOO_LARGE),
    ):
        with pytest.raises(ProofError) as refused:
            open_signed(data, Appointment, BODIES)
        assert refused.value.reason is reason
    with pytest.raises(ProofError):
        revoked(appointment="AB" * 32)
