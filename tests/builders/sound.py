"""An origin's desk for tests of the law: one sound request, made by commands alone, and ways to spoil it.

The desk keeps what a node would keep beside the cases: documents, marks, slots, timers, what was sent. Everything it
does goes through `decide`, so a sound package is one the law itself let through.
"""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from cotejo.rules import dossier_commands as ask
from cotejo.rules import dossier_decide, person_decide
from cotejo.rules import person_commands as write
from cotejo.rules.acts import RULES_VERSION, Entry, Gate, Millis, NewAct, Plan, Refused, Send, Timer, WithdrawalMark
from cotejo.rules.agreement import DAY, HOUR, Agreement, HandoverTerms, Lifetimes
from cotejo.rules.assemble import assemble
from cotejo.rules.claims import ClaimBody
from cotejo.rules.dossier import Dossier, evolve
from cotejo.rules.dossier_facts import DossierFacts, PersonFacts
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, RedressDoor, Who, name_of
from cotejo.rules.facts import (
    Category,
    Coercion,
    EvidenceKind,
    Favours,
    Grade,
    Ground,
    GroundAnswer,
    Handling,
    Interval,
    Route,
    Scale,
    Sex,
    StatementType,
    Undertaking,
)
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.package import (
    AllegedAct,
    CourtAct,
    EvidenceItem,
    GroundStatement,
    Identifier,
    Name,
    Package,
    Subject,
    Translation,
    Whereabouts,
)
from cotejo.rules.person import PersonFile
from cotejo.rules.person import evolve as evolve_person

NOW: Millis = 1_795_780_800_000
"""2026-11-27 12:00 UTC."""

PERSON, DOSSIER, REQUEST = "1" * 32, "d" * 32, "7" * 32
ACT, WARRANT, CLAIM = "a" * 32, "b" * 32, "c" * 32

RECORDER = Officer(id="o-recorder", duty=Duty.RECORDER, unit="records", chain="north")
CHECKER = Officer(id="o-checker", duty=Duty.CHECKER, unit="checks", chain="south")
CERTIFIER = Officer(id="o-certifier", duty=Duty.CERTIFIER, unit="law", chain="law")
AUTHORISER = Officer(id="o-authoriser", duty=Duty.AUTHORISER, unit="head", chain="head")
OVERSEER = Officer(id="o-oversight", duty=Duty.OVERSIGHT, unit="oversight", chain="outside")
GUARD = Officer(id="o-guard", duty=Duty.DUTY_OFFICER, unit="guard", chain="north")
CUSTODIAN = Officer(id="o-custody", duty=Duty.CUSTODY, unit="custody", chain="north")
BOREAL = PartnerNode(name="boreal")
CLOCK, REDRESS = Clockwork(), RedressDoor()


def sha(text: str) -> str:
    """Return the hash of an invented document."""
    return hashlib.sha256(text.encode()).hexdigest()


DUI, WARRANT_COPY, REPORT, GROUND_PAGE, BIRTH_ENTRY = (
    sha(each) for each in ("dui", "warrant", "report", "ground", "birth")
)
COURT_ORDER = sha("court order")


def token(local: str, request: str) -> str:
    """Make a local id unrecognisable, as a node would with its key."""
    return hashlib.sha256(f"secret|{request}|{local}".encode()).hexdigest()[:32]


def agreement(**changes: Any) -> Agreement:
    """Return an agreement in force between alba and boreal."""
    terms = Agreement(
        hash=sha("agreement"),
        parties=("alba", "boreal"),
        purposes=("criminal_justice",),
        routes=tuple(Route),
        valid_from=NOW - 100 * DAY,
        valid_until=NOW + 1000 * DAY,
        ceiling_per_month=100,
        lifetimes=Lifetimes(),
        answer_every=7 * DAY,
        sweep_every=HOUR,
        handover=HandoverTerms(),
        package_validity=7 * DAY,
        skew=1000,
        profiles=("sv", "us"),
    )
    return replace(terms, **changes)


