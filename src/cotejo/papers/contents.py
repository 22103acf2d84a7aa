"""Blocks that several papers share: who the person is, each allegation, court acts, evidence, what speaks for them.

An affiliation is never a headline: it stands after the statements, with its period, and says when it counts no more.
"""

from datetime import date
from typing import Final

from cotejo.papers.disputes import beside
from cotejo.papers.paper import Block, Fact, Facts, Points, Quotation, Section, Sentence, Table
from cotejo.rules.dates import older_than_months
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.facts import Favours, Grade, Interval
from cotejo.rules.gates.evidence import STALE_MONTHS
from cotejo.rules.package import (
    Affiliation,
    AllegedAct,
    CourtAct,
    EvidenceItem,
    Package,
    PackagedClaim,
    Subject,
    Whereabouts,
)
from cotejo.rules.person_typed import WHEREABOUTS_WORDS
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text

NONE: Final = Text("None.", "Ninguna.")
UNKNOWN: Final = Text("not known", "no consta")
_IDENTIFIER: Final = {
    "dui": Text("DUI", "DUI"),
    "passport": Text("passport", "pasaporte"),
    "civil_registry": Text("civil registry entry", "partida del registro civil"),
}


def interval_text(interval: Interval, language: Language) -> str:
    """Return an interval as documented: one day, or from and to."""
    if not interval.end:
        return Text(f"{interval.start}, still open", f"{interval.start}, sigue abierto").in_language(language)
    if interval.start == interval.end:
        return interval.start
    return Text(f"{interval.start} to {interval.end}", f"del {interval.start} al {interval.end}").in_language(language)


def person(subject: Subject, language: Language) -> Section:
    """Say who is meant, exactly as documented."""
    known = UNKNOWN.in_language(language)
    rows = [
        *(Fact(label=Text("Name as documented", "Nombre según documento"), value=n.documented) for n in subject.names),
        Fact(label=Text("Birth date", "Fecha de nacimiento"), value=subject.birth or known),
        Fact(label=Text("Place of birth", "Lugar de nacimiento"), value=subject.birth_place or known),
        Fact(label=Text("Sex", "Sexo"), value=words_of(subject.sex).in_language(language)),
        Fact(label=Text("Father", "Padre"), value=subject.father or known),
        Fact(label=Text("Mother", "Madre"), value=subject.mother or known),
        *(
            Fact(
                label=_IDENTIFIER.get(i.kind, Text(i.kind, i.kind)),
                value=f"{i.value} ({i.issued_by})" if i.issued_by else i.value,
            )
            for i in subject.identifiers
        ),
    ]
    return Section(heading=Text("The person", "La persona"), blocks=(Facts(rows=tuple(rows)),))


def allegation(alleged: AllegedAct, language: Language) -> tuple[Block, ...]:
    """Say what is alleged, when and where, with the words of the judgment or charge."""
    offence = OFFENCE_WORDS.get(alleged.offence_class, Text(alleged.offence_class, alleged.offence_class))
    rows = (
        Fact(label=Text("What is alleged", "Qué se atribuye"), value=alleged.description),
        Fact(label=Text("Offence", "Delito"), value=f"{offence.in_language(language)} · {alleged.offence_article}"),
        Fact(label=Text("When", "Cuándo"), value=interval_text(alleged.interval, language)),
        Fact(label=Text("Where", "Dónde"), value=alleged.place),
    )
    quoted = (Quotation(words=alleged.quote, source=f"p. {alleged.quote_page}"),) if alleged.quote else ()
    return (Facts(rows=rows), *quoted)


def allegations(package: Package, language: Language) -> Section:
    """Say everything that is alleged."""
    blocks = tuple(block for alleged in package.alleged for block in allegation(alleged, language))
    return Section(heading=Text("What is alleged", "Lo que se atribuye"), blocks=blocks)


