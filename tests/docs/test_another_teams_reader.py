"""The vectors read by somebody who has docs/protocol.md and the usual libraries, and not a line of this project.

Everything here is written from the page alone: exact JSON, framing, key ids, both seals, padding, signatures, leaves,
checkpoints, status list, key document, agreement, files carried by hand. `jwcrypto` verifies, `pyhpke` opens; the
hybrid seal, which it does not know, is opened from its parts (FIPS 203, RFC 7748, X-Wing, RFC 9180).
"""

import ast
import base64
import hashlib
import hmac
import io
import json
import tarfile
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jwcrypto.common import base64url_decode, base64url_encode
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

VECTORS = Path(__file__).parents[2] / "docs/vectors"
EXCHANGE, MESSAGES, REFUSALS, SCHEMA = (
    json.loads((VECTORS / f"{name}-1.json").read_text(encoding="utf-8"))
    for name in ("exchange", "messages", "refusals", "schema")
)
CLASSES = (2048, 8192, 32768, 131072)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NoError(ValueError):
    """What is read is not what the page says."""


# Bytes


def exact(data: bytes):
    """Read exact JSON: one spelling for each value."""

    def no(_text):
        raise NoError

    value = json.loads(data.decode("utf-8"), parse_float=no, parse_constant=no)
    if deep(value) > 32 or spelled(value) != data:
        raise NoError
    return value


def deep(value) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, int) and abs(value) > 2**53 - 1:
        raise NoError
    return 1 + max(map(deep, inner), default=0)


def spelled(value) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def digest(word: str, *parts: bytes) -> bytes:
    return hashlib.sha256(framed(word.encode(), *parts)).digest()


def key_id(kind: str, public: bytes) -> str:
    return digest("cotejo/key-id/v1", kind.encode(), public)[:16].hex()


def unpadded(padded: bytes) -> bytes:
    end = 4 + int.from_bytes(padded[:4], "big")
    if len(padded) not in CLASSES or end > len(padded) or any(padded[end:]):
        raise NoError
    return padded[4:end]


# Signatures


def verified(compact: str, typ: str, keys: dict[str, str]) -> bytes:
    """Verify a compact JWS with jwcrypto, after the header was read by the page's own rules."""
    header = exact(base64url_decode(compact.split(".", maxsplit=1)[0]))
    if header.keys() != {"alg", "kid", "typ"} or (header["alg"], header["typ"]) != ("Ed25519", typ):
        raise NoError
    if any(base64url_encode(base64url_decode(part)) != part for part in compact.split(".")):
        raise NoError
    token = JWS()
    token.allowed_algs = ["Ed25519"]
    token.deserialize(compact, JWK(kty="OKP", crv="Ed25519", x=base64url_encode(bytes.fromhex(keys[header["kid"]]))))
    return token.payload


def published(purpose: str) -> dict[str, str]:
    """Return the published keys of a purpose by id; each id is computed from the key."""
    keys = {n: k for n, k in EXCHANGE["signing_keys"].items() if n.endswith(f"/{purpose}")}
    assert all(key_id(purpose, bytes.fromhex(key["public"])) == key["id"] for key in keys.values())
    return {key["id"]: key["public"] for key in keys.values()}


def message(signed: str) -> dict:
    claims = exact(verified(signed, "cotejo-message+jws", published("message")))
    assert set(claims) == {
        "agreement",
        "aud",
        "body",
        "iat",
        "iss",
        "kind",
        "mid",
        "prev",
        "rid",
        "salt",
        "seq",
        "v",
        "ver",
    }
    return claims


def test_this_file_imports_nothing_of_the_project():
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    names = [each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    names += [name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names]
    assert not any(name.split(".")[0].startswith(("cotejo", "tests", "tools")) for name in names)


# Seals


def info(suite: str) -> bytes:
    own = EXCHANGE["opening_keys"][suite]
    named = key_id(f"encryption/{suite}", bytes.fromhex(own["public"]))
    assert named == EXCHANGE["opening_key_ids"][suite]
    return framed(b"CTJ1", b"message", suite.encode(), named.encode(), b"alba", b"boreal")


def open_x25519(sealed: bytes) -> bytes:
    own = bytes.fromhex(EXCHANGE["opening_keys"]["X25519"]["x25519"])
    suite = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
    key = KEMKey.from_pyca_cryptography_key(X25519PrivateKey.from_private_bytes(own))
    return suite.create_recipient_context(sealed[:32], key, info=info("X25519")).open(sealed[32:])


def open_hybrid(sealed: bytes) -> bytes:
    """ML-KEM-768 with X25519 (KEM 0x647A), HKDF-SHA256, AES-256-GCM, RFC 9180 base mode."""
    own = {name: bytes.fromhex(text) for name, text in EXCHANGE["opening_keys"]["MLKEM768_X25519"].items()}
    x25519 = X25519PrivateKey.from_private_bytes(own["x25519"])
    capsule, content = sealed[:1120], sealed[1120:]
    lattice = MLKEM768PrivateKey.from_seed_bytes(own["mlkem768_seed"]).decapsulate(capsule[:1088])
    curve = x25519.exchange(X25519PublicKey.from_public_bytes(capsule[1088:]))
    mine = x25519.public_key().public_bytes_raw()
    assert own["public"][1184:] == mine
    shared = hashlib.sha3_256(lattice + curve + capsule[1088:] + mine + b"\\.//^\\").digest()
    suite = b"HPKE" + bytes.fromhex("647a" + "0001" + "0002")

    def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")

    def expand(key: bytes, label: bytes, context: bytes, size: int) -> bytes:
        asked = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(key, asked + b"\1", "sha256")[:size]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info("MLKEM768_X25519"))
    secret = extract(shared, b"secret", b"")
    key, nonce = expand(secret, b"key", context, 32), expand(secret, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, content, b"")


