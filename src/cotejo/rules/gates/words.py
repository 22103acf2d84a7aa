"""Gates about words: labels and barred grounds.

1. A label stands only as a quotation from a final judgment in the package; elsewhere the text is refused (F17).
2. A tattoo, dress, sign or neighbourhood is no ground in any text (F05).
"""

from collections.abc import Iterator

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.duties import Duty
from cotejo.rules.facts import AffiliationBasis, EvidenceKind
from cotejo.rules.field_words import words_of_field
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.labels import barred_grounds_in, labels_in, labels_outside_quotes
from cotejo.rules.package import CourtAct
from cotejo.rules.words import Text


def labels(reading: Reading) -> Gate:
    """F17: no label but in a final judgment's own words."""
    title = Text("No labels", "Sin etiquetas")
    gaps = [label_reason(name, word) for name, word in _loose_labels(reading)]
    return gate("labels", title, gaps, rows=("F17",))


def _loose_labels(reading: Reading) -> Iterator[tuple[str, str]]:
    package = reading.package
    final = {each.id for each in package.court_acts if _final(each)}
    for n, claim in numbered(package.claims):
        quotable = claim.quoted_label_from in final
        found = labels_outside_quotes(claim.statement) if quotable else labels_in(claim.statement)
        yield from ((f"claim {n}", word) for word in found)
    for n, act in numbered(package.alleged):
        source = reading.court_act_of(act.quote_document)
        quoted = () if source is not None and _final(source) else labels_in(act.quote)
        yield from ((f"act {n}", word) for word in (*labels_in(act.description), *quoted))
    for n, court_act in numbered(package.court_acts):
        passage = () if _final(court_act) else labels_in(court_act.passage_about_person)
        yield from ((f"court act {n}", word) for word in passage)
    for n, item in numbered(package.evidence):
        yield from ((f"evidence {n}", word) for word in labels_in(item.how_obtained))
    for n, affiliation in numbered(package.affiliations):
        if affiliation.basis is not AffiliationBasis.FINAL_JUDGMENT:
            yield from ((f"affiliation {n}", word) for word in labels_in(affiliation.role_in_source))
    for n, name in numbered(package.subject.names):
        yield from ((f"name {n}", word) for word in labels_in(f"{name.documented} {name.alias}"))


def _final(court_act: CourtAct) -> bool:
    return court_act.kind is EvidenceKind.JUDGMENT and court_act.final and all((court_act.court, court_act.number))


def label_reason(field: str, word: str) -> Reason:
    """Refuse a label word in a named place."""
    named = words_of_field(field)
    return lacks(
        "labels.label",
        Text(
            f'"{word}" is a label ({named.en}). Only a final judgment\'s own words may be quoted.',
            f"«{word}» es una etiqueta ({named.es}). Solo pueden citarse las palabras de una sentencia firme.",
        ),
        Text(
            "Write what the person did. When quoting, put […] in place of the label.",
            "Escriba qué hizo la persona. Al citar, ponga […] en lugar de la etiqueta.",
        ),
        Duty.RECORDER,
        rows=("F17",),
        field=field,
    )


def barred_reason(field: str, word: str) -> Reason:
    """Refuse a ground that is no evidence."""
    named = words_of_field(field)
    return lacks(
        "barred.ground",
        Text(
            f'"{word}" is no evidence here ({named.en}).',
            f"«{word}» no es prueba aquí ({named.es}).",
        ),
        Text(
            "Leave it out. Appearance, dress, signs, neighbourhood, family and contacts say nothing about an act.",
            "Omítalo. Aspecto, vestimenta, señas, barrio, familia y contactos nada dicen sobre un hecho.",
        ),
        Duty.RECORDER,
        rows=("F05",),
        field=field,
    )


def barred(reading: Reading) -> Gate:
    """F05: how somebody looks or where somebody lives is no ground."""
    texts = [
        *((f"claim {n}", each.statement) for n, each in numbered(reading.package.claims)),
        *((f"act {n}", each.description) for n, each in numbered(reading.package.alleged)),
    ]
    gaps = [barred_reason(name, word) for name, text in texts for word in barred_grounds_in(text)]
    return gate("barred", Text("No barred grounds", "Sin motivos excluidos"), gaps, rows=("F05",))
