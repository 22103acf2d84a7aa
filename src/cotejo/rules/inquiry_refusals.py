"""Why a step of an inquiry is refused, and what a partner that refused the question named, with what mends it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cotejo.rules.acts import Reason
from cotejo.rules.asked import reason
from cotejo.rules.duties import Duty
from cotejo.rules.rehearsal import LINK_CLOSED
from cotejo.rules.words import Text

ON_HOLD: Final = reason(
    "inquiry.on_hold",
    Text("On hold. The inquiry cannot go on for now.", "Trámite en pausa. Por ahora la consulta no puede continuar."),
    Text("The protection officer looks again.", "Protección lo examina de nuevo."),
    Duty.PROTECTION,
    rows=("F44", "F45"),
)
NOT_NOW: Final = reason(
    "inquiry.not_now",
    Text("The inquiry is not at this step.", "La consulta no está en este paso."),
    Text("Look where it stands.", "Vea en qué paso está."),
)
SUBJECT: Final = reason(
    "inquiry.subject",
    Text("Name one person with a date of birth.", "Indique una persona con su fecha de nacimiento."),
    Text("As documented.", "Tal como consta en un documento."),
    Duty.LEGAL,
    rows=("F30",),
    field="documented",
)
MANDATE: Final = reason(
    "inquiry.mandate",
    Text("Say which counsel asks for the person.", "Indique qué defensa lo pide por la persona."),
    Text("Without the person or a judge nobody's record is asked for.", "Sin la persona o un tribunal no se consulta."),
    Duty.LEGAL,
    field="counsel",
)
ORDER: Final = reason(
    "inquiry.order",
    Text(
        "Say which judge ordered it, its number, and on which past day the person was heard.",
        "Indique qué tribunal lo ordenó, su número y en qué día pasado fue oída la persona.",
    ),
    Text("An officer's wish is no basis.", "El deseo de una persona funcionaria no es base."),
    Duty.LEGAL,
    field="court",
)
DOCUMENT: Final = reason(
    "inquiry.document",
    Text("The mandate or the order is not here.", "Falta el mandato o la orden."),
    Text("Attach it; it travels with the inquiry.", "Adjúntelo; viaja con la consulta."),
    Duty.LEGAL,
    field="document",
)
NO_AGREEMENT: Final = reason(
    "inquiry.no_agreement",
    Text("No agreement with this agency is in force.", "Ningún acuerdo con esta entidad está vigente."),
    Text("Partner relations renew or sign it first.", "Relaciones con contrapartes lo renueva o firma primero."),
    Duty.PARTNERS,
    rows=("F19",),
)
NO_RECORDS: Final = reason(
    "inquiry.not_agreed",
    Text("The agreement does not cover court records.", "El acuerdo no contempla expedientes judiciales."),
    Text("Partner relations agree on it first.", "Relaciones con contrapartes lo acuerda primero."),
    Duty.PARTNERS,
    rows=("F19",),
)
RECOVERING: Final = reason(
    "inquiry.recovering",
    Text("This installation is being restored.", "Esta instalación se está restaurando."),
    Text("The operator finishes the restoration first.", "Operación termina primero la restauración."),
    Duty.OPERATOR,
)
KNOWN: Final = reason(
    "inquiry.known",
    Text("This inquiry was taken in before.", "Esta consulta ya había sido recibida."),
    Text("Nothing more is needed.", "No hace falta nada más."),
)
ANSWERED_ALREADY: Final = reason(
    "inquiry.named",
    Text("You have answered. Another officer answers as well.", "Usted ya respondió. Responde también otra persona."),
    Text("Both answers are opened together.", "Ambas respuestas se abren juntas."),
    rows=("F26",),
)
REASONS: Final = reason(
    "inquiry.reasons",
    Text("Write why, in your own words.", "Escriba por qué, con sus propias palabras."),
    Text("A name and a birth date are never enough.", "El nombre y la fecha de nacimiento nunca bastan."),
    rows=("F26",),
    field="reasons",
)
NO_SUCH_FILE: Final = reason(
    "inquiry.file",
    Text("A named file is not here, or is named twice.", "Un expediente indicado no está aquí, o se indicó dos veces."),
    Text("Copy the file's address number.", "Copie el número de la dirección del expediente."),
    field="persons",
)
NOT_AGREED: Final = reason(
    "inquiry.not_agreed",
    Text(
        "Two officers have not said alike which files are about this person.",
        "Dos personas no han dicho por igual qué expedientes son de esta persona.",
    ),
    Text("They answer first, each alone.", "Responden primero, cada una por su lado."),
    Duty.CHECKER,
    Duty.CERTIFIER,
    rows=("F26",),
)
TOO_LONG: Final = reason(
    "inquiry.too_long",
    Text("The record is longer than a message holds.", "El historial es más largo que un mensaje."),
    Text("Hand it to counsel on paper.", "Entréguelo en papel a la defensa."),
)
NOT_ASKED: Final = reason(
    "inquiry.not_asked",
    Text("This was not asked of that agency.", "Esto no se consultó a esa entidad."),
    Text("The message has no effect.", "El mensaje no tiene efecto."),
)
_REMEDIES: Final[Mapping[str, Reason]] = MappingProxyType(
    {
        **{each.code: each for each in (SUBJECT, MANDATE, ORDER, DOCUMENT, NO_AGREEMENT, KNOWN, LINK_CLOSED)},
        "missing_document": DOCUMENT,
    }
)
_ASK_OPERATOR: Final = Text(
    "Ask the operator; once the other side's program was upgraded, begin the inquiry anew.",
    "Consulte a operación; cuando se actualice el programa de la contraparte, inicie la consulta de nuevo.",
)


def remedy_of(code: str) -> Text:
    """Return what mends what a partner named as wrong with a question; its words are in `rules.gap_words`."""
    known = _REMEDIES.get(code)
    return known.remedy if known is not None and known.remedy is not None else _ASK_OPERATOR
