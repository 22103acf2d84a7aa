"""Documented names and the ways they can be read (F30)."""

import pytest
from hypothesis import given as having
from hypothesis import settings
from hypothesis import strategies as st

from cotejo.identity.names import _ALIAS, _MAY_TELL_ALIAS, Reading, fold, known, parse_name
from cotejo.identity.phonetics import phonetic, without_tilde

READINGS = {
    "José Antonio Hernández López": (("José", "Antonio"), "Hernández", "López", ""),
    "José Hernández López": (("José",), "Hernández", "López", ""),
    "José Hernández": (("José",), "Hernández", "", ""),
    "HERNANDEZ LOPEZ, JOSE ANTONIO": (("JOSE", "ANTONIO"), "HERNANDEZ", "LOPEZ", ""),
    "de la Cruz, María": (("María",), "de la Cruz", "", ""),
    "María de los Ángeles Pérez de Martínez": (("María", "de los Ángeles"), "Pérez", "", "Martínez"),
    "Ana López Ruiz vda. de Peña": (("Ana",), "López", "Ruiz", "Peña"),
    "Ana Marta López Ruiz de Peña": (("Ana", "Marta"), "López", "Ruiz", "Peña"),
    "Juan de la Cruz": (("Juan",), "de la Cruz", "", ""),
    "Juan de Dios Pérez López": (("Juan", "de Dios"), "Pérez", "López", ""),
    "María de Jesús de la O": (("María", "de Jesús"), "de la O", "", ""),
    "José del Cid": (("José",), "del Cid", "", ""),
    "Luis García-López": (("Luis",), "García", "López", ""),
    "Jean-Paul García López": (("Jean", "Paul"), "García", "López", ""),
    "Pedro San Martín Gómez": (("Pedro",), "San Martín", "Gómez", ""),
    "José Ortega y Gasset": (("José",), "Ortega", "Gasset", ""),
    "Jose Perez Jr.": (("Jose",), "Perez", "", ""),
    "Marta Elena de León": (("Marta",), "Elena", "de León", ""),
}


@pytest.mark.parametrize(("documented", "expected"), READINGS.items(), ids=READINGS)
def test_f30_the_likeliest_reading_follows_salvadoran_usage_and_keeps_the_documented_string(documented, expected):
    name = parse_name(documented)
    given, first, second, married = expected
    assert name.readings[0] == Reading(given=given, first_surname=first, second_surname=second, married=married)
    assert name.documented == documented


def test_three_words_are_also_read_as_first_middle_and_last():
    readings = parse_name("José Hernández López").readings
    assert Reading(given=("José", "Hernández"), first_surname="López") in readings


def test_a_first_surname_filed_as_a_middle_name_is_an_alternative():
    readings = parse_name(given="Jose Hernandez", surname="Lopez").readings
    assert readings[0] == Reading(given=("Jose", "Hernandez"), first_surname="Lopez")
    assert Reading(given=("Jose",), first_surname="Hernandez", second_surname="Lopez") in readings


def test_surnames_first_without_a_comma_is_an_alternative():
    readings = parse_name("HERNANDEZ LOPEZ JOSE ANTONIO").readings
    assert Reading(given=("JOSE", "ANTONIO"), first_surname="HERNANDEZ", second_surname="LOPEZ") in readings


@pytest.mark.parametrize(
    ("documented", "aliases"),
    [
        ("Juan Pérez alias El Chele", ("El Chele",)),
        ("Juan Pérez conocido por Juan Pérez López", ("Juan Pérez López",)),
        ("Juan Pérez c/p Juan López", ("Juan López",)),
        ("Juan Pérez (a) “El Gato”; “Tigre”", ("El Gato", "Tigre")),
        ("Juan Pérez, a.k.a. Johnny", ("Johnny",)),
    ],
)
def test_what_follows_alias_is_no_part_of_the_name(documented, aliases):
    name = parse_name(documented)
    assert name.readings[0] == Reading(given=("Juan",), first_surname="Pérez")
    assert name.aliases == aliases
    assert name.documented == documented


def test_folding_drops_accents_and_case_and_keeps_the_letter_enye():
    assert fold("  MUÑOZ  Ávila-O’Neill ") == "muñoz avila oneill"
    assert fold("Mun\u0303oz") == "muñoz"


@pytest.mark.parametrize("text", ["", "  ", "N/D", "Desconocido", "NO CONSTA", "unknown", "---", "-" * 60])
def test_words_for_nothing_are_not_known(text):
    assert not known(text)


@having(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_failing_and_kept_as_documented(full_name, given, surname):
    name = parse_name(full_name, given=given, surname=surname)
    assert name.readings
    assert not full_name or name.documented == full_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vasquez", "basques"),
        ("zelaya", "selaya"),
        ("jimenez", "ximenes"),
        ("castillo", "castiyo"),
        ("henriquez", "enrikez"),
        ("llanos", "yanos"),
        ("yesenia", "jessenia"),
        ("geovany", "jeobani"),
        ("cesar", "sesar"),
        ("chavez", "chabes"),
        ("phelipe", "felipe"),
    ],
)
def test_names_said_alike_have_one_sound(one, other):
    assert phonetic(one) == phonetic(other)


def test_enye_keeps_its_own_sound():
    assert phonetic("peña") != phonetic("pena")
    assert without_tilde(phonetic("peña")) == phonetic("pena")


@pytest.mark.parametrize(
    ("one", "other"), [("mario", "maria"), ("cruz", "croz"), ("lopez", "lobo"), ("chico", "quico")]
)
def test_names_said_otherwise_do_not(one, other):
    assert phonetic(one) != phonetic(other)


ALIASES = (
    " alias Chepe",
    " aka Joe",
    " A.K.A. Joe",
    ", conocida por Lita",
    " CONOCIDO COMO Y",
    " c/p X",
    " (a) Z",
    ' "Chepe"',
)


@having(st.text(st.sampled_from("aAkKlisIocnd/().'\"« ,."), max_size=14), st.sampled_from(("", *ALIASES)))
@settings(max_examples=60, deadline=None)
def test_no_alias_is_passed_over_by_the_quick_look_for_one(text, end):
    if _ALIAS.search(text + end):
        assert _MAY_TELL_ALIAS.search(text + end)


@pytest.mark.parametrize("alias", ALIASES)
def test_every_way_of_writing_an_alias_is_read_as_one(alias):
    assert parse_name(f"José Cruz{alias}").aliases
