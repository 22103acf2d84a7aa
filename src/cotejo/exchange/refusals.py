"""Why a message was not taken in: one noun each, a sentence for the operator in two languages.

1. A refused message has no effect; it is written down with its reason (issue "Bad input").
2. What the partner hears is the code alone; the detail stays in our log and never holds content.
3. A gap or a broken line stops that direction until the partner sends the message asked for.
"""

from enum import Enum

from cotejo.rules.words import Text


class WireReason(Enum):
    """A named reason; `code` is what the log and the wire carry."""

    NOT_READABLE = Text(
        "The message cannot be opened or its signature is wrong; nothing was taken in.",
        "El mensaje no se puede abrir o su firma no es válida; no se recibió nada.",
    )
    TOO_LARGE = Text(
        "The message is larger than the exchange allows; nothing was taken in.",
        "El mensaje supera el tamaño permitido; no se recibió nada.",
    )
    UNKNOWN_PARTNER = Text(
        "No paired partner sealed this message.",
        "Ninguna contraparte vinculada selló este mensaje.",
    )
    UNKNOWN_KEY = Text(
        "The signature is under a key that is not in force in the key document held of this partner; the newer "
        "document is taken first.",
        "La firma usa una clave que no está vigente en el documento de claves que consta de esta contraparte; primero "
        "se recibe el documento más nuevo.",
    )
    NOT_FOR_US = Text(
        "The message is addressed to somebody else.",
        "El mensaje está dirigido a otra entidad.",
    )
    UNKNOWN_VERSION = Text(
        "The partner speaks a newer version of the exchange; ask the operator to upgrade.",
        "La contraparte usa una versión más nueva del intercambio; pida al operador que actualice.",
    )
    UNKNOWN_KIND = Text(
        "This node does not know this kind of message.",
        "Este nodo no conoce esta clase de mensaje.",
    )
    WRONG_BODY = Text(
        "The content does not have the form of its kind.",
        "El contenido no tiene la forma de su clase.",
    )
    WRONG_AGREEMENT = Text(
        "The message cites an agreement that both have not signed, or whose turn has not come.",
        "El mensaje cita un acuerdo que ambas partes no han firmado o que aún no empieza a regir.",
    )
    NO_AGREEMENT = Text(
        "No agreement with this partner is in force today.",
        "Hoy no hay ningún acuerdo vigente con esta contraparte.",
    )
    GAP = Text(
        "An earlier message of this partner is missing; the line waits for it.",
        "Falta un mensaje anterior de esta contraparte; la línea lo espera.",
    )
    BROKEN_LINE = Text(
        "The message does not follow the one before it; compare both link logs with the partner.",
        "El mensaje no sigue al anterior; comparen ambos registros del enlace con la contraparte.",
    )
    SAME_NUMBER_OTHER_BYTES = Text(
        "A second, different message carries the number of one taken in before: alarm.",
        "Un segundo mensaje distinto lleva el número de otro ya recibido: alarma.",
    )
    FROM_THE_FUTURE = Text(
        "The message is dated later than our clock allows; check both clocks.",
        "El mensaje tiene fecha posterior a la que admite nuestro reloj; revise ambos relojes.",
    )
    MISSING_DOCUMENT = Text(
        "A document the message cites has not arrived whole.",
        "Un documento citado en el mensaje no ha llegado completo.",
    )
    RECOVERING = Text(
        "This node is being restored and takes nothing in until reconciliation is done.",
        "Este nodo se está restaurando y no recibe nada hasta terminar la conciliación.",
    )
    LINES_DIFFER = Text(
        "Both nodes hold different messages of one line; compare the link logs with the partner.",
        "Ambos nodos tienen mensajes distintos de una misma línea; comparen los registros del enlace.",
    )
    KEY_DOCUMENT_EXPIRED = Text(
        "The key document held of this partner has expired; the next one, signed by its root, is taken first.",
        "El documento de claves de esta contraparte venció; primero se recibe el siguiente, firmado por su raíz.",
    )
    NOT_THE_ORIGINS = Text(
        "What was passed on is not what its origin signed; nothing of it was taken in.",
        "Lo reenviado no es lo que firmó su origen; no se recibió nada de ello.",
    )
    WRONG_RECEIPT = Text(
        "The receipt does not belong to the message sent.",
        "El acuse no corresponde al mensaje enviado.",
    )

    @property
    def code(self) -> str:
        """Return the stable code."""
        return self.name.lower()


class WireRefusal(Exception):  # noqa: N818 - it names what happened to a message
    """A message was not taken in. `detail` is for our log; `expected` the sequence number a gap waits for.

    `partner` is whose message it is, once that is known.
    """

    def __init__(self, reason: WireReason, detail: str = "", *, expected: int = 0) -> None:
        super().__init__(f"{reason.code}: {detail}" if detail else reason.code)
        self.reason = reason
        self.detail = detail
        self.expected = expected
        self.partner = ""
