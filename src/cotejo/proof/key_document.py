"""A node's key document: who it is, which keys it uses for what, and until when (the pattern of TUF's root role).

1. The document is signed by the root key it names. Version n+1 is signed by the root of n as well when the root
   changes, and carries the hash of n: the line is unbroken or it is not followed.
2. Name and world never change along a line. A real node and an invented one can never be mistaken for each other.
3. Each key has one purpose and a last moment; after it nothing new is accepted under that key.
4. The fingerprint covers the whole document, so reading it aloud at pairing covers every key in it.
5. A key that may have been in other hands is named with the moment after which nothing under it counts, and stays named
   for as long as it would have been in force. A document that names one is of form 2; all others are of form 1.
6. Two TLS authorities may stand in it while one takes the other's place.

All times are integer milliseconds UTC. The root key may stay off line; everything else in daily use is named here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from cotejo.proof import exact, jws
from cotejo.proof.keys import KEY_ID_SIZE, PUBLIC_SIZE, Purpose, SigningKey, VerifyingKey, fingerprint
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.sealing import SealingKey, Suite

LARGEST_DOCUMENT = 32 * 1024
VERSION = 1
WITH_REVOKED = 2
MOST_AUTHORITIES = 2

_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")
_ID = re.compile(r"[0-9a-f]{32}")
"""What is kept of a node under its name must never be what is kept under the id of a list or a case."""
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_URL = re.compile(rf"https://({_LABEL}(\.{_LABEL})*|\[[0-9a-f:.]+\])(:[1-9][0-9]{{0,4}})?(/[A-Za-z0-9._~/-]*)?")
_PUBLISHED = frozenset({Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS})
_FIELDS = frozenset(
    {"v", "name", "world", "version", "issued", "expires", "root", "previous", "keys", "sealing", "tls_ca", "url"}
)


class World(StrEnum):
    """Whether a node handles real people or invented ones; written once, at its birth."""

    REAL = "real"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKey:
    """A signing key in use until a moment (exclusive)."""

    key: VerifyingKey
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSealingKey:
    """A key to seal for, until a moment (exclusive)."""

    key: SealingKey
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A key (by its id) under which nothing made at `invalid_after` or later counts (rule 5)."""

    key: str
    invalid_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDocument:
    """One version of a node's key document; `previous` is the hex hash of the version before, empty in the first."""

    name: str
    world: World
    version: int
    issued: int
    expires: int
    root: VerifyingKey
    keys: tuple[PublishedKey, ...]
    sealing: tuple[PublishedSealingKey, ...]
    tls_ca: str
    url: str
    previous: str = ""
    revoked: tuple[Revoked, ...] = ()

    def __post_init__(self) -> None:
        faults = [fault for fault, found in self._faults() if found]
        if faults:
            raise ProofError(Reason.NOT_EXACT, "; ".join(faults))

    def _faults(self) -> tuple[tuple[str, bool], ...]:
        ids = [*(p.key.key_id for p in self.keys), *(p.key.key_id for p in self.sealing)]
        return (
            ("the name is lower-case letters, digits, dots and hyphens", not _NAME.fullmatch(self.name)),
            ("the name is none that could be an id: 32 hexadecimal digits", bool(_ID.fullmatch(self.name))),
            ("the version starts at 1", self.version < 1),
            ("it expires after it is issued", not 0 <= self.issued < self.expires),
            ("the root key has the purpose root", self.root.purpose is not Purpose.ROOT),
            (
                "a key is listed under a purpose not published here",
                any(k.key.purpose not in _PUBLISHED for k in self.keys),
            ),
            ("a key is listed twice", len(set(ids)) != len(ids)),
            ("there is at least one sealing key", not self.sealing),
            ("the exchange address is https://, a name or number, a port and a path", not _URL.fullmatch(self.url)),
            (
                "the first version follows nothing, every other names the one before",
                bool(self.previous) != (self.version > 1),
            ),
            ("the TLS authorities are one or two different PEM certificates", not _are_certificates(self.tls_ca)),
            ("a key is revoked twice", len({each.key for each in self.revoked}) != len(self.revoked)),
        )

    def verifying_keys(self, purpose: Purpose, *, now: int) -> dict[str, VerifyingKey]:
        """Keys of one purpose in force at `now`, by key id. Raises `ProofError(KEY_DOCUMENT_EXPIRED)`."""
        self.require_current(now)
        ends = {each.key: each.invalid_after for each in self.revoked}
        return {
            p.key.key_id: p.key
            for p in self.keys
            if p.key.purpose is purpose and now < min(p.until, ends.get(p.key.key_id, p.until))
        }

    def sealing_keys(self, *, now: int) -> tuple[SealingKey, ...]:
        """Keys to seal for this node in force at `now`. Raises `ProofError(KEY_DOCUMENT_EXPIRED)`."""
        self.require_current(now)
        return tuple(key for key, end in self._sealing_ends() if now < end)

    def seals_until(self) -> int:
        """Return the moment from which nothing can be sealed for this node: the document or its last key has ended."""
        return min(self.expires, max(end for _, end in self._sealing_ends()))

    def _sealing_ends(self) -> Iterator[tuple[SealingKey, int]]:
        ends = {each.key: each.invalid_after for each in self.revoked}
        return ((p.key, min(p.until, ends.get(p.key.key_id, p.until))) for p in self.sealing)

    def log_key(self, log: str, *, now: int) -> NoteKey:
        """Return the first listed key in force for this node's log `house` or `link/NAME`."""
        for key in self.verifying_keys(Purpose.LOG, now=now).values():
            return NoteKey(name=f"{self.name}/{log}", key=key)
        raise ProofError(Reason.UNKNOWN_KEY, f"{self.name} publishes no log key in force")

    def require_current(self, now: int) -> None:
        """Return while the document is in force, else raise `ProofError(KEY_DOCUMENT_EXPIRED)`."""
        if not now < self.expires:
            raise ProofError(Reason.KEY_DOCUMENT_EXPIRED, f"{self.name} version {self.version}")

    def digest(self) -> str:
        """Return the hex hash by which the next version names this one."""
        return exact.digest_for("cotejo/key-document/v1", self.to_bytes()).hex()

    def fingerprint(self) -> str:
        """Return what two people read to each other when they pair (rule 4)."""
        return fingerprint(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the exact bytes that are signed."""
        revoked: list[exact.Exact] = [{"key": each.key, "invalid_after": each.invalid_after} for each in self.revoked]
        more: dict[str, exact.Exact] = {"revoked": revoked} if revoked else {}
        return exact.to_bytes(
            {
                "v": WITH_REVOKED if revoked else VERSION,
                "name": self.name,
                "world": self.world,
                "version": self.version,
                "issued": self.issued,
                "expires": self.expires,
                "root": self.root.public.hex(),
                "previous": self.previous,
                "keys": [{"purpose": p.key.purpose, "public": p.key.public.hex(), "until": p.until} for p in self.keys],
                "sealing": [
                    {"suite": p.key.suite, "public": p.key.public.hex(), "until": p.until} for p in self.sealing
                ],
                "tls_ca": self.tls_ca,
                "url": self.url,
                **more,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read exact bytes, signatures not checked. Raises `ProofError`: NOT_EXACT, BAD_KEY, TOO_LARGE."""
        fields = _fields_of(data)
        try:
            if _number(fields["v"]) != (WITH_REVOKED if fields.get("revoked") else VERSION):
                raise ProofError(Reason.NOT_EXACT, f"key document of form {fields['v']!r}")
            return cls(
                name=_text(fields["name"]),
                world=World(_text(fields["world"])),
                version=_number(fields["version"]),
                issued=_number(fields["issued"]),
                expires=_number(fields["expires"]),
                root=VerifyingKey(purpose=Purpose.ROOT, public=exact.from_hex(_text(fields["root"]), size=PUBLIC_SIZE)),
                previous=_text(fields["previous"]),
                keys=tuple(map(_read_key, _items(fields["keys"], "purpose", "public", "until"))),
                sealing=tuple(map(_read_sealing_key, _items(fields["sealing"], "suite", "public", "until"))),
                tls_ca=_text(fields["tls_ca"]),
                url=_text(fields["url"]),
                revoked=tuple(map(_read_revoked, _items(fields.get("revoked", []), "key", "invalid_after"))),
            )
        except ValueError as error:
            raise ProofError(Reason.NOT_EXACT, "a key document field of another kind") from error


def sign_key_document(document: KeyDocument, root: SigningKey, *, old_root: SigningKey | None = None) -> bytes:
    """Return the document as one line of compact JWS per root key: its own, then the old one when the root changed."""
    if root.verifying != document.root:
        raise ProofError(Reason.UNKNOWN_KEY, "the signing root is not the root the document names")
    signers = [root] if old_root is None else [root, old_root]
    return b"\n".join(jws.sign(document.to_bytes(), key, typ=jws.Typ.KEY_DOCUMENT) for key in signers)


def open_key_document(data: bytes) -> KeyDocument:
    """Return a key document signed by the root it names: says who speaks, not that you know them; compare fingerprints.

    Raises `ProofError`: everything `jws.verify` and `KeyDocument.from_bytes` raise.
    """
    first, _, _ = data.partition(b"\n")
    jws.read_header(first, at_most=2 * LARGEST_DOCUMENT)
    document = KeyDocument.from_bytes(exact.from_base64url(first.split(b".")[1].decode("ascii")))
    _require_signature(data, document, document.root)
    return document


def follow_key_document(held: KeyDocument, data: bytes) -> KeyDocument:
    """Return the next version of a document we hold (rules 1 and 2).

    Raises `ProofError`: KEY_DOCUMENT_BROKEN_LINE, and everything `open_key_document` raises.
    """
    new = open_key_document(data)
    if (new.name, new.world, new.version) != (held.name, held.world, held.version + 1):
        raise ProofError(Reason.KEY_DOCUMENT_BROKEN_LINE, f"version {new.version} of {new.name} after {held.version}")
    if new.previous != held.digest() or new.issued < held.issued:
        raise ProofError(Reason.KEY_DOCUMENT_BROKEN_LINE, "it names another version before it")
    try:
        _require_signature(data, new, held.root)
    except ProofError as error:
        raise ProofError(Reason.KEY_DOCUMENT_BROKEN_LINE, "not signed by the root we hold") from error
    return new


def _require_signature(data: bytes, document: KeyDocument, root: VerifyingKey) -> None:
    lines = data.split(b"\n")
    if len(lines) > 2:  # noqa: PLR2004 - the new root and the old one
        raise ProofError(Reason.NOT_EXACT, f"{len(lines)} signatures on a key document")
    for line in lines:
        if jws.read_header(line, at_most=2 * LARGEST_DOCUMENT)["kid"] == root.key_id:
            keys = {root.key_id: root}
            verified = jws.verify(line, keys, typ=jws.Typ.KEY_DOCUMENT, at_most=2 * LARGEST_DOCUMENT)
            if verified.payload != document.to_bytes():
                raise ProofError(Reason.BAD_SIGNATURE, "the signatures are over different documents")
            return
    raise ProofError(Reason.UNKNOWN_KEY, "not signed by the root expected")


def _fields_of(data: bytes) -> Mapping[str, exact.Exact]:
    value = exact.from_bytes(data, at_most=LARGEST_DOCUMENT)
    if isinstance(value, dict) and "revoked" in value:
        return exact.object_of(data, _FIELDS | {"revoked"}, at_most=LARGEST_DOCUMENT)
    return exact.object_of(data, _FIELDS, at_most=LARGEST_DOCUMENT)


def _read_revoked(item: Mapping[str, exact.Exact]) -> Revoked:
    key = exact.from_hex(_text(item["key"]), size=KEY_ID_SIZE).hex()
    return Revoked(key=key, invalid_after=_number(item["invalid_after"]))


def _read_key(item: Mapping[str, exact.Exact]) -> PublishedKey:
    public = exact.from_hex(_text(item["public"]), size=PUBLIC_SIZE)
    key = VerifyingKey(purpose=Purpose(_text(item["purpose"])), public=public)
    return PublishedKey(key=key, until=_number(item["until"]))


def _read_sealing_key(item: Mapping[str, exact.Exact]) -> PublishedSealingKey:
    public = _text(item["public"])
    key = SealingKey(suite=Suite(_number(item["suite"])), public=exact.from_hex(public, size=len(public) // 2))
    return PublishedSealingKey(key=key, until=_number(item["until"]))


def _items(value: exact.Exact, *names: str) -> list[Mapping[str, exact.Exact]]:
    items = value if isinstance(value, list) else [None]
    found: list[Mapping[str, exact.Exact]] = [
        item for item in items if isinstance(item, dict) and item.keys() == set(names)
    ]
    if len(found) != len(items):
        raise ValueError("a malformed list of keys")
    return found


def _text(value: exact.Exact) -> str:
    if not isinstance(value, str):
        raise ValueError("not text")  # noqa: TRY004 - one kind of error for every malformed field
    return value


def _number(value: exact.Exact) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not a whole number")  # noqa: TRY004 - one kind of error for every malformed field
    return value


def _are_certificates(pem: str) -> bool:
    try:
        found = x509.load_pem_x509_certificates(pem.encode("ascii"))
        return 1 <= len(found) <= MOST_AUTHORITIES and len(set(found)) == len(found)
    except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm):
        return False
