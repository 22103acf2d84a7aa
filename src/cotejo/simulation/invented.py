"""A sound case about an invented person, as the commands officers would give: for the simulation, the demo and tests.

1. Nobody in it exists; numbers lie in ranges never issued, and every document says that it is invented.
2. The case passes every gate honestly: two independent sources, one a court's, each statement checked by another unit,
   the originals with a human translation, what speaks for the person attached.
3. Ids are derived from a seed, so that two runs of one seed give the same commands.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import cache

from cotejo.identity import PersonRecord
from cotejo.papers.paper import Fact, Facts, Paper, Quotation, Section, Sentence
from cotejo.papers.printing import print_pdf
from cotejo.rules import dossier_commands, person_commands
from cotejo.rules.claims import ClaimBody
from cotejo.rules.duties import Duty, Officer
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
from cotejo.rules.package import (
    AllegedAct,
    CourtAct,
    EvidenceItem,
    GroundStatement,
    Identifier,
    Name,
    Subject,
    Translation,
)
from cotejo.rules.words import Text

RECORDER = Officer(id="ana.rivas", duty=Duty.RECORDER, unit="Alba / Unidad de análisis", chain="policía")
CHECKER = Officer(id="bruno.meza", duty=Duty.CHECKER, unit="Alba / Archivo judicial", chain="órgano judicial")
CERTIFIER = Officer(id="carla.funes", duty=Duty.CERTIFIER, unit="Alba / Fiscalía", chain="ministerio público")
AUTHORISER = Officer(id="diego.lemus", duty=Duty.AUTHORISER, unit="Alba / Cooperación", chain="cancillería")
OVERSIGHT = Officer(id="olga.ventura", duty=Duty.OVERSIGHT, unit="Procuraduría de supervisión", chain="supervisión")


def invented_id(*parts: object) -> str:
    """Return 32 hex digits that depend on these parts alone."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedCase:
    """One case at the origin: ids, documents by hash, and the commands in order, each with who gives it."""

    person: str
    dossier: str
    request: str
    documents: dict[str, bytes]
    file: tuple[tuple[Officer, person_commands.PersonCommand], ...]
    preparation: tuple[tuple[Officer, dossier_commands.DossierCommand], ...]
    certificate: tuple[Officer, dossier_commands.Certify]
    subject: Subject


@cache
def invented_document(title: str, words: str, *, number: str, day: str) -> bytes:
    """Print an invented document as a real PDF, marked as invented on every page."""
    return print_pdf(
        Paper(
            title=Text(title, title),
            subtitle=Text("Documento inventado", "Documento inventado"),
            sections=(
                Section(
                    heading=Text(title, title),
                    blocks=(
                        Facts(rows=(Fact(label=Text("Número", "Número"), value=number),)),
                        Quotation(words=words, source="p. 1"),
                        Sentence(text=Text("Nadie de este documento existe.", "Nadie de este documento existe.")),
                    ),
                ),
            ),
            node="Mundo inventado",
            reader="Expediente",
            reference=number,
            made_at=f"{day}T12:00:00+00:00",
            invented=True,
            language="es",
        )
    )


def subject_of(record: PersonRecord, *, document: str, issued_by: str = "RNPN (inventado)") -> Subject:
    """Return a request's subject from an invented register row."""
    first, _, second = record.surname.partition(" ")
    numbers = (("dui", record.dui), ("passport", record.passport))
    return Subject(
        names=(Name(documented=record.full_name, given=record.given, first_surname=first, second_surname=second),),
        birth=record.dob,
        sex=Sex(record.sex) if record.sex in {"F", "M"} else Sex.UNKNOWN,
        birth_place=record.pob,
        nationality="SV",
        nationality_basis="partida de nacimiento",
        identifiers=tuple(
            Identifier(kind=kind, value=value, issued_by=issued_by, verified=False, document=document)
            for kind, value in numbers
            if value
        ),
        father=record.father,
        mother=record.mother,
    )


