"""Every reader of a partner's bytes, fuzzed: what it does not accept it refuses by name, and never in another way.

1. A reader is listed here with sound inputs and the refusals it may answer with. Inputs are altered as bytes; where the
   content is signed, it is altered as JSON as well and signed again, as a partner that lies would.
2. What is accepted is used: shown, compared, spelled again.
3. A few hundred inputs each in the usual run. `script/test-long fuzz` gives each reader ten minutes
   (`COTEJO_FUZZ_SECONDS`), and prints the input that broke one.
"""

import io
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.exchange.agreements import agreement_bytes, open_agreement, open_signature, read_terms
from cotejo.exchange.confirming import confirmed_by, open_line
from cotejo.exchange.directions import Messages
from cotejo.exchange.incoming import open_key_letter, open_letter, open_receipt, place_in_line
from cotejo.exchange.messages import Claims
from cotejo.exchange.onward import open_passed_on
from cotejo.exchange.reconciling import Held, differences, require_continuation, statement
from cotejo.exchange.refusals import WireRefusal
from cotejo.exchange.slips import issuer_of, sign_slip
from cotejo.proof import exact, jws, records
from cotejo.proof.appointments import Appointment, Revocation, open_signed, text_of
from cotejo.proof.carried import kind_of, open_package
from cotejo.proof.checkpoint import Checkpoint, cosign, open_checkpoint, sign_checkpoint, with_cosignatures
from cotejo.proof.commitments import leaf, read_leaf
from cotejo.proof.disclosure import open_disclosure
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import follow_key_document, open_key_document, sign_key_document
from cotejo.proof.key_line import KeyLine
from cotejo.proof.keys import Purpose, SigningKey, same_fingerprint
from cotejo.proof.notes import NoteKey, read_line, read_note
from cotejo.proof.package_report import report
from cotejo.proof.padding import pad, unpad
from cotejo.proof.parts import open_document, seal_document
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import OpeningKey, Suite, open_sealed, preferred, seal
from cotejo.proof.status_list import (
    Tolerance,
    open_status_list,
    refusal_of_slot,
    refusal_of_successor,
)
from cotejo.proof.tilelog import Frontier, consistency_proof, inclusion_proof, leaf_hash, subtrees_of
from cotejo.proof.tiles import Tile, bundle_bytes, leaves_of, subtrees_from, tile_bytes, tiles_of, verify_bundle
from cotejo.proof.tlog_proof import TlogProof
from cotejo.proof.witnessing import AddCheckpoint, read_cosignatures
from cotejo.rules.agreement import DAY
from cotejo.rules.agreement_words import changes_of, terms_of
from cotejo.rules.answers import first_answer, sweep_time
from cotejo.rules.dates import iso_day
from cotejo.rules.line import LineMessage
from cotejo.rules.succession import against_following, following, leaving
from cotejo.rules.told import GivenBack, PassedOn, Receipt, Reconciliation
from cotejo_witness.folder import verify_folder
from tests.builders.appointing import BODY, appointed, revoked
from tests.builders.disclosed import ALBA as AGENCY
from tests.builders.disclosed import BOREAL as OTHER
from tests.builders.disclosed import packed, sound, status
from tests.builders.mutated import mutated, mutated_json
from tests.builders.wire import ALBA, BOREAL, NOW, agreement, line
from tests.docs.test_wire_vectors import MESSAGES

pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")
SECONDS = float(os.environ.get("COTEJO_FUZZ_SECONDS", "600"))
FEW = settings(max_examples=40, deadline=None)
Alter = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Something that reads a partner's bytes: sound inputs, how it reads one, by which errors it may refuse.

    `signed` puts altered JSON into its signed form again.
    """

    name: str
    sound: tuple[bytes, ...]
    read: Callable[[bytes], object]
    errors: tuple[type[Exception], ...] = (ProofError,)
    texts: tuple[bytes, ...] = ()
    signed: Callable[[bytes], bytes] | None = None

    def try_one(self, chance: random.Random) -> None:
        """Alter one input and read it. Raises `AssertionError` with the input when it is refused in another way."""
        if self.signed and self.texts and chance.random() < 0.7:
            try:
                altered = self.signed(mutated_json(chance.choice(self.texts), chance))
            except ProofError:  # too large to be signed or sealed at all
                return
            self._read(altered)
        else:
            self._read(mutated(chance.choice(self.sound), chance) if chance.random() < 0.95 else chance.randbytes(90))

    def _read(self, given: bytes) -> None:
        try:
            self.read(given)
        except self.errors:
            return
        except Exception as error:
            raise AssertionError(f"{self.name}: {type(error).__name__}: {error}: {given.hex()}") from error


LETTERS = (ProofError, WireRefusal)
FASTER = next(each for each in BOREAL.public.sealing if each.suite is Suite.X25519)
LOG, WITNESS = AGENCY.keys[Purpose.LOG], OTHER.keys[Purpose.WITNESS]
LOG_KEY = NoteKey(name="alba/link/boreal", key=LOG.verifying)
WITNESS_KEY = NoteKey(name="boreal", key=WITNESS.verifying)
TEXTS = tuple(each["claims"].encode() for each in MESSAGES["messages"].values())


def signed_as(typ: jws.Typ, key: SigningKey) -> Callable[[bytes], bytes]:
    return lambda payload: jws.sign(payload, key, typ=typ, at_most=4 * jws.LARGEST)


def sealed(signed: bytes) -> bytes:
    return seal(pad(signed), to=FASTER, issuer="alba", addressee="boreal")


def letter(payload: bytes) -> bytes:
    return sealed(jws.sign(payload, ALBA.own.message, typ=jws.Typ.MESSAGE))


def read_appointment(given: bytes) -> None:
    """Read as the one, then as the other; what is read is spelled again as it came."""
    bodies = (NoteKey.from_text(BODY),)
    with suppress(ProofError):
        said, _ = open_signed(given, Appointment, bodies)
        assert given.startswith(text_of(said).encode())
        return
    ended, _ = open_signed(given, Revocation, bodies)
    assert given.startswith(text_of(ended).encode())


def read_letter(given: bytes) -> None:
    opened = open_letter(given, own=BOREAL.own, partners=(ALBA.public,))
    with suppress(WireRefusal):
        place_in_line(opened, line(), taken_before="", now=NOW)
    repr(opened)


def bodies(payload: bytes) -> bytes:
    """Put an altered body into sound claims; which kind's, its own first field says."""
    kind, _, body = payload.partition(b"\n")
    text = next(each for each in TEXTS if b'"kind":"' + kind + b'"' in each)
    claims = replace(records.decode(text, Claims), body=body.decode("utf-8", "replace"))
    return letter(records.encode(claims))


