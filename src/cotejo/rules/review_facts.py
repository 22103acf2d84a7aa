"""What the action loads before a review command is decided: all the law needs that is not in the review itself."""

from dataclasses import dataclass

from cotejo.rules.acts import Gate, Millis
from cotejo.rules.agreement import Agreement
from cotejo.rules.onward import NOBODY, Behind
from cotejo.rules.status import StatusList


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How one candidate of the own register compares with the package, differences first (F27).

    `differences` holds every code that needs a written resolution: fields that differ, and anybody else who explains
    the likeness as well. `agreeing` holds the kinds of unique identifiers that agree. `words` is the code of the
    explanation a page shows; no gate reads it.
    """

    candidate: str
    differences: tuple[str, ...]
    agreeing: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """Loaded at the moment of the command.

    `node` is this node's name, `destination` the country code of the origin. `sender_gates` are the sender's gates
    evaluated here and now on the package in question (I2): empty means not evaluated, and then nothing goes on.
    `marked` says that a withdrawal mark forbids the request or its facts; `documents` the hashes kept here, of those
    that the package or the command names. `compared` are those of the own register's search that are shown, `further`
    everybody else it compared and did not contradict; `model` and `model_digest` name the model that weighed them.
    `agreement` are the terms of the request; where it came through another agency, `line` is the agreement with that
    one. `behind` tells who holds copies of it through this node, `asked_before` that the line holds questions of
    ours about it, whether the case remembers them or not; both are loaded where they matter.
    """

    node: str
    destination: str
    agreement: Agreement
    sender_gates: tuple[Gate, ...]
    documents: frozenset[str]
    partner_paused: bool = False
    marked: bool = False
    floor: int = 0
    status: StatusList | None = None
    ceiling_reached: bool = False
    compared: tuple[Compared, ...] = ()
    further: tuple[str, ...] = ()
    model: str = ""
    model_digest: str = ""
    high_water: Millis = 0
    recovering: bool = False
    link_open: bool = True
    line: Agreement | None = None
    behind: Behind = NOBODY
    asked_before: bool = False

    @property
    def told_under(self) -> Agreement:
        """The agreement with the node that speaks to us about this request."""
        return self.line or self.agreement

    def comparison(self, candidate: str) -> Compared | None:
        """Return the comparison with one candidate."""
        return next((each for each in self.compared if each.candidate == candidate), None)
