"""A complaint: lodged by anybody who holds the request's number, answered by the redress office alone (I12, I13).

    decide(complaint, command, who, now) -> acts | Refused        evolve(complaint, made) -> complaint

1. Lodging needs a request, who speaks and what is wrong; nothing else. A mandate may follow: it delays no block (F65).
2. The answer is due at the moment `ComplaintClock` names from the lodging; acknowledging, asking for documents and
   passing on to another body do not move it, and the office that took the complaint owns it until it is closed (F66).
3. An answer, and the end of the block, each need two different redress officers: one proposes, another confirms exactly
   what was proposed. Whoever proposes again replaces the proposal.
4. The block ends only by `ConfirmLift`, after an answer. No answer ends it, upheld least of all: an upheld complaint
   blocks until what was wrong has been withdrawn or corrected, which two officers then state.
5. Only a redress officer acts for the office and only the holder of the receipt code for the person. No other kind of
   `who` exists here: nobody of the house, no partner, no clock.
6. Whoever holds the receipt may write and add documents until the complaint is closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis, Reason, Refused
from cotejo.rules.asked import reason
from cotejo.rules.redress import ComplaintClock
from cotejo.rules.words import Text

LONGEST_TEXT: Final = 6_000
MOST_DOCUMENTS: Final = 20


class Speaker(StrEnum):
    """Who lodges (F66: the person, family, a lawyer or an organisation)."""

    PERSON = "person"
    FAMILY = "family"
    COUNSEL = "counsel"


class Wrong(StrEnum):
    """What is said to be wrong."""

    NOT_THIS_PERSON = "not_this_person"
    NOT_TRUE = "not_true"
    CASE_ENDED = "case_ended"
    PROTECTED = "protected"
    FORCED = "forced"
    NOT_TOLD = "not_told"
    OTHER = "other"


class Outcome(StrEnum):
    """How the office answers."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


class Stage(StrEnum):
    """Where a complaint stands, as the person reads it."""

    NONE = "none"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    DOCUMENTS_ASKED = "documents_asked"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Complainant:
    """Whoever holds the receipt code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedressOfficer:
    """A signed-in officer of the redress office; `id` is of the redress schema, not of the house."""

    id: str


Who = Complainant | RedressOfficer


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodge:
    """Lodge a complaint. `request` is the 32-hex-digit number; `court` and `answers` come from a sealed card."""

    request: str
    speaker: Speaker
    wrong: tuple[Wrong, ...]
    text: str
    in_custody: bool = False
    court: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Say that the office has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForDocuments:
    """Ask the person for something; the clock goes on."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A message, from either side."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDocument:
    """Name a document the office now holds: its id there, 32 hex digits. `mandate` says that it gives the mandate."""

    document: str
    mandate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Pass the matter on to another body as well; this office still answers (F66)."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAnswer:
    """Propose how to answer."""

    outcome: Outcome
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAnswer:
    """Confirm the answer another officer proposed; `proposal` is the version of that act."""

    proposal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeLift:
    """Propose to end the block, with what was done about an upheld complaint or why nothing had to be."""

    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLift:
    """Confirm the end of the block another officer proposed; `proposal` is the version of that act."""

    proposal: int


