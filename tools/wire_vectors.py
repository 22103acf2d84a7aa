"""Writes what lies beside `docs/vectors/exchange-1.json`; run it as `python -m tools.wire_vectors`.

1. `schema-1.json`: JSON Schema of the claims, of the content of every kind (and as it is passed on), of agreements in
   both forms and of the slip; the padding classes a kind may fill; the closed lists of fields whose type is text; the
   gap codes a receipt may name, each in words; the figures of the law profiles. All fields are always present and no
   other is allowed.
2. `messages-1.json`: for each kind one message, from its content to its signed text and its padding class. A `request`
   is also there as a sound case assembles it. The others show the form; their values mean nothing. A whole rehearsal
   follows, its document as it is cut into parts, and the slip of a part.
3. `refusals-1.json`: bytes a node refuses, with the code it refuses them by (`tools/refusal_vectors.py`).
4. `mail-1.tar`, `disclosure-1.tar`: one file of each kind. Their bytes follow from the seeds of `exchange-1.json`.
"""

import io
import json
import sys
import types
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from cotejo.actions.carry import RECEIPTED
from cotejo.exchange.messages import KINDS, PASSED_ON, PROTOCOL, Claims, classes_of
from cotejo.exchange.slips import Slip
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.proof import jws, records
from cotejo.proof.carried import PackageKind, write_package
from cotejo.proof.checkpoint import with_cosignatures
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import open_key_document, sign_key_document
from cotejo.proof.keys import Purpose
from cotejo.proof.padding import pad
from cotejo.proof.parts import seal_document
from cotejo.proof.sealing import Suite, Use, open_sealed
from cotejo.proof.tlog_proof import TlogProof
from cotejo.rules import dossier_commands, told
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.agreement import DAY, HOUR, Agreement, RenewableAgreement
from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.dispute_words import PersonSigned
from cotejo.rules.dossier_words import DeferralReason, WithdrawalReason
from cotejo.rules.gap_words import GAP_WORDS
from cotejo.rules.gates.judicial import OUTCOME_WORDS
from cotejo.rules.gates.persons import IDENTIFIER_KINDS
from cotejo.rules.group import GROUP_CODE
from cotejo.rules.package import Package, SealedDocument
from cotejo.rules.person_typed import WHEREABOUTS_WORDS
from cotejo.rules.places import PLACES
from cotejo.rules.profiles import PROFILES
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.purposes import Purpose as For
from cotejo.rules.receipts import NAMED
from cotejo.rules.rehearsal_words import PAPER, STEPS, RehearsalStep
from cotejo.rules.rehearsing import rehearsal_id, step_said
from cotejo.rules.review_decide.intake import PACKAGE_FIELDS
from cotejo.rules.review_words import QuestionCode
from cotejo.simulation.invented import AUTHORISER, sound_case
from cotejo.simulation.node import SimulatedNode
from tools import vectors
from tools.refusal_vectors import refusals
from tools.vectors import FROM, NOW, TO, document_of, key_of, opening_of, root_of, seed, terms

FOLDER: Final = vectors.FILE.parent
START: Final = 1_795_773_600_000
EVERY_PURPOSE: Final = (Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS)
_IDS: Final = frozenset({"request", "id", "mid", "of", "candidate"})
_HASHES: Final = frozenset({"sha256", "root", "last", "outcomes", "floors", "commitment", "agreement", "document"})
_TEXTS: Final = {"month": "2026-01", "outcome": "taken", "place": "SV-SM", "place_code": "SV-SM", "start": "2026-01-31"}


def exchange() -> dict[str, Any]:
    """Return `exchange-1.json` as it stands."""
    found: dict[str, Any] = json.loads(vectors.FILE.read_text(encoding="utf-8"))
    return found


# Forms


