"""The checks of the receiver: each a pure function of case, facts and moment that returns why it is not passed.

1. Gates on the page and decisions use these same functions, so that neither can be kinder than the other.
2. `usable` and `protected` answer with one reason for everybody but the protection officer: a page that said more would
   show who is protected (F44, F45).
3. A protection check counts for 24 hours, for all candidates, and only when made after the step before it: at the
   identity answers, again for the decision, again for the hand-over (F44).
4. The status must have been issued after the second identity answer (F40; design section 12).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Millis, Reason, not_passed
from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Duty, Officer, Who, may_join
from cotejo.rules.holds import HoldKind
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import BOTH, Review
from cotejo.rules.review_words import (
    Citizenship,
    CourtOrders,
    Protection,
    ReviewState,
    Usability,
)
from cotejo.rules.status import ActClass, valid_now
from cotejo.rules.succession import covers_package
from cotejo.rules.words import Text

CHECK_LASTS: Final[Millis] = DAY
"""How long a protection or court-order check counts (F44; a cap, never lengthened)."""


def reason(
    code: str,
    en: str,
    es: str,
    *,
    remedy: tuple[str, str] | None = None,
    field: str = "",
    clears: tuple[Duty, ...] = (),
    rows: tuple[str, ...] = (),
) -> Reason:
    """Make a reason from its words in English and Spanish."""
    return Reason(
        code=code, text=Text(en, es), remedy=Text(*remedy) if remedy else None, field=field, clears=clears, rows=rows
    )


ON_HOLD: Final = reason(
    "case.on_hold",
    "On hold. The case cannot go on for now.",
    "Trámite en pausa. Por ahora el caso no puede continuar.",
    rows=("F44", "F45", "F46"),
)
ERASED: Final = reason("case.erased", "This case was erased.", "Este caso fue suprimido.", rows=("F57",))
NOTHING_HERE: Final = reason("case.none", "There is no such case here.", "Aquí no hay tal caso.")
WITHDRAWN: Final = reason(
    "case.withdrawn",
    "The requesting agency withdrew this request. It must not be used again.",
    "La entidad requirente retiró esta solicitud. No debe usarse más.",
    rows=("F51",),
)
RECOVERING: Final = reason(
    "node.recovering",
    "This node is being restored. Nothing can be decided until that is done.",
    "Este nodo se está restaurando. Nada puede decidirse hasta que termine.",
    remedy=("The operator finishes the recovery.", "La persona operadora termina la recuperación."),
    clears=(Duty.OPERATOR,),
    rows=("F56",),
)
AGREEMENT_OVER: Final = reason(
    "agreement.not_active",
    "The agreement with the requesting agency is not in force.",
    "El acuerdo con la entidad requirente no está vigente.",
    clears=(Duty.PARTNERS,),
    rows=("F19",),
)
SENDER_PAUSED: Final = reason(
    "partner.paused",
    "All requests of this agency are on hold: a report after a hand-over is missing or different.",
    "Todas las solicitudes de esta entidad están en pausa: falta o difiere un informe posterior a una entrega.",
    remedy=(
        "The oversight body resumes them when the report is in.",
        "El órgano de supervisión las reanuda cuando llegue el informe.",
    ),
    clears=(Duty.OVERSIGHT,),
    rows=("F73",),
)
NOT_EVALUATED: Final = reason(
    "gates.not_evaluated",
    "The requesting agency's checks were not evaluated here.",
    "Los controles de la entidad requirente no fueron evaluados aquí.",
    rows=("F01",),
)


def exists(state: Review) -> Iterator[Reason]:
    """Yield why nothing at all can be done: no case, or an erased one."""
    if state.state is ReviewState.NONE:
        yield NOTHING_HERE
    elif state.state is ReviewState.ERASED:
        yield ERASED


def usable(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield why the case cannot go on, whatever the step (I4, I7, I12, F19, F46, F73)."""
    if state.usability is Usability.WITHDRAWN or facts.marked:
        yield WITHDRAWN
    elif state.paused:
        yield ON_HOLD
    if facts.partner_paused:
        yield SENDER_PAUSED
    if facts.recovering:
        yield RECOVERING
    if (
        not facts.agreement.active_at(now)
        or not facts.told_under.active_at(now)
        or (state.package and not covers_package(facts.agreement, state.package))
    ):
        yield AGREEMENT_OVER


def protected(state: Review, now: Millis, *, after: Millis = 0) -> Iterator[Reason]:
    """Yield the one reason unless a fresh check found nothing registered about everybody the search left open (F44).

    `after`: the check must be younger than this moment.
    """
    check = state.protection
    if (
        check is None
        or check.act.result is not Protection.NOTHING_REGISTERED
        or not set(state.to_protect) <= set(check.act.candidates)
        or not after <= check.at <= now < check.at + CHECK_LASTS
    ):
        yield ON_HOLD


def nationality(state: Review) -> Iterator[Reason]:
    """Yield why the mandatory nationality step is not done (F28)."""
    found = state.nationality
    if found is None:
        yield reason(
            "nationality.open",
            "The nationality check has not been made.",
            "Falta la comprobación de nacionalidad.",
            clears=(Duty.NATIONALITY,),
            rows=("F28",),
        )
    elif found.act.found is not Citizenship.NO_EVIDENCE and any(
        hold.kind is HoldKind.CITIZENSHIP_CLAIM and not hold.ended for hold in state.holds
    ):
        yield ON_HOLD