def subject(**changes: Any) -> Subject:
    """Return an invented person, as a document shows them."""
    name = Name(
        documented="LUIS ALONSO CIPRÉS LAGO", given="Luis Alonso", first_surname="Ciprés", second_surname="Lago"
    )
    made = Subject(
        names=(name,),
        birth="1988-03-02",
        sex=Sex.M,
        birth_place="Villa Nube",
        nationality="SV",
        nationality_basis="civil registry entry",
        identifiers=(Identifier(kind="dui", value="90000123-4", issued_by="RNPN", verified=False, document=DUI),),
        father="Pedro Ciprés",
        mother="Ana Lago",
    )
    return replace(made, **changes)


def alleged(**changes: Any) -> AllegedAct:
    """Return one act of extortion."""
    made = AllegedAct(
        id=ACT,
        description="Demanded money from a shopkeeper (victim-1) under threat of death.",
        offence_article="CP 214",
        offence_class="extortion",
        interval=Interval(start="2024-05-10", end="2024-05-10"),
        place="SV-SS-01",
        membership_only=False,
    )
    return replace(made, **changes)


def warrant(**changes: Any) -> CourtAct:
    """Return an individual warrant by a named judge, still in force."""
    made = CourtAct(
        id=WARRANT,
        kind=EvidenceKind.WARRANT,
        court="Juzgado Primero de Instrucción, Villa Nube",
        number="OC-17-2026",
        date="2026-09-01",
        document=WARRANT_COPY,
        offence_text="Whoever demands money under threat...",
        penalty="10 to 15 years",
        max_penalty_months=180,
        collective=False,
        accused_count=1,
        judge_named=True,
        counsel_present=True,
        emergency_rules=False,
        passage_about_person="orders the arrest of LUIS ALONSO CIPRÉS LAGO",
        outcome="in_force",
        pending_confirmed_on="2026-11-20",
        final=False,
    )
    return replace(made, **changes)


def judgment(**changes: Any) -> CourtAct:
    """Return a final individual judgment."""
    return replace(
        warrant(kind=EvidenceKind.JUDGMENT, number="S-3-2026", outcome="convicted", pending_confirmed_on=""),
        **{"final": True, "remaining_months": 96, **changes},
    )


def item(n: int, **changes: Any) -> EvidenceItem:
    """Return a graded forensic report against the person; `n` names it and its source."""
    made = EvidenceItem(
        id=f"{n:032x}",
        kind=EvidenceKind.FORENSIC_REPORT,
        favours=Favours.AGAINST,
        statement_type=StatementType.FACT,
        speaks_to=(ACT,),
        interval=Interval(start="2024-05-10", end="2024-05-10"),
        place="SV-SS-01",
        obtained_on="2026-08-10",
        origin=f"source-{n}",
        anonymous=False,
        derived_from=(),
        how_obtained="ordered by the prosecutor",
        coercion=Coercion.NONE_ALLEGED,
        grade=Grade(scale=Scale.EUROPOL_4X4, source="A", information="1"),
        document=REPORT,
        document_place="",
        language="es",
        handling=Handling.H1,
        translation=Translation(language="en", text="(translated)", translator="T. Faro, sworn translator"),
    )
    return replace(made, **changes)


def warrant_item(n: int = 1, **changes: Any) -> EvidenceItem:
    """Return the warrant as an item of evidence; a court's act needs no grade."""
    made = item(n, kind=EvidenceKind.WARRANT, document=WARRANT_COPY, grade=Grade(scale=Scale.NONE))
    return replace(made, **changes)


def for_the_person(n: int = 9, **changes: Any) -> EvidenceItem:
    """Return an item that speaks for the person."""
    made = item(n, favours=Favours.FOR, document=BIRTH_ENTRY, kind=EvidenceKind.OFFICIAL_RECORD)
    return replace(made, **changes)


def body(**changes: Any) -> ClaimBody:
    """Return what the one claim says."""
    made = ClaimBody(
        statement_type=StatementType.FACT,
        statement="On 10 May 2024 he demanded 300 dollars from victim-1.",
        speaks_to=(ACT,),
        interval=Interval(start="2024-05-10", end="2024-05-10"),
        place="SV-SS-01",
        as_of="2026-09-02",
        evidence=(f"{1:032x}", f"{2:032x}"),
    )
    return replace(made, **changes)


