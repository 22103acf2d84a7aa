"""Which kinds of message there are and how one is spelled before it is signed.

1. One kind a content record (design section 7), and a second one where it is passed on (rule 5); a kind that is not
   listed is refused.
2. Claims: `v mid kind iss aud iat seq prev rid ver agreement salt body`. `aud` and `prev` inside the signature stop
   re-addressing and silent gaps; `salt` lets both link logs commit to the same leaf without content.
3. `sweep`, `answer` and `erasure` always fill the smallest padding class, `receipt` and `inquiry` always the next, into
   which every gap the law can name goes, `dispute` the one after, `inquiry_answer` the largest: each has one length,
   whatever it says (I6).
4. A receipt answers one message and has no number in the line: `seq` 0, `prev` the hash of the message it answers.
   So do the question of a restored node and the answer to it: such a node does not know its numbers.
5. What brings a package or a status list is passed on under its own kind, as the signed text of its origin. Words that
   only name a request (withdrawal, suspension, reinstatement, erasure) and a dispute are said to a recipient as to any
   receiver.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from cotejo.proof import records
from cotejo.proof.padding import CLASSES, LARGEST, SMALLEST
from cotejo.rules import told
from cotejo.rules.acts import Millis

PROTOCOL: Final = 1

KINDS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "request": told.Request,
        "receipt": told.Receipt,
        "correction": told.Correction,
        "withdrawal": told.Withdrawal,
        "erasure": told.Erasure,
        "suspension": told.Suspension,
        "reinstatement": told.Reinstatement,
        "sweep": told.Sweep,
        "answer": told.Answer,
        "questions": told.Questions,
        "supplement": told.Supplement,
        "after_handover": told.AfterHandover,
        "return": told.Return,
        "inquiry": told.Inquiry,
        "inquiry_answer": told.InquiryAnswer,
        "bulletin": told.Bulletin,
        "rehearsal": told.Rehearsal,
        "status_list": told.StatusPush,
        "link_checkpoint": told.LinkCheckpoint,
        "cosignature": told.Cosignature,
        "key_document": told.KeyDocumentPush,
        "reconciliation": told.Reconciliation,
        "agreement": told.AgreementSigned,
        "dispute": told.Dispute,
    }
)
_KIND_OF: Final = {content: kind for kind, content in KINDS.items()}
_PACKAGE: Final[tuple[type[Any], ...]] = (told.PassedOn, told.PassedOnRenewed)
PASSED_ON: Final[Mapping[str, tuple[type[Any], ...]]] = MappingProxyType(
    {"request": _PACKAGE, "correction": _PACKAGE, "supplement": _PACKAGE, "status_list": (told.PassedList,)}
)
"""The contents of a kind when it is passed on to a standing recipient (rule 5)."""
ONE_LENGTH: Final[Mapping[str, int]] = MappingProxyType(
    {
        "receipt": CLASSES[1],
        "sweep": SMALLEST,
        "answer": SMALLEST,
        "erasure": SMALLEST,
        "return": CLASSES[1],
        "inquiry": CLASSES[1],
        "dispute": CLASSES[2],
        "inquiry_answer": LARGEST,
    }
)
"""Kinds that always fill one padding class, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is signed. `body` is the exact text of the content record; times are milliseconds UTC."""

    v: int
    mid: str
    kind: str
    iss: str
    aud: str
    iat: Millis
    seq: int
    prev: str
    rid: str
    ver: int
    agreement: str
    salt: str
    body: str

    def content(self) -> object:
        """Read the content record. Raises `KeyError` for an unknown kind and `NotThisRecord` for a bad body."""
        return read_content(self.kind, self.body)


def read_content(kind: str, body: str) -> object:
    """Read a content record of a kind. Raises `KeyError` for an unknown kind and `NotThisRecord` for a bad body."""
    try:
        return records.decode(body.encode(), KINDS[kind])
    except records.NotThisRecord:
        for form in PASSED_ON.get(kind, ()):
            with suppress(records.NotThisRecord):
                passed = records.decode(body.encode(), form)
                if kind_of(passed) == kind:
                    return passed
        raise


def about(claims: Claims, content: object) -> tuple[str, int]:
    """Return which request a message is about, and which version: what its content names, where it names one."""
    match content:
        case told.Request(package=package) | told.Correction(package=package) | told.Supplement(package=package):
            return package.request, package.version
        case told.Withdrawal(request=request, version=version):
            return request, version
        case told.Inquiry(inquiry=inquiry) | told.InquiryAnswer(inquiry=inquiry):
            return inquiry, claims.ver
        case _:
            return getattr(content, "request", claims.rid), claims.ver


def kind_of(content: object) -> str:
    """Return the kind code of a content record. Raises `KeyError` for anything else."""
    if isinstance(content, told.PassedOn):
        return content.kind
    return "status_list" if isinstance(content, told.PassedList) else _KIND_OF[type(content)]


def classes_of(kind: str) -> tuple[int, int]:
    """Return the smallest and the largest padding class this kind may fill, in bytes."""
    one = ONE_LENGTH.get(kind)
    return (one, one) if one else (SMALLEST, LARGEST)
