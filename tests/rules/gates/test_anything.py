"""Gates come back for any package at all: an exception would stop a partner's line for ever."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cotejo.rules.acts import not_passed
from cotejo.rules.gates.counting import counting
from cotejo.rules.gates.legal_review import opens_legal_review
from cotejo.rules.gates.reading import Reading
from cotejo.rules.gates.sender import SENDER_GATES, sender_gates
from cotejo.rules.package import Package
from cotejo.rules.receipts import OF_THE_GATES
from tests.builders import sound
from tests.builders.anything import altered, anything

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=5000)
SOUND = sound.sound_package()
ANY = st.one_of(anything(Package), altered(SOUND), altered(SOUND, times=12))


def judge(package: Package) -> None:
    """Judge a package as both ends do, with documents here and without."""
    for here in (lambda _: True, lambda _: False):
        judge_once(package, here)


def judge_once(package: Package, here: Callable[[str], bool]) -> None:
    found = sender_gates(package, sound.agreement(), sound.NOW, documents_here=here)
    assert len(found) == len(SENDER_GATES)
    assert {each.code for each in not_passed(found)} <= OF_THE_GATES
    reading = Reading(package=package, agreement=sound.agreement(), now=sound.NOW, documents_here=here)
    opens_legal_review(reading)
    counting(reading)


@FEW
@given(ANY)
def test_f54_any_package_is_judged_and_nothing_is_ever_raised(package):
    judge(package)


@pytest.mark.long
@pytest.mark.timeout(1800)
@MANY
@given(ANY)
def test_f54_any_package_is_judged_and_nothing_is_ever_raised_for_long(package):
    judge(package)


@pytest.mark.parametrize("text", ["9999", "9999-12-31", "9998-12", "0001", "0000", "２０２４", "-1", "99999-01-01"])
def test_f02_a_date_at_the_end_of_the_calendar_is_judged_like_any_other(text):
    judge(replace(SOUND, subject=replace(SOUND.subject, birth=text)))
    judge(replace(SOUND, category_since=text, made_on=text))
    judge(replace(SOUND, claims=tuple(replace(each, as_of=text) for each in SOUND.claims)))
    judge(replace(SOUND, evidence=tuple(replace(each, obtained_on=text) for each in SOUND.evidence)))
    for end in ("", text):
        interval = replace(SOUND.alleged[0].interval, start=text, end=end)
        judge(replace(SOUND, alleged=tuple(replace(each, interval=interval) for each in SOUND.alleged)))


def test_f54_ten_thousand_items_are_judged_in_a_few_seconds():
    act, item, claim, court = SOUND.alleged[0], SOUND.evidence[0], SOUND.claims[0], SOUND.court_acts[0]
    many = range(10_000)
    crowd = replace(
        SOUND,
        evidence=tuple(
            replace(item, id=f"i{n}", origin=f"o{n}", document=f"{n:064x}", derived_from=(f"i{n - 1}",)) for n in many
        ),
        claims=tuple(replace(claim, id=f"c{n}", evidence=(f"i{n}",)) for n in many),
        court_acts=tuple(replace(court, id=f"k{n}", document=f"{n:064x}") for n in many),
        alleged=tuple(replace(act, id=f"a{n}") for n in range(200)),
    )
    began = time.process_time()
    judge_once(crowd, lambda _: True)
    assert time.process_time() - began < 20
