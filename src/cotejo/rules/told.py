"""What one node tells another, as content: the exchange room packs it, seals it and gives it a number.

1. A request is a `Package`; everything else is one of the records here (design section 7).
2. Nothing here has a place for presence, candidates, holds, complaints or reasons of the receiver (I6, F45).
3. An answer has two words and one size.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import Agreement, RenewableAgreement
from cotejo.rules.dispute_words import Disputed, PersonSigned
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.erasure_words import Certificate, ErasureBasis
from cotejo.rules.inquiry_words import Asked, RecordAnswer
from cotejo.rules.line import LineHeld, LineMessage
from cotejo.rules.package import Package, SealedDocument
from cotejo.rules.rehearsal_words import InventedRecord, RehearsalStep
from cotejo.rules.return_words import ReturnAnswer, ReturnCause


class Answered(StrEnum):
    """The blunt periodic answer: no action to report is no refusal and may change."""

    ACTION_REPORTED = "action_reported"
    NO_ACTION = "no_action_to_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A sealed request about one person."""

    package: Package


OUTCOMES: Final = frozenset({"taken", "refused"})
"""What a receipt can say became of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Given once for each message and repeated byte for byte (I8). `gaps` are gate codes: a function of the package."""

    of: str
    sha256: str
    outcome: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One corrected field, old and new (F53)."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A new version with the differences named."""

    package: Package
    changes: tuple[Change, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Never usable again (I7)."""

    request: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The origin demands that everything about a request is erased; with `certificate`, the holder's word that it is.

    The certificate goes out at the agreed sweep time after the demand and says nothing of what was held (I6, I11).
    """

    request: str
    version: int
    basis: ErasureBasis
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Not usable until reinstated; one code for every cause (I12)."""

    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstatement:
    """Usable again."""

    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Sent exactly at the agreed sweep time: this withdrawal reached every holder behind this node. One a request."""

    request: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The periodic answer on one live request, same day and size for all."""

    request: str
    period: int
    answered: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Asked once, before anything touches a register: questions about the package alone (codes and fields)."""

    request: str
    version: int
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Answers to questions: a new version of the package."""

    package: Package
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterHandover:
    """A report of the sender after a hand-over."""

    request: str
    report: HandoverReport
    at: Millis
    place: str
    court: str = ""
    charges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Somebody handed over must come back; `answer` is the sender's word on where they are and what was done."""

    request: str
    cause: ReturnCause
    answer: ReturnAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One person's court record is asked for, by the person through counsel or by a judge; its paper travels along."""

    inquiry: str
    asked: Asked
    documents: tuple[SealedDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAnswer:
    """Every court act held about the person of an inquiry, or that nothing is held, on a day. One size (I6)."""

    inquiry: str
    answer: RecordAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Statements of a request are disputed: told by its origin, or with `signed` by a holder for the person (I6, I12).

    `documents` is filled when the message is sealed: the paper the person signed.
    """

    request: str
    version: int
    stated: Disputed
    signed: PersonSigned | None = None
    documents: tuple[SealedDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """Knowledge about a group: codes, counts, months and place codes; nothing that can carry a person."""

    id: str
    group_code: str
    kind_code: str
    month: str
    place_code: str
    count: int
    trend_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A step of the rehearsal that began at `begun`; `invented` is true, and what it tells of is nobody.

    `documents` is filled when the message is sealed.
    """

    invented: bool
    begun: Millis
    step: RehearsalStep
    record: InventedRecord | None = None
    changes: tuple[Change, ...] = ()
    documents: tuple[SealedDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPush:
    """A signed status list, as its own compact JWS."""

    jws: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """What an origin sent us about a person, passed on to a standing recipient: its own signed letter, not our word.

    `kind` is the letter's; `letter` the hex SHA-256 of its exact bytes, which travel as the first of `documents`.
    `terms` are those of the agreement the letter names by hash.
    """

    kind: str
    origin: str
    letter: str
    terms: Agreement
    documents: tuple[SealedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOnRenewed(PassedOn):
    """The same, where the letter names an agreement of the second form."""

    terms: RenewableAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedList:
    """The newest status list an origin signed for us, in its exact bytes, passed on to who holds copies through us."""

    origin: str
    jws: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheckpoint:
    """A checkpoint of the log of this link."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """The partner's cosignature of a link checkpoint."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDocumentPush:
    """A new version of the sender's key document, signed as `proof.key_document` demands."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSigned:
    """Signatures of roots over the next agreement, compact JWS over its exact bytes.

    The sender's alone offers it; with the other party's before it, it is agreed.
    """

    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """What a partner gives back to a node that was restored: messages of that node, in order, and its status bits.

    `more` says that others follow and have to be asked for; `bits` are base64url, of the newest list held. `closed` are
    the speaker's own messages it cannot send again: it lost their bytes in a restore of its own.
    """

    lost: tuple[LineMessage, ...]
    closed: tuple[LineMessage, ...]
    more: bool
    bits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What the speaker holds of both directions: its own messages (`told`), the other's (`heard`), and what came of it.

    `outcomes` and `floors` are hashes over what it answered and over the version floors of the other's requests.
    `restored`: it was restored from a backup; with `back` empty it asks, outside the line, for what it lost.
    """

    told: LineHeld
    heard: LineHeld
    outcomes: str
    floors: str
    restored: bool = False
    back: GivenBack | None = None


BringsDocuments = Package | Rehearsal | PassedOn | Inquiry | Dispute
"""What names the sealed documents that came with it."""

Content = (
    Request
    | Receipt
    | Correction
    | Withdrawal
    | Erasure
    | Suspension
    | Reinstatement
    | Sweep
    | Answer
    | Questions
    | Supplement
    | AfterHandover
    | Return
    | Inquiry
    | InquiryAnswer
    | Dispute
    | Bulletin
    | Rehearsal
    | StatusPush
    | PassedOn
    | PassedOnRenewed
    | PassedList
    | LinkCheckpoint
    | Cosignature
    | KeyDocumentPush
    | AgreementSigned
    | Reconciliation
)