def kinds_and_bodies() -> tuple[bytes, ...]:
    claims = [records.decode(each, Claims) for each in TEXTS]
    return tuple(each.kind.encode() + b"\n" + each.body.encode() for each in claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyReader(Reader):
    """Bodies are altered as JSON alone, each under its own kind."""

    def try_one(self, chance: random.Random) -> None:
        kind, _, body = chance.choice(self.texts).partition(b"\n")
        altered = mutated_json(body, chance) if chance.random() < 0.8 else mutated(body, chance)
        with suppress(ProofError):
            given_as = bodies(kind + b"\n" + altered)
            self._read(given_as)


def read_key_document(given: bytes) -> None:
    document = open_key_document(given)
    document.fingerprint()
    with suppress(ProofError):
        document.verifying_keys(Purpose.MESSAGE, now=NOW)
        preferred(document.sealing_keys(now=NOW))
        document.log_key("house", now=NOW)
    with suppress(ProofError):
        follow_key_document(AGENCY.document, given)


def read_key_line(given: bytes) -> None:
    KeyLine.from_signed(given.split(b"\n\n")).keys(Purpose.MESSAGE, at=NOW)


def read_agreement(given: bytes) -> None:
    terms_of(open_agreement(tuple(given.split(b"\n")), ROOTS))


def read_next_agreement(given: bytes) -> None:
    """Use what a root signed as the page and the law do before anybody here has signed it."""
    terms = open_signature(given, AGENCY.keys[Purpose.ROOT].verifying)
    earlier = replace(TERMS, hash=TERMS_HASH)
    tuple(against_following(earlier, terms))
    changes_of(earlier, terms)
    leaving((earlier, terms), NOW)
    first_answer(terms, sweep_time(terms, NOW))
    iso_day(terms.valid_from), iso_day(terms.valid_until)


def read_status(given: bytes) -> None:
    listed = open_status_list(given, {STATUS.key_id: STATUS.verifying}, id_=LIST)
    tolerance = Tolerance(skew=60_000, longest_life=10**9, floor=1)
    refusal_of_slot(listed, 5, now=NOW, tolerance=tolerance)
    refusal_of_successor(HELD, listed)


def read_checkpoint(given: bytes) -> None:
    open_checkpoint(given, LOG_KEY)
    open_line(given, {LOG.key_id: LOG.verifying}, sender="alba", addressee="boreal")
    confirmed_by(given, {WITNESS.key_id: WITNESS.verifying}, addressee="boreal")
    read_note(given).to_bytes()


def read_request(given: bytes) -> None:
    asked = AddCheckpoint.from_bytes(given)
    asked.continuing(Checkpoint(origin=LOG_KEY.name, size=2, root=ROOT_OF_TWO), LOG_KEY)


def read_proof(given: bytes) -> None:
    TlogProof.from_bytes(given).verify(LEAVES[1], LOG_KEY)


def read_tiles(given: bytes) -> None:
    """Use any bytes as bundle, as tile, and as what a folder holds."""
    tile = Tile(level=0, number=0, width=len(LEAVES))
    with suppress(ProofError):
        for each in leaves_of(given):
            read_leaf(each)
    with suppress(ProofError):
        verify_bundle(tile, given, tile_bytes(tile, SUBTREES))
    with suppress(ProofError):
        subtrees_from(lambda _tile: given, len(LEAVES))(1, 0)
    with TemporaryDirectory() as folder:
        log = write_log(Path(folder))
        (log / random.Random(given).choice(("tile/entries/000.p/4", "tile/0/000.p/4", "checkpoint"))).write_bytes(given)
        with suppress(ProofError):
            verify_folder(log, LOG_KEY)


def write_log(folder: Path) -> Path:
    for tile in tiles_of(len(LEAVES)):
        for path, content in ((tile.path(), tile_bytes(tile, SUBTREES)), (tile.bundle_path(), bundle_bytes(LEAVES))):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    (folder / "checkpoint").write_bytes(CHECKPOINT)
    return folder


def read_package(given: bytes) -> None:
    file = io.BytesIO(given)
    kind_of(file)
    open_package(file, lambda _manifest, _read: {MESSAGE.key_id: MESSAGE.verifying})


def read_court_file(given: bytes) -> None:
    list(report(io.BytesIO(given), anchors=(AGENCY.document,)).lines(spanish=True))
    open_disclosure(io.BytesIO(given))


def court_file(payload: bytes) -> bytes:
    """Put an altered signed text into a disclosure that its maker signed; as which, its content says."""
    if b'"bits"' in payload:
        changed = {f"status/alba/{NOW + 1000:016d}": jws.sign(payload, STATUS, typ=jws.Typ.STATUS_LIST)}
    elif b'"decided"' in payload:
        about = exact.from_bytes(payload, at_most=jws.LARGEST)
        return packed(about=about if isinstance(about, dict) else {}).getvalue()
    elif b'"receipt"' in payload:
        changed = {f"receipts/alba/{2:016d}": jws.sign(payload, MESSAGE, typ=jws.Typ.MESSAGE)}
    else:
        changed = {f"messages/alba/{2:016d}": jws.sign(payload, MESSAGE_OF_ALBA, typ=jws.Typ.MESSAGE)}
    return packed(sound() | changed).getvalue()


def read_part(given: bytes) -> None:
    name = sha256(given).hex()
    open_document(
        (name,),
        {name: given},
        sha256_of_document=sha256(DOCUMENT),
        keys=BOREAL.own.opening,
        issuer="alba",
        addressee="boreal",
    )


def read_slip(given: bytes) -> None:
    issuer_of(given, "0" * 64, node="boreal", partners=(ALBA.public,))


def read_answer(given: bytes) -> None:
    """Use any text as what a partner states of the line, or gives back to a restored node."""
    try:
        said = records.decode(given, Reconciliation)
    except records.NotThisRecord as error:
        raise ProofError(Reason.NOT_EXACT, "not a statement") from error
    held = Messages(LINE)
    differences(said, Held(told=held, heard=held, floors={}))
    require_continuation(said, held)


def read_passed_on(given: bytes) -> None:
    open_passed_on(PASSED, given, origin=AGENCY.document, passing="boreal", latest=NOW + 1000)


def read_heard(given: bytes) -> None:
    same_fingerprint(given.decode("utf-8", "replace"), AGENCY.document.fingerprint())
    NoteKey.from_text(given.decode("utf-8", "replace"))


DOCUMENT = b"a document"
STATUS, MESSAGE_OF_ALBA, MESSAGE = (
    AGENCY.keys[Purpose.STATUS],
    AGENCY.keys[Purpose.MESSAGE],
    OTHER.keys[Purpose.MESSAGE],
)
LIST = sha256(b"cotejo/status/alba/boreal").hex()[:32]
HELD = open_status_list(status(), {STATUS.key_id: STATUS.verifying}, id_=LIST)
LEAVES = [leaf(sha256(bytes((each,)))) for each in range(4)]
HASHES = [leaf_hash(each) for each in LEAVES]
SUBTREES = subtrees_of(lambda start, end: HASHES[start:end])
ROOT_OF_TWO = Frontier().append(*HASHES[:2]).root()
ROOTS = {each.name: each.keys[Purpose.ROOT].verifying for each in (AGENCY, OTHER)}
NOTE = sign_checkpoint(Checkpoint(origin=LOG_KEY.name, size=4, root=Frontier().append(*HASHES).root()), LOG)
CHECKPOINT = with_cosignatures(NOTE, cosign(NOTE, log=LOG_KEY, name="boreal", key=WITNESS, now=NOW))
LINE = [
    LineMessage(
        seq=number,
        mid=f"{number:032x}",
        kind="suspension",
        request="7" * 32,
        version=1,
        sha256=f"{number:064x}",
        commitment=f"{number:064x}",
        outcome="taken",
    )
    for number in (1, 2)
]
TERMS = replace(agreement(), hash="")
TERMS_HASH = sha256(agreement_bytes(TERMS)).hex()
NEXT = agreement_bytes(following(replace(TERMS, hash=TERMS_HASH), NOW + DAY, NOW + 300 * DAY))
PASSED = PassedOn(kind="request", origin="alba", letter="0" * 64, terms=replace(TERMS, hash=TERMS_HASH), documents=())
PASSED_LETTER = records.encode(replace(records.decode(TEXTS[0], Claims), agreement=TERMS_HASH))


@cache
def readers() -> tuple[Reader, ...]:
    """Return every reader of a partner's bytes."""
    terms = agreement_bytes(agreement(valid_from=NOW))
    both = b"\n".join(jws.sign(terms, each.keys[Purpose.ROOT], typ=jws.Typ.AGREEMENT) for each in (AGENCY, OTHER))
    root = AGENCY.keys[Purpose.ROOT]
    second = replace(AGENCY.document, version=2, previous=AGENCY.document.digest(), issued=NOW)
    message = sound()[f"messages/alba/{2:016d}"]
    steps = consistency_proof(2, 4, SUBTREES)
    request = AddCheckpoint(old=2, proof=steps, checkpoint=NOTE).to_bytes()
    part = seal_document(DOCUMENT, to=FASTER, issuer="alba", addressee="boreal")[0].sealed
    slip = sign_slip("0" * 64, own=ALBA.own, to="boreal")
    receipt = next(each for each in TEXTS if b'"kind":"receipt"' in each)
    answered = records.decode(records.decode(receipt, Claims).body.encode(), Receipt)
    pushed = next(each for each in TEXTS if b'"kind":"key_document"' in each)
    key_letter = records.encode(replace(records.decode(pushed, Claims), seq=0))
    held = Held(told=Messages(LINE), heard=Messages(LINE), floors={"7" * 32: 1})
    back = GivenBack(lost=(), closed=(), more=False, bits=exact.to_base64url(HELD.bits))
    stated = records.encode(replace(statement(held, restored=True), back=back))
    opening = OpeningKey.from_seed(bytes(32), Suite.MLKEM768_X25519)
    hybrid = seal(pad(b"x"), to=opening.sealing, issuer="alba", addressee="boreal")
    return (
        Reader(name="exact", sound=(*TEXTS, b"[1,null]"), read=lambda given: exact.from_bytes(given, at_most=10**6)),
        Reader(
            name="base64url",
            sound=(b"AAECAw",),
            read=lambda given: exact.from_base64url(given.decode("utf-8", "replace")),
        ),
        Reader(name="padding", sound=(pad(b"content"),), read=unpad),
        Reader(
            name="jws",
            sound=(message,),
            read=lambda given: jws.verify(
                given, {MESSAGE_OF_ALBA.key_id: MESSAGE_OF_ALBA.verifying}, typ=jws.Typ.MESSAGE
            ),
        ),
        Reader(
            name="envelope",
            sound=(hybrid, sealed(message)),
            read=lambda given: open_sealed(
                given, keys={opening.key_id: opening, **BOREAL.own.opening}, issuer="alba", addressee="boreal"
            ),
        ),
        Reader(name="claims", sound=(letter(TEXTS[0]),), read=read_letter, errors=LETTERS, texts=TEXTS, signed=letter),
        BodyReader(name="bodies", sound=(), read=read_letter, errors=LETTERS, texts=kinds_and_bodies()),
        Reader(
            name="key letter",
            sound=(letter(key_letter),),
            read=lambda given: open_key_letter(given, own=BOREAL.own, partners=(ALBA.public,)),
            errors=LETTERS,
            texts=(key_letter, TEXTS[0]),
            signed=letter,
        ),
        Reader(
            name="receipt",
            sound=(letter(receipt),),
            read=lambda given: open_receipt(
                given, own=BOREAL.own, partner=ALBA.public, mid=answered.of, sha256_sent=answered.sha256
            ),
            errors=LETTERS,
            texts=(receipt,),
            signed=letter,
        ),
        Reader(
            name="key document",
            sound=(AGENCY.signed, sign_key_document(second, root)),
            read=read_key_document,
            texts=(AGENCY.document.to_bytes(), second.to_bytes()),
            signed=signed_as(jws.Typ.KEY_DOCUMENT, root),
        ),
        Reader(
            name="key line",
            sound=(AGENCY.signed + b"\n\n" + sign_key_document(second, root),),
            read=read_key_line,
        ),
        Reader(name="terms", sound=(NEXT, terms), read=read_terms, errors=(records.NotThisRecord,)),
        Reader(
            name="next agreement",
            sound=(jws.sign(NEXT, root, typ=jws.Typ.AGREEMENT),),
            read=read_next_agreement,
            texts=(NEXT, terms),
            signed=signed_as(jws.Typ.AGREEMENT, root),
        ),
        Reader(
            name="agreement",
            sound=(both,),
            read=read_agreement,
            texts=(terms, NEXT),
            signed=lambda given: b"\n".join(
                jws.sign(given, each.keys[Purpose.ROOT], typ=jws.Typ.AGREEMENT) for each in (AGENCY, OTHER)
            ),
        ),
        Reader(
            name="status list",
            sound=(status(),),
            read=read_status,
            texts=(HELD.to_bytes(),),
            signed=signed_as(jws.Typ.STATUS_LIST, STATUS),
        ),
        Reader(name="checkpoint", sound=(CHECKPOINT, NOTE), read=read_checkpoint),
        Reader(name="checkpoint text", sound=(NOTE.partition(b"\n\n")[0] + b"\n",), read=_checkpoint_text),
        Reader(
            name="cosignature",
            sound=(CHECKPOINT.rpartition(b"\n\n")[2],),
            read=lambda given: [each.text() for each in read_cosignatures(given)],
        ),
        Reader(
            name="signature line",
            sound=(CHECKPOINT.splitlines()[-1],),
            read=lambda given: read_line(given.decode("utf-8", "replace")).text(),
        ),
        Reader(name="checkpoint request", sound=(request,), read=read_request),
        Reader(
            name="proof of one entry",
            sound=(TlogProof(index=1, steps=inclusion_proof(1, 4, SUBTREES), checkpoint=CHECKPOINT).to_bytes(),),
            read=read_proof,
        ),
        Reader(name="tiles and entries", sound=(bundle_bytes(LEAVES),), read=read_tiles),
        Reader(name="appointment", sound=(appointed(), revoked()), read=read_appointment),
        Reader(name="leaf", sound=tuple(LEAVES), read=read_leaf),
        Reader(name="package file", sound=(packed().getvalue(),), read=read_package),
        Reader(
            name="court file",
            sound=(packed().getvalue(),),
            read=read_court_file,
            texts=(
                jws_payload(message),
                jws_payload(sound()[f"receipts/alba/{2:016d}"]),
                HELD.to_bytes(),
                exact.to_bytes({"decided": NOW, "origin": "alba", "receiver": "boreal", "request": "7" * 32}),
            ),
            signed=court_file,
        ),
        Reader(name="document part", sound=(part,), read=read_part),
        Reader(
            name="slip",
            sound=(slip,),
            read=read_slip,
            errors=LETTERS,
            texts=(jws_payload(slip),),
            signed=signed_as(jws.Typ.PART, ALBA.own.message),
        ),
        Reader(
            name="statement of the line",
            sound=(stated,),
            read=read_answer,
            errors=LETTERS,
            texts=(stated,),
            signed=lambda given: given,
        ),
        Reader(
            name="what was passed on",
            sound=(jws.sign(PASSED_LETTER, MESSAGE_OF_ALBA, typ=jws.Typ.MESSAGE),),
            read=read_passed_on,
            errors=LETTERS,
            texts=(PASSED_LETTER, *TEXTS),
            signed=signed_as(jws.Typ.MESSAGE, MESSAGE_OF_ALBA),
        ),
        Reader(name="key read aloud", sound=(LOG_KEY.text().encode(), WITNESS_KEY.text().encode()), read=read_heard),
    )


def jws_payload(compact: bytes) -> bytes:
    return exact.from_base64url(compact.split(b".")[1].decode())


def _checkpoint_text(given: bytes) -> None:
    Checkpoint.from_text(given.decode("utf-8", "replace")).text()


NAMES = [each.name for each in readers()]


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(seed=st.integers(0, 2**48))
def test_fuzz_what_is_not_accepted_is_refused_by_name(name, seed):
    reader = next(each for each in readers() if each.name == name)
    chance = random.Random(seed)
    for _ in range(4):
        reader.try_one(chance)


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_inputs_of_a_reader_are_accepted(name):
    """A reader that refused its sound inputs at the door would be fuzzed at the door alone."""
    reader = next(each for each in readers() if each.name == name)
    for each in reader.sound:
        reader.read(each)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_fuzz_ten_minutes_of_what_is_not_accepted(name):
    reader = next(each for each in readers() if each.name == name)
    ends, tried = time.monotonic() + SECONDS, 0
    chance = random.Random(f"{name}/{os.urandom(8).hex()}")
    while time.monotonic() < ends:
        for _ in range(50):
            reader.try_one(chance)
        tried += 50
    assert tried
