"""Gates about the person: who it is, in which category, of what age, with possible dates.

1. One dated category; only an accused or convicted person can be asked for, and a court act says the same (F12).
2. Nobody under eighteen, now or at any alleged act, is asked for (F21); a doubtful birth date counts as a child's.
3. A verified document number with its document, a name in parts, a birth year and sex; never a name alone (F26).
4. No impossible data: future births, ages over 110, acts before the age of responsibility or after their report (F02).
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.dates import age_at_least, first_day, is_date, is_interval, last_day, months_after
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Category, EvidenceKind, Interval, Sex
from cotejo.rules.field_words import words_of_field
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.package import Subject
from cotejo.rules.words import Text

ADULT_YEARS: Final = 18
OLDEST_YEARS: Final = 110
"""F02, default of the catalogue."""

IDENTIFIER_KINDS: Final = frozenset({"dui", "passport", "civil_registry"})
_MONTHS: Final = 12
_RECORD: Final = Duty.RECORDER

_OPEN_CATEGORY: Final = Text(
    "Only a person who is accused or convicted can be asked for, from a named day.",
    "Solo puede pedirse a una persona acusada o condenada, desde una fecha determinada.",
)
_SET_CATEGORY: Final = Text(
    "Record the warrant or the final judgment and set the category with its date.",
    "Registre la orden de captura o la sentencia firme y fije la categoría con su fecha.",
)
_CATEGORY_UNSUPPORTED: Final = Text(
    "No court act in the file shows this category.", "Ningún acto judicial del expediente muestra esta categoría."
)
_CHILD: Final = Text(
    "The person is under eighteen, was so at an alleged act, or the file cannot show otherwise.",
    "La persona es menor de dieciocho años, lo era en un hecho atribuido, o el expediente no permite descartarlo.",
)
_CHILD_REMEDY: Final = Text(
    "Children are not asked for here. If the birth date is incomplete, record the civil registry entry.",
    "Aquí no se pide a niñas, niños ni adolescentes. Si falta la fecha de nacimiento, registre la partida.",
)


def category(reading: Reading) -> Gate:
    """F12: exactly one dated category, accused or convicted, borne out by a court act."""
    package = reading.package
    found: list[Reason] = []
    if package.category not in (Category.ACCUSED, Category.CONVICTED) or not is_date(package.category_since):
        found.append(lacks("category.not_accused_or_convicted", _OPEN_CATEGORY, _SET_CATEGORY, _RECORD, rows=("F12",)))
    elif not any(_bears_out(package.category, each.kind, final=each.final) for each in package.court_acts):
        found.append(lacks("category.without_court_act", _CATEGORY_UNSUPPORTED, _SET_CATEGORY, _RECORD, rows=("F12",)))
    return gate("category", Text("Category of the person", "Categoría de la persona"), found, rows=("F12",))


def _bears_out(category: Category, kind: EvidenceKind, *, final: bool) -> bool:
    if category is Category.CONVICTED:
        return kind is EvidenceKind.JUDGMENT and final
    return kind in (EvidenceKind.WARRANT, EvidenceKind.CHARGE)


def child(reading: Reading) -> Gate:
    """F21: nobody under eighteen now or at any alleged act; nobody in this house can clear it."""
    package = reading.package
    moments = [reading.today]
    moments += [first_day(each.interval.start) for each in package.alleged if is_date(each.interval.start)]
    birth = package.subject.birth
    adult = is_date(birth) and all(age_at_least(birth, ADULT_YEARS, each) for each in moments)
    found = () if adult else (lacks("child.under_eighteen", _CHILD, _CHILD_REMEDY, _RECORD, rows=("F21",)),)
    return gate("child", Text("Not a child", "No es menor de edad"), found, rows=("F21",), stops=True)


def subject(reading: Reading) -> Gate:
    """F26: what a receiver needs to find that it is somebody else."""
    return gate(
        "subject",
        Text("Who the person is", "Quién es la persona"),
        _subject_gaps(reading, reading.package.subject),
        rows=("F26", "F30"),
    )


def _subject_gaps(reading: Reading, who: Subject) -> Iterator[Reason]:
    if not any(each.documented and each.given and each.first_surname for each in who.names):
        yield lacks(
            "subject.no_full_name",
            Text(
                "No name with given names and first surname, as documented.",
                "Falta un nombre con nombres de pila y primer apellido, tal como consta en el documento.",
            ),
            Text("Copy the name from an identity document.", "Copie el nombre de un documento de identidad."),
            _RECORD,
            rows=("F30",),
        )
    if not is_date(who.birth):
        yield lacks(
            "subject.no_birth_year",
            Text("No birth date, not even a year.", "Falta la fecha de nacimiento, ni siquiera consta el año."),
            Text("Take it from the civil registry entry.", "Tómela de la partida de nacimiento."),
            _RECORD,
            rows=("F26",),
        )
    if who.sex is Sex.UNKNOWN or not who.nationality or not who.nationality_basis:
        yield lacks(
            "subject.no_sex_or_nationality",
            Text(
                "Sex, nationality or the basis of the nationality is missing.",
                "Falta el sexo, la nacionalidad o la base de la nacionalidad.",
            ),
            Text("Complete them from a document.", "Complételos con un documento."),
            _RECORD,
            rows=("F26",),
        )
    if not any(
        each.verified and each.kind in IDENTIFIER_KINDS and each.value and reading.documents_here(each.document)
        for each in who.identifiers
    ):
        yield lacks(
            "subject.no_verified_identifier",
            Text(
                "No identity number (DUI, passport, civil registry) was checked against a document that is attached.",
                "Ningún número de identidad (DUI, pasaporte, registro civil) fue cotejado con un documento adjunto.",
            ),
            Text(
                "Attach the document and let a checking officer verify the number.",
                "Adjunte el documento y pida que se coteje el número.",
            ),
            _RECORD,
            Duty.CHECKER,
            rows=("F26",),
        )


def dates(reading: Reading) -> Gate:
    """F02: no impossible data."""
    found = (*birth_gaps(reading.package.subject.birth, reading.today), *_event_gaps(reading))
    return gate("dates", Text("Possible dates", "Fechas posibles"), found, rows=("F02", "F16"))


def birth_gaps(birth: str, today: date) -> tuple[Reason, ...]:
    """Return why a birth date is impossible: in the future, or more than 110 years ago. Empty text is only missing."""
    if not birth:
        return ()
    if not is_date(birth):
        return (_unreadable("birth"),)
    if first_day(birth) > today or months_after(last_day(birth), (OLDEST_YEARS + 1) * _MONTHS) <= today:
        return (
            lacks(
                "dates.impossible_birth",
                Text(
                    "The birth date lies in the future or more than 110 years back.",
                    "La fecha de nacimiento es futura o de hace más de 110 años.",
                ),
                Text("Compare it with the document.", "Cotéjela con el documento."),
                _RECORD,
                rows=("F02",),
                field="birth",
            ),
        )
    return ()


def _unreadable(field: str) -> Reason:
    named = words_of_field(field)
    return lacks(
        "dates.unreadable",
        Text(
            f"A date is missing or is not written YYYY, YYYY-MM or YYYY-MM-DD: {named.en}.",
            f"Falta una fecha o no está escrita AAAA, AAAA-MM o AAAA-MM-DD: {named.es}.",
        ),
        Text("Write the date with figures, from the document.", "Escriba la fecha con cifras, según el documento."),
        _RECORD,
        rows=("F16",),
        field=field,
    )


def _event_gaps(reading: Reading) -> Iterator[Reason]:
    package = reading.package
    reported = [
        *((f"claim {n}", each.interval, each.as_of) for n, each in numbered(package.claims)),
        *((f"evidence {n}", each.interval, each.obtained_on) for n, each in numbered(package.evidence)),
        *((f"act {n}", each.interval, package.made_on) for n, each in numbered(package.alleged)),
    ]
    for name, interval, report in reported:
        if not is_interval(interval) or not is_date(report):
            yield _unreadable(name)
        elif first_day(interval.start) > last_day(report):
            named = words_of_field(name)
            yield lacks(
                "dates.event_after_report",
                Text(
                    f"The event is dated after the record that reports it: {named.en}.",
                    f"El hecho tiene fecha posterior al registro que lo informa: {named.es}.",
                ),
                Text("Compare both dates with the document.", "Coteje ambas fechas con el documento."),
                _RECORD,
                rows=("F02",),
                field=name,
            )
    for n, each in numbered(package.alleged):
        if before_responsibility(package.subject.birth, each.interval, reading.origin_law.minimum_age):
            yield lacks(
                "dates.before_responsibility",
                Text(
                    "Act {n} lies before the age of criminal responsibility.",
                    "El hecho {n} es anterior a la edad de responsabilidad penal.",
                ),
                Text("Compare birth date and act with the documents.", "Coteje nacimiento y hecho con los documentos."),
                _RECORD,
                rows=("F02",),
                n=n,
            )


def before_responsibility(birth: str, interval: Interval, minimum_age: int) -> bool:
    """Say whether an act may lie before the age of criminal responsibility; unreadable dates are another gate's."""
    if not is_date(birth) or not is_date(interval.start):
        return False
    return not age_at_least(birth, minimum_age, first_day(interval.start))
