"""A disclosure put together piece by piece, so that a test can put one wrong piece in the place of a right one."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cotejo.proof import exact, jws
from cotejo.proof.carried import PackageKind, write_package
from cotejo.proof.certificates import make_authority
from cotejo.proof.checkpoint import Checkpoint, cosign, sign_checkpoint, with_cosignatures
from cotejo.proof.commitments import link_leaf
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import KeyDocument, PublishedKey, PublishedSealingKey, World, sign_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.sealing import OpeningKey, Suite
from cotejo.proof.status_list import SlotState, first_list, sign_status_list
from cotejo.proof.tilelog import Frontier, inclusion_proof, leaf_hash, subtrees_of
from cotejo.proof.tlog_proof import TlogProof

NOW = 1_800_000_000_000
DAY = 86_400_000
REQUEST = "7" * 32
SLOT = 5
DOCUMENT = b"%PDF a court's judgment, invented"
PURPOSES = (Purpose.ROOT, Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS)


@dataclass(slots=True)
class Agency:
    """One node's signing keys and its key document."""

    name: str
    seed: str = ""
    keys: dict[Purpose, SigningKey] = field(init=False)
    document: KeyDocument = field(init=False)

    def __post_init__(self) -> None:
        self.keys = {each: SigningKey.from_seed(self._seed(each), each) for each in PURPOSES}
        until = NOW + 300 * DAY
        opening = OpeningKey.from_seed(self._seed("x25519"), Suite.X25519)
        self.document = KeyDocument(
            name=self.name,
            world=World.INVENTED,
            version=1,
            issued=NOW - DAY,
            expires=until,
            root=self.keys[Purpose.ROOT].verifying,
            keys=tuple(PublishedKey(key=self.keys[each].verifying, until=until) for each in PURPOSES[1:]),
            sealing=(PublishedSealingKey(key=opening.sealing, until=until),),
            tls_ca=make_authority(self._seed("tls"), name=self.name, not_before=NOW - DAY, not_after=until).pem,
            url=f"https://{self.name}.example/",
        )

    def _seed(self, word: str) -> bytes:
        return sha256(f"disclosed/{self.name}/{self.seed}/{word}".encode())

    @property
    def signed(self) -> bytes:
        """The signed key document."""
        return sign_key_document(self.document, self.keys[Purpose.ROOT])


ALBA, BOREAL = Agency("alba"), Agency("boreal")
TERMS = exact.to_bytes({"parties": ["alba", "boreal"]})
TERMS_HASH = sha256(TERMS).hex()


def claims(**changes: Any) -> dict[str, Any]:
    """Return the claims of alba's request, altered."""
    package = {"slot": SLOT, "documents": [{"sha256": sha256(DOCUMENT).hex(), "size": len(DOCUMENT), "parts": []}]}
    sound = {
        "v": 1,
        "mid": "1" * 32,
        "kind": "request",
        "iss": "alba",
        "aud": "boreal",
        "iat": NOW,
        "seq": 2,
        "prev": "0" * 64,
        "rid": REQUEST,
        "ver": 1,
        "agreement": TERMS_HASH,
        "salt": "5" * 64,
        "body": exact.to_bytes({"package": package}).decode(),
    }
    return {**sound, **changes}


def signed(said: Mapping[str, Any], key: SigningKey) -> bytes:
    """Sign claims, whatever they say."""
    return jws.sign(exact.to_bytes(dict(said)), key, typ=jws.Typ.MESSAGE)


def receipt(message: bytes, **changes: Any) -> dict[str, Any]:
    """Return the claims of boreal's receipt of a message."""
    body = {"of": "1" * 32, "sha256": sha256(message).hex(), "outcome": "taken", "gaps": []}
    told = {"mid": "2" * 32, "kind": "receipt", "iss": "boreal", "aud": "alba", "iat": NOW + 5, "seq": 0, "rid": ""}
    return claims(**{**told, "ver": 0, "body": exact.to_bytes(body).decode(), **changes})


def place(message: bytes, *, size: int = 4, number: int = 2, confirmed: bool = True, salt: str = "5" * 64) -> bytes:
    """Return the proof that a message stands at its number in alba's log, which boreal confirmed."""
    leaves = [b"another entry %d" % each for each in range(size)]
    leaves[number - 1] = link_leaf(salt=bytes.fromhex(salt), message=message)
    hashes = [leaf_hash(each) for each in leaves]
    checkpoint = Checkpoint(origin="alba/link/boreal", size=size, root=Frontier().append(*hashes).root())
    note = sign_checkpoint(checkpoint, ALBA.keys[Purpose.LOG])
    if confirmed:
        log = NoteKey(name="alba/link/boreal", key=ALBA.keys[Purpose.LOG].verifying)
        line = cosign(note, log=log, name="boreal", key=BOREAL.keys[Purpose.WITNESS], now=NOW + 60_000)
        note = with_cosignatures(note, line)
    steps = inclusion_proof(number - 1, size, subtrees_of(lambda start, end: hashes[start:end]))
    return TlogProof(index=number - 1, steps=steps, checkpoint=note).to_bytes()


def status(state: SlotState = SlotState.VALID, *, issued: int = NOW + 1000, life: int = DAY) -> bytes:
    """Return alba's signed list for boreal."""
    id_ = sha256(b"cotejo/status/alba/boreal").hex()[:32]
    listed = first_list(id_, slots=64, now=issued - 1, life=life).following({SLOT: state}, now=issued, life=life)
    return sign_status_list(listed, ALBA.keys[Purpose.STATUS])


def sound() -> dict[str, bytes]:
    """Return every member of a sound disclosure."""
    return dict(_sound())


@cache
def _sound() -> dict[str, bytes]:
    message = signed(claims(), ALBA.keys[Purpose.MESSAGE])
    return {
        "key-documents/alba/000001": ALBA.signed,
        "key-documents/boreal/000001": BOREAL.signed,
        "agreement": b"\n".join(
            jws.sign(TERMS, each.keys[Purpose.ROOT], typ=jws.Typ.AGREEMENT) for each in (ALBA, BOREAL)
        ),
        "messages/alba/0000000000000002": message,
        "receipts/alba/0000000000000002": signed(receipt(message), BOREAL.keys[Purpose.MESSAGE]),
        "proofs/alba/0000000000000002": place(message),
        f"status/alba/{NOW + 1000:016d}": status(),
        f"documents/{sha256(DOCUMENT).hex()}": DOCUMENT,
    }


def packed(items: Mapping[str, bytes] | None = None, **changes: Any) -> io.BytesIO:
    """Write a disclosure by boreal, altered."""
    out = io.BytesIO()
    about = {"request": REQUEST, "origin": "alba", "receiver": "boreal", "decided": NOW + 2000}
    terms = {
        "kind": PackageKind.DISCLOSURE,
        "id_": "d" * 32,
        "addressee": "court",
        "made": NOW + DAY,
        "about": about | changes.pop("about", {}),
        "issuer": "boreal",
        "key": BOREAL.keys[Purpose.MESSAGE],
    }
    write_package(out, (sound() if items is None else items).items(), **{**terms, **changes})
    return out
