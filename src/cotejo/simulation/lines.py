"""Both directions of the line to a partner in the memory of an invented node, and mending them."""

from collections.abc import Iterable
from dataclasses import replace

from cotejo.actions.unit import Conflict, Incoming, Sealed, Spoken, Told
from cotejo.exchange.directions import Messages
from cotejo.exchange.reconciling import Held
from cotejo.rules.acts import Act, Millis, Send
from cotejo.rules.line import LineMessage, LineRepair
from cotejo.rules.partner import KeyDocumentSeen, PartnerPaired
from cotejo.simulation.kept import Kept, Waiting


def held(kept: Kept, partner: str) -> Held:
    """Return all that is kept of the line to a partner."""
    told = [each for each in kept.outbox if each.partner == partner]
    return Held(
        told=Messages(map(_told, told), lost=(each.seq for each in told if not each.sealed.body)),
        heard=Messages(kept.taken.get(partner, ())),
        floors={request: version for (origin, request), version in kept.floors.items() if origin == partner},
    )


def newest_told(kept: Kept, partner: str, kind: str, version: int) -> Told | None:
    """Return the newest message of a kind, and of a version if one is named, in the line to a partner."""
    for each in reversed(kept.outbox):
        if (each.partner, each.sealed.kind) == (partner, kind) and version in {0, each.send.version}:
            return Told(at=each.at, outcome=each.receipt.decode())
    return None


def spoken_of(kept: Kept, request: str) -> tuple[Spoken, ...]:
    """Return what was said about a request on any line, ours first, each side in the order of its moments."""
    told = (
        Spoken(
            partner=each.partner,
            outgoing=True,
            kind=each.sealed.kind,
            version=each.send.version,
            sha256=each.sealed.sha256,
            at=each.at,
            outcome=each.receipt.decode(),
        )
        for each in kept.outbox
        if each.send.request == request
    )
    heard_of = (
        Spoken(
            partner=partner,
            outgoing=False,
            kind=each.kind,
            version=each.version,
            sha256=each.sha256,
            at=kept.heard_at.get((partner, each.mid), 0),
            outcome=each.outcome,
        )
        for partner, messages in kept.taken.items()
        for each in messages
        if each.request == request
    )
    return (*told, *sorted(heard_of, key=lambda each: each.at))


def key_document_of(act: Act) -> str:
    """Return the key document of a partner that this act follows, if it does."""
    match act:
        case PartnerPaired(key_document=document) | KeyDocumentSeen(document=document):
            return document
        case _:
            return ""


def heard(incoming: Incoming, outcome: str) -> LineMessage:
    """Return a message that is taken in, as it is kept."""
    return LineMessage(
        seq=incoming.seq,
        mid=incoming.mid,
        kind=incoming.kind,
        request=incoming.request,
        version=incoming.version,
        sha256=incoming.sha256,
        commitment=incoming.commitment,
        outcome=outcome,
    )


def repair(kept: Kept, repairs: Iterable[LineRepair], now: Millis) -> None:
    """Mend lines in a copy of the tables. Raises `Conflict` when one has moved."""
    for each in repairs:
        for lost in each.lost:
            _close_gap(kept, each.partner, lost, now)
        for passed in each.passed:
            _pass(kept, each.partner, passed)
        if each.key_document:
            kept.partners[each.partner] = replace(kept.partners[each.partner], key_document=each.key_document)
        if each.again_after >= 0:
            kept.outbox = [
                replace(waiting, receipt=b"")
                if waiting.partner == each.partner and waiting.seq > each.again_after and waiting.sealed.body
                else waiting
                for waiting in kept.outbox
            ]


def _close_gap(kept: Kept, partner: str, lost: LineMessage, now: Millis) -> None:
    row = kept.partners[partner]
    if lost.seq != row.sequence_out + 1:
        raise Conflict("the line has moved")
    kept.partners[partner] = replace(row, sequence_out=lost.seq, last_out=lost.sha256)
    sealed = Sealed(mid=lost.mid, kind=lost.kind, body=b"", sha256=lost.sha256, commitment=lost.commitment)
    send = Send(partner=partner, content=None, request=lost.request, version=lost.version)
    kept.outbox.append(
        Waiting(partner=partner, seq=lost.seq, sealed=sealed, send=send, at=now, receipt=lost.outcome.encode())
    )
    kept.link_leaves[partner].append(lost.commitment)


def _pass(kept: Kept, partner: str, message: LineMessage) -> None:
    row = kept.partners[partner]
    if message.seq != row.sequence_in + 1:
        raise Conflict("the line has moved")
    kept.partners[partner] = replace(row, sequence_in=message.seq, last_in=message.sha256)
    kept.inbox[(partner, message.mid)] = (message.sha256, b"")
    kept.taken[partner] = (*kept.taken.get(partner, ()), message)
    kept.link_leaves[partner].append(message.commitment)


def _told(waiting: Waiting) -> LineMessage:
    sealed, send = waiting.sealed, waiting.send
    return LineMessage(
        seq=waiting.seq,
        mid=sealed.mid,
        kind=sealed.kind,
        request=send.request,
        version=send.version,
        sha256=sealed.sha256,
        commitment=sealed.commitment,
        outcome=waiting.receipt.decode(),
    )
