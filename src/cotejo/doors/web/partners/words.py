"""What messages between two nodes are called, and their receipts."""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.words import Text

KIND_WORDS: Final[Mapping[str, Text]] = {
    "request": Text("request", "solicitud"),
    "questions": Text("questions", "preguntas"),
    "supplement": Text("answers to questions", "respuestas a preguntas"),
    "correction": Text("correction", "corrección"),
    "suspension": Text("suspension", "suspensión"),
    "reinstatement": Text("usable again", "utilizable de nuevo"),
    "withdrawal": Text("withdrawal", "retiro"),
    "erasure": Text("erasure", "supresión"),
    "sweep": Text("withdrawal completed", "retiro completado"),
    "answer": Text("periodic answer", "respuesta periódica"),
    "after_handover": Text("report after a hand-over", "informe posterior a una entrega"),
    "return": Text("return of the person", "regreso de la persona"),
    "dispute": Text("dispute", "impugnación"),
    "inquiry": Text("inquiry for the person", "consulta para la persona"),
    "inquiry_answer": Text("answer to an inquiry", "respuesta a una consulta"),
    "status_list": Text("status list", "lista de vigencias"),
    "link_checkpoint": Text("checkpoint of the link's log", "punto de control del registro del enlace"),
    "cosignature": Text("cosignature", "cofirma"),
    "key_document": Text("key document", "documento de claves"),
    "agreement": Text("signature of the next agreement", "firma del siguiente acuerdo"),
    "bulletin": Text("bulletin", "boletín"),
    "rehearsal": Text("rehearsal of the link", "ensayo del enlace"),
    "reconciliation": Text("what is held of the line", "lo que consta de la línea"),
}
OUTCOME_WORDS: Final[Mapping[str, Text]] = {
    "taken": Text("taken in", "recibido"),
    "refused": Text("refused; names everything that is missing", "rechazado; nombra todo lo que falta"),
}


def kind_words(kind: str) -> Text:
    """Return what a kind of message is called; an unknown one is shown as its code."""
    return KIND_WORDS.get(kind, Text(kind, kind))


def outcome_words(outcome: str) -> Text:
    """Return what a receipt says; an unknown outcome is shown as its code."""
    return OUTCOME_WORDS.get(outcome, Text(outcome, outcome))
