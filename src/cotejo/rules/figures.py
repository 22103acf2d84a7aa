"""What acts and refusals count for, and the tables of the public figures made of it (I14, F68).

1. A statistics row holds codes, a month and hours: no person, no id, no place (design section 9). The leaf of its act
   commits to it, so that an auditor can count again without opening anything.
2. Counted are: a first version sent, a sending refused at a gate (under the first gate that did not pass), a request
   that was sent and withdrawn, and a partner's word that it swept one (with the whole hours it took).
3. A code outside its closed list is counted as empty: what somebody typed never becomes a row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis
from cotejo.rules.agreement import CAPS, HOUR
from cotejo.rules.dates import day_of
from cotejo.rules.disclosure import TOTAL, Table
from cotejo.rules.dossier_acts import DossierSent, DossierWithdrawn, SweepRecorded
from cotejo.rules.facts import Route
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.gates.unwritten import unwritten_request
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

MONTH: Final = len("2026-11")
WISH: Final = "wish"
"""What a refusal is about when somebody typed in a wish that came outside the exchange."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsRow:
    """What one act counts for. `hours` is how long something took, where that is published."""

    act: str
    month: str
    route: str = ""
    offence: str = ""
    gate: str = ""
    hours: int | None = None

    def fields(self) -> dict[str, str | int | None]:
        """Return the row as its exact bytes spell it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One public figure: its code, the code of the row that is counted, and by what."""

    code: str
    act: str
    dimensions: tuple[str, ...]


SENT: Final = "request.sent"
REFUSED: Final = "dossier.refused"
WITHDRAWN: Final = "withdrawal.sent"
SWEPT: Final = "withdrawal.swept"
FIGURES: Final = (
    Figure(code="requests-sent", act=SENT, dimensions=("month", "route")),
    Figure(code="refused-at-gates", act=REFUSED, dimensions=("gate",)),
    Figure(code="withdrawals-issued", act=WITHDRAWN, dimensions=("month",)),
    Figure(code="withdrawals-swept", act=SWEPT, dimensions=("month",)),
)
"""The figures a release must have, all of them, every time."""


def row_of_act(act: Act, at: Millis, earlier: Sequence[Entry]) -> StatisticsRow | None:
    """Return what an act counts for; `earlier` are the acts of its case before it."""
    match act:
        case DossierSent(package=package) if package.version == 1:
            offence = next((each.offence_class for each in package.alleged), "")
            return StatisticsRow(
                act=SENT,
                month=month_of(at),
                route=package.route.value,
                offence=offence if offence in OFFENCE_WORDS else "",
            )
        case DossierWithdrawn() if any(isinstance(each.act, DossierSent) for each in earlier):
            return StatisticsRow(act=WITHDRAWN, month=month_of(at))
        case SweepRecorded():
            withdrawn = next((each.at for each in earlier if isinstance(each.act, DossierWithdrawn)), at)
            return StatisticsRow(act=SWEPT, month=month_of(at), hours=(at - withdrawn) // HOUR)
        case _:
            return None


def row_of_refusal(subject: str, codes: Iterable[str], at: Millis) -> StatisticsRow | None:
    """Return what a refusal about a request, or about a wish, counts for: the first gate that did not pass."""
    if subject != WISH and not subject.startswith("dossier:"):
        return None
    closed = {code.partition(".")[0] for code in codes}
    gate = next((each for each in gate_titles() if each in closed), "")
    return StatisticsRow(act=REFUSED, month=month_of(at), gate=gate) if gate else None


@cache
def gate_titles() -> Mapping[str, Text]:
    """Return the sender's gates in their order, each with its title."""
    package = unwritten_request(name="", words="", origin="", addressee="", agreement="")
    gates = sender_gates(package, CAPS, 0, documents_here=lambda _sha256: False)
    return MappingProxyType({each.code: each.title for each in gates})


def month_of(at: Millis) -> str:
    """Return the month of a moment, as `2026-11`."""
    return day_of(at).isoformat()[:MONTH]


def months(first: str, last: str) -> tuple[str, ...]:
    """Return every month from `first` to `last`, both included. Raises `ValueError` when there is none."""
    start, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
    if end < start:
        raise ValueError(f"{last} is before {first}")
    return tuple(f"{at // 12}-{at % 12 + 1:02}" for at in range(start, end + 1))


def table_of(figure: Figure, rows: Iterable[StatisticsRow], *, first: str, last: str) -> Table:
    """Count the rows of one figure in a period. The true counts never leave the publisher."""
    values = {"month": months(first, last), "route": tuple(Route), "gate": tuple(gate_titles())}
    counted = (row for row in rows if row.act == figure.act and first <= row.month <= last)
    across = figure.dimensions[1:]
    counts = Counter(
        (getattr(row, figure.dimensions[0]), getattr(row, across[0]) if across else TOTAL) for row in counted
    )
    return Table(
        population=figure.act,
        period=(first, last),
        guarded=False,
        dimensions=figure.dimensions,
        rows=tuple(map(str, values[figure.dimensions[0]])),
        columns=tuple(map(str, values[across[0]])) if across else (),
        counts=counts,
    )


def labels_of(figure: Figure) -> dict[str, Text]:
    """Return the words of every value of a figure that is not a month."""
    labels: dict[str, Text] = {}
    if "route" in figure.dimensions:
        labels |= {each.value: words_of(each) for each in Route}
    if "gate" in figure.dimensions:
        labels |= gate_titles()
    return labels