def schema() -> dict[str, Any]:
    """Return the JSON Schema of claims and contents, strict as the exchange is."""
    passed_on = [form for forms in PASSED_ON.values() for form in forms]
    records_of = [Claims, Agreement, RenewableAgreement, Slip, *KINDS.values(), *passed_on]
    wanted, components = msgspec.json.schema_components(records_of, ref_template="#/$defs/{name}")
    refs = dict(zip(records_of, wanted, strict=True))
    for each in components.values():
        if "properties" in each:
            each["required"] = list(each["properties"])
            each["additionalProperties"] = False
            for one in each["properties"].values():
                one.pop("default", None)
        if "description" in each:
            each["description"] = " ".join(each["description"].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims and contents of the exchange, version 1",
        "claims": refs[Claims],
        "kinds": {kind: refs[content] for kind, content in KINDS.items()},
        "passed_on": {kind: {"anyOf": [refs[form] for form in forms]} for kind, forms in PASSED_ON.items()},
        "agreement": {"anyOf": [refs[Agreement], refs[RenewableAgreement]]},
        "slip": refs[Slip],
        "padding": {kind: list(classes_of(kind)) for kind in KINDS},
        "lists": lists(),
        "gaps": {code: GAP_WORDS[code].en for code in sorted(NAMED)},
        "profiles": {code: json.loads(records.encode(each)) for code, each in PROFILES.items()},
        "$defs": dict(sorted(components.items())),
    }


def lists() -> dict[str, Any]:
    """Return the closed lists of fields that are text in the schema: `Record.field`, and codes or a pattern."""
    codes: dict[str, Iterable[str]] = {
        "Agreement.purposes": terms().purposes,
        "Agreement.profiles": PROFILES,
        "AllegedAct.offence_class": OFFENCE_WORDS,
        "Bulletin.kind_code": IncidentKind,
        "Bulletin.place_code": PLACES,
        "Bulletin.trend_code": Trend,
        "CourtAct.outcome": OUTCOME_WORDS,
        "Identifier.kind": IDENTIFIER_KINDS,
        "LineMessage.outcome": {*told.OUTCOMES, ""},
        "Notice.deferred_because": {*DeferralReason, ""},
        "Questions.asked, first": QuestionCode,
        "Questions.asked, second": PACKAGE_FIELDS,
        "Receipt.outcome": told.OUTCOMES,
        "Whereabouts.kind": WHEREABOUTS_WORDS,
        "Withdrawal.reason": WithdrawalReason,
    }
    found: dict[str, Any] = {name: sorted(str(each) for each in known) for name, known in codes.items()}
    return dict(sorted({**found, "Bulletin.group_code": {"pattern": GROUP_CODE.pattern}}.items()))


# Examples


def example(kind: Any, name: str = "") -> Any:  # noqa: ANN401 - any type of a record's field
    """Return a value of a type that shows its form; the name of the field says what a text is like."""
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        inner = [each for each in get_args(kind) if each is not type(None)]
        return example(inner[0], name) if len(inner) == len(get_args(kind)) else None
    if origin is tuple:
        items = get_args(kind)
        return (example(items[0], name),) if items[-1] is ... else tuple(example(each, name) for each in items)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{each.name: example(hints[each.name], each.name) for each in fields(kind) if each.init})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return {bool: False, int: 1, str: _text(name)}[kind]


def _text(name: str) -> str:
    if name in _IDS:
        return seed(f"example/{name}")[:16].hex()
    return seed(f"example/{name}").hex() if name in _HASHES else _TEXTS.get(name, name)


def sound_package() -> Package:
    """Return a request as a sound case assembles it, without the documents, which travel as parts."""
    person = PersonRecord(
        id="r1",
        full_name="INÉS BRISA ROBLE",
        given="INÉS",
        surname="BRISA ROBLE",
        dob="1990-04-02",
        sex="F",
        pob="VILLA NUBE",
        passport="X9000001",
        father="LUIS BRISA",
        mother="EVA ROBLE",
    )
    alba, boreal = (
        SimulatedNode(
            name=name,
            profile=profile,
            register=RegisterInMemory([person], as_of=START),
            seed="vectors",
            start=START - DAY,
        )
        for name, profile in ((FROM, "sv"), (TO, "us"))
    )
    alba.pair(boreal, replace(terms(), valid_from=START - DAY, valid_until=START + 300 * DAY))
    case = sound_case(person, seed="vectors", partner=TO)
    alba.give(case, now=START)
    done = alba.act(
        StreamKind.DOSSIER,
        case.dossier,
        dossier_commands.AuthoriseSending(),
        who=AUTHORISER,
        purpose=For.REQUEST,
        now=START,
    )
    if isinstance(done, Refused):
        raise SystemExit(f"the sound case is not sound: {done.codes}")
    package: Package = alba.state(StreamKind.DOSSIER, case.dossier).sent[-1].package
    return package


