"""Copies of a request behind its receiver: who may have one, and what was accepted about them (I6, I7, F51, F54).

1. A copy goes to a standing recipient of the agreement with the origin and to nobody else: the origin consented to
   these agencies by its signature, and the package it signed names that agreement. The parties are never recipients.
2. Until the answer to the origin reports an action a copy goes to all of them at once or to none. That somebody got one
   then says nothing about the person, and who may hold one can be read in the agreement.
3. A copy is not passed on again. Whoever could be next in a chain is served by the addressed agency itself, or was
   never named; so no loop can be, and the origin's letter names the passing agency as its addressee.
4. Items whose handling code asks for leave first (H2, H3) are not passed on; nor is anything beside them, for a package
   is whole or it is not that package.
5. The line to a recipient sweeps at least three times as often as that of the origin. Then its word is here before ours
   is due, with a third of a period left for a line that was down.
6. A copy serves to know and to review. Nobody is handed over on it and nothing is asked of the origin: what follows a
   hand-over is reported on the line of the agency the request is addressed to (F73). Whoever decides on a copy to act
   tells that agency.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, Millis, Reason, act
from cotejo.rules.agreement import Agreement, RenewableAgreement, looser_than_caps
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Handling
from cotejo.rules.package import Package
from cotejo.rules.told import Change
from cotejo.rules.words import Text

SWEEPS_A_PERIOD: Final = 3
ASKS_FOR_LEAVE: Final = frozenset({Handling.H2, Handling.H3})


@act("review.passed_on")
class RequestPassedOn(Act):
    """The version in hand was passed on to these standing recipients."""

    recipients: tuple[str, ...]
    version: int
    by: Officer


@act("review.taken_through")
class TakenThrough(Act):
    """A request that is addressed to another agency came from that agency, `from_partner`.

    `terms` are those of its origin with that agency, which the origin's signature on the package covers.
    """

    review: str
    from_partner: str
    destination: str
    terms: Agreement
    package: Package


@act("review.taken_through_renewed")
class TakenThroughRenewed(TakenThrough):
    """The same, where its terms are of the second form."""

    terms: RenewableAgreement


@act("review.through_terms")
class ThroughTermsFollowed(Act):
    """The letter of a newer version cites terms of its origin that follow the ones the copy stood under."""

    terms: RenewableAgreement


@act("review.withdrawal_noted")
class WithdrawalNoted(Act):
    """A request that is not here, or no longer, was withdrawn while copies of it may lie behind this node."""

    review: str
    from_partner: str
    request: str
    version: int


@act("review.sweep_missed")
class OnwardSweepMissed(Act):
    """At the agreed moment these had not said that they swept: nothing is told, and both oversight bodies know."""

    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Pass the version in hand on to standing recipients. Legal."""

    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePassedOn:
    """Take in what an agency passes on of a request addressed to it: its first version here, or a newer one. Partner.

    `terms` are proven by the origin's signature. `arrived`: the hashes of the documents that came whole; `letter` the
    hash of the origin's signed letter, which is one of them.
    """

    review: str
    package: Package
    terms: Agreement
    letter: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    arrived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What the line itself tells of copies behind this node, so that no restore can lose a holder.

    `holders` are those to whom a package of the request went, `swept` those that said so. Whether it was this one or
    another partner's under the same id is not known of the `doubtful`: their copies stop, and are not freed.
    `letter` and `kind` are the hash and kind of the origin's letter that brought the version in hand, when it is kept
    here, `terms` those it cites.
    `lines` are the agreements with those recipients that are paired.
    """

    holders: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    swept: frozenset[str] = frozenset()
    letter: str = ""
    kind: str = ""
    terms: Agreement | None = None
    lines: tuple[tuple[str, Agreement], ...] = ()

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The holders whose sweep has not come."""
        return tuple(each for each in self.holders if each not in self.swept)

    def line_to(self, recipient: str) -> Agreement | None:
        """Return the agreement with a recipient, if there is one."""
        return dict(self.lines).get(recipient)


NOBODY: Final = Behind()


def recipients_of(terms: Agreement) -> tuple[str, ...]:
    """Return to whom a request under these terms may be passed on (rule 1)."""
    return tuple(sorted(set(terms.standing_recipients) - set(terms.parties)))


def not_to_be_passed_on(package: Package) -> tuple[Reason, ...]:
    """Return why this package may not be passed on at all (rule 4)."""
    return (HANDLING,) if any(each.handling in ASKS_FOR_LEAVE for each in package.evidence) else ()


def line_gaps(
    recipient: str, line: Agreement | None, terms: Agreement, package: Package, now: Millis
) -> tuple[Reason, ...]:
    """Return why the line to a recipient does not serve for this package."""
    if line is None or not line.active_at(now):
        return (_reason_for(recipient, "onward.not_paired", *_NOT_PAIRED),)
    gaps = []
    if package.purpose not in line.purposes or package.route not in line.routes:
        gaps.append(_reason_for(recipient, "onward.other_terms", *_OTHER_TERMS))
    if SWEEPS_A_PERIOD * line.sweep_every > terms.sweep_every:
        gaps.append(_reason_for(recipient, "onward.slow_sweep", *_SLOW_SWEEP))
    return tuple(gaps)


