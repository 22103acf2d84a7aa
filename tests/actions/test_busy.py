"""Meeting others at work is no answer: nothing is refused, dropped or noted as done because a case was busy."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cotejo.actions.perform import BUSY
from cotejo.actions.run_due import run_due
from cotejo.actions.unit import Committed, Conflict
from cotejo.rules import told
from cotejo.rules.acts import Plan, Refused, StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.simulation.invented import InventedCase
from cotejo.simulation.memory import MemoryUnit
from cotejo.simulation.node import waiting_for
from tests.builders.line import Link, delivered


@contextmanager
def busy(unit: MemoryUnit) -> Iterator[None]:
    """Have others change every case of a node all the time: an act on one never finds it as it was read."""
    commit = unit.commit

    def changed(plan: Plan, **signed: Any) -> Committed:
        if plan.acts:
            raise Conflict("others are changing this case")
        return commit(plan, **signed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "commit", changed)
        yield


@pytest.fixture
def link() -> Link:
    """Give two nodes."""
    return Link()


@pytest.fixture
def case(link: Link) -> InventedCase:
    """Give a request of Alba's that Boreal has taken in."""
    made = link.case()
    delivered(link.alba, link.boreal, now=link.now)
    return made


def test_i7_a_withdrawal_that_meets_a_busy_case_is_not_receipted_and_comes_again(
    link: Link, case: InventedCase
) -> None:
    withdrawal = link.tell(told.Withdrawal(request=case.request, version=1, reason="acquitted"))
    with busy(link.boreal.unit), pytest.raises(Conflict):
        link.hear(withdrawal)
    assert not link.review(case).withdrawn_at
    assert link.hear(withdrawal).outcome == "taken"
    assert link.review(case).withdrawn_at


def test_f73_a_due_moment_that_meets_a_busy_case_stays(link: Link, case: InventedCase) -> None:
    link.hear(link.tell(told.Withdrawal(request=case.request, version=1, reason="acquitted")))
    link.now += 3 * HOUR
    timer = next(each for each in link.boreal.unit.due(link.now) if each.kind == "review.sweep")
    with busy(link.boreal.unit):
        assert run_due(link.boreal.unit, timer, now=link.now) == Refused((BUSY,))
    assert timer in link.boreal.unit.due(link.now)
    assert not isinstance(run_due(link.boreal.unit, timer, now=link.now), Refused)
    assert timer not in link.boreal.unit.due(link.now)


def test_i8_a_receipt_that_meets_a_busy_dossier_is_not_noted_as_done(link: Link) -> None:
    made = link.case()
    (request,) = waiting_for(link.alba, "boreal")
    receipt = link.boreal.hear(request, now=link.now)
    with busy(link.alba.unit), pytest.raises(Conflict):
        link.alba.note(request, receipt, now=link.now)
    assert waiting_for(link.alba, "boreal") == (request,)
    link.alba.note(request, receipt, now=link.now)
    assert link.alba.state(StreamKind.DOSSIER, made.dossier).sent[-1].outcome == "taken"
