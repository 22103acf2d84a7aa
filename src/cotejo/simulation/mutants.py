"""Named faults in rules, actions and memory, planted from here alone: each must be found by a check.

1. A fault is what a careless hand could write: a check left out, a write in the wrong order, a word too many.
2. It is planted by putting another function in the place of the right one for as long as a run lasts; production code
   knows nothing of it.
3. `more` names the kinds of events, `lies` the lies that bring it to light sooner; `unseen` says that only the
   comparison of two runs can (I6).
"""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final

from cotejo.actions import note_receipt, status, take_in
from cotejo.actions.unit import Committed, StatusHeld, Taken
from cotejo.exchange import incoming
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import exact, jws
from cotejo.rules import dossier_send, dossier_use, review_checks, review_evolve, review_state
from cotejo.rules.acts import Millis, Plan, Reason, Refused, Send
from cotejo.rules.agreement import MINUTE
from cotejo.rules.duties import Officer, Who
from cotejo.rules.review_acts import Decided
from cotejo.rules.review_decide import clock, common, decision, handing, holding, intake
from cotejo.rules.told import Suspension
from cotejo.simulation.memory import Crash, MemoryUnit
from cotejo.simulation.mutants_of_agreements import OF_AGREEMENTS
from cotejo.simulation.mutants_of_disputes import OF_DISPUTES
from cotejo.simulation.mutants_of_recovery import OF_RECOVERY
from cotejo.simulation.planting import Mutant, Patch, planted
from cotejo.simulation.reading import MemoryReading

__all__ = ["BY_NAME", "MUTANTS", "Mutant", "planted"]

KINDNESS: Final[Millis] = 15 * MINUTE


def _without(check: Callable[..., Any], *codes: str) -> Callable[..., Any]:
    """Return a check that no longer gives these reasons."""

    def careless(*args: Any, **named: Any) -> tuple[Reason, ...]:  # noqa: ANN401 - whatever the check takes
        return tuple(each for each in check(*args, **named) if each.code not in codes)

    return careless


def _of(where: Any, name: str) -> Callable[..., Any]:  # noqa: ANN401 - a module
    """Return what stands under a name in a module, wherever it was made."""
    found: Callable[..., Any] = vars(where)[name]
    return found


def _nothing(*_args: object, **_named: object) -> tuple[()]:
    return ()


def _no_floor() -> tuple[Patch, ...]:
    return tuple((intake, name, _without(_of(intake, name), "request.version")) for name in ("_gaps", "_replaces"))


def _receipt_first() -> tuple[Patch, ...]:
    commit = MemoryUnit.commit

    def careless(
        unit: MemoryUnit,
        plan: Plan,
        *,
        now: Millis,
        taken: Taken | None = None,
        **rest: Any,  # noqa: ANN401 - as the right one
    ) -> Committed:
        try:
            return commit(unit, plan, now=now, taken=taken, **rest)
        except Crash:
            if taken is None:
                raise
            return Committed(entries=(), receipt=unit.receipt_for(taken, now))

    return ((MemoryUnit, "commit", careless),)


def _kind_to_the_holder() -> tuple[Patch, ...]:
    right = _of(review_checks, "valid_now")

    def careless(held: StatusHeld | None, *rest: Any) -> tuple[Reason, ...]:  # noqa: ANN401 - as the right one
        kinder = held and replace(held, issued=held.issued + KINDNESS, expires=held.expires + KINDNESS)
        return tuple(each for each in right(kinder, *rest) if each.code != "status.from_the_future")

    return ((review_checks, "valid_now", careless),)


def _a_hold_keeps_silent() -> tuple[Patch, ...]:
    right = clock.give_answer

    def careless(state: Any, *rest: Any) -> Plan | Refused:  # noqa: ANN401 - as the right one
        return Refused((clock.NOT_YET,)) if state.paused else right(state, *rest)

    return ((clock, "give_answer", careless),)


def _gaps_are_skipped() -> tuple[Patch, ...]:
    place, take = _of(take_in, "place_in_line"), MemoryUnit._take  # noqa: SLF001 - what a careless memory would do

    def careless(opened: Any, line: Any, *, taken_before: str, now: Millis) -> bool:  # noqa: ANN401 - as the right one
        try:
            return bool(place(opened, line, taken_before=taken_before, now=now))
        except WireRefusal as refusal:
            if refusal.reason is WireReason.GAP:
                return True
            raise

    def anywhere(unit: MemoryUnit, memory: Any, taken: Taken, **named: Any) -> bytes:  # noqa: ANN401 - as the right one
        partner, letter = memory.partners[taken.incoming.partner], taken.incoming
        memory.partners[partner.name] = replace(partner, sequence_in=letter.seq - 1, last_in=letter.prev)
        return take(unit, memory, taken, **named)

    return ((take_in, "place_in_line", careless), (MemoryUnit, "_take", anywhere))


