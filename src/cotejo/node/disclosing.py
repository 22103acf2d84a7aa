"""Taking one case out of a node for a court, into a new file (`actions.disclose`)."""

import secrets
from pathlib import Path
from typing import Final

from cotejo.actions.disclose import PURPOSES, SignedText, Source, refusal, write_disclosure
from cotejo.node.assembly import Node
from cotejo.node.carrying import ID_SIZE, new_file, own_documents
from cotejo.proof import disclosure as folders
from cotejo.rules.acts import Millis, Reason, Stream
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Officer
from cotejo.store.models import PartnerRow
from cotejo.store.signed_texts import Text, What

_FOLDERS: Final = {What.MESSAGE: folders.MESSAGES, What.RECEIPT: folders.RECEIPTS, What.STATUS: folders.STATUS}


def case_named(node: Node, request: str, partner: str) -> Stream | None:
    """Return the case of a request we sent to a partner, or that it sent to us."""
    found = node.unit.lookup("dossier.request", request) + node.unit.lookup("review.request", f"{partner}/{request}")
    states = ((stream, state_of(stream.kind, node.unit.entries(stream))) for stream in found)
    return next((stream for stream, state in states if state.partner == partner), None)


def disclose_case(node: Node, case: Stream, partner: str, out: Path, *, who: Officer, now: Millis) -> Reason | None:
    """Write one case into a new file. Return why not, which is written down. Raises `FileExistsError`, `ProofError`."""
    texts = tuple(
        SignedText(folder=_FOLDERS[each.what], issuer=_issuer(node, each), number=each.number, signed=each.signed)
        for each in node.unit.texts_of(case)
        if each.partner == partner  # not what was said to whoever holds a copy behind us
    )
    reason = refusal(node.unit, case, texts, who=who, now=now)
    if reason is not None:
        return reason
    row = PartnerRow.objects.filter(name=partner).first()
    source = Source(
        own=node.keys.own,
        key_documents=own_documents(node.home),
        agreements=tuple(bytes(row.agreement_signed).splitlines()) if row else (),
    )
    with new_file(out) as file:
        write_disclosure(file, node.unit, case, texts, source, id_=secrets.token_hex(ID_SIZE), now=now)
        node.unit.note("export", who=who, purpose=PURPOSES[case.kind], subject=str(case), case=str(case), now=now)
    return None


def _issuer(node: Node, text: Text) -> str:
    """Return under whose name a text goes: who signed it, or whose message a receipt answers."""
    ours = text.ours is (text.what is not What.RECEIPT)
    return node.file.node if ours else text.partner
