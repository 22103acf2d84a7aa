"""A partner gone for ever: two people end the agreement, the node leaves RECOVERING, its requests stay blocked."""

import pytest

from cotejo.actions.end_agreement import end_agreement
from cotejo.actions.recover import end_recovery, missing
from cotejo.actions.unit import Committed
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.rules import review_commands as ask
from cotejo.rules import told
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.agreement import MINUTE
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.simulation import invented_review as desk
from tests.builders.line import Link

PILAR = Officer(id="pilar", duty=Duty.PARTNERS, unit="exchange", chain="north")
OLGA = Officer(id="olga", duty=Duty.OVERSIGHT, unit="oversight", chain="oversight")


def test_f56_a_partner_gone_for_ever_holds_no_recovery_once_two_people_ended_the_agreement():
    link = Link("cresta")
    case = link.case()
    link.hear_all()
    copy = link.boreal.unit.backup()
    link.now += MINUTE
    late = link.tell(told.Suspension(request=case.request, version=1))
    link.hear(late)
    link.boreal.unit.restore(copy)
    assert {each.en.split()[0] for each in missing(link.boreal.unit, now=link.now)} == {"alba", "cresta"}

    for who, name in ((PILAR, "alba"), (OLGA, "alba"), (PILAR, "cresta"), (OLGA, "cresta")):
        assert end_recovery(link.boreal.unit, now=link.now) != (), "one signature ends nothing"
        done = end_agreement(link.boreal.unit, name, reasons="It is gone.", who=who, now=link.now)
        assert isinstance(done, Committed)
        link.boreal.follow()
    assert end_recovery(link.boreal.unit, now=link.now) == ()
    assert not link.boreal.unit.recovering()

    opened = link.boreal.act(
        StreamKind.REVIEW,
        link.stream(case).id,
        ask.OpenReview(),
        who=desk.INTAKE,
        purpose=Purpose.DECISION,
        now=link.now,
    )
    assert isinstance(opened, Refused)
    assert "agreement.not_active" in opened.codes
    with pytest.raises(WireRefusal) as caught:
        link.boreal.hear(link.tell(told.Suspension(request=case.request, version=1)), now=link.now)
    assert caught.value.reason is WireReason.NO_AGREEMENT
