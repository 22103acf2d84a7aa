"""Labels and barred grounds."""

from dataclasses import replace

import pytest

from cotejo.rules.facts import Category
from cotejo.rules.gates.unwritten import unwritten_request
from cotejo.rules.labels import LABELS_EN, LABELS_ES, labels_in
from tests.builders.sound import codes, gates, judgment, sound_package

SOUND = sound_package()


def claiming(statement, **changes):
    return replace(SOUND, claims=(replace(SOUND.claims[0], statement=statement, **changes),))


@pytest.mark.parametrize("word", [*LABELS_EN, *LABELS_ES])
def test_f17_a_label_is_refused_in_a_claim(word):
    assert "labels.label" in codes(gates(claiming(f"The person is {word.upper()} something.")), "labels")


def test_f17_labels_are_found_without_accents_and_only_as_whole_words():
    assert labels_in("Es PANDILLÉRO.") == ("pandillero",)
    assert not labels_in("maremoto, thuggish")


def test_f17_a_label_may_be_quoted_from_a_final_judgment_only():
    final = judgment(id="j")
    package = replace(SOUND, category=Category.CONVICTED, court_acts=(final,))
    quoted = replace(SOUND.claims[0], statement="The court found him to be a «pandillero».", quoted_label_from="j")
    assert not codes(gates(replace(package, claims=(quoted,))), "labels")
    loose = replace(quoted, statement="The court found the pandillero guilty.")
    assert codes(gates(replace(package, claims=(loose,))), "labels") == ("labels.label",)
    pending = replace(package, court_acts=(replace(final, final=False),))
    assert codes(gates(replace(pending, claims=(quoted,))), "labels") == ("labels.label",)


@pytest.mark.parametrize("place", ["description", "quote"])
def test_f17_a_label_is_refused_in_an_alleged_act(place):
    act = replace(SOUND.alleged[0], **{place: "The marero took money from a shop."})
    assert "labels.label" in codes(gates(replace(SOUND, alleged=(act,))), "labels")


def test_f17_a_label_is_refused_in_the_passage_of_an_act_that_is_not_final():
    act = replace(SOUND.court_acts[0], passage_about_person="el pandillero LUIS CIPRÉS")
    assert "labels.label" in codes(gates(replace(SOUND, court_acts=(act,))), "labels")


@pytest.mark.parametrize("word", ["tattoo", "tatuaje", "hand sign", "emoji", "vestimenta"])
def test_f05_appearance_is_no_ground_in_any_text(word):
    assert codes(gates(claiming(f"He demanded money and showed a {word}.")), "barred") == ("barred.ground",)


def test_a_wish_by_e_mail_hears_everything_that_is_missing_at_once():
    wish = unwritten_request(
        name="Luis Ciprés", words="marero, has a tattoo", origin="alba", addressee="boreal", agreement=""
    )
    found = {each.code for each in gates(wish) if each.reasons}
    assert {"labels", "barred", "alleged", "judicial_basis", "documents", "support", "subject", "grounds"} <= found
    assert all(reason.remedy for each in gates(wish) for reason in each.reasons)