def messages() -> dict[str, Any]:
    """Return one message of each kind, numbered in the order of the list."""
    found = exchange()
    made: dict[str, Any] = {}
    contents: Iterator[tuple[str, str, object]] = iter(
        [
            *((kind, kind, _content(kind, content, found)) for kind, content in KINDS.items()),
            ("sound_request", "request", told.Request(package=sound_package())),
        ]
    )
    prev = ""
    for number, (name, kind, content) in enumerate(contents, 1):
        made[name] = message(kind, content, number=number, prev=prev, agreement=found["agreement"]["hash"])
        prev = made[name]["sha256"]
    return {"format": "cotejo-vectors/1", "messages": made, "rehearsal": rehearsal(), "slip": slip()}


def rehearsal() -> dict[str, Any]:
    """Return the four steps of a rehearsal as their contents, and its document as it is cut before sealing."""
    opening = opening_of(TO)[Suite.X25519]
    sealed = seal_document(PAPER, to=opening.sealing, issuer=FROM, addressee=TO)
    keys, use = {opening.key_id: opening}, Use.DOCUMENT_PART
    cut = [open_sealed(each.sealed, keys=keys, issuer=FROM, addressee=TO, use=use) for each in sealed]
    names = tuple(seed(f"part/{number}").hex() for number in range(len(cut)))
    document = SealedDocument(sha256=sha256(PAPER).hex(), size=len(PAPER), parts=names)
    steps = {each: step_said(each, NOW) for each in STEPS}
    steps[RehearsalStep.DELIVER] = replace(steps[RehearsalStep.DELIVER], documents=(document,))
    return {
        "rid": rehearsal_id(NOW),
        "contents": {str(step): records.encode(said).decode() for step, said in steps.items()},
        "document": {"sentence": PAPER[: PAPER.index(b"\n") + 1].decode(), "times": PAPER.count(b"\n")},
        "before_sealing": [
            {"first_44_bytes": padded[:44].hex(), "sha256": sha256(padded).hex(), "size": len(padded)} for padded in cut
        ],
    }


def slip() -> dict[str, str]:
    """Return the slip of a part."""
    part = seed("part/0").hex()
    said = records.encode(Slip(iss=FROM, aud=TO, part=part))
    return {"part": part, "signed": jws.sign(said, key_of(FROM, Purpose.MESSAGE), typ=jws.Typ.PART).decode()}


def _content(kind: str, content: type[Any], found: dict[str, Any]) -> object:
    """Return the example of a kind; texts that are signed themselves are those of `exchange-1.json`."""
    said = example(content)
    if kind == "rehearsal":
        return step_said(RehearsalStep.CORRECT, NOW)
    if kind == "status_list":
        return replace(said, jws=found["status_list"]["signed"])
    if kind == "agreement":
        return replace(said, signed=(found["next_agreement"]["signed"][0],))
    if kind == "dispute":
        claims = ((_text("request"), 1),)
        signed = PersonSigned(document=_text("document"), counsel="counsel", warned_on="2026-01-30")
        return replace(said, stated=replace(said.stated, claims=claims, on="2026-01-31"), signed=signed)
    if kind in {"link_checkpoint", "cosignature"}:
        return replace(said, note=found["line"]["checkpoint" if kind == "link_checkpoint" else "confirmed"])
    return replace(said, document=found["key_document"]["signed"]) if kind == "key_document" else said


def message(kind: str, content: object, *, number: int, prev: str, agreement: str) -> dict[str, Any]:
    """Return one message of alba as it is signed, with everything that follows from it."""
    answers = kind == "receipt"
    claims = Claims(
        v=PROTOCOL,
        mid=seed(f"mid/{number}")[:16].hex(),
        kind=kind,
        iss=FROM,
        aud=TO,
        iat=NOW + number,
        seq=0 if answers else number,
        prev=prev,
        rid=_about(content),
        ver=_version(content),
        agreement=agreement,
        salt=seed(f"salt/{number}").hex(),
        body=records.encode(content).decode(),
    )
    signed = jws.sign(records.encode(claims), key_of(FROM, Purpose.MESSAGE), typ=jws.Typ.MESSAGE)
    smallest, largest = classes_of(kind)
    return {
        "claims": records.encode(claims).decode(),
        "signed": signed.decode(),
        "sha256": sha256(signed).hex(),
        "padded_length": len(pad(signed, smallest=smallest, largest=largest)),
    }