def whereabouts(**changes: Any) -> Whereabouts:
    """Return a stay abroad that covers the act."""
    made = Whereabouts(
        id="e" * 32,
        kind="exit",
        interval=Interval(start="2024-05-01", end="2024-06-01"),
        place="GT",
        document=BIRTH_ENTRY,
    )
    return replace(made, **changes)


ALL_GROUNDS = tuple(GroundStatement(ground=each, answer=GroundAnswer.NO, document=GROUND_PAGE) for each in Ground)


@dataclass(kw_only=True)
class Desk:
    """The origin's memory: two cases, documents, marks, and what every plan asked for."""

    person: PersonFile = field(default_factory=PersonFile)
    dossier: Dossier = field(default_factory=Dossier)
    now: Millis = NOW
    documents: set[str] = field(
        default_factory=lambda: {DUI, WARRANT_COPY, REPORT, GROUND_PAGE, BIRTH_ENTRY, COURT_ORDER}
    )
    terms: Agreement | None = field(default_factory=agreement)
    marks: list[WithdrawalMark] = field(default_factory=list)
    slots: dict[int, int] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)
    sent: list[Send] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    open_dossiers: tuple[str, ...] = ()
    sent_this_month: int = 0
    recovering: bool = False
    high_water: Millis = 0
    leaving: bool = False

    def facts(self) -> DossierFacts:
        """Return what an action would load."""
        return DossierFacts(
            node="alba",
            agreement=self.terms,
            person=self.person,
            documents_here=self.documents.__contains__,
            token=token,
            marked=lambda mark: any(each.facts_token == mark for each in self.marks),
            open_dossiers=self.open_dossiers,
            fresh_slots=(len(self.slots) + 40,),
            sent_this_month=self.sent_this_month,
            recovering=self.recovering,
            high_water=self.high_water,
            leaving=self.leaving,
        )

    def ask_person(self, command: write.PersonCommand, who: Who) -> Plan | Refused:
        """Ask the person file for something and keep what it accepts."""
        facts = PersonFacts(documents_here=self.documents.__contains__, profile="sv")
        made = person_decide.decide(self.person, command, who, facts, self.now)
        return self._keep(made, who)

    def ask_dossier(self, command: ask.DossierCommand, who: Who) -> Plan | Refused:
        """Ask the dossier for something and keep what it accepts."""
        return self._keep(dossier_decide.decide(self.dossier, command, who, self.facts(), self.now), who)

    def must(self, command: Any, who: Who) -> Plan:
        """Ask, and fail the test when it is refused."""
        of_person = type(command).__module__ == write.__name__
        made = self.ask_person(command, who) if of_person else self.ask_dossier(command, who)
        assert isinstance(made, Plan), made
        return made

    def _keep(self, made: Plan | Refused, who: Who) -> Plan | Refused:
        if isinstance(made, Refused):
            return made
        for new in made.acts:
            self._store(new, who)
        self.sent += made.sends
        self.marks += made.marks
        self.slots |= {each.slot: each.state for each in made.slots}
        for kind, _ in made.drop_timers:
            self.timers.pop(kind, None)
        self.timers |= {each.kind: each for each in made.timers}
        return made

    def _store(self, new: NewAct, who: Who) -> None:
        of_person = new.stream.kind == "person"
        version = (self.person if of_person else self.dossier).version + 1
        duty = who.duty.value if isinstance(who, Officer) else ""
        entry = Entry(
            stream=new.stream,
            version=version,
            at=self.now,
            by=name_of(who),
            duty=duty,
            rules=RULES_VERSION,
            act=new.act,
        )
        self.entries.append(entry)
        if of_person:
            self.person = evolve_person(self.person, entry)
        else:
            self.dossier = evolve(self.dossier, entry)

    def package(self, authoriser: Officer | None = AUTHORISER) -> Package:
        """Return the package of the next version as it stands."""
        return assemble(
            self.dossier, self.person, origin="alba", token=token, now=self.now, authoriser=authoriser, slot=1
        )

    def gates(self, package: Package | None = None) -> tuple[Gate, ...]:
        """Return the sender's gates on the package as it stands, or on another."""
        return gates(package or self.package(), documents=self.documents, terms=self.terms, now=self.now)


