"""What is true in a simulated world, whatever the nodes believe: watched from outside, never read by any node.

1. Only ever grows: a node that loses its memory in a restore loses nothing here.
2. Real time is the world's; a node's own clock is real time plus its skew.
3. Checks compare what nodes hold, say and do with this; nothing here repeats a rule of the law.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cotejo.actions.onward import PACKAGES
from cotejo.actions.post import read_key_document
from cotejo.actions.status import list_id
from cotejo.actions.unit import StatusHeld
from cotejo.exchange.agreements import agreement_bytes
from cotejo.exchange.refusals import WireReason
from cotejo.proof.exact import sha256
from cotejo.rules.acts import Entry, Erased, Millis, Send, Stream, StreamKind, WithdrawalMark
from cotejo.rules.agreement import HOUR, Agreement, in_turn
from cotejo.rules.dossier_acts import (
    DossierErased,
    DossierSent,
    DossierSuspended,
    DossierWithdrawn,
    SuspensionLifted,
)
from cotejo.rules.onward import TakenThrough, WithdrawalNoted
from cotejo.rules.package import Package
from cotejo.rules.renewal import AgreementAgreed
from cotejo.rules.review_acts import Corrected, ReviewErased, Supplemented, Swept, TakenIn
from cotejo.simulation.kept import Waiting
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import World

Version = tuple[str, str, int]
"""Origin, request, version."""
Letter = tuple[str, str, str]
"""Sender, addressee, message id."""
NOT_THE_MESSAGE: Final = frozenset({WireReason.RECOVERING})


@dataclass(slots=True)
class Look:
    """What changed at one node since the last look. `entries` in the order of the journal."""

    world: "World"
    node: SimulatedNode
    entries: tuple[Entry, ...]
    sent: tuple[Waiting, ...]
    marks_before: tuple[WithdrawalMark, ...]

    def acts_before(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the acts of the entry's stream before it, as they were then: some may be erased by now."""
        kept = self.node.unit.entries(entry.stream)[: entry.version - 1]
        if not any(isinstance(each.act, Erased) for each in kept):
            return kept
        told = {each.version: each for each in self.node.unit.journal if each.stream == entry.stream}
        return tuple(told.get(each.version, each) for each in kept)

    def package_of(self, entry: Entry) -> Package | None:
        """Return the version in hand when this act of a review was made."""
        held = None
        for each in (*self.acts_before(entry), entry):
            if isinstance(each.act, TakenIn | TakenThrough | Corrected | Supplemented):
                held = each.act.package
        return held

    def heard_from(self, entry: Entry, package: Package) -> str:
        """Return who speaks to this node about the request of an act: its origin, or who passed a copy on."""
        copied = self._copied(entry)
        return copied.from_partner if copied else package.origin

    def terms_of(self, entry: Entry, package: Package) -> Agreement | None:
        """Return the terms of the request of an act."""
        copied = self._copied(entry)
        return copied.terms if copied else self.terms_with(package.origin, entry.at)

    def terms_with(self, name: str, at: Millis) -> Agreement | None:
        """Return the terms with a partner at a moment: those agreed in this very round bind from the next one on.

        As in a running node, a round of the worker begins by bringing partners to what their acts say (`follow`).
        """
        known = self.node.unit.partner(name)
        if known is None:
            return None
        agreed = [each.act for each in self.entries if each.stream == Stream(StreamKind.PARTNER, name)]
        new = {act.terms.hash for act in agreed if isinstance(act, AgreementAgreed)}
        return in_turn([each for each in known.agreements if each.hash not in new] or known.agreements, at)

    def status_of(self, entry: Entry, package: Package) -> StatusHeld | None:
        """Return the newest list of the origin held for the request of an act."""
        copied = self._copied(entry)
        return self.node.unit.status_held(list_id(package.origin, copied.from_partner) if copied else package.origin)

    def _copied(self, entry: Entry) -> TakenThrough | None:
        first = (*self.acts_before(entry), entry)[0].act
        return first if isinstance(first, TakenThrough) else None


@dataclass(slots=True)
class _Seen:
    entries: int = 0
    outbox: int = 0
    last: Entry | None = None
    marks: tuple[WithdrawalMark, ...] = ()