def _older_lists_are_kept() -> tuple[Patch, ...]:
    right = MemoryUnit._take  # noqa: SLF001 - what a careless memory would do

    def careless(unit: MemoryUnit, memory: Any, taken: Taken, **named: Any) -> bytes:  # noqa: ANN401 - as the right one
        receipt = right(unit, memory, taken, **named)
        if taken.status is not None:
            memory.status[taken.incoming.partner] = taken.status
        return receipt

    def fine(*_args: object, **_named: object) -> None:
        return None

    return (
        (MemoryUnit, "_take", careless),
        (status, "refusal_of_list", fine),
        (status, "refusal_of_successor", fine),
    )


def _suspension_is_a_word() -> tuple[Patch, ...]:
    right = review_checks.usable

    def careless(state: Any, *rest: Any) -> Any:  # noqa: ANN401 - as the right one
        return right(replace(state, origin_suspended=False), *rest)

    return tuple((where, "usable", careless) for where in (common, decision, handing))


def _no_leaf() -> tuple[Patch, ...]:
    right = MemoryUnit._append  # noqa: SLF001 - what a careless memory would do

    def careless(unit: MemoryUnit, memory: Any, plan: Plan, **named: Any) -> Any:  # noqa: ANN401 - as the right one
        made = right(unit, memory, plan, **named)
        if len(made) > 1:
            memory.leaves.pop()
        return made

    return ((MemoryUnit, "_append", careless),)


def _complaint_is_told() -> tuple[Patch, ...]:
    right = holding.redress_suspend

    def careless(state: Any, command: Any, who: Who) -> Plan | Refused:  # noqa: ANN401 - as the right one
        plan = right(state, command, who)
        told = Suspension(request=state.request, version=1)
        send = Send(partner=state.partner, content=told, request=state.request, version=1)
        return plan if isinstance(plan, Refused) else plan.and_then(Plan(sends=(send,)))

    return ((holding, "redress_suspend", careless),)


def _any_key_will_do() -> tuple[Patch, ...]:
    def careless(signed: bytes, keys: Any, *, typ: jws.Typ) -> SimpleNamespace:  # noqa: ANN401 - as the right one
        del keys, typ
        return SimpleNamespace(payload=exact.from_base64url(signed.split(b".")[1].decode("ascii")))

    return ((incoming, "jws", SimpleNamespace(verify=careless, Typ=jws.Typ)),)


def _any_receipt_will_do() -> tuple[Patch, ...]:
    def careless(envelope: bytes, *, own: Any, partner: Any, mid: str, sha256_sent: str) -> Any:  # noqa: ANN401 - as it
        del mid, sha256_sent
        opened = incoming.open_letter(envelope, own=own, partners=(partner,))
        return opened.content, opened.signed

    return ((note_receipt, "open_signed_receipt", careless),)


def _a_new_version_keeps_the_decision() -> tuple[Patch, ...]:
    def careless(state: Any, package: Any, at: Millis) -> Any:  # noqa: ANN401 - as the right one
        return replace(state, package=package, received_at=at)

    return ((review_evolve, "_new_version", careless),)


def _corrections_stay_home() -> tuple[Patch, ...]:
    right = dossier_send.correct

    def careless(*args: Any) -> Plan | Refused:  # noqa: ANN401 - as the right one
        plan = right(*args)
        return plan if isinstance(plan, Refused) else replace(plan, sends=())

    return ((dossier_send, "correct", careless),)


