"""What a disclosure shows and what it does not, in plain words, English and Spanish: one sentence a finding.

1. A sentence says who signed what and when they say it was; it never says that what was said is true.
2. What the file cannot show is said every time, whoever asks.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from cotejo.proof.case_texts import Logged, Said, StatusSaid
from cotejo.proof.disclosure import Disclosure
from cotejo.proof.status_list import SlotState

Sentence = tuple[str, str]
"""English, Spanish."""

_KINDS: Final[Mapping[str, Sentence]] = {
    "request": ("a request", "una solicitud"),
    "correction": ("a corrected version", "una versión corregida"),
    "supplement": ("answers to questions", "respuestas a preguntas"),
    "questions": ("questions", "preguntas"),
    "suspension": ("a suspension", "una suspensión"),
    "reinstatement": ("a reinstatement", "un restablecimiento"),
    "withdrawal": ("a withdrawal", "un retiro"),
    "sweep": ("that the withdrawal reached every holder", "que el retiro llegó a todos los tenedores"),
    "answer": ("a periodic answer", "una respuesta periódica"),
    "after_handover": ("a report after a hand-over", "un informe tras la entrega"),
    "return": ("a return", "un regreso"),
    "erasure": ("an erasure", "una supresión"),
    "dispute": ("a dispute", "una impugnación"),
    "inquiry": ("an inquiry", "una consulta"),
    "inquiry_answer": ("an answer to an inquiry", "una respuesta a una consulta"),
}
_STATES: Final[Mapping[SlotState, Sentence]] = {
    SlotState.UNUSED: ("not yet confirmed", "aún sin confirmar"),
    SlotState.VALID: ("valid", "vigente"),
    SlotState.SUSPENDED: ("suspended", "suspendida"),
    SlotState.NEVER_AGAIN: ("withdrawn or replaced", "retirada o sustituida"),
}
_OUTCOMES: Final[Mapping[str, Sentence]] = {"taken": ("taken in", "recibida"), "refused": ("refused", "rechazada")}


def time_of(milliseconds: int) -> str:
    """Return a moment as people read it; one no calendar has, as its number."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return f"{milliseconds} ms"


def fingerprints(found: Disclosure) -> Iterator[Sentence]:
    """Say under whose keys everything holds, and whether the reader had them from elsewhere."""
    for node, line in sorted(found.lines.items()):
        read = line.newest.fingerprint()
        if node in found.known:
            yield (
                f"{node}: the key document is the one you gave. Fingerprint {read}",
                f"{node}: el documento de claves es el que usted dio. Huella {read}",
            )
        else:
            yield (
                f"{node}: compare this fingerprint with the one the agency publishes, or nothing below counts. {read}",
                f"{node}: compare esta huella con la que publica la entidad, o nada de lo siguiente cuenta. {read}",
            )


def shown(found: Disclosure) -> Iterator[Sentence]:
    """Say what the file shows."""
    made = time_of(found.manifest.made)
    yield (
        f"{found.manifest.issuer} put this file together on {made}; every byte is as it was signed then.",
        f"{found.manifest.issuer} formó este archivo el {made}; cada byte está como se firmó entonces.",
    )
    yield (
        f"It is about request {found.request} of {found.origin} to {found.receiver}.",
        f"Trata de la solicitud {found.request} de {found.origin} a {found.receiver}.",
    )
    for terms in found.agreements:
        yield (
            f"Both signed this agreement; every message cites one they signed (SHA-256 {terms}).",
            f"Ambas firmaron este acuerdo; cada mensaje cita uno que firmaron (SHA-256 {terms}).",
        )
    for each in sorted(found.said, key=lambda one: (one.at, one.issuer, one.number)):
        yield from _said(each)
    if found.enclosed:
        yield (
            f"Documents named in the request: {found.named}; enclosed, byte for byte: {found.enclosed}.",
            f"Documentos que nombra la solicitud: {found.named}; adjuntos, byte por byte: {found.enclosed}.",
        )
    for status in found.statuses:
        yield _status(status)
    if found.decided:
        yield from _at_decision(found)


