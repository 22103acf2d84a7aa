"""Disputes at the receiver's pages: shown beside the statement, answered by the legal review, signed by the person."""

import html
import re
from typing import Any

import pytest

from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.dispute_words import DisputeAsks, Disputed, DisputedBy
from cotejo.rules.dossier_commands import DisputeClaims
from cotejo.rules.holds import HoldKind
from cotejo.rules.review_commands import PlaceHold
from cotejo.rules.review_words import ReviewState
from cotejo.simulation.invented import CERTIFIER
from cotejo.simulation.invented_review import CUSTODY
from cotejo.store.models import Outbox
from tests.builders.receiving import Receiving, Staff, pdf, play
from tests.pages import signed_in

WORDS = "The clinic has the person in a bed on that day."


def words_in(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def problems_in(page: str) -> int:
    box = re.search(r'class="usa-alert usa-alert--error problems".*?</ul>', page, re.DOTALL)
    return len(re.findall(r"<li>", box[0])) if box else 0


def disputed(house: Receiving, review: str) -> None:
    """Let Alba tell that the first statement of the request is disputed."""
    case, package = house.cases[review], house.state(review).package
    assert package is not None
    claim = package.claims[0]
    stated = Disputed(
        claims=((claim.id, claim.version),),
        by=DisputedBy.COURT,
        on="2026-11-20",
        statement=WORDS,
        asks=DisputeAsks.WEIGH,
    )
    document = house.alba.unit.documents.put(b"%PDF a note", unit=Stream(StreamKind.DOSSIER, case.dossier))
    house.at_origin(case, DisputeClaims(stated=stated, document=document), CERTIFIER)
    house.hear()


def test_f64_what_the_origin_disputes_stands_on_both_pages_and_closes_the_decision(
    house: Receiving, people: Staff, review: str
) -> None:
    play(house, review, "decided")
    disputed(house, review)
    assert house.state(review).state is ReviewState.OPEN
    page = words_in(people.read("legal", f"/review/{review}/"))
    assert "Disputed statements" in page
    assert WORDS in page
    request = words_in(people.read("decision", f"/inbox/{review}/"))
    assert "Disputed by a court on 2026-11-20." in request
    spanish = signed_in(people.people["decision"], language="es").get(f"/inbox/{review}/").content.decode()
    assert "Impugnada por un tribunal el 2026-11-20." in words_in(spanish)
    act = {"outcome": "act", "reasons": "All was kept."}
    assert "The legal review has not been made." in people.give(
        "decision", f"/review/{review}/decision/", act, status=422
    )
    form = words_in(people.read("legal", f"/review/{review}/legal/"))
    assert "A statement of the request is disputed." in form
    answered = {
        "route_lawful": "yes",
        "person_told_of_route": "on",
        "mark0": "yes",
        "mark0_reasons": "The entry is of another day.",
        "reasons": "The treaty covers it.",
    }
    people.give("legal", f"/review/{review}/legal/", answered)
    people.give("decision", f"/review/{review}/decision/", act)
    assert house.state(review).state is ReviewState.DECIDED


def signed(house: Receiving, review: str, **changes: Any) -> dict[str, Any]:
    package = house.state(review).package
    assert package is not None
    claim = package.claims[0]
    given = {
        "claims": [f"{claim.id}:{claim.version}"],
        "by": "person",
        "statement": WORDS,
        "asks": "correct",
        "warned_on": "2026-11-26",
        "on": "2026-11-27",
        "counsel": "A. Faro",
        "document": pdf("signed"),
    }
    return {**given, **changes}


def sent_disputes() -> int:
    return Outbox.objects.filter(partner="alba", kind="dispute").count()


def test_i12_the_person_signs_and_protection_lets_it_leave(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "ready")
    people.give("custody", f"/review/{review}/dispute/", signed(house, review))
    assert sent_disputes() == 0
    assert "Let the signed dispute leave" in words_in(people.read("protection", f"/protection/{review}/"))
    page = words_in(people.read("protection", f"/review/{review}/"))
    assert "Let the signed dispute leave" in page
    assert WORDS in page
    assert "paper with the person's signature" in page.replace("’", "'").lower()
    assert people.at("legal").get(f"/review/{review}/dispute-leaves/").status_code == 403
    people.give("protection", f"/review/{review}/dispute-leaves/")
    assert sent_disputes() == 1
    history = words_in(people.read("legal", f"/review/{review}/history/"))
    assert "Signed dispute sent" in history


def test_i6_every_problem_of_a_signed_dispute_is_named_at_once(house: Receiving, people: Staff, review: str) -> None:
    play(house, review, "ready")
    address = f"/review/{review}/dispute/"
    assert problems_in(people.give("legal", address, {}, status=422)) == 8
    late = signed(house, review, warned_on="2026-11-27", on="2026-11-26", statement="x" * 1200)
    page = people.give("legal", address, late, status=422)
    assert problems_in(page) == 2
    assert "in 1000 characters at most" in page
    assert sent_disputes() == 0


@pytest.mark.parametrize("paused", [False, True])
def test_f45_nothing_the_person_signed_leaves_while_a_protection_stands(
    house: Receiving, people: Staff, review: str, paused: bool
) -> None:
    play(house, review, "ready")
    people.give("legal", f"/review/{review}/dispute/", signed(house, review))
    if paused:
        house.do(review, PlaceHold(kind=HoldKind.JUVENILE, grounds="A birth entry."), CUSTODY)
    else:
        house.clock.move(25 * 60)
    page = people.read("protection", f"/review/{review}/dispute-leaves/")
    assert "On hold. The case cannot go on for now." in page
    people.give("protection", f"/review/{review}/dispute-leaves/", status=422)
    assert sent_disputes() == 0