def sound_case(
    record: PersonRecord, *, seed: object, partner: str, act_day: str = "2025-03-14", today: str = "2026-11-20"
) -> InventedCase:
    """Return a case that passes every gate, about the invented person of this register row."""
    make = _Maker(seed=str(seed), today=today)
    identity = make.paper("Certificación de documento de identidad", f"{record.full_name}, {record.dui}", "RN-1")
    warrant = make.paper(
        "Orden de captura", f"Se ordena la captura de {record.full_name} por extorsión.", "JI-204-2025"
    )
    charge = make.paper(
        "Requerimiento fiscal",
        f"El {act_day}, en Villa Clara, {record.full_name} exigió dinero a la víctima-1 mediante amenaza.",
        "F-118-2025",
    )
    report = make.paper("Informe pericial de voz y llamadas", "Registros de llamadas del día indicado.", "LAB-77-2025")
    employer = make.paper("Constancia de empleo", "Trabajó en la panadería desde 2021.", "CE-9")
    act, interval = make.id("act"), Interval(start=act_day, end=act_day)
    alleged = AllegedAct(
        id=act,
        description="Exigió dinero a la víctima-1 con amenaza de daño a su familia.",
        offence_article="CP 214",
        offence_class="extortion",
        interval=interval,
        place="SV-SM Villa Clara",
        membership_only=False,
        quote="exigió dinero a la víctima-1 mediante amenaza",
        quote_document=charge,
        quote_page="2",
    )
    items = (
        make.item("warrant", EvidenceKind.WARRANT, warrant, origin="juzgado", act=act, interval=interval),
        make.item("charge", EvidenceKind.CHARGE, charge, origin="fiscalia", act=act, interval=interval),
        make.item("report", EvidenceKind.FORENSIC_REPORT, report, origin="laboratorio", act=act, interval=interval),
        replace(
            make.item("employer", EvidenceKind.DOCUMENT, employer, origin="panaderia", act=act, interval=interval),
            favours=Favours.FOR,
        ),
    )
    claim = ClaimBody(
        statement_type=StatementType.FACT,
        statement="La acusación y el informe pericial describen una exigencia de dinero con amenaza en esa fecha.",
        speaks_to=(act,),
        interval=interval,
        place="SV-SM Villa Clara",
        as_of=today,
        evidence=tuple(item.id for item in items[:3]),
    )
    person, dossier, request = make.id("person"), make.id("dossier"), make.id("request")
    subject = subject_of(record, document=identity)
    ask = person_commands
    file: tuple[tuple[Officer, person_commands.PersonCommand], ...] = (
        (
            RECORDER,
            ask.OpenPerson(person=person, subject=subject, category=Category.ACCUSED, category_since="2025-05-02"),
        ),
        *((CHECKER, ask.VerifyIdentifier(kind=each.kind, value=each.value)) for each in subject.identifiers),
        (RECORDER, ask.RecordCourtAct(court_act=make.court_act(EvidenceKind.WARRANT, warrant, "JI-204-2025"))),
        (RECORDER, ask.RecordCourtAct(court_act=make.court_act(EvidenceKind.CHARGE, charge, "F-118-2025"))),
        (RECORDER, ask.RecordAlleged(alleged=alleged)),
        *((RECORDER, ask.RecordEvidence(item=item)) for item in items),
        (RECORDER, ask.RecordClaim(claim=make.id("claim"), body=claim)),
        (CHECKER, ask.CheckClaim(claim=make.id("claim"), version=1)),
    )
    prepare = dossier_commands
    preparation: tuple[tuple[Officer, dossier_commands.DossierCommand], ...] = (
        (
            RECORDER,
            prepare.OpenDossier(
                dossier=dossier,
                request=request,
                person=person,
                partner=partner,
                route=Route.EXTRADITION,
                purpose="criminal_justice",
                case_number="JI-204-2025",
            ),
        ),
        (RECORDER, prepare.PinClaims(claims=((make.id("claim"), 1),))),
        (RECORDER, prepare.SetBasis(alleged=(act,), case_number="JI-204-2025")),
        (
            CERTIFIER,
            prepare.AnswerGrounds(
                answers=tuple(
                    GroundStatement(ground=ground, answer=GroundAnswer.NO, document=charge) for ground in Ground
                )
            ),
        ),
        (CERTIFIER, prepare.SignUndertakings(undertakings=tuple(Undertaking))),
        (CERTIFIER, prepare.RecordNotice(given_on=today, languages=("es", "en"))),
    )
    return InventedCase(
        person=person,
        dossier=dossier,
        request=request,
        documents=make.documents,
        file=file,
        preparation=preparation,
        certificate=(CERTIFIER, prepare.Certify(attached=(items[3].id,), none_found=False)),
        subject=subject,
    )


class _Maker:
    """Makes ids and documents of one invented case."""

    def __init__(self, *, seed: str, today: str) -> None:
        self._seed = seed
        self._today = today
        self.documents: dict[str, bytes] = {}

    def id(self, name: str) -> str:
        return invented_id(self._seed, name)

    def paper(self, title: str, words: str, number: str) -> str:
        content = invented_document(title, words, number=f"{number}/{self._seed}", day="2025-06-02")
        name = hashlib.sha256(content).hexdigest()
        self.documents[name] = content
        return name

    def court_act(self, kind: EvidenceKind, document: str, number: str) -> CourtAct:
        return CourtAct(
            id=self.id(f"court/{number}"),
            kind=kind,
            court="Juzgado Primero de Instrucción de Villa Clara",
            number=number,
            date="2025-05-02",
            document=document,
            offence_text="Extorsión, CP 214",
            penalty="8 a 12 años de prisión",
            max_penalty_months=144,
            collective=False,
            accused_count=1,
            judge_named=True,
            counsel_present=True,
            emergency_rules=False,
            pending_confirmed_on=self._today,
        )

    def item(
        self, name: str, kind: EvidenceKind, document: str, *, origin: str, act: str, interval: Interval
    ) -> EvidenceItem:
        return EvidenceItem(
            id=self.id(f"evidence/{name}"),
            kind=kind,
            favours=Favours.AGAINST,
            statement_type=StatementType.FACT,
            speaks_to=(act,),
            interval=interval,
            place="SV-SM Villa Clara",
            obtained_on="2025-06-02",
            origin=origin,
            anonymous=False,
            derived_from=(),
            how_obtained="Entregado por la institución emisora con oficio.",
            coercion=Coercion.NONE_ALLEGED,
            grade=Grade(scale=Scale.EUROPOL_4X4, source="A", information="1"),
            document=document,
            document_place="expediente",
            language="es",
            handling=Handling.H0,
            translation=Translation(
                language="en",
                text="Translation of the passage about this person by a sworn translator.",
                translator="E. Larios (sworn translator, invented)",
            ),
        )
