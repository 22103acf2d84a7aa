"""The receiver's path of a sound case, as the commands its officers would give: for the simulation, the demo and tests.

Nobody in it exists. Every officer holds one duty; the second identity officer and the risk assessor are other people.
"""

import hashlib
from collections.abc import Iterator

from cotejo.rules import review_commands as ask
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.review_facts import Compared
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Outcome,
    OwnLawBasis,
    Protection,
    Risk,
    Sameness,
    UniqueIdentifier,
)
from cotejo.simulation.invented import invented_document

Step = tuple[Officer, ask.ReviewCommand]


def _officer(id_: str, duty: Duty, unit: str) -> Officer:
    return Officer(id=id_, duty=duty, unit=f"Boreal / {unit}", chain=unit)


INTAKE = _officer("ines.park", Duty.INTAKE, "Intake desk")
PROTECTION = _officer("paula.reed", Duty.PROTECTION, "Protection office")
SECOND_PROTECTION = _officer("percy.hale", Duty.PROTECTION, "Protection office")
NATIONALITY = _officer("nora.quill", Duty.NATIONALITY, "Nationality desk")
IDENTITY = _officer("ian.stone", Duty.IDENTITY, "Identity desk")
SECOND_IDENTITY = _officer("iris.holt", Duty.IDENTITY, "Identity desk")
LEGAL = _officer("lena.marsh", Duty.LEGAL, "Legal desk")
RISK = _officer("ruth.vale", Duty.RISK, "Country research")
DECIDER = _officer("dora.finch", Duty.DECISION, "Decisions")
CUSTODY = _officer("cole.barr", Duty.CUSTODY, "Custody desk")
GUARD = _officer("gail.frost", Duty.DUTY_OFFICER, "Duty desk")
OVERSIGHT = _officer("omar.lake", Duty.OVERSIGHT, "Ombudsman")
PARTNERS = _officer("pia.north", Duty.PARTNERS, "Partner relations")

BOREAL_OFFICERS = (
    INTAKE,
    PROTECTION,
    SECOND_PROTECTION,
    NATIONALITY,
    IDENTITY,
    SECOND_IDENTITY,
    LEGAL,
    RISK,
    DECIDER,
    CUSTODY,
    GUARD,
    OVERSIGHT,
    PARTNERS,
)

_PAPERS = {
    "order": ("Extradition order", "The court orders the extradition; the order is final."),
    "own": ("Own evidence", "Interview of the person with counsel, and the registry entry."),
    "statement": ("Statement", "The person was heard with counsel and interpreter."),
    "copy": ("Copy served", "Acknowledgement of the copy, in Spanish and English."),
}


def receiver_documents(seed: object) -> dict[str, bytes]:
    """Return the receiver's own invented documents by hash."""
    papers = receiver_papers(seed)
    return {hashlib.sha256(content).hexdigest(): content for content in papers.values()}


def receiver_papers(seed: object) -> dict[str, bytes]:
    """Return the receiver's own invented documents by what they are: `order`, `own`, `statement`, `copy`."""
    return {
        name: invented_document(title, words, number=f"B-{name}-{seed}", day="2026-11-20")
        for name, (title, words) in _PAPERS.items()
    }


def begin() -> Iterator[Step]:
    """Begin the review."""
    yield INTAKE, ask.OpenReview()


def search(candidates: tuple[str, ...], *, set_aside: int, as_of: str, further: tuple[str, ...] = ()) -> Iterator[Step]:
    """Search the register, check protection for everybody it left open, look at nationality."""
    yield PROTECTION, ask.RecordSearch(candidates=candidates, set_aside=set_aside, register_as_of=as_of)
    yield check_protection((*candidates, *further))
    yield NATIONALITY, ask.RecordNationality(found=Citizenship.NO_EVIDENCE, sources=("passport office",))


def check_protection(candidates: tuple[str, ...]) -> Step:
    """Check protection for everybody: nothing registered."""
    return PROTECTION, ask.RecordProtectionCheck(candidates=candidates, result=Protection.NOTHING_REGISTERED)


def identity(compared: Compared, *, says: Sameness = Sameness.SAME) -> Iterator[Step]:
    """Let two officers answer about one candidate, each difference explained in writing."""
    for officer in (IDENTITY, SECOND_IDENTITY):
        yield (
            officer,
            ask.AnswerIdentity(
                candidate=compared.candidate,
                answer=says,
                reasons="Compared with the civil registry entry and the number on the document.",
                resolutions=tuple(
                    (name, "Looked up in the registry entry; explained there.") for name in compared.differences
                )
                if says is Sameness.SAME
                else (),
                identifier=UniqueIdentifier(compared.agreeing[0])
                if says is Sameness.SAME and compared.agreeing
                else None,
            ),
        )


def review(version: int, papers: dict[str, bytes], *, day: str) -> Iterator[Step]:
    """Do the legal review, own law, risk assessment and hearing."""
    named = {name: hashlib.sha256(content).hexdigest() for name, content in papers.items()}
    yield (
        LEGAL,
        ask.RecordLegalReview(
            route_lawful=True, answers=(), reasons="The treaty covers the act.", person_told_of_route=True
        ),
    )
    yield (
        LEGAL,
        ask.RecordOwnLawOrder(
            basis=OwnLawBasis.EXTRADITION_ORDER,
            issued_by="District Court",
            number="26-118",
            issued_on=day,
            final=True,
            document=named["order"],
            own_evidence=(named["own"],),
        ),
    )
    yield (
        RISK,
        ask.RecordRiskAssessment(
            found=Risk.NO_REAL_RISK,
            sources=(("Country report", "2026-06"),),
            statement_document=named["statement"],
            with_counsel=True,
            with_interpreter=True,
            reasons="No ground for this person was found in the sources or the statement.",
        ),
    )
    yield (
        LEGAL,
        ask.RecordCopyServed(
            version=version,
            served_on=day,
            languages=("es", "en"),
            document=named["copy"],
            counsel="R. Alder",
            interpreter="M. Faro",
            heard_on=day,
            statement_document=named["statement"],
        ),
    )


def decide(outcome: Outcome = Outcome.ACT) -> Step:
    """Decide, with reasons."""
    return DECIDER, ask.Decide(outcome=outcome, reasons="All steps were kept; the order of our own law is final.")


def hand_over(state: Review, compared: Compared, papers: dict[str, bytes], *, day: str) -> Iterator[Step]:
    """Look at everything once more and record the hand-over."""
    yield check_protection(state.to_protect)
    yield GUARD, ask.CheckCourtOrders(found=CourtOrders.NONE_IN_FORCE)
    yield (
        IDENTITY,
        ask.ReconfirmIdentity(
            candidate=compared.candidate, identifier=UniqueIdentifier(compared.agreeing[0]), document=""
        ),
    )
    yield (
        CUSTODY,
        ask.RecordHandover(
            to=state.destination,
            place="Airport",
            court="District Court",
            court_heard_on=day,
            document=hashlib.sha256(papers["order"]).hexdigest(),
        ),
    )
