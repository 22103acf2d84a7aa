"""Why something offered as proof was not accepted: one noun each, with a sentence for the officer in two languages.

Functions that check bytes raise `ProofError`; functions that answer a question (is this status fresh?) return the
`Reason` or nothing. The detail is for the log and never holds key material or the text of a message.
"""

from enum import Enum


class Reason(Enum):
    """A named reason; `en` and `es` are the sentences people read, `code` is what the log and the wire carry."""

    NOT_EXACT = (
        "The data is not in the exact form the exchange requires.",
        "Los datos no tienen la forma exacta que exige el intercambio.",
    )
    TOO_LARGE = (
        "This is larger than one message may be; send it as document parts.",
        "Es mayor de lo que admite un mensaje; envíelo como partes de documento.",
    )
    BAD_KEY = (
        "A key is malformed or of a kind that proves nothing.",
        "Una clave está mal formada o es de un tipo que no prueba nada.",
    )
    UNKNOWN_KEY = (
        "It names a key that this partner has not published, or that is no longer in force.",
        "Indica una clave que la contraparte no ha publicado o que ya no está vigente.",
    )
    WRONG_PURPOSE = (
        "It was signed with a key meant for another purpose.",
        "Se firmó con una clave destinada a otro fin.",
    )
    WRONG_TYPE = (
        "This is another kind of signed item than expected.",
        "Es otra clase de pieza firmada que la esperada.",
    )
    FORBIDDEN_ALGORITHM = (
        "It uses a way of signing that the exchange does not accept.",
        "Usa un modo de firma que el intercambio no acepta.",
    )
    BAD_SIGNATURE = (
        "The signature does not belong to this content.",
        "La firma no corresponde a este contenido.",
    )
    NOT_AN_ENVELOPE = ("This is not a sealed message of the exchange.", "No es un mensaje sellado del intercambio.")
    UNKNOWN_SUITE = (
        "It was sealed in a way this office does not offer.",
        "Se selló de un modo que esta oficina no ofrece.",
    )
    NOT_OPENED = (
        "The seal does not open: altered, cut short, or meant for somebody else.",
        "El sello no abre: fue alterado, está incompleto o era para otro destinatario.",
    )
    BAD_PADDING = (
        "The sealed content has a wrong length or filling.",
        "El contenido sellado tiene un largo o relleno incorrecto.",
    )
    MISSING_PART = (
        "A part of the document is missing or is not the part announced.",
        "Falta una parte del documento o no es la parte anunciada.",
    )
    NOT_IN_LOG = (
        "The entry is not shown to be in the log.",
        "No se demuestra que la anotación esté en el registro.",
    )
    LOG_REWRITTEN = (
        "The log shown now does not continue the log shown before.",
        "El registro presentado ahora no continúa el presentado antes.",
    )
    BAD_CHECKPOINT = ("The log's signed summary is malformed.", "El resumen firmado del registro está mal formado.")
    OTHER_LOG = ("This summary is about another log.", "Este resumen es de otro registro.")
    UNKNOWN_LOG = (
        "This witness does not follow that log; its keeper adds logs by hand.",
        "Este testigo no sigue ese registro; quien lo custodia agrega los registros a mano.",
    )
    LOG_TWO_FACES = (
        "The log signed two different contents for one size; both are kept as evidence.",
        "El registro firmó dos contenidos distintos para un mismo tamaño; ambos se conservan como prueba.",
    )
    NOT_ENOUGH_WITNESSES = (
        "Fewer independent witnesses than required have confirmed this log.",
        "Han confirmado este registro menos testigos independientes de los exigidos.",
    )
    OTHER_CONTENT = (
        "The content is not what the log committed to.",
        "El contenido no es aquel al que el registro se comprometió.",
    )
    STATUS_EXPIRED = (
        "The last status from the origin is no longer valid; wait for a new one.",
        "La última constancia de vigencia del origen ya no es válida; espere una nueva.",
    )
    STATUS_FROM_THE_FUTURE = (
        "The status is dated later than our clock allows; check both clocks.",
        "La constancia de vigencia tiene una fecha posterior a nuestro reloj; revise ambos relojes.",
    )
    STATUS_TOO_LONG = (
        "The status claims to last longer than this office accepts.",
        "La constancia de vigencia pretende durar más de lo que esta oficina acepta.",
    )
    STATUS_BEHIND = (
        "A newer status has already been received.",
        "Ya se recibió una constancia de vigencia más reciente.",
    )
    STATUS_REWOUND = (
        "The status list takes back something it had already said.",
        "La lista de vigencia se desdice de algo ya comunicado.",
    )
    STATUS_UNUSED_SLOT = (
        "The origin has not yet confirmed this request.",
        "El origen aún no ha confirmado esta solicitud.",
    )
    STATUS_SUSPENDED = ("Not usable at present.", "No utilizable por ahora.")
    STATUS_NEVER_AGAIN = ("Withdrawn or replaced; not valid again.", "Retirada o sustituida; no vuelve a ser válida.")
    KEY_DOCUMENT_EXPIRED = (
        "The partner's key document is out of date; ask for the new one.",
        "El documento de claves de la contraparte venció; pida el nuevo.",
    )
    KEY_DOCUMENT_BROKEN_LINE = (
        "This key document does not follow from the one we hold; compare fingerprints in person.",
        "Este documento de claves no continúa el que tenemos; comparen las huellas en persona.",
    )

    PACKAGE_BROKEN = (
        "This is not a whole package file: it was cut short, altered, or made by something else; nothing counts.",
        "No es un archivo de paquete íntegro: está incompleto, alterado o hecho por otro programa; nada cuenta.",
    )
    PACKAGE_TOO_LARGE = (
        "A package file holds at most 512 MiB, 10,000 items and 64 MiB an item; carry it in several files.",
        "Un archivo de paquete admite 512 MiB, 10.000 piezas y 64 MiB por pieza; llévelo en varios archivos.",
    )
    PACKAGE_DISAGREES = (
        "What this package holds does not belong together; nothing in it counts.",
        "El contenido de este paquete no concuerda entre sí; nada cuenta.",
    )

    def __init__(self, en: str, es: str) -> None:
        self.en = en
        self.es = es

    @property
    def code(self) -> str:
        """The stable lower-case word for logs and wire."""
        return self.name.lower()

    def sentence(self, language: str) -> str:
        """Return the sentence in `es`, or in English for any other language code."""
        return self.es if language.startswith("es") else self.en


class ProofError(Exception):
    """Bytes offered as proof do not hold: a named reason and a detail for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.code}: {detail}" if detail else reason.code)
        self.reason = reason
        self.detail = detail
