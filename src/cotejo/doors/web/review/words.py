"""Words of the receiver's lists that are no closed list of the law: states of cards, waiting steps, kinds of acts."""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.review_words import Overdue, ReviewState, Usability
from cotejo.rules.vocabulary import WORDS
from cotejo.rules.words import Text

ON_HOLD: Final = Text("on hold", "trámite en pausa")

STATE_WORDS: Final[Mapping[str, Text]] = {
    **{state.value: words for state, words in WORDS[ReviewState].items()},
    Usability.WITHDRAWN.value: WORDS[Usability][Usability.WITHDRAWN],
    "on_hold": ON_HOLD,
}
"""What a card's state is called; "on hold" whatever the cause (F44, I12)."""

STEP_WORDS: Final[Mapping[str, Text]] = {
    "open": Text("read and open the review", "leer y abrir la revisión"),
    "on_hold": ON_HOLD,
    "protection": Text("search the register and check protection", "buscar en el registro y comprobar protección"),
    "protection_again": Text("check protection again", "comprobar protección de nuevo"),
    "nationality": Text("check nationality", "comprobar la nacionalidad"),
    "legal_review": Text("legal review", "revisión jurídica"),
    "identity": Text("identity answer", "respuesta de identidad"),
    "decision": Text("decision", "decisión"),
    "own_law": Text("order of this country's own law", "orden conforme al derecho propio"),
    "risk": Text("assess the risk", "evaluar el riesgo"),
    "copy": Text("serve the copy and hear the person", "hacer el traslado y oír a la persona"),
    "dispute": Text("let a signed dispute leave", "dejar salir una impugnación firmada"),
    "court_orders": Text("look for court orders", "buscar órdenes judiciales"),
    "identity_again": Text("confirm identity again", "confirmar de nuevo la identidad"),
    "handover": Text("hand-over", "entrega"),
    "handover.arrival": Text("report of arrival", "informe de llegada"),
    "handover.before_judge": Text("report: before a judge", "informe: ante autoridad judicial"),
    "handover.told": Text("report: counsel and family told", "informe: aviso a defensa y familia"),
    "handover.custody": Text("report on custody", "informe sobre la custodia"),
    "handover.return": Text("answer about the return", "respuesta sobre el regreso"),
    "return": Text("the person is to come back", "la persona debe regresar"),
    "close": Text("close after the judgment", "cerrar tras la sentencia"),
    "partner_paused": Text("the sender is paused", "la entidad está en pausa"),
    "ending_asked": Text("sign the end of the agreement", "firmar el fin del acuerdo"),
    "terms_offered": Text("sign or leave the terms offered", "firmar o dejar los términos ofrecidos"),
    "tell_addressed": Text("tell the agency it is addressed to", "avisar a la entidad a la que va dirigida"),
    "sweep_missed": Text("a holder of a copy has not swept", "un tenedor de copia no completó el retiro"),
    **{
        f"overdue.{what.value}": Text(f"missing: {words.en}", f"falta: {words.es}")
        for what, words in WORDS[Overdue].items()
    },
}
"""What a waiting step is called."""

