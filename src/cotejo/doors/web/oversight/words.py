"""What the auditor reads for a code of the log: every act of the house, of whatever kind of case, has words here."""

from collections.abc import Mapping
from typing import Final

from cotejo.doors.web.records.history import SENTENCES
from cotejo.doors.web.review.words import ACT_WORDS
from cotejo.rules.words import Text

_OF_INQUIRIES: Final[Mapping[str, Text]] = {
    "inquiry.opened": Text("The inquiry was begun.", "Se inició la consulta."),
    "inquiry.protection_checked": Text("Protection was checked.", "Se comprobó protección."),
    "inquiry.sent": Text("The inquiry was sent.", "Se envió la consulta."),
    "inquiry.taken": Text("An inquiry of the partner arrived.", "Llegó una consulta de la contraparte."),
    "inquiry.person_named": Text(
        "An officer said which files are about the person.", "Se indicó qué expedientes son de la persona."
    ),
    "inquiry.answered": Text("The court record was sent.", "Se envió el historial judicial."),
    "inquiry.answer_recorded": Text("The partner's court record arrived.", "Llegó el historial de la contraparte."),
    "inquiry.refused": Text("The partner refused the inquiry.", "La contraparte rechazó la consulta."),
    "inquiry.closed": Text("The refused inquiry was closed.", "Se cerró la consulta rechazada."),
    "inquiry.overdue": Text("The answer is overdue.", "La respuesta está vencida."),
    "inquiry.forgotten": Text("What was asked was erased.", "Se suprimió lo consultado."),
}
_OF_GROUPS: Final[Mapping[str, Text]] = {
    "bulletin.prepared": Text("A bulletin was written.", "Se escribió un boletín."),
    "bulletin.passed": Text("A bulletin was passed on.", "Se transmitió un boletín."),
    "bulletin.taken": Text("A bulletin of the partner arrived.", "Llegó un boletín de la contraparte."),
    "group.opened": Text("A group was begun.", "Se abrió un grupo."),
    "group.structure_recorded": Text(
        "The structure of a group was recorded.", "Se registró la estructura de un grupo."
    ),
    "group.checked": Text("A group was checked against its sources.", "Se cotejó un grupo con sus fuentes."),
    "incident.recorded": Text("An incident was recorded.", "Se registró un incidente."),
    "incident.checked": Text(
        "An incident was checked against its documents.", "Se cotejó un incidente con sus documentos."
    ),
}
_OF_AUDITORS: Final[Mapping[str, Text]] = {
    "appointment.made": Text("An outside body appointed the auditor.", "Un órgano externo nombró a quien audita."),
    "appointment.revoked": Text(
        "The body that appointed the auditor ended it.", "El órgano que nombró a quien audita lo terminó."
    ),
    "appointment.closed": Text("The auditor's account was ended.", "Terminó la cuenta de quien audita."),
}
WORDS_OF_ACTS: Final[Mapping[str, Text]] = {**ACT_WORDS, **SENTENCES, **_OF_INQUIRIES, **_OF_GROUPS, **_OF_AUDITORS}


def words_of_act(code: str) -> Text:
    """Return what an act is called; one that an earlier version stored is shown as its code."""
    return WORDS_OF_ACTS.get(code, Text(code, code))
