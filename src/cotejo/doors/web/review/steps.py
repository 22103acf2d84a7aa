"""The steps of a case as a table: whose each is, which form it has, and when it is offered.

1. A step is offered to the holders of its duties alone; the law judges every command again where it is accepted.
2. `after` names what must be so before a form is shown; what is not so is shown in words in the form's place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from cotejo.doors.web.review.case import Case
from cotejo.doors.web.review.forms import StepForm
from cotejo.doors.web.review.forms_dispute import DisputeLeaves, SignedDispute
from cotejo.doors.web.review.forms_ending import (
    Close,
    ConfirmIdentity,
    Decision,
    HandOver,
    LookForCourtOrders,
    Return,
    ReturnEnded,
)
from cotejo.doors.web.review.forms_holds import Place
from cotejo.doors.web.review.forms_review import CopyAndHearing, LegalReview, Nationality, OwnLaw, RiskAssessment
from cotejo.rules.acts import Reason
from cotejo.rules.duties import Duty
from cotejo.rules.holds import ANYBODY_WHO_REVIEWS
from cotejo.rules.review_checks import exists, joined
from cotejo.rules.review_decide.common import agreed_first, forward, forward_protected, in_state
from cotejo.rules.review_decide.disputing import WHILE_REVIEWED, against_sending, against_signing
from cotejo.rules.review_decide.returning import NOT_OPEN, against_asking
from cotejo.rules.review_state import Done, Review
from cotejo.rules.review_words import ReviewState
from cotejo.rules.words import Text

OPEN: Final = (ReviewState.OPEN,)
DECIDED: Final = (ReviewState.DECIDED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its address, its words, whose it is, its form, and how it is known to be done."""

    name: str
    title: Text
    explained: Text
    said: Text
    duties: tuple[Duty, ...]
    form: type[StepForm]
    after: Callable[["Step", Case], Iterator[Reason]]
    states: tuple[ReviewState, ...] = OPEN
    done: Callable[[Review], Done[Any] | None] = lambda _state: None
    joins: bool = True
    shown: Callable[[Review], bool] = lambda _state: True

    def closed(self, case: Case) -> tuple[Reason, ...]:
        """Return every reason why this step cannot be taken now; empty when its form is shown."""
        found = [*exists(case.state), *in_state(case.state, *self.states), *self.after(self, case)]
        if self.joins:
            found += joined(case.state, case.acting.who)
        return tuple(dict.fromkeys(found))


def _any_time(_step: Step, _case: Case) -> Iterator[Reason]:
    yield from ()


def _forward(_step: Step, case: Case) -> Iterator[Reason]:
    yield from forward(case.state, case.facts, case.acting.now)


def _agreed(_step: Step, case: Case) -> Iterator[Reason]:
    yield from forward_protected(case.state, case.facts, case.acting.now)
    yield from agreed_first(case.state)


def _no_return(_step: Step, case: Case) -> Iterator[Reason]:
    yield from against_asking(case.state)


def _open_return(_step: Step, case: Case) -> Iterator[Reason]:
    if not case.state.returning.open:
        yield NOT_OPEN


def _to_be_signed(_step: Step, case: Case) -> Iterator[Reason]:
    yield from against_signing(case.state)


def _to_be_sent(_step: Step, case: Case) -> Iterator[Reason]:
    yield from against_sending(case.state, case.facts, case.acting.now)


