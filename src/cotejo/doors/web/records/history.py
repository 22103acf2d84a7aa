"""What was done in a case, in words: who, in which duty, when. Codes of the law become sentences here and only here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cotejo.doors.web.records.case import officers_named
from cotejo.rules.acts import Entry, Erased, Millis
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.words import Text

SENTENCES: Final[Mapping[str, Text]] = {
    "person.opened": Text("The file was opened.", "Se abrió el expediente."),
    "person.described": Text("The description was written anew.", "Se escribió de nuevo la descripción."),
    "person.identifier_verified": Text(
        "A number was held beside its document.", "Se cotejó un número con su documento."
    ),
    "person.categorised": Text("The category was set.", "Se fijó la categoría."),
    "person.whereabouts_recorded": Text("Whereabouts were recorded.", "Se registró dónde estuvo la persona."),
    "person.whereabouts_explained": Text("A contradiction was answered.", "Se respondió una contradicción."),
    "person.court_act_recorded": Text("A court act was recorded.", "Se registró un acto judicial."),
    "person.alleged_recorded": Text("An alleged act was recorded.", "Se registró un hecho atribuido."),
    "person.evidence_recorded": Text("Evidence was recorded.", "Se registró una prueba."),
    "person.claim_recorded": Text("A statement was written.", "Se escribió una afirmación."),
    "person.claim_checked": Text(
        "A statement was checked against its document.", "Se cotejó una afirmación con su documento."
    ),
    "person.claim_returned": Text("A statement was returned.", "Se devolvió una afirmación."),
    "person.claim_withdrawn": Text("A statement was withdrawn.", "Se retiró una afirmación."),
    "person.affiliation_recorded": Text("A dated affiliation was recorded.", "Se registró una afiliación con fecha."),
    "dossier.opened": Text("The request was begun.", "Se inició la solicitud."),
    "dossier.claims_pinned": Text("Checked statements were chosen.", "Se eligieron afirmaciones cotejadas."),
    "dossier.basis_set": Text("The alleged acts were chosen.", "Se eligieron los hechos atribuidos."),
    "dossier.grounds_answered": Text("Grounds for refusing were answered.", "Se contestaron causales de denegación."),
    "dossier.undertakings_signed": Text("Undertakings were signed.", "Se firmaron compromisos."),
    "dossier.notice_recorded": Text("The notice to the person was recorded.", "Se registró el aviso a la persona."),
    "dossier.notice_deferred": Text("Putting off the notice was asked for.", "Se pidió aplazar el aviso."),
    "dossier.deferral_countersigned": Text("The deferral was countersigned.", "Se refrendó el aplazamiento."),
    "dossier.certified": Text("The request was certified.", "Se certificó la solicitud."),
    "dossier.sent": Text("A version was sent.", "Se envió una versión."),
    "dossier.suspended": Text("The request was suspended.", "Se suspendió la solicitud."),
    "dossier.suspension_lifted": Text("A cause of suspension ended.", "Terminó una causa de suspensión."),
    "dossier.withdrawn": Text("The request was withdrawn.", "Se retiró la solicitud."),
    "dossier.version_lost": Text(
        "A version was lost in a restoration; its number is not used again.",
        "Una versión se perdió en una restauración; su número no se usa de nuevo.",
    ),
    "dossier.validity_reviewed": Text("Every check still passed.", "Todos los controles se cumplían."),
    "dossier.revalidation_opened": Text(
        "The term to confirm the request anew began.", "Empezó el plazo para confirmar de nuevo la solicitud."
    ),
    "dossier.revalidated": Text(
        "The request was confirmed anew with the court.", "La solicitud se confirmó de nuevo con el tribunal."
    ),
    "dossier.receipt_recorded": Text("The partner's receipt arrived.", "Llegó el acuse de la contraparte."),
    "dossier.swept": Text("The partner swept the withdrawn request.", "La contraparte terminó de retirar las copias."),
    "dossier.sweep_missed": Text(
        "The agreed time passed without word of the sweep.", "Venció el plazo sin noticia del retiro de copias."
    ),
    "dossier.erasure_proposed": Text("The erasure was proposed.", "Se propuso la supresión."),
    "dossier.erasure_approved": Text("The erasure was signed.", "Se firmó la supresión."),
    "dossier.erasure_overdue": Text("The erasure is overdue.", "La supresión está vencida."),
    "dossier.erasure_certified": Text("The partner certified its erasure.", "La contraparte certificó su supresión."),
    "dossier.erased": Text("Everything before this was erased.", "Se suprimió todo lo anterior."),
    "dossier.answer_recorded": Text("A periodic answer arrived.", "Llegó una respuesta periódica."),
    "dossier.questions_recorded": Text("Questions of the partner arrived.", "Llegaron preguntas de la contraparte."),
    "dossier.disputed": Text("Every holder was told of a dispute.", "Se informó de una impugnación a cada tenedor."),
    "dossier.dispute_taken": Text(
        "A dispute the person signed arrived.", "Llegó una impugnación firmada por la persona."
    ),
    "dossier.return_asked": Text("The partner asks for the return.", "La contraparte pide el regreso."),
    "dossier.return_answered": Text("The return was answered.", "Se respondió sobre el regreso."),
    "dossier.handover_reported": Text("A report after the hand-over was sent.", "Se envió un informe tras la entrega."),
}
_ERASED: Final = Text("What stood here was erased.", "Lo que aquí constaba fue suprimido.")
_OTHER: Final = Text("Another step was taken.", "Se dio otro paso.")
_ACTORS: Final[Mapping[str, Text]] = {
    "clock": Text("the node's own timer", "plazo automático del nodo"),
    "redress": Text("the redress office", "oficina de reparación"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One act in words."""

    said: Text
    who: Text
    duty: Text
    at: Millis


def lines_of(entries: Iterable[Entry]) -> list[HistoryLine]:
    """Return the acts of a case in words, the newest first."""
    kept = list(entries)
    officers = officers_named(each.by for each in kept)
    names = {id_: f"{officer.name} ({officer.unit})" for id_, officer in officers.items()}
    return [_line(each, names.get(each.by, "")) for each in reversed(kept)]


def _line(entry: Entry, name: str) -> HistoryLine:
    erased = isinstance(entry.act, Erased)
    said = _ERASED if erased else SENTENCES.get(entry.act.code, _OTHER)
    shown = name or entry.by.partition(":")[2] or entry.by
    duty = DUTY_WORDS[Duty(entry.duty)] if entry.duty in set(Duty) else Text("", "")
    return HistoryLine(said=said, who=_ACTORS.get(entry.by, Text(shown, shown)), duty=duty, at=entry.at)
