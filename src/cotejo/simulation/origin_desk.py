"""What the officers of an origin do in a simulated world: prepare, send, correct, suspend, withdraw, report.

1. They work on their cases in the order the law asks for, mostly; mistakes are in `overreach`.
2. A case that fell (its evidence changed) is written, checked, pinned and certified anew before it goes on.
"""

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.agreement import MINUTE
from cotejo.rules.bulletin import PassBulletin, PrepareBulletin
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_words import HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.person_commands import CheckClaim, RecordClaim
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Bulletin
from cotejo.simulation import receiver_desk, returns
from cotejo.simulation.erasures import erase
from cotejo.simulation.events import Event
from cotejo.simulation.inquiries import inquire
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, CHECKER, RECORDER, invented_id
from cotejo.simulation.node import SimulatedNode

if TYPE_CHECKING:
    from cotejo.simulation.world import Case, World

GUARD: Final = Officer(id="gil.peña", duty=Duty.DUTY_OFFICER, unit="Alba / Turno", chain="turno")
CUSTODY: Final = Officer(id="celia.ramos", duty=Duty.CUSTODY, unit="Alba / Custodia", chain="custodia")
PAPER: Final = b"An invented order of an invented court."
REPAIRABLE: Final = frozenset({SuspensionCause.GATES, SuspensionCause.EVIDENCE_DOUBT})


def origin(world: "World", event: Event) -> None:
    """Do the next thing on one of this node's cases."""
    chance, case = event.chance(), _case(world, event)
    if case is None:
        return
    node = world.nodes[case.origin]
    state: Dossier = node.state(StreamKind.DOSSIER, case.about.dossier)
    if not state.live:
        erase(world, case, chance)
        return
    if not state.sent:
        _ask(world, case, AUTHORISER, ask.AuthoriseSending())
    elif state.questions:
        _prepare_again(world, case, chance)
        answers = tuple((field, "Looked up in the file.") for _, field in state.questions)
        _ask(world, case, AUTHORISER, ask.SendSupplement(answers=answers))
    elif state.suspended_for:
        _go_on(world, case, state, chance)
    else:
        _some_day(world, case, chance)


def _some_day(world: "World", case: "Case", chance: random.Random) -> None:
    """Do what an origin does with a live request: mostly nothing."""
    what = chance.choices(("nothing", "correct", "suspend", "court", "withdraw"), (8, 4, 2, 2, 1))[0]
    match what:
        case "correct":
            _prepare_again(world, case, chance)
            _ask(world, case, AUTHORISER, ask.Correct(reason="The withheld items were counted again."))
        case "suspend":
            _ask(world, case, AUTHORISER, ask.Suspend(cause=SuspensionCause.OWN))
        case "court":
            _ask(world, case, GUARD, ask.Suspend(cause=SuspensionCause.COURT_ORDER))
        case "withdraw":
            withdraw(world, case)
        case _:
            return


def withdraw(world: "World", case: "Case") -> None:
    """Take a request back for good."""
    _ask(world, case, CERTIFIER, ask.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED))


def _go_on(world: "World", case: "Case", state: Dossier, chance: random.Random) -> None:
    """Lift what can be lifted by these officers; redress lifts its own."""
    cause = chance.choice(state.suspended_for)
    node = world.nodes[case.origin]
    if cause is SuspensionCause.REDRESS:
        return
    if cause in REPAIRABLE:
        _claim_anew(world, case)
        _prepare_again(world, case, chance)
        _ask(world, case, AUTHORISER, ask.Correct(reason="The evidence was written and checked anew."))
    document = node.unit.documents.put(PAPER, unit=Stream(StreamKind.DOSSIER, case.about.dossier))
    by = GUARD if cause is SuspensionCause.COURT_ORDER else AUTHORISER
    _ask(world, case, by, ask.Reinstate(cause=cause, document=document))


def evidence_falls(world: "World", event: Event) -> None:
    """Change the claim a request rests on: every live request on it stops being usable (F09)."""
    case = _case(world, event)
    if case is not None:
        _person(world, case, RECORDER, _claim_of(case))


def report(world: "World", event: Event) -> None:
    """Report what happened after a hand-over, sometimes with a charge that was never requested (F73)."""
    chance, case = event.chance(), _case(world, event)
    if case is None or not _was_handed_over(world, case) or returns.answer(world, case, chance):
        return
    node = world.nodes[case.origin]
    state: Dossier = node.state(StreamKind.DOSSIER, case.about.dossier)
    done = {each.report for each in state.handover}
    kind = chance.choice(list(HandoverReport)) if HandoverReport.ARRIVAL in done else HandoverReport.ARRIVAL
    charges = ("CP 214",) if chance.random() < 0.8 else ("CP 214", "CP 345")  # noqa: PLR2004 - mostly as requested
    command = ask.RecordAfterHandover(
        report=kind,
        at=world.now + node.skew - MINUTE,
        place="Villa Clara",
        court="Juzgado Primero",
        charges=charges if kind is HandoverReport.BEFORE_JUDGE else (),
    )
    _ask(world, case, CUSTODY, command)


