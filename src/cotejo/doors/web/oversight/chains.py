"""The logs of this node as an auditor finds them: newest checkpoint of each, who confirmed it, every line of a link.

1. Sizes and roots are what was signed; the node says nothing about them that the files do not say
   (`cotejo-witness verify`).
2. A confirmation is named by the signer it claims and the time it claims; whether it holds, the signer's key says.
3. A line of a link's log is a message: number, direction, kind, time, receipt; never what it said.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cotejo.doors.web.partners.words import kind_words, outcome_words
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.keys import SIGNATURE_SIZE
from cotejo.proof.notes import SignatureLine, cosigned_seconds, read_note
from cotejo.rules.acts import Millis
from cotejo.rules.words import Text
from cotejo.store.auditors import appointments
from cotejo.store.models import Inbox, LinkLeaf, Outbox
from cotejo.store.unit import PgUnit

_TIMED: Final = 8 + SIGNATURE_SIZE
_SECOND: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed a checkpoint; `at` is 0 for the log itself, whose signature has no time."""

    name: str
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One log: what it is, how many entries it has now, and the newest checkpoint (size -1: none yet)."""

    what: Text
    entries: int
    partner: str = ""
    name: str = ""
    size: int = -1
    root: str = ""
    signers: tuple[Signer, ...] = ()


def chains(unit: PgUnit) -> Iterator[Chain]:
    """Yield the house log and both directions of every link."""
    size, _root = unit.house_head()
    yield _chain(Text("House log", "Registro de la casa"), size, unit.house_checkpoint())
    for partner in unit.partners():
        told, heard = (
            Text(f"Told to {partner.name}", f"Dicho a {partner.name}"),
            Text(f"Heard from {partner.name}", f"Oído de {partner.name}"),
        )
        for what, entries, outgoing in ((told, partner.sequence_out, True), (heard, partner.sequence_in, False)):
            yield _chain(what, entries, unit.checkpoint_held(partner.name, outgoing=outgoing), partner.name)


def _chain(what: Text, entries: int, note: bytes, partner: str = "") -> Chain:
    if not note:
        return Chain(what=what, entries=entries, partner=partner)
    read = read_note(note)
    point = Checkpoint.from_text(read.text)
    return Chain(
        what=what,
        entries=entries,
        partner=partner,
        name=point.origin,
        size=point.size,
        root=base64.b64encode(point.root).decode("ascii"),
        signers=tuple(map(_signer, read.lines)),
    )


def _signer(line: SignatureLine) -> Signer:
    timed = len(line.signature) == _TIMED
    return Signer(name=line.name, at=cosigned_seconds(line) * _SECOND if timed else 0)


def leaves_of(partner: str) -> Any:  # noqa: ANN401 - a query set, paged by the caller
    """Return the leaves of the log of a link, newest first."""
    return LinkLeaf.objects.filter(partner=partner).order_by("-index")


def messages_of(partner: str, leaves: list[LinkLeaf]) -> list[Mapping[str, Any]]:
    """Return what each of these leaves stands for: direction, number, kind, time, receipt."""
    mids = [each.mid for each in leaves]
    told = Outbox.objects.filter(partner=partner, mid__in=mids).values_list(
        "mid", "seq", "kind", "queued_at", "outcome"
    )
    heard = Inbox.objects.filter(partner=partner, mid__in=mids).values_list("mid", "seq", "kind", "at", "outcome")
    known = {(True, mid): rest for mid, *rest in told} | {(False, mid): rest for mid, *rest in heard}
    return [_message(each, known.get((each.outgoing, each.mid))) for each in leaves]


def _message(leaf: LinkLeaf, known: list[Any] | None) -> Mapping[str, Any]:
    row = {"place": leaf.index, "outgoing": leaf.outgoing, "mid": leaf.mid}
    if known is None:
        return row
    number, kind, at, outcome = known
    return row | {"number": number, "kind": kind_words(kind), "at": at, "outcome": outcome_words(outcome)}


def auditors(unit: PgUnit, at: Millis) -> Iterator[Mapping[str, Any]]:
    """Yield everybody an outside body appointed here, and whether the appointment is in force."""
    for state in appointments(unit):
        for paper in state.papers:
            yield {"paper": paper, "runs": not state.closed and paper.starts <= at < paper.ends}
