"""What a partner's receipt names as wrong, in words for whoever sent the message.

1. Every code that `rules.receipts` may name has words here, and so has each that a program gives to what it does not
   understand. They are said from the sender's side: the receiver has words of its own for the same fact.
2. A code that is not listed comes from a newer program of the partner. That is said, with the code: nobody is left with
   a bare one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cotejo.rules.rehearsal import LINK_CLOSED
from cotejo.rules.words import Text

_NOT_UNDERSTOOD: Final = Text(
    "the other side's program does not understand it; authorise it again once that was upgraded",
    "el programa de la contraparte no la entiende; autorícela de nuevo cuando lo actualicen",
)
_NOT_WHOLE: Final = Text(
    "not every document arrived whole; authorise it again",
    "no todos los documentos llegaron completos; autorícela de nuevo",
)
_NO_AGREEMENT: Final = Text(
    "on the other side no agreement with this agency is in force",
    "en la contraparte no hay acuerdo vigente con esta entidad",
)
_KNOWN: Final = Text("it was taken in before", "ya se había recibido antes")

_OF_THE_LINE: Final[Mapping[str, Text]] = {
    "unknown_kind": _NOT_UNDERSTOOD,
    "wrong_body": _NOT_UNDERSTOOD,
    "missing_document": _NOT_WHOLE,
    "not_the_origins": Text(
        "what was passed on is not what its origin signed", "lo reenviado no es lo que firmó su origen"
    ),
    LINK_CLOSED.code: LINK_CLOSED.text,
}
"""What two programs or a link are not ready for."""
_OF_THE_MESSAGE: Final[Mapping[str, Text]] = {
    "agreement.not_active": _NO_AGREEMENT,
    "case.withdrawn": Text("this request was withdrawn before", "esta solicitud ya había sido retirada"),
    "correction.unnamed": Text("it does not say what changed", "no indica qué cambió"),
    "gates.not_evaluated": Text(
        "the checks could not be made again there; authorise it again",
        "allí no se pudieron repetir los controles; autorícela de nuevo",
    ),
    "onward.addressee": Text(
        "it is not addressed to the agency that passes it on", "no va dirigida a la entidad que la reenvía"
    ),
    "onward.handling": Text(
        "an item in it may be passed on only with leave of its source (H2 or H3)",
        "un elemento solo puede reenviarse con autorización de su fuente (H2 o H3)",
    ),
    "onward.line": Text(
        "the agreement with it does not serve to pass this on", "el acuerdo con ella no permite reenviar esto"
    ),
    "onward.no_consent": Text(
        "the requesting agency's agreement does not name it as a recipient",
        "el acuerdo de la entidad requirente no la nombra como destinataria",
    ),
    "onward.own": Text("it is the recipient's own request", "es una solicitud de la propia destinataria"),
    "onward.terms": Text(
        "the terms that came along are not those it was signed under",
        "los términos que la acompañan no son aquellos con que se firmó",
    ),
    "onward.too_loose": Text(
        "it was signed under terms looser than the law allows",
        "se firmó con términos más laxos de lo que permite la ley",
    ),
    "request.addressee": Text("it is addressed to another agency", "va dirigida a otra entidad"),
    "request.ceiling": Text(
        "the agreed number of requests for this month is reached",
        "se alcanzó el número de solicitudes acordado para este mes",
    ),
    "request.documents": _NOT_WHOLE,
    "request.known": _KNOWN,
    "request.other": Text("it belongs to another request", "corresponde a otra solicitud"),
    "request.purpose": Text("the agreement does not name its purpose", "el acuerdo no contempla su finalidad"),
    "request.route": Text("the agreement does not name its legal route", "el acuerdo no contempla su vía legal"),
    "request.slot": Text(
        "it names no place in the status list; authorise it again",
        "no indica su casilla en la lista de vigencias; autorícela de nuevo",
    ),
    "request.unknown": Text(
        "no earlier version of it was taken in there", "allí no se recibió ninguna versión anterior"
    ),
    "request.version": Text(
        "this version or a newer one is known there already", "allí ya consta esta versión u otra más nueva"
    ),
    "supplement.unasked": Text("no question waits for it", "no hay ninguna pregunta que la espere"),
    "who.not_yours": Text("it comes from another agency than its own", "no procede de la entidad a la que pertenece"),
}
_OF_THE_CHECKS: Final[Mapping[str, Text]] = {
    "agreement.data": Text(
        "the agreement does not cover requests about a person", "el acuerdo no contempla solicitudes sobre una persona"
    ),
    "agreement.handling": Text(
        "the agreement does not cover the handling code of a piece of evidence",
        "el acuerdo no contempla el código de manejo de una prueba",
    ),
    "agreement.not_in_force": Text(
        "no agreement in force covers it on the day it arrived", "ningún acuerdo vigente la ampara el día en que llegó"
    ),
    "agreement.route_or_purpose": Text(
        "its route, purpose or case number is missing or not in the agreement",
        "su vía, finalidad o número de causa falta o no está en el acuerdo",
    ),
    "alleged.no_date_or_place": Text("an act has no date or no place", "un hecho no tiene fecha o lugar"),
    "alleged.no_offence": Text(
        "an act has no offence article or class", "un hecho no tiene artículo o clase de delito"
    ),
    "alleged.none": Text("no act of this person is named", "no se nombra ningún hecho de esta persona"),
    "alleged.only_membership_words": Text(
        "an act says only that the person belongs or is linked", "un hecho solo afirma pertenencia o vínculo"
    ),
    "barred.ground": Text("it rests on what is no evidence here", "se apoya en algo que aquí no es prueba"),
    "category.not_accused_or_convicted": Text(
        "the person is neither accused nor convicted from a named day",
        "la persona no está acusada ni condenada desde una fecha determinada",
    ),
    "category.without_court_act": Text(
        "no court act shows the person's category", "ningún acto judicial muestra la calidad de la persona"
    ),
    "child.under_eighteen": Text(
        "the person is or was under eighteen, or it cannot be ruled out",
        "la persona es o era menor de dieciocho años, o no puede descartarse",
    ),
    "dates.before_responsibility": Text(
        "an act lies before the age of criminal responsibility",
        "un hecho es anterior a la edad de responsabilidad penal",
    ),
    "dates.event_after_report": Text(
        "an event is dated after the record of it", "un hecho tiene fecha posterior a su registro"
    ),
    "dates.impossible_birth": Text("the birth date is impossible", "la fecha de nacimiento es imposible"),
    "dates.unreadable": Text("a date is missing or not readable", "falta una fecha o no es legible"),
    "documents.claim_without_evidence": Text(
        "a statement has no evidence behind it", "una afirmación no tiene prueba que la sustente"
    ),
    "documents.item_without_document": Text(
        "an item of evidence has no document", "un elemento de prueba no tiene documento"
    ),
    "documents.no_claims": Text("no checked statement supports it", "ninguna afirmación cotejada la sustenta"),
    "fresh.stale_claim": Text(
        "a statement has nothing newer than 24 months behind it",
        "una afirmación no tiene sustento de los últimos 24 meses",
    ),
    "grounds.bars_sending": Text("a ground for refusing bars it", "una causal de denegación la impide"),
    "grounds.no_remedy_named": Text(
        "a ground is answered yes without its remedy or assurance",
        "una causal se contestó que sí, sin su recurso o garantía",
    ),
    "grounds.unanswered": Text(
        "a ground for refusing is not answered with a document",
        "una causal de denegación no está contestada con documento",
    ),
    "judicial_basis.incomplete": Text(
        "the warrant or judgment is not complete or not attached",
        "la orden o la sentencia está incompleta o no se adjuntó",
    ),
    "judicial_basis.none": Text(
        "there is no warrant in force and no final judgment", "no hay orden de captura vigente ni sentencia firme"
    ),
    "judicial_basis.not_about_this_person": Text(
        "no passage of the court act is about this person",
        "ningún pasaje del acto judicial se refiere a esta persona",
    ),
    "labels.label": Text("a label stands in it instead of a fact", "contiene una etiqueta en lugar de un hecho"),
    "membership.this_charge_alone": Text(
        "this charge alone cannot be sent", "este cargo por sí solo no puede enviarse"
    ),
    "notice.deferral_lapsed": Text(
        "the time for which the notice was put off is over", "venció el aplazamiento del aviso"
    ),
    "notice.deferral_not_countersigned": Text(
        "putting off the notice is not countersigned", "el aplazamiento del aviso no está refrendado"
    ),
    "notice.not_given": Text("the person was not told", "no se informó a la persona"),
    "notice.one_language": Text(
        "the notice was not given in Spanish and English", "el aviso no se dio en español e inglés"
    ),
    "outcomes.unknown": Text("a court act has no outcome", "un acto judicial no tiene resultado"),
    "search_for_person.disagrees": Text(
        "the search does not name everything that speaks for the person",
        "la búsqueda no nombra todo lo que habla a favor de la persona",
    ),
    "search_for_person.not_signed": Text(
        "nobody signed the search for what speaks for the person",
        "nadie firmó la búsqueda de lo que habla a favor de la persona",
    ),
    "statements.assessment_without_facts": Text(
        "an opinion has no named assessor or no facts under it",
        "una apreciación no tiene autor nombrado o hechos en que basarse",
    ),
    "subject.no_birth_year": Text("the year of birth is missing", "falta el año de nacimiento"),
    "subject.no_full_name": Text("the full name is missing", "falta el nombre completo"),
    "subject.no_sex_or_nationality": Text(
        "sex, nationality or its basis is missing", "falta el sexo, la nacionalidad o su base"
    ),
    "subject.no_verified_identifier": Text(
        "no number was checked against its document", "ningún número fue cotejado con su documento"
    ),
    "support.none_official": Text(
        "an act has no judicial or official evidence", "un hecho no tiene prueba judicial u oficial"
    ),
    "support.too_few_sources": Text(
        "an act has fewer than two independent sources", "un hecho tiene menos de dos fuentes independientes"
    ),
    "threshold.excluded_class": Text("matters of this class cannot be sent", "los asuntos de esta clase no se envían"),
    "threshold.too_light": Text(
        "the penalty, or what is left of it, is too light", "la pena, o lo que queda de ella, es demasiado leve"
    ),
    "threshold.transfer_needs_sentence": Text("a transfer needs a final sentence", "el traslado exige sentencia firme"),
    "translation.missing": Text(
        "an item has no translation by a named person", "un elemento no tiene traducción de una persona identificada"
    ),
    "two_people.no_authoriser": Text("nobody is named who authorised it", "no se nombra quién la autorizó"),
    "two_people.no_certifier": Text("nobody is named who certified it", "no se nombra quién la certificó"),
    "two_people.not_checked_by_another": Text(
        "a statement was not checked by somebody else of another unit",
        "una afirmación no fue cotejada por otra persona de otra unidad",
    ),
    "two_people.same_person_twice": Text("one person signed twice", "una misma persona firmó dos veces"),
    "undertakings.missing": Text("an undertaking is missing", "falta un compromiso"),
    "whereabouts.contradiction": Text(
        "an act falls in a time when the person was recorded elsewhere",
        "un hecho cae en un tiempo en que la persona constaba en otro lugar",
    ),
}
"""The checks both sides make: what the other side found where this one found nothing."""
_OF_OTHERS: Final[Mapping[str, Text]] = {
    "agreement.not_after": Text(
        "the terms begin before the agreement they follow, or end before they begin",
        "los términos empiezan antes que el acuerdo al que siguen, o terminan antes de empezar",
    ),
    "agreement.other_dates": Text(
        "the dates of the terms do not go on from those of the agreement they follow",
        "las fechas de los términos no continúan las del acuerdo al que siguen",
    ),
    "agreement.other_earlier": Text(
        "the terms follow another agreement than the newest one",
        "los términos siguen a un acuerdo que no es el más reciente",
    ),
    "agreement.parties": Text(
        "the terms are not between these two agencies under their laws",
        "los términos no son entre estas dos entidades conforme a sus leyes",
    ),
    "agreement.put_off": Text(
        "the terms put off answers or sweeps that were promised",
        "los términos aplazan respuestas o plazos de retiro ya prometidos",
    ),
    "agreement.too_loose": Text("a term is looser than the law allows", "un término excede lo que la ley permite"),
    "agreement.too_many": Text("the terms follow too many agreements", "los términos siguen a demasiados acuerdos"),
    "agreement.too_short": Text(
        "the end of the agreement is too short to withdraw, sweep and erase everything",
        "el cierre del acuerdo es demasiado corto para retirar, completar y suprimir todo",
    ),
    "bulletin.not_a_code": Text("something in it is no code of the lists", "algo en él no es un código de las listas"),
    "bulletin.not_agreed": Text("the agreement does not cover bulletins", "el acuerdo no contempla boletines"),
    "dispute.claims": Text("it names no statements, or one twice", "no indica afirmaciones, o indica una dos veces"),
    "dispute.counsel": Text("it does not name the counsel who stood by", "no indica qué defensa asistió"),
    "dispute.day": Text("the day of the dispute cannot be read", "el día de la impugnación no se puede leer"),
    "dispute.document": Text(
        "the paper the person signed did not arrive whole", "el papel que la persona firmó no llegó completo"
    ),
    "dispute.statement": Text("what is disputed is not said, or too long", "falta qué se impugna, o es muy largo"),
    "dispute.unsigned": Text("the person did not sign it", "la persona no la firmó"),
    "dispute.warned": Text(
        "the day on which the person was warned is missing, or lies after the signature",
        "falta el día en que se advirtió a la persona, o es posterior a la firma",
    ),
    "inquiry.document": Text(
        "the mandate or the order did not arrive whole", "el mandato o la orden no llegó completo"
    ),
    "inquiry.known": _KNOWN,
    "inquiry.mandate": Text("it does not name the counsel who asks", "no indica qué defensa lo pide"),
    "inquiry.no_agreement": _NO_AGREEMENT,
    "inquiry.not_agreed": Text(
        "the agreement does not cover court records", "el acuerdo no contempla expedientes judiciales"
    ),
    "inquiry.order": Text(
        "it does not name the judge, the order and the day of the hearing",
        "no indica el tribunal, la orden y el día de la audiencia",
    ),
    "inquiry.subject": Text(
        "it does not name one person with a date of birth", "no indica una persona con su fecha de nacimiento"
    ),
    "key_document.old": Text(
        "a newer key document of this node is known there", "allí consta un documento de claves más nuevo de este nodo"
    ),
    "rehearsal.document": Text("its document did not arrive whole", "su documento no llegó completo"),
    "rehearsal.not_invented": Text(
        "it is not the invented record of a rehearsal", "no es el registro inventado de un ensayo"
    ),
    "rehearsal.out_of_order": Text("another step was expected there", "allí se esperaba otro paso"),
}
GAP_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {**_OF_THE_LINE, **_OF_THE_MESSAGE, **_OF_THE_CHECKS, **_OF_OTHERS}
)
"""The words of every code a receipt may carry."""
_NEWER: Final = Text(
    "something this version has no words for ({code}); its program is newer, ask the operator",
    "algo para lo que esta versión no tiene palabras ({code}); su programa es más nuevo, consulte a operación",
)


def gap_words(code: str) -> Text:
    """Return what a receipt names, in words; of a code of a newer program, that it is one."""
    return GAP_WORDS.get(code) or _NEWER.say(code=code)
