"""What a partner's program did not understand is named, and said again once, with the same content (I2, I8)."""

from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions.run_due import run_due
from cotejo.actions.say_again import say_again
from cotejo.node.database import Dsns
from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import Refused, Stream, StreamKind, Timer
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.told import Sweep
from cotejo.simulation.invented import CERTIFIER
from cotejo.store.again import not_understood, said_again, unknown_here
from cotejo.store.models import Inbox, Outbox
from tests.builders.receiving import Receiving, receiving

PILAR = Officer(id="0d" * 16, duty=Duty.PARTNERS, unit="Enlace", chain="Dirección")


@pytest.fixture
def house(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receiving:
    """Put a receiver together on PostgreSQL."""
    return receiving(tmp_path / "home", monkeypatch)


def swept(house: Receiving, *, gaps: tuple[str, ...]) -> str:
    """Let a withdrawal be swept; let the partner answer the sweep with these gaps. Return the request."""
    review = house.request()
    case = house.cases[review]
    house.at_origin(case, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)
    house.hear()
    house.clock.move(24 * 60)
    done = run_due(
        house.unit, Timer(kind="review.sweep", stream=Stream(StreamKind.REVIEW, review), at=0), now=house.clock.now
    )
    assert not isinstance(done, Refused), done.codes
    row = Outbox.objects.get(kind="sweep")
    outcome = "refused" if gaps else "taken"
    house.unit.keep_receipt(partner="alba", mid=row.mid, outcome=outcome, gaps=gaps, now=house.clock.now)
    return str(case.request)


@pytest.mark.parametrize("gap", ["unknown_kind", "wrong_body"])
def test_a_word_that_holds_for_good_is_said_again_once_with_the_same_content(house: Receiving, gap: str) -> None:
    request = swept(house, gaps=(gap,))
    (missed,) = not_understood("alba")
    assert (missed.kind, missed.request) == ("sweep", request)
    (again,) = said_again(house.unit, "alba")
    assert isinstance(again.content, Sweep)
    assert (again.partner, again.content.request, again.request) == ("alba", request, request)
    refused = say_again(house.unit, "alba", (again,), who=replace(PILAR, duty=Duty.DECISION), now=house.clock.now)
    assert isinstance(refused, Refused)
    assert not isinstance(say_again(house.unit, "alba", (again,), who=PILAR, now=house.clock.now), Refused)
    assert [row.state for row in Outbox.objects.filter(kind="sweep").order_by("seq")] == ["receipted", "waiting"]
    assert not_understood("alba") == ()
    assert said_again(house.unit, "alba") == ()


@pytest.mark.parametrize("gaps", [(), ("who.not_yours",)])
def test_what_was_understood_is_not_said_again(house: Receiving, gaps: tuple[str, ...]) -> None:
    swept(house, gaps=gaps)
    assert not_understood("alba") == ()


def test_i2_what_needs_an_officers_act_is_named_and_never_said_again_by_itself(house: Receiving) -> None:
    swept(house, gaps=("unknown_kind",))
    Outbox.objects.filter(kind="sweep").update(kind="request")
    assert [each.kind for each in not_understood("alba")] == ["request"]
    assert said_again(house.unit, "alba") == ()


def test_a_kind_this_program_does_not_know_is_named_unless_it_is_no_name(house: Receiving) -> None:
    house.request()
    first, *_ = Inbox.objects.order_by("seq")
    assert unknown_here("alba") == ()
    for number, kind in enumerate(("inventory", "Inés Brisa"), start=101):
        Inbox.objects.create(
            partner="alba", mid=f"{number:032x}", seq=number, kind=kind, sha256=first.sha256,
            commitment=first.commitment, outcome="refused", receipt=b"", at=first.at,
        )  # fmt: skip
    assert unknown_here("alba") == ("inventory", "?")
