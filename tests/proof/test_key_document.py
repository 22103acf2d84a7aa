import json
import random
import ssl
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from cotejo.proof import certificates, exact, jws
from cotejo.proof import key_document as documents
from cotejo.proof.key_document import KeyDocument, PublishedKey, PublishedSealingKey, World
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import OpeningKey, Suite
from tests.builders.mutated import mutated

NOW = 1_764_000_000_000
YEAR = 31_536_000_000
ROOT, NEW_ROOT = (SigningKey.from_seed(seed, Purpose.ROOT) for seed in (b"r" * 32, b"n" * 32))
CA = certificates.make_authority(b"t" * 32, name="alba", not_before=NOW, not_after=NOW + YEAR).pem


def published(purpose: Purpose, seed: bytes = b"k" * 32, until: int = NOW + YEAR) -> PublishedKey:
    return PublishedKey(key=SigningKey.from_seed(seed, purpose).verifying, until=until)


def sealing_key(suite: Suite, until: int = NOW + YEAR) -> PublishedSealingKey:
    return PublishedSealingKey(key=OpeningKey.from_seed(b"e" * 32, suite).sealing, until=until)


FIRST = KeyDocument(
    name="alba",
    world=World.INVENTED,
    version=1,
    issued=NOW,
    expires=NOW + YEAR,
    root=ROOT.verifying,
    keys=tuple(published(purpose) for purpose in (Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS)),
    sealing=(sealing_key(Suite.X25519), sealing_key(Suite.MLKEM768_X25519)),
    tls_ca=CA,
    url="https://127.0.0.1:8443/exchange/v1",
)


def following(**changes: Any) -> KeyDocument:
    return replace(FIRST, **({"version": 2, "previous": FIRST.digest(), "issued": NOW + 1} | changes))


def broken(data: bytes) -> Reason:
    with pytest.raises(ProofError) as refused:
        documents.follow_key_document(FIRST, data)
    return refused.value.reason


def test_a_self_signed_document_reads_back_and_has_a_fingerprint() -> None:
    signed = documents.sign_key_document(FIRST, ROOT)
    opened = documents.open_key_document(signed)
    assert opened == FIRST
    assert opened.fingerprint() == FIRST.fingerprint() != following().fingerprint()


def test_the_next_version_is_followed_under_the_same_root() -> None:
    second = following(keys=(published(Purpose.MESSAGE, b"2" * 32),))
    assert documents.follow_key_document(FIRST, documents.sign_key_document(second, ROOT)) == second


def test_a_new_root_is_followed_only_when_the_old_root_signs_too() -> None:
    second = following(root=NEW_ROOT.verifying)
    both = documents.sign_key_document(second, NEW_ROOT, old_root=ROOT)
    assert documents.follow_key_document(FIRST, both) == second
    assert broken(documents.sign_key_document(second, NEW_ROOT)) is Reason.KEY_DOCUMENT_BROKEN_LINE


def test_signatures_over_two_different_documents_do_not_add_up() -> None:
    honest = documents.sign_key_document(following(), ROOT)
    theirs = documents.sign_key_document(following(root=NEW_ROOT.verifying), NEW_ROOT)
    assert broken(theirs + b"\n" + honest) is Reason.KEY_DOCUMENT_BROKEN_LINE


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 3},
        {"name": "boreal"},
        {"world": World.REAL},
        {"previous": "00" * 32},
        {"issued": NOW - 1},
    ],
)
def test_a_version_that_does_not_continue_the_line_is_refused(changes: dict[str, Any]) -> None:
    assert broken(documents.sign_key_document(following(**changes), ROOT)) is Reason.KEY_DOCUMENT_BROKEN_LINE


def test_the_same_version_again_is_not_a_next_version() -> None:
    assert broken(documents.sign_key_document(FIRST, ROOT)) is Reason.KEY_DOCUMENT_BROKEN_LINE


def test_a_document_signed_by_a_root_it_does_not_name_is_refused() -> None:
    with pytest.raises(ProofError):
        documents.sign_key_document(FIRST, NEW_ROOT)
    forged = jws.sign(FIRST.to_bytes(), NEW_ROOT, typ=jws.Typ.KEY_DOCUMENT)
    with pytest.raises(ProofError) as refused:
        documents.open_key_document(forged)
    assert refused.value.reason is Reason.UNKNOWN_KEY
    signed = documents.sign_key_document(FIRST, ROOT)
    with pytest.raises(ProofError) as refused:
        documents.open_key_document(b"\n".join([signed] * 3))
    assert refused.value.reason is Reason.NOT_EXACT
    with pytest.raises(ProofError) as refused:
        documents.open_key_document(signed[:-2])
    assert refused.value.reason is Reason.BAD_SIGNATURE


def test_keys_are_given_by_purpose_until_their_last_moment() -> None:
    ending = published(Purpose.MESSAGE, b"o" * 32, until=NOW + 10)
    document = replace(FIRST, keys=(*FIRST.keys, ending))
    assert set(document.verifying_keys(Purpose.MESSAGE, now=NOW + 9)) == {
        FIRST.keys[0].key.key_id,
        ending.key.key_id,
    }
    assert set(document.verifying_keys(Purpose.MESSAGE, now=NOW + 10)) == {FIRST.keys[0].key.key_id}
    assert [key.suite for key in document.sealing_keys(now=NOW)] == [Suite.X25519, Suite.MLKEM768_X25519]
    short = replace(FIRST, sealing=(sealing_key(Suite.X25519, until=NOW + 1),))
    assert short.sealing_keys(now=NOW + 1) == ()


