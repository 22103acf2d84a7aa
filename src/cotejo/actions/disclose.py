"""One case taken out for a court: signed texts exactly as they were said, and what shows that they are.

1. Only an officer whose duty may take this case out, and one act of the export in the log for each file (I10).
2. What goes out are bytes that were signed or cited: no act, no answer about identity, no name of an officer of ours. A
   receiver's file holds what the origin told it and what it answered; that and when a person decided is all it says of
   its own work.
3. A case that was erased has nothing left to take out (I11).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.actions.unit import Unit
from cotejo.exchange.directions import leaf_of
from cotejo.exchange.keyring import OwnKeys
from cotejo.proof import disclosure as folders
from cotejo.proof.carried import Manifest, PackageKind, write_package
from cotejo.proof.case_texts import brought, claims_of, payload
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import follow_key_document, open_key_document
from cotejo.proof.notes import read_note
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import LeafHashes, inclusion_proof, leaf_hash, subtrees_of
from cotejo.proof.tlog_proof import TlogProof
from cotejo.rules.acts import Millis, Reason, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier import Dossier
from cotejo.rules.duties import Officer
from cotejo.rules.partner import KeyDocumentSeen, PartnerPaired
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_acts import Decided
from cotejo.rules.review_state import Review
from cotejo.rules.words import Text

PURPOSES: Final = {StreamKind.DOSSIER: Purpose.REQUEST, StreamKind.REVIEW: Purpose.LEGAL_REVIEW}
COURT: Final = "court"
NOTHING_LEFT: Final = Reason(
    code="package.nothing_left",
    text=Text(
        "Nothing signed is kept of this case: it was never sent or taken in, or it was erased.",
        "De este caso no se conserva nada firmado: nunca se envió ni se recibió, o fue suprimido.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """A text kept of a case: in which folder of the file (`proof.disclosure`), under whose name and number.

    `issuer` is who signed it; of a receipt, who signed the message it answers.
    """

    folder: str
    issuer: str
    number: int
    signed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a node lends for taking a case out: its keys, all its key documents oldest first, signed agreements.

    `agreements` are both signatures of each agreement with the partner.
    """

    own: OwnKeys
    key_documents: tuple[bytes, ...]
    agreements: tuple[bytes, ...]


def refusal(unit: Unit, case: Stream, texts: Sequence[SignedText], *, who: Officer, now: Millis) -> Reason | None:
    """Return why this officer cannot take this case out, and write that down; nothing when they may."""
    purpose = PURPOSES[case.kind]
    answer = may(who, Verb.EXPORT, Thing(kind=case.kind.value, id=case.id), purpose=purpose)
    reason = answer.reason if isinstance(answer, Denied) else None if texts else NOTHING_LEFT
    if reason is not None:
        unit.note_refusal(who=who, purpose=purpose, subject=str(case), reasons=(reason,), now=now)
    return reason


def write_disclosure(
    out: BinaryIO, unit: Unit, case: Stream, texts: Sequence[SignedText], source: Source, *, id_: str, now: Millis
) -> Manifest:
    """Write a case that may be taken out (`refusal`). Raises `ProofError(PACKAGE_TOO_LARGE)`."""
    state: Dossier | Review = state_of(case.kind, unit.entries(case))
    partner = state.partner
    origin, receiver = (unit.node, partner) if case.kind is StreamKind.DOSSIER else (partner, unit.node)
    return write_package(
        out,
        _items(unit, partner, _about(texts, state.request), source),
        kind=PackageKind.DISCLOSURE,
        id_=id_,
        addressee=COURT,
        made=now,
        about={"request": state.request, "origin": origin, "receiver": receiver, "decided": _decided(unit, case)},
        issuer=unit.node,
        key=source.own.message,
    )


