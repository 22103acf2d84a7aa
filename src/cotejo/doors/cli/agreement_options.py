"""The terms of an agreement as options: the same words for a first draft and for one that changes the newest terms."""

import re
from typing import Any, Final

import typer

from cotejo.doors.cli.speaking import both, option
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY, HOUR, MINUTE, SECOND

UNITS: Final = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY}
DURATION: Final = re.compile(r"([0-9]+)([smhd])")


def duration(text: str) -> Millis:
    """Read a duration such as 90s, 10m, 24h or 30d."""
    read = DURATION.fullmatch(text.strip())
    if read is None:
        raise typer.BadParameter("90s, 10m, 24h, 30d")
    return int(read[1]) * UNITS[read[2]]


def _lasting(en: str, es: str) -> Any:  # noqa: ANN401 - as the library has it
    return option(en, es, parser=duration, metavar=both("DURATION", "DURACIÓN"))


BEGINS_IN: Final = _lasting("How long from now it begins.", "En cuánto tiempo comienza.")
VALID_FOR: Final = _lasting("How long it holds.", "Cuánto tiempo rige.")
LASTS: Final = _lasting(
    "How long the ending takes; when not given, as short as the terms allow.",
    "Cuánto dura el cierre; si no se indica, lo más breve que permiten los términos.",
)
READING: Final = _lasting("How long a status serves for reading.", "Cuánto sirve la constancia de vigencia para leer.")
ADMINISTRATIVE: Final = _lasting(
    "How long a status serves for other steps.", "Cuánto sirve la constancia de vigencia para otros pasos."
)
GRAVE: Final = _lasting(
    "How long a status serves for deciding.", "Cuánto sirve la constancia de vigencia para decidir."
)
ANSWER_EVERY: Final = _lasting("How often answers go out.", "Cada cuánto salen las respuestas.")
SWEEP_EVERY: Final = _lasting("How often withdrawals are swept.", "Cada cuánto se completan los retiros.")
PACKAGE_VALIDITY: Final = _lasting("How long a request serves.", "Cuánto sirve una solicitud.")
SKEW: Final = _lasting("By how much clocks may differ.", "Cuánto pueden diferir los relojes.")
ARRIVAL: Final = _lasting(
    "After a hand-over: the time until arrival is told.", "Tras la entrega: plazo para informar la llegada."
)
BEFORE_JUDGE: Final = _lasting(
    "After a hand-over: the time until the person is before a judge.",
    "Tras la entrega: plazo para que la persona esté ante autoridad judicial.",
)
CUSTODY_EVERY: Final = _lasting(
    "After a hand-over: how often custody is told.", "Tras la entrega: cada cuánto se informa sobre la custodia."
)
TOLD: Final = _lasting(
    "After a hand-over: the time until counsel and family are told.",
    "Tras la entrega: plazo para avisar a la defensa y a la familia.",
)
CEILING: Final = option("Requests a month, at most.", "Solicitudes al mes, como máximo.")
KEPT: Final = option(
    "Months everything is kept from the newest evidence.", "Meses que todo se conserva desde la prueba más reciente."
)
SEALED: Final = option(
    "Months a sealed copy is kept at least; 0: as the law of both asks.",
    "Meses que se conserva al menos la copia sellada; 0: lo que pide la ley de ambas.",
)
ROUTES: Final = option(
    "A legal route requests may take; repeat it for each.",
    "Una vía legal que pueden seguir las solicitudes; se repite para cada una.",
)
DATA: Final = option(
    "A kind of data that may pass; repeat it for each.", "Una clase de datos que puede pasar; se repite para cada una."
)
HANDLING: Final = option(
    "A handling code that may be used; repeat it for each.",
    "Un código de manejo que se puede usar; se repite para cada uno.",
)
STANDING: Final = option(
    "A node to which either party may pass requests on; repeat it for each.",
    "Un nodo al que cualquiera de las partes puede trasladar solicitudes; se repite para cada uno.",
)
WITNESS: Final = option(
    "The key (name+hash+key) of an outside body: it confirms both logs and appoints both auditors. Repeat it for each.",
    "La clave (nombre+huella+clave) de un órgano externo: confirma ambos registros y nombra a quienes auditan ambos "
    "nodos. Se repite para cada uno.",
)
