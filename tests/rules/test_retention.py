"""How long things are kept: computed, the same at both ends, lengthened by nothing that does not count (F57, R18)."""

from dataclasses import replace

import pytest

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier_commands import AuthoriseSending, Certify
from cotejo.rules.retention import limitation_end, retention_end
from tests.builders.sound import AUTHORISER, CERTIFIER, NOW, agreement, for_the_person, item, prepared, warrant_item
from tests.rules.gates.test_terms import after


def sent():
    desk = prepared()
    desk.must(Certify(attached=(), none_found=True), CERTIFIER)
    desk.must(AuthoriseSending(), AUTHORISER)
    return desk


def end_of(*items, now: Millis = NOW) -> str:
    package = replace(sent().package(), evidence=items)
    return iso_day(retention_end(package, agreement(), now) - 1)


def test_f57_the_end_is_computed_from_the_newest_counting_item_at_both_ends():
    desk = sent()
    package = desk.dossier.sent[-1].package
    newest = max(each.obtained_on for each in package.evidence)
    at = desk.timers["dossier.retention"].at
    assert iso_day(at - 1) == newest.replace("2026", "2031")
    assert at == retention_end(package, desk.terms, NOW + 40 * DAY)


def test_f57_what_does_not_count_lengthens_nothing():
    old, late = {"obtained_on": "2025-03-01"}, {"obtained_on": "2026-10-01"}
    assert end_of(item(1, **old)) == "2030-03-01"
    for uncounted in (for_the_person(**late), item(2, anonymous=True, **late), item(2, challenged=True, **late)):
        assert end_of(item(1, **old), uncounted) == "2030-03-01"
    assert end_of(item(1, **old), item(2, **late)) == "2031-10-01"


def test_f57_without_anything_that_counts_the_oldest_court_act_counts_and_no_date_lies_ahead():
    assert end_of() == "2031-09-01"
    assert end_of(item(1, obtained_on="2040-01-01")) == iso_day(NOW).replace("2026", "2031")
    assert end_of(warrant_item(obtained_on="2026")) == iso_day(NOW).replace("2026", "2031")


def test_f57_the_agreement_may_say_that_things_are_kept_for_a_shorter_time():
    package = replace(sent().package(), evidence=(item(1, obtained_on="2025-03-01"),))
    assert iso_day(retention_end(package, after(kept_months=12), NOW) - 1) == "2026-03-01"


def test_i11_the_agreement_may_say_that_the_sealed_copy_stays_longer_and_never_shorter():
    assert iso_day(limitation_end(after(sealed_months=12 * 20), NOW) - 1).startswith("2046")
    assert limitation_end(after(sealed_months=1), NOW) == limitation_end(agreement(), NOW)


@pytest.mark.parametrize(("profiles", "year"), [(("us", "us"), "2032"), (("sv", "us"), "2036"), (("xx", "us"), "2036")])
def test_i11_the_sealed_copy_stays_for_the_longer_limitation_time(profiles, year):
    until = limitation_end(agreement(profiles=profiles), NOW)
    assert iso_day(until - 1).startswith(year)
    assert limitation_end(None, NOW) == limitation_end(agreement(), NOW)
