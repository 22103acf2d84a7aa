"""The published vectors hold: another implementation that follows them can talk to this one."""

import json
import os
import subprocess
import sys

import pytest

from cotejo.exchange.agreements import open_agreement
from cotejo.exchange.incoming import open_letter
from cotejo.exchange.keyring import OwnKeys, keys_of
from cotejo.exchange.reconciling import floors_of, line_held, outcomes_of
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import jws, records
from cotejo.proof.checkpoint import open_checkpoint
from cotejo.proof.commitments import verify_content
from cotejo.proof.key_document import open_key_document
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.notes import NoteKey, read_note
from cotejo.proof.sealing import OpeningKey, Suite
from cotejo.proof.status_list import open_status_list
from cotejo.rules.agreement import RenewableAgreement
from cotejo.rules.line import LineMessage
from cotejo.rules.succession import against_following
from cotejo.rules.told import Reconciliation, Withdrawal
from tests.docs.pages import ROOT

VECTORS = json.loads((ROOT / "docs/vectors/exchange-1.json").read_text(encoding="utf-8"))
NOW = VECTORS["now"]
ISSUER = open_key_document(VECTORS["key_document"]["signed"].encode())
SUITES = pytest.mark.parametrize("suite", list(Suite), ids=lambda suite: suite.name)


def seed(word: str) -> bytes:
    return bytes.fromhex(VECTORS["seeds"][word])


def addressee(suite: Suite) -> OwnKeys:
    opening = OpeningKey.from_seed(seed(f"boreal/{suite.name.lower()}"), suite)
    assert opening.key_id == VECTORS["opening_key_ids"][suite.name]
    return OwnKeys(
        node="boreal",
        message=SigningKey.from_seed(bytes(32), Purpose.MESSAGE),
        status=SigningKey.from_seed(bytes(32), Purpose.STATUS),
        opening={opening.key_id: opening},
    )


@SUITES
def test_a_published_envelope_opens_to_the_published_claims(suite):
    said = VECTORS["message"]
    opened = open_letter(
        bytes.fromhex(said["envelopes"][suite.name]),
        own=addressee(suite),
        partners=(keys_of(ISSUER, now=NOW),),
    )
    assert opened.content == Withdrawal(request=opened.claims.rid, version=2, reason="no_longer_needed")
    assert (opened.sha256, opened.commitment) == (said["sha256"], said["commitment"])
    assert (
        jws.verify(said["signed"].encode(), keys_of(ISSUER, now=NOW).message, typ=jws.Typ.MESSAGE).payload
        == said["claims"].encode()
    )
    verify_content(said["leaf"].encode(), salt=bytes.fromhex(opened.claims.salt), content=said["signed"].encode())


@SUITES
def test_a_published_envelope_with_one_bit_changed_opens_to_nothing(suite):
    envelope = bytearray.fromhex(VECTORS["message"]["envelopes"][suite.name])
    envelope[-1] ^= 1
    with pytest.raises(WireRefusal) as refused:
        open_letter(bytes(envelope), own=addressee(suite), partners=(keys_of(ISSUER, now=NOW),))
    assert refused.value.reason is WireReason.UNKNOWN_PARTNER


@pytest.mark.parametrize("name", ["agreement", "next_agreement"])
def test_the_published_agreements_carry_both_roots_signatures_over_their_bytes(name):
    said = VECTORS[name]
    roots = [SigningKey.from_seed(seed(f"{node}/root"), Purpose.ROOT).verifying for node in ("alba", "boreal")]
    known: dict[str, VerifyingKey] = {key.key_id: key for key in roots}
    verified = [jws.verify(text.encode(), known, typ=jws.Typ.AGREEMENT) for text in said["signed"]]
    assert {each.payload for each in verified} == {said["bytes"].encode()}
    assert {each.key.key_id for each in verified} == set(known)


def test_the_published_next_agreement_follows_the_other_as_its_message_says():
    earlier, later = (
        open_agreement(
            tuple(each.encode() for each in VECTORS[name]["signed"]),
            {node: SigningKey.from_seed(seed(f"{node}/root"), Purpose.ROOT).verifying for node in ("alba", "boreal")},
        )
        for name in ("agreement", "next_agreement")
    )
    assert isinstance(later, RenewableAgreement)
    assert not tuple(against_following(earlier, later))
    assert (later.hash, later.replaces) == (VECTORS["next_agreement"]["hash"], (VECTORS["agreement"]["hash"],))


def test_the_published_status_list_says_what_stands_beside_it():
    said = VECTORS["status_list"]
    listed = open_status_list(said["signed"].encode(), keys_of(ISSUER, now=NOW).status, id_=said["id"])
    assert {str(slot): int(listed.state(slot)) for slot in range(listed.slots) if listed.state(slot)} == said["states"]


def test_writing_the_vectors_again_changes_nothing():
    script = "import json, tools.vectors as v; print(json.dumps(v.made()))"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout) == VECTORS


def test_the_published_line_is_what_both_sides_compute_and_confirm():
    said = VECTORS["line"]
    told = records.decode(said["message"].encode(), LineMessage)
    held = records.decode(said["statement_of_addressee"].encode(), Reconciliation)
    assert held.heard == line_held((told,))
    assert held.outcomes == outcomes_of((told,))
    assert held.floors == floors_of({told.request: told.version + 1})
    log, witness = NoteKey.from_text(said["log_key"]), NoteKey.from_text(said["witness_key"])
    signed = open_checkpoint(said["confirmed"].encode(), log)
    assert (signed.size, signed.root.hex()) == (1, held.heard.root)
    assert read_note(said["confirmed"].encode()).signed_by(witness) is not None
    assert said["confirmed"].startswith(said["checkpoint"])
