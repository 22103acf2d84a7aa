"""The closed list of purposes: why somebody reads or writes (I10). Every act, read, export and refusal names one.

1. A purpose is about a task, not a person: the duty says who may have it, the policy files of `access` say when.
2. What has no purpose here cannot be read: there is none for browsing, trying out or training.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cotejo.rules.words import Text


class Purpose(StrEnum):
    """Why something is read or done. Codes are stored; words come from `PURPOSE_WORDS`."""

    RECORDING = "recording"
    CHECKING = "checking"
    REQUEST = "request"
    INTAKE = "intake"
    PROTECTION = "protection"
    NATIONALITY = "nationality"
    IDENTITY = "identity"
    LEGAL_REVIEW = "legal_review"
    RISK = "risk"
    DECISION = "decision"
    COURT_ORDER = "court_order"
    HANDOVER = "handover"
    REDRESS = "redress"
    ANALYSIS = "analysis"
    AUDIT = "audit"
    STATISTICS = "statistics"
    OVERSIGHT = "oversight"
    PARTNERS = "partners"
    EXCHANGE = "exchange"
    INQUIRY = "inquiry"
    RETENTION = "retention"
    OPERATION = "operation"


PURPOSE_WORDS: Final[Mapping[Purpose, Text]] = {
    Purpose.RECORDING: Text("recording a file", "registro de un expediente"),
    Purpose.CHECKING: Text("checking against documents", "verificación con los documentos"),
    Purpose.REQUEST: Text("preparing or sending a request", "preparación o envío de una solicitud"),
    Purpose.INTAKE: Text("taking in a request", "recepción de una solicitud"),
    Purpose.PROTECTION: Text("checking for protection", "comprobación de protección"),
    Purpose.NATIONALITY: Text("checking nationality", "comprobación de nacionalidad"),
    Purpose.IDENTITY: Text("finding whether it is the same person", "comprobación de si es la misma persona"),
    Purpose.LEGAL_REVIEW: Text("legal review", "revisión jurídica"),
    Purpose.RISK: Text("assessing risk for the person", "evaluación de riesgo para la persona"),
    Purpose.DECISION: Text("deciding a case", "decisión de un caso"),
    Purpose.COURT_ORDER: Text("registering a court order", "registro de una orden judicial"),
    Purpose.HANDOVER: Text("following a hand-over", "seguimiento de una entrega"),
    Purpose.REDRESS: Text("redress for the person", "reparación para la persona"),
    Purpose.ANALYSIS: Text("knowledge about groups", "conocimiento sobre grupos"),
    Purpose.AUDIT: Text("audit", "auditoría"),
    Purpose.STATISTICS: Text("figures for the public", "cifras para el público"),
    Purpose.OVERSIGHT: Text("oversight", "supervisión"),
    Purpose.PARTNERS: Text("relations with partner agencies", "relaciones con contrapartes"),
    Purpose.INQUIRY: Text(
        "a court record for the person or a judge", "historial judicial para la persona o un tribunal"
    ),
    Purpose.EXCHANGE: Text("exchange between nodes", "intercambio entre nodos"),
    Purpose.RETENTION: Text("keeping and erasing", "conservación y supresión"),
    Purpose.OPERATION: Text("running the node", "operación del nodo"),
}
