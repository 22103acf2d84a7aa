"""When a checked claim falls, every live request that rests on it stops being usable in the same transaction.

1. A claim falls when it is withdrawn, changed, or a thing it rests on is replaced: it is no longer checked in the
   version that was pinned.
2. The suspension travels as the one code every suspension has (I12); the cause stays in this house.
3. Reinstating needs every gate to pass again, after somebody checked and certified anew (I2).
"""

from cotejo.actions.unit import Unit
from cotejo.rules.acts import RULES_VERSION, Entry, Millis, Plan, StreamKind
from cotejo.rules.assemble import outdated_pins
from cotejo.rules.cases import state_of
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_use import suspended
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.person import PersonFile, evolve


def suspend_dependents(unit: Unit, before: PersonFile, plan: Plan, now: Millis) -> Plan:
    """Return the plan that suspends every sent dossier one of whose pinned claims falls by this plan."""
    after = _after(before, plan, now)
    joined = Plan()
    for stream in unit.lookup("dossier.of_person", before.id) if before.id else ():
        entries = unit.entries(stream)
        dossier: Dossier = state_of(StreamKind.DOSSIER, entries)
        falls = set(outdated_pins(dossier, after)) - set(outdated_pins(dossier, before))
        if falls and dossier.sent and dossier.live and SuspensionCause.EVIDENCE_DOUBT not in dossier.suspended_for:
            stopped = suspended(dossier, SuspensionCause.EVIDENCE_DOUBT, now)
            joined = joined.and_then(stopped).and_then(Plan(expect={stream: len(entries)}))
    return joined


def _after(before: PersonFile, plan: Plan, now: Millis) -> PersonFile:
    state = before
    for new in plan.acts:
        if new.stream.kind is StreamKind.PERSON:
            entry = Entry(
                stream=new.stream, version=state.version + 1, at=now, by="", duty="", rules=RULES_VERSION, act=new.act
            )
            state = evolve(state, entry)
    return state
