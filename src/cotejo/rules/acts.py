"""The one mechanism: a case changes only by acts.

    decide(state, command, who, facts, now) -> Plan | Refused        evolve(state, act) -> state

1. An act is an accepted fact and the only thing stored; stored acts are never decided again.
2. A plan is all that one transaction writes: acts, messages to send, timers, floors, status slots, withdrawal marks,
   what mends the line to a partner, and what it destroys for good.
3. A refusal names every reason at once, with its remedy, in both languages.
4. `now` is one integer of milliseconds UTC per command; ids and chance come in with the command.
5. A body that was erased comes back as `Erased`; a gate that meets it is open, never passed (I11).

The memory behind this is the `Unit` of `cotejo.actions.unit`; nothing here reads or writes anything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final, TypeVar, cast, dataclass_transform

from cotejo.rules.duties import Duty
from cotejo.rules.line import LineRepair
from cotejo.rules.words import Text

Millis = int
"""Milliseconds since 1970-01-01 UTC."""

RULES_VERSION: Final = "2026.11"
"""Carried by every act, so that a reader knows which law accepted it."""


class StreamKind(StrEnum):
    """What a line of acts is about. One fold a kind."""

    PERSON = "person"
    DOSSIER = "dossier"
    REVIEW = "review"
    PARTNER = "partner"
    AGREEMENT = "agreement"
    GROUP = "group"
    INCIDENT = "incident"
    BULLETIN = "bulletin"
    INQUIRY = "inquiry"
    REGISTER = "register"
    FIGURES = "figures"
    NODE = "node"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class Stream:
    """Names one line of acts: its kind and its 32-hex-digit id (for a partner: the node's name)."""

    kind: StreamKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Act:
    """Base of every act. `code` is what is stored in the clear; everything else goes into the vault."""

    __slots__ = ()
    code: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Erased(Act):
    """Stands where a body was erased; `was` is the code of the act that had it."""

    was: str = ""


_ACTS: dict[str, type[Act]] = {}
ACTS: Final[Mapping[str, type[Act]]] = MappingProxyType(_ACTS)
"""Every act type by its code; the memory reads bodies back through it."""

A = TypeVar("A", bound=type[Act])


@dataclass_transform(kw_only_default=True, frozen_default=True)
def act(code: str) -> Callable[[A], A]:
    """Declare an act type: a frozen, keyword-only record registered under `code` (`noun.past_participle`)."""

    def declare(cls: A) -> A:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.code = code
        if code in _ACTS and _ACTS[code].__qualname__ != made.__qualname__:
            raise ValueError(f"two act types share the code {code}")
        _ACTS[code] = made
        return cast("A", made)

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stored act: where, in which order, when, by whom, under which law. `version` counts from 1 in its stream."""

    stream: Stream
    version: int
    at: Millis
    by: str
    duty: str
    rules: str
    act: Act
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something is refused or a gate is not passed, and what would help.

    `code` is stable and stored; `field` names the form field when there is one; `clears` who can mend it; `rows` are
    catalogue rows for tests and documentation, never shown on a screen.
    """

    code: str
    text: Text
    remedy: Text | None = None
    field: str = ""
    clears: tuple[Duty, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is written but the refusal itself (I10). Holds all reasons at once, never an empty tuple."""

    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("a refusal names at least one reason")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone, for logs and tests."""
        return tuple(reason.code for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """An act to be stored at the end of its stream."""

    stream: Stream
    act: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Something to tell a partner. `content` is one of the records of `cotejo.rules.told` or a `Package`.

    `at` is the earliest moment of sending; for an answer it is computed from the agreement alone (I6).
    """

    partner: str
    content: object
    request: str = ""
    version: int = 0
    documents: tuple[str, ...] = ()
    at: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A due moment. One per (kind, stream): setting it again moves it."""

    kind: str
    stream: Stream
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChange:
    """A sent version's status slot changes state (0 unused, 1 valid, 2 suspended, 3 never valid again).

    `fresh`: it is the slot of a version that leaves now; the memory refuses it when another version has it meanwhile.
    """

    partner: str
    slot: int
    state: int
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRaise:
    """The receiver will never again act on a version of this request below `version` (I8)."""

    origin: str
    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalMark:
    """Kept outside the database for ever: this request must not come back by message, import or restore (I7, F56)."""

    origin: str
    request: str
    facts_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A document that came with the message this plan answers: kept for good, under the key of this case.

    One the case holds already needs not come again.
    """

    stream: Stream
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroy:
    """What this unit holds goes for good in this very transaction, before the plan's acts are written (I11).

    First a copy is sealed for the oversight body, which alone can open it; it stays until `sealed_until`, and longer
    while it is `held`: a complaint or a court stood against the erasure here.
    """

    stream: Stream
    sealed_until: Millis
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that one transaction writes. `expect` pins the stream versions the decision was made on."""

    acts: tuple[NewAct, ...] = ()
    expect: Mapping[Stream, int] = field(default_factory=dict)
    sends: tuple[Send, ...] = ()
    timers: tuple[Timer, ...] = ()
    drop_timers: tuple[tuple[str, Stream], ...] = ()
    slots: tuple[SlotChange, ...] = ()
    floors: tuple[FloorRaise, ...] = ()
    marks: tuple[WithdrawalMark, ...] = ()
    repairs: tuple[LineRepair, ...] = ()
    keeps: tuple[Keep, ...] = ()
    destroys: tuple[Destroy, ...] = ()

    def and_then(self, other: "Plan") -> "Plan":
        """Join two plans into one transaction."""
        return Plan(
            acts=self.acts + other.acts,
            expect={**self.expect, **other.expect},
            sends=self.sends + other.sends,
            timers=self.timers + other.timers,
            drop_timers=self.drop_timers + other.drop_timers,
            slots=self.slots + other.slots,
            floors=self.floors + other.floors,
            marks=self.marks + other.marks,
            repairs=self.repairs + other.repairs,
            keeps=self.keeps + other.keeps,
            destroys=self.destroys + other.destroys,
        )


class GateState(StrEnum):
    """`OPEN` waits for somebody; `STOPPED` cannot pass as things stand."""

    PASSED = "passed"
    OPEN = "open"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A named pure check and its outcome. Builder, review page, API and papers show the same gates.

    `speaks_for` marks what speaks for the person; pages show those first.
    """

    code: str
    title: Text
    state: GateState
    reasons: tuple[Reason, ...] = ()
    rows: tuple[str, ...] = ()
    speaks_for: bool = False


def gate(
    code: str,
    title: Text,
    reasons: Iterable[Reason],
    *,
    rows: tuple[str, ...],
    stops: bool = False,
    speaks_for: bool = False,
) -> Gate:
    """Make a gate: passed without reasons, otherwise open, or stopped where `stops` says nobody can clear it."""
    found = tuple(reasons)
    state = GateState.PASSED if not found else GateState.STOPPED if stops else GateState.OPEN
    return Gate(code=code, title=title, state=state, reasons=found, rows=rows, speaks_for=speaks_for)


def not_passed(gates: Iterable[Gate]) -> tuple[Reason, ...]:
    """Return every reason of every gate that is not passed, in gate order."""
    return tuple(reason for each in gates if each.state is not GateState.PASSED for reason in each.reasons)
