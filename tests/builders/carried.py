"""Files carried by hand between two simulated nodes: what waits is written, what comes is taken in, as by the node."""

import io
from dataclasses import dataclass, field

from cotejo.actions.carry import CarriedIn, Hands, Mail, open_mail, receipted_by, take_mail, write_mail
from cotejo.actions.note_receipt import Posted
from cotejo.actions.unit import Partner
from cotejo.rules.acts import Millis
from cotejo.simulation.node import SimulatedNode, waiting_for


def known(node: SimulatedNode, other: str) -> Partner:
    """Return a node's partner."""
    found = node.unit.partner(other)
    assert found is not None
    return found


@dataclass(slots=True)
class Carrier:
    """One node's side of a line without a link; `receipts` are those it has yet to give back, by number.

    `documents` are its key documents, where there is more than one.
    """

    node: SimulatedNode
    receipts: dict[int, bytes] = field(default_factory=dict)
    files: int = 0
    documents: tuple[bytes, ...] = ()

    def write(self, to: str, *, now: Millis, since: int = 0) -> bytes:
        """Write what waits, and the receipts the partner lacks."""
        partner, out = known(self.node, to), io.BytesIO()
        waiting = [each for each in self.node.unit.outbox if each.partner == to and (since and each.seq >= since)]
        waiting = waiting or list(waiting_for(self.node, to))
        first = next(iter(waiting_for(self.node, to)), None)
        self.files += 1
        write_mail(
            out,
            partner,
            [Mail(number=each.seq, sealed=each.sealed.body, parts=each.sealed.parts) for each in waiting],
            sorted(self.receipts.items()),
            own=self.node.own,
            key_documents=self.documents or (self.node.key_document.encode(),),
            receipted=first.seq - 1 if first else partner.sequence_out,
            id_=f"{self.files:032x}",
            now=now,
        )
        return out.getvalue()

    def take(self, data: bytes, *, now: Millis) -> CarriedIn:
        """Take a file in, and remember which receipts its writer lacks."""
        package = open_mail(io.BytesIO(data), self.node.unit, now=now)
        hands = Hands(desk=self.node.desk, keep_part=self._keep, posted=self._posted)
        done = take_mail(hands, package, now=now)
        known_there = receipted_by(package)
        heard = self.node.unit.line_held(done.partner).heard
        stored = {each.seq: self.node.unit.receipt_of(done.partner, each.mid) for each in heard}
        self.receipts = {seq: both[1] for seq, both in stored.items() if both is not None and seq > known_there}
        return done

    def _keep(self, name: str, sealed: bytes, _partner: str) -> None:
        self.node._parts[name] = sealed

    def _posted(self, partner: str, number: int) -> Posted | None:
        row = next((each for each in self.node.unit.outbox if (each.partner, each.seq) == (partner, number)), None)
        if row is None:
            raise KeyError(number)
        if row.receipt:
            return None
        sealed, send = row.sealed, row.send
        return Posted(
            mid=sealed.mid, kind=sealed.kind, sha256=sealed.sha256, request=send.request, version=send.version
        )