def withdraw_behind_a_cut(world: "World", event: Event) -> None:
    """Withdraw a request that is ready to be decided while nothing can arrive: the holder must stop by itself (I5)."""
    for case in world.cases:
        review = _review(world, case)
        if case.origin == event.node and review is not None and review.served is not None and not review.withdrawn_at:
            until = world.now + event.chance().randint(15, 40) * MINUTE
            world.network.cut(case.origin, case.partner, until=until)
            world.say(case.origin, f"the line to {case.partner} is cut")
            withdraw(world, case)
            world.now += event.chance().randint(3, 14) * MINUTE
            receiver_desk.hurry(world, replace(event, node=case.partner))
            return


def bulletin(world: "World", event: Event) -> None:
    """Tell a partner about a group, in codes; every other time, ask for a person's record or answer such a question."""
    if event.pick % 2:
        inquire(world, event)
        return
    node = world.nodes[event.node]
    made = Bulletin(
        id=invented_id("bulletin", event.node, event.pick),
        group_code="G-001",
        kind_code="extortion",
        month="2026-10",
        place_code="SV-SS",
        count=event.chance().randrange(90),
        trend_code="down",
    )
    for who, command in ((RECORDER, PrepareBulletin(bulletin=made)), (CHECKER, PassBulletin(partners=(event.other,)))):
        world.act(node, StreamKind.BULLETIN, made.id, command, who=who, purpose=Purpose.ANALYSIS)


def overreach_at_origin(world: "World", event: Event) -> None:
    """Let somebody try what is not theirs; whatever is accepted, the checks judge."""
    chance, case = event.chance(), _case(world, event)
    if case is None:
        return
    as_other = Officer(id=RECORDER.id, duty=Duty.CHECKER, unit="Alba / Otra", chain="otra")
    both = Officer(id=CERTIFIER.id, duty=Duty.AUTHORISER, unit=CERTIFIER.unit, chain=CERTIFIER.chain)
    match chance.choice(("check own claim", "authorise own certificate", "lift a court's order")):
        case "check own claim":
            node = world.nodes[case.origin]
            claim, body = _claim_of(case).claim, _claim_of(case)
            _person(world, case, RECORDER, body)
            version = _version_of_claim(node, case, claim)
            _person(world, case, as_other, CheckClaim(claim=claim, version=version))
        case "authorise own certificate":
            state: Dossier = world.nodes[case.origin].state(StreamKind.DOSSIER, case.about.dossier)
            if state.sent:
                _prepare_again(world, case, chance)
            again = ask.Correct(reason="By one person alone.")
            _ask(world, case, both, again if state.sent else ask.AuthoriseSending())
        case _:
            for cause in (SuspensionCause.COURT_ORDER, SuspensionCause.REDRESS):
                _ask(world, case, AUTHORISER, ask.Reinstate(cause=cause))


def _case(world: "World", event: Event) -> "Case | None":
    mine = [case for case in world.cases if case.origin == event.node]
    return event.chance().choice(mine) if mine else None


def _ask(world: "World", case: "Case", who: Officer, command: object) -> None:
    node = world.nodes[case.origin]
    world.act(node, StreamKind.DOSSIER, case.about.dossier, command, who=who, purpose=Purpose.REQUEST)


def _person(world: "World", case: "Case", who: Officer, command: object) -> None:
    node = world.nodes[case.origin]
    world.act(node, StreamKind.PERSON, case.about.person, command, who=who, purpose=Purpose.RECORDING)


def _claim_of(case: "Case") -> RecordClaim:
    return next(command for _, command in case.about.file if isinstance(command, RecordClaim))


def _claim_anew(world: "World", case: "Case") -> None:
    """Write the claim anew where it is unchecked, have it checked, and pin it."""
    node, written = world.nodes[case.origin], _claim_of(case)
    _person(world, case, RECORDER, written)
    version = _version_of_claim(node, case, written.claim)
    _person(world, case, CHECKER, CheckClaim(claim=written.claim, version=version))
    _ask(world, case, RECORDER, ask.PinClaims(claims=((written.claim, version),)))


def _version_of_claim(node: SimulatedNode, case: "Case", claim: str) -> int:
    found = node.state(StreamKind.PERSON, case.about.person).claim(claim)
    return found.version if found is not None else 0


def _prepare_again(world: "World", case: "Case", chance: random.Random) -> None:
    state: Dossier = world.nodes[case.origin].state(StreamKind.DOSSIER, case.about.dossier)
    _ask(
        world,
        case,
        RECORDER,
        ask.SetBasis(alleged=state.alleged, case_number=state.case_number, withheld=chance.randrange(9)),
    )
    _ask(world, case, *case.about.certificate)


def _review(world: "World", case: "Case") -> Any:  # noqa: ANN401 - a review's state or nothing
    holder = world.nodes[case.partner]
    found = holder.unit.lookup("review.request", f"{case.origin}/{case.about.request}")
    return holder.state(StreamKind.REVIEW, found[0].id) if found else None


def _was_handed_over(world: "World", case: "Case") -> bool:
    review = _review(world, case)
    return review is not None and review.handed_over is not None
