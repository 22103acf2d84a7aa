"""Public figures of a running node: looked at before they leave, and released as one signed file (I14, F68, F69).

1. Only a period that is over is released, and none that overlaps one released before: two releases leave nothing to
   subtract (`rules.disclosure`, rule 7). The same period may be written out again; its figures are the same.
2. The rows are those the newest signed checkpoint covers; the file carries that checkpoint with its cosignatures.
3. What is looked at before is what would be published: nobody sees a true count.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cotejo.actions.release_figures import FORMAT, Counted, publish_figures, release_figures
from cotejo.proof import exact
from cotejo.proof.checkpoint import open_checkpoint
from cotejo.rules.acts import Millis, Reason, Refused
from cotejo.rules.disclosure import Published
from cotejo.rules.duties import Officer
from cotejo.rules.figures import Figure, StatisticsRow, month_of
from cotejo.rules.words import Text
from cotejo.store.keys import token
from cotejo.store.log import CHECKPOINT, tiles_folder
from cotejo.store.models import Trace
from cotejo.store.statistics import counting_leaves

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

HOUSE: Final = "house"
MONTH: Final = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")
SUBJECT: Final = "figures:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one node, for its pages and its command."""

    node: "Node"

    def looked_at(self, first: str, last: str, *, now: Millis) -> tuple[tuple[Figure, Published], ...] | Refused:
        """Return what a release of this period would say."""
        refused = tuple(self._against(first, last, now))
        return Refused(refused) if refused else publish_figures(self._counted(first, last, now), self._rounding)

    def release(self, who: Officer, first: str, last: str, *, now: Millis) -> bytes | Refused:
        """Return the release file of this period (`cotejo-release/1`), and note that it leaves."""
        refused = tuple(self._against(first, last, now))
        if refused:
            return Refused(refused)
        counted = self._counted(first, last, now)
        signed = release_figures(
            self.node.unit, counted, who=who, log_key=self.node.keys.log, rounding=self._rounding, now=now
        )
        if isinstance(signed, Refused):
            return signed
        file = {"format": FORMAT, "signed": signed.decode(), "checkpoint": self._note().decode()}
        return json.dumps(file, ensure_ascii=False, indent=1).encode()

    def _against(self, first: str, last: str, now: Millis) -> Iterator[Reason]:
        if not MONTH.fullmatch(first) or not MONTH.fullmatch(last) or last < first:
            yield _NO_PERIOD
        elif last >= month_of(now):
            yield _NOT_OVER
        elif any(one != (first, last) and one[0] <= last and first <= one[1] for one in released()):
            yield _OVERLAPS
        if not self._note():
            yield _NO_CHECKPOINT

    def _counted(self, first: str, last: str, now: Millis) -> Counted:
        checkpoint = open_checkpoint(self._note(), self.node.keys.document.log_key(HOUSE, now=now))
        rows = (each.row for each in counting_leaves(checkpoint.size) if each.row)
        return Counted(
            checkpoint=checkpoint,
            rows=[StatisticsRow(**exact.from_bytes(row, at_most=len(row))) for row in rows],  # type: ignore[arg-type]
            first=first,
            last=last,
        )

    def _note(self) -> bytes:
        path = tiles_folder(self.node.home) / CHECKPOINT
        return path.read_bytes() if path.exists() else b""

    @property
    def _rounding(self) -> bytes:
        return b"".join(token(self.node.home.keys, "rounding", half) for half in ("first", "second"))


def released() -> tuple[tuple[str, str], ...]:
    """Return the periods released before, as first and last month."""
    found = Trace.objects.filter(what="read", purpose="statistics", subject__startswith=SUBJECT).order_by("leaf_id")
    periods = dict.fromkeys(found.values_list("subject", flat=True))
    return tuple((first, last) for _, first, last in (each.split(":") for each in periods))


_NO_PERIOD: Final = Reason(
    code="figures.period",
    text=Text(
        "Name the first and the last month of the period, such as 2026-01 and 2026-06.",
        "Indique el primer y el último mes del período, por ejemplo 2026-01 y 2026-06.",
    ),
    field="first",
)
_NOT_OVER: Final = Reason(
    code="figures.not_over",
    text=Text("This period is not over yet.", "Este período todavía no termina."),
    remedy=Text("End it with the month before this one.", "Termínelo con el mes anterior a este."),
    field="last",
    rows=("F69",),
)
_OVERLAPS: Final = Reason(
    code="figures.overlaps",
    text=Text(
        "This period overlaps one that was released with other months.",
        "Este período se cruza con otro ya publicado con otros meses.",
    ),
    remedy=Text("Begin after the last released month.", "Empiece después del último mes publicado."),
    field="first",
    rows=("F69",),
)
_NO_CHECKPOINT: Final = Reason(
    code="figures.no_checkpoint",
    text=Text("The log has no signed checkpoint yet.", "El registro todavía no tiene punto de control firmado."),
    remedy=Text("It is signed within the hour the node runs.", "Se firma dentro de la hora en que el nodo funciona."),
)