@dataclass(slots=True)
class Heard:
    """One hearing of one letter: what the node had before, and what came of it."""

    truth: "Truth"
    key: Letter
    to: SimulatedNode
    known: bool
    acts: int
    kind: str
    size: int

    def taken(self, receipt: bytes) -> None:
        """Note a receipt; a repeat must bring the same bytes and no act, a first hearing a key that is in force."""
        if not self.known:
            self._key_in_force()
        self._seen_by_origin(receipt)
        first = self.truth.receipts.setdefault(self.key, receipt)
        if first != receipt:
            self.truth.found.append(("i8_exactly_once", f"a repeat of {self.key[0]}'s letter got another receipt"))
        if self.known and self.to.unit.acts != self.acts:
            self.truth.found.append(("i8_exactly_once", f"a repeat of {self.key[0]}'s letter had a second effect"))

    def refused(self, reason: WireReason) -> None:
        """Note a refusal; a letter that was taken once is never refused, and a refused one has no effect."""
        if self.known and reason not in NOT_THE_MESSAGE:
            self.truth.found.append(
                ("i8_exactly_once", f"{self.to.name} took a letter of {self.key[0]} and now refuses it: {reason.code}")
            )
        if self.to.unit.acts != self.acts:
            self.truth.found.append(("i9_one_transaction", f"{self.to.name} refused a letter and acted on it"))

    def _key_in_force(self) -> None:
        """X11 (exchange.md D8): the letter was signed with a key the document held here has in force."""
        source, name, mid = self.key
        partner, world = self.to.unit.partner(source), self.truth.world
        here, key = world.now + self.to.skew, self.truth.signed_with.get(mid)
        if partner is not None and key is not None:
            keys = {each.key.key_id: each.until for each in read_key_document(partner.key_document).keys}
            if not here < keys.get(key, 0):
                self.truth.found.append(
                    ("x11_keys", f"{name} took a letter of {source} under a key that is not in force")
                )

    def _seen_by_origin(self, receipt: bytes) -> None:
        """Keep what each side could see on its line, for the comparison of I6."""
        source, name, _mid = self.key
        now = self.truth.world.now
        self.truth.seen_by[(name, source)].append((now, self.kind, self.size))
        self.truth.seen_by[(source, name)].append((now, "receipt", len(receipt)))

    def forged_was_taken(self, what: str) -> None:
        """Note that something nobody should believe was taken in."""
        self.truth.found.append(("x11_keys", f"{self.to.name} took in {what}"))


