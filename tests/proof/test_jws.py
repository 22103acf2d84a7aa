import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import exact, jws
from cotejo.proof.jws import Typ
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.refusals import ProofError, Reason

KEY = SigningKey.from_seed(b"m" * 32, Purpose.MESSAGE)
OTHER = SigningKey.from_seed(b"o" * 32, Purpose.MESSAGE)
KEYS = {KEY.key_id: KEY.verifying}
HEADER: dict[str, Any] = {"alg": "Ed25519", "kid": KEY.key_id, "typ": "cotejo-message+jws"}


def b64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def made(header: object, payload: bytes = b"{}", key: SigningKey = KEY) -> bytes:
    """Return a JWS with any header, correctly signed, as a lying partner could make it."""
    raw = header if isinstance(header, bytes) else json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    signed = b64(raw) + b"." + b64(payload)
    return signed + b"." + b64(key.sign(signed))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_the_signed_bytes_come_back_unchanged(payload: bytes) -> None:
    compact = jws.sign(payload, KEY, typ=Typ.MESSAGE)
    verified = jws.verify(compact, KEYS, typ=Typ.MESSAGE)
    assert (verified.payload, verified.key) == (payload, KEY.verifying)
    assert compact == jws.sign(payload, KEY, typ=Typ.MESSAGE) == made(HEADER, payload)


def test_the_largest_message_can_be_signed_and_a_larger_one_cannot() -> None:
    content = b"x" * 98_000
    assert jws.verify(jws.sign(content, KEY, typ=Typ.MESSAGE), KEYS, typ=Typ.MESSAGE).payload == content
    for size in (98_304, 200_000):
        with pytest.raises((ProofError, ValueError)) as refused:
            jws.sign(b"x" * size, KEY, typ=Typ.MESSAGE)
        assert isinstance(refused.value, ProofError)
        assert refused.value.reason is Reason.TOO_LARGE


GOOD = jws.sign(b'{"a":1}', KEY, typ=Typ.MESSAGE)
REFUSALS: list[tuple[str, Callable[[], bytes], Reason]] = [
    ("no algorithm", lambda: made(HEADER | {"alg": "none"}), Reason.FORBIDDEN_ALGORITHM),
    ("shared secret", lambda: made(HEADER | {"alg": "HS256"}), Reason.FORBIDDEN_ALGORITHM),
    ("older name of the algorithm", lambda: made(HEADER | {"alg": "EdDSA"}), Reason.FORBIDDEN_ALGORITHM),
    ("another type", lambda: made(HEADER | {"typ": "cotejo-status-list+jws"}), Reason.WRONG_TYPE),
    ("a key not published", lambda: made(HEADER | {"kid": OTHER.key_id}, key=OTHER), Reason.UNKNOWN_KEY),
    ("another key under our id", lambda: made(HEADER, key=OTHER), Reason.BAD_SIGNATURE),
    ("a field more", lambda: made(HEADER | {"crit": ["b64"], "b64": False}), Reason.NOT_EXACT),
    ("a key inside", lambda: made(HEADER | {"jwk": {}}), Reason.NOT_EXACT),
    ("no type", lambda: made({"alg": "Ed25519", "kid": KEY.key_id}), Reason.NOT_EXACT),
    ("a number as key id", lambda: made(HEADER | {"kid": 7}), Reason.NOT_EXACT),
    ("white space", lambda: made(json.dumps(HEADER).encode()), Reason.NOT_EXACT),
    ("a list as header", lambda: made([]), Reason.NOT_EXACT),
    ("two parts", lambda: GOOD.rpartition(b".")[0], Reason.NOT_EXACT),
    ("four parts", lambda: GOOD + b".", Reason.NOT_EXACT),
    ("truncated", lambda: GOOD[:-2], Reason.BAD_SIGNATURE),
    ("padded base64", lambda: GOOD + b"==", Reason.NOT_EXACT),
    ("other letters", lambda: GOOD + "ñ".encode(), Reason.NOT_EXACT),
    ("no signature", lambda: GOOD.rpartition(b".")[0] + b".", Reason.BAD_SIGNATURE),
    ("nothing", lambda: b"", Reason.NOT_EXACT),
    ("too large", lambda: b"a" * (jws.LARGEST + 1), Reason.TOO_LARGE),
]


@pytest.mark.parametrize(("make", "reason"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_partner_that_bends_the_form_is_refused(make: Callable[[], bytes], reason: Reason) -> None:
    with pytest.raises(ProofError) as refused:
        jws.verify(make(), KEYS, typ=Typ.MESSAGE)
    assert refused.value.reason is reason


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(at: int, change: int) -> None:
    changed = GOOD[:at] + bytes((GOOD[at] ^ change,)) + GOOD[at + 1 :]
    with pytest.raises(ProofError):
        jws.verify(changed, KEYS, typ=Typ.MESSAGE)


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.MESSAGE])
def test_a_key_of_another_purpose_neither_signs_nor_is_believed(purpose: Purpose) -> None:
    key = SigningKey.from_seed(b"m" * 32, purpose)
    with pytest.raises(ProofError) as refused:
        jws.sign(b"{}", key, typ=Typ.MESSAGE)
    assert refused.value.reason is Reason.WRONG_PURPOSE
    forged = made(HEADER | {"kid": key.key_id}, key=key)
    with pytest.raises(ProofError) as refused:
        jws.verify(forged, {key.key_id: key.verifying}, typ=Typ.MESSAGE)
    assert refused.value.reason is Reason.WRONG_PURPOSE


def test_the_example_of_rfc_8037_verifies_when_checked_by_our_key_type() -> None:
    """RFC 8037, appendix A.4: the signature over its signing input, under the key of A.2."""
    public = exact.from_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    signing_input = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    signature = exact.from_base64url(
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )
    type(KEY.verifying)(purpose=Purpose.MESSAGE, public=public).verify(signature, signing_input)