Command = (
    Lodge
    | Acknowledge
    | AskForDocuments
    | Write
    | AddDocument
    | PassOn
    | ProposeAnswer
    | ConfirmAnswer
    | ProposeLift
    | ConfirmLift
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An accepted command: the act. `by` is an officer's id, or empty for the person."""

    version: int
    at: Millis
    by: str
    what: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint. `proposed_answer` and `proposed_lift` wait for a second officer; `version` counts its acts."""

    version: int = 0
    stage: Stage = Stage.NONE
    lodged_at: Millis = 0
    lodged: Lodge | None = None
    documents: tuple[AddDocument, ...] = ()
    proposed_answer: Made | None = None
    proposed_lift: Made | None = None
    answer: ProposeAnswer | None = None
    answered_at: Millis = 0
    closed_at: Millis = 0

    @property
    def blocks(self) -> bool:
        """Say whether this complaint blocks its request now (I12)."""
        return self.lodged is not None and not self.closed_at

    @property
    def clock(self) -> ComplaintClock:
        """When the answer is due, and whether it is late."""
        held = self.lodged is not None and self.lodged.in_custody
        return ComplaintClock(lodged_at=self.lodged_at, in_custody=held, closed_at=self.answered_at)

    @property
    def lacks_mandate(self) -> bool:
        """Say whether somebody represents the person and has not yet shown that they may."""
        represented = self.lodged is not None and self.lodged.speaker is Speaker.COUNSEL
        return represented and not any(each.mandate for each in self.documents)


START: Final = Complaint()


def decide(complaint: Complaint, command: Command, who: Who, now: Millis) -> Made | Refused:
    """Accept one command as the next act, or refuse with every reason at once."""
    found = tuple(dict.fromkeys(_against(complaint, command, who)))
    if found:
        return Refused(found)
    by = who.id if isinstance(who, RedressOfficer) else ""
    return Made(version=complaint.version + 1, at=now, by=by, what=command)


def evolve(complaint: Complaint, made: Made) -> Complaint:
    """Apply one stored act."""
    return replace(_apply(complaint, made), version=made.version)


def _apply(complaint: Complaint, made: Made) -> Complaint:
    match made.what:
        case Lodge() as lodged:
            return replace(complaint, stage=Stage.RECEIVED, lodged=lodged, lodged_at=made.at)
        case Acknowledge():
            return replace(complaint, stage=Stage.IN_REVIEW)
        case AskForDocuments():
            stage = complaint.stage if complaint.answer else Stage.DOCUMENTS_ASKED
            return replace(complaint, stage=stage)
        case AddDocument() as added:
            stage = Stage.IN_REVIEW if complaint.stage is Stage.DOCUMENTS_ASKED else complaint.stage
            return replace(complaint, stage=stage, documents=(*complaint.documents, added))
        case ProposeAnswer():
            return replace(complaint, proposed_answer=made)
        case ProposeLift():
            return replace(complaint, proposed_lift=made)
        case ConfirmAnswer():
            return _answered(complaint, made)
        case ConfirmLift():
            return replace(complaint, stage=Stage.CLOSED, closed_at=made.at, proposed_lift=None)
        case _:
            return complaint


def _answered(complaint: Complaint, made: Made) -> Complaint:
    proposed = complaint.proposed_answer.what if complaint.proposed_answer else None
    if not isinstance(proposed, ProposeAnswer):
        return complaint
    return replace(
        complaint, stage=Stage.ANSWERED, answer=proposed, answered_at=made.at, proposed_answer=None, proposed_lift=None
    )


def _against(complaint: Complaint, command: Command, who: Who) -> Iterator[Reason]:
    if isinstance(command, Lodge):
        yield from _against_lodging(complaint, command, who)
        return
    if complaint.stage is Stage.NONE or complaint.stage is Stage.CLOSED:
        yield _NOT_OPEN
    match command:
        case Write():
            yield from _written(command.text, "text")
        case AddDocument():
            if len(complaint.documents) >= MOST_DOCUMENTS:
                yield _TOO_MANY
        case _:
            yield from _against_office(complaint, command, who)


def _against_lodging(complaint: Complaint, command: Lodge, who: Who) -> Iterator[Reason]:
    if complaint.stage is not Stage.NONE:
        yield _LODGED
    if not isinstance(who, Complainant):
        yield _NOT_YOURS
    if not command.wrong:
        yield _NOTHING_WRONG
    yield from _written(command.text, "text")


def _against_office(complaint: Complaint, command: Command, who: Who) -> Iterator[Reason]:
    if not isinstance(who, RedressOfficer):
        yield _NOT_YOURS
        return
    match command:
        case Acknowledge():
            if complaint.stage is not Stage.RECEIVED:
                yield _BEGUN
        case AskForDocuments(text=text):
            yield from _written(text, "text")
        case PassOn(to=to):
            yield from _written(to, "to")
        case ProposeAnswer(reasons=reasons):
            yield from _written(reasons, "reasons")
            if complaint.answer is not None:
                yield _ANSWERED
        case ProposeLift(reasons=reasons):
            yield from _written(reasons, "reasons")
            if complaint.answer is None:
                yield _NO_ANSWER
        case ConfirmAnswer(proposal=version):
            yield from _second(complaint.proposed_answer, version, who)
        case ConfirmLift(proposal=version):
            yield from _second(complaint.proposed_lift, version, who)


def _second(proposal: Made | None, version: int, who: RedressOfficer) -> Iterator[Reason]:
    """Yield why this officer does not complete what another proposed."""
    if proposal is None or proposal.version != version:
        yield _NO_PROPOSAL
    elif proposal.by == who.id:
        yield _SAME_OFFICER


def _written(text: str, field: str) -> Iterator[Reason]:
    if not text.strip():
        yield reason(
            "complaint.text_missing",
            Text("Nothing is written here.", "Falta escribir aquí."),
            Text("Write it in your own words.", "Escríbalo con sus palabras."),
            field=field,
        )
    elif len(text) > LONGEST_TEXT:
        yield reason(
            "complaint.text_long",
            Text(f"This is longer than {LONGEST_TEXT} characters.", f"Esto pasa de {LONGEST_TEXT} caracteres."),
            Text("Shorten it, or attach it as a document.", "Acórtelo o adjúntelo como documento."),
            field=field,
        )


_NOT_YOURS: Final = reason(
    "complaint.not_yours",
    Text("This is for the redress office alone.", "Esto corresponde solo a la oficina de reparación."),
    Text("Write a message instead.", "Escriba un mensaje."),
)
_NOT_OPEN: Final = reason(
    "complaint.not_open",
    Text("This complaint is closed.", "Esta queja está cerrada."),
    Text("Lodge a new one about the same request.", "Presente otra sobre la misma solicitud."),
)
_LODGED: Final = reason(
    "complaint.lodged",
    Text("This complaint is lodged already.", "Esta queja ya está presentada."),
    Text("Use its receipt code.", "Use su código de recibo."),
)
_BEGUN: Final = reason(
    "complaint.begun",
    Text("This was said already.", "Esto ya se comunicó."),
    Text("Nothing more is needed.", "No hace falta nada más."),
)
_NOTHING_WRONG: Final = reason(
    "complaint.nothing_wrong",
    Text("Say what is wrong: choose at least one.", "Diga qué está mal: elija al menos una opción."),
    Text("If none fits, choose the last.", "Si ninguna corresponde, elija la última."),
    field="wrong",
)
_TOO_MANY: Final = reason(
    "complaint.documents",
    Text(
        f"There are {MOST_DOCUMENTS} documents already, as many as fit.",
        f"Ya hay {MOST_DOCUMENTS} documentos, los que caben.",
    ),
    Text("Join several pages into one document.", "Reúna varias páginas en un documento."),
    field="document",
)
_ANSWERED: Final = reason(
    "complaint.answered",
    Text("This complaint is answered.", "Esta queja ya tiene respuesta."),
    Text("Write a message, or propose to end the block.", "Escriba un mensaje o proponga levantar el bloqueo."),
)
_NO_ANSWER: Final = reason(
    "complaint.no_answer",
    Text("The block does not end before the answer.", "El bloqueo no termina antes de la respuesta."),
    Text("Answer first.", "Responda primero."),
)
_NO_PROPOSAL: Final = reason(
    "complaint.no_proposal",
    Text("This proposal is no longer there.", "Esa propuesta ya no está."),
    Text("Read the newest one.", "Lea la más reciente."),
)
_SAME_OFFICER: Final = reason(
    "complaint.same_officer",
    Text("Whoever proposed does not confirm.", "Quien propuso no confirma."),
    Text("Another redress officer confirms.", "Confirma otra persona de la oficina."),
    rows=("F65",),
)
