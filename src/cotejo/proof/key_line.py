"""All versions of one node's key document in a row: which of its keys were in force at a moment of the past.

1. Each version follows from the one before (`follow_key_document`); the first is believed because somebody compared its
   fingerprint, or the last one's.
2. The newest version that lists a key says until when it was in force; a key named as stolen counts for nothing from
   that moment on, whichever version says so.
3. A key counts only from the moment its document was issued, less the largest difference of clocks there may be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from cotejo.proof.key_document import KeyDocument, follow_key_document, open_key_document
from cotejo.proof.keys import Purpose, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

LARGEST_SKEW: Final = 5 * 60 * 1000
"""The agreement's cap on the difference of two clocks, ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A node's key documents, oldest first; at least one."""

    documents: tuple[KeyDocument, ...]

    @classmethod
    def from_signed(cls, signed: Sequence[bytes]) -> Self:
        """Read signed documents, oldest first. Raises `ProofError`: NOT_EXACT when there is none, BROKEN_LINE, ..."""
        if not signed:
            raise ProofError(Reason.NOT_EXACT, "no key document")
        documents = [open_key_document(signed[0])]
        for each in signed[1:]:
            documents.append(follow_key_document(documents[-1], each))
        return cls(documents=tuple(documents))

    @property
    def name(self) -> str:
        """The node's name."""
        return self.documents[0].name

    @property
    def newest(self) -> KeyDocument:
        """The newest version."""
        return self.documents[-1]

    def keys(self, purpose: Purpose, *, at: int) -> Mapping[str, VerifyingKey]:
        """Return the keys of a purpose in force at a moment, by id (rules 2 and 3)."""
        listed: dict[str, tuple[VerifyingKey, int, int]] = {}
        stolen: dict[str, int] = {}
        for document in self.documents:
            for each in document.keys:
                known = listed.get(each.key.key_id)
                since = known[1] if known else document.issued - LARGEST_SKEW
                listed[each.key.key_id] = (each.key, since, min(each.until, document.expires))
            for named in document.revoked:
                stolen[named.key] = min(named.invalid_after, stolen.get(named.key, named.invalid_after))
        return {
            id_: key
            for id_, (key, since, until) in listed.items()
            if key.purpose is purpose and since <= at < min(until, stolen.get(id_, until))
        }

    def holds(self, document: KeyDocument) -> bool:
        """Say whether a document somebody has of this node is one of the line."""
        return document in self.documents
