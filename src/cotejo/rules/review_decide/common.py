"""What every decision about a review has in common: who asks, whether the case can go on, and the plan of one act."""

from collections.abc import Callable, Iterable, Iterator

from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused
from cotejo.rules.dates import day_of, is_date, last_day
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, RedressDoor, Who
from cotejo.rules.review_checks import exists, joined, protected, reason, usable, vigent
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState
from cotejo.rules.status import ActClass

WRONG_WHO = reason(
    "who.not_yours",
    "This is not for your duty.",
    "Esto no corresponde a su función.",
    rows=("F43",),
)
NOT_OPEN = reason(
    "case.not_open",
    "The case is not open for this step.",
    "El caso no está abierto para este paso.",
)


def plan_of(state: Review, *acts: Act) -> Plan:
    """Return the plan that stores acts at the end of the case."""
    return Plan(
        acts=tuple(NewAct(stream=state.stream, act=each) for each in acts), expect={state.stream: state.version}
    )


def judge(found: Iterable[Reason], make: Callable[[], Plan]) -> Plan | Refused:
    """Refuse with all reasons at once, each once, or make the plan."""
    reasons = tuple(dict.fromkeys(found))
    return Refused(reasons) if reasons else make()


def by_officer(state: Review, who: Who, *duties: Duty) -> Iterator[Reason]:
    """Yield why this is not an officer who may do this here (I1, F43)."""
    yield from exists(state)
    if not isinstance(who, Officer) or who.duty not in duties:
        yield WRONG_WHO
    else:
        yield from joined(state, who)


def by_partner(state: Review, who: Who) -> Iterator[Reason]:
    """Yield why this is not the node the request came from."""
    yield from exists(state)
    if not isinstance(who, PartnerNode) or who.name != state.partner:
        yield WRONG_WHO


def by_clock(state: Review, who: Who) -> Iterator[Reason]:
    """Yield why this is not the clock."""
    yield from exists(state)
    if not isinstance(who, Clockwork):
        yield WRONG_WHO


def by_redress(state: Review, who: Who) -> Iterator[Reason]:
    """Yield why this is not the redress door."""
    yield from exists(state)
    if not isinstance(who, RedressDoor):
        yield WRONG_WHO


def officer(who: Who) -> Officer:
    """Return the officer that `by_officer` has made sure of."""
    if not isinstance(who, Officer):
        raise TypeError("only after by_officer found nothing")
    return who


def in_state(state: Review, *allowed: ReviewState) -> Iterator[Reason]:
    """Yield why the case is at another point."""
    if state.state not in allowed:
        yield NOT_OPEN


def forward(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield why a step that brings the case forward must wait (I4, I5, F46)."""
    yield from usable(state, facts, now)
    yield from vigent(state, facts, ActClass.ADMINISTRATIVE, now)


def forward_protected(state: Review, facts: ReviewFacts, now: Millis) -> Iterator[Reason]:
    """Yield why a step that touches the person must wait: as `forward`, and a fresh protection check (F44)."""
    yield from forward(state, facts, now)
    yield from protected(state, now)


def agreed_first(state: Review) -> Iterator[Reason]:
    """Yield why a step about the agreed person is too early."""
    if state.agreed is None:
        yield reason(
            "identity.open",
            "First two identity officers must agree who it is.",
            "Primero dos personas de identidad deben acordar quién es.",
            clears=(Duty.IDENTITY,),
            rows=("F26",),
        )


def written(**fields: str) -> Iterator[Reason]:
    """Yield each named field that has no words in it."""
    for name, value in fields.items():
        if not value.strip():
            yield reason(
                f"{name}.empty",
                "Write this in your own words.",
                "Escríbalo con sus propias palabras.",
                field=name,
                rows=("F43",),
            )


def kept(facts: ReviewFacts, **documents: str) -> Iterator[Reason]:
    """Yield each named document that is not kept here."""
    for name, sha256 in documents.items():
        if sha256 not in facts.documents:
            yield reason(
                "document.missing",
                "The document is not here. Attach it.",
                "El documento no está aquí. Adjúntelo.",
                field=name,
                rows=("F01",),
            )


def kept_all(facts: ReviewFacts, name: str, documents: tuple[str, ...]) -> Iterator[Reason]:
    """Yield once when one of several documents is not kept here."""
    if not set(documents) <= facts.documents:
        yield from kept(facts, **{name: ""})


def past_days(now: Millis, **days: str) -> Iterator[Reason]:
    """Yield each named day that is no full date or has not come yet."""
    for name, text in days.items():
        if len(text) != len("2026-01-31") or not is_date(text) or last_day(text) > day_of(now):
            yield reason(
                "day.not_past",
                "Give the day as YYYY-MM-DD, not later than today.",
                "Indique el día como AAAA-MM-DD, no posterior a hoy.",
                field=name,
                rows=("F02",),
            )