def court_act(act: CourtAct, language: Language) -> Facts:
    """Say what a court did and how it came about."""
    yes, no = Text("yes", "sí").in_language(language), Text("no", "no").in_language(language)
    outcome = act.outcome or (
        Text(
            f"pending, confirmed on {act.pending_confirmed_on}", f"pendiente, confirmado el {act.pending_confirmed_on}"
        )
        if act.pending_confirmed_on
        else UNKNOWN
    )
    collective = (
        Text(f"collective, {act.accused_count} accused", f"colectivo, {act.accused_count} imputados")
        if act.collective
        else Text("individual", "individual")
    )
    return Facts(
        rows=(
            Fact(
                label=words_of(act.kind),
                value=f"{act.court} · {act.number} · {act.date}",
            ),
            Fact(label=Text("Offence and penalty", "Delito y pena"), value=f"{act.offence_text} · {act.penalty}"),
            Fact(
                label=Text("Outcome", "Resultado"),
                value=outcome if isinstance(outcome, str) else outcome.in_language(language),
            ),
            Fact(
                label=Text("Individual or collective", "Individual o colectivo"), value=collective.in_language(language)
            ),
            Fact(label=Text("Judge named", "Juez identificado"), value=yes if act.judge_named else no),
            Fact(label=Text("Counsel present", "Defensa presente"), value=yes if act.counsel_present else no),
            Fact(
                label=Text("Emergency rules in force", "Régimen de excepción vigente"),
                value=yes if act.emergency_rules else no,
            ),
        )
    )


def court_acts(package: Package, language: Language) -> Section:
    """Say every court act, acquittals and pending matters included."""
    return Section(
        heading=Text("What courts did", "Lo actuado por los tribunales"),
        blocks=tuple(court_act(act, language) for act in package.court_acts),
    )


def claims(package: Package, language: Language, disputed: tuple[Disputed, ...] = ()) -> Section:
    """Say each statement, of which type, against which document it was checked by which office, and who disputes it."""
    return Section(
        heading=Text("Statements and how they were checked", "Afirmaciones y su verificación"),
        blocks=(
            *(block for claim in package.claims for block in (*_claim(claim, language), *beside(claim, disputed))),
            Sentence(
                text=Text(
                    "Checked against the document does not mean true.",
                    "Verificado con el documento no significa verdadero.",
                )
            ),
        ),
    )


def _claim(claim: PackagedClaim, language: Language) -> tuple[Block, ...]:
    kind = words_of(claim.statement_type).in_language(language)
    checked = Text(
        f"{kind} · as of {claim.as_of} · checked against the document by {claim.checker_unit} on {claim.checked_on}",
        f"{kind} · al {claim.as_of} · verificado con el documento por {claim.checker_unit} el {claim.checked_on}",
    )
    return (Quotation(words=claim.statement, source=checked.in_language(language)),)


def evidence_table(items: tuple[EvidenceItem, ...], language: Language) -> Table:
    """List evidence: kind, date, which way it speaks, grade in its own scale."""
    return Table(
        headings=(
            Text("Evidence", "Prueba"),
            Text("Obtained on", "Obtenida el"),
            Text("Speaks", "Habla"),
            Text("Grade and its scale", "Grado y su escala"),
            Text("Contested", "Impugnada"),
        ),
        rows=tuple(
            (
                words_of(item.kind).in_language(language),
                item.obtained_on,
                words_of(item.favours).in_language(language),
                _grade(item.grade),
                (Text("yes", "sí") if item.challenged else Text("no", "no")).in_language(language),
            )
            for item in items
        ),
    )


def _grade(grade: Grade) -> str:
    return f"{grade.source}{grade.information} {grade.scale.value}".strip()


def affiliations(package: Package, language: Language, *, as_of: date) -> tuple[Section, ...]:
    """Say each dated affiliation in the source's own words, with its period and whether it is too old to count.

    No section at all when there is none: its absence says nothing (design section 2).
    """
    if not package.affiliations:
        return ()
    return (
        Section(
            heading=Text("Dated affiliations", "Afiliaciones con fecha"),
            blocks=(
                Sentence(
                    text=Text(
                        "An affiliation opens no check and is no offence by itself. It counts for "
                        f"{STALE_MONTHS} months after its last day.",
                        "Una afiliación no abre ningún control ni es delito por sí sola. Cuenta durante "
                        f"{STALE_MONTHS} meses después de su último día.",
                    )
                ),
                *(block for each in package.affiliations for block in _affiliation(each, language, as_of)),
            ),
        ),
    )


