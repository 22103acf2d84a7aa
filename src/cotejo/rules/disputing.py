"""A dispute in the law of both sides: what every one must say, and what was accepted about one at the receiver.

1. A dispute names statements of a version, says by whom and since when they are disputed, in its own words, and what
   is asked. It withdraws nothing and adds nothing about the person (I2).
2. From the origin to the holders of its request it goes by an officer's act. Against the origin it goes only with the
   person's own signature, the signed paper with it, after a warning who will learn of it (I6, I12).
3. At the receiver either opens the legal review afresh, and nothing is decided to act on before the legal reviewer has
   answered it; a decision that was not carried out falls (F53, F64).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, Millis, Reason, act
from cotejo.rules.asked import reason
from cotejo.rules.dates import day_of, is_date, last_day
from cotejo.rules.dispute_words import (
    LONGEST_CLAIM,
    LONGEST_COUNSEL,
    LONGEST_STATEMENT,
    MOST_CLAIMS,
    Disputed,
    PersonSigned,
)
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.words import Text

_FULL_DAY: Final = len("2026-01-31")


@act("review.disputed")
class DisputeTold(Act):
    """The origin told that statements of its request are disputed."""

    version: int
    stated: Disputed


@act("review.dispute_signed")
class DisputeSigned(Act):
    """The person disputes statements of the version in hand and signed that the origin be told; nothing left yet."""

    version: int
    stated: Disputed
    signed: PersonSigned
    by: Officer


@act("review.dispute_sent")
class DisputeSent(Act):
    """The signed dispute left for the origin: protection looked, and nothing stands against it."""

    version: int
    by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDispute:
    """The origin tells that statements of its request are disputed. Partner."""

    request: str
    version: int
    stated: Disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSignedDispute:
    """Record what the person disputes and signed. Legal or custody; nothing leaves by it."""

    stated: Disputed
    signed: PersonSigned


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSignedDispute:
    """Let the signed dispute leave. Protection."""


def wrong_in(stated: Disputed) -> Iterator[Reason]:
    """Yield what a dispute lacks, as far as the dispute alone shows it (so a receipt may name it, I6)."""
    claims = stated.claims
    fit = 0 < len(claims) <= MOST_CLAIMS and len(set(claims)) == len(claims)
    if not fit or not all(claim.strip() and len(claim) <= LONGEST_CLAIM and version > 0 for claim, version in claims):
        yield _CLAIMS
    if not stated.statement.strip() or len(stated.statement) > LONGEST_STATEMENT:
        yield _STATEMENT
    if not _is_day(stated.on):
        yield _DAY


def ahead(stated: Disputed, now: Millis) -> Iterator[Reason]:
    """Yield why a dispute cannot be raised on its day: it has not come yet."""
    if _is_day(stated.on) and last_day(stated.on) > day_of(now):
        yield _DAY


def wrong_in_signature(signed: PersonSigned | None, stated: Disputed) -> Iterator[Reason]:
    """Yield what is missing of the person's signature, as far as the message alone shows it."""
    if signed is None:
        yield UNSIGNED
        return
    if not signed.counsel.strip() or len(signed.counsel) > LONGEST_COUNSEL:
        yield _COUNSEL
    if not _is_day(signed.warned_on) or (_is_day(stated.on) and signed.warned_on > stated.on):
        yield _WARNED


def _is_day(text: str) -> bool:
    """Say whether this is one full day, `2026-01-31`."""
    return len(text) == _FULL_DAY and is_date(text)


_CLAIMS = reason(
    "dispute.claims",
    Text(
        f"Choose the disputed statements, each once, {MOST_CLAIMS} at most.",
        f"Elija las afirmaciones impugnadas, cada una una vez, {MOST_CLAIMS} como máximo.",
    ),
    Text("A dispute is about statements of the request.", "La impugnación se refiere a afirmaciones de la solicitud."),
    field="claims",
    rows=("F53", "F64"),
)
_STATEMENT = reason(
    "dispute.statement",
    Text(
        f"Say what is disputed, in {LONGEST_STATEMENT} characters at most.",
        f"Diga qué se impugna, en {LONGEST_STATEMENT} caracteres como máximo.",
    ),
    Text("Whoever holds the request reads these words.", "Quien tenga la solicitud leerá estas palabras."),
    field="statement",
    rows=("F64",),
)
_DAY = reason(
    "dispute.day",
    Text("Give the day of the dispute as YYYY-MM-DD.", "Indique el día de la impugnación como AAAA-MM-DD."),
    Text("Not later than today.", "No posterior a hoy."),
    field="on",
    rows=("F02",),
)
UNSIGNED: Final = reason(
    "dispute.unsigned",
    Text(
        "Only the person's own signature lets a dispute leave for the requesting agency.",
        "Solo la firma de la propia persona permite que una impugnación salga hacia la entidad requirente.",
    ),
    Text("An officer's wish is none.", "El deseo de una persona funcionaria no basta."),
    Duty.LEGAL,
    field="document",
    rows=("F45", "F67"),
)
_COUNSEL = reason(
    "dispute.counsel",
    Text("Say which counsel stood by.", "Indique qué defensa asistió."),
    Text("Nobody signs this alone.", "Nadie firma esto sin asistencia."),
    Duty.LEGAL,
    field="counsel",
    rows=("F67",),
)
_WARNED = reason(
    "dispute.warned",
    Text(
        "The day of the warning is missing, or lies after the signature.",
        "Falta el día de la advertencia, o es posterior a la firma.",
    ),
    Text(
        "First tell the person who will learn of it; then they sign, or not.",
        "Primero se advierte a la persona quién se enterará; después firma, o no.",
    ),
    Duty.LEGAL,
    field="warned_on",
    rows=("F45", "F67"),
)
DOCUMENT: Final = reason(
    "dispute.document",
    Text("The paper of the dispute is not here.", "Falta el papel de la impugnación."),
    Text("Attach it.", "Adjúntelo."),
    field="document",
    rows=("F01",),
)
NOT_IN_VERSION: Final = reason(
    "dispute.not_in_version",
    Text(
        "A chosen statement is not in the version the other side holds.",
        "Una afirmación elegida no está en la versión que consta en la contraparte.",
    ),
    Text("Open the request again and choose anew.", "Abra de nuevo la solicitud y vuelva a elegir."),
    field="claims",
    rows=("F53",),
)