@pytest.mark.parametrize(
    ("suite", "number", "opened"), [("X25519", 1, open_x25519), ("MLKEM768_X25519", 2, open_hybrid)]
)
def test_an_envelope_opens_to_a_message_and_the_message_to_its_leaf(suite, number, opened):
    said = EXCHANGE["message"]
    envelope = bytes.fromhex(said["envelopes"][suite])
    assert envelope[:5] == b"CTJ1" + bytes((number,))
    assert envelope[5:21].hex() == EXCHANGE["opening_key_ids"][suite]
    signed = unpadded(opened(envelope[21:])).decode()
    claims = message(signed)
    assert (signed, spelled(claims).decode()) == (said["signed"], said["claims"])
    assert exact(claims["body"].encode()) == {"reason": "no_longer_needed", "request": claims["rid"], "version": 2}
    commitment = hmac.digest(bytes.fromhex(claims["salt"]), hashlib.sha256(signed.encode()).digest(), "sha256").hex()
    assert commitment == said["commitment"]
    assert spelled({"c": commitment, "v": 1}).decode() == said["leaf"]


# What nodes publish


def test_the_key_document_is_signed_by_the_root_it_names_and_its_fingerprint_can_be_read_aloud():
    said = EXCHANGE["key_document"]
    (line,) = said["signed"].split("\n")
    document = exact(verified(line, "cotejo-key-document+jws", published("root")))
    assert document["root"] == EXCHANGE["signing_keys"]["alba/root"]["public"]
    assert spelled(document).decode() == said["bytes"]
    assert digest("cotejo/key-document/v1", said["bytes"].encode()).hex() == said["digest"]
    bits = int.from_bytes(digest("cotejo/fingerprint/v1", said["bytes"].encode())[:20], "big")
    letters = "".join(CROCKFORD[bits >> shift & 31] for shift in range(155, -1, -5))
    assert " ".join(letters[at : at + 4] for at in range(0, 32, 4)) == said["fingerprint"]


def test_both_roots_signed_the_same_terms_and_their_hash_is_what_messages_cite():
    for name in ("agreement", "next_agreement"):
        said = EXCHANGE[name]
        assert {verified(each, "cotejo-agreement+jws", published("root")) for each in said["signed"]} == {
            said["bytes"].encode()
        }
        assert hashlib.sha256(said["bytes"].encode()).hexdigest() == said["hash"]
    earlier, later = (exact(EXCHANGE[name]["bytes"].encode()) for name in ("agreement", "next_agreement"))
    assert exact(EXCHANGE["message"]["claims"].encode())["agreement"] == EXCHANGE["agreement"]["hash"]
    assert later["replaces"] == [EXCHANGE["agreement"]["hash"]]
    passed = (later["valid_from"] - earlier["valid_from"]) // earlier["answer_every"]
    assert later["first_date"] == passed
    assert later["dates_from"] == earlier["valid_from"] + passed * earlier["answer_every"]


def test_an_agreement_is_offered_by_the_senders_signature_over_its_terms():
    body = exact(message(MESSAGES["messages"]["agreement"]["signed"])["body"].encode())
    [offered] = body["signed"]
    assert verified(offered, "cotejo-agreement+jws", published("root")) == EXCHANGE["next_agreement"]["bytes"].encode()


