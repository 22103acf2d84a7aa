"""A link that is not open yet, on the partner's page and in the list: what it waits for, in both languages."""

from dataclasses import replace

from cotejo.rules.acts import Act, NewAct, Plan, Stream, StreamKind
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.rehearsal import LinkOpened, RehearsalDue, RehearsalFailed, RehearsalTold
from cotejo.rules.rehearsal_words import RehearsalStep
from tests.builders.receiving import Receiving, Staff

PILAR = Officer(id="0d" * 16, duty=Duty.PARTNERS, unit="Enlace", chain="Dirección")


def write(house: Receiving, *acts: Act) -> None:
    """Write acts about a second partner, which has no other."""
    known = house.unit.partner("alba")
    assert known is not None
    house.unit.pair(replace(known, name="cresta"), now=house.clock.now)
    stream = Stream(StreamKind.PARTNER, "cresta")
    plan = Plan(acts=tuple(NewAct(stream=stream, act=each) for each in acts))
    house.unit.commit(plan, who=PILAR, purpose=Purpose.PARTNERS, now=house.clock.now)


def test_the_page_says_what_a_closed_link_waits_for_and_since_when_an_open_one_is_open(
    house: Receiving, people: Staff
) -> None:
    write(house, RehearsalDue(), RehearsalTold(begun=1, step=RehearsalStep.DELIVER))
    page = people.read("partners", "/partners/cresta/")
    assert "the link is not open yet" in page
    assert "Our invented record was delivered, and cresta has not answered yet" in page
    assert "the link is not open yet" in people.read("partners", "/partners/")
    write(house, RehearsalFailed(begun=1, step=RehearsalStep.DELIVER, gaps=("rehearsal.document",)))
    assert "its document did not arrive whole" in people.read("operator", "/partners/cresta/")
    write(house, RehearsalTold(begun=2, step=RehearsalStep.DELIVER), LinkOpened())
    page = people.read("partners", "/partners/cresta/")
    assert "link rehearsed both ways and open since" in page
    assert "not open yet" not in page
