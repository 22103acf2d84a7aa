"""Fresh or not valid: whether this version may be relied upon at this very instant (I5, F40, F52).

1. Nobody is asked. The origin pushes a signed list of all its slots; what counts is the newest list held here.
2. The list must outlast the clock skew: `now + skew < exp`; the receiver shortens `exp` to the lifetime of the act.
3. A version below the durable floor is never valid again (I8), whatever a list says.
4. A clock that went back, no list, an unused slot: not valid. Doubt means no.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from cotejo.rules.acts import Millis, Reason
from cotejo.rules.agreement import Lifetimes
from cotejo.rules.words import Text

UNUSED: Final = 0
VALID: Final = 1
SUSPENDED: Final = 2
NEVER_AGAIN: Final = 3


class ActClass(StrEnum):
    """What the status is needed for; the graver the act, the fresher the list."""

    READING = "reading"
    ADMINISTRATIVE = "administrative"
    GRAVE = "grave"


class StatusList(Protocol):
    """The newest status list held of a partner."""

    @property
    def issued(self) -> Millis:
        """When the origin signed it."""
        ...

    @property
    def expires(self) -> Millis:
        """Until when the origin vouches for it."""
        ...

    def state(self, slot: int) -> int:
        """Return the two bits of a slot."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vigency:
    """What a page or paper says: status at (issued), valid until (until) for this class of act."""

    issued: Millis
    until: Millis


def lifetime_of(lifetimes: Lifetimes, act_class: ActClass) -> Millis:
    """Return how long a list serves for this class of act."""
    match act_class:
        case ActClass.READING:
            return lifetimes.reading
        case ActClass.ADMINISTRATIVE:
            return lifetimes.administrative
        case ActClass.GRAVE:
            return lifetimes.grave


def vigency(held: StatusList, lifetimes: Lifetimes, act_class: ActClass) -> Vigency:
    """Return from when until when a list serves; the receiver's cap shortens what the origin wrote."""
    return Vigency(issued=held.issued, until=min(held.expires, held.issued + lifetime_of(lifetimes, act_class)))


def valid_now(
    held: StatusList | None,
    slot: int,
    version: int,
    floor: int,
    lifetimes: Lifetimes,
    act_class: ActClass,
    now: Millis,
    skew: Millis,
    high_water: Millis,
) -> tuple[Reason, ...]:
    """Return every reason why this version may not be relied upon now; empty means valid (I5)."""
    found = []
    if now < high_water:
        found.append(CLOCK_WENT_BACK)
    if version < floor:
        found.append(BELOW_FLOOR)
    if held is None:
        return (*found, NO_STATUS)
    if held.issued > now + skew:
        found.append(FROM_THE_FUTURE)
    if now + skew >= vigency(held, lifetimes, act_class).until:
        found.append(NOT_FRESH)
    state = held.state(slot)
    if state != VALID:
        found.append(_BY_STATE.get(state, UNKNOWN_SLOT))
    return tuple(found)


_WAIT: Final = Text(
    "Wait for the next list of the requesting agency; it comes by itself.",
    "Espere la próxima lista de la entidad requirente; llega por sí sola.",
)
CLOCK_WENT_BACK: Final = Reason(
    code="status.clock_went_back",
    text=Text(
        "This node's clock is behind its own last entry.", "El reloj de este nodo está atrasado respecto a su registro."
    ),
    remedy=Text("The operator sets the clock right.", "La persona operadora corrige el reloj."),
    rows=("F40",),
)
BELOW_FLOOR: Final = Reason(
    code="status.below_floor",
    text=Text("This version was replaced or withdrawn.", "Esta versión fue reemplazada o retirada."),
    rows=("F53",),
)
NO_STATUS: Final = Reason(
    code="status.none",
    text=Text("No status of this request is held here.", "Aquí no hay constancia de vigencia de esta solicitud."),
    remedy=_WAIT,
    rows=("F52",),
)
FROM_THE_FUTURE: Final = Reason(
    code="status.from_the_future",
    text=Text(
        "The status carries a time that has not come yet.",
        "La constancia de vigencia tiene una hora que no ha llegado.",
    ),
    remedy=_WAIT,
    rows=("F52",),
)
NOT_FRESH: Final = Reason(
    code="status.not_fresh",
    text=Text(
        "Not valid: the last status is too old for this step.", "No vigente: la última constancia es muy antigua."
    ),
    remedy=_WAIT,
    rows=("F40", "F52"),
)
UNKNOWN_SLOT: Final = Reason(
    code="status.unused",
    text=Text(
        "The requesting agency's list does not know this request.",
        "La lista de la entidad requirente no conoce esta solicitud.",
    ),
    remedy=_WAIT,
    rows=("F52",),
)
_BY_STATE: Final = {
    SUSPENDED: Reason(
        code="status.suspended",
        text=Text("The requesting agency suspended this request.", "La entidad requirente suspendió esta solicitud."),
        remedy=_WAIT,
        rows=("F40",),
    ),
    NEVER_AGAIN: Reason(
        code="status.never_again",
        text=Text(
            "This version was withdrawn or replaced and is never valid again.",
            "Esta versión fue retirada o reemplazada y no vuelve a estar vigente.",
        ),
        rows=("F40", "F51"),
    ),
}
