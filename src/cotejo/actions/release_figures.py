"""Releasing figures: counted from statistics rows, disclosure-controlled, signed over the state of the log (I14).

1. The statistics officer releases; the release is written down like every file that leaves (I10).
2. The rows are those the log's leaves commit to, up to the size the checkpoint names: anybody with the auditor's
   bundle counts the same.
3. What a figure may say is decided by `rules.disclosure`; nobody sees or signs a true count here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.actions.unit import Unit
from cotejo.proof import exact, jws
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.keys import SigningKey
from cotejo.rules.acts import RULES_VERSION, Millis, Refused
from cotejo.rules.disclosure import Published, as_figure, publish
from cotejo.rules.duties import Officer
from cotejo.rules.figures import FIGURES, Figure, StatisticsRow, labels_of, table_of
from cotejo.rules.purposes import Purpose

FORMAT: Final = "cotejo-release/1"
LARGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a release is made of: the log as its checkpoint names it, the rows in it, the period (two months)."""

    checkpoint: Checkpoint
    rows: Iterable[StatisticsRow]
    first: str
    last: str


def publish_figures(counted: Counted, rounding: bytes) -> tuple[tuple[Figure, Published], ...]:
    """Return every figure as it may be said. Raises `NotPublishable`."""
    rows = tuple(counted.rows)
    tables = ((each, table_of(each, rows, first=counted.first, last=counted.last)) for each in FIGURES)
    return tuple((figure, publish(table, rounding)) for figure, table in tables)


def release_figures(
    unit: Unit, counted: Counted, *, who: Officer, log_key: SigningKey, rounding: bytes, now: Millis
) -> bytes | Refused:
    """Return the signed payload of a release (the portal's format). `rounding` are 32 secret bytes of the node.

    Raises `NotPublishable`, and `ProofError` when the key is not the log's.
    """
    answer = may(who, Verb.EXPORT, Thing(kind="figures", step="Release"), purpose=Purpose.STATISTICS)
    period = f"figures:{counted.first}:{counted.last}"
    if isinstance(answer, Denied):
        refused = Refused((answer.reason,))
        unit.note_refusal(who=who, purpose=Purpose.STATISTICS, subject=period, reasons=refused.reasons, now=now)
        return refused
    figures = []
    for figure, published in publish_figures(counted, rounding):
        labels = {value: {"es": words.es, "en": words.en} for value, words in labels_of(figure).items()}
        figures.append({"code": figure.code, "labels": labels, **as_figure(published)})
    payload = {
        "format": FORMAT,
        "issuer": unit.node,
        "world": unit.world,
        "period": {"from": counted.first, "to": counted.last},
        "rules": RULES_VERSION,
        "log": {
            "origin": counted.checkpoint.origin,
            "size": counted.checkpoint.size,
            "root": counted.checkpoint.root.hex(),
        },
        "figures": figures,
    }
    signed = jws.sign(exact.to_bytes(payload), log_key, typ=jws.Typ.FIGURES, at_most=LARGEST)
    unit.note_read(who=who, purpose=Purpose.STATISTICS, subject=period, case=period, now=now)
    return signed
