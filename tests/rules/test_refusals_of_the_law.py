"""What the law has no word for: barred kinds, scores, lists of people; and that every refusal speaks both languages."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum

import pytest

import cotejo.rules
from cotejo.rules import asked, dossier_refusals
from cotejo.rules.acts import ACTS, Reason
from cotejo.rules.facts import AffiliationBasis, EvidenceKind
from cotejo.rules.gates.unwritten import unwritten_request
from cotejo.rules.package import Package
from tests.builders.sound import gates, sound_package

MODULES = tuple(
    importlib.import_module(each.name) for each in pkgutil.walk_packages(cotejo.rules.__path__, "cotejo.rules.")
)
RECORDS = tuple(
    {thing for module in MODULES for thing in vars(module).values() if isinstance(thing, type) and is_dataclass(thing)}
)
LISTS = tuple(
    {
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum
    }
)
SCORES = (
    "score",
    "rank",
    "tier",
    "probability",
    "likelihood",
    "points",
    "threat",
    "danger",
    "colour",
    "color",
    "risk_level",
)
BARRED = (
    "tattoo",
    "clothing",
    "dress",
    "sign",
    "emoji",
    "music",
    "neighbourhood",
    "neighborhood",
    "nationality",
    "kinship",
    "family",
    "association",
    "associate",
    "social_media",
    "photograph",
    "face",
    "voice",
    "tip",
    "informant",
    "programme",
    "treatment",
    "membership",
)


def test_f06_no_record_of_the_law_has_a_field_for_a_score():
    found = [
        f"{record.__qualname__}.{each.name}"
        for record in RECORDS
        for each in fields(record)
        if any(word in each.name.split("_") or word == each.name for word in SCORES)
    ]
    assert not found
    assert len(RECORDS) > 100


@pytest.mark.parametrize("kinds", [EvidenceKind, AffiliationBasis])
def test_f05_f71_no_barred_ground_is_a_kind_of_evidence(kinds):
    assert not [each for each in kinds if any(word in each.value for word in BARRED)]


def test_f05_f23_no_gate_reads_descriptors_kinship_nationality_or_affiliation():
    sound = sound_package()
    before = gates(sound)
    other = replace(
        sound,
        subject=replace(sound.subject, stature_cm=199, father="x", mother="y", nationality="US", birth_place="z"),
    )
    assert gates(other) == before


def test_f18_a_package_has_no_place_for_a_second_person():
    people = [each.name for each in fields(Package) if "subject" in each.name or "person" in each.name]
    assert people == ["subject"]
    assert "Subject" in str(Package.__annotations__["subject"])
    assert "tuple" not in str(Package.__annotations__["subject"])


def reasons():
    """Return every reason that stands in a module of the law, and those of a package that lacks everything."""
    standing = [thing for module in MODULES for thing in vars(module).values() if isinstance(thing, Reason)]
    empty = unwritten_request(name="x", words="marero tattoo", origin="a", addressee="b", agreement="")
    return [*standing, *(reason for gate in gates(empty) for reason in gate.reasons)]


def test_every_refusal_speaks_both_languages_and_says_what_would_help():
    for reason in reasons():
        for text in (reason.text, reason.remedy or reason.text):
            assert text.en.strip()
            assert text.es.strip()
            assert "{" not in text.en + text.es
    for module in (asked, dossier_refusals):
        assert all(each.remedy for each in vars(module).values() if isinstance(each, Reason))
    assert all(gate.title.en and gate.title.es for gate in gates(sound_package()))


def test_codes_of_the_catalogue_are_never_on_screens():
    for reason in reasons():
        shown = f"{reason.text.en} {reason.text.es} {reason.remedy.en if reason.remedy else ''}"
        assert not [row for row in reason.rows if row in shown]


def test_acts_are_named_noun_and_past_participle_and_no_code_is_used_twice():
    assert len(ACTS) == len({each.code for each in ACTS.values()})
    assert all(code.count(".") == 1 for code in ACTS)


def test_every_list_of_the_law_is_closed():
    assert all(len(each) >= 1 for each in LISTS)
