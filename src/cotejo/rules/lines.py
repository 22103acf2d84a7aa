"""What this house knows of the line to a partner: when both sides last agreed on it, what differs, what was restored.

1. Both directions are compared every day; that they agree is written down, and so is every difference (F55).
2. A difference pauses the sender until the oversight body has looked at it; nothing settles it silently.
3. What a restore lost is closed by an act that says from which number to which, and which mark it was restored under.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, act
from cotejo.rules.line import LineMessage
from cotejo.rules.words import Text


class Difference(StrEnum):
    """How what two nodes hold of one line can differ."""

    OURS_ALTERED = "ours_altered"
    OURS_UNKNOWN = "ours_unknown"
    THEIRS_ALTERED = "theirs_altered"
    THEIRS_MISSING = "theirs_missing"
    OUTCOMES = "outcomes"
    FLOORS = "floors"
    CHECKPOINT = "checkpoint"
    TOLD_BY_PARTNER = "told_by_partner"


DIFFERENCE_WORDS: Final[Mapping[Difference, Text]] = {
    Difference.OURS_ALTERED: Text(
        "the partner holds other messages under numbers of ours",
        "la contraparte tiene otros mensajes con números nuestros",
    ),
    Difference.OURS_UNKNOWN: Text(
        "the partner holds messages of ours that this node does not know",
        "la contraparte tiene mensajes nuestros que este nodo no conoce",
    ),
    Difference.THEIRS_ALTERED: Text(
        "the partner says it sent other messages than those taken in here",
        "la contraparte dice haber enviado otros mensajes que los recibidos aquí",
    ),
    Difference.THEIRS_MISSING: Text(
        "the partner says it sent messages that did not come in here",
        "la contraparte dice haber enviado mensajes que no llegaron aquí",
    ),
    Difference.OUTCOMES: Text(
        "the receipts kept on the two sides are not the same",
        "los acuses guardados en ambos lados no son los mismos",
    ),
    Difference.FLOORS: Text(
        "the two sides do not agree on the newest version of a request",
        "ambos lados no coinciden en la versión más nueva de una solicitud",
    ),
    Difference.CHECKPOINT: Text(
        "the partner signed another line of its messages than came in here; the signed text is kept as evidence",
        "la contraparte firmó otra línea de sus mensajes que la recibida aquí; el texto firmado se guarda como prueba",
    ),
    Difference.TOLD_BY_PARTNER: Text(
        "the partner found a difference and says so",
        "la contraparte encontró una diferencia y lo informa",
    ),
}


@act("partner.lines_agreed")
class LinesAgreed(Act):
    """Both sides hold the same of both directions: so many messages of ours, so many of the partner's."""

    told: int
    heard: int


@act("partner.lines_differ")
class LinesDiffer(Act):
    """What the two sides hold of the line differs; `evidence` is what the partner signed about it, if anything."""

    differences: tuple[Difference, ...]
    told: int
    heard: int
    evidence: str


@act("partner.line_restored")
class LineRestored(Act):
    """This node was restored under `mark`, and the partner gave back what it knows of our messages.

    `lost_from` to `lost_until` (0: none) are our messages closed without their content; `awaits` is how many messages
    the partner has told us, with their root; `closed` are those among them whose bytes the partner lost itself.
    """

    mark: str
    lost_from: int
    lost_until: int
    awaits: int
    awaits_root: str
    closed: tuple[LineMessage, ...]


@act("partner.was_restored")
class PartnerWasRestored(Act):
    """The partner said that it was restored from a backup: it had come to `heard` of ours and `told` of its own."""

    told: int
    heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesKnown:
    """What is known of one partner's line, times in milliseconds UTC."""

    agreed_at: Millis = 0
    differ: tuple[Difference, ...] = ()
    restored_under: str = ""
    awaits: int = 0
    awaits_root: str = ""
    closed: tuple[LineMessage, ...] = ()
    given_back: tuple[int, int] = (-1, -1)


NOTHING_KNOWN: Final = LinesKnown()


def apply(lines: LinesKnown, entry: Entry) -> LinesKnown:
    """Fold one act about the line; any other act leaves it as it was."""
    match entry.act:
        case LinesAgreed():
            return replace(lines, agreed_at=entry.at)
        case LinesDiffer() as found:
            return replace(lines, differ=tuple(dict.fromkeys((*lines.differ, *found.differences))))
        case LineRestored() as restored:
            return replace(
                lines,
                restored_under=restored.mark,
                awaits=restored.awaits,
                awaits_root=restored.awaits_root,
                closed=restored.closed,
            )
        case PartnerWasRestored() as partner:
            return replace(lines, given_back=(partner.told, partner.heard))
        case _:
            return lines
