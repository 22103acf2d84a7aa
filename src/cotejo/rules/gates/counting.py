"""Which items of evidence may open a gate; the others are kept and shown, each with its reason.

1. Anonymous, challenged, erased-from or assessed items never count (F07, F10).
2. A statement counts only when coercion was asked about and none is alleged (F15).
3. The person's own words count only verbatim, dated, placed, and with a recording or signature (F03).
4. A court's act counts without a grade when it counts at all; everything else needs a grade that counts (grading).
5. Only what speaks against the person supports an allegation.
"""

from collections.abc import Iterator

from cotejo.rules.acts import Reason
from cotejo.rules.duties import Duty
from cotejo.rules.facts import COURT_KINDS, STATEMENT_KINDS, Coercion, Favours, StatementType
from cotejo.rules.gates.judicial import FAVOURABLE, counts
from cotejo.rules.gates.reading import Reading, lacks
from cotejo.rules.grading import grade_counts
from cotejo.rules.package import EvidenceItem, SelfStatement
from cotejo.rules.words import Text

OWN_WORDS = "person"
"""The origin of an item that is what the person said; it is never made a token."""


def counting(reading: Reading) -> tuple[EvidenceItem, ...]:
    """Return the items that may open a gate."""
    return tuple(
        each
        for each in reading.package.evidence
        if each.favours is Favours.AGAINST and not tuple(not_counting(reading, each))
    )


def not_counting(reading: Reading, item: EvidenceItem) -> Iterator[Reason]:
    """Say why an item opens nothing, all reasons at once."""
    if item.anonymous:
        yield _why("anonymous", "An anonymous item opens nothing.", "Un elemento anónimo no abre nada.", "F07")
    if item.challenged:
        yield _why("challenged", "The item is being contested.", "El elemento está impugnado.", "F07")
    if item.statement_type is StatementType.ASSESSMENT:
        yield _why("assessment", "An opinion is no evidence.", "Una apreciación no es prueba.", "F10")
    if item.kind in STATEMENT_KINDS and item.coercion is not Coercion.NONE_ALLEGED:
        yield _why(
            "coercion",
            "Coercion is alleged or nobody asked how the statement was obtained.",
            "Se alega coacción o nadie preguntó cómo se obtuvo la declaración.",
            "F15",
        )
    if item.origin == OWN_WORDS and not _checkable(item.self_statement):
        yield _why(
            "own_words",
            "The person's own words are not given verbatim with language, date, place and recording or signature.",
            "Las palabras de la persona no constan literales, con idioma, fecha, lugar y grabación o firma.",
            "F03",
        )
    if item.kind in COURT_KINDS:
        yield from _court_gaps(reading, item)
    elif not grade_counts(item.grade):
        yield _why(
            "grade",
            "The grade, in its own scale, is too low or missing.",
            "La calificación, en su propia escala, es insuficiente o falta.",
            "F07",
        )


def _checkable(words: SelfStatement | None) -> bool:
    return words is not None and all(
        (words.verbatim, words.language, words.date, words.place, words.recording_or_signed)
    )


def _court_gaps(reading: Reading, item: EvidenceItem) -> Iterator[Reason]:
    court_act = reading.court_act_of(item.document)
    if court_act is None or court_act.kind is not item.kind:
        yield _why(
            "court_act_not_described",
            "The court act behind the item is not described.",
            "El acto judicial en que se apoya no está descrito.",
            "F34",
        )
    elif not counts(court_act) or court_act.outcome in FAVOURABLE:
        yield _why(
            "court_act",
            "The court act is collective or by an anonymous judge without a passage about this person, or has fallen.",
            "El acto judicial es colectivo o de juez anónimo sin pasaje sobre esta persona, o quedó sin efecto.",
            "F34",
        )


def _why(code: str, english: str, spanish: str, row: str) -> Reason:
    return lacks(
        f"counting.{code}",
        Text(english, spanish),
        Text(
            "It stays in the file; add an item that counts.", "Queda en el expediente; agregue un elemento que cuente."
        ),
        Duty.RECORDER,
        rows=(row,),
    )
