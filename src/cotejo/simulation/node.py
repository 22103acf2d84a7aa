"""One invented node of a simulated world: the real actions over the memory Unit, with its own keys and clock.

1. Everything a node does here goes through the same actions as in a running node, pairing included.
2. Chance is seeded; a world with one seed plays the same way every time, but for the sealing's own randomness.
3. Keys change as in a running node: the new key document goes to every partner; the new message key signs once all of
   them have receipted it; old opening keys stay for the overlap (design section 7).
4. `crash_next` names the write before which the node dies next; it wakes up with whatever was committed by then.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from cotejo.actions.announce import known_to_all, tell_partners
from cotejo.actions.laws import LAWS, partner_state
from cotejo.actions.note_receipt import Posted, note_receipt
from cotejo.actions.outside import Room, outside
from cotejo.actions.pair import Papers, pair
from cotejo.actions.perform import perform
from cotejo.actions.post import PostRoom
from cotejo.actions.run_due import run_due
from cotejo.actions.status import push_status
from cotejo.actions.take_in import Desk, take_in
from cotejo.actions.unit import Committed, Partner, Unit
from cotejo.exchange.agreements import sign_agreement
from cotejo.exchange.keyring import OwnKeys
from cotejo.identity import CandidateSource
from cotejo.proof.certificates import make_authority
from cotejo.proof.key_document import (
    KeyDocument,
    PublishedKey,
    PublishedSealingKey,
    World,
    sign_key_document,
)
from cotejo.proof.keys import Purpose as KeyPurpose
from cotejo.proof.keys import SigningKey
from cotejo.proof.sealing import OpeningKey, Suite
from cotejo.rules.acts import Millis, NewAct, Plan, Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY, Agreement
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.purposes import Purpose
from cotejo.rules.rehearsal import LinkOpened
from cotejo.rules.told import KeyDocumentPush
from cotejo.simulation.invented import InventedCase
from cotejo.simulation.kept import Waiting
from cotejo.simulation.memory import Crash, MemoryUnit

YEARS: Final = 10 * 365 * DAY
OVERLAP: Final = 7 * DAY
"""How long a partner may be out of reach without losing a letter sealed for an old key."""
PARTNERS: Final = Officer(id="pia.north", duty=Duty.PARTNERS, unit="Partner relations", chain="Partner relations")
_PUBLISHED: Final = (KeyPurpose.MESSAGE, KeyPurpose.STATUS, KeyPurpose.LOG, KeyPurpose.WITNESS)


class NotSound(Exception):  # noqa: N818 - it says what the invented case is not
    """An invented case that should be sound was refused; the message names the step and the reasons."""


class SimulatedNode:
    """A node with memory, keys and the parts that wait for their message."""

    def __init__(
        self,
        *,
        name: str,
        profile: str,
        register: CandidateSource,
        seed: object,
        start: Millis,
        skew: Millis = 0,
    ) -> None:
        self.name = name
        self.skew = skew
        self.crash_next = ""
        self.chance = random.Random(f"{seed}/{name}")
        self.root = SigningKey.from_seed(self.chance.randbytes(32), KeyPurpose.ROOT)
        signing = {purpose: SigningKey.from_seed(self.chance.randbytes(32), purpose) for purpose in _PUBLISHED}
        opening = OpeningKey.from_seed(self.chance.randbytes(32), Suite.X25519)
        self.log_key = signing[KeyPurpose.LOG]
        self.own = OwnKeys(
            node=name,
            message=signing[KeyPurpose.MESSAGE],
            status=signing[KeyPurpose.STATUS],
            opening={opening.key_id: opening},
            log=self.log_key,
            witness=signing[KeyPurpose.WITNESS],
            root=self.root.verifying,
        )
        self.next_own: OwnKeys | None = None
        until = start + YEARS
        self.document = KeyDocument(
            name=name,
            world=World.INVENTED,
            version=1,
            issued=start,
            expires=until,
            root=self.root.verifying,
            keys=tuple(PublishedKey(key=key.verifying, until=until) for key in signing.values()),
            sealing=(PublishedSealingKey(key=opening.sealing, until=until),),
            tls_ca=make_authority(self.chance.randbytes(32), name=name, not_before=start, not_after=until).pem,
            url=f"https://{name}.invalid",
        )
        self.key_documents = [sign_key_document(self.document, self.root).decode()]
        self._parts: dict[str, bytes] = {}
        self.unit = MemoryUnit(
            node=name,
            profile=profile,
            post=self._post_room(),
            register=register,
            chance=self.chance,
            crash_before=self._die_if_planned,
        )
        self.desk = self._desk()

    @property
    def key_document(self) -> str:
        """The newest signed key document."""
        return self.key_documents[-1]

    def _post_room(self) -> PostRoom:
        return PostRoom(own=self.own, chance=self.chance.randbytes, document=self._document)

    def _desk(self) -> Desk:
        return Desk(
            unit=self.unit,
            own=self.own,
            part=self._parts.get,
            drop_parts=self._drop_parts,
            chance=self.chance.randbytes,
        )

    def _document(self, sha256: str) -> bytes:
        return self.unit.documents.get(sha256)

    def _die_if_planned(self, step: str) -> None:
        if step == self.crash_next:
            self.crash_next = ""
            raise Crash(step)

    def _drop_parts(self, names: tuple[str, ...]) -> None:
        for each in names:
            self._parts.pop(each, None)

    # Partners

    def pair(self, other: "SimulatedNode", terms: Agreement, *, rehearsed: bool = True) -> Agreement:
        """Pair with another node under an agreement both sign; two people compare the fingerprint.

        A world begins with its links rehearsed (the acts that say so stand here, the messages do not), or before.
        """
        papers = Papers(
            key_document=other.key_document,
            agreement=(sign_agreement(terms, self.root), sign_agreement(terms, other.root)),
            read_aloud=other.document.fingerprint(),
        )
        done = pair(self.unit, papers, own=self.document, who=PARTNERS, now=self.document.issued)
        if isinstance(done, Refused):
            raise NotSound(f"pairing: {', '.join(done.codes)}")
        if rehearsed:
            open_link(self.unit, other.name, now=self.document.issued)
        self.follow()
        partner = self.unit.partner(other.name)
        if partner is None:
            raise LookupError(other.name)
        return partner.terms(self.document.issued)

    def follow(self) -> None:
        """Bring the partners to what their acts say, as the worker of a running node does."""
        for line in self.unit.listed(StreamKind.PARTNER):
            state = partner_state(self.unit, line.stream.id)
            if not state.agreements:
                continue
            known = self.unit.partner(state.name) or Partner(
                name=state.name,
                agreements=state.agreements,
                key_document="",
                sequence_in=0,
                sequence_out=0,
                last_in="",
                last_out="",
            )
            wanted = replace(known, agreements=state.agreements, key_document=state.key_document, paused=state.paused)
            if wanted != known or self.unit.partner(state.name) is None:
                self.unit.pair(wanted)

    def rotate(self, *, now: Millis, life: Millis = 0) -> None:
        """Make the next key document, with new message, status and opening keys, and tell every partner.

        It is in force for `life` when that is given, else for long.
        """
        if self.next_own is not None:
            return
        here = now + self.skew
        message, status = (
            SigningKey.from_seed(self.chance.randbytes(32), purpose)
            for purpose in (KeyPurpose.MESSAGE, KeyPurpose.STATUS)
        )
        opening = OpeningKey.from_seed(self.chance.randbytes(32), Suite.X25519)
        issued, log = max(here, self.document.issued), self.log_key.verifying
        until, old = issued + (life or YEARS), issued + OVERLAP
        in_use = {self.own.message.key_id, self.own.status.key_id}
        document = replace(
            self.document,
            version=self.document.version + 1,
            previous=self.document.digest(),
            expires=until,
            issued=issued,
            keys=(
                *(replace(each, until=old) for each in self.document.keys if each.key.key_id in in_use),
                *(each for each in self.document.keys if each.key.key_id not in in_use | {log.key_id}),
                *(PublishedKey(key=key, until=until) for key in (message.verifying, status.verifying, log)),
            ),
            sealing=(
                PublishedSealingKey(key=opening.sealing, until=until),
                *(replace(each, until=min(each.until, old)) for each in self.document.sealing),
            ),
        )
        self.document = document
        self.key_documents.append(sign_key_document(document, self.root).decode())
        self.use_keys(replace(self.own, opening={opening.key_id: opening, **self.own.opening}))
        self.next_own = replace(self.own, message=message, status=status)
        self.announce(now=now)

    def announce(self, *, now: Millis) -> None:
        """Tell every partner the newest key document, again when a crash or a restore took the telling away."""
        if self.next_own is not None and not self.unit.recovering():
            tell_partners(self.unit, self.document, self.key_document, now=now + self.skew)

    def use_new_keys(self, *, now: Millis) -> bool:
        """Sign with the new keys once every partner has the document that names them."""
        if self.next_own is None or not known_to_all(self.unit, self.document, now=now + self.skew):
            return False
        self.use_keys(self.next_own)
        self.next_own = None
        return True

    def use_keys(self, own: OwnKeys) -> None:
        """Sign, seal and open with these keys from now on."""
        self.own = own
        self.unit.post = self._post_room()
        self.desk = self._desk()

    # Work

    def act(
        self, kind: StreamKind, stream: str, command: object, *, who: Who, purpose: Purpose, now: Millis
    ) -> Committed | Refused:
        """Carry out one officer's command on one case."""
        return perform(LAWS[kind], self.unit, Stream(kind, stream), command, who=who, purpose=purpose, now=now)

    def state(self, kind: StreamKind, stream: str) -> Any:  # noqa: ANN401 - each kind has its own state type
        """Return the state of one case."""
        return self.unit.state(Stream(kind, stream))

    def hear(self, waiting: Waiting, *, now: Millis) -> bytes:
        """Take in another node's message, its document parts first. Raises `WireRefusal`."""
        return self.hear_letter(waiting.sealed.body, dict(waiting.sealed.parts), now=now)

    def hear_letter(self, envelope: bytes, parts: Mapping[str, bytes], *, now: Millis) -> bytes:
        """Take in one envelope as it came over the line. Raises `WireRefusal`."""
        self._parts.update(parts)
        return take_in(self.desk, envelope, now=now + self.skew)

    def key_letter(self, to: str, version: int, *, now: Millis) -> bytes:
        """Seal one of this node's key documents outside the line."""
        partner = self.unit.partner(to)
        if partner is None:
            raise LookupError(to)
        content = KeyDocumentPush(document=self.key_documents[version - 1])
        room = Room(own=self.own, chance=self.chance.randbytes)
        return outside(content, "", partner, room, now=now + self.skew).body

    def note(self, waiting: Waiting, receipt: bytes, *, now: Millis) -> None:
        """Note the receipt of one of our messages. Raises `WireRefusal` when it is not of this message."""
        partner = self.unit.partner(waiting.partner)
        if partner is None:
            raise LookupError(waiting.partner)
        send = waiting.send
        posted = Posted(
            mid=waiting.sealed.mid,
            kind=waiting.sealed.kind,
            sha256=waiting.sealed.sha256,
            request=send.request,
            version=send.version,
        )
        note_receipt(self.unit, partner, posted, receipt, own=self.own, now=now + self.skew)

    def tick(self, *, now: Millis) -> None:
        """Do what is due."""
        for timer in self.unit.due(now + self.skew):
            run_due(self.unit, timer, now=now + self.skew)
        self.unit.send_scheduled(now=now + self.skew)

    def push_status(self, *, now: Millis) -> None:
        """Put the newest status list for every partner into the outbox. Raises `NotSound` when the clock is behind."""
        for partner in self.unit.partners():
            done = push_status(self.unit, partner, own=self.own, now=now + self.skew)
            if isinstance(done, Refused):
                raise NotSound(f"status: {', '.join(done.codes)}")

    def give(self, case: InventedCase, *, now: Millis) -> None:
        """Let the case's officers record, check and prepare it, up to and including the certificate."""
        for name, content in case.documents.items():
            if self.unit.documents.put(content, unit=Stream(StreamKind.PERSON, case.person)) != name:
                raise ValueError("a document's name is the hash of its bytes")
        steps = [
            *((StreamKind.PERSON, case.person, who, command, Purpose.RECORDING) for who, command in case.file),
            *((StreamKind.DOSSIER, case.dossier, who, command, Purpose.REQUEST) for who, command in case.preparation),
            (StreamKind.DOSSIER, case.dossier, *case.certificate, Purpose.REQUEST),
        ]
        for kind, stream, who, command, purpose in steps:
            done = self.act(kind, stream, command, who=who, purpose=purpose, now=now)
            if isinstance(done, Refused):
                raise NotSound(f"{type(command).__name__}: {', '.join(done.codes)}")


def open_link(unit: Unit, partner: str, *, now: Millis) -> None:
    """Write down that the rehearsal with a partner has passed both ways, for a world that begins after it."""
    act = NewAct(stream=Stream(StreamKind.PARTNER, partner), act=LinkOpened())
    unit.commit(Plan(acts=(act,)), who=PARTNERS, purpose=Purpose.PARTNERS, now=now)


def waiting_for(node: SimulatedNode, partner: str) -> tuple[Waiting, ...]:
    """Return the messages to one partner that have no receipt yet, in order."""
    return tuple(each for each in node.unit.outbox if each.partner == partner and not each.receipt)
