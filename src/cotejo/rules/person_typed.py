"""What is refused while it is typed into a person file: impossible dates, labels, barred grounds, unknown codes.

1. All reasons of a form at once; each names its field.
2. The same checks run again as gates when a request is made; these only spare the officer the way.
3. A draft may be incomplete; it may not be impossible (F02), a label (F17) or a barred ground (F05).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from cotejo.rules.acts import Reason
from cotejo.rules.asked import reason
from cotejo.rules.claims import ClaimBody
from cotejo.rules.dates import first_day, is_date, is_interval, last_day
from cotejo.rules.duties import Duty
from cotejo.rules.facts import AffiliationBasis, EvidenceKind, Interval
from cotejo.rules.field_words import words_of_field
from cotejo.rules.gates.judicial import OUTCOME_WORDS
from cotejo.rules.gates.persons import IDENTIFIER_KINDS, before_responsibility, birth_gaps
from cotejo.rules.gates.words import barred_reason, label_reason
from cotejo.rules.grading import is_grade
from cotejo.rules.labels import barred_grounds_in, labels_in, labels_outside_quotes
from cotejo.rules.package import Affiliation, AllegedAct, CourtAct, EvidenceItem, Subject, Whereabouts
from cotejo.rules.person import PersonFile
from cotejo.rules.profiles.kind import Profile
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.words import Text

WHEREABOUTS_WORDS: Final = {
    "custody": Text("in custody", "en custodia"),
    "exit": Text("abroad", "fuera del país"),
    "entry": Text("entered the country", "ingresó al país"),
    "hospital": Text("in hospital", "hospitalizada"),
    "death": Text("died", "falleció"),
}


def unreadable(field: str) -> Reason:
    """Say that a field is missing or cannot be read."""
    named = words_of_field(field)
    return reason(
        "typed.unreadable",
        Text(f"Missing or not readable: {named.en}.", f"Falta o no se puede leer: {named.es}."),
        Text(
            "Dates are written YYYY, YYYY-MM or YYYY-MM-DD; codes come from the list.",
            "Las fechas se escriben AAAA, AAAA-MM o AAAA-MM-DD; los códigos salen de la lista.",
        ),
        Duty.RECORDER,
        rows=("F02", "F16"),
        field=field,
    )


def _after(field: str) -> Reason:
    named = words_of_field(field)
    return reason(
        "typed.event_after_report",
        Text(
            f"The event is dated after the record that reports it: {named.en}.",
            f"El hecho tiene fecha posterior al registro que lo informa: {named.es}.",
        ),
        Text("Compare both dates with the document.", "Coteje ambas fechas con el documento."),
        Duty.RECORDER,
        rows=("F02",),
        field=field,
    )


def _dated(field: str, interval: Interval, report: str, today: date) -> Iterator[Reason]:
    if not is_interval(interval):
        yield unreadable(field)
    if not is_date(report) or first_day(report) > today:
        yield unreadable(f"{field}.report")
    elif is_interval(interval) and first_day(interval.start) > last_day(report):
        yield _after(field)


def subject_gaps(subject: Subject, today: date) -> Iterator[Reason]:
    """Return what cannot stand in a description."""
    if not any(each.documented.strip() for each in subject.names):
        yield unreadable("names")
    yield from birth_gaps(subject.birth, today)
    for each in subject.names:
        yield from (label_reason("names", word) for word in labels_in(f"{each.documented} {each.alias}"))
    if any(each.kind not in IDENTIFIER_KINDS or not each.value.strip() for each in subject.identifiers):
        yield unreadable("identifiers")


def claim_gaps(file: PersonFile, body: ClaimBody, today: date) -> Iterator[Reason]:
    """Return what cannot stand in a claim, even as a draft."""
    if not body.statement.strip():
        yield unreadable("statement")
    yield from _dated("interval", body.interval, body.as_of, today)
    final = any(
        each.id == body.quoted_label_from and each.kind is EvidenceKind.JUDGMENT and each.final
        for each in file.court_acts
    )
    found = labels_outside_quotes(body.statement) if final else labels_in(body.statement)
    yield from (label_reason("statement", word) for word in found)
    yield from (barred_reason("statement", word) for word in barred_grounds_in(body.statement))
    if not set(body.evidence) <= {each.id for each in file.evidence}:
        yield unreadable("evidence")
    if not set(body.speaks_to) <= {each.id for each in file.alleged}:
        yield unreadable("speaks_to")


def item_gaps(file: PersonFile, item: EvidenceItem, today: date) -> Iterator[Reason]:
    """Return what cannot stand in an item of evidence."""
    yield from _dated("interval", item.interval, item.obtained_on, today)
    if not is_grade(item.grade):
        yield unreadable("grade")
    if not item.origin.strip() or not item.language.strip():
        yield unreadable("origin, language")
    if not set(item.speaks_to) <= {each.id for each in file.alleged}:
        yield unreadable("speaks_to")
    yield from (label_reason("how_obtained", word) for word in labels_in(item.how_obtained))


def alleged_gaps(file: PersonFile, alleged: AllegedAct, law: Profile, today: date) -> Iterator[Reason]:
    """Return what cannot stand in an alleged act."""
    if alleged.offence_class not in OFFENCE_WORDS:
        yield unreadable("offence_class")
    if not is_interval(alleged.interval):
        yield unreadable("interval")
    elif first_day(alleged.interval.start) > today:
        yield _after("interval")
    elif before_responsibility(file.subject.birth, alleged.interval, law.minimum_age):
        yield reason(
            "typed.before_responsibility",
            Text(
                f"The act lies before the age of {law.minimum_age}.",
                f"El hecho es anterior a los {law.minimum_age} años de edad.",
            ),
            Text("Compare birth date and act with the documents.", "Coteje nacimiento y hecho con los documentos."),
            Duty.RECORDER,
            rows=("F02",),
            field="interval",
        )
    yield from (label_reason("description", word) for word in labels_in(alleged.description))
    yield from (barred_reason("description", word) for word in barred_grounds_in(alleged.description))


def court_act_gaps(court_act: CourtAct, today: date) -> Iterator[Reason]:
    """Return what cannot stand in a court act."""
    if not is_date(court_act.date) or first_day(court_act.date) > today:
        yield unreadable("date")
    if court_act.outcome not in OUTCOME_WORDS:
        yield unreadable("outcome")
    if court_act.pending_confirmed_on and not is_date(court_act.pending_confirmed_on):
        yield unreadable("pending_confirmed_on")
    if court_act.accused_count < 1 or court_act.max_penalty_months < 0 or court_act.remaining_months < 0:
        yield unreadable("accused_count, penalty")
    if not (court_act.kind is EvidenceKind.JUDGMENT and court_act.final):
        yield from (label_reason("passage", word) for word in labels_in(court_act.passage_about_person))


def whereabouts_gaps(whereabouts: Whereabouts) -> Iterator[Reason]:
    """Return what cannot stand in a record of where the person was."""
    if whereabouts.kind not in WHEREABOUTS_WORDS or not whereabouts.document:
        yield unreadable("kind, document")
    if not is_interval(whereabouts.interval):
        yield unreadable("interval")


def affiliation_gaps(affiliation: Affiliation, documents_here: Callable[[str], bool]) -> Iterator[Reason]:
    """Return what cannot stand in an affiliation: it needs its document, its period and its grade."""
    if not affiliation.document or not documents_here(affiliation.document):
        yield unreadable("document")
    if not is_interval(Interval(start=affiliation.start, end=affiliation.end)):
        yield unreadable("start, end")
    if not affiliation.group.strip() or not is_grade(affiliation.grade):
        yield unreadable("group, grade")
    if affiliation.basis is not AffiliationBasis.FINAL_JUDGMENT:
        yield from (label_reason("role_in_source", word) for word in labels_in(affiliation.role_in_source))
