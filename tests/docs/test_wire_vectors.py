"""The vectors beside `exchange-1.json` hold: forms, one message a kind, files carried by hand, and what is refused."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cotejo.exchange.incoming import Line, Opened, open_letter, place_in_line
from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.messages import KINDS, Claims
from cotejo.exchange.refusals import WireRefusal
from cotejo.exchange.slips import issuer_of
from cotejo.proof import exact, jws, records
from cotejo.proof.checkpoint import open_checkpoint
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.package_report import report
from cotejo.proof.padding import pad, unpad
from cotejo.proof.parts import seal_document
from cotejo.proof.refusals import ProofError
from cotejo.proof.sealing import OpeningKey, Suite, Use, open_sealed, seal
from cotejo.proof.status_list import Tolerance, open_status_list, refusal_of_list, refusal_of_successor
from cotejo.rules.rehearsal_words import PAPER, STEPS, RehearsalStep
from cotejo.rules.rehearsing import rehearsal_id, step_said
from cotejo.rules.told import Rehearsal
from tests.builders.wire import agreement
from tests.docs.pages import ROOT

FOLDER = ROOT / "docs/vectors"
EXCHANGE, MESSAGES, REFUSALS, SCHEMA = (
    json.loads((FOLDER / f"{name}-1.json").read_text(encoding="utf-8"))
    for name in ("exchange", "messages", "refusals", "schema")
)
OPENING = OpeningKey.from_seed(bytes.fromhex(EXCHANGE["seeds"]["boreal/x25519"]), Suite.X25519)


def key(name: str) -> VerifyingKey:
    node, purpose = name.split("/")
    del node
    return VerifyingKey(purpose=Purpose(purpose), public=bytes.fromhex(EXCHANGE["signing_keys"][name]["public"]))


MESSAGE, STATUS = key("alba/message"), key("alba/status")
ALBA = PartnerKeys(
    node="alba", message={MESSAGE.key_id: MESSAGE}, status={STATUS.key_id: STATUS}, sealing=(OPENING.sealing,)
)
BOREAL = OwnKeys(
    node="boreal",
    message=SigningKey.from_seed(bytes(32), Purpose.MESSAGE),
    status=SigningKey.from_seed(bytes(32), Purpose.STATUS),
    opening={OPENING.key_id: OPENING},
)


def test_writing_them_again_changes_nothing():
    script = "import sys, tools.wire_vectors as v; [sys.stdout.buffer.write(c) for _, c in sorted(v.made().items())]"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])},
        capture_output=True,
        check=True,
        timeout=60,
    )
    names = ("disclosure-1.tar", "mail-1.tar", "messages-1.json", "refusals-1.json", "schema-1.json")
    assert done.stdout == b"".join((FOLDER / name).read_bytes() for name in names)


def test_there_is_one_message_of_every_kind_and_it_has_the_form_of_the_schema():
    assert set(MESSAGES["messages"]) - {"sound_request"} == set(KINDS) == set(SCHEMA["kinds"])
    for said in MESSAGES["messages"].values():
        claims = records.decode(said["claims"].encode(), Claims)
        assert claims.content()
        assert fits(json.loads(said["claims"]), SCHEMA["claims"])
        assert fits(json.loads(claims.body), SCHEMA["kinds"][claims.kind])
        signed = said["signed"].encode()
        assert jws.verify(signed, ALBA.message, typ=jws.Typ.MESSAGE).payload == said["claims"].encode()


def fits(value: Any, form: dict[str, Any]) -> bool:
    """Say whether a value has a form; what of JSON Schema the file uses."""
    if "$ref" in form:
        return fits(value, SCHEMA["$defs"][form["$ref"].rpartition("/")[2]])
    if "anyOf" in form:
        return any(fits(value, each) for each in form["anyOf"])
    if "enum" in form:
        return value in form["enum"]
    if form["type"] == "object":
        properties = form["properties"]
        whole = isinstance(value, dict) and value.keys() == set(form["required"]) == set(properties)
        return whole and all(fits(value[name], each) for name, each in properties.items())
    if form["type"] == "array":
        each = form.get("items")
        return isinstance(value, list) and all(
            fits(one, form["prefixItems"][at] if "prefixItems" in form else each) for at, one in enumerate(value)
        )
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    return isinstance(value, kinds[form["type"]])


def test_a_whole_rehearsal_is_what_a_node_takes_in_and_its_document_travels_in_the_parts_that_are_shown():
    said = MESSAGES["rehearsal"]
    steps = {step: records.decode(body.encode(), Rehearsal) for step, body in said["contents"].items()}
    assert [RehearsalStep(step) for step in steps] == list(STEPS)
    for step, content in steps.items():
        assert replace(content, documents=()) == step_said(RehearsalStep(step), content.begun)
        assert said["rid"] == rehearsal_id(content.begun)
    paper = (said["document"]["sentence"] * said["document"]["times"]).encode()
    (document,) = steps["deliver"].documents
    assert (exact.sha256(paper).hex(), len(paper)) == (document.sha256, document.size)
    assert paper == PAPER
    contents = b""
    for sealed in seal_document(paper, to=OPENING.sealing, issuer="alba", addressee="boreal"):
        padded = open_sealed(
            sealed.sealed,
            keys={OPENING.key_id: OPENING},
            issuer="alba",
            addressee="boreal",
            use=Use.DOCUMENT_PART,
        )
        shown = {"first_44_bytes": padded[:44].hex(), "sha256": exact.sha256(padded).hex(), "size": len(padded)}
        assert shown in said["before_sealing"]
        contents += unpad(padded)[40:]
    assert contents == paper


def test_the_slip_is_of_its_part():
    said = MESSAGES["slip"]
    assert issuer_of(said["signed"].encode(), said["part"], node="boreal", partners=(ALBA,)) == "alba"


def test_every_gap_is_in_words_and_every_closed_list_is_of_a_field_that_is_text():
    assert all(SCHEMA["gaps"].values())
    for name in SCHEMA["lists"]:
        record, _, field = name.partition(".")
        form = SCHEMA["$defs"][record]["properties"][field.partition(",")[0]]
        while form["type"] == "array":
            form = form.get("items") or form["prefixItems"][0]
        assert form == {"type": "string"}


def test_the_files_carried_by_hand_hold_and_say_what_is_in_them():
    mail = "\n".join(report(io.BytesIO((FOLDER / "mail-1.tar").read_bytes())).lines(spanish=False))
    court = "\n".join(report(io.BytesIO((FOLDER / "disclosure-1.tar").read_bytes())).lines(spanish=False))
    assert "sealed messages 1, sealed receipts 0" in mail
    assert "alba signed a withdrawal, version 2 to boreal" in court
    assert "boreal signed its receipt" in court


# What is refused


def _status(given: bytes, more: dict[str, Any]) -> None:
    listed = open_status_list(given, ALBA.status, id_=more["id"])
    held = open_status_list(more["held"].encode(), ALBA.status, id_=more["id"])
    tolerance = Tolerance(skew=more["skew"], longest_life=more["longest_life"], floor=held.n)
    reason = refusal_of_list(listed, now=more["now"], tolerance=tolerance) or refusal_of_successor(held, listed)
    if reason is not None:
        raise ProofError(reason)


def _sealed(signed: bytes) -> Opened:
    """Open a signed text as it would come: sealed."""
    envelope = seal(pad(signed), to=OPENING.sealing, issuer="alba", addressee="boreal")
    return open_letter(envelope, own=BOREAL, partners=(ALBA,))


def _line(given: bytes, more: dict[str, Any]) -> None:
    terms = agreement(valid_from=more["now"], skew=more["skew"], hash=EXCHANGE["agreement"]["hash"])
    opened = _sealed(given)
    line = Line(sequence=more["sequence"], last=more["last"], agreements=(terms,))
    place_in_line(opened, line, taken_before="", now=more["now"])


READERS: dict[str, Callable[[bytes, dict[str, Any]], object]] = {
    "exact": lambda given, _: exact.from_bytes(given, at_most=1000),
    "base64url": lambda given, _: exact.from_base64url(given.decode()),
    "padding": lambda given, _: unpad(given),
    "jws": lambda given, _: jws.verify(given, ALBA.message, typ=jws.Typ.MESSAGE),
    "claims": lambda given, _: _sealed(given),
    "envelope": lambda given, _: open_letter(given, own=BOREAL, partners=(ALBA,)),
    "line": _line,
    "status_list": _status,
    "checkpoint": lambda given, more: open_checkpoint(given, NoteKey.from_text(more["key"])),
    "slip": lambda given, more: issuer_of(given, more["part"], node="boreal", partners=(ALBA,)),
}
CASES = [(group, each) for group, all_ in REFUSALS["groups"].items() for each in all_["refused"]]


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {each['name']}" for group, each in CASES])
def test_what_has_to_be_refused_is_refused_by_its_code(group, case):
    given = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode("utf-8", "surrogatepass")
    with pytest.raises((ProofError, WireRefusal)) as refused:
        READERS[group](given, REFUSALS["groups"][group]["with"])
    assert refused.value.reason.code == case["code"]


def test_every_group_has_a_reader():
    assert READERS.keys() == REFUSALS["groups"].keys()
