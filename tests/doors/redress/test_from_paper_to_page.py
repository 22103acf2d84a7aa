"""From the printed copy to the office and back: the whole way of a complaint, at a receiver and at the origin.

Officers print copies on the house's pages; a family types the code that stands on the paper at a running redress
office; the house hears two words. Nothing here but the pages and the door is used.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from cotejo.actions.sealed_cards import keep_cards
from cotejo.actions.take_signal import take_signal
from cotejo.doors.redress.visitor import Visitor
from cotejo.node.database import Dsns
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Duty
from cotejo.rules.paper_codes import PAPER_CODE
from cotejo.rules.review_words import Usability
from cotejo.simulation.invented_review import hand_over, receiver_papers
from cotejo.store.models import Outbox
from cotejo.store.redress import PgRedressDoor
from tests import pages
from tests.builders.origin import Origin, origin
from tests.builders.receiving import Receiving, compared_of, play, receiving, staff
from tests.cluster import Cluster
from tests.doors.redress.conftest import Served, serve
from tests.pages import signed_in

CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


@pytest.fixture
def node_database(postgres: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[Dsns]:
    """Let Django reach a fresh migrated database."""
    with django_db_blocker.unblock(), pages.node_database(postgres) as dsns:
        yield dsns


@pytest.fixture
def office(node_database: Dsns, tmp_path: Path) -> Iterator[Served]:
    """Run the redress office of the house under test."""
    with serve(tmp_path / "office", node_database) as served:
        yield served


def hear(house: Receiving | Origin) -> list[str]:
    """Let the house take what its redress office said, as its worker does."""
    door = PgRedressDoor()
    return [take_signal(house.unit, door, each, now=house.clock.now) for each in door.waiting()]


def code_on(paper: bytes) -> str:
    """Return the code printed on a copy, as somebody reads it off."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    return next(each for each in CODE.findall(text) if PAPER_CODE.read(each))


def decide_and_lift(office: Served, *, upheld: bool = False) -> None:
    """Answer the one open complaint and end its block, each by two officers, on the office's own pages."""
    first, second = office.officer("amaya"), office.officer("bruno")
    path = re.findall(r'href="(/office/[0-9a-f]{32}/)"', first.see("/office/").text)[0]
    steps = (("answer", {"outcome": "upheld" if upheld else "not_upheld"}), ("lift", {}))
    for step, more in steps:
        first.send(path, {"do": f"propose_{step}", "text": "Looked at.", **more})
        proposal = re.findall(r'name="proposal" value="(\d+)"', second.see(path).text)[-1]
        second.send(path, {"do": f"confirm_{step}", "proposal": proposal})


def test_i12_f65_at_a_receiver_a_copy_printed_by_an_officer_opens_blocks_and_is_freed_again(
    node_database: Dsns, office: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = receiving(tmp_path / "boreal", monkeypatch)
    people, review = staff(), house.request()
    play(house, review, "identified")
    sent_before = Outbox.objects.count()
    paper = people.at("custody").post(f"/review/{review}/copy/es/")
    code = code_on(paper.content)

    family = office.visitor("es")
    receipt = family.lodge(code, "No es mi hijo.")
    assert hear(house) == ["taken"]
    assert house.state(review).usability is Usability.SUSPENDED
    page = people.read("decision", f"/review/{review}/")
    assert "On hold. The case cannot go on for now." in page
    assert "omplaint" not in page.partition("<main")[2], "the house learns that it is not usable, no more"
    court = house.state(review).package.court_acts[0].court  # type: ignore[union-attr]
    assert court in family.status(receipt)

    decide_and_lift(office)
    assert hear(house) == ["taken"]
    assert house.state(review).usability is Usability.USABLE
    assert "Ya nada, por esta queja." in family.status(receipt)
    assert Outbox.objects.count() == sent_before, "the origin is told nothing (I6)"


def test_i12_at_the_origin_a_copy_printed_by_an_officer_suspends_everywhere_and_the_end_reinstates(
    node_database: Dsns, office: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = origin(tmp_path / "alba", monkeypatch)
    case = house.case(until="sent")
    certifier = signed_in(house.people[Duty.CERTIFIER])
    code = code_on(certifier.post(f"/dossiers/{case.dossier}/copy/en/").content)
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    told = Outbox.objects.filter(kind="suspension").count

    office.visitor().lodge(code, "The warrant was withdrawn.")
    assert hear(house) == ["taken"]
    assert state_of(StreamKind.DOSSIER, house.unit.entries(stream)).suspended_for == (SuspensionCause.REDRESS,)
    assert told() == 1, "every holder is told"
    refused = signed_in(house.people[Duty.AUTHORISER]).post(
        f"/dossiers/{case.dossier}/step/reinstatement/", {"cause": "redress"}
    )
    assert refused.status_code == 422, "nobody of the house lifts it"

    decide_and_lift(office)
    assert hear(house) == ["taken"]
    assert state_of(StreamKind.DOSSIER, house.unit.entries(stream)).suspended_for == ()
    assert Outbox.objects.filter(kind="reinstatement").count() == 1


def test_each_print_is_a_copy_of_its_own_and_every_one_opens_the_same_case(
    node_database: Dsns, office: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = receiving(tmp_path / "boreal", monkeypatch)
    people, review = staff(), house.request()
    play(house, review, "decided")
    prints = [people.at("custody").post(f"/review/{review}/copy/{each}/") for each in ("es", "en")]
    codes = [code_on(each.content) for each in prints]
    assert len(set(codes)) == 2
    visitor: Visitor = office.visitor("en")
    assert all("There is nothing to show" in visitor.where(code) for code in codes), "no hand-over yet"
    assert people.at("custody").get(f"/review/{review}/copy/es/").status_code == 405, "looking draws no code"

    papers, mine = receiver_papers(1), compared_of(house, review)[-1]
    for who, command in hand_over(house.state(review), mine, papers, day="2026-11-27"):
        house.do(review, command, who)
    keep_cards(house.unit, PgRedressDoor(), answers="Boreal")
    for code in codes:
        assert "Airport" in visitor.where(code)
