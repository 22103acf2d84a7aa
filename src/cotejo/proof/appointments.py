"""A body outside both agencies appoints an auditor, and ends it early: two small signed texts (F61).

1. The text is lines a person can read, each a name, a space and a value, in one order; the first line says which text
   it is. Any other spelling is refused, so one appointment has one hash.
2. It is signed with the body's witness key over the text as it stands. What a witness signs of a log begins with
   `cosignature/v1`, these texts with `cotejo/`: neither can be read as the other.
3. A signature line names the signer as in signed notes; it counts under a key the reader already knows.
4. Days are days in UTC, written `YYYY-MM-DD`; an appointment runs from the beginning of its first day to the beginning
   of the day it ends.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from typing import Final, TypeVar

from cotejo.proof.exact import DIGEST_SIZE, from_hex, sha256
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import Note, NoteKey, SignatureLine, read_note
from cotejo.proof.refusals import ProofError, Reason

LARGEST: Final = 4096
LONGEST_VALUE: Final = 120
_SECOND: Final = 1000
T = TypeVar("T", "Appointment", "Revocation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """This person is the auditor at this node, under this account, from a day on until a day; `body` signs."""

    node: str
    account: str
    person: str
    body: str
    since: str
    until: str

    @property
    def starts(self) -> int:
        """When it begins, ms UTC."""
        return _start_of(self.since)

    @property
    def ends(self) -> int:
        """When it is over, ms UTC."""
        return _start_of(self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """The appointment of this hash ends as soon as its node is given this text."""

    node: str
    account: str
    body: str
    appointment: str


_FIRST_LINES: Final = {Appointment: "cotejo/appointment/v1", Revocation: "cotejo/revocation/v1"}


def text_of(what: Appointment | Revocation) -> str:
    """Return the text that is signed. Raises `ProofError(NOT_EXACT)` for values no text may hold."""
    _check(what)
    rows = (f"{each.name} {getattr(what, each.name)}" for each in fields(what))
    return "\n".join((_FIRST_LINES[type(what)], *rows, ""))


def hash_of(appointment: Appointment) -> str:
    """Return what names an appointment: the hash of its text, in hexadecimal."""
    return sha256(text_of(appointment).encode("utf-8")).hex()


def sign_text(what: Appointment | Revocation, key: SigningKey) -> bytes:
    """Return the text signed by the body it names. Raises `ProofError`: NOT_EXACT, WRONG_PURPOSE, BAD_KEY."""
    if key.purpose is not Purpose.WITNESS:
        raise ProofError(Reason.WRONG_PURPOSE, f"a {key.purpose} key on an appointment")
    text, signer = text_of(what), NoteKey(name=what.body, key=key.verifying)
    line = SignatureLine(name=signer.name, key_hash=signer.key_hash, signature=key.sign(text.encode("utf-8")))
    return Note(text=text, lines=(line,)).to_bytes()


def open_signed(data: bytes, kind: type[T], bodies: Iterable[NoteKey]) -> tuple[T, NoteKey | None]:
    """Return what a signed text says, and the one of `bodies` that signed it as the body it names; none when none did.

    Raises `ProofError`: TOO_LARGE, BAD_CHECKPOINT for no signed note, NOT_EXACT for another text than this kind.
    """
    if len(data) > LARGEST:
        raise ProofError(Reason.TOO_LARGE, f"{len(data)} bytes, at most {LARGEST}")
    note = read_note(data)
    what = _read(note.text, kind)
    return what, next((body for body in bodies if body.name == what.body and _signed_by(note, body)), None)


def _signed_by(note: Note, body: NoteKey) -> bool:
    if body.key.purpose is not Purpose.WITNESS:
        return False
    for line in note.lines:
        if (line.name, line.key_hash) == (body.name, body.key_hash):
            try:
                body.key.verify(line.signature, note.text.encode("utf-8"))
            except ProofError:
                return False
            return True
    return False


def _read(text: str, kind: type[T]) -> T:
    first, *rows = text.removesuffix("\n").split("\n")
    names = [each.name for each in fields(kind)]
    pairs = [row.partition(" ") for row in rows]
    if first != _FIRST_LINES[kind] or [name for name, _, _ in pairs] != names:
        raise ProofError(Reason.NOT_EXACT, f"not the lines of {_FIRST_LINES[kind]}")
    what = kind(**{name: value for name, _, value in pairs})
    if text_of(what) != text:
        raise ProofError(Reason.NOT_EXACT, "another spelling")
    return what


def _check(what: Appointment | Revocation) -> None:
    values: tuple[str, ...] = astuple(what)
    if any(not _is_value(each) for each in values):
        raise ProofError(Reason.NOT_EXACT, "a value is empty, too long, or has spaces around or lines in it")
    if isinstance(what, Revocation):
        from_hex(what.appointment, size=DIGEST_SIZE)
    elif not what.starts < what.ends:
        raise ProofError(Reason.NOT_EXACT, "the appointment ends before it begins")


def _is_value(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_VALUE and text.strip() == text and text.isprintable()


def _start_of(day: str) -> int:
    try:
        read = date.fromisoformat(day)
    except ValueError as error:
        raise ProofError(Reason.NOT_EXACT, f"not a day: {day[:20]!r}") from error
    if read.isoformat() != day:
        raise ProofError(Reason.NOT_EXACT, f"another spelling of a day: {day[:20]!r}")
    return int(datetime(read.year, read.month, read.day, tzinfo=UTC).timestamp()) * _SECOND
