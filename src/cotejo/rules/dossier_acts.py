"""What was accepted about a dossier. Bodies live in the vault; codes are stored in the clear."""

from cotejo.rules.acts import Act, Millis, act
from cotejo.rules.dispute_words import Disputed, PersonSigned
from cotejo.rules.dossier_words import DeferralReason, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Officer
from cotejo.rules.erasure_words import Certificate, ErasureBasis, Manifest
from cotejo.rules.facts import Route, Undertaking
from cotejo.rules.package import GroundStatement, Package
from cotejo.rules.return_words import ReturnAnswer, ReturnCause
from cotejo.rules.told import Answered


@act("dossier.opened")
class DossierOpened(Act):
    """A request about one person to one partner was begun."""

    dossier: str
    request: str
    person: str
    partner: str
    agreement: str
    route: Route
    purpose: str
    case_number: str
    by: Officer


@act("dossier.claims_pinned")
class ClaimsPinned(Act):
    """Checked claims were chosen, each as (id, version)."""

    claims: tuple[tuple[str, int], ...]
    by: Officer


@act("dossier.basis_set")
class BasisSet(Act):
    """Alleged acts were chosen."""

    alleged: tuple[str, ...]
    case_number: str
    withheld: int
    by: Officer


@act("dossier.grounds_answered")
class GroundsAnswered(Act):
    """Refusal grounds were answered."""

    answers: tuple[GroundStatement, ...]
    by: Officer


@act("dossier.undertakings_signed")
class UndertakingsSigned(Act):
    """Undertakings were signed."""

    undertakings: tuple[Undertaking, ...]
    by: Officer


@act("dossier.notice_recorded")
class NoticeRecorded(Act):
    """The person was told."""

    given_on: str
    languages: tuple[str, ...]
    by: Officer


@act("dossier.notice_deferred")
class NoticeDeferred(Act):
    """A deferral was asked for."""

    because: DeferralReason
    by: Officer


@act("dossier.deferral_countersigned")
class DeferralCountersigned(Act):
    """The oversight body agreed to the deferral until `lapses_on`."""

    lapses_on: str
    by: Officer


@act("dossier.certified")
class DossierCertified(Act):
    """The judicial basis and the search for what speaks for the person were certified, on this state of the file."""

    attached: tuple[str, ...]
    none_found: bool
    searched_on: str
    person_version: int
    by: Officer


@act("dossier.sent")
class DossierSent(Act):
    """A version left: exactly this package."""

    package: Package
    facts_token: str
    by: Officer


@act("dossier.suspended")
class DossierSuspended(Act):
    """The request became unusable for this cause."""

    cause: SuspensionCause


@act("dossier.suspension_lifted")
class SuspensionLifted(Act):
    """This cause ended."""

    cause: SuspensionCause


@act("dossier.withdrawn")
class DossierWithdrawn(Act):
    """The request was taken back for good."""

    reason: WithdrawalReason


@act("dossier.version_lost")
class VersionLost(Act):
    """The partner holds this version; a restore of this node lost it."""

    version: int


@act("dossier.validity_reviewed")
class ValidityReviewed(Act):
    """Every gate still passed when the timer was due."""

    version: int


@act("dossier.revalidation_opened")
class RevalidationOpened(Act):
    """The request must be confirmed anew by this moment."""

    until: Millis


@act("dossier.revalidated")
class DossierRevalidated(Act):
    """The request was confirmed anew, with what the court answered on that day."""

    document: str
    answered_on: str
    by: Officer


@act("dossier.receipt_recorded")
class ReceiptRecorded(Act):
    """The partner's receipt of a version."""

    version: int
    outcome: str
    gaps: tuple[str, ...]


@act("dossier.swept")
class SweepRecorded(Act):
    """The partner swept the withdrawn request."""

    version: int


@act("dossier.sweep_missed")
class SweepMissed(Act):
    """The agreed sweep time passed without word."""


@act("dossier.erasure_proposed")
class ErasureProposed(Act):
    """The certifier read what would go and proposed the erasure."""

    manifest: Manifest
    by: Officer


@act("dossier.erasure_approved")
class ErasureApproved(Act):
    """The authoriser signed the erasure; the partner was told."""

    basis: ErasureBasis
    by: Officer


@act("dossier.erasure_overdue")
class ErasureOverdue(Act):
    """The erasure, or the partner's word of it, did not come in time."""


@act("dossier.erasure_certified")
class ErasureCertified(Act):
    """The partner's certificate came while a complaint or a court stands against erasing our own copy."""

    certificate: Certificate


@act("dossier.erased")
class DossierErased(Act):
    """Everything before this act is gone, here and with the partner; `certificate` is its word, if it ever held it."""

    dossier: str
    request: str
    partner: str
    basis: ErasureBasis
    sealed_until: Millis
    certificate: Certificate | None


@act("dossier.answer_recorded")
class AnswerRecorded(Act):
    """The partner's periodic answer."""

    period: int
    answered: Answered


@act("dossier.questions_recorded")
class QuestionsRecorded(Act):
    """The partner's questions about the package."""

    version: int
    asked: tuple[tuple[str, str], ...]


@act("dossier.handover_reported")
class HandoverReported(Act):
    """A report after a hand-over was sent."""

    report: HandoverReport
    happened_at: Millis
    place: str
    court: str
    charges: tuple[str, ...]
    next_due: Millis


@act("dossier.return_asked")
class ReturnAsked(Act):
    """The partner asks for the return of the person it handed over."""

    cause: ReturnCause


@act("dossier.return_answered")
class ReturnAnswered(Act):
    """The partner was told where the person is and what was done."""

    answer: ReturnAnswer
    by: Officer


@act("dossier.disputed")
class ClaimsDisputed(Act):
    """Every holder was told that statements of a version are disputed; `document` is the paper it rests on."""

    version: int
    stated: Disputed
    document: str
    by: Officer


@act("dossier.dispute_taken")
class DisputeTaken(Act):
    """The person disputes statements of a version and signed at the partner that this be told here."""

    version: int
    stated: Disputed
    signed: PersonSigned
