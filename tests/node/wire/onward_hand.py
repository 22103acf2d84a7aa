"""A hand at one of three nodes: it passes a request on and shows what became of it, wherever it lies.

It knows everything `tests.node.wire.desk` knows, and more; `python -m tests.node.wire.onward_hand HOME`.
"""

import sys
from pathlib import Path
from typing import Any

from cotejo.node.clock import now
from cotejo.node.home import Home
from tests.node import hand
from tests.node.wire import desk as desks
from tests.node.wire import hand as lines


def pass_on(home: Home, *, request: str, to: list[str]) -> dict[str, Any]:
    """Begin the review of a request of Alba and pass it on."""
    from cotejo.actions.laws import REVIEW
    from cotejo.node.assembly import assemble
    from cotejo.rules.onward import PassOn
    from cotejo.simulation import invented_review as desk

    stream = assemble(home).unit.lookup("review.request", f"alba/{request}")[0]
    desks.must(home, REVIEW, stream, (*desk.begin(), (desk.LEGAL, PassOn(recipients=tuple(to)))))
    return {}


def case(home: Home, *, speaker: str, request: str) -> dict[str, Any]:
    """Show a node's case of a request as it came from a partner; nothing when there is none."""
    from cotejo.actions.laws import REVIEW
    from cotejo.node.assembly import assemble
    from cotejo.rules.cases import fold_of, state_of
    from cotejo.rules.review_state import Review

    unit = assemble(home).unit
    found = unit.lookup("review.request", f"{speaker}/{request}")
    if not found:
        return {}
    state: Review = state_of(REVIEW.kind, unit.entries(found[0]))
    waiting = fold_of(REVIEW.kind).card(state).waiting
    return {
        "state": state.state.value,
        "usability": state.usability.value,
        "withdrawn_at": state.withdrawn_at,
        "swept": state.swept,
        "missed": list(state.sweep_missed),
        "version": state.package.version if state.package else 0,
        "waiting": [[each.duty.value, each.step] for each in waiting],
        "documents": all(unit.documents.has(each.sha256, unit=found[0]) for each in state.package.documents)
        if state.package
        else False,
    }


def begin(home: Home, *, speaker: str, request: str) -> dict[str, Any]:
    """Try to begin a review, or to look into the register once it is begun; give the codes against it."""
    from cotejo.actions.laws import REVIEW
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules import review_commands as ask
    from cotejo.rules.acts import Refused
    from cotejo.rules.cases import state_of
    from cotejo.rules.purposes import Purpose
    from cotejo.rules.review_words import ReviewState
    from cotejo.simulation import invented_review as desk

    unit = assemble(home).unit
    stream = unit.lookup("review.request", f"{speaker}/{request}")[0]
    begun = state_of(REVIEW.kind, unit.entries(stream)).state is not ReviewState.RECEIVED
    search = ask.RecordSearch(candidates=(), set_aside=0, register_as_of="2026-01-31")
    who, command = (desk.PROTECTION, search) if begun else (desk.INTAKE, ask.OpenReview())
    done = perform(REVIEW, unit, stream, command, who=who, purpose=Purpose.DECISION, now=now())
    return {"codes": list(done.codes) if isinstance(done, Refused) else []}


def dossier(home: Home, *, request: str) -> dict[str, Any]:
    """Show the origin's side of a withdrawal."""
    from cotejo.actions.laws import DOSSIER
    from cotejo.node.assembly import assemble
    from cotejo.rules.cases import state_of

    unit = assemble(home).unit
    state = state_of(DOSSIER.kind, unit.entries(unit.lookup("dossier.request", request)[0]))
    return {"swept_at": state.swept_at, "missed_at": state.sweep_missed_at, "state": state.state.value}


MORE = {each.__name__: each for each in (pass_on, case, begin, dossier)}

if __name__ == "__main__":
    hand.COMMANDS.update(lines.MORE)
    hand.COMMANDS.update(desks.MORE)
    hand.COMMANDS.update(MORE)
    hand.main(Path(sys.argv[1]))
