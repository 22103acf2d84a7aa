"""A partner's row follows its acts, with both signatures of every agreement (F19, F55)."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cotejo.actions.pair import Papers, pair
from cotejo.actions.renew import adopt_terms
from cotejo.exchange.agreements import SIGNATURES, sign_agreement
from cotejo.node.trust import follow_partners
from cotejo.proof.keys import Purpose
from cotejo.rules.acts import Refused
from cotejo.rules.agreement import DAY, Agreement
from cotejo.rules.duties import Duty
from cotejo.rules.succession import following
from cotejo.store.models import PartnerRow
from tests.builders import wire
from tests.builders.disclosed import ALBA, BOREAL, NOW
from tests.builders.memory import House
from tests.builders.review import officer

FIRST = replace(wire.agreement(), hash="")
SECOND_FORM = replace(following(FIRST, NOW - DAY, NOW + 300 * DAY), replaces=(), dates_from=NOW - DAY, first_date=0)


def signatures(terms: Agreement) -> tuple[bytes, ...]:
    return tuple(sign_agreement(terms, each.keys[Purpose.ROOT]) for each in (ALBA, BOREAL))


def paired(house: House, terms: Agreement) -> Any:
    """Pair as the command does: the act, then the row beside it. Give what the worker has of the node."""
    papers = Papers(
        key_document=BOREAL.signed.decode(),
        agreement=signatures(terms),
        read_aloud=BOREAL.document.fingerprint(),
    )
    unit = house.unit
    done = pair(unit, papers, own=ALBA.document, who=officer(Duty.PARTNERS), now=NOW)
    assert not isinstance(done, Refused), done.codes
    unit.pair(unit.partner("boreal"), agreement_signed=b"\n".join(papers.agreement), now=NOW)
    node = SimpleNamespace(unit=unit)
    assert follow_partners(node, now=NOW) == 1  # type: ignore[arg-type] # the memory alone is asked for
    return node


@pytest.mark.parametrize("first", [FIRST, SECOND_FORM], ids=["first form", "second form"])
def test_f19_the_row_holds_every_agreement_and_both_signatures_of_each_in_order(house: House, first: Agreement) -> None:
    node = paired(house, first)
    follows, made = node.unit.partner("boreal").agreements[-1], [*signatures(first)]
    for begins in (NOW + DAY, NOW + 9 * DAY):
        terms = following(follows, begins, begins + 300 * DAY)
        done = adopt_terms(
            node.unit,
            "boreal",
            signatures(terms),
            own=ALBA.document,
            who=officer(Duty.PARTNERS),
            approved_by=officer(Duty.OVERSIGHT),
            now=NOW,
        )
        assert not isinstance(done, Refused), done.codes
        made += signatures(terms)
        assert follow_partners(node, now=NOW) == 1
        follows = node.unit.partner("boreal").agreements[-1]
    assert follow_partners(node, now=NOW) == 0
    row = PartnerRow.objects.get(name="boreal")
    assert bytes(row.agreement_signed).split(b"\n") == made
    assert len(node.unit.partner("boreal").agreements) * SIGNATURES == len(made)