def test_an_expired_document_gives_no_key() -> None:
    for ask in (
        lambda: FIRST.verifying_keys(Purpose.MESSAGE, now=NOW + YEAR),
        lambda: FIRST.sealing_keys(now=NOW + YEAR),
    ):
        with pytest.raises(ProofError) as refused:
            ask()
        assert refused.value.reason is Reason.KEY_DOCUMENT_EXPIRED


def test_the_log_key_carries_the_name_of_the_log() -> None:
    assert FIRST.log_key("link/boreal", now=NOW).name == "alba/link/boreal"
    with pytest.raises(ProofError) as refused:
        replace(FIRST, keys=()).log_key("house", now=NOW)
    assert refused.value.reason is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Alba"},
        {"name": "0123456789abcdef" * 2},
        {"name": ""},
        {"name": "alba/house"},
        {"version": 0},
        {"expires": NOW},
        {"root": VerifyingKey(purpose=Purpose.LOG, public=ROOT.verifying.public)},
        {"keys": (published(Purpose.MESSAGE), published(Purpose.MESSAGE))},
        {"keys": (published(Purpose.ROOT),)},
        {"sealing": ()},
        {"url": "http://127.0.0.1/"},
        {"url": "https://user@host/"},
        {"url": "https://host:port/"},
        {"url": "https://host-.example/"},
        {"url": "https://["},
        {"previous": "00" * 32},
        {"tls_ca": "no certificate"},
        {"tls_ca": CA + CA},
    ],
)
def test_a_document_that_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProofError) as refused:
        replace(FIRST, **changes)
    assert refused.value.reason is Reason.NOT_EXACT


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ProofError) as refused:
        replace(FIRST, name="Alba", url="ftp://x", version=0)
    assert refused.value.detail.count(";") == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("v", True),
        ("name", 7),
        ("world", "other"),
        ("version", "1"),
        ("version", True),
        ("root", "00"),
        ("keys", {}),
        ("keys", [{"purpose": "message"}]),
        ("keys", [{"purpose": "other", "public": ROOT.verifying.public.hex(), "until": 1}]),
        ("sealing", [{"suite": 9, "public": "00", "until": 1}]),
        ("sealing", [{"suite": 1, "public": "0", "until": 1}]),
        ("sealing", [None]),
    ],
)
def test_a_field_of_another_kind_is_refused(field: str, value: Any) -> None:
    fields = json.loads(FIRST.to_bytes()) | {field: value}
    with pytest.raises(ProofError) as refused:
        KeyDocument.from_bytes(exact.to_bytes(fields))
    assert refused.value.reason is Reason.NOT_EXACT


def test_x11_a_key_that_was_in_other_hands_counts_until_the_moment_named_and_stays_named() -> None:
    stolen = FIRST.keys[0].key
    second = following(revoked=(documents.Revoked(key=stolen.key_id, invalid_after=NOW + 10),))
    opened = documents.follow_key_document(FIRST, documents.sign_key_document(second, ROOT))
    assert opened == second
    assert stolen.key_id in opened.verifying_keys(Purpose.MESSAGE, now=NOW + 9)
    assert opened.verifying_keys(Purpose.MESSAGE, now=NOW + 10) == {}
    assert opened.verifying_keys(Purpose.STATUS, now=NOW + 10)
    seal = FIRST.sealing[0].key
    sealed = replace(second, revoked=(documents.Revoked(key=seal.key_id, invalid_after=NOW),))
    assert seal not in sealed.sealing_keys(now=NOW)


def test_a_document_without_a_stolen_key_is_spelled_as_ever() -> None:
    assert b'"revoked"' not in FIRST.to_bytes()
    named = following(revoked=(documents.Revoked(key="0" * 32, invalid_after=1),))
    assert json.loads(named.to_bytes())["v"] == 2


def test_a_form_that_does_not_fit_what_it_names_is_refused() -> None:
    fields = json.loads(following(revoked=(documents.Revoked(key="0" * 32, invalid_after=1),)).to_bytes())
    for wrong in (fields | {"v": 1}, fields | {"revoked": []}, fields | {"revoked": [{"key": "0" * 32}]}):
        with pytest.raises(ProofError):
            KeyDocument.from_bytes(exact.to_bytes(wrong))


def test_two_tls_authorities_may_overlap_and_no_more() -> None:
    other = certificates.make_authority(b"u" * 32, name="alba", not_before=NOW, not_after=NOW + YEAR).pem
    assert replace(FIRST, tls_ca=CA + other).tls_ca.count("BEGIN") == 2
    with pytest.raises(ProofError):
        replace(FIRST, tls_ca=CA + other + CA)


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
def test_fuzz_any_bytes_as_an_authority_are_a_certificate_or_refused_by_name() -> None:
    whole = ssl.PEM_cert_to_DER_cert(CA)
    chance = random.Random(4)
    wrong_version = whole.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020122"), 1)
    for number in range(400):
        der = wrong_version if not number else mutated(whole, chance)
        with suppress(ProofError):
            replace(FIRST, tls_ca=ssl.DER_cert_to_PEM_cert(der))
    with pytest.raises(ProofError):
        replace(FIRST, tls_ca=ssl.DER_cert_to_PEM_cert(wrong_version))
