"""Sealing what we tell a partner: claims, signature, padding, envelope.

1. The signed claims are a function of content, line position, time, and of two random values (message id, salt) that
   carry nothing else (I6).
2. Documents a package cites are sealed first; their part names are inside the signature (F01).
3. What the next message names as `prev` is the SHA-256 of the signed text, not of the envelope.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.messages import PROTOCOL, Claims, classes_of, kind_of
from cotejo.proof import jws, records
from cotejo.proof.commitments import commit
from cotejo.proof.exact import sha256
from cotejo.proof.padding import pad
from cotejo.proof.parts import SealedPart, seal_document
from cotejo.proof.sealing import preferred, seal
from cotejo.rules.acts import Millis
from cotejo.rules.assemble import documents_of
from cotejo.rules.package import SealedDocument
from cotejo.rules.rehearsal_words import PAPER, RehearsalStep
from cotejo.rules.told import Correction, Dispute, Inquiry, PassedOn, Receipt, Rehearsal, Request, Supplement

SALT_SIZE = 32
ID_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A sealed message: id, kind, envelope bytes, signed text and its hash, link-log commitment, document parts."""

    mid: str
    kind: str
    body: bytes
    sha256: str
    commitment: str
    parts: tuple[SealedPart, ...] = ()
    signed: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message stands in its line and what it is about."""

    seq: int
    prev: str
    agreement: str
    request: str = ""
    version: int = 0


def write_letter(
    content: object,
    place: Place,
    *,
    own: OwnKeys,
    to: PartnerKeys,
    document: Callable[[str], bytes],
    chance: Callable[[int], bytes],
    now: Millis,
) -> Letter:
    """Seal one message. `document` gives plain bytes by hash, or raises `KeyError`; `chance(n)` gives n random bytes.

    Raises `ProofError`: too large for its class, no usable key.
    """
    sealing = preferred(to.sealing)
    parts: tuple[SealedPart, ...] = ()
    if isinstance(content, Request | Correction | Supplement):
        documents, parts = _seal_documents(documents_of(content.package), document, own=own, to=to)
        content = replace(content, package=replace(content.package, documents=documents))
    elif isinstance(content, PassedOn):
        documents, parts = _seal_documents([each.sha256 for each in content.documents], document, own=own, to=to)
        content = replace(content, documents=documents)
    elif isinstance(content, Inquiry):
        documents, parts = _seal_documents([content.asked.document], document, own=own, to=to)
        content = replace(content, documents=documents)
    elif isinstance(content, Dispute) and content.signed is not None:
        documents, parts = _seal_documents([content.signed.document], document, own=own, to=to)
        content = replace(content, documents=documents)
    elif isinstance(content, Rehearsal) and content.step is RehearsalStep.DELIVER:
        paper = {sha256(PAPER).hex(): PAPER}
        documents, parts = _seal_documents(paper, paper.__getitem__, own=own, to=to)
        content = replace(content, documents=documents)
    kind = kind_of(content)
    salt = chance(SALT_SIZE)
    claims = Claims(
        v=PROTOCOL,
        mid=chance(ID_SIZE).hex(),
        kind=kind,
        iss=own.node,
        aud=to.node,
        iat=now,
        seq=place.seq,
        prev=place.prev,
        rid=place.request,
        ver=place.version,
        agreement=place.agreement,
        salt=salt.hex(),
        body=records.encode(content).decode(),
    )
    signed = jws.sign(records.encode(claims), own.message, typ=jws.Typ.MESSAGE)
    smallest, largest = classes_of(kind)
    padded = pad(signed, smallest=smallest, largest=largest)
    envelope = seal(padded, to=sealing, issuer=own.node, addressee=to.node)
    digest = sha256(signed)
    return Letter(
        mid=claims.mid,
        kind=kind,
        body=envelope,
        sha256=digest.hex(),
        commitment=commit(salt, signed).hex(),
        parts=parts,
        signed=signed,
    )


def receipt_content(*, of: str, sha256_of: str, outcome: str, gaps: tuple[str, ...]) -> Receipt:
    """Make a receipt's content."""
    return Receipt(of=of, sha256=sha256_of, outcome=outcome, gaps=gaps)


def _seal_documents(
    names: Iterable[str], document: Callable[[str], bytes], *, own: OwnKeys, to: PartnerKeys
) -> tuple[tuple[SealedDocument, ...], tuple[SealedPart, ...]]:
    sealed: list[SealedDocument] = []
    parts: list[SealedPart] = []
    for name in names:
        try:
            plain = document(name)
        except KeyError:  # it lies at a court; the gates said whether that is enough
            continue
        made = seal_document(plain, to=preferred(to.sealing), issuer=own.node, addressee=to.node)
        sealed.append(SealedDocument(sha256=name, size=len(plain), parts=tuple(part.name for part in made)))
        parts.extend(made)
    return tuple(sealed), tuple(parts)
