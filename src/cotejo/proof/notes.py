"""Signed notes (c2sp.org/signed-note): text a person can read, with one signature line per signer.

1. The text ends with a line break; an empty line parts it from lines `— name base64(key hash | signature)`.
2. A log signs with key type 0x01 (Ed25519 over the text); a witness cosigns with type 0x04, over the time and the text
   (c2sp.org/tlog-cosignature). The purpose of the key decides which.
3. A line by a key we know must hold, or the whole note is refused; lines by strangers are kept and mean nothing.
"""

import base64
from dataclasses import dataclass
from typing import Self

from cotejo.proof.exact import sha256
from cotejo.proof.keys import SIGNATURE_SIZE, Purpose, SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

LARGEST_NOTE = 64 * 1024
MOST_SIGNATURES = 100

_DASH = "\N{EM DASH} "
_KEY_TYPES = {Purpose.LOG: b"\x01", Purpose.WITNESS: b"\x04"}
_PURPOSES = {number: purpose for purpose, number in _KEY_TYPES.items()}
_HASH_SIZE = 4
_TIME_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """Who may sign notes under which name: a log (purpose `log`) or a witness (purpose `witness`)."""

    name: str
    key: VerifyingKey

    def __post_init__(self) -> None:
        if not self.name or any(letter.isspace() or letter == "+" or not letter.isprintable() for letter in self.name):
            raise ProofError(Reason.BAD_KEY, "a signer's name has no spaces and no plus sign")
        if self.key.purpose not in _KEY_TYPES:
            raise ProofError(Reason.WRONG_PURPOSE, f"a {self.key.purpose} key signs no notes")

    @property
    def key_hash(self) -> bytes:
        """The four bytes that name this signer on a signature line; a hint, not a proof."""
        typed = _KEY_TYPES[self.key.purpose] + self.key.public
        return sha256(self.name.encode() + b"\n" + typed)[:_HASH_SIZE]

    def text(self) -> str:
        """`name+hash+base64(type | key)`, as C2SP tools read and write it."""
        typed = _KEY_TYPES[self.key.purpose] + self.key.public
        return f"{self.name}+{self.key_hash.hex()}+{base64.b64encode(typed).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `text` writes. Raises `ProofError(BAD_KEY)`."""
        name, _, rest = text.strip().partition("+")
        shown_hash, _, encoded = rest.partition("+")
        try:
            typed = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise ProofError(Reason.BAD_KEY, "not name+hash+key") from error
        purpose = _PURPOSES.get(typed[:1])
        if purpose is None:
            raise ProofError(Reason.BAD_KEY, "not name+hash+key, or a key type unknown here")
        key = cls(name=name, key=VerifyingKey(purpose=purpose, public=typed[1:]))
        if key.key_hash.hex() != shown_hash:
            raise ProofError(Reason.BAD_KEY, f"the hash of {name} does not fit its key")
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """One signer's line: the name and key hash it claims, and the signature bytes."""

    name: str
    key_hash: bytes
    signature: bytes

    def text(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_hash + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text and its signature lines, as read; nothing verified yet."""

    text: str
    lines: tuple[SignatureLine, ...] = ()

    def to_bytes(self) -> bytes:
        return (self.text + "\n" + "".join(line.text() for line in self.lines)).encode("utf-8")

    def with_lines(self, *lines: SignatureLine) -> Self:
        """Return the note with these lines after its own; a line it already has is not repeated."""
        added = tuple(line for line in dict.fromkeys(lines) if line not in self.lines)
        return type(self)(text=self.text, lines=self.lines + added)

    def signed_by(self, key: NoteKey) -> SignatureLine | None:
        """Return the line of this signer, verified; nothing when there is none.

        Raises `ProofError(BAD_SIGNATURE)` when a line claims this signer and does not hold (rule 3).
        """
        found = None
        for line in self.lines:
            if (line.name, line.key_hash) == (key.name, key.key_hash):
                key.key.verify(line.signature[-SIGNATURE_SIZE:], _signed_bytes(key.key.purpose, self.text, line))
                found = found or line
        return found


def sign_note(text: str, *, name: str, key: SigningKey) -> SignatureLine:
    """Return a log's signature line over a text."""
    signer = NoteKey(name=name, key=key.verifying)
    if key.purpose is not Purpose.LOG:
        raise ProofError(Reason.WRONG_PURPOSE, f"a {key.purpose} key on a log's note")
    return SignatureLine(name=name, key_hash=signer.key_hash, signature=key.sign(text.encode("utf-8")))


def cosign_note(text: str, *, name: str, key: SigningKey, now: int) -> SignatureLine:
    """Return a witness's line over a text, with the time `now` (ms UTC, written in whole seconds)."""
    signer = NoteKey(name=name, key=key.verifying)
    if key.purpose is not Purpose.WITNESS:
        raise ProofError(Reason.WRONG_PURPOSE, f"a {key.purpose} key on a cosignature")
    seconds = now // 1000
    signature = key.sign(_cosigned_bytes(text, seconds))
    time = seconds.to_bytes(_TIME_SIZE, "big")
    return SignatureLine(name=name, key_hash=signer.key_hash, signature=time + signature)


def cosigned_seconds(line: SignatureLine) -> int:
    """When a witness says it signed, in seconds UTC; of a line `Note.signed_by` returned for a witness key."""
    return int.from_bytes(line.signature[:_TIME_SIZE], "big")


def read_note(data: bytes) -> Note:
    """Read a note. Raises `ProofError`: TOO_LARGE, BAD_CHECKPOINT."""
    if len(data) > LARGEST_NOTE:
        raise ProofError(Reason.TOO_LARGE, f"{len(data)} bytes, at most {LARGEST_NOTE}")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProofError(Reason.BAD_CHECKPOINT, "not UTF-8") from error
    body, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n") or any(letter < " " and letter != "\n" for letter in whole):
        raise ProofError(Reason.BAD_CHECKPOINT, "not a text, an empty line and signature lines")
    rows = tail[:-1].split("\n")
    if len(rows) > MOST_SIGNATURES:
        raise ProofError(Reason.BAD_CHECKPOINT, f"{len(rows)} signature lines, at most {MOST_SIGNATURES}")
    return Note(text=body + "\n", lines=tuple(map(read_line, rows)))


def read_line(row: str) -> SignatureLine:
    """Read one signature line, without its line break. Raises `ProofError(BAD_CHECKPOINT)`."""
    name, _, encoded = row.removeprefix(_DASH).partition(" ")
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ProofError(Reason.BAD_CHECKPOINT, "a signature line that is not base64") from error
    line = SignatureLine(name=name, key_hash=decoded[:_HASH_SIZE], signature=decoded[_HASH_SIZE:])
    if not name or not line.signature or line.text() != row + "\n":
        raise ProofError(Reason.BAD_CHECKPOINT, "a malformed signature line")
    return line


def _signed_bytes(purpose: Purpose, text: str, line: SignatureLine) -> bytes:
    if purpose is Purpose.LOG:
        expected, signed = SIGNATURE_SIZE, text.encode("utf-8")
    else:
        expected, signed = _TIME_SIZE + SIGNATURE_SIZE, _cosigned_bytes(text, cosigned_seconds(line))
    if len(line.signature) != expected:
        raise ProofError(Reason.BAD_SIGNATURE, f"{len(line.signature)} bytes by {line.name}")
    return signed


def _cosigned_bytes(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
