"""A receiver's desk for tests of the law: a request, officers for every duty, and a case that is played by commands.

The desk keeps what a node would keep beside the case: floors, marks, timers, what was sent, the partner's state. Unless
told otherwise every command finds a fresh status list and the sender's gates passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cotejo.actions.unit import StatusHeld
from cotejo.rules.acts import Entry, Gate, Millis, Plan, Refused, Send, Stream, StreamKind, Timer, WithdrawalMark, gate
from cotejo.rules.agreement import MINUTE, SECOND, Agreement
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, RedressDoor, Who, name_of
from cotejo.rules.facts import Category, EvidenceKind, Interval, Route, Sex, StatementType
from cotejo.rules.package import AllegedAct, CourtAct, Identifier, Name, Package, PackagedClaim, SealedDocument, Subject
from cotejo.rules.partner import PartnerState
from cotejo.rules.partner import evolve as evolve_partner
from cotejo.rules.review import START, Review, evolve
from cotejo.rules.review_commands import (
    AnswerIdentity,
    CheckCourtOrders,
    Decide,
    OpenReview,
    ReconfirmIdentity,
    RecordCopyServed,
    RecordHandover,
    RecordLegalReview,
    RecordNationality,
    RecordOwnLawOrder,
    RecordProtectionCheck,
    RecordRiskAssessment,
    RecordSearch,
    ReviewCommand,
    TakeIn,
)
from cotejo.rules.review_decide import decide
from cotejo.rules.review_facts import Compared, ReviewFacts
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
from cotejo.rules.words import Text
from tests.builders.wire import NOW, agreement

REVIEW = "5" * 32
REQUEST = "7" * 32
CLAIM = "c" * 32
PAPER = "d" * 64
HERE = frozenset({PAPER})
SLOT = 9
ALBA = PartnerNode(name="alba")
CLOCK = Clockwork()
REDRESS = RedressDoor()
PASSED = (gate("sender.sound", Text("Sound", "Conforme"), (), rows=()),)


def officer(duty: Duty, who: str = "", *, unit: str = "desk") -> Officer:
    """Return the officer who holds a duty: one person a duty unless named otherwise."""
    return Officer(id=who or f"o-{duty.value}", duty=duty, unit=unit, chain="boreal")


INTAKE = officer(Duty.INTAKE)
PROTECTION = officer(Duty.PROTECTION)
SECOND_PROTECTION = officer(Duty.PROTECTION, "o-protection-2")
NATIONALITY = officer(Duty.NATIONALITY)
FIRST = officer(Duty.IDENTITY, "o-identity-1")
SECOND_OFFICER = officer(Duty.IDENTITY, "o-identity-2")
LEGAL = officer(Duty.LEGAL)
RISK = officer(Duty.RISK, unit="outside")
DECIDER = officer(Duty.DECISION)
CUSTODY = officer(Duty.CUSTODY)
GUARD = officer(Duty.DUTY_OFFICER)
OVERSIGHT = officer(Duty.OVERSIGHT, unit="oversight")
EVERYBODY: tuple[Who, ...] = (
    *(officer(duty) for duty in Duty),
    FIRST,
    SECOND_OFFICER,
    SECOND_PROTECTION,
    ALBA,
    CLOCK,
    REDRESS,
)


def package(**changes: Any) -> Package:
    """Return a request about one invented person, accused of one act."""
    terms: dict[str, Any] = {
        "request": REQUEST,
        "version": 1,
        "origin": "alba",
        "addressee": "boreal",
        "agreement": "a" * 64,
        "purpose": "criminal_justice",
        "route": Route.EXTRADITION,
        "case_number": "12-2024",
        "category": Category.ACCUSED,
        "category_since": "2024-05-01",
        "subject": Subject(
            names=(Name(documented="Inés Brisa Roble", given="Inés", first_surname="Brisa", second_surname="Roble"),),
            birth="1990-04-03",
            sex=Sex.F,
            birth_place="Villa Nube",
            nationality="sv",
            nationality_basis="civil registry",
            identifiers=(
                Identifier(kind="dui", value="90000017-0", issued_by="alba", verified=True, document=PAPER),
                Identifier(kind="passport", value="X1", issued_by="alba", verified=False),
            ),
        ),
        "alleged": (
            AllegedAct(
                id="1",
                description="Took a car by force.",
                offence_article="212",
                offence_class="robbery",
                interval=Interval(start="2023-02-01", end="2023-02-01"),
                place="SV-SS",
                membership_only=False,
            ),
        ),
        "court_acts": (
            CourtAct(
                id="w",
                kind=EvidenceKind.WARRANT,
                court="Court 4",
                number="88",
                date="2024-05-01",
                document=PAPER,
                offence_text="robbery",
                penalty="",
                max_penalty_months=144,
                collective=False,
                accused_count=1,
                judge_named=True,
                counsel_present=True,
                emergency_rules=False,
            ),
        ),
        "claims": (),
        "evidence": (),
        "affiliations": (),
        "grounds": (),
        "undertakings": (),
        "search_for": None,
        "notice": None,
        "signers": (),
        "withheld": 0,
        "made_on": "2027-01-01",
        "slot": SLOT,
        "documents": (SealedDocument(sha256=PAPER, size=3, parts=("p",)),),
    }
    return Package(**{**terms, **changes})


def claim(**changes: Any) -> PackagedClaim:
    """Return a statement for the package, about its act and without evidence."""
    made = PackagedClaim(
        id=CLAIM,
        version=1,
        statement_type=StatementType.FACT,
        statement="Was at the shop on that day.",
        speaks_to=("1",),
        interval=Interval(start="2023-02-01", end="2023-02-01"),
        place="SV-SS",
        as_of="2026-01-01",
        evidence=(),
        recorder="r",
        recorder_unit="records",
        checker="k",
        checker_unit="checks",
        checked_on="2026-01-02",
    )
    return replace(made, **changes)


def status(issued: Millis, *, state: int = 1, lasts: Millis = 10 * MINUTE, slot: int = SLOT) -> StatusHeld:
    """Return a status list on which the request's slot has this state and every other is unused."""
    bits = bytearray(16)
    bits[slot // 4] |= state << (2 * (slot % 4))
    return StatusHeld(partner="alba", number=1, issued=issued, expires=issued + lasts, bits=bytes(bits))


@dataclass
class Desk:
    """One case, played. `same` is the candidate the ready-made steps agree on."""

    state: Review = START
    now: Millis = NOW
    terms: Agreement = field(default_factory=agreement)
    floor: int = 0
    marks: list[WithdrawalMark] = field(default_factory=list)
    sends: list[Send] = field(default_factory=list)
    timers: dict[str, Timer] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    partner: PartnerState = field(
        default_factory=lambda: PartnerState(name="alba", version=1, agreements=(agreement(),))
    )
    compared: tuple[Compared, ...] = (
        Compared(candidate="c1", differences=("stature",), agreeing=("dui",), words="many_agree"),
    )
    gates: tuple[Gate, ...] = PASSED
    same: str = "c1"

    def facts(self, **changes: Any) -> ReviewFacts:
        """Return what an action would load now."""
        loaded: dict[str, Any] = {
            "node": "boreal",
            "destination": "sv",
            "agreement": self.terms,
            "sender_gates": self.gates,
            "documents": HERE,
            "partner_paused": self.partner.paused,
            "marked": bool(self.marks),
            "floor": self.floor,
            "status": status(self.now - SECOND),
            "compared": self.compared,
            "high_water": self.now - MINUTE,
        }
        return ReviewFacts(**{**loaded, **changes})

    def do(self, command: ReviewCommand, who: Who, **changes: Any) -> Plan | Refused:
        """Ask for a command a minute later; store what is accepted."""
        self.now += MINUTE
        decided = decide(self.state, command, who, self.facts(**changes), self.now)
        if isinstance(decided, Plan):
            self.keep(decided, who)
        return decided

    def must(self, command: ReviewCommand, who: Who, **changes: Any) -> Plan:
        """Ask for a command that has to be accepted."""
        decided = self.do(command, who, **changes)
        assert isinstance(decided, Plan), decided.codes
        return decided

    def refused(self, command: ReviewCommand, who: Who, **changes: Any) -> tuple[str, ...]:
        """Ask for a command that has to be refused, and return the codes."""
        before = self.state
        decided = self.do(command, who, **changes)
        assert isinstance(decided, Refused), command
        assert self.state == before
        return decided.codes

    def keep(self, plan: Plan, who: Who) -> None:
        """Store a plan as a node would."""
        duty = who.duty.value if isinstance(who, Officer) else ""
        for new in plan.acts:
            version = (self.state if new.stream.kind is StreamKind.REVIEW else self.partner).version + 1
            entry = Entry(
                stream=new.stream, version=version, at=self.now, by=name_of(who), duty=duty, rules="", act=new.act
            )
            self.entries.append(entry)
            if new.stream.kind is StreamKind.REVIEW:
                self.state = evolve(self.state, entry)
            else:
                self.partner = evolve_partner(self.partner, entry)
        for floor in plan.floors:
            self.floor = max(self.floor, floor.version)
        self.marks += plan.marks
        self.sends += plan.sends
        for kind, stream in plan.drop_timers:
            assert stream == Stream(StreamKind.REVIEW, REVIEW)
            self.timers.pop(kind, None)
        self.timers |= {timer.kind: timer for timer in plan.timers}

    def take_in(self, **changes: Any) -> "Desk":
        """Take the request in."""
        self.must(TakeIn(review=REVIEW, package=package(**changes)), ALBA)
        return self

    def open(self) -> "Desk":
        """Begin the review."""
        self.must(OpenReview(), INTAKE)
        return self

    def search(self, *candidates: str) -> "Desk":
        """Search the register, check protection and nationality: nothing registered."""
        found = candidates or ("c1",)
        self.must(RecordSearch(candidates=found, set_aside=0, register_as_of="2026-01-01"), PROTECTION)
        self.check()
        self.must(RecordNationality(found=Citizenship.NO_EVIDENCE, sources=("passport office",)), NATIONALITY)
        return self

    def check(self, *candidates: str) -> "Desk":
        """Check protection: nothing registered."""
        found = candidates or self.state.to_protect
        self.must(RecordProtectionCheck(candidates=found, result=Protection.NOTHING_REGISTERED), PROTECTION)
        return self

    def answer(self, who: Officer, says: Sameness = Sameness.SAME, candidate: str = "") -> "Desk":
        """Answer about one candidate, with everything that belongs to it."""
        self.must(identity_answer(says, candidate or self.same), who)
        return self

    def identify(self) -> "Desk":
        """Let two officers agree who it is."""
        return self.answer(FIRST).answer(SECOND_OFFICER)

    def review(self) -> "Desk":
        """Do the legal review, own law, risk and hearing."""
        for command, who in reviewing(iso_day(self.now)):
            self.must(command, who)
        return self

    def ready(self, **changes: Any) -> "Desk":
        """Bring a case to the point where it can be decided."""
        return self.take_in(**changes).open().search().identify().review().check()

    def decided(self) -> "Desk":
        """Bring a case to a decision to act."""
        self.ready().must(Decide(outcome=Outcome.ACT, reasons="All steps were kept."), DECIDER)
        return self

    def last_looks(self) -> "Desk":
        """Look at everything once more before the hand-over."""
        self.check()
        self.must(CheckCourtOrders(found=CourtOrders.NONE_IN_FORCE), GUARD)
        self.must(ReconfirmIdentity(candidate=self.same, identifier=UniqueIdentifier.DUI, document=""), FIRST)
        return self

    def handed_over(self) -> "Desk":
        """Bring a case to a recorded hand-over."""
        self.decided().last_looks().must(HAND_OVER, CUSTODY)
        return self


def identity_answer(says: Sameness = Sameness.SAME, candidate: str = "c1", **changes: Any) -> AnswerIdentity:
    """Return a complete answer."""
    answer = AnswerIdentity(
        candidate=candidate,
        answer=says,
        reasons="Compared with the civil registry entry.",
        resolutions=(("stature", "Measured in shoes; the clinic record says 168 cm."),),
        identifier=UniqueIdentifier.DUI,
    )
    return replace(answer, **changes)


def reviewing(day: str = iso_day(NOW)) -> Sequence[tuple[ReviewCommand, Officer]]:
    """Return the legal, risk and hearing steps of a sound case, all on one day."""
    return (
        (RecordLegalReview(route_lawful=True, answers=(), reasons="The treaty covers it."), LEGAL),
        (
            RecordOwnLawOrder(
                basis=OwnLawBasis.EXTRADITION_ORDER,
                issued_by="District Court",
                number="7",
                issued_on=day,
                final=True,
                document=PAPER,
                own_evidence=(PAPER,),
            ),
            LEGAL,
        ),
        (
            RecordRiskAssessment(
                found=Risk.NO_REAL_RISK,
                sources=(("Country report", "2026-06"),),
                statement_document=PAPER,
                with_counsel=True,
                with_interpreter=True,
                reasons="No ground was found.",
            ),
            RISK,
        ),
        (
            RecordCopyServed(
                version=1,
                served_on=day,
                languages=("es", "en"),
                document=PAPER,
                counsel="R. Alba",
                interpreter="M. Faro",
                heard_on=day,
                statement_document=PAPER,
            ),
            LEGAL,
        ),
    )


HAND_OVER = RecordHandover(
    to="sv", place="Airport", court="District Court", court_heard_on="2026-10-20", document=PAPER
)
ACT = Decide(outcome=Outcome.ACT, reasons="All steps were kept.")