def _affiliation(held: Affiliation, language: Language, as_of: date) -> tuple[Block, ...]:
    stale = older_than_months(held.end or held.start, STALE_MONTHS, as_of)
    standing = Text("too old to count", "ya no cuenta por su antigüedad") if stale else Text("counts", "cuenta")
    rows = (
        Fact(label=Text("Group", "Grupo"), value=held.group),
        Fact(label=Text("Period", "Período"), value=_period(held).in_language(language)),
        Fact(label=Text("On the day of this paper", "Al día de este documento"), value=standing.in_language(language)),
        Fact(label=Text("Recorded on the basis of", "Consta por"), value=words_of(held.basis).in_language(language)),
        Fact(label=Text("Grade and its scale", "Grado y su escala"), value=_grade(held.grade)),
    )
    quoted = (Quotation(words=held.role_in_source, source=""),) if held.role_in_source else ()
    return (Facts(rows=rows), *quoted)


def _period(held: Affiliation) -> Text:
    if held.end:
        return Text(f"{held.start} to {held.end}", f"del {held.start} al {held.end}")
    if held.ended:
        return Text(
            f"from {held.start}; ended, day not documented", f"desde {held.start}; terminó, sin día documentado"
        )
    return Text(f"from {held.start}; no end documented", f"desde {held.start}; sin fin documentado")


def evidence(package: Package, language: Language) -> Section:
    """List the evidence, and count what was withheld."""
    withheld = Text(f"Withheld items: {package.withheld}.", f"Elementos reservados: {package.withheld}.")
    return Section(
        heading=Text("Evidence", "Prueba"),
        blocks=(
            evidence_table(package.evidence, language) if package.evidence else Sentence(text=NONE),
            Sentence(text=withheld),
        ),
    )


def for_the_person(package: Package, language: Language) -> Section:
    """Say first what speaks for the person: evidence, whereabouts, refusal grounds, the certifier's search."""
    items = tuple(item for item in package.evidence if item.favours is Favours.FOR)
    searched = package.search_for
    sentences: list[Text] = []
    if searched is None:
        sentences.append(
            Text("Nobody has signed a search for what speaks for the person.", "Nadie firmó la búsqueda de descargo.")
        )
    elif searched.none_found:
        sentences.append(
            Text(
                f"The file was searched on {searched.searched_on} for what speaks for the person: none found.",
                f"El expediente se revisó el {searched.searched_on} en busca de descargo: no se encontró.",
            )
        )
    else:
        sentences.append(
            Text(
                f"The file was searched on {searched.searched_on} for what speaks for the person: attached.",
                f"El expediente se revisó el {searched.searched_on} en busca de descargo: se adjunta.",
            )
        )
    sentences.extend(_elsewhere(each) for each in package.whereabouts)
    table: tuple[Block, ...] = (evidence_table(items, language),) if items else ()
    return Section(
        heading=Text("What speaks for the person", "Lo que habla a favor de la persona"),
        blocks=(Points(items=tuple(sentences)), *table),
    )


def _elsewhere(where: Whereabouts) -> Text:
    kind = WHEREABOUTS_WORDS.get(where.kind, Text(where.kind, where.kind))
    place = f", {where.place}" if where.place else ""
    return Text(
        f"Elsewhere at that time: {kind.en}, {interval_text(where.interval, 'en')}{place}.",
        f"En otro lugar en esa fecha: {kind.es}, {interval_text(where.interval, 'es')}{place}.",
    )


def grounds(package: Package, language: Language) -> Section:
    """List the refusal grounds and how the sender answered each."""
    return Section(
        heading=Text("Grounds for refusing, as the sender answered", "Causales de denegación, según el emisor"),
        blocks=(
            Table(
                headings=(Text("Ground", "Causal"), Text("Answer", "Respuesta"), Text("Remark", "Observación")),
                rows=tuple(
                    (
                        words_of(each.ground).in_language(language),
                        words_of(each.answer).in_language(language),
                        each.remark,
                    )
                    for each in package.grounds
                ),
            ),
        ),
    )
