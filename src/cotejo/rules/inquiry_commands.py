"""What officers, partners and the clock ask of an inquiry. `inquiry_decide` says what is accepted."""

from dataclasses import dataclass

from cotejo.rules.inquiry_words import Asked, RecordAnswer
from cotejo.rules.review_words import Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInquiry:
    """Ask a partner for one person's court record, on one of the two bases. Legal."""

    inquiry: str
    partner: str
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProtection:
    """Say what the protection register holds about this person. Protection."""

    result: Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class SendInquiry:
    """Let the question leave. Decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInquiry:
    """Take a partner's question in. Partner. `arrived`: the hashes of the documents that came whole with it."""

    inquiry: str
    asked: Asked
    arrived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePersons:
    """Say which files here are about this person, none if none is. Two of checker and certifier, sealed apart."""

    persons: tuple[str, ...]
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInquiry:
    """Answer with every court act of the files both named. Authoriser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInquiryAnswer:
    """The partner's answer. Partner."""

    answer: RecordAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInquiryRefusal:
    """The partner's receipt says that it did not take the question in, and every code of why. Partner."""

    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseInquiry:
    """Say that why it was refused was read; another inquiry is begun, or none. Legal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkInquiryOverdue:
    """The term of the answer is over. Clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetInquiry:
    """A month after the answer nothing of the question is kept by who was asked. Clock."""


InquiryCommand = (
    OpenInquiry
    | CheckProtection
    | SendInquiry
    | TakeInquiry
    | NamePersons
    | AnswerInquiry
    | RecordInquiryAnswer
    | RecordInquiryRefusal
    | CloseInquiry
    | MarkInquiryOverdue
    | ForgetInquiry
)
