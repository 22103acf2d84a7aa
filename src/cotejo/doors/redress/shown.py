"""What a complaint's page shows, made from its acts: messages in order, the stage, the answer, in one language.

1. The person reads every word the office addressed to them, and no proposal before it is confirmed.
2. Officers read everything in their own complaint files; who confirmed what is in the acts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cotejo.doors.redress.frame import day, texts
from cotejo.doors.redress.memory import File, number_of
from cotejo.doors.redress.words import LODGED_BY_WORDS, OUTCOME_WORDS, STAGE_WORDS, WRONG_WORDS
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.complaints import (
    Acknowledge,
    AddDocument,
    AskForDocuments,
    Complaint,
    ConfirmLift,
    Lodge,
    Made,
    PassOn,
    ProposeAnswer,
    ProposeLift,
    Write,
)
from cotejo.rules.redress import ClockState


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message: whose, when, its words, and the document that came with it."""

    by_office: bool
    at: str
    text: str
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What waits for a second officer."""

    version: int
    by: str
    text: str
    outcome: str = ""
    mine: bool = False


def summary(file: File, language: str, *, now: Millis) -> Mapping[str, object]:
    """Return what both sides see of a complaint: stage, court, clock, answer."""
    complaint, lodged = file.complaint, file.complaint.lodged or _nothing()
    clock = complaint.clock
    answer = complaint.answer
    return {
        "id": file.id,
        "number": number_of(file),
        "stage": STAGE_WORDS[complaint.stage].in_language(language),
        "court": lodged.court,
        "answers": lodged.answers,
        "lodged": day(complaint.lodged_at, language),
        "due": day(clock.due, language),
        "late": clock.state(now) is ClockState.OVERDUE,
        "answered": answer is not None,
        "outcome": OUTCOME_WORDS[answer.outcome].in_language(language) if answer else "",
        "reasons": answer.reasons if answer else "",
        "blocks": complaint.blocks,
        "lacks_mandate": complaint.lacks_mandate,
        "speaker": LODGED_BY_WORDS[lodged.speaker].in_language(language),
        "wrong": [WRONG_WORDS[each].in_language(language) for each in lodged.wrong],
        "text": lodged.text,
        "request": lodged.request,
        "in_custody": lodged.in_custody,
    }


def lateness(file: File, language: str, *, now: Millis) -> Mapping[str, object]:
    """Return what the oversight body reads of a late complaint."""
    complaint = file.complaint
    return {
        "number": number_of(file),
        "lodged": day(complaint.lodged_at, language),
        "due": day(complaint.clock.due, language),
        "days": (now - complaint.clock.due) // DAY,
        "in_custody": bool(complaint.lodged and complaint.lodged.in_custody),
    }


def messages(file: File, language: str) -> list[Line]:
    """Return the messages of a complaint, oldest first."""
    return list(_lines(file, language))


def proposal(made: Made | None, names: Mapping[str, str], reader: str, language: str) -> Proposal | None:
    """Return what waits for a second officer, as one officer reads it."""
    if made is None or not isinstance(made.what, ProposeAnswer | ProposeLift):
        return None
    outcome = made.what.outcome if isinstance(made.what, ProposeAnswer) else None
    return Proposal(
        version=made.version,
        by=texts(language)["proposed_by"].format(name=names.get(made.by, made.by)),
        text=made.what.reasons,
        outcome=OUTCOME_WORDS[outcome].in_language(language) if outcome else "",
        mine=made.by == reader,
    )


def next_steps(complaint: Complaint) -> Mapping[str, bool]:
    """Return which steps an officer may take now."""
    is_open = complaint.blocks
    return {
        "acknowledge": is_open and complaint.stage.value == "received",
        "correspond": is_open,
        "answer": is_open and complaint.answer is None,
        "lift": is_open and complaint.answer is not None,
    }


def _lines(file: File, language: str) -> Iterator[Line]:
    said = texts(language)
    for made in file.acts:
        by_office, at = bool(made.by), day(made.at, language)
        match made.what:
            case Write(text=text):
                yield Line(by_office=by_office, at=at, text=text)
            case Acknowledge():
                yield Line(by_office=by_office, at=at, text=said["begun"])
            case AskForDocuments(text=text):
                yield Line(by_office=by_office, at=at, text=f"{said['asked']}: {text}")
            case PassOn(to=to):
                yield Line(by_office=by_office, at=at, text=f"{said['passed']}: {to}")
            case AddDocument(document=document):
                yield Line(by_office=by_office, at=at, text=said["document_added"], document=document)
            case ConfirmLift():
                yield Line(by_office=by_office, at=at, text=said["lifted"])
            case _:
                pass


def _nothing() -> Lodge:
    raise LookupError("a complaint begins with its lodging")