@dataclass(slots=True)
class Truth:
    """Versions that left and ended, receipts given, marks made, clocks that went wrong."""

    world: "World"
    found: list[tuple[str, str]] = field(default_factory=list)
    receipts: dict[Letter, bytes] = field(default_factory=dict)
    sent_at: dict[Version, Millis] = field(default_factory=dict)
    ended_at: dict[Version, Millis] = field(default_factory=dict)
    suspended_at: dict[tuple[str, str], Millis] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], Millis] = field(default_factory=dict)
    swept: set[tuple[str, str, str]] = field(default_factory=set)
    held: dict[tuple[str, str, str], int] = field(default_factory=dict)
    forgotten: set[tuple[str, str, str]] = field(default_factory=set)
    highest_clock: dict[str, Millis] = field(default_factory=lambda: defaultdict(int))
    status_numbers: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    clock_trouble: dict[str, Millis] = field(default_factory=lambda: defaultdict(int))
    restored: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    signed_with: dict[str, str] = field(default_factory=dict)
    erased: dict[str, dict[Stream, int]] = field(default_factory=lambda: defaultdict(dict))
    signed_terms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lies: set[str] = field(default_factory=set)
    false_words: list[Send] = field(default_factory=list)
    split: list[Send] = field(default_factory=list)
    seen_by: dict[tuple[str, str], list[object]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str, _Seen] = field(default_factory=lambda: defaultdict(_Seen))

    def before_hearing(self, source: str, to: SimulatedNode, message: Waiting) -> Heard:
        """Note what a node holds before it hears a letter."""
        mid = message.sealed.mid
        known = to.unit._memory.inbox.get((source, mid)) is not None  # noqa: SLF001 - watched from outside
        return Heard(
            truth=self,
            key=(source, to.name, mid),
            to=to,
            known=known,
            acts=to.unit.acts,
            kind=message.sealed.kind,
            size=len(message.sealed.body),
        )

    def signs_terms(self, node: str, terms: Agreement) -> None:
        """Note that a node's root signed terms, by their hash."""
        self.signed_terms[sha256(agreement_bytes(terms)).hex()].add(node)

    def clock_went_wrong(self, node: str) -> None:
        """Note that a clock is out of tolerance, until `clock_is_right` says otherwise."""
        self.clock_trouble[node] = 2**62

    def clock_is_right(self, node: str) -> None:
        """Note that a clock was set right; what was dated before may trouble others for as long as a status lives."""
        if self.clock_trouble[node]:
            self.clock_trouble[node] = self.world.now + 3 * HOUR

    def clocks_are_right(self, *nodes: str) -> bool:
        """Say whether nothing dated by a wrong clock of these nodes can be around."""
        return all(self.world.now >= self.clock_trouble[each] for each in nodes)

    def was_restored(self, node: str) -> None:
        """Note that a node has an older memory."""
        self.restored[node] += 1
        self.forgotten |= {key for key in self.held if key[1] == node and not self._told(key)}
        self._seen[node] = _Seen(marks=self._seen[node].marks)
        unit = self.world.nodes[node].unit
        self._seen[node].entries, self._seen[node].outbox = len(unit.journal), len(unit.outbox)
        kept = unit._memory.inbox  # noqa: SLF001 - watched from outside
        self.receipts = {
            key: receipt for key, receipt in self.receipts.items() if key[1] != node or (key[0], key[2]) in kept
        }

    def look(self, node: SimulatedNode) -> Look | None:
        """Return what changed at a node since the last look, and learn from it; `None` when nothing did."""
        seen, unit = self._seen[node.name], node.unit
        journal, outbox = unit.journal, unit.outbox
        if len(journal) == seen.entries and len(outbox) == seen.outbox and len(unit.marks) == len(seen.marks):
            return None
        look = Look(
            world=self.world,
            node=node,
            entries=journal[seen.entries :],
            sent=outbox[seen.outbox :],
            marks_before=seen.marks,
        )
        seen.entries, seen.outbox, seen.marks = len(journal), len(outbox), tuple(unit.marks)
        for entry in look.entries:
            self._learn(node.name, entry)
        for message in look.sent:
            self.signed_with[message.sealed.mid] = node.own.message.key_id
        self.note_lies(node)
        return look

    def note_lies(self, node: SimulatedNode) -> None:
        """Note which messages are false words; one may wait for its number, as any other."""
        if self.false_words:
            false = [each for each in node.unit.outbox if any(each.send is word for word in self.false_words)]
            self.lies |= {each.sealed.mid for each in false}

    def _learn(self, node: str, entry: Entry) -> None:
        act: Any = entry.act
        match act:
            case DossierSent():
                package = act.package
                for version in range(1, package.version):
                    self.ended_at.setdefault((node, package.request, version), self.world.now)
                self.sent_at.setdefault((node, package.request, package.version), self.world.now)
            case DossierWithdrawn():
                request = self._request(node, entry.stream)
                self.withdrawn.setdefault((node, request), self.world.now)
            case DossierSuspended():
                self.suspended_at.setdefault((node, self._request(node, entry.stream)), self.world.now)
            case Swept():
                self.swept.add((*self._received(node, entry.stream), node))
            case DossierErased() | ReviewErased():
                self.erased[node].setdefault(entry.stream, entry.version - 1)
            case SuspensionLifted():
                state = self.world.nodes[node].unit.state(entry.stream)
                if not state.suspended_for:
                    self.suspended_at.pop((node, state.request), None)
            case _:
                return

    def forgotten_by_both(self, key: tuple[str, str, str]) -> bool:
        """Say whether who spoke lost the version held here as well, and nobody gave it back."""
        return key in self.forgotten and not any(not each.sealed.body for each in self._told(key))

    def _told(self, key: tuple[str, str, str]) -> list[Waiting]:
        """Return how the version held of a request stands in the line of who sent it or passed it on, lies left out."""
        holder, speaker, request = key
        wanted = (holder, request, self.held[key])
        sent = self.world.nodes[speaker].unit.outbox
        return [
            each
            for each in sent
            if (each.partner, each.send.request, each.send.version) == wanted
            and each.sealed.kind in PACKAGES
            and each.sealed.mid not in self.lies
        ]

    def _received(self, node: str, stream: Stream) -> tuple[str, str]:
        """Return of whom and which request a review was, from the journal: it may be erased by now."""
        acts: list[Any] = [each.act for each in self.world.nodes[node].unit.journal if each.stream == stream]
        first = acts[0]
        return first.from_partner, first.request if isinstance(first, WithdrawalNoted) else first.package.request

    def _request(self, node: str, stream: Stream) -> str:
        state: Any = self.world.nodes[node].unit.state(stream)
        return str(state.request)