def not_shown(found: Disclosure) -> Iterator[Sentence]:
    """Say what the file does not show."""
    yield (
        "That what the request says is true: the signatures show who said it and that it was not altered.",
        "Que lo dicho en la solicitud sea verdad: las firmas muestran quién lo dijo y que no fue alterado.",
    )
    yield (
        "That nothing else was said: only what the maker of the file put in is here.",
        "Que no se haya dicho nada más: aquí está solo lo que incluyó quien formó el archivo.",
    )
    yield (
        "When things really happened: times are those the agencies wrote, but for those a witness confirmed.",
        (
            "Cuándo ocurrieron en realidad los hechos: las horas son las que escribieron las entidades, salvo las que "
            "confirmó un testigo."
        ),
    )
    silent = [each for each in found.said if each.receipt is None]
    for each in silent:
        yield (
            f"That {each.addressee} ever got message {each.number} of {each.issuer}: its receipt is not enclosed.",
            f"Que {each.addressee} haya recibido el mensaje {each.number} de {each.issuer}: falta su acuse.",
        )
    for each in found.said:
        if each.logged is None:
            yield (
                f"That message {each.number} of {each.issuer} is in the log of the link: no proof is enclosed.",
                f"Que el mensaje {each.number} de {each.issuer} esté en el registro del enlace: falta la prueba.",
            )
        elif not each.logged.confirmed:
            yield (
                f"That {each.addressee} confirmed the log that holds message {each.number} of {each.issuer}.",
                (
                    f"Que {each.addressee} haya confirmado el registro que contiene el mensaje {each.number} de "
                    f"{each.issuer}."
                ),
            )
    if found.named > found.enclosed:
        left = found.named - found.enclosed
        yield (
            f"What the documents say that are not enclosed: {left} of those named in the request.",
            f"Qué dicen los documentos que no se adjuntan: {left} de los que nombra la solicitud.",
        )
    if not found.statuses:
        yield (
            "Whether the request was valid when somebody decided: no status is enclosed.",
            "Si la solicitud estaba vigente cuando alguien decidió: no se adjunta constancia.",
        )


def _said(each: Said) -> Iterator[Sentence]:
    en, es = _KINDS.get(each.kind, (each.kind, each.kind))
    version_en, version_es = (f", version {each.version}", f", versión {each.version}") if each.version else ("", "")
    yield (
        f"{each.issuer} signed {en}{version_en} to {each.addressee}, dated {time_of(each.at)}, message {each.number}.",
        (
            f"{each.issuer} firmó {es}{version_es} para {each.addressee}, con fecha {time_of(each.at)}, "
            f"mensaje {each.number}."
        ),
    )
    if each.receipt is not None:
        out_en, out_es = _OUTCOMES.get(each.receipt.outcome, (each.receipt.outcome, each.receipt.outcome))
        gaps = ", ".join(each.receipt.gaps)
        gaps_en, gaps_es = (
            (f"; codes of what was missing: {gaps}", f"; códigos de lo que faltaba: {gaps}") if gaps else ("", "")
        )
        yield (
            f"{each.addressee} signed its receipt, dated {time_of(each.receipt.at)}: {out_en}{gaps_en}.",
            f"{each.addressee} firmó su acuse, con fecha {time_of(each.receipt.at)}: {out_es}{gaps_es}.",
        )
    if each.logged is not None:
        yield _logged(each, each.logged)


def _logged(each: Said, logged: Logged) -> Sentence:
    en = f"It is entry {each.number} of the {logged.size} in the log of what {each.issuer} told {each.addressee}"
    es = f"Es la anotación {each.number} de las {logged.size} del registro de lo dicho por {each.issuer} a "
    es += each.addressee
    if logged.confirmed:
        en += f", which {each.addressee} confirmed on {time_of(logged.confirmed)}"
        es += f", que {each.addressee} confirmó el {time_of(logged.confirmed)}"
    if logged.witnesses:
        named = ", ".join(logged.witnesses)
        en += f"; witnesses: {named}"
        es += f"; testigos: {named}"
    return f"{en}.", f"{es}."


def _status(each: StatusSaid) -> Sentence:
    en, es = _STATES[each.state]
    return (
        (
            f"A signed status of {time_of(each.issued)}, valid until {time_of(each.expires)}, says of version "
            f"{each.version}: {en}."
        ),
        (
            f"Una constancia firmada del {time_of(each.issued)}, válida hasta el {time_of(each.expires)}, dice de la "
            f"versión {each.version}: {es}."
        ),
    )


def _at_decision(found: Disclosure) -> Iterator[Sentence]:
    decided = time_of(found.decided)
    fresh = [each for each in found.statuses if each.issued <= found.decided < each.expires]
    said_en = f"{found.manifest.issuer} says a person decided on {decided}"
    said_es = f"{found.manifest.issuer} dice que una persona decidió el {decided}"
    if any(each.state is SlotState.VALID for each in fresh):
        yield (
            f"{said_en}; a status valid at that moment said the request was valid.",
            f"{said_es}; una constancia válida en ese momento decía que la solicitud estaba vigente.",
        )
    else:
        yield (
            f"{said_en}; no enclosed status that was valid at that moment says the request was valid.",
            f"{said_es}; ninguna constancia adjunta y válida en ese momento dice que la solicitud estuviera vigente.",
        )
