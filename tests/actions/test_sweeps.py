"""A withdrawal is swept at the agreed moment, whatever became of its request there and whatever failed (I6, I7)."""

from collections.abc import Callable

import pytest

from cotejo.actions.recover import end_recovery
from cotejo.actions.run_due import run_due
from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import StreamKind
from cotejo.rules.agreement import HOUR, MINUTE
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.simulation.invented import CERTIFIER, InventedCase
from cotejo.simulation.kept import Waiting
from cotejo.simulation.memory import Crash
from cotejo.simulation.node import waiting_for
from tests.builders.line import Link, asks, delivered

Stands = Callable[[Link], InventedCase]


def taken(link: Link) -> InventedCase:
    """Send a request that is taken in."""
    case = link.case()
    assert [each.outcome for each in link.hear_all()] == ["taken"]
    return case


def refused(link: Link) -> InventedCase:
    """Send a request without its documents."""
    case = link.case()
    assert link.hear(waiting_for(link.alba, "boreal")[0], parts=False).outcome == "refused"
    return case


def erased(link: Link) -> InventedCase:
    """Send a request whose case is erased at the receiver since."""
    case = taken(link)
    link.boreal.unit.erase(link.stream(case))
    return case


def nothing_fails(link: Link, withdrawal: Waiting) -> None:
    """Let the withdrawal be heard, twice."""
    assert link.hear(withdrawal).outcome == "taken"
    assert link.hear(withdrawal).outcome == "taken"


def dies_once(link: Link, withdrawal: Waiting) -> None:
    """Let the receiver die between the mark and the commit, and hear the withdrawal again."""
    link.boreal.crash_next = "marked"
    with pytest.raises(Crash):
        link.hear(withdrawal)
    nothing_fails(link, withdrawal)


def is_restored(link: Link, withdrawal: Waiting) -> None:
    """Let the receiver lose the withdrawal in a restore, and get it again."""
    copy = link.boreal.unit.backup()
    nothing_fails(link, withdrawal)
    link.boreal.unit.restore(copy)
    assert asks(link.boreal, link.alba, now=link.now) == 1
    link.hear_all()
    assert end_recovery(link.boreal.unit, now=link.now) == ()


def swept(stands: Stands, fails: Callable[[Link, Waiting], None]) -> list[tuple[int, int, int]]:
    """Withdraw the request, let time pass, and return moment, version and size of what the origin hears."""
    link = Link()
    case = stands(link)
    link.now += MINUTE
    link.at_origin(case, origin.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    fails(link, waiting_for(link.alba, "boreal")[-1])
    for _ in range(4):
        link.now += 30 * MINUTE
        for timer in link.boreal.unit.due(link.now):
            run_due(link.boreal.unit, timer, now=link.now)
        link.boreal.unit.send_scheduled(now=link.now)
        delivered(link.boreal, link.alba, now=link.now)
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).swept_at
    said = [each for each in link.boreal.unit.outbox if each.sealed.kind == "sweep"]
    return [(each.send.at, each.send.content.version, len(each.sealed.body)) for each in said]


@pytest.mark.parametrize("fails", [nothing_fails, dies_once, is_restored])
@pytest.mark.parametrize("stands", [taken, refused, erased])
def test_i6_i7_one_sweep_comes_at_the_agreed_moment_whatever_became_of_the_request(
    stands: Stands, fails: Callable[[Link, Waiting], None]
) -> None:
    sweeps = swept(stands, fails)
    assert len(sweeps) == 1
    assert sweeps == swept(taken, nothing_fails)
    assert sweeps[0][0] % HOUR == 0