def _about(texts: Sequence[SignedText], request: str) -> tuple[SignedText, ...]:
    """Return the messages that are about this request, their receipts, and the status a decision rested on."""
    told = {
        (each.issuer, each.number)
        for each in texts
        if each.folder == folders.MESSAGES and claims_of(payload(each.signed))["rid"] == request
    }
    return tuple(each for each in texts if each.folder == folders.STATUS or (each.issuer, each.number) in told)


def _items(unit: Unit, partner: str, texts: Sequence[SignedText], source: Source) -> Iterator[tuple[str, bytes]]:
    documents = {unit.node: source.key_documents, partner: _documents_of(unit, partner)}
    for node, signed in sorted(documents.items()):
        for each in signed:
            version = open_key_document(each).version
            yield f"{folders.KEY_DOCUMENTS}/{node}/{version:06d}", each
    messages = [each for each in texts if each.folder == folders.MESSAGES]
    cited = {str(claims_of(payload(each.signed))["agreement"]) for each in messages}
    enclosed = tuple(each for each in source.agreements if _terms_hash(each) in cited)
    if {_terms_hash(each) for each in enclosed} == cited:
        yield folders.AGREEMENT, b"\n".join(enclosed)
    for text in texts:
        yield f"{text.folder}/{text.issuer}/{text.number:0{folders.DIGITS}d}", text.signed
    yield from _proofs(unit, partner, messages)
    yield from _cited(unit, messages)


def _terms_hash(signed: bytes) -> str:
    """Return the hash of the terms under a signature, as messages cite it."""
    return sha256(payload(signed)).hex()


def _documents_of(unit: Unit, partner: str) -> tuple[bytes, ...]:
    """Return the partner's key documents that follow each other up to the newest, oldest first."""
    acts = (entry.act for entry in unit.entries(Stream(StreamKind.PARTNER, partner)))
    signed = [
        (each.key_document if isinstance(each, PartnerPaired) else each.document).encode()
        for each in acts
        if isinstance(each, PartnerPaired | KeyDocumentSeen)
    ]
    line: list[bytes] = []
    for each in signed:
        if line and each == line[-1]:
            continue
        try:
            if line:
                follow_key_document(open_key_document(line[-1]), each)
        except ProofError:  # paired anew: what was signed before cannot be shown under today's keys
            line.clear()
        line.append(each)
    return tuple(line)


def _proofs(unit: Unit, partner: str, messages: Sequence[SignedText]) -> Iterator[tuple[str, bytes]]:
    """Give the place of each message under the newest checkpoint both sides signed, where there is one."""
    held = unit.line_held(partner)
    for issuer, direction in ((unit.node, held.told), (partner, held.heard)):
        note = unit.checkpoint_held(partner, outgoing=issuer == unit.node)
        numbers = [each.number for each in messages if each.issuer == issuer]
        if not note or not numbers:
            continue
        signed = Checkpoint.from_text(read_note(note).text)
        hashes = [leaf_hash(leaf_of(each)) for each in direction[: signed.size]]
        subtrees = subtrees_of(_served(hashes))
        for number in numbers:
            if number <= signed.size == len(hashes):
                steps = inclusion_proof(number - 1, signed.size, subtrees)
                proof = TlogProof(index=number - 1, steps=steps, checkpoint=note)
                yield f"{folders.PROOFS}/{issuer}/{number:0{folders.DIGITS}d}", proof.to_bytes()


def _served(hashes: Sequence[bytes]) -> LeafHashes:
    return lambda start, end: hashes[start:end]


def _cited(unit: Unit, messages: Sequence[SignedText]) -> Iterator[tuple[str, bytes]]:
    """Give every document the messages name that is here."""
    names = {name for each in messages for name in brought(claims_of(payload(each.signed)))[1]}
    for name in sorted(names):
        try:
            yield f"{folders.DOCUMENTS}/{name}", unit.documents.get(name)
        except KeyError:
            continue


def _decided(unit: Unit, case: Stream) -> Millis:
    return max((entry.at for entry in unit.entries(case) if isinstance(entry.act, Decided)), default=0)
