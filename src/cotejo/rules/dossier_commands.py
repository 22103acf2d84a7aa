"""What officers, partners, the clock and the redress door ask of a dossier. `dossier_decide` says what is accepted.

`dossier` is the local id and never leaves; `request` is the random id both sides know. Both are 32 hex digits chosen by
whoever asks.
"""

from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.dispute_words import Disputed, PersonSigned
from cotejo.rules.dossier_words import DeferralReason, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.erasure_words import Certificate, Manifest
from cotejo.rules.facts import Route, Undertaking
from cotejo.rules.package import GroundStatement
from cotejo.rules.return_words import ReturnCause, ReturnStep
from cotejo.rules.told import Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier:
    """Begin a request about one person to one partner. Recorder. `case_number` is the origin's court case number."""

    dossier: str
    request: str
    person: str
    partner: str
    route: Route
    purpose: str
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinClaims:
    """Choose the checked claims, each as (id, version). Replaces the earlier choice. Recorder."""

    claims: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBasis:
    """Choose the alleged acts the request is about, and say how many items are withheld. Recorder."""

    alleged: tuple[str, ...]
    case_number: str
    withheld: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGrounds:
    """Answer one or more refusal grounds, each with its document (F42). Certifier. Later answers replace earlier."""

    answers: tuple[GroundStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUndertakings:
    """Sign what the sender promises (F39). Certifier."""

    undertakings: tuple[Undertaking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotice:
    """Say that the person was told, on which day and in which languages (`es`, `en`). Certifier."""

    given_on: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferNotice:
    """Ask to put off telling the person. Certifier. Counts only after the countersignature."""

    because: DeferralReason


@dataclass(frozen=True, slots=True, kw_only=True)
class CountersignDeferral:
    """Agree to the deferral, for six months at most. Oversight body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certify:
    """Sign: I searched the file for what speaks for this person: attached / none found. Certifier.

    `attached` are ids of evidence items that favour the person; all of them must be named.
    """

    attached: tuple[str, ...]
    none_found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseSending:
    """Send the first version. Authoriser. Every sender gate is evaluated at this moment (I2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Send a new version with every difference named (F53). Authoriser. `reason` is one sentence."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSupplement:
    """Send a new version with answers to the partner's questions, each as (field, answer). Authoriser."""

    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """Make the request unusable until reinstated. Any sender duty, duty officer, clock; redress for its own cause."""

    cause: SuspensionCause


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstate:
    """Lift one cause. Redress by its own door, a court's by the duty officer with the court's document (hex SHA-256).

    The rest by the authoriser; what the person disputed and signed, with the written answer to them as `document`. The
    request is usable again after the last cause, while every gate passes (I2, I4).
    """

    cause: SuspensionCause
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take the request back for good (I7). Certifier or authoriser."""

    reason: WithdrawalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLost:
    """A restore lost a message about this request, of this kind and version. Clock.

    `marked`: this node's own withdrawal mark names the request; `reason` is the one the partner was given. `delivered`:
    the partner has the message.
    """

    kind: str
    version: int
    reason: str = ""
    marked: bool = False
    delivered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewValidity:
    """Look at a live request again when its timer is due: it stays valid only while every gate passes. Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRevalidation:
    """The term to confirm a request anew begins or is over (F41). Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revalidate:
    """Confirm a sent request anew (F41). Certifier. `document` is the court's answer, `answered_on` its day."""

    document: str
    answered_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReceipt:
    """The partner's receipt of a version: `outcome` is `taken` or `refused`, `gaps` are gate codes. Partner."""

    version: int
    outcome: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSweep:
    """The partner swept this withdrawn request from every holder behind it. Partner."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissSweep:
    """The agreed sweep time passed without word; both oversight bodies must know (I7). Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeErasure:
    """Propose to erase a withdrawn request everywhere, having read what would go (I11, F58). Certifier."""

    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveErasure:
    """Sign the proposed erasure of just this (F58). Authoriser, another person than who proposed."""

    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordErased:
    """The partner's certificate that everything about the request is gone there. Partner."""

    certificate: Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class MissErasure:
    """The time for erasing, or for the partner's word of it, is over (F59). Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRetention:
    """The computed time to keep a request is over (F57). Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """The partner's periodic answer. Partner."""

    period: int
    answered: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordQuestions:
    """The partner's questions about the package, each as (code, field). Partner."""

    version: int
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAfterHandover:
    """Report to the partner what happened after a hand-over (F73). Custody. `at` is when it happened."""

    report: HandoverReport
    at: Millis
    place: str
    court: str = ""
    charges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReturn:
    """The partner asks for the return of the person it handed over (F74). Partner."""

    cause: ReturnCause


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReturn:
    """Tell the partner where the person is and what was done for the return (F74). Custody."""

    place: str
    steps: tuple[ReturnStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeClaims:
    """Tell every holder that statements of the newest version are disputed. Certifier or authoriser.

    `document` is the paper it rests on, kept here.
    """

    stated: Disputed
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSignedDispute:
    """Take in what the person disputes and signed for at the partner. Partner. `arrived` as in `TakeInquiry`."""

    version: int
    stated: Disputed
    signed: PersonSigned | None
    arrived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetAgreement:
    """Another agreement took its turn, or the last one comes to its end. Clock."""


DossierCommand = (
    OpenDossier
    | PinClaims
    | SetBasis
    | AnswerGrounds
    | SignUndertakings
    | RecordNotice
    | DeferNotice
    | CountersignDeferral
    | Certify
    | AuthoriseSending
    | Correct
    | SendSupplement
    | Suspend
    | Reinstate
    | Withdraw
    | FindLost
    | ReviewValidity
    | ReviewRevalidation
    | MeetAgreement
    | Revalidate
    | RecordReceipt
    | RecordSweep
    | MissSweep
    | ProposeErasure
    | ApproveErasure
    | RecordErased
    | MissErasure
    | EndRetention
    | RecordAnswer
    | RecordQuestions
    | RecordAfterHandover
    | TakeReturn
    | AnswerReturn
    | DisputeClaims
    | TakeSignedDispute
)
