"""A file carried by hand: exact bytes of many items under one signed list of them. A plain tar that any tool lists.

1. POSIX ustar, regular files only, no compression: nothing swells, and nothing is unpacked to be read. The first member
   is `manifest`, a compact JWS (type `cotejo-package+jws`, a message key) that names every other member in order, with
   length and SHA-256. Two blocks of zeros end it.
2. There is one spelling: a reader compares each header with the one it would have written itself. So nothing can stand
   between, behind or beside the members, and no name leads out of a folder.
3. Sizes are bounded before anything is read; no more than one member is held in memory at a time.
4. The whole file is checked before anything in it counts: cut short or altered anywhere, it is refused as a whole.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from cotejo.proof import exact, jws
from cotejo.proof.keys import SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

VERSION: Final = 1
LARGEST_PACKAGE: Final = 512 * 1024 * 1024
LARGEST_MEMBER: Final = 64 * 1024 * 1024
LARGEST_MANIFEST: Final = 4 * 1024 * 1024
MOST_MEMBERS: Final = 10_000
MANIFEST: Final = "manifest"
ID_SIZE: Final = 16

_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
_LONGEST_NAME: Final = 100
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)*")
_FIELDS: Final = frozenset({"about", "addressee", "id", "issuer", "kind", "made", "members", "v"})
_SIZE_AT: Final = slice(124, 135)
_CHUNK: Final = 1024 * 1024


class PackageKind(StrEnum):
    """What a package file is for."""

    MAIL = "mail"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One item: its name in the file, the hex SHA-256 and the length of its bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the issuer signs: who made the file for whom, when (ms UTC), what about, and every member in order."""

    kind: PackageKind
    id: str
    issuer: str
    addressee: str
    made: int
    about: Mapping[str, exact.Exact]
    members: tuple[Member, ...]

    def to_bytes(self) -> bytes:
        """Return the exact bytes that are signed."""
        return exact.to_bytes(
            {
                "v": VERSION,
                "kind": self.kind,
                "id": self.id,
                "issuer": self.issuer,
                "addressee": self.addressee,
                "made": self.made,
                "about": dict(self.about),
                "members": [{"name": each.name, "sha256": each.sha256, "size": each.size} for each in self.members],
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package file whose every byte is as its issuer signed it; `places` says where each member's bytes begin."""

    manifest: Manifest
    file: BinaryIO
    places: Mapping[str, tuple[Member, int]]

    def read(self, name: str) -> bytes:
        """Return a member, compared with the manifest once more. Raises `KeyError`, `ProofError(PACKAGE_BROKEN)`."""
        return _content(self.file, *self.places[name])

    def under(self, folder: str) -> tuple[str, ...]:
        """Return the names of all members below a folder, in the order of the file."""
        return tuple(each.name for each in self.manifest.members if each.name.startswith(f"{folder}/"))


Keys = Callable[[Manifest, Callable[[str], bytes]], Mapping[str, VerifyingKey]]
"""Which keys may sign, by id, of a manifest not yet believed; the second argument reads a member that fits it."""


def write_package(
    out: BinaryIO,
    items: Iterable[tuple[str, bytes]],
    *,
    kind: PackageKind,
    id_: str,
    addressee: str,
    made: int,
    about: Mapping[str, exact.Exact],
    issuer: str,
    key: SigningKey,
) -> Manifest:
    """Write a package file and return its manifest. `id_` is 32 hex digits.

    Raises `ProofError`: PACKAGE_TOO_LARGE, PACKAGE_BROKEN for a name that is none, and what `jws.sign` raises.
    """
    contents = tuple(items)
    members = tuple(
        Member(name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content)) for name, content in contents
    )
    manifest = Manifest(kind=kind, id=id_, issuer=issuer, addressee=addressee, made=made, about=about, members=members)
    _check(manifest)
    signed = jws.sign(manifest.to_bytes(), key, typ=jws.Typ.PACKAGE, at_most=LARGEST_MANIFEST)
    for name, content in ((MANIFEST, signed), *contents):
        out.write(_header(name, len(content)))
        out.write(content)
        out.write(bytes(-len(content) % _BLOCK))
    out.write(_END)
    return manifest


def open_package(file: BinaryIO, keys: Keys) -> Package:
    """Check a whole package file and return it. `file` can be read at any place.

    Raises `ProofError`: PACKAGE_BROKEN, PACKAGE_TOO_LARGE, and what `keys` and `jws.verify` raise.
    """
    size = file.seek(0, 2)
    if size > LARGEST_PACKAGE:
        raise ProofError(Reason.PACKAGE_TOO_LARGE, f"{size} bytes, at most {LARGEST_PACKAGE}")
    signed = _first(file)
    manifest = _unverified(signed)
    places: dict[str, tuple[Member, int]] = {}
    at = _next(0, len(signed))
    for member in manifest.members:
        _require(_at(file, at, _BLOCK) == _header(member.name, member.size), f"the header of {member.name}")
        places[member.name] = (member, at + _BLOCK)
        _content(file, member, at + _BLOCK, keep=False)
        at = _next(at, member.size)
    _require(at + len(_END) == size and _at(file, at, len(_END)) == _END, "the end of the file")
    package = Package(manifest=manifest, file=file, places=places)
    jws.verify(signed, keys(manifest, package.read), typ=jws.Typ.PACKAGE, at_most=LARGEST_MANIFEST)
    return package


def kind_of(file: BinaryIO) -> PackageKind:
    """Return what kind of package a file says it is; nothing is believed yet. Raises `ProofError(PACKAGE_BROKEN)`."""
    return _unverified(_first(file)).kind


def _first(file: BinaryIO) -> bytes:
    """Return the signed manifest, not yet verified."""
    header = _at(file, 0, _BLOCK)
    digits = header[_SIZE_AT]
    size = int(digits, 8) if re.fullmatch(rb"[0-7]{11}", digits) else LARGEST_MANIFEST + 1
    _require(size <= LARGEST_MANIFEST and header == _header(MANIFEST, size), "no manifest at its beginning")
    signed = _at(file, _BLOCK, size)
    _require(_at(file, _BLOCK + size, -size % _BLOCK) == bytes(-size % _BLOCK), "the filling after the manifest")
    return signed


def _unverified(signed: bytes) -> Manifest:
    try:
        jws.read_header(signed, at_most=LARGEST_MANIFEST)
        payload = exact.from_base64url(signed.split(b".")[1].decode("ascii"))
        fields = exact.object_of(payload, _FIELDS, at_most=LARGEST_MANIFEST)
        if fields["v"] != VERSION or isinstance(fields["v"], bool):
            raise _broken(f"version {fields['v']!r}"[:60])
        match fields:
            case {
                "kind": str(kind),
                "id": str(id_),
                "issuer": str(issuer),
                "addressee": str(addressee),
                "made": int(made),
                "about": dict(about),
                "members": list(members),
            } if not isinstance(made, bool) and kind in set(PackageKind) and len(members) <= MOST_MEMBERS:
                manifest = Manifest(
                    kind=PackageKind(kind),
                    id=id_,
                    issuer=issuer,
                    addressee=addressee,
                    made=made,
                    about=about,
                    members=tuple(map(_member, members)),
                )
                _check(manifest)
                return manifest
    except ProofError as error:
        if error.reason in {Reason.PACKAGE_BROKEN, Reason.PACKAGE_TOO_LARGE}:
            raise
        raise ProofError(Reason.PACKAGE_BROKEN, f"manifest: {error}") from error
    raise _broken("a field of the manifest is of another kind")


def _member(item: exact.Exact) -> Member:
    match item:
        case {"name": str(name), "sha256": str(sha256), "size": int(size), **other} if not (
            other or isinstance(size, bool)
        ):
            return Member(name=name, sha256=sha256, size=size)
    raise _broken("a member of another form")


def _check(manifest: Manifest) -> None:
    """Refuse a manifest whose names, hashes or sizes no reader may trust itself to."""
    exact.from_hex(manifest.id, size=ID_SIZE)
    _require(manifest.made >= 0, "a time before 1970")
    names = [each.name for each in manifest.members]
    _require(len(set(names)) == len(names) and MANIFEST not in names, "a name stands twice")
    if len(names) > MOST_MEMBERS or sum(_next(0, each.size) for each in manifest.members) > LARGEST_PACKAGE:
        raise ProofError(Reason.PACKAGE_TOO_LARGE, f"{len(names)} members")
    for each in manifest.members:
        _require(len(each.name) <= _LONGEST_NAME and bool(_NAME.fullmatch(each.name)), f"the name {each.name[:40]!r}")
        exact.from_hex(each.sha256, size=exact.DIGEST_SIZE)
        _require(each.size >= 0, f"the size of {each.name}")
        if each.size > LARGEST_MEMBER:
            raise ProofError(Reason.PACKAGE_TOO_LARGE, f"{each.name}: {each.size} bytes, at most {LARGEST_MEMBER}")


def _content(file: BinaryIO, member: Member, at: int, *, keep: bool = True) -> bytes:
    """Return a member's bytes, or nothing but the certainty that they are the ones listed."""
    digest, kept, left = hashlib.sha256(), [], member.size
    file.seek(at)
    while left:
        piece = file.read(min(left, _CHUNK))
        _require(bool(piece), f"{member.name} is cut short")
        digest.update(piece)
        left -= len(piece)
        if keep:
            kept.append(piece)
    _require(digest.hexdigest() == member.sha256, f"{member.name} is not what its issuer signed")
    _require(file.read(-member.size % _BLOCK) == bytes(-member.size % _BLOCK), f"the filling after {member.name}")
    return b"".join(kept)


def _at(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)


def _next(at: int, size: int) -> int:
    """Return where the header after a member of this size stands."""
    return at + _BLOCK + size + -size % _BLOCK


def _header(name: str, size: int) -> bytes:
    """Return the one ustar header a member of this name and size has (POSIX.1-1988; mode 644, time 0, nobody's)."""
    before = name.encode("ascii", "replace")[:_LONGEST_NAME].ljust(_LONGEST_NAME, b"\0")
    before += b"0000644\0" + b"0000000\0" * 2 + f"{size:011o}\0".encode() + b"00000000000\0"
    after = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2
    after = after.ljust(_BLOCK - len(before) - 8, b"\0")
    total = sum(before) + 8 * ord(" ") + sum(after)
    return before + f"{total:06o}\0 ".encode() + after


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise _broken(what)


def _broken(what: str) -> ProofError:
    return ProofError(Reason.PACKAGE_BROKEN, what)
