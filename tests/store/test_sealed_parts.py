"""Sealed parts stay for as long as anybody may need them again, and forgetting them reads no more than a page."""

from dataclasses import replace

import pytest

from cotejo.rules.acts import Plan
from cotejo.store import queue
from cotejo.store.models import CardRow, Outbox, SealedPart, Term
from cotejo.store.sealed_parts import KEEP_PARTS, Looked, drop_parts
from tests.builders.memory import BOREAL, NOW, REQUEST, House, as_recorder, boreal, suspension
from tests.store.statements import noted

REQUESTS = 7


@pytest.mark.parametrize(
    ("kind", "index", "term", "state", "kept"),
    [
        ("dossier", "dossier.request", REQUEST, "sent", True),
        ("dossier", "dossier.request", REQUEST, "suspended", True),
        ("dossier", "dossier.request", REQUEST, "withdrawn", False),
        ("dossier", "dossier.request", REQUEST, "erased", False),
        ("dossier", "dossier.request", "8" * 32, "sent", False),
        ("review", "review.request", f"cresta/{REQUEST}", "open", True),
        ("review", "review.request", f"cresta/{REQUEST}", "erased", False),
    ],
)
def test_f55_sealed_parts_stay_while_their_request_lives_and_eight_days_after_the_receipt(
    house: House, kind: str, index: str, term: str, state: str, *, kept: bool
) -> None:
    house.unit.pair(replace(boreal(), name="cresta"), now=NOW)
    house.unit.commit(Plan(sends=(suspension(),)), **as_recorder())
    CardRow.objects.create(
        stream_kind=kind, stream_id="1" * 32, number=1, state=state, partner=BOREAL, version=1, updated=NOW
    )
    Term.objects.create(index=index, term=term, stream_kind=kind, stream_id="1" * 32)
    told = house.unit.line_held(BOREAL).told[0]
    SealedPart.objects.create(partner=BOREAL, mid=told.mid, place=0, name="a" * 64, body=b"sealed")
    house.unit.keep_receipt(partner=BOREAL, mid=told.mid, outcome="taken", gaps=(), now=NOW)
    assert drop_parts(now=NOW + KEEP_PARTS) == Looked(dropped=0, after=0)
    mail = queue.mail_at(BOREAL, 1)
    assert mail is not None
    assert mail.parts == (("a" * 64, b"sealed"),)
    assert drop_parts(now=NOW + KEEP_PARTS + 1).dropped == (0 if kept else 1)


def test_forgetting_parts_goes_on_from_page_to_page_and_every_look_finds_its_rows_by_an_index(house: House) -> None:
    sends = tuple(suspension(request=f"{number:032x}") for number in range(REQUESTS))
    house.unit.commit(Plan(sends=sends), **as_recorder())
    for row in Outbox.objects.order_by("seq"):
        for place in range(2):
            SealedPart.objects.create(partner=BOREAL, mid=row.mid, place=place, name="a" * 64, body=b"sealed")
        house.unit.keep_receipt(partner=BOREAL, mid=row.mid, outcome="taken", gaps=(), now=NOW)
    CardRow.objects.create(
        stream_kind="dossier", stream_id="1" * 32, number=1, state="sent", partner=BOREAL, version=1, updated=NOW
    )
    Term.objects.create(index="dossier.request", term=sends[1].request, stream_kind="dossier", stream_id="1" * 32)

    after, dropped = 0, []
    for _ in range(4):
        with noted() as statements:
            looked = drop_parts(now=NOW + KEEP_PARTS + 1, after=after, page=4)
        assert len(statements) <= 5
        assert sum(each.rows for each in statements) <= 4 + 1 + 2 + 4
        assert not [each.sql for each in statements if each.reads_whole("store_partner")]
        dropped.append(looked.dropped)
        after = looked.after
    assert dropped == [2, 4, 4, 2]
    assert after == 0
    assert SealedPart.objects.count() == 2
