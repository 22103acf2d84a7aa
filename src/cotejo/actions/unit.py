"""The node's memory as the actions see it: read what is needed, then commit one `Plan`.

1. `commit` is one transaction: acts, log leaves, vault bodies, messages, receipt, floors, slots, timers (I9).
2. It fails with `Conflict` when a stream moved since it was read; the action starts again from the beginning. It fails
   with `OutOfLine` when the message it answers was taken in meanwhile.
3. A message that was taken in before is answered with the stored receipt, byte for byte (I8).
4. Every read and every refusal is written down as well (I10).
   While the node recovers from a restore, what a plan sends waits without a number: its line is not known yet.
5. There are two implementations, in PostgreSQL (`cotejo.store`) and in memory (`cotejo.simulation`); one set of tests
   holds both to the same behaviour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from cotejo.exchange.reconciling import Held
from cotejo.identity import CandidateSource
from cotejo.rules.acts import Entry, Millis, Plan, Reason, Send, Stream, StreamKind
from cotejo.rules.agreement import Agreement, in_turn
from cotejo.rules.cases import Card
from cotejo.rules.duties import Who

SLOTS_PER_PARTNER: Final = 32_768
"""How many versions may ever be sent to one partner under one list: 8 KiB of bits, which one message holds."""


class Conflict(Exception):  # noqa: N818 - a domain noun: two people acted at once
    """A stream moved between reading and committing; nothing was written."""


class OutOfLine(Conflict):
    """The message was taken in meanwhile, or is no longer the next of its line; deciding again cannot help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A paired node: its agreements, its newest key document and how far the two directions have come.

    `agreements` are all of the pairing that both signed, oldest first.
    """

    name: str
    agreements: tuple[Agreement, ...]
    key_document: str
    sequence_in: int
    sequence_out: int
    last_in: str
    last_out: str
    paused: bool = False

    def terms(self, at: Millis) -> Agreement:
        """Return the agreement whose turn it is at a moment, in force or not."""
        return in_turn(self.agreements, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message that was opened and whose signature, addressee and place in line are right. `sha256` is of its JWS.

    `request` and `version` are what its claims say it is about, `signed` is the text that was signed.
    """

    partner: str
    mid: str
    kind: str
    seq: int
    prev: str
    at: Millis
    sha256: str
    commitment: str
    content: object
    request: str = ""
    version: int = 0
    signed: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A message ready to go: `body` is the envelope, `sha256` of its JWS (next message's `prev`).

    `parts` are the sealed document parts that go before it, each by its name; `signed` is the text inside the seal.
    """

    mid: str
    kind: str
    body: bytes
    sha256: str
    commitment: str
    parts: tuple[tuple[str, bytes], ...] = ()
    signed: bytes = field(default=b"", repr=False)


class Post(Protocol):
    """Signs and seals; given to a Unit, which alone knows sequence numbers inside its transaction."""

    def can_seal(self, partner: Partner, *, now: Millis) -> bool:
        """Say whether there is a key in force to seal for this partner."""
        ...

    def seal(self, *, partner: Partner, seq: int, prev: str, send: Send, now: Millis) -> Sealed:
        """Seal one message to a partner."""
        ...

    def seal_receipt(
        self, *, partner: Partner, incoming: Incoming, outcome: str, gaps: tuple[str, ...], now: Millis
    ) -> Sealed:
        """Seal the receipt of one message; it has no sequence number."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusHeld:
    """The newest status list of a partner: its number, its times, the state of each slot, its text if just pushed."""

    partner: str
    number: int
    issued: Millis
    expires: Millis
    bits: bytes
    signed: bytes = field(default=b"", repr=False, compare=False)

    def state(self, slot: int) -> int:
        """Return the two bits of a slot; an absent slot is 0, unused."""
        byte, shift = divmod(slot, 4)
        return (self.bits[byte] >> (2 * shift)) & 3 if 0 <= byte < len(self.bits) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a decision on a partner's request needs beside its acts, as of one moment.

    `partner` is who speaks, `floor` the durable version floor of the request (0: none), `status` the list asked for,
    `taken` how many requests this partner had receipted as taken since the moment asked about, `high_water` as the
    Unit's.
    """

    partner: Partner | None
    floor: int
    status: StatusHeld | None
    taken: int
    high_water: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message of ours in a line: when it was put there, and its receipt's outcome (empty while it waits)."""

    at: Millis
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Commit this plan as the effect of an incoming message, with this receipt.

    `documents` are the plain bytes, by hash, of what came whole with it: the plan says which are kept. `status` is the
    list it brought, kept when it is newer than the one held. `refused` are our own codes of why it had no effect, and
    `subject` what it was about; they are written down here (I10), whatever the receipt says. `key_document` is the next
    one of the partner, which the receipt is sealed under.
    """

    incoming: Incoming
    outcome: str
    gaps: tuple[str, ...] = ()
    documents: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    status: StatusHeld | None = None
    subject: str = ""
    refused: tuple[str, ...] = ()
    key_document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What was written. `receipt` is the sealed receipt when the plan answered a message."""

    entries: tuple[Entry, ...]
    receipt: bytes = b""


NOTHING_READ: Final[Mapping[Stream, tuple[Entry, ...]]] = MappingProxyType({})
NOTHING_WRITTEN: Final = Committed(entries=())
"""What was written when there was nothing to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list: a stream, its local number, its card and its version."""

    stream: Stream
    number: int
    card: Card
    version: int
    updated: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One message about a request on the line to a partner: ours (`outgoing`) or theirs, and when it took its place.

    `outcome` is what its receipt says; empty while ours waits for one.
    """

    partner: str
    outgoing: bool
    kind: str
    version: int
    sha256: str
    at: Millis
    outcome: str


class Documents(Protocol):
    """Documents by the hex SHA-256 of their plain bytes; kept as ciphertext files, fsynced before the commit."""

    def put(self, content: bytes, *, unit: Stream) -> str:
        """Keep a document under the key of one erasable unit and return its hash."""
        ...

    def get(self, sha256: str) -> bytes:
        """Return the plain bytes. Raises `KeyError` when it is not here or was erased."""
        ...

    def has(self, sha256: str, *, unit: Stream | None = None) -> bool:
        """Say whether the document is here; with `unit`, whether it is kept for this one."""
        ...


class Unit(Protocol):
    """One node's memory. Reading needs no transaction; `commit` is one."""

    @property
    def node(self) -> str:
        """This node's name."""
        ...

    @property
    def world(self) -> str:
        """`real` or `invented`."""
        ...

    @property
    def profile(self) -> str:
        """The code of this agency's law: `sv` or `us` (see `cotejo.rules.profiles`)."""
        ...

    def token(self, local: str, request: str) -> str:
        """Return what a local id is called outside, in one request: keyed, 32 hex digits."""
        ...

    @property
    def documents(self) -> Documents:
        """The node's documents."""
        ...

    @property
    def register(self) -> CandidateSource:
        """The agency's own register, for candidates."""
        ...

    def entries(self, stream: Stream) -> tuple[Entry, ...]:
        """Return all acts of a stream, oldest first, bodies from the vault (`Erased` where erased)."""
        ...

    def lookup(self, index: str, term: str) -> tuple[Stream, ...]:
        """Return streams whose current state has this term (see `cases.Fold.terms`)."""
        ...

    def listed(self, kind: StreamKind, *, states: Sequence[str] = (), partner: str = "") -> tuple[Listed, ...]:
        """Return the lines of a kind; for actions and timers. Pages read the tables themselves."""
        ...

    def partner(self, name: str) -> Partner | None:
        """Return a paired node."""
        ...

    def partners(self) -> tuple[Partner, ...]:
        """Return all paired nodes."""
        ...

    def status_held(self, partner: str) -> StatusHeld | None:
        """Return the newest status list this partner pushed."""
        ...

    def beside(self, partner: str, request: str, *, status_list: str, since: Millis = 0) -> Beside:
        """Return what is kept of a request beside its acts; `since` is when to begin counting requests taken in."""
        ...

    def marked(self, *, origin: str, request: str = "", facts_token: str = "") -> bool:
        """Say whether a withdrawal mark of this origin forbids its request or its facts."""
        ...

    def fresh_slots(self, partner: str, count: int) -> tuple[int, ...]:
        """Return random unused slots for this partner. Raises `ValueError` when there are not so many."""
        ...

    def slots(self, partner: str) -> dict[int, int]:
        """Return the state of every slot used towards this partner."""
        ...

    def high_water(self) -> Millis:
        """Return the highest time any commit of this node had; a time below it stops grave acts."""
        ...

    def clock(self, started: Millis) -> Millis:
        """Return this machine's clock now, in a command that read it at `started`; a virtual one stands there still."""
        ...

    def recovering(self) -> bool:
        """Say whether the database is behind what was written outside it (a restored backup)."""
        ...

    def recovering_from(self) -> str:
        """Return a name of the mark the database is behind of; empty while it is not (`recovering`)."""
        ...

    def key_documents(self, partner: str) -> tuple[str, ...]:
        """Return every key document of a partner ever followed here, oldest first; no restore takes one away."""
        ...

    def newest_told(self, partner: str, kind: str, *, version: int = 0) -> Told | None:
        """Return the newest message of a kind (and of a version, if one is named) in the line to a partner."""
        ...

    def line_held(self, partner: str) -> Held:
        """Return what is kept of the line to a partner, as of one moment. Raises `KeyError` for a stranger."""
        ...

    def recovered(self, *, now: Millis) -> None:
        """End RECOVERING: the caller has seen that every partner gave back what it knows (design section 8)."""
        ...

    def commit(
        self,
        plan: Plan,
        *,
        who: Who,
        purpose: str,
        now: Millis,
        taken: Taken | None = None,
        read: Mapping[Stream, tuple[Entry, ...]] = NOTHING_READ,
    ) -> Committed:
        """Write one plan, or raise `Conflict` and write nothing.

        `read` are the acts the plan was decided on, as `entries` gave them: what still stands is not read again.
        """
        ...

    def receipt_of(self, partner: str, mid: str) -> tuple[str, bytes] | None:
        """Return (sha256 of the message, sealed receipt) of a message taken in before."""
        ...

    def spoken_of(self, request: str) -> tuple[Spoken, ...]:
        """Return what was said about a request on any line, ours first, each side in the order of its moments."""
        ...

    def waits(self, partner: str, request: str) -> bool:
        """Say whether a message of ours about this still waits for its receipt."""
        ...

    def told_since(self, partner: str, kind: str, since: Millis) -> int:
        """Return how many messages of a kind were put into the line to this partner at or after a moment."""
        ...

    def keep_receipt(
        self, *, partner: str, mid: str, outcome: str, gaps: tuple[str, ...], now: Millis, signed: bytes = b""
    ) -> None:
        """Write down that our message was receipted, by this signed text; its effects are the caller's to commit."""
        ...

    def keep_checkpoint(self, partner: str, *, outgoing: bool, note: bytes) -> None:
        """Keep the newest checkpoint of a direction, signed by its sender and confirmed by its addressee.

        Every message under it is kept here already.
        """
        ...

    def checkpoint_held(self, partner: str, *, outgoing: bool) -> bytes:
        """Return the newest confirmed checkpoint of a direction; empty when there is none."""
        ...

    def note_read(self, *, who: Who, purpose: str, subject: str, case: str, now: Millis) -> None:
        """Write down a read: page, search, export (I10). `subject` is an id or a keyed token, never a name."""
        ...

    def note_refusal(self, *, who: Who, purpose: str, subject: str, reasons: tuple[Reason, ...], now: Millis) -> None:
        """Write down a refusal with its codes (I10)."""
        ...
