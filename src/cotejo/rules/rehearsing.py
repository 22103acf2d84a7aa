"""What is accepted of a rehearsal: beginning it, going on with a receipt, hearing the partner's.

1. The steps of ours go one after the other: delivered with a document, corrected with old and new value, withdrawn.
   Each waits for the receipt of the one before; a refused one ends it, with what the partner named.
2. The partner's steps are taken in this order and no other, of a rehearsal younger than the last; its withdrawn record
   is swept here at once and it is told so. Nothing but the invented record itself is taken (`rehearsal_words`).
3. That ours is swept there counts for the rehearsal that we told last, after we withdrew. A node that was restored does
   not know what it told: there the partner's word counts.
4. Whoever passes last opens the link, in the same transaction.
5. The node begins a rehearsal that is due by itself, once; people may rehearse at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused, Send, Stream, StreamKind
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, Who
from cotejo.rules.partner import WRONG_DUTY, PartnerState
from cotejo.rules.rehearsal import LinkOpened, RehearsalFailed, RehearsalHeard, RehearsalTold
from cotejo.rules.rehearsal_words import CORRECTED, CORRECTED_FIELD, DELIVERED, STEPS, RehearsalStep
from cotejo.rules.told import Change, Rehearsal
from cotejo.rules.words import Text

CHANGES: Final = (Change(field=CORRECTED_FIELD, old=DELIVERED.born, new=CORRECTED.born),)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRehearsal:
    """Tell the partner the first step. Partner relations, operator; the clockwork for one that is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRehearsal:
    """The partner's receipt of a step of the rehearsal that began at `begun`. Partner."""

    begun: Millis
    step: RehearsalStep
    outcome: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRehearsal:
    """A step of the partner's. `paper_came`: the invented document came whole with it. Partner."""

    said: Rehearsal
    paper_came: bool = False


RehearsalCommand = BeginRehearsal | NoteRehearsal | TakeRehearsal


def step_said(step: RehearsalStep, begun: Millis) -> Rehearsal:
    """Return the one thing that can be said at a step."""
    record = {RehearsalStep.DELIVER: DELIVERED, RehearsalStep.CORRECT: CORRECTED}.get(step)
    changes = CHANGES if step is RehearsalStep.CORRECT else ()
    return Rehearsal(invented=True, begun=begun, step=step, record=record, changes=changes)


def rehearsal_id(begun: Millis) -> str:
    """Return what the line calls the rehearsal that began at a moment; no request has such an id."""
    return f"rehearsal-{begun}"


def decide(state: PartnerState, command: RehearsalCommand, who: Who, _facts: object, now: Millis) -> Plan | Refused:
    """Say what a command about the rehearsal leads to, or refuse with all reasons."""
    match command:
        case BeginRehearsal():
            found = tuple(_begin(state, who, now))
            return Refused(found) if found else _tell(state, RehearsalStep.DELIVER, begun=now, now=now)
        case NoteRehearsal():
            return _note(state, command, now) if _is_partner(state, who) else Refused((WRONG_DUTY,))
        case TakeRehearsal():
            return _take(state, command, now) if _is_partner(state, who) else Refused((WRONG_DUTY,))


def _is_partner(state: PartnerState, who: Who) -> bool:
    return isinstance(who, PartnerNode) and who.name == state.name


def _begin(state: PartnerState, who: Who, now: Millis) -> Iterator[Reason]:
    by_itself = isinstance(who, Clockwork) and state.rehearsal.due and state.rehearsal.told is None
    if not by_itself and not (isinstance(who, Officer) and who.duty in {Duty.PARTNERS, Duty.OPERATOR}):
        yield WRONG_DUTY
    terms = state.terms(now)
    if terms is None or not terms.active_at(now):
        yield NO_AGREEMENT
    if now <= state.rehearsal.begun:
        yield TOO_SOON


