"""What an agreement must be to follow another one between the same two agencies (F19, F62).

1. It names every agreement it replaces; it begins after the newest of them, which its signers cannot have mistaken.
2. What was promised about live requests is not put off: answers and sweeps come at least as often, and the dates go on
   with the numbers of the ones before, so that no request gets two answers of one number or misses one. The next date
   is the first of the new period that lies ahead, and never later than it was.
3. A request that it does not cover is withdrawn by its origin when it begins, told and swept like any other (I7). Terms
   without a route and without data are the end of an agreement: they last until all that is done.
4. An agreement that ends with none to follow it is left in time for the same: its last sweeps are told under it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.agreement import DAY, Agreement, RenewableAgreement, in_turn, looser_than_caps
from cotejo.rules.facts import DataClass
from cotejo.rules.package import Package
from cotejo.rules.words import Text

MOST: Final = 63
"""Agreements that one may replace: a message with the signed terms fits its class."""
SWEEPS_TO_LEAVE: Final = 3
"""Sweep periods before the end of an agreement at which its requests are withdrawn: two to be swept, one to spare."""
CLOSING_LASTS: Final[Millis] = 10 * DAY
"""How long terms that end an agreement last beyond their last sweep at the least: until all is erased (F59)."""


def is_closing(terms: Agreement) -> bool:
    """Say whether these terms are the end of an agreement: nothing new is exchanged under them."""
    return not terms.routes and not terms.data


def leaves_at(terms: Agreement) -> Millis:
    """Return the moment from which nothing is left standing under an agreement that no other follows."""
    return terms.valid_from if is_closing(terms) else terms.valid_until - SWEEPS_TO_LEAVE * terms.sweep_every


def leaving(agreements: Sequence[Agreement], now: Millis) -> bool:
    """Say whether nothing is to be left standing any more, because the last agreement comes to its end."""
    turn = in_turn(agreements, now)
    return turn is agreements[-1] and leaves_at(turn) <= now


def next_change(agreements: Sequence[Agreement], now: Millis) -> Millis | None:
    """Return the next moment at which requests are to be met: another agreement begins, or the last one is left."""
    ahead = [each.valid_from for each in agreements] + [leaves_at(agreements[-1])]
    return min((at for at in ahead if at > now), default=None)


def shortest_closing(terms: Agreement) -> Millis:
    """Return how long terms that end this agreement last at least."""
    return SWEEPS_TO_LEAVE * terms.sweep_every + CLOSING_LASTS


def covers_package(terms: Agreement, package: Package) -> bool:
    """Say whether a request stands under these terms: what it cites, its route, purpose, data and handling codes."""
    return (
        terms.covers(package.agreement)
        and package.route in terms.routes
        and package.purpose in terms.purposes
        and DataClass.REQUEST in terms.data
        and all(each.handling in terms.handling for each in package.evidence)
    )


def dates_after(earlier: Agreement, begins: Millis, answer_every: Millis) -> tuple[Millis, int]:
    """Return from when an agreement that begins at a moment counts its dates, and the number of the first (rule 2).

    Both periods are longer than nothing, the new one no longer than the earlier.
    """
    passed = max(0, begins - earlier.dates_from) // earlier.answer_every
    last = earlier.dates_from + passed * earlier.answer_every
    sooner = max(0, begins - last) // answer_every * answer_every
    return last + min(sooner, earlier.answer_every - answer_every), earlier.first_date + passed


def following(earlier: Agreement, begins: Millis, until: Millis, **changed: Any) -> RenewableAgreement:  # noqa: ANN401 - terms of any type
    """Return the earlier terms as they go on from a moment until another, but for what is changed; not hashed yet."""
    dates_from, first_date = dates_after(earlier, begins, changed.get("answer_every", earlier.answer_every))
    as_it_is = {each.name: getattr(earlier, each.name) for each in fields(RenewableAgreement)}
    follows = {
        "hash": "",
        "replaces": (earlier.hash, *earlier.replaces),
        "valid_from": begins,
        "valid_until": until,
        "dates_from": dates_from,
        "first_date": first_date,
    }
    return RenewableAgreement(**{**as_it_is, **follows, **changed})


def against_following(earlier: Agreement, terms: RenewableAgreement) -> Iterator[Reason]:
    """Yield everything that keeps terms from following an agreement (rules 1 to 3)."""
    if set(terms.parties) != set(earlier.parties) or any(
        terms.profile_of(each) != earlier.profile_of(each) for each in earlier.parties
    ):
        yield PARTIES
    if terms.replaces != (earlier.hash, *earlier.replaces):
        yield OTHER_EARLIER
    if len(terms.replaces) > MOST:
        yield TOO_MANY
    if not earlier.valid_from < terms.valid_from < terms.valid_until:
        yield NOT_AFTER
    if terms.answer_every > earlier.answer_every or terms.sweep_every > earlier.sweep_every:
        yield PUT_OFF
    elif _counts_otherwise(earlier, terms):
        yield OTHER_DATES
    if is_closing(terms) and terms.valid_until - terms.valid_from < shortest_closing(terms):
        yield TOO_SHORT
    yield from looser_than_caps(terms)


def _counts_otherwise(earlier: Agreement, terms: RenewableAgreement) -> bool:
    if min(earlier.answer_every, terms.answer_every) <= 0:
        return False
    return (terms.dates_from, terms.first_date) != dates_after(earlier, terms.valid_from, terms.answer_every)


def _reason(code: str, text: Text, remedy: Text) -> Reason:
    return Reason(code=f"agreement.{code}", text=text, remedy=remedy, rows=("F19", "F62"))


_DRAFT_ANEW: Final = Text(
    "Draft them anew from the agreement in force.", "Redáctelos de nuevo a partir del acuerdo vigente."
)
PARTIES: Final = _reason(
    "parties",
    Text(
        "The terms are not between these two agencies under their laws.",
        "Los términos no son entre estas dos entidades conforme a sus leyes.",
    ),
    _DRAFT_ANEW,
)
OTHER_EARLIER: Final = _reason(
    "other_earlier",
    Text(
        "The terms do not follow the newest agreement between the two agencies.",
        "Los términos no siguen al acuerdo más reciente entre las dos entidades.",
    ),
    _DRAFT_ANEW,
)
TOO_MANY: Final = _reason(
    "too_many",
    Text("The terms follow too many agreements.", "Los términos siguen a demasiados acuerdos."),
    Text("End this agreement and pair anew.", "Termine este acuerdo y vincúlese de nuevo."),
)
NOT_AFTER: Final = _reason(
    "not_after",
    Text(
        "The terms begin before the agreement they follow, or end before they begin.",
        "Los términos empiezan antes que el acuerdo al que siguen, o terminan antes de empezar.",
    ),
    _DRAFT_ANEW,
)
PUT_OFF: Final = _reason(
    "put_off",
    Text(
        "The terms put off answers or sweeps that were promised.",
        "Los términos aplazan respuestas o plazos de retiro ya prometidos.",
    ),
    Text("Agree on the same times or shorter ones.", "Acuerde los mismos plazos u otros más cortos."),
)
OTHER_DATES: Final = _reason(
    "other_dates",
    Text(
        "The dates do not go on from those of the agreement the terms follow.",
        "Las fechas no continúan las del acuerdo al que siguen los términos.",
    ),
    _DRAFT_ANEW,
)
TOO_SHORT: Final = _reason(
    "too_short",
    Text(
        "The end of the agreement is too short for withdrawing, sweeping and erasing everything.",
        "El cierre del acuerdo es demasiado corto para retirar, completar y suprimir todo.",
    ),
    Text("Let the end last longer.", "Prolongue el cierre."),
)
