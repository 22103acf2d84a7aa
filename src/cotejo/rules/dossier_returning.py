"""The sender's side of a return: taken in, answered with place and steps (F74; see `return_owed`)."""

from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Millis, Plan, Refused, Send
from cotejo.rules.asked import in_duty, of_kind, reason
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import NO_AGREEMENT, NOT_SENT
from cotejo.rules.dossier_use import of
from cotejo.rules.duties import Duty, Officer, PartnerNode, Who
from cotejo.rules.return_words import ReturnAnswer
from cotejo.rules.told import Return
from cotejo.rules.words import Text

LONGEST_PLACE: Final = 500


def take_return(dossier: Dossier, command: ask.TakeReturn, who: Who) -> Plan | Refused:
    """Write down that the partner asks for the person's return."""
    gaps = [*of_kind(who, PartnerNode)]
    if isinstance(who, PartnerNode) and who.name != dossier.partner:
        gaps.append(_NOT_YOURS)
    if not dossier.sent:
        gaps.append(NOT_SENT)
    if dossier.returning.asked_at:
        gaps.append(_ASKED)
    return Refused(tuple(gaps)) if gaps else of(dossier, acts.ReturnAsked(cause=command.cause))


def answer_return(
    dossier: Dossier, command: ask.AnswerReturn, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Tell the partner where the person is and what was done."""
    gaps = [*in_duty(who, Duty.CUSTODY)]
    if not dossier.returning.asked_at or dossier.returning.cause is None:
        gaps.append(_NOT_ASKED)
    if not command.place.strip() or len(command.place) > LONGEST_PLACE:
        gaps.append(_PLACE)
    if not command.steps:
        gaps.append(_STEPS)
    if facts.agreement is None:
        gaps.append(NO_AGREEMENT)
    if gaps or not isinstance(who, Officer) or dossier.returning.cause is None:
        return Refused(tuple(gaps))
    answer = ReturnAnswer(place=command.place, steps=tuple(dict.fromkeys(command.steps)), at=now)
    said = Return(request=dossier.request, cause=dossier.returning.cause, answer=answer)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, at=now)
    return of(dossier, acts.ReturnAnswered(answer=answer, by=who)).and_then(Plan(sends=(told,)))


_NOT_YOURS = reason(
    "return.not_this_partner",
    Text("The request was sent to another agency.", "La solicitud fue enviada a otra entidad."),
    Text("Only that agency can ask for a return.", "Solo esa entidad puede pedir un regreso."),
)
_ASKED = reason(
    "return.asked",
    Text("The return was asked for already.", "El regreso ya fue pedido."),
    Text("Nothing more is needed.", "No hace falta nada más."),
)
_NOT_ASKED = reason(
    "return.not_asked",
    Text("Nobody asked for a return.", "Nadie pidió un regreso."),
    Text("There is nothing to answer.", "No hay nada que responder."),
    rows=("F74",),
)
_PLACE = reason(
    "return.place",
    Text(
        "Say in one line where the person is, or that it is not known.",
        "Diga en una línea dónde está la persona, o que no se sabe.",
    ),
    Text("The family and counsel wait for it.", "La familia y la defensa lo esperan."),
    Duty.CUSTODY,
    rows=("F74",),
    field="place",
)
_STEPS = reason(
    "return.steps",
    Text("Choose at least one step.", "Elija al menos un paso."),
    Text("Also “not found so far” is one.", "También lo es «no encontrada hasta ahora»."),
    Duty.CUSTODY,
    rows=("F74",),
    field="steps",
)
