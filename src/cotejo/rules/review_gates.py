"""The receiver's gates, as the page, the API and the papers show them.

1. What speaks for the person comes first; then the sender's gates evaluated here; no percentage, no count of passed.
2. Whoever is not the protection officer sees one gate, "the case can go on", for every pause and for protection (F44).
3. A gate that meets something missing is open, never passed (I11).
"""

from cotejo.rules.acts import Gate, Millis, gate
from cotejo.rules.duties import Duty
from cotejo.rules.review_checks import (
    WITHDRAWN,
    differences,
    exists,
    identity,
    last_look,
    nationality,
    protected,
    reason,
    sender,
    usable,
    vigent,
)
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_law import heard, legal, own_law, risk
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState
from cotejo.rules.status import ActClass
from cotejo.rules.words import Text


def review_gates(state: Review, facts: ReviewFacts, duty: Duty, now: Millis) -> tuple[Gate, ...]:
    """Return all gates of a case as this duty may see them, what speaks for the person first."""
    return (*_for_the_person(state, facts, duty, now), *_of_the_request(state, facts, now))


def _for_the_person(state: Review, facts: ReviewFacts, duty: Duty, now: Millis) -> tuple[Gate, ...]:
    pauses = [*exists(state), *usable(state, facts, now)]
    checks = list(protected(state, now, after=_last_step(state)))
    if duty is not Duty.PROTECTION:
        pauses = list(dict.fromkeys([*pauses, *checks]))
    gates = [
        gate(
            "review.usable",
            Text("The case can go on", "El caso puede continuar"),
            pauses,
            rows=("F44", "F46", "F51"),
            stops=WITHDRAWN in pauses,
            speaks_for=True,
        )
    ]
    if duty is Duty.PROTECTION:
        gates.append(
            gate(
                "review.protection",
                Text(
                    "Nothing registered about any possible same person", "Nada registrado sobre ninguna posible persona"
                ),
                [_PROTECTION_OPEN] if checks else [],
                rows=("F44",),
                speaks_for=True,
            )
        )
    gates += [
        gate(
            "review.nationality",
            Text("Nationality checked", "Nacionalidad comprobada"),
            nationality(state),
            rows=("F28",),
            speaks_for=True,
        ),
        gate(
            "review.differences",
            Text("Every difference is explained in writing", "Cada diferencia está explicada por escrito"),
            differences(state, facts),
            rows=("F27",),
            speaks_for=True,
        ),
        gate(
            "review.heard",
            Text("Copy served and person heard", "Traslado hecho y persona oída"),
            heard(state),
            rows=("F49", "F64"),
            speaks_for=True,
        ),
        gate(
            "review.risk",
            Text("No real risk at the destination", "Sin riesgo real en el destino"),
            risk(state),
            rows=("F48",),
            speaks_for=True,
        ),
    ]
    return tuple(gates)


def _last_step(state: Review) -> Millis:
    if state.decision is not None:
        return state.decision.at
    return state.agreed[1] if state.agreed else 0


def _of_the_request(state: Review, facts: ReviewFacts, now: Millis) -> tuple[Gate, ...]:
    own: tuple[Gate, ...] = (
        gate(
            "review.identity",
            Text("Identity agreed, nothing else", "Identidad acordada, nada más"),
            identity(state),
            rows=("F26",),
        ),
        gate(
            "review.legal",
            Text("Legal review", "Revisión jurídica"),
            legal(state, facts, now),
            rows=("F04", "F15", "F34", "F38"),
        ),
        gate(
            "review.own_law",
            Text("Final order of this country's own law", "Orden firme conforme al derecho propio"),
            own_law(state),
            rows=("F49",),
        ),
        gate(
            "review.status",
            Text("Status valid now", "Constancia vigente ahora"),
            vigent(state, facts, ActClass.GRAVE, now),
            rows=("F40", "F52"),
        ),
    )
    if state.state is ReviewState.DECIDED:
        title = Text("Everything looked at once more", "Todo examinado una vez más")
        own = (*own, gate("review.last_look", title, last_look(state, now), rows=("F26", "F47")))
    if facts.sender_gates:
        return (*own, *sorted(facts.sender_gates, key=lambda each: not each.speaks_for))
    title = Text(
        "The requesting agency's checks, made again here", "Controles de la entidad requirente, repetidos aquí"
    )
    return (*own, gate("review.sender", title, sender(facts), rows=("F01",)))


_PROTECTION_OPEN = reason(
    "protection.open",
    "No check of the last 24 hours, after the step before, found nothing registered about every person.",
    "Ninguna comprobación de las últimas 24 horas, posterior al paso previo, halló nada registrado sobre cada persona.",
    clears=(Duty.PROTECTION,),
    rows=("F44",),
)