def test_the_status_list_has_two_bits_a_slot():
    said = EXCHANGE["status_list"]
    listed = exact(verified(said["signed"], "cotejo-status-list+jws", published("status")))
    assert listed["id"] == hashlib.sha256(b"cotejo/status/alba/boreal").hexdigest()[:32]
    bits = base64url_decode(listed["bits"])
    states = {slot: bits[slot // 4] >> 2 * (slot % 4) & 3 for slot in range(4 * len(bits))}
    assert {str(slot): state for slot, state in states.items() if state} == said["states"]


def note_lines(note: str, key: str):
    """Return the text of a signed note and what one signer's line carries."""
    name, shown, encoded = key.split("+", 2)
    typed = base64.b64decode(encoded)
    assert hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == shown
    text, _, lines = note.rpartition("\n\n")
    blobs = [base64.b64decode(line.rsplit(" ", 1)[1]) for line in lines.splitlines() if line.startswith(f"— {name} ")]
    return text + "\n", typed[1:], next(blob[4:] for blob in blobs if blob[:4].hex() == shown)


def test_the_checkpoint_is_signed_by_its_log_and_confirmed_by_the_addressee():
    said = EXCHANGE["line"]
    text, key, signature = note_lines(said["confirmed"], said["log_key"])
    Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode())
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text.encode() + b"\n")
    leaf_hash = hashlib.sha256(b"\0" + EXCHANGE["message"]["leaf"].encode()).digest()
    assert text == f"alba/link/boreal\n1\n{base64.b64encode(leaf_hash).decode()}\n"
    text, key, blob = note_lines(said["confirmed"], said["witness_key"])
    seconds = int.from_bytes(blob[:8], "big")
    assert seconds == EXCHANGE["now"] // 1000
    Ed25519PublicKey.from_public_bytes(key).verify(blob[8:], f"cosignature/v1\ntime {seconds}\n{text}".encode())


def test_what_the_addressee_states_of_the_line_follows_from_the_one_message():
    said, told = EXCHANGE["message"], exact(EXCHANGE["line"]["message"].encode())
    stated = exact(EXCHANGE["line"]["statement_of_addressee"].encode())
    leaf_hash = hashlib.sha256(b"\0" + said["leaf"].encode()).hexdigest()
    assert stated["heard"] == {"count": 1, "last": said["sha256"], "root": leaf_hash}
    assert stated["told"] == {"count": 0, "last": "", "root": hashlib.sha256(b"").hexdigest()}
    assert stated["outcomes"] == digest("cotejo/outcomes/v2", b"", told["mid"].encode(), b"taken").hex()
    assert stated["floors"] == digest("cotejo/floors/v1", told["request"].encode(), b"3").hex()


# Every kind


def test_every_kind_of_message_is_signed_numbered_and_has_its_class():
    for number, (name, said) in enumerate(MESSAGES["messages"].items(), 1):
        claims = message(said["signed"])
        assert spelled(claims).decode() == said["claims"]
        assert claims["seq"] == (0 if claims["kind"] == "receipt" else number)
        assert hashlib.sha256(said["signed"].encode()).hexdigest() == said["sha256"]
        exact(claims["body"].encode())
        smallest, largest = SCHEMA["padding"][claims["kind"]]
        fits = next(size for size in CLASSES if smallest <= size <= largest and size >= len(said["signed"]) + 4)
        assert said["padded_length"] == fits, name


# What is carried by hand


@pytest.mark.parametrize("name", ["mail-1.tar", "disclosure-1.tar"])
def test_a_file_carried_by_hand_is_a_tar_whose_first_member_lists_the_others(name):
    with tarfile.open(fileobj=io.BytesIO((VECTORS / name).read_bytes()), mode="r:") as file:
        found = {each.name: file.extractfile(each).read() for each in file}
    manifest = exact(verified(found.pop("manifest").decode(), "cotejo-package+jws", published("message")))
    listed = [(each["name"], each["size"], each["sha256"]) for each in manifest["members"]]
    assert listed == [(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in found.items()]
    if manifest["kind"] == "mail":
        assert found["messages/0000000000000001"].hex() == EXCHANGE["message"]["envelopes"]["X25519"]
        return
    signed = found["messages/alba/0000000000000001"].decode()
    receipt = exact(message(found["receipts/alba/0000000000000001"].decode())["body"].encode())
    assert receipt["of"] == message(signed)["mid"]
    assert receipt["sha256"] == hashlib.sha256(signed.encode()).hexdigest()
    head, _, checkpoint = found["proofs/alba/0000000000000001"].decode().partition("\n\n")
    assert head == "c2sp.org/tlog-proof@v1\nindex 0"
    assert checkpoint == EXCHANGE["line"]["confirmed"]


# What is refused

READ = {
    "exact": lambda text: exact(text.encode("utf-8", "surrogatepass")),
    "base64url": lambda text: (
        base64url_encode(base64.b64decode(text + "==="[: -len(text) % 4], b"-_", validate=True)) == text
    ),
    "padding": lambda text: unpadded(bytes.fromhex(text)),
    "jws": lambda text: verified(text, "cotejo-message+jws", published("message")),
}
CASES = [(group, each) for group in READ for each in REFUSALS["groups"][group]["refused"]]


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{group}: {each['name']}" for group, each in CASES])
def test_a_reader_written_from_the_page_refuses_what_has_to_be_refused(group, case):
    try:
        accepted = READ[group](case.get("text", case.get("hex")))
    except Exception:  # noqa: BLE001 - however another team's libraries say no
        accepted = False
    assert accepted is False
