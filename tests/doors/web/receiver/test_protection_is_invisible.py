"""A protected person's case and another's look the same to every other duty, but for the words on hold (F44, I6)."""

import re
from html import unescape

import pytest

from cotejo.actions.laws import comparisons
from cotejo.rules.holds import HoldKind, ProtectionGround
from cotejo.rules.review_commands import PlaceHold, RecordNationality, RecordProtectionCheck, RecordSearch
from cotejo.rules.review_words import Citizenship, Protection
from cotejo.simulation import invented_review
from tests.builders.receiving import Receiving, Staff, play

OTHERS = ("intake", "nationality", "identity", "legal", "risk", "decision", "custody", "duty_officer")
STEPS = {
    "nationality": ("nationality",),
    "identity": ("identity", "confirm"),
    "legal": ("legal", "own-law", "copy", "close"),
    "risk": ("risk",),
    "decision": ("decision",),
    "custody": ("copy", "handover"),
    "duty_officer": ("court-orders",),
}
ON_HOLD = {
    "On hold. The case cannot go on for now.",
    "On hold",
    "on hold",
    "On hold: protection officer, nationality officer, identity officer, legal reviewer, duty officer",
    "This step cannot be taken now",
    "Open",
}


def check(house: Receiving, review: str, check: RecordProtectionCheck | None) -> None:
    """Bring a case to the protection check, and record it: nothing registered unless told otherwise."""
    play(house, review, "open")
    tokens = tuple(each.candidate for each in comparisons(house.unit, house.state(review)))
    found = RecordSearch(candidates=tokens, set_aside=0, register_as_of="2026-11-27")
    house.do(review, found, invented_review.PROTECTION)
    nothing = RecordProtectionCheck(candidates=tokens, result=Protection.NOTHING_REGISTERED)
    house.do(review, check or nothing, invented_review.PROTECTION)
    nationality = RecordNationality(found=Citizenship.NO_EVIDENCE, sources=("passport office",))
    house.do(review, nationality, invented_review.NATIONALITY)


def stop(ground: ProtectionGround, feared: str) -> RecordProtectionCheck:
    return RecordProtectionCheck(candidates=(), result=Protection.STOP, ground=ground, feared=feared)


def pages_of(people: Staff, who: str, review: str, number: int) -> str:
    """Return the pages of a case that somebody works on, without what names the case itself."""
    names = ("", *(f"{step}/" for step in STEPS.get(who, ("history", "hold"))))
    texts = [people.read(who, f"/review/{review}/{name}") for name in names]
    if who in {"intake", "legal"}:
        row = re.search(rf"<tr>(?:(?!</tr>).)*{review}.*?</tr>", people.read(who, "/inbox/"), re.DOTALL)
        assert row is not None
        texts += [row[0], people.read(who, f"/inbox/{review}/"), people.read(who, f"/review/{review}/history/")]
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", "\n".join(texts))
    return re.sub(r"[0-9a-f]{64}|[0-9a-f]{32}", "ID", text).replace(f"Request {number}", "Request N")


def lines_of(page: str) -> set[str]:
    """Return what a page says, line by line."""
    return {" ".join(unescape(each).split()) for each in re.sub(r"<[^>]*>", "\n", page).splitlines()} - {""}


@pytest.fixture
def cases(house: Receiving) -> list[str]:
    """Give cases about the same facts: nothing registered, two different stops."""
    reviews = [house.request(seed=seed, status=False) for seed in (1, 2, 3)]
    house.status()
    check(house, reviews[0], None)
    check(house, reviews[1], stop(ProtectionGround.WITHHOLDING, "SV"))
    check(house, reviews[2], stop(ProtectionGround.STATED_FEAR, "HN"))
    return reviews


def test_f44_other_duties_read_nothing_of_a_stop_but_the_words_on_hold(
    house: Receiving, people: Staff, cases: list[str]
) -> None:
    for who in OTHERS:
        free, protected, feared = (
            pages_of(people, who, review, number) for number, review in enumerate(cases, start=1)
        )
        assert protected == feared, who
        added = lines_of(protected) - lines_of(free) - ON_HOLD
        assert not added, who


def test_f44_a_pause_of_another_kind_reads_like_a_protection_pause(house: Receiving, people: Staff) -> None:
    reviews = [house.request(seed=seed, status=False) for seed in (1, 2)]
    house.status()
    kinds = (
        PlaceHold(kind=HoldKind.PROTECTION, grounds="An order.", ground=ProtectionGround.ASYLUM, feared="SV"),
        PlaceHold(kind=HoldKind.TRAFFICKING_OR_VIOLENCE, grounds="A shelter called."),
    )
    for review, command in zip(reviews, kinds, strict=True):
        check(house, review, None)
        house.do(review, command, invented_review.PROTECTION)
    for who in ("intake", "identity", "legal", "decision"):
        assert pages_of(people, who, reviews[0], 1) == pages_of(people, who, reviews[1], 2), who


def test_f44_the_protection_officer_alone_reads_ground_and_country(
    house: Receiving, people: Staff, cases: list[str]
) -> None:
    page = people.read("protection", f"/protection/{cases[1]}/")
    assert "withholding of removal" in page
    assert "immigration court" in page
    assert "stated fear of return" in people.read("protection", f"/protection/{cases[2]}/")
    assert "Nothing registered on" in people.read("protection", f"/protection/{cases[0]}/")
    people.read("protection", f"/inbox/{cases[0]}/")
    people.read("legal", f"/inbox/{cases[0]}/")
    inbox = people.read("intake", "/inbox/")
    assert "P. Legal" in inbox
    assert "P. Protection" not in inbox
