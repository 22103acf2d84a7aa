"""What is accepted about the line to a partner: comparing it, being given back what was lost, giving back.

1. Only the partner's own message, or its receipt, changes what is known of its line.
2. A comparison is written down: that the lines agree (twice a day at most), or what differs (F55).
3. While this node is being restored, a partner's answer is taken only under the mark the node was restored under, and
   what it gives back takes its place in one transaction.
4. A partner that was restored gets again, in order, whatever it says it does not have.
5. What both nodes lost counts as taken in with the effect it had on version floors; what it stopped stays stopped.
"""

from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, FloorRaise, Millis, NewAct, Plan, Reason, Refused, SlotChange, Stream, StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.rules.duties import PartnerNode, Who
from cotejo.rules.line import LineMessage, LineRepair
from cotejo.rules.lines import Difference, LineRestored, LinesAgreed, LinesDiffer, PartnerWasRestored
from cotejo.rules.partner import WRONG_DUTY, PartnerState
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareLines:
    """The partner said what it holds; `differences` is what that and our own memory do not share. Partner."""

    told: int
    heard: int
    differences: tuple[Difference, ...]
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreLine:
    """The partner answered this node, which was restored under `mark`. Partner.

    `slots` are the states of our status slots as the partner last saw them, where they bind us.
    """

    mark: str
    lost: tuple[LineMessage, ...]
    slots: tuple[tuple[int, int], ...]
    awaits: int
    awaits_root: str
    closed: tuple[LineMessage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassClosed:
    """The partner's next messages are known to be lost on both sides; `floors` are what they had raised. Partner."""

    messages: tuple[LineMessage, ...]
    floors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """The partner was restored and says how far it had come. Partner."""

    told: int
    heard: int


LineCommand = CompareLines | RestoreLine | PassClosed | GiveBack

ONCE: Final[Millis] = 12 * HOUR
"""That both sides agree is an act at most this often, however short the agreed times are."""
NOT_RESTORED: Final = Reason(
    code="line.not_restored",
    text=Text("This node is not being restored.", "Este nodo no se está restaurando."),
)


def decide(state: PartnerState, command: LineCommand, who: Who, facts: object, now: Millis) -> Plan | Refused:
    """Say what a partner's word about the line leads to. `facts` is the mark this node recovers from, or empty."""
    if not isinstance(who, PartnerNode) or state.name not in {"", who.name}:
        return Refused((WRONG_DUTY,))
    name = who.name
    match command:
        case CompareLines(differences=()) if now - state.lines.agreed_at < ONCE:
            return Plan()
        case CompareLines(differences=()):
            return _plan(state, name, LinesAgreed(told=command.told, heard=command.heard))
        case CompareLines() if set(command.differences) <= set(state.lines.differ):
            return Plan()
        case CompareLines():
            return _plan(state, name, _differ(command))
        case GiveBack():
            again = Plan(repairs=(LineRepair(partner=name, again_after=command.heard),))
            if state.lines.given_back[1] == command.heard and state.lines.given_back[0] <= command.told:
                return again
            return _plan(state, name, PartnerWasRestored(told=command.told, heard=command.heard)).and_then(again)
        case PassClosed():
            floors = tuple(FloorRaise(origin=name, request=each, version=version) for each, version in command.floors)
            return Plan(repairs=(LineRepair(partner=name, passed=command.messages),), floors=floors)
        case RestoreLine() if not facts or facts != command.mark:
            return Refused((NOT_RESTORED,))
        case RestoreLine() if _said_before(state, command):
            return Plan()
        case RestoreLine():
            return _restore(state, name, command)


def _differ(found: CompareLines) -> LinesDiffer:
    return LinesDiffer(differences=found.differences, told=found.told, heard=found.heard, evidence=found.evidence)


def _said_before(state: PartnerState, command: RestoreLine) -> bool:
    """Say whether the partner, asked again while its messages come, only says what it said before."""
    lines = state.lines
    known = (lines.restored_under, lines.awaits, lines.awaits_root, lines.closed)
    said = (command.mark, command.awaits, command.awaits_root, command.closed)
    return known == said and not command.lost and not command.slots


def _restore(state: PartnerState, name: str, command: RestoreLine) -> Plan:
    restored = LineRestored(
        mark=command.mark,
        lost_from=command.lost[0].seq if command.lost else 0,
        lost_until=command.lost[-1].seq if command.lost else 0,
        awaits=command.awaits,
        awaits_root=command.awaits_root,
        closed=command.closed,
    )
    repair = (LineRepair(partner=name, lost=command.lost),) if command.lost else ()
    slots = tuple(SlotChange(partner=name, slot=slot, state=value) for slot, value in command.slots)
    return _plan(state, name, restored).and_then(Plan(repairs=repair, slots=slots))


def _plan(state: PartnerState, name: str, what: Act) -> Plan:
    stream = Stream(StreamKind.PARTNER, name)
    return Plan(acts=(NewAct(stream=stream, act=what),), expect={stream: state.version})