def _about(content: Any) -> str:  # noqa: ANN401 - whatever content there is
    if isinstance(content, told.Rehearsal):
        return rehearsal_id(content.begun)
    said = getattr(content, "package", content)
    return getattr(said, "request", "") or getattr(said, "inquiry", "")


def _version(content: Any) -> int:  # noqa: ANN401 - whatever content there is
    """Return the version that is told beside a content: of a certificate and of a sweep none."""
    match content:
        case told.Rehearsal(step=step):
            return STEPS.index(step) + 1
        case told.KeyDocumentPush(document=document):
            return open_key_document(document.encode()).version
        case told.Sweep():
            return 0
    version: int = getattr(getattr(content, "package", content), "version", 0)
    return version


# Files


def signed_document(node: str) -> bytes:
    """Return the signed key document of a node, with keys of every purpose."""
    return sign_key_document(document_of(node, *EVERY_PURPOSE), root_of(node))


def mail() -> bytes:
    """Return a file with the message of `exchange-1.json`, sealed for X25519."""
    out = io.BytesIO()
    write_package(
        out,
        [
            ("key-documents/0000000000000001", signed_document(FROM)),
            ("messages/0000000000000001", bytes.fromhex(exchange()["message"]["envelopes"]["X25519"])),
        ],
        kind=PackageKind.MAIL,
        id_=seed("mail")[:16].hex(),
        addressee=TO,
        made=NOW,
        about={RECEIPTED: 0},
        issuer=FROM,
        key=key_of(FROM, Purpose.MESSAGE),
    )
    return out.getvalue()


def disclosure() -> bytes:
    """Return that message as a court gets it from its addressee: receipt, place in the log, keys, agreement."""
    found = exchange()
    said, signed = json.loads(found["message"]["claims"]), found["message"]["signed"].encode()
    body = told.Receipt(of=said["mid"], sha256=found["message"]["sha256"], outcome="taken", gaps=())
    receipt = Claims(
        v=PROTOCOL,
        mid=seed("receipt")[:16].hex(),
        kind="receipt",
        iss=TO,
        aud=FROM,
        iat=NOW + 5,
        seq=0,
        prev=found["message"]["sha256"],
        rid="",
        ver=0,
        agreement=found["agreement"]["hash"],
        salt=seed("receipt/salt").hex(),
        body=records.encode(body).decode(),
    )
    proof = TlogProof(index=0, steps=(), checkpoint=with_cosignatures(found["line"]["confirmed"].encode()))
    items = {
        f"key-documents/{FROM}/000001": signed_document(FROM),
        f"key-documents/{TO}/000001": signed_document(TO),
        "agreement": "\n".join(found["agreement"]["signed"]).encode(),
        f"messages/{FROM}/0000000000000001": signed,
        f"receipts/{FROM}/0000000000000001": jws.sign(
            records.encode(receipt), key_of(TO, Purpose.MESSAGE), typ=jws.Typ.MESSAGE
        ),
        f"proofs/{FROM}/0000000000000001": proof.to_bytes(),
    }
    out = io.BytesIO()
    write_package(
        out,
        items.items(),
        kind=PackageKind.DISCLOSURE,
        id_=seed("disclosure")[:16].hex(),
        addressee="court",
        made=NOW + HOUR,
        about={"request": said["rid"], "origin": FROM, "receiver": TO, "decided": 0},
        issuer=TO,
        key=key_of(TO, Purpose.MESSAGE),
    )
    return out.getvalue()


def made() -> dict[str, bytes]:
    """Return every file by its name."""
    texts = {"schema-1.json": schema(), "messages-1.json": messages(), "refusals-1.json": refusals()}
    written = {name: (json.dumps(each, indent=1, ensure_ascii=False) + "\n").encode() for name, each in texts.items()}
    return written | {"mail-1.tar": mail(), "disclosure-1.tar": disclosure()}


def main() -> int:
    """Write the files."""
    for name, content in made().items():
        (FOLDER / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