ACT_WORDS: Final[Mapping[str, Text]] = {
    "review.taken": Text("taken in", "recibida"),
    "review.corrected": Text("corrected by the requesting agency", "corregida por la entidad requirente"),
    "review.supplemented": Text("questions answered with a new version", "preguntas respondidas con una nueva versión"),
    "review.suspended": Text("suspended by the requesting agency", "suspendida por la entidad requirente"),
    "review.disputed": Text("disputed, says the requesting agency", "impugnada, según la entidad requirente"),
    "review.dispute_signed": Text("dispute signed by the person", "impugnación firmada por la persona"),
    "review.dispute_sent": Text("signed dispute sent", "impugnación firmada enviada"),
    "review.reinstated": Text("usable again", "utilizable de nuevo"),
    "review.withdrawn": Text("withdrawal", "retiro"),
    "review.erasure_asked": Text("to be erased after the follow-up", "por suprimir tras el seguimiento"),
    "review.erased": Text("erased", "suprimida"),
    "review.passed_on": Text("passed on", "reenviada"),
    "review.taken_through": Text("came through another agency", "llegó por medio de otra entidad"),
    "review.through_terms": Text("goes on under the next agreement", "sigue conforme al acuerdo siguiente"),
    "review.taken_through_renewed": Text("came through another agency", "llegó por medio de otra entidad"),
    "review.withdrawal_noted": Text("withdrawal noted", "retiro anotado"),
    "review.sweep_missed": Text("a holder of a copy has not swept", "un tenedor de copia no completó el retiro"),
    "review.swept": Text("the withdrawal reached every holder", "el retiro llegó a todos los tenedores"),
    "review.answered": Text("periodic answer given", "respuesta periódica dada"),
    "review.questions_asked": Text("questions asked", "preguntas formuladas"),
    "review.opened": Text("review opened", "revisión abierta"),
    "review.searched": Text("own register searched", "registro propio consultado"),
    "review.protection_checked": Text("protection check made", "comprobación de protección hecha"),
    "review.nationality_recorded": Text("nationality check made", "comprobación de nacionalidad hecha"),
    "review.hold_placed": Text("pause", "pausa"),
    "review.hold_lift_signed": Text("signature about a pause", "firma sobre una pausa"),
    "review.identity_answered": Text("identity answer given", "respuesta de identidad dada"),
    "review.own_law_recorded": Text("order of own law recorded", "orden de derecho propio registrada"),
    "review.legally_reviewed": Text("legal review made", "revisión jurídica hecha"),
    "review.risk_assessed": Text("risk assessed", "riesgo evaluado"),
    "review.copy_served": Text("copy served and person heard", "traslado hecho y persona oída"),
    "review.decided": Text("decision", "decisión"),
    "review.identity_reconfirmed": Text("identity confirmed again", "identidad confirmada de nuevo"),
    "review.court_orders_checked": Text("court orders looked for", "órdenes judiciales buscadas"),
    "review.handed_over": Text("hand-over", "entrega"),
    "review.after_handover_told": Text("report after the hand-over", "informe posterior a la entrega"),
    "review.after_handover_overdue": Text("report not received in time", "informe no recibido a tiempo"),
    "review.return_asked": Text("return asked for", "regreso pedido"),
    "review.return_answered": Text("answer about the return", "respuesta sobre el regreso"),
    "review.return_closed": Text("return ended", "regreso concluido"),
    "review.closed": Text("closed", "cerrada"),
    "partner.paired": Text("paired", "vinculada"),
    "partner.key_document_seen": Text("newer key document", "documento de claves más nuevo"),
    "partner.paused": Text("paused: report missing or different", "en pausa: informe faltante o distinto"),
    "partner.report_settled": Text("the missing report came", "llegó el informe faltante"),
    "partner.paused_by_officer": Text("paused", "en pausa"),
    "partner.resumed": Text("resumed", "reanudada"),
    "partner.ending_asked": Text("end of the agreement asked for", "fin del acuerdo solicitado"),
    "partner.agreement_ended": Text("agreement ended by this agency", "acuerdo terminado por esta entidad"),
    "partner.terms_signed": Text("next agreement signed and offered", "siguiente acuerdo firmado y ofrecido"),
    "partner.terms_heard": Text("the partner signed the next agreement", "la contraparte firmó el siguiente acuerdo"),
    "partner.agreement_agreed": Text("agreement signed by both", "acuerdo firmado por ambas"),
    "partner.terms_lapsed": Text("terms offered began unsigned", "términos ofrecidos sin firmar a tiempo"),
    "partner.terms_met": Text("every request held against the agreement", "cada solicitud cotejada con el acuerdo"),
    "partner.lines_agreed": Text("both sides hold the same messages", "ambos lados tienen los mismos mensajes"),
    "partner.lines_differ": Text("both sides hold different messages", "los lados tienen mensajes distintos"),
    "partner.line_restored": Text("line restored after a backup", "línea restablecida tras un respaldo"),
    "partner.was_restored": Text("was restored from a backup", "se restauró desde un respaldo"),
    "partner.rehearsal_due": Text("link closed until rehearsed", "enlace cerrado hasta el ensayo"),
    "partner.rehearsal_told": Text("step of our rehearsal sent", "paso de nuestro ensayo enviado"),
    "partner.rehearsal_heard": Text("step of the rehearsal received", "paso del ensayo recibido"),
    "partner.rehearsal_failed": Text("rehearsal failed", "ensayo fallido"),
    "partner.link_opened": Text("link open for requests", "enlace abierto a solicitudes"),
    "partner.keys_stolen": Text("says that keys were stolen", "informa de claves robadas"),
}
"""What an act is called in a history."""


_NOT_PEOPLE: Final[Mapping[str, Text]] = {
    "clock": Text("the node's own timers", "los plazos del propio nodo"),
    "redress": Text("redress office", "oficina de reparación"),
    "console": Text("a command on the node's machine", "una orden en la máquina del nodo"),
}


def actor_words(by: str, names: Mapping[str, str]) -> Text:
    """Return who acted: a person by name, a partner's node, the timers, the redress office, the node's machine."""
    plain = names.get(by) or by.removeprefix("partner:")
    return _NOT_PEOPLE.get(by, Text(plain, plain))


def step_words(step: str) -> Text:
    """Return what a waiting step is called; an unknown one is shown as its code."""
    return STEP_WORDS.get(step, Text(step, step))


def act_words(code: str) -> Text:
    """Return what an act is called; an unknown one is shown as its code."""
    return ACT_WORDS.get(code, Text(code, code))


def state_words(state: str) -> Text:
    """Return what a card's state is called; an unknown one is shown as its code."""
    return STATE_WORDS.get(state, Text(state, state))
