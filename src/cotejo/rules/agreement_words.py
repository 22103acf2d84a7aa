"""An agreement in words: what both agencies signed and both machines enforce, and what another one changes of it."""

from collections.abc import Iterable
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY, HOUR, MINUTE, SECOND, Agreement
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

_UNITS: Final = (
    (DAY, Text("{n} day", "{n} día"), Text("{n} days", "{n} días")),
    (HOUR, Text("{n} hour", "{n} hora"), Text("{n} hours", "{n} horas")),
    (MINUTE, Text("{n} minute", "{n} minuto"), Text("{n} minutes", "{n} minutos")),
    (SECOND, Text("{n} second", "{n} segundo"), Text("{n} seconds", "{n} segundos")),
)
_PURPOSES: Final = {"criminal_justice": Text("criminal justice", "justicia penal")}
_NOBODY: Final = Text("nobody", "nadie")


def duration(length: Millis) -> Text:
    """Return a length of time in the largest unit that divides it."""
    for unit, one, many in _UNITS:
        if length >= unit and length % unit == 0:
            count = length // unit
            return (one if count == 1 else many).say(n=count)
    return Text(f"{length} ms", f"{length} ms")


def terms_of(agreement: Agreement) -> tuple[tuple[Text, Text], ...]:
    """Return the terms as names and values, in the order in which an officer asks for them."""
    lifetimes, handover = agreement.lifetimes, agreement.handover
    most = Text(f"{agreement.ceiling_per_month}", f"{agreement.ceiling_per_month}")
    return (
        (
            Text("Purposes", "Finalidades"),
            _joined(_PURPOSES.get(each, Text(each, each)) for each in agreement.purposes),
        ),
        (Text("Data", "Datos"), _joined(words_of(each) for each in agreement.data)),
        (Text("Legal routes", "Vías legales"), _joined(words_of(each) for each in agreement.routes)),
        (Text("Handling codes", "Códigos de manejo"), _joined(words_of(each) for each in agreement.handling)),
        (Text("Requests a month, at most", "Solicitudes al mes, como máximo"), most),
        (Text("Status serves for reading", "La constancia sirve para leer"), duration(lifetimes.reading)),
        (
            Text("Status serves for other steps", "La constancia sirve para otros pasos"),
            duration(lifetimes.administrative),
        ),
        (Text("Status serves for deciding", "La constancia sirve para decidir"), duration(lifetimes.grave)),
        (Text("Answers go out every", "Las respuestas salen cada"), duration(agreement.answer_every)),
        (Text("Withdrawals are swept every", "Los retiros se completan cada"), duration(agreement.sweep_every)),
        (Text("After a hand-over: arrival within", "Tras la entrega: llegada en"), duration(handover.arrival)),
        (Text("Before a judge within", "Ante autoridad judicial en"), duration(handover.before_judge)),
        (Text("Counsel and family told within", "Defensa y familia avisadas en"), duration(handover.told)),
        (Text("Report on custody every", "Informe sobre custodia cada"), duration(handover.custody_every)),
        (Text("A request serves for", "Una solicitud sirve por"), duration(agreement.package_validity)),
        (
            Text("Kept from the newest evidence for", "Se conserva desde la prueba más reciente"),
            _months(agreement.kept_months),
        ),
        (Text("Sealed copy kept at least", "La copia sellada se conserva al menos"), _sealed(agreement.sealed_months)),
        (Text("Clocks may differ by", "Los relojes pueden diferir en"), duration(agreement.skew)),
        (Text("Standing recipients", "Destinatarios permanentes"), _names(agreement.standing_recipients)),
        (Text("Outside witnesses", "Testigos externos"), _names(tuple(map(_witness, agreement.witnesses)))),
    )


def changes_of(earlier: Agreement, terms: Agreement) -> tuple[tuple[Text, Text, Text], ...]:
    """Return what the later terms change: the name of each term, its value before, its value after."""
    pairs = zip(terms_of(earlier), terms_of(terms), strict=True)
    return tuple((name, before, after) for (name, before), (_, after) in pairs if before != after)


def _months(count: int) -> Text:
    return Text(f"{count} months", f"{count} meses")


def _sealed(count: int) -> Text:
    return _months(count) if count else Text("as the law of both asks", "lo que pide la ley de ambas")


def _joined(words: Iterable[Text]) -> Text:
    listed = tuple(words)
    if not listed:
        return Text("none", "ninguno")
    return Text(", ".join(each.en for each in listed), ", ".join(each.es for each in listed))


def _witness(key: str) -> str:
    """Return a witness's name; what follows it in an agreement is the key."""
    return key.partition("+")[0]


def _names(names: tuple[str, ...]) -> Text:
    return Text(", ".join(names), ", ".join(names)) if names else _NOBODY