def identity(state: Review) -> Iterator[Reason]:
    """Yield why identity is not agreed (I3, F26)."""
    agreed = state.agreed
    if agreed is None:
        yield reason(
            "identity.open",
            "Two identity officers have not agreed that this is the same person and nobody else is.",
            "Dos personas de identidad no han acordado que es la misma persona y que nadie más lo es.",
            clears=(Duty.IDENTITY,),
            rows=("F26",),
        )
        return
    given = [each.act for each in state.answers_on(agreed[0])]
    if len({each.by.id for each in given}) < len(given):
        yield reason(
            "identity.one_person", "Both answers are by one person.", "Ambas respuestas son de una misma persona."
        )
    if any(each.identifier is None for each in given):
        yield NO_IDENTIFIER


NO_IDENTIFIER: Final = reason(
    "identity.no_identifier",
    "No verified unique identifier agrees. A name and a birth date are never enough.",
    "No coincide ningún identificador único verificado. El nombre y la fecha de nacimiento nunca bastan.",
    remedy=(
        "Use the DUI, passport or civil registry number if it agrees, or an examiner's report.",
        "Use el DUI, el pasaporte o la partida si coinciden, o el informe de una persona perita.",
    ),
    field="identifier",
    clears=(Duty.IDENTITY,),
    rows=("F26",),
)


def differences(state: Review, facts: ReviewFacts) -> Iterator[Reason]:
    """Yield every difference that one of the officers left without written resolution (F27).

    While answers are sealed every difference counts as unresolved, so that the gate does not show the first answer.
    """
    if state.search is None:
        yield NOT_COMPARED
    for candidate in state.candidates:
        compared = facts.comparison(candidate)
        given = state.answers_on(candidate)
        known = set(compared.differences if compared else ())
        if len(given) < BOTH:
            yield from (unresolved(name) for name in sorted(known)) if compared else (NOT_COMPARED,)
            continue
        known = known.union(*(each.act.differences for each in given))
        for name in sorted(known):
            if any(name not in explained(each.act.resolutions) for each in given):
                yield unresolved(name)


def explained(resolutions: tuple[tuple[str, str], ...]) -> set[str]:
    """Return the differences that have a written explanation."""
    return {name for name, how in resolutions if how.strip()}


NOT_COMPARED: Final = reason(
    "identity.not_compared",
    "This person has not been compared with the request.",
    "Esta persona no ha sido comparada con la solicitud.",
    clears=(Duty.IDENTITY,),
    rows=("F27",),
)


def unresolved(name: str) -> Reason:
    """Make the reason for one difference without written resolution."""
    return reason(
        "identity.unresolved",
        f"A difference has no written explanation: {name}.",
        f"Una diferencia no tiene explicación escrita: {name}.",
        field=f"resolutions.{name}",
        clears=(Duty.IDENTITY,),
        rows=("F27",),
    )


def sender(facts: ReviewFacts) -> Iterator[Reason]:
    """Yield every reason of the sender's gates as evaluated here (I2)."""
    if not facts.sender_gates:
        yield NOT_EVALUATED
    yield from not_passed(facts.sender_gates)


def vigent(state: Review, facts: ReviewFacts, act_class: ActClass, now: Millis) -> Iterator[Reason]:
    """Yield why the version in hand is not valid at this instant for this class of act (I5)."""
    package = state.package
    if package is None:
        yield NOTHING_HERE
        return
    terms = facts.agreement
    yield from valid_now(
        facts.status,
        package.slot,
        package.version,
        facts.floor,
        terms.lifetimes,
        act_class,
        now,
        terms.skew,
        facts.high_water,
    )
    agreed = state.agreed
    if act_class is ActClass.GRAVE and facts.status is not None and agreed and facts.status.issued <= agreed[1]:
        yield reason(
            "status.before_identity",
            "The last status is older than the second identity answer.",
            "La última constancia de vigencia es anterior a la segunda respuesta de identidad.",
            remedy=("Wait for the next one; it comes by itself.", "Espere la próxima; llega por sí sola."),
            rows=("F40",),
        )


def last_look(state: Review, now: Millis) -> Iterator[Reason]:
    """Yield why the last steps before a hand-over are not done after the decision (F44, F47; failures.md 2.3)."""
    decided_at = state.decision.at if state.decision else now
    orders = state.court_orders
    if (
        orders is None
        or orders.act.found is not CourtOrders.NONE_IN_FORCE
        or not decided_at <= orders.at <= now < orders.at + CHECK_LASTS
    ):
        yield reason(
            "handover.court_orders",
            "Court orders were not looked for in the last 24 hours, after the decision.",
            "No se buscaron órdenes judiciales en las últimas 24 horas, después de la decisión.",
            clears=(Duty.DUTY_OFFICER,),
            rows=("F47",),
        )
    again = state.reconfirmed
    same = again is not None and state.agreed is not None and again.act.candidate == state.agreed[0]
    if again is None or not same or not decided_at <= again.at <= now < again.at + CHECK_LASTS:
        yield reason(
            "handover.identity",
            "Identity was not confirmed again after the decision.",
            "La identidad no fue confirmada de nuevo después de la decisión.",
            clears=(Duty.IDENTITY,),
            rows=("F26",),
        )


def joined(state: Review, who: Who) -> Iterator[Reason]:
    """Yield why this officer cannot act in this duty in this case (I1)."""
    if isinstance(who, Officer) and any(
        other.id == who.id and not may_join(other.duty, who.duty) for other in state.roster
    ):
        yield reason(
            "duty.joined",
            "You acted in this case in another duty. Another person must do this.",
            "Usted actuó en este caso en otra función. Debe hacerlo otra persona.",
            rows=("F43",),
        )
