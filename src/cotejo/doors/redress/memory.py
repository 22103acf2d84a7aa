"""The office's memory: complaints in the schema `redress`, and the one thing it ever tells the house (I12, I13).

1. One transaction: the act, whether the complaint is still open, and the signal when the block begins or ends. The
   first open complaint about a request says `suspend`, the end of the last says `lift`; nothing else is ever said.
2. Complaints about one request take turns (an advisory lock), so two cannot both believe to be the first or the last.
3. Lodging again with the same form gives the same receipt and lodges nothing: a page sent twice is one complaint.
4. Erasing a closed complaint destroys its key, then its acts and documents; others are untouched.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import psycopg

from cotejo.doors.redress.office import Office
from cotejo.doors.redress.sealing import keyed, new_key, seal, unseal, unwrap
from cotejo.rules import complaints as law
from cotejo.rules.acts import Millis, Refused
from cotejo.rules.complaints import AddDocument, Command, Complainant, Complaint, Lodge, Made, Who
from cotejo.rules.paper_codes import RECEIPT_CODE
from cotejo.rules.redress import ClockState, signal_after

ID_BYTES: Final = 16
COMMANDS: Final = {kind.__name__: kind for kind in Command.__args__}

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One complaint as the office reads it: its state and every act, oldest first."""

    id: str
    complaint: Complaint
    acts: tuple[Made, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A document: the name it came with, its kind (media type) and its bytes."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What whoever lodged is given: the code, and the complaint it opens; `new` unless the form came a second time."""

    code: str
    complaint: str
    new: bool


def number_of(file: File) -> str:
    """Return the short number by which people speak of a complaint."""
    return file.id[:6].upper()


def overdue(files: Iterable[File], now: Millis) -> tuple[File, ...]:
    """Return those whose answer is late, the latest first; the oversight body is told of them."""
    late = (file for file in files if file.complaint.clock.state(now) is ClockState.OVERDUE)
    return tuple(sorted(late, key=lambda file: file.complaint.clock.due))


class Complaints:
    """The complaints of one office, over one connection that commits by itself."""

    def __init__(self, connection: Connection, office: Office) -> None:
        self._connection = connection
        self._office = office

    def lodge(self, command: Lodge, *, once: str, now: Millis) -> Receipt | Refused:
        """Lodge a complaint. `once` names the form it came with, 32 random hex digits."""
        made = law.decide(law.START, command, Complainant(), now)
        if isinstance(made, Refused):
            return made
        code = self._code(once)
        complaint = keyed(self._office, "complaint-id", once)[:ID_BYTES].hex()
        with self._connection.transaction():
            request = self._take_turn(command.request)
            key, wrapped = new_key(self._office, complaint)
            before = self._open(request)
            added = self._connection.execute(
                "INSERT INTO redress.complaint (id, receipt, request, key, open) VALUES (%s, %s, %s, %s, true)"
                " ON CONFLICT DO NOTHING",
                [complaint, self._receipt(code), request, wrapped],
            )
            if added.rowcount:
                self._add(complaint, key, made)
                self._signal(command.request, before, self._open(request))
        return Receipt(code=code, complaint=complaint, new=bool(added.rowcount))

    def by_receipt(self, code: str) -> File | None:
        """Return the complaint whose receipt code this is (bare symbols)."""
        found = self._connection.execute(
            "SELECT id FROM redress.complaint WHERE receipt = %s AND key <> ''", [self._receipt(code)]
        ).fetchone()
        return self.file(found[0]) if found else None

    def file(self, complaint: str) -> File | None:
        """Return a complaint by its id; `None` when there is none or it was erased."""
        found = self._connection.execute(
            "SELECT key FROM redress.complaint WHERE id = %s AND key <> ''", [complaint]
        ).fetchone()
        if found is None:
            return None
        acts = tuple(self._acts(complaint, unwrap(self._office, complaint, found[0])))
        state = law.START
        for made in acts:
            state = law.evolve(state, made)
        return File(id=complaint, complaint=state, acts=acts)

    def queue(self) -> tuple[File, ...]:
        """Return the open complaints, what is due first coming first; answered ones, which only block, last."""
        rows = self._connection.execute("SELECT id FROM redress.complaint WHERE open ORDER BY id").fetchall()
        files = [file for (complaint,) in rows if (file := self.file(complaint))]
        return tuple(sorted(files, key=lambda file: (file.complaint.answer is not None, file.complaint.clock.due)))

    def act(self, complaint: str, command: Command, who: Who, *, now: Millis) -> Made | Refused:
        """Carry out one command on a complaint. Raises `LookupError` when there is none."""
        known = self.file(complaint)
        if known is None or known.complaint.lodged is None:
            raise LookupError(complaint)
        with self._connection.transaction():
            request = self._take_turn(known.complaint.lodged.request)
            self._connection.execute("SELECT FROM redress.complaint WHERE id = %s FOR UPDATE", [complaint])
            file = self.file(complaint)
            if file is None:
                raise LookupError(complaint)
            made = law.decide(file.complaint, command, who, now)
            if isinstance(made, Refused):
                return made
            before = self._open(request)
            self._add(complaint, self._key(complaint), made)
            if not law.evolve(file.complaint, made).blocks:
                self._connection.execute("UPDATE redress.complaint SET open = false WHERE id = %s", [complaint])
            self._signal(known.complaint.lodged.request, before, self._open(request))
        return made

    def attach(
        self, complaint: str, attached: Attached, who: Who, *, mandate: bool = False, now: Millis
    ) -> Made | Refused:
        """Keep a document of a complaint. Raises `LookupError` when there is no such complaint."""
        document = secrets.token_hex(ID_BYTES)
        with self._connection.transaction():
            made = self.act(complaint, AddDocument(document=document, mandate=mandate), who, now=now)
            if isinstance(made, Made):
                plain = msgspec.msgpack.encode(attached)
                sealed = seal(self._key(complaint), plain, about=f"document/{complaint}/{document}")
                self._connection.execute(
                    "INSERT INTO redress.document (id, complaint, sealed) VALUES (%s, %s, %s)",
                    [document, complaint, sealed],
                )
        return made

    def document(self, complaint: str, document: str) -> Attached:
        """Return a document. Raises `LookupError` when it is not there."""
        found = self._connection.execute(
            "SELECT sealed FROM redress.document WHERE id = %s AND complaint = %s", [document, complaint]
        ).fetchone()
        if found is None:
            raise LookupError(document)
        plain = unseal(self._key(complaint), found[0], about=f"document/{complaint}/{document}")
        return msgspec.msgpack.decode(plain, type=Attached)

    def erase(self, complaint: str) -> None:
        """Erase a closed complaint for good. Raises `psycopg.IntegrityError` for one that still blocks."""
        with self._connection.transaction():
            self._connection.execute("UPDATE redress.complaint SET key = '' WHERE id = %s", [complaint])
            self._connection.execute("DELETE FROM redress.act WHERE complaint = %s", [complaint])
            self._connection.execute("DELETE FROM redress.document WHERE complaint = %s", [complaint])

    def card(self, lookup: str) -> bytes | None:
        """Return the sealed card at this place of the house's table."""
        found = self._connection.execute(
            "SELECT sealed FROM public.redress_card WHERE lookup = %s", [lookup]
        ).fetchone()
        return bytes(found[0]) if found else None

    def _code(self, once: str) -> str:
        drawn = keyed(self._office, "receipt-code", once)
        return RECEIPT_CODE.make(lambda count: drawn[:count])

    def _receipt(self, code: str) -> str:
        return keyed(self._office, "receipt", code.replace("-", "")).hex()

    def _take_turn(self, request: str) -> str:
        """Wait for our turn at a request until the transaction ends; return its keyed token."""
        token = keyed(self._office, "request", request)
        number = int.from_bytes(token[:8], "big", signed=True)
        self._connection.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        return token.hex()

    def _open(self, request: str) -> int:
        found = self._connection.execute(
            "SELECT count(*) FROM redress.complaint WHERE request = %s AND open", [request]
        ).fetchone()
        return int(found[0]) if found else 0

    def _signal(self, request: str, before: int, after: int) -> None:
        word = signal_after(before, after)
        if word is not None:
            self._connection.execute(
                "INSERT INTO public.redress_signal (request, word) VALUES (%s, %s)", [request, word.value]
            )

    def _key(self, complaint: str) -> bytes:
        found = self._connection.execute("SELECT key FROM redress.complaint WHERE id = %s", [complaint]).fetchone()
        if found is None:
            raise LookupError(complaint)
        return unwrap(self._office, complaint, found[0])

    def _add(self, complaint: str, key: bytes, made: Made) -> None:
        plain = msgspec.msgpack.encode((made.at, made.by, type(made.what).__name__, made.what))
        self._connection.execute(
            "INSERT INTO redress.act (complaint, version, sealed) VALUES (%s, %s, %s)",
            [complaint, made.version, seal(key, plain, about=f"act/{complaint}/{made.version}")],
        )

    def _acts(self, complaint: str, key: bytes) -> Iterator[Made]:
        rows = self._connection.execute(
            "SELECT version, sealed FROM redress.act WHERE complaint = %s ORDER BY version", [complaint]
        ).fetchall()
        for version, sealed in rows:
            plain = unseal(key, sealed, about=f"act/{complaint}/{version}")
            at, by, kind, what = msgspec.msgpack.decode(plain, type=tuple[int, str, str, msgspec.Raw])
            command = msgspec.msgpack.decode(what, type=COMMANDS[kind])
            yield Made(version=version, at=at, by=by, what=command)