MUTANTS: Final[tuple[Mutant, ...]] = (
    Mutant(
        name="no-version-floor",
        words="An older version of a request is taken in after a newer one.",
        rows=("I8", "X2", "F53"),
        patches=_no_floor,
        more=("origin", "lie"),
        lies=("an older version under a new number",),
    ),
    Mutant(
        name="receipt-before-commit",
        words="The receipt leaves although the commit did not happen.",
        rows=("X3", "I8"),
        patches=_receipt_first,
        more=("work",),
    ),
    Mutant(
        name="tolerance-for-the-holder",
        words="A status list is taken as a quarter of an hour younger than it is.",
        rows=("I5", "X1", "F40"),
        patches=_kind_to_the_holder,
        more=("receiver", "hurry", "withdraw_behind_a_cut"),
    ),
    Mutant(
        name="stale-status",
        words="A decision does not ask how old the status is.",
        rows=("I5", "F52"),
        patches=lambda: ((review_checks, "valid_now", _without(_of(review_checks, "valid_now"), "status.not_fresh")),),
        more=("receiver", "hurry", "withdraw_behind_a_cut"),
    ),
    Mutant(
        name="hold-keeps-silent",
        words="While a case is on hold its periodic answer does not go out.",
        rows=("I6", "F45"),
        patches=_a_hold_keeps_silent,
        more=("hold", "complaint"),
        unseen=True,
    ),
    Mutant(
        name="complaint-is-told",
        words="The origin is told when somebody complains at the receiver.",
        rows=("I6", "I12"),
        patches=_complaint_is_told,
        more=("complaint",),
    ),
    Mutant(
        name="withdrawal-mark-ignored",
        words="A request whose withdrawal is marked comes in again after a restore.",
        rows=("I7", "F56"),
        patches=lambda: ((MemoryReading, "marked", lambda _unit, **_named: False),),
        more=("backup", "restore", "recover", "origin"),
    ),
    Mutant(
        name="gap-accepted",
        words="A message is taken in although an earlier one is missing.",
        rows=("I8", "F55"),
        patches=_gaps_are_skipped,
    ),
    Mutant(
        name="receipt-not-stored",
        words="A message that comes again is not recognised.",
        rows=("I8", "X4"),
        patches=lambda: ((MemoryReading, "receipt_of", lambda *_: None),),
    ),
    Mutant(
        name="older-status-list",
        words="An older status list takes the place of a newer one.",
        rows=("I5", "F52"),
        patches=_older_lists_are_kept,
        more=("lie",),
        lies=("an older status list under a new number",),
    ),
    Mutant(
        name="hold-lifted-by-anyone",
        words="One person, in any duty, ends a hold.",
        rows=("I4", "F44"),
        patches=lambda: ((holding, "_against_lifting", _nothing), (holding, "_completes", lambda *_: True)),
        more=("hold", "lift"),
    ),
    Mutant(
        name="hold-does-not-bind",
        words="A case on hold goes on.",
        rows=("I4", "F46"),
        patches=lambda: tuple(
            (where, "usable", _without(review_checks.usable, "case.on_hold")) for where in (common, decision, handing)
        ),
        more=("hold", "receiver"),
    ),
    Mutant(
        name="suspension-does-not-block",
        words="The origin's suspension is written down and stops nothing.",
        rows=("I12", "F40"),
        patches=_suspension_is_a_word,
        more=("origin", "receiver", "complaint_at_origin"),
    ),
    Mutant(
        name="slot-stays-valid",
        words="A request that is suspended or withdrawn stays valid in the status list.",
        rows=("I12", "I7"),
        patches=lambda: ((dossier_use, "_slot", _nothing),),
    ),
    Mutant(
        name="lifted-without-the-court",
        words="Anybody lifts what a court or the redress office suspended.",
        rows=("I4", "I12", "F47"),
        patches=lambda: ((dossier_use, "may_lift", _nothing),),
        more=("origin", "overreach_at_origin"),
    ),
    Mutant(
        name="gates-not-run-again",
        words="The receiver believes that the sender's gates passed.",
        rows=("I2", "F01"),
        patches=lambda: ((intake, "sender", _nothing),),
        more=("lie",),
        lies=("a request or version without evidence",),
    ),
    Mutant(
        name="swept-too-early",
        words="The sweep is told as soon as the withdrawal comes.",
        rows=("I7", "I6"),
        patches=lambda: tuple((where, "sweep_time", lambda _terms, at: at + 1) for where in (intake, clock)),
        more=("origin", "withdraw_behind_a_cut"),
    ),
    Mutant(
        name="one-identity-answer",
        words="One officer's answer is enough to agree who it is.",
        rows=("I3", "F26"),
        patches=lambda: ((review_state, "BOTH", 1), (review_checks, "BOTH", 1)),
        more=("receiver", "overreach", "hurry"),
    ),
    Mutant(
        name="own-claim-checked",
        words="A recorder checks what they recorded.",
        rows=("I1", "F03"),
        patches=lambda: ((Officer, "independent_of", lambda _self, _other: True),),
        more=("overreach_at_origin",),
    ),
    Mutant(
        name="act-without-leaf",
        words="The last of several acts of one commit has no leaf in the log.",
        rows=("I9", "X7"),
        patches=_no_leaf,
        more=("receiver", "report"),
    ),
    Mutant(
        name="any-key",
        words="A letter's signature is not checked against the published keys.",
        rows=("X11", "F54"),
        patches=_any_key_will_do,
        more=("lie",),
        lies=("a letter signed with an unpublished key",),
    ),
    Mutant(
        name="any-receipt",
        words="A receipt is believed whatever message it names.",
        rows=("X3", "F55"),
        patches=_any_receipt_will_do,
        more=("lie", "cut"),
        lies=("the receipt of another message",),
    ),
    Mutant(
        name="decision-outlives-its-version",
        words="A correction leaves the decision on the old version in force.",
        rows=("X14", "F53"),
        patches=_a_new_version_keeps_the_decision,
        more=("origin", "receiver", "hurry"),
    ),
    Mutant(
        name="decision-names-no-status",
        words="A decision does not say on which status it stood.",
        rows=("X10", "F40"),
        patches=lambda: ((decision, "Decided", lambda **named: Decided(**named | {"status_issued": 0})),),
        more=("receiver", "hurry"),
    ),
    Mutant(
        name="corrections-stay-home",
        words="A corrected version is kept at its origin and never sent.",
        rows=("X5", "F53"),
        patches=_corrections_stay_home,
        more=("origin",),
    ),
    *OF_AGREEMENTS,
    *OF_DISPUTES,
    *OF_RECOVERY,
)
"""Every fault that is planted."""
BY_NAME: Final = {mutant.name: mutant for mutant in MUTANTS}
