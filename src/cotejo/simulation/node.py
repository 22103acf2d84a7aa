"""One invented node of a simulated world: the real actions over the memory Unit, with its own keys and clock skew.

1. Everything a node does here goes through the same actions as in a running node.
2. Chance is seeded; a world with one seed plays the same way every time, but for the sealing's own randomness.
"""

import random
from collections.abc import Callable
from typing import Any, Final

from cotejo.actions.laws import DOSSIER, PERSON, REVIEW
from cotejo.actions.note_receipt import Posted, note_receipt
from cotejo.actions.perform import Law, perform
from cotejo.actions.post import PostRoom
from cotejo.actions.run_due import run_due
from cotejo.actions.status import push_status
from cotejo.actions.take_in import Desk, take_in
from cotejo.actions.unit import Committed, Partner
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
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Who
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import InventedCase
from cotejo.simulation.kept import Waiting
from cotejo.simulation.memory import MemoryUnit

YEARS: Final = 10 * 365 * 24 * 3600 * 1000
_LAWS: Final[dict[StreamKind, Law[Any, Any, Any]]] = {
    StreamKind.PERSON: PERSON,
    StreamKind.DOSSIER: DOSSIER,
    StreamKind.REVIEW: REVIEW,
}


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
        memory: type[MemoryUnit] = MemoryUnit,
    ) -> None:
        self.name = name
        self.skew = skew
        self.crash_before: Callable[[str], None] = lambda _step: None
        chance = random.Random(f"{seed}/{name}")
        signing = {purpose: SigningKey.from_seed(chance.randbytes(32), purpose) for purpose in _SIGNING}
        opening = OpeningKey.from_seed(chance.randbytes(32), Suite.X25519)
        self.own = OwnKeys(
            node=name,
            message=signing[KeyPurpose.MESSAGE],
            status=signing[KeyPurpose.STATUS],
            opening={opening.key_id: opening},
        )
        until = start + YEARS
        document = KeyDocument(
            name=name,
            world=World.INVENTED,
            version=1,
            issued=start,
            expires=until,
            root=signing[KeyPurpose.ROOT].verifying,
            keys=tuple(
                PublishedKey(key=key.verifying, until=until)
                for purpose, key in signing.items()
                if purpose is not KeyPurpose.ROOT
            ),
            sealing=(PublishedSealingKey(key=opening.sealing, until=until),),
            tls_ca=make_authority(chance.randbytes(32), name=name, not_before=start, not_after=until).pem,
            url=f"https://{name}.invalid",
        )
        self.key_document = sign_key_document(document, signing[KeyPurpose.ROOT]).decode()
        self._parts: dict[str, bytes] = {}
        self.unit = memory(
            node=name,
            profile=profile,
            post=PostRoom(own=self.own, chance=chance.randbytes, document=self._document),
            register=register,
            chance=chance,
            crash_before=self._crash_before,
        )
        self.desk = Desk(
            unit=self.unit,
            own=self.own,
            part=self._parts.get,
            drop_parts=self._drop_parts,
            chance=chance.randbytes,
        )

    def _document(self, sha256: str) -> bytes:
        return self.unit.documents.get(sha256)

    def _crash_before(self, step: str) -> None:
        self.crash_before(step)

    def _drop_parts(self, names: tuple[str, ...]) -> None:
        for each in names:
            self._parts.pop(each, None)

    def pair(self, other: "SimulatedNode", agreement: Agreement) -> None:
        """Keep another node as paired under an agreement both signed."""
        self.unit.pair(
            Partner(
                name=other.name,
                agreement=agreement,
                key_document=other.key_document,
                sequence_in=0,
                sequence_out=0,
                last_in="",
                last_out="",
            )
        )

    def act(
        self, kind: StreamKind, stream: str, command: object, *, who: Who, purpose: Purpose, now: Millis
    ) -> Committed | Refused:
        """Carry out one officer's command on one case."""
        return perform(_LAWS[kind], self.unit, Stream(kind, stream), command, who=who, purpose=purpose, now=now)

    def state(self, kind: StreamKind, stream: str) -> Any:  # noqa: ANN401 - each kind has its own state type
        """Return the state of one case."""
        return state_of(kind, self.unit.entries(Stream(kind, stream)))

    def hear(self, waiting: Waiting, *, now: Millis) -> bytes:
        """Take in another node's message, its document parts first. Raises `WireRefusal`."""
        self._parts.update(waiting.sealed.parts)
        return take_in(self.desk, waiting.sealed.body, now=now + self.skew)

    def note(self, waiting: Waiting, receipt: bytes, *, now: Millis) -> None:
        """Note the receipt of one of our messages."""
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

    def push_status(self, *, now: Millis) -> None:
        """Put the newest status list for every partner into the outbox."""
        for partner in self.unit.partners():
            push_status(self.unit, partner, own=self.own, now=now + self.skew)

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


_SIGNING: Final = (KeyPurpose.ROOT, KeyPurpose.MESSAGE, KeyPurpose.STATUS, KeyPurpose.LOG)


def waiting_for(node: SimulatedNode, partner: str) -> tuple[Waiting, ...]:
    """Return the messages to one partner that have no receipt yet, in order."""
    return tuple(each for each in node.unit.outbox if each.partner == partner and not each.receipt)