STEPS: Final[tuple[Step, ...]] = (
    Step(
        name="nationality",
        title=Text("Nationality", "Nacionalidad"),
        explained=Text(
            "Made for everybody. A claim or evidence of citizenship here pauses the case by itself.",
            "Se hace para toda persona. Una alegación o un indicio de nacionalidad pausa el trámite por sí solo.",
        ),
        said=Text("The nationality check is recorded.", "La comprobación de nacionalidad quedó registrada."),
        duties=(Duty.NATIONALITY,),
        form=Nationality,
        after=_any_time,
        states=(ReviewState.OPEN, ReviewState.DECIDED),
        done=lambda state: state.nationality,
    ),
    Step(
        name="legal",
        title=Text("Legal review", "Revisión jurídica"),
        explained=Text(
            "Answer every mark of the request in writing.", "Responda por escrito a cada señalamiento de la solicitud."
        ),
        said=Text("The legal review is recorded.", "La revisión jurídica quedó registrada."),
        duties=(Duty.LEGAL,),
        form=LegalReview,
        after=_forward,
        done=lambda state: state.legal,
    ),
    Step(
        name="own-law",
        title=Text("Order of this country's own law", "Orden conforme al derecho propio"),
        explained=Text(
            "A request is never a ground to act. Only an order of this country's own law is.",
            "Una solicitud nunca es motivo para actuar. Solo lo es una orden conforme al derecho propio.",
        ),
        said=Text("The order is recorded.", "La orden quedó registrada."),
        duties=(Duty.LEGAL,),
        form=OwnLaw,
        after=_agreed,
        done=lambda state: state.own_law,
    ),
    Step(
        name="risk",
        title=Text("Risk for the person", "Riesgo para la persona"),
        explained=Text(
            "Assessed for this person by somebody from outside the unit.",
            "Lo evalúa para esta persona alguien ajeno a la unidad.",
        ),
        said=Text("The assessment is recorded.", "La evaluación quedó registrada."),
        duties=(Duty.RISK,),
        form=RiskAssessment,
        after=_agreed,
        done=lambda state: state.risk,
    ),
    Step(
        name="copy",
        title=Text("Copy served and person heard", "Traslado hecho y persona oída"),
        explained=Text(
            "Serve the copy of this version, then hear the person with counsel and interpreter.",
            "Haga el traslado de esta versión y después oiga a la persona con defensa e intérprete.",
        ),
        said=Text("The copy and the hearing are recorded.", "El traslado y la audiencia quedaron registrados."),
        duties=(Duty.LEGAL, Duty.CUSTODY),
        form=CopyAndHearing,
        after=_agreed,
        done=lambda state: state.served,
    ),
    Step(
        name="dispute",
        title=Text("Dispute signed by the person", "Impugnación firmada por la persona"),
        explained=Text(
            "The person may have the requesting agency told what they dispute. That agency then learns that the person "
            "is here. Tell them so first; without their signature nothing leaves.",
            "La persona puede hacer saber a la entidad requirente qué impugna. Esa entidad sabrá entonces que la "
            "persona está aquí. Adviértaselo antes; sin su firma no sale nada.",
        ),
        said=Text(
            "The dispute is recorded. Protection looks before it leaves.",
            "La impugnación quedó registrada. Protección la examina antes de que salga.",
        ),
        duties=(Duty.LEGAL, Duty.CUSTODY),
        form=SignedDispute,
        after=_to_be_signed,
        states=WHILE_REVIEWED,
        shown=lambda state: state.through is None and state.to_send is None,
    ),
    Step(
        name="dispute-leaves",
        title=Text("Let the signed dispute leave", "Dejar salir la impugnación firmada"),
        explained=Text(
            "The requesting agency learns that the person is here. Nothing leaves while a protection stands.",
            "La entidad requirente sabrá que la persona está aquí. Nada sale mientras exista una protección.",
        ),
        said=Text("The dispute is on its way.", "La impugnación está en camino."),
        duties=(Duty.PROTECTION,),
        form=DisputeLeaves,
        after=_to_be_sent,
        states=WHILE_REVIEWED,
        shown=lambda state: state.to_send is not None,
    ),
    Step(
        name="decision",
        title=Text("Decision", "Decisión"),
        explained=Text(
            "A person decides, with reasons. Nothing is chosen beforehand.",
            "Decide una persona, con motivos. Nada está elegido de antemano.",
        ),
        said=Text("The decision is recorded.", "La decisión quedó registrada."),
        duties=(Duty.DECISION,),
        form=Decision,
        after=_any_time,
        done=lambda state: state.decision,
    ),
    Step(
        name="court-orders",
        title=Text("Court orders, last look", "Órdenes judiciales, última búsqueda"),
        explained=Text(
            "After the decision, within 24 hours before the hand-over.",
            "Después de la decisión, en las 24 horas previas a la entrega.",
        ),
        said=Text("The look for court orders is recorded.", "La búsqueda de órdenes judiciales quedó registrada."),
        duties=(Duty.DUTY_OFFICER,),
        form=LookForCourtOrders,
        after=_any_time,
        states=(ReviewState.OPEN, ReviewState.DECIDED),
        done=lambda state: state.court_orders,
    ),
    Step(
        name="confirm",
        title=Text("Identity confirmed again", "Identidad confirmada de nuevo"),
        explained=Text(
            "After the decision: is the person at hand the agreed one?",
            "Después de la decisión: ¿la persona presente es la acordada?",
        ),
        said=Text("The confirmation is recorded.", "La confirmación quedó registrada."),
        duties=(Duty.IDENTITY,),
        form=ConfirmIdentity,
        after=_agreed,
        states=DECIDED,
        done=lambda state: state.reconfirmed,
    ),
    Step(
        name="handover",
        title=Text("Hand-over", "Entrega"),
        explained=Text(
            "Everything is looked at once more. One doubt, and it does not happen.",
            "Todo se mira una vez más. Ante una duda, no se realiza.",
        ),
        said=Text("The hand-over is recorded; its terms run.", "La entrega quedó registrada; corren sus plazos."),
        duties=(Duty.CUSTODY,),
        form=HandOver,
        after=_forward,
        states=DECIDED,
        done=lambda state: state.handed_over,
    ),
    Step(
        name="return",
        title=Text("The decision fell: return", "La decisión quedó sin efecto: regreso"),
        explained=Text(
            "The requesting agency is told that the person must come back; why is not told. It answers in 48 hours.",
            "Se avisa a la entidad requirente que la persona debe regresar, sin decir por qué. Responde en 48 horas.",
        ),
        said=Text("The return is asked for.", "El regreso quedó pedido."),
        duties=(Duty.LEGAL,),
        form=Return,
        after=_no_return,
        states=(ReviewState.FOLLOWED, ReviewState.CLOSED),
        shown=lambda state: state.handed_over is not None and not state.returning.asked_at,
    ),
    Step(
        name="return-ended",
        title=Text("End of the return", "Fin del regreso"),
        explained=Text(
            "The person is back, or with counsel prefers to stay.",
            "La persona regresó o, con su defensa, prefiere quedarse.",
        ),
        said=Text("The return has ended.", "El regreso concluyó."),
        duties=(Duty.LEGAL,),
        form=ReturnEnded,
        after=_open_return,
        states=(ReviewState.FOLLOWED,),
        shown=lambda state: state.returning.open,
    ),
    Step(
        name="close",
        title=Text("Close after the judgment", "Cierre tras la sentencia"),
        explained=Text(
            "When the judgment is known and no report is missing.",
            "Cuando se conoce la sentencia y no falta ningún informe.",
        ),
        said=Text("The case is closed.", "El caso está cerrado."),
        duties=(Duty.LEGAL,),
        form=Close,
        after=_any_time,
        states=(ReviewState.FOLLOWED,),
    ),
    Step(
        name="hold",
        title=Text("Pause the case", "Pausar el trámite"),
        explained=Text(
            "Doubt is enough. Whoever may end the pause is told; others read that the case is on hold.",
            "Basta la duda. Se avisa a quien puede ponerle fin; los demás leen que el trámite está en pausa.",
        ),
        said=Text("The case is on hold.", "El trámite está en pausa."),
        duties=tuple(sorted(ANYBODY_WHO_REVIEWS - {Duty.REDRESS, Duty.OVERSIGHT})),
        form=Place,
        after=_any_time,
        states=tuple(state for state in ReviewState if state not in {ReviewState.NONE, ReviewState.ERASED}),
        joins=False,
    ),
)
"""Every step that is a form of its own, in the order of the path."""

BY_NAME: Final = {step.name: step for step in STEPS}
