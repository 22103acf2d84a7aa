"""Gates about what stands behind each statement.

1. Every claim has evidence, and every item a document with its hash, attached or located at a court (F01).
2. Each act alleged rests on two or more counting items of independent origin, one of them judicial or official (F07);
   items that share an ancestor, an origin or a document are one source (F08).
3. Every statement is fact, assessment or hearsay; an assessment names its assessor and the facts under it (F10).
4. A claim whose newest word is older than 24 months supports nothing new (F20).
5. The original travels with a human translation where the addressee works in another language (F16).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.dates import is_date, older_than_months
from cotejo.rules.duties import Duty
from cotejo.rules.facts import JUDICIAL_OR_OFFICIAL, StatementType
from cotejo.rules.gates.counting import counting
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.independence import independent_sources
from cotejo.rules.package import AllegedAct, EvidenceItem, PackagedClaim
from cotejo.rules.words import Text

LEAST_SOURCES: Final = 2
"""F07: two or more counting items of independent origin."""

STALE_MONTHS: Final = 24
"""F20, default of the catalogue."""

AT_COURT: Final = "court:"
"""A document that stays at a court is placed `court:<name and shelf>`."""


def documents(reading: Reading) -> Gate:
    """F01: nothing without a document behind it."""
    title = Text("A document behind every statement", "Un documento detrás de cada afirmación")
    return gate("documents", title, _document_gaps(reading), rows=("F01",))


def _document_gaps(reading: Reading) -> Iterator[Reason]:
    if not reading.package.claims:
        yield lacks(
            "documents.no_claims",
            Text("No checked statement supports the request.", "Ninguna afirmación verificada sustenta la solicitud."),
            Text(
                "Record each statement with its document and have it checked.",
                "Registre cada afirmación con su documento y hágala verificar.",
            ),
            Duty.RECORDER,
            Duty.CHECKER,
            rows=("F01",),
        )
    for n, claim in numbered(reading.package.claims):
        if not claim.evidence or len(reading.items(claim.evidence)) < len(set(claim.evidence)):
            yield lacks(
                "documents.claim_without_evidence",
                Text("Claim {n} has no evidence behind it.", "La afirmación {n} no tiene prueba que la sustente."),
                Text("Link the item it was taken from.", "Vincule el elemento del que se tomó."),
                Duty.RECORDER,
                rows=("F01",),
                n=n,
            )
    for n, item in numbered(reading.package.evidence):
        if not located(item) and not reading.documents_here(item.document):
            yield lacks(
                "documents.item_without_document",
                Text(
                    "Evidence {n} has no document: neither attached nor located at a court with its hash.",
                    "El elemento {n} no tiene documento: ni adjunto ni ubicado en un tribunal con su huella.",
                ),
                Text(
                    "Attach the document, or give its place at the court.", "Adjunte el documento o indique su lugar."
                ),
                Duty.RECORDER,
                rows=("F01",),
                n=n,
            )


def located(item: EvidenceItem) -> bool:
    """Say whether the document lies at a court and its hash is known."""
    return bool(item.document) and item.document_place.startswith(AT_COURT) and item.document_place != AT_COURT


def support(reading: Reading) -> Gate:
    """F07, F08: two independent counting items an act, one judicial or official."""
    items = counting(reading)
    gaps = [
        reason for n, each in numbered(reading.package.alleged) for reason in _support_gaps(reading, n, each, items)
    ]
    if not reading.package.alleged:
        gaps = [_too_few(0)]
    title = Text("Two independent sources, one official", "Dos fuentes independientes, una oficial")
    return gate("support", title, gaps, rows=("F07", "F08", "F03", "F15"))


def _support_gaps(reading: Reading, n: int, act: AllegedAct, items: tuple[EvidenceItem, ...]) -> Iterator[Reason]:
    speaking = [each for each in items if act.id in each.speaks_to]
    if independent_sources(speaking, reading.package.evidence) < LEAST_SOURCES:
        yield _too_few(n)
    if not any(each.kind in JUDICIAL_OR_OFFICIAL for each in speaking):
        yield lacks(
            "support.none_official",
            Text(
                "Act {n}: no counting item is judicial or official.",
                "Hecho {n}: ningún elemento que cuente es judicial u oficial.",
            ),
            Text("Add a court act or a certified record.", "Agregue un acto judicial o un registro certificado."),
            Duty.RECORDER,
            rows=("F07",),
            n=n,
        )


def _too_few(n: int) -> Reason:
    return lacks(
        "support.too_few_sources",
        Text(
            "Act {n}: fewer than two counting items of independent origin.",
            "Hecho {n}: menos de dos elementos que cuenten, de origen independiente.",
        ),
        Text(
            "Items from one source count once and anonymous ones not at all. Add evidence of another origin.",
            "Los de una misma fuente cuentan una vez y los anónimos no cuentan. Agregue prueba de otro origen.",
        ),
        Duty.RECORDER,
        rows=("F07", "F08"),
        n=n or 1,
    )


def statements(reading: Reading) -> Gate:
    """F10: an opinion is transmitted only as somebody's opinion about listed facts."""
    title = Text("Facts apart from opinions", "Hechos separados de apreciaciones")
    return gate("statements", title, _statement_gaps(reading), rows=("F10",))


