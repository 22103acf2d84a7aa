"""The words of every closed list of the law, in both languages: what screens and papers print for a code.

1. One place; `words_of(member)` finds them by type and member, so a new code without words fails a test.
2. Standard terms of the field (see the glossary); no word here labels a person (F17).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from cotejo.rules.dispute_words import DISPUTE_WORDS
from cotejo.rules.erasure_words import BASIS_WORDS, GONE_WORDS, ErasureBasis, Gone
from cotejo.rules.facts import (
    AffiliationBasis,
    Category,
    Coercion,
    DataClass,
    EvidenceKind,
    Favours,
    Ground,
    GroundAnswer,
    Handling,
    Route,
    Sex,
    StatementType,
    Undertaking,
)
from cotejo.rules.inquiry_words import BASIS_WORDS as INQUIRY_BASIS_WORDS
from cotejo.rules.inquiry_words import SEARCHED_WORDS, InquiryBasis, Searched
from cotejo.rules.origin_vocabulary import ORIGIN_WORDS
from cotejo.rules.return_words import RETURN_WORDS
from cotejo.rules.review_vocabulary import REVIEW_WORDS
from cotejo.rules.told import Answered
from cotejo.rules.words import Text

WORDS: Final[Mapping[type[StrEnum], Mapping[Any, Text]]] = {
    Category: {
        Category.CONVICTED: Text("convicted", "condenada"),
        Category.ACCUSED: Text("accused", "imputada"),
        Category.SUSPECT: Text("suspect", "sospechosa"),
        Category.VICTIM: Text("victim", "víctima"),
        Category.WITNESS: Text("witness", "testigo"),
        Category.OTHER: Text("other", "otra"),
    },
    EvidenceKind: {
        EvidenceKind.JUDGMENT: Text("judgment", "sentencia"),
        EvidenceKind.WARRANT: Text("arrest warrant", "orden de captura"),
        EvidenceKind.CHARGE: Text("charge", "acusación"),
        EvidenceKind.OFFICIAL_RECORD: Text("certified official record", "registro oficial certificado"),
        EvidenceKind.SWORN_STATEMENT: Text("sworn statement", "declaración jurada"),
        EvidenceKind.UNSWORN_STATEMENT: Text("unsworn statement", "declaración no jurada"),
        EvidenceKind.FORENSIC_REPORT: Text("forensic report", "informe pericial"),
        EvidenceKind.DOCUMENT: Text("document", "documento"),
        EvidenceKind.RECORDING: Text("recording", "grabación"),
    },
    StatementType: {
        StatementType.FACT: Text("fact", "hecho"),
        StatementType.ASSESSMENT: Text("assessment", "valoración"),
        StatementType.HEARSAY: Text("hearsay", "referencia de oídas"),
    },
    Coercion: {
        Coercion.NONE_ALLEGED: Text("no coercion alleged", "sin coacción alegada"),
        Coercion.ALLEGED: Text("coercion alleged", "coacción alegada"),
        Coercion.UNKNOWN: Text("not known whether there was coercion", "se desconoce si hubo coacción"),
    },
    Favours: {
        Favours.AGAINST: Text("against the person", "en contra de la persona"),
        Favours.FOR: Text("for the person", "a favor de la persona"),
        Favours.NEUTRAL: Text("neither for nor against", "ni a favor ni en contra"),
    },
    Handling: {
        Handling.H0: Text("H0: for preventing and combating crime", "H0: para prevenir y combatir delitos"),
        Handling.H1: Text("H1: not in court without permission", "H1: no en juicio sin autorización"),
        Handling.H2: Text(
            "H2: no onward transfer without permission", "H2: sin transferencia ulterior sin autorización"
        ),
        Handling.H3: Text("H3: other limits", "H3: otras reservas"),
    },
    DataClass: {
        DataClass.REQUEST: Text("requests about one person", "solicitudes sobre una persona"),
        DataClass.COURT_RECORD: Text("court records of one person", "expediente judicial de una persona"),
        DataClass.BULLETIN: Text("bulletins about groups", "boletines sobre grupos"),
    },
    Route: {
        Route.EXTRADITION: Text("extradition", "extradición"),
        Route.TRANSFER: Text("transfer of a sentenced person", "traslado de persona condenada"),
        Route.REMOVAL_INFORMATION: Text("information for a removal case", "información para un caso de expulsión"),
        Route.INFORMATION_ONLY: Text("information only", "solo información"),
    },
    Sex: {
        Sex.F: Text("female", "femenino"),
        Sex.M: Text("male", "masculino"),
        Sex.X: Text("X", "X"),
        Sex.UNKNOWN: Text("not documented", "no documentado"),
    },
    AffiliationBasis: {
        AffiliationBasis.FINAL_JUDGMENT: Text("final individual judgment", "sentencia firme individual"),
        AffiliationBasis.TESTED_TESTIMONY: Text("testimony tested in court", "testimonio contradicho en juicio"),
        AffiliationBasis.OWN_STATEMENT_WITH_COUNSEL: Text(
            "own statement in court with counsel", "declaración propia en juicio con defensa"
        ),
        AffiliationBasis.SEIZED_DOCUMENT: Text(
            "seized document with chain of custody", "documento incautado con cadena de custodia"
        ),
    },
    Ground: {
        Ground.POLITICAL: Text("political offence", "delito político"),
        Ground.PERSECUTION: Text("risk of persecution", "riesgo de persecución"),
        Ground.MILITARY: Text("military offence", "delito militar"),
        Ground.PRIOR_JUDGMENT: Text("judged before for the same acts", "cosa juzgada por los mismos hechos"),
        Ground.LAPSE_OR_AMNESTY: Text("lapse of time or amnesty", "prescripción o amnistía"),
        Ground.TORTURE_OR_UNFAIR: Text("torture or unfair trial", "tortura o juicio injusto"),
        Ground.IN_ABSENCE: Text("trial in absence", "juicio en ausencia"),
        Ground.DEATH_PENALTY: Text("death penalty", "pena de muerte"),
        Ground.SPECIAL_COURT: Text("special court", "tribunal especial"),
    },
    GroundAnswer: {
        GroundAnswer.YES: Text("yes", "sí"),
        GroundAnswer.NO: Text("no", "no"),
        GroundAnswer.UNKNOWN: Text("not known", "se desconoce"),
    },
    Undertaking: {
        Undertaking.NAMED_ROUTE_ONLY: Text("only the named legal route", "solo la vía legal indicada"),
        Undertaking.SPECIALITY: Text(
            "trial for no other acts (speciality)", "juicio por ningún otro hecho (especialidad)"
        ),
        Undertaking.NO_ONWARD_SURRENDER: Text("no onward surrender", "sin entrega a un tercer Estado"),
        Undertaking.FAIR_TRIAL: Text("fair trial and humane custody", "juicio justo y custodia digna"),
        Undertaking.CONSULAR_AND_MONITOR_ACCESS: Text(
            "access for consulate and monitors", "acceso consular y de observadores"
        ),
        Undertaking.REPORTS_AFTER_HANDOVER: Text("reports after a hand-over", "informes después de una entrega"),
    },
    Answered: {
        Answered.ACTION_REPORTED: Text("action reported", "actuación informada"),
        Answered.NO_ACTION: Text("no action to report", "sin actuación que informar"),
    },
    ErasureBasis: BASIS_WORDS,
    **RETURN_WORDS,
    **DISPUTE_WORDS,
    Gone: GONE_WORDS,
    InquiryBasis: INQUIRY_BASIS_WORDS,
    Searched: SEARCHED_WORDS,
    **ORIGIN_WORDS,
    **REVIEW_WORDS,
}


def words_of(member: StrEnum) -> Text:
    """Return the words of a code. Raises `KeyError` for a list that has none."""
    return WORDS[type(member)][member]
