"""What the person is said to have done, and how serious it is."""

from dataclasses import replace

import pytest

from cotejo.rules.facts import Category, EvidenceKind, Interval, Route
from tests.builders.sound import WARRANT_COPY, codes, gates, judgment, sound_package

SOUND = sound_package()


def with_act(**changes):
    return replace(SOUND, alleged=(replace(SOUND.alleged[0], **changes),))


def test_f04_a_request_names_at_least_one_act():
    assert codes(gates(replace(SOUND, alleged=())), "alleged") == ("alleged.none",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"offence_article": ""}, "alleged.no_offence"),
        ({"offence_class": "being_a_member"}, "alleged.no_offence"),
        ({"place": ""}, "alleged.no_date_or_place"),
        ({"interval": Interval(start="")}, "alleged.no_date_or_place"),
        ({"description": "He is an active member of the gang."}, "alleged.only_membership_words"),
        ({"description": "Pertenece a la pandilla y se le vincula con la clica."}, "alleged.only_membership_words"),
        ({"description": "Known associate, linked to MS group."}, "alleged.only_membership_words"),
        ({"description": ""}, "alleged.only_membership_words"),
    ],
)
def test_f04_an_act_has_article_date_place_and_words_that_say_what_was_done(changes, expected):
    assert expected in codes(gates(with_act(**changes)), "alleged")


@pytest.mark.parametrize(
    "description",
    [
        "Exigió dinero a un comerciante bajo amenaza.",
        "Shot victim-1 in the leg.",
        "As a member of the group he collected the weekly payments.",
    ],
)
def test_f04_words_that_say_what_was_done_pass(description):
    assert not codes(gates(with_act(description=description)), "alleged")


def charged():
    charge = judgment(kind=EvidenceKind.JUDGMENT, document=WARRANT_COPY)
    return replace(SOUND, category=Category.CONVICTED, court_acts=(charge,))


QUOTE = {
    "quote": "on 10 May 2024, in the market, he collected the payment from victim-1",
    "quote_document": WARRANT_COPY,
    "quote_page": "14",
}


@pytest.mark.parametrize(
    "membership",
    [{"membership_only": True}, {"offence_class": "membership"}, {"offence_article": "CP 345"}],
)
def test_a_membership_charge_alone_cannot_be_sent(membership):
    package = charged()
    act = replace(package.alleged[0], **membership)
    found = gates(replace(package, alleged=(act,)))
    assert codes(found, "membership") == ("membership.this_charge_alone",)
    (reason,) = next(each for each in found if each.code == "membership").reasons
    assert reason.text.en == "This charge alone cannot be sent."
    assert reason.remedy is not None
    assert "page" in reason.remedy.en
    quoted = gates(replace(package, alleged=(replace(act, **QUOTE),)))
    assert not codes(quoted, "membership")


@pytest.mark.parametrize(
    "spoil",
    [
        {"quote": ""},
        {"quote": "he is a member of the gang"},
        {"quote_page": ""},
        {"quote_document": "0" * 64},
        {"place": ""},
        {"interval": Interval(start="2024", end="2024")},
    ],
)
def test_the_quoted_act_is_dated_placed_and_has_its_page_in_a_judgment_or_charge(spoil):
    package = charged()
    act = replace(package.alleged[0], membership_only=True, **{**QUOTE, **spoil})
    assert codes(gates(replace(package, alleged=(act,))), "membership") == ("membership.this_charge_alone",)


@pytest.mark.parametrize("excluded", ["family", "private", "administrative", "cultural"])
def test_f35_private_matters_are_refused(excluded):
    assert codes(gates(with_act(offence_class=excluded)), "threshold") == ("threshold.excluded_class",)


def test_f35_a_light_offence_and_a_nearly_served_sentence_are_refused():
    light = replace(SOUND, court_acts=(replace(SOUND.court_acts[0], max_penalty_months=23),))
    assert codes(gates(light)) == ("threshold.too_light",)
    served = replace(charged(), court_acts=(judgment(remaining_months=5),))
    assert codes(gates(served), "threshold") == ("threshold.too_light",)


def test_f38_a_transfer_needs_a_final_sentence():
    assert codes(gates(replace(SOUND, route=Route.TRANSFER)), "threshold") == ("threshold.transfer_needs_sentence",)
