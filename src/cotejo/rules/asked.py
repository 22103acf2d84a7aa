"""Who may ask a person file or a dossier for something, said once for both.

1. A person acts in one named duty; the clock, a partner and the redress door have their own few commands (F43).
2. Signing in two duties of one case is refused where the command is accepted, for every door (I1).
"""

from collections.abc import Iterable
from typing import Final

from cotejo.rules.acts import Reason
from cotejo.rules.duties import DUTY_WORDS, Duty, Officer, Who
from cotejo.rules.words import Text


def reason(code: str, text: Text, remedy: Text, *clears: Duty, rows: tuple[str, ...] = (), field: str = "") -> Reason:
    """Make a reason with its remedy."""
    return Reason(code=code, text=text, remedy=remedy, field=field, clears=clears, rows=rows)


def in_duty(who: Who, *duties: Duty) -> tuple[Reason, ...]:
    """Refuse anybody but an officer in one of these duties."""
    if isinstance(who, Officer) and who.duty in duties:
        return ()
    english = ", ".join(DUTY_WORDS[each].en for each in duties)
    spanish = ", ".join(DUTY_WORDS[each].es for each in duties)
    return (
        reason(
            "asked.wrong_duty",
            Text(f"This step belongs to: {english}.", f"Este paso corresponde a: {spanish}."),
            Text("Pass it to an officer with that duty.", "Páselo a una persona con esa función."),
            *duties,
            rows=("F43",),
        ),
    )


def of_kind(who: Who, *kinds: type[Who]) -> tuple[Reason, ...]:
    """Refuse anybody but the clock, a partner or the redress door, as named."""
    if isinstance(who, kinds):
        return ()
    return (
        reason(
            "asked.wrong_origin",
            Text("This cannot be entered by hand.", "Esto no puede ingresarse a mano."),
            Text("It comes by message, timer or redress.", "Llega por mensaje, plazo o reparación."),
            rows=("F43",),
        ),
    )


def not_among(who: Who, others: Iterable[Officer], signed: Text) -> tuple[Reason, ...]:
    """Refuse an officer who already signed in another duty of the same case; `signed` says which (I1)."""
    if not isinstance(who, Officer) or all(each.id != who.id for each in others):
        return ()
    return (
        reason(
            "asked.same_person",
            Text(f"You already took part in this case: {signed.en}.", f"Usted ya intervino en este caso: {signed.es}."),
            Text("Another officer must take this step.", "Otra persona debe dar este paso."),
            rows=("F09",),
        ),
    )


NOTHING_HERE: Final = reason(
    "asked.nothing_here",
    Text("There is no such case here.", "Ese caso no existe aquí."),
    Text("Look for it by its number.", "Búsquelo por su número."),
)
EXISTS: Final = reason(
    "asked.exists",
    Text("This was already begun.", "Esto ya fue iniciado."),
    Text("Open the existing one.", "Abra el existente."),
)
CHECKED_ALREADY: Final = reason(
    "asked.checked_already",
    Text(
        "This is checked already, or changed since it was opened.",
        "Esto ya está cotejado, o cambió desde que se abrió.",
    ),
    Text("Open it again and read what stands there now.", "Ábralo de nuevo y lea lo que dice ahora."),
)
SAME_OFFICE: Final = reason(
    "asked.same_office",
    Text(
        "Who checks must be another person of another unit or chain than who recorded.",
        "Quien coteja debe ser otra persona, de otra unidad o línea de mando, que quien registró.",
    ),
    Text("Pass it to a checking officer elsewhere.", "Páselo a verificación en otra unidad."),
    Duty.CHECKER,
    rows=("F09",),
)
NO_WORDS: Final = reason(
    "asked.no_reason_given",
    Text("Say why, in a sentence.", "Indique el motivo en una frase."),
    Text("Write the reason and repeat.", "Escriba el motivo y repita."),
)
