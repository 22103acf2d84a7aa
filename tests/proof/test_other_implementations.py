"""What we seal and sign, others open and verify, and the reverse: `pyhpke` and `jwcrypto` as second opinions."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jwcrypto import jwk as other_jwk
from jwcrypto import jws as other_jws
from jwcrypto.common import base64url_encode
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey
from pyhpke.exceptions import OpenError

from cotejo.proof import jws
from cotejo.proof.exact import framed
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.parts import PART_CONTENT, open_document, part_name, seal_document
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import HEADER_SIZE, OpeningKey, Suite, Use, open_sealed, seal

FEW = settings(max_examples=30, deadline=None)
HPKE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
OPENING = OpeningKey.from_seed(b"o" * 32, Suite.X25519)
KEYS = {OPENING.key_id: OPENING}
ENCAPSULATED = 32
SIGNING = SigningKey.from_seed(b"s" * 32, Purpose.MESSAGE)
VERIFYING = {SIGNING.key_id: SIGNING.verifying}
PUBLIC = other_jwk.JWK(kty="OKP", crv="Ed25519", x=base64url_encode(SIGNING.verifying.public))
PRIVATE = other_jwk.JWK(
    kty="OKP",
    crv="Ed25519",
    x=base64url_encode(SIGNING.verifying.public),
    d=base64url_encode(SIGNING.private.private_bytes_raw()),
)
HEADER = {"alg": "Ed25519", "kid": SIGNING.key_id, "typ": "cotejo-message+jws"}


# Sealing


def info(issuer: str = "alba", addressee: str = "boreal", use: str = "message") -> bytes:
    """Return what a seal is bound to, as docs/protocol.md says it."""
    words = ("CTJ1", use, "X25519", OPENING.key_id, issuer, addressee)
    return b"".join(len(word).to_bytes(8, "big") + word.encode() for word in words)


def others_key() -> Any:
    private: Any = OPENING.private
    return KEMKey.from_pyca_cryptography_key(private)


def opened_by_others(envelope: bytes, bound_to: bytes) -> bytes:
    sealed = envelope[HEADER_SIZE:]
    context = HPKE.create_recipient_context(sealed[:ENCAPSULATED], others_key(), info=bound_to)
    content: bytes = context.open(sealed[ENCAPSULATED:], aad=b"")
    return content


def sealed_by_others(content: bytes, bound_to: bytes) -> bytes:
    private: Any = OPENING.private
    encapsulated, context = HPKE.create_sender_context(
        KEMKey.from_pyca_cryptography_key(private.public_key()), info=bound_to
    )
    return b"CTJ1\x01" + bytes.fromhex(OPENING.key_id) + encapsulated + context.seal(content, aad=b"")


def test_what_a_seal_is_bound_to_is_what_the_protocol_says():
    assert info() == framed(b"CTJ1", b"message", b"X25519", OPENING.key_id.encode(), b"alba", b"boreal")


@FEW
@given(st.binary(max_size=4096), st.sampled_from([("message", Use.MESSAGE), ("document-part", Use.DOCUMENT_PART)]))
def test_another_hpke_opens_what_we_seal_and_we_open_what_it_seals(content, use):
    name, ours = use
    sealed = seal(content, to=OPENING.sealing, issuer="alba", addressee="boreal", use=ours)
    assert opened_by_others(sealed, info(use=name)) == content
    theirs = sealed_by_others(content, info(use=name))
    assert open_sealed(theirs, keys=KEYS, issuer="alba", addressee="boreal", use=ours) == content


@pytest.mark.parametrize(
    "wrong", [info(issuer="cresta"), info(addressee="cresta"), info(use="document-part"), info("boreal", "alba"), b""]
)
def test_bound_to_something_else_neither_opens_the_others(wrong):
    sealed = seal(b"content", to=OPENING.sealing, issuer="alba", addressee="boreal")
    with pytest.raises(OpenError):
        opened_by_others(sealed, wrong)
    with pytest.raises(ProofError) as refused:
        open_sealed(sealed_by_others(b"content", wrong), keys=KEYS, issuer="alba", addressee="boreal")
    assert refused.value.reason is Reason.NOT_OPENED


def test_a_document_cut_and_sealed_by_us_is_put_together_by_others_and_the_reverse():
    document = bytes(range(256)) * (PART_CONTENT // 256 + 7)
    joined = b""
    for number, part in enumerate(seal_document(document, to=OPENING.sealing, issuer="alba", addressee="boreal")):
        padded = opened_by_others(part.sealed, info(use="document-part"))
        content = padded[4 : 4 + int.from_bytes(padded[:4], "big")]
        assert (int.from_bytes(content[32:36], "big"), int.from_bytes(content[36:40], "big")) == (number, 2)
        joined += content[40:]
    assert joined == document

    whole = hashlib.sha256(b"short").digest()
    padded = (45).to_bytes(4, "big") + whole + bytes(4) + (1).to_bytes(4, "big") + b"short"
    sealed = sealed_by_others(padded.ljust(128 * 1024, b"\0"), info(use="document-part"))
    name = part_name(sealed)
    found = open_document(
        (name,), {name: sealed}, sha256_of_document=whole, keys=KEYS, issuer="alba", addressee="boreal"
    )
    assert found == b"short"


# Signing


def signed_by_others(payload: bytes, header: object) -> bytes:
    text = header if isinstance(header, str) else json.dumps(header, sort_keys=True, separators=(",", ":"))
    token = other_jws.JWS(payload)
    token.allowed_algs = ["Ed25519", "EdDSA", "HS256"]
    token.add_signature(PRIVATE, None, text)
    compact: str = token.serialize(compact=True)
    return compact.encode()


def refused(compact: bytes) -> Reason:
    with pytest.raises(ProofError) as caught:
        jws.verify(compact, VERIFYING, typ=jws.Typ.MESSAGE)
    return caught.value.reason


@FEW
@given(st.binary(max_size=2000))
def test_another_jws_verifies_what_we_sign_and_makes_the_same_bytes(payload):
    compact = jws.sign(payload, SIGNING, typ=jws.Typ.MESSAGE)
    token = other_jws.JWS()
    token.allowed_algs = ["Ed25519"]
    token.deserialize(compact.decode(), PUBLIC)
    assert token.payload == payload
    assert json.loads(token.objects["protected"]) == HEADER
    assert signed_by_others(payload, HEADER) == compact
    assert jws.verify(signed_by_others(payload, HEADER), VERIFYING, typ=jws.Typ.MESSAGE).payload == payload


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({**HEADER, "alg": "EdDSA"}, Reason.FORBIDDEN_ALGORITHM),
        ({**HEADER, "zip": "DEF"}, Reason.NOT_EXACT),
        ({**HEADER, "jku": "https://alba.example/keys"}, Reason.NOT_EXACT),
        ({**HEADER, "kid": "0" * 32}, Reason.UNKNOWN_KEY),
        ({**HEADER, "typ": "JWT"}, Reason.WRONG_TYPE),
        ({"alg": "Ed25519", "kid": SIGNING.key_id}, Reason.NOT_EXACT),
        (json.dumps(HEADER), Reason.NOT_EXACT),
        (json.dumps(dict(reversed(HEADER.items())), separators=(",", ":")), Reason.NOT_EXACT),
        (json.dumps(HEADER, separators=(",", ":")).replace("Ed", "\\u0045d"), Reason.NOT_EXACT),
    ],
)
def test_a_header_another_library_signs_and_we_do_not_allow_is_refused_by_name(header, reason):
    assert refused(signed_by_others(b"{}", header)) is reason


def by_hand(header: str, payload: str = "{}") -> bytes:
    """Sign any header at all, such as no library would write."""
    first = f"{base64url_encode(header)}.{base64url_encode(payload)}".encode()
    return first + b"." + base64url_encode(SIGNING.sign(first)).encode()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (f'{{"alg":"none","kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}', Reason.FORBIDDEN_ALGORITHM),
        (f'{{"alg":"ES256","kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}', Reason.FORBIDDEN_ALGORITHM),
        (f'{{"alg":"Ed25519","alg":"Ed25519","kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}', Reason.NOT_EXACT),
        (
            f'{{"alg":"Ed25519","b64":false,"crit":["b64"],"kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}',
            Reason.NOT_EXACT,
        ),
        (f'{{"alg":"Ed25519","crit":[],"kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}', Reason.NOT_EXACT),
    ],
)
def test_a_header_no_library_would_write_is_refused_by_name(header, reason):
    assert refused(by_hand(header)) is reason


def test_the_unsecured_form_is_refused_whatever_stands_in_place_of_the_signature():
    header = f'{{"alg":"none","kid":"{SIGNING.key_id}","typ":"cotejo-message+jws"}}'
    for end in ("", "AA", base64url_encode(bytes(64))):
        compact = f"{base64url_encode(header)}.{base64url_encode('{}')}.{end}".encode()
        assert refused(compact) is Reason.FORBIDDEN_ALGORITHM