def _note(state: PartnerState, command: NoteRehearsal, now: Millis) -> Plan:
    ours = state.rehearsal
    if (command.begun, command.step) != (ours.begun, ours.told) or ours.refused or ours.passed_at:
        return Plan()
    if command.outcome != "taken":
        gaps = command.gaps or (command.outcome,)
        return _plan(state, RehearsalFailed(begun=ours.begun, step=command.step, gaps=gaps))
    if command.step is RehearsalStep.WITHDRAW:
        return Plan()
    following = STEPS[STEPS.index(command.step) + 1]
    return _tell(state, following, begun=ours.begun, now=now)


def _take(state: PartnerState, command: TakeRehearsal, now: Millis) -> Plan | Refused:
    said, known = command.said, state.rehearsal
    if said.step is RehearsalStep.SWEPT and said.begun < known.begun:
        return Plan()
    found = tuple(_gaps(state, command))
    if found:
        return Refused(found)
    heard: tuple[Act, ...] = (RehearsalHeard(begun=said.begun, step=said.step),)
    swept = said.step is RehearsalStep.SWEPT
    withdrawn = said.step is RehearsalStep.WITHDRAW
    both = (swept and known.heard_passed_at) or (withdrawn and known.passed_at)
    if both and not known.open:
        heard = (*heard, LinkOpened())
    return _plan(state, *heard, sends=(_send(state, RehearsalStep.SWEPT, said.begun, now),) if withdrawn else ())


def _gaps(state: PartnerState, command: TakeRehearsal) -> Iterator[Reason]:
    said, known = command.said, state.rehearsal
    wanted = step_said(said.step, said.begun)
    if (said.invented, said.record, said.changes) != (wanted.invented, wanted.record, wanted.changes):
        yield NOT_INVENTED
    match said.step:
        case RehearsalStep.DELIVER:
            follows = said.begun > known.heard_begun
        case RehearsalStep.SWEPT:
            ours = (known.begun, known.told) == (said.begun, RehearsalStep.WITHDRAW)
            follows = ours or (state.lines.restored_under != "" and said.begun >= known.begun)
        case RehearsalStep.CORRECT | RehearsalStep.WITHDRAW:
            before = STEPS[STEPS.index(said.step) - 1]
            follows = (known.heard_begun, known.heard) == (said.begun, before)
    if not follows:
        yield OUT_OF_ORDER
    if said.step is RehearsalStep.DELIVER and not command.paper_came:
        yield NO_DOCUMENT


def _tell(state: PartnerState, step: RehearsalStep, *, begun: Millis, now: Millis) -> Plan:
    return _plan(state, RehearsalTold(begun=begun, step=step), sends=(_send(state, step, begun, now),))


def _send(state: PartnerState, step: RehearsalStep, begun: Millis, now: Millis) -> Send:
    said = step_said(step, begun)
    return Send(partner=state.name, content=said, request=rehearsal_id(begun), version=STEPS.index(step) + 1, at=now)


def _plan(state: PartnerState, *acts: Act, sends: tuple[Send, ...] = ()) -> Plan:
    stream = Stream(StreamKind.PARTNER, state.name)
    new = tuple(NewAct(stream=stream, act=each) for each in acts)
    return Plan(acts=new, expect={stream: state.version}, sends=sends)


NO_AGREEMENT: Final = Reason(
    code="rehearsal.no_agreement",
    text=Text("No agreement with this agency is in force.", "Ningún acuerdo con esta entidad está vigente."),
)
TOO_SOON: Final = Reason(
    code="rehearsal.too_soon",
    text=Text(
        "A rehearsal began at this very moment, or the clock went back.",
        "Un ensayo empezó en este instante, o el reloj retrocedió.",
    ),
)
NOT_INVENTED: Final = Reason(
    code="rehearsal.not_invented",
    text=Text("This is not the invented record of a rehearsal.", "Este no es el registro inventado de un ensayo."),
)
OUT_OF_ORDER: Final = Reason(
    code="rehearsal.out_of_order",
    text=Text("This step does not follow the one before it.", "Este paso no sigue al anterior."),
)
NO_DOCUMENT: Final = Reason(
    code="rehearsal.document",
    text=Text("The invented document did not arrive whole.", "El documento inventado no llegó completo."),
)