def against_a_copy(package: Package, terms: Agreement, *, passing: str, node: str) -> Iterator[Reason]:
    """Yield why what a node passes on is no copy for this one (rules 1, 3 and 4)."""
    if package.addressee != passing:
        yield _reason(
            "onward.addressee",
            Text(
                "The agency that passes this on is not the one it is addressed to.",
                "La entidad que la reenvía no es aquella a la que va dirigida.",
            ),
        )
    if package.origin == node:
        yield _reason("onward.own", Text("This is a request of this node.", "Es una solicitud de este nodo."))
    if not terms.covers(package.agreement) or set(terms.parties) != {package.origin, package.addressee}:
        yield _reason("onward.terms", Text("These are not its terms.", "Estos no son sus términos."))
    elif node not in recipients_of(terms):
        yield NO_CONSENT
    if looser_than_caps(terms):
        yield _reason("onward.too_loose", Text("Its terms are looser than the law.", "Sus términos exceden la ley."))
    yield from not_to_be_passed_on(package)


def _reason(code: str, text: Text, *, remedy: Text | None = None, clears: tuple[Duty, ...] = ()) -> Reason:
    return Reason(code=code, text=text, remedy=remedy, field="recipients", clears=clears, rows=("F54",))


def _reason_for(recipient: str, code: str, text: Text, remedy: Text) -> Reason:
    named = Text(f"{recipient}: {text.en}", f"{recipient}: {text.es}")
    return _reason(code, named, remedy=remedy, clears=(Duty.PARTNERS,))


HANDLING: Final = _reason(
    "onward.handling",
    Text(
        "An item may be passed on only with leave of the agency it comes from (H2 or H3).",
        "Un elemento solo puede reenviarse con autorización de la entidad de la que procede (H2 o H3).",
    ),
    remedy=Text(
        "That agency may send the request to the other one itself.",
        "Esa entidad puede enviar la solicitud directamente a la otra.",
    ),
)
NO_CONSENT: Final = _reason(
    "onward.no_consent",
    Text(
        "The requesting agency did not consent to this recipient: the agreement does not name it.",
        "La entidad requirente no consintió este destinatario: el acuerdo no lo nombra.",
    ),
    remedy=Text("Name it in a new agreement.", "Nómbrelo en un nuevo acuerdo."),
    clears=(Duty.PARTNERS,),
)
NOT_ALL: Final = _reason(
    "onward.not_all",
    Text(
        "Until an action is reported a copy goes to all standing recipients at once, or to none.",
        "Hasta informar de una actuación, la copia va a todos los destinatarios permanentes a la vez, o a ninguno.",
    ),
    remedy=Text("Choose all of them.", "Elíjalos todos."),
)
NOBODY_NAMED: Final = _reason(
    "onward.nobody",
    Text("The agreement names no standing recipients.", "El acuerdo no nombra destinatarios permanentes."),
)
ALREADY: Final = _reason(
    "onward.already",
    Text(
        "They have it already; newer versions follow by themselves.", "Ya la tienen; las nuevas versiones llegan solas."
    ),
)
TWICE: Final = _reason(
    "onward.twice",
    Text(
        "This request came through another agency and is not passed on again.",
        "Esta solicitud llegó por medio de otra entidad y no se reenvía de nuevo.",
    ),
)
NO_LETTER: Final = _reason(
    "onward.no_letter",
    Text(
        "The requesting agency's signed letter is not kept here.",
        "Aquí no se conserva la carta firmada de la entidad requirente.",
    ),
    remedy=Text("Its next correction can be passed on.", "Su próxima corrección podrá reenviarse."),
)
FOR_THE_ADDRESSED: Final = Reason(
    code="onward.for_the_addressed",
    text=Text(
        "This request is addressed to another agency. Only that one asks about it and hands over on it.",
        "Esta solicitud va dirigida a otra entidad. Solo ella pregunta sobre ella y entrega con base en ella.",
    ),
    remedy=Text("Tell the agency it is addressed to.", "Avise a la entidad a la que va dirigida."),
    rows=("F54", "F73"),
)
_NOT_PAIRED: Final = (
    Text("no agreement with it is in force.", "no hay acuerdo vigente con esta entidad."),
    Text("Pair with it, or renew the agreement.", "Vincúlese con ella o renueve el acuerdo."),
)
_OTHER_TERMS: Final = (
    Text(
        "the agreement with it lacks this purpose or route.", "el acuerdo con ella no contempla esta finalidad o vía."
    ),
    Text("Agree on it first.", "Acuérdelo primero."),
)
_SLOW_SWEEP: Final = (
    Text(
        "withdrawals are completed there too rarely; three times as often as with the requesting agency is needed.",
        "allí los retiros se completan con poca frecuencia; debe ser el triple que con la entidad requirente.",
    ),
    Text("Agree on a shorter time.", "Acuerde un plazo más corto."),
)
