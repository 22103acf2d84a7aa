"""The page of copies: who passes on, who has one, and what became of a withdrawal there."""

from dataclasses import replace
from typing import Any

import pytest

from cotejo.actions.laws import PARTNER
from cotejo.actions.perform import perform
from cotejo.actions.take_in import take_in
from cotejo.identity import RegisterInMemory
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.dossier_commands import Withdraw
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.partner import PairPartner
from cotejo.rules.purposes import Purpose
from cotejo.simulation import invented_review as path
from cotejo.simulation.invented import CERTIFIER
from cotejo.simulation.node import SimulatedNode, open_link
from cotejo.store.models import Outbox
from cotejo.store.queue import mail_at
from tests.builders import receiving, wire
from tests.builders.receiving import NOW, Receiving, Staff


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Alba and Boreal agree on Cobre as their standing recipient."""
    usual = receiving.terms
    named = {"standing_recipients": ("cobre",), "sweep_every": 6 * HOUR}
    monkeypatch.setattr(receiving, "terms", lambda: replace(usual(), **named))


def pair_cobre(house: Receiving) -> SimulatedNode:
    """Pair Boreal with Cobre, which is paired with Alba too."""
    made = [
        SimulatedNode(
            name=name, profile="us", register=RegisterInMemory((), as_of=NOW), seed="pages", start=NOW - 10 * DAY
        )
        for name in ("cobre", "boreal")
    ]
    cobre, boreal = made
    agreed = wire.agreement("boreal", "cobre", valid_from=NOW - DAY, valid_until=NOW + DAY, sweep_every=2 * HOUR)
    agreement = cobre.pair(boreal, agreed)
    cobre.pair(house.alba, wire.agreement("alba", "cobre", valid_from=NOW - DAY, valid_until=NOW + DAY))
    by = Officer(id="0" * 32, duty=Duty.PARTNERS, unit="Enlace", chain="Dirección")
    pairing = PairPartner(
        name="cobre",
        node="boreal",
        agreement=agreement,
        key_document=cobre.key_document,
        key_number=1,
        fingerprint="ab12",
        read_aloud="ab12",
    )
    stream = Stream(StreamKind.PARTNER, "cobre")
    done = perform(PARTNER, house.unit, stream, pairing, who=by, purpose=Purpose.PARTNERS, now=house.clock.now)
    assert not isinstance(done, Refused), done.codes
    open_link(house.unit, "cobre", now=house.clock.now)
    house.unit.pair(wire.paired_with("cobre", agreement, cobre.key_document), now=house.clock.now)
    return cobre


def deliver(house: Receiving, cobre: SimulatedNode) -> None:
    """Bring Cobre what Boreal tells it, and its receipts back."""
    from cotejo.actions.note_receipt import Posted, note_receipt

    house.clock.move(1)
    house.unit.send_scheduled(now=house.clock.now)
    partner = house.unit.partner("cobre")
    for seq in Outbox.objects.filter(partner="cobre", state="waiting").order_by("seq").values_list("seq", flat=True):
        mail: Any = mail_at("cobre", seq)
        receipt = cobre.hear_letter(mail.body, dict(mail.parts), now=house.clock.now)
        posted = Posted(mid=mail.mid, kind=mail.kind, sha256=mail.sha256, request=mail.request, version=mail.version)
        note_receipt(house.unit, partner, posted, receipt, own=house.desk.own, now=house.clock.now)


def test_f51_the_legal_duty_passes_on_and_sees_how_far_a_withdrawal_has_come(
    house: Receiving, people: Staff, review: str
) -> None:
    address = f"/review/{review}/copies/"
    assert "no agreement with it is in force" in people.read("legal", address)
    cobre = pair_cobre(house)
    assert "The case is not open" in people.read("legal", address)
    for who, command in path.begin():
        house.do(review, command, who)
    page = people.read("legal", address)
    assert "Nobody else has a copy" in page
    assert not {"F51", "F54", "I6", "I7"} & set(page.replace("<", " ").replace(">", " ").split())
    assert 'value="cobre"' in page
    assert " checked>" not in page
    assert "cobre" not in people.read("intake", address)
    people.give("legal", address, {}, status=422)
    people.give("legal", address, {"recipients": ["cobre"]}, status=302)
    assert "on its way" in people.read("legal", address)
    deliver(house, cobre)
    assert "taken in" in people.read("intake", address)
    assert "They have it already" in people.read("legal", address)
    assert '<span class="remedy">cobre</span>' in people.read("intake", f"/review/{review}/history/")

    house.at_origin(house.cases[review], Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)
    house.hear()
    deliver(house, cobre)
    assert "blocked there" in people.read("intake", address)
    house.clock.now += 5 * HOUR
    cobre.tick(now=house.clock.now)
    cobre.unit.send_scheduled(now=house.clock.now)
    for each in cobre.unit.outbox:
        if each.partner == "boreal" and not each.receipt:
            cobre.note(each, take_in(house.desk, each.sealed.body, now=house.clock.now), now=house.clock.now)
    assert "completed" in people.read("intake", address)