def _statement_gaps(reading: Reading) -> Iterator[Reason]:
    for n, item in numbered(reading.package.evidence):
        if item.statement_type is StatementType.ASSESSMENT and not (item.assessor and item.underlying):
            yield _opinion("evidence", n)
    for n, claim in numbered(reading.package.claims):
        if claim.statement_type is StatementType.ASSESSMENT and not any(
            each.assessor and each.underlying for each in reading.items(claim.evidence)
        ):
            yield _opinion("claim", n)


def _opinion(what: str, n: int) -> Reason:
    spanish = {"evidence": "elemento", "claim": "afirmación"}[what]
    return lacks(
        "statements.assessment_without_facts",
        Text(
            "An opinion without a named assessor and the facts under it: {en} {n}.",
            "Una apreciación sin autor nombrado ni los hechos en que se basa: {es} {n}.",
        ).say(en=what, es=spanish, n=n),
        Text("Name the assessor and list the facts, or leave it out.", "Nombre al autor y los hechos, u omítala."),
        Duty.RECORDER,
        rows=("F10",),
    )


def fresh(reading: Reading) -> Gate:
    """F20: nothing stale supports a new request."""
    newest: dict[str, list[str]] = {}
    for item in counting(reading):
        newest.setdefault(item.id, []).append(item.obtained_on)
    gaps = [
        lacks(
            "fresh.stale_claim",
            Text(
                "Claim {n} is stale: nothing newer than 24 months supports it.",
                "La afirmación {n} está desactualizada: nada de los últimos 24 meses la sustenta.",
            ),
            Text("Check it again against a current document.", "Verifíquela de nuevo con un documento actual."),
            Duty.RECORDER,
            Duty.CHECKER,
            rows=("F20",),
            n=n,
        )
        for n, each in numbered(reading.package.claims)
        if _stale(reading, each, newest)
    ]
    return gate("fresh", Text("Current", "Vigencia de lo afirmado"), gaps, rows=("F20",))


def _stale(reading: Reading, claim: PackagedClaim, newest: Mapping[str, Sequence[str]]) -> bool:
    obtained = (day for each in claim.evidence for day in newest.get(each, ()))
    days = [each for each in (claim.as_of, *obtained) if is_date(each)]
    return all(older_than_months(each, STALE_MONTHS, reading.today) for each in days)


def translation(reading: Reading) -> Gate:
    """F16: the original, and a named human's translation where it is needed."""
    gaps = [
        lacks(
            "translation.missing",
            Text(
                "Evidence {n} has no translation by a named person into the addressee's language.",
                "El elemento {n} no tiene traducción de una persona identificada al idioma de destino.",
            ),
            Text("Add it. A machine translation does not count.", "Agréguela. Una traducción automática no basta."),
            Duty.RECORDER,
            rows=("F16",),
            n=n,
        )
        for n, each in numbered(reading.package.evidence)
        if not _readable(each, reading.addressee_law.languages)
    ]
    return gate("translation", Text("Readable for the other side", "Legible para la contraparte"), gaps, rows=("F16",))


def _readable(item: EvidenceItem, languages: tuple[str, ...]) -> bool:
    made = item.translation
    if item.language in languages:
        return True
    if made is None or made.by_machine:
        return False
    return bool(item.language and made.text and made.translator) and (not languages or made.language in languages)