def gates(
    package: Package,
    *,
    documents: set[str] | None = None,
    terms: Agreement | None = None,
    now: Millis = NOW,
) -> tuple[Gate, ...]:
    """Evaluate the sender's gates with the sound desk's documents unless told otherwise."""
    here = Desk().documents if documents is None else documents
    return sender_gates(package, terms or agreement(), now, documents_here=here.__contains__)


def codes(found: tuple[Gate, ...], gate: str = "") -> tuple[str, ...]:
    """Return the reason codes of one gate, or of all."""
    return tuple(reason.code for each in found if not gate or each.code == gate for reason in each.reasons)


def with_person(desk: Desk | None = None, **parts: Any) -> Desk:
    """Return a desk with the person's file recorded, checked and verified. `parts` replace pieces of it."""
    desk = desk or Desk()
    category = parts.get("category", Category.ACCUSED)
    desk.must(
        write.OpenPerson(
            person=PERSON, subject=parts.get("subject", subject()), category=category, category_since="2026-09-01"
        ),
        RECORDER,
    )
    for each in subject_identifiers(desk.person):
        desk.must(write.VerifyIdentifier(kind=each.kind, value=each.value), CHECKER)
    for act in parts.get("alleged", (alleged(),)):
        desk.must(write.RecordAlleged(alleged=act), RECORDER)
    for court_act in parts.get("court_acts", (warrant(),)):
        desk.must(write.RecordCourtAct(court_act=court_act), RECORDER)
    for each in parts.get("evidence", (warrant_item(1), item(2))):
        desk.must(write.RecordEvidence(item=each), RECORDER)
    desk.must(write.RecordClaim(claim=CLAIM, body=parts.get("body", body())), RECORDER)
    desk.must(write.CheckClaim(claim=CLAIM, version=1), CHECKER)
    return desk


def subject_identifiers(person: PersonFile) -> tuple[Identifier, ...]:
    """Return the numbers of a person that have a document."""
    return tuple(each for each in person.subject.identifiers if each.document)


def prepared(desk: Desk | None = None, **parts: Any) -> Desk:
    """Return a desk with a dossier in which only the certificate and the sending are missing."""
    desk = with_person(desk, **parts)
    desk.must(
        ask.OpenDossier(
            dossier=DOSSIER,
            request=REQUEST,
            person=PERSON,
            partner="boreal",
            route=parts.get("route", Route.EXTRADITION),
            purpose="criminal_justice",
            case_number="17-2026",
        ),
        RECORDER,
    )
    desk.must(ask.PinClaims(claims=((CLAIM, 1),)), RECORDER)
    chosen = tuple(each.id for each in desk.person.alleged)
    desk.must(ask.SetBasis(alleged=chosen, case_number="17-2026"), RECORDER)
    desk.must(ask.AnswerGrounds(answers=parts.get("grounds", ALL_GROUNDS)), CERTIFIER)
    desk.must(ask.SignUndertakings(undertakings=tuple(Undertaking)), CERTIFIER)
    desk.must(ask.RecordNotice(given_on="2026-11-20", languages=("es", "en")), CERTIFIER)
    return desk


def certify(desk: Desk) -> Desk:
    """Let the certifier sign what the file holds for the person."""
    held = tuple(each.id for each in desk.person.evidence if each.favours is Favours.FOR)
    desk.must(ask.Certify(attached=held, none_found=not held), CERTIFIER)
    return desk


def certified(desk: Desk | None = None, **parts: Any) -> Desk:
    """Return a desk with a certified dossier."""
    return certify(prepared(desk, **parts))


def sent(desk: Desk | None = None, **parts: Any) -> Desk:
    """Return a desk with a request that left."""
    desk = certified(desk, **parts)
    desk.must(ask.AuthoriseSending(), AUTHORISER)
    return desk


def sound_package() -> Package:
    """Return a package every gate passes."""
    return certified().package()
