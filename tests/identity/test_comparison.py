"""Two records side by side: what is a difference, what nearly agrees, what is not known."""

import pytest
from hypothesis import given, settings

from cotejo.identity.comparison import compare
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.record import PersonRecord
from tests.identity.people import JOSE, like_jose, records


def level(field: Field, subject: PersonRecord, candidate: PersonRecord) -> Level:
    return compare(subject, candidate).level(field)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("José Antonio", "JOSE ANTONIO", Level.SAME),
        ("José Antonio", "Antonio José", Level.OTHER_ORDER),
        ("José Antonio", "José", Level.AS_FAR_AS_DOCUMENTED),
        ("José Antonio", "José A.", Level.AS_FAR_AS_DOCUMENTED),
        ("José Antonio", "Jocé Antonio", Level.SPELLING),
        ("Wilfredo", "Wilferdo", Level.SPELLING),
        ("Juan", "Jun", Level.SPELLING),
        ("Margarita", "Margarit", Level.SPELLING),
        ("Silvia", "Silv", Level.AS_FAR_AS_DOCUMENTED),
        ("Marta", "María", Level.DIFFERS),
        ("Rosa", "Rosita", Level.NICKNAME),
        ("Antonio José", "José Antonio", Level.OTHER_ORDER),
        ("Luis Antonio", "José Antonio", Level.OTHER_FIRST_GIVEN),
        ("José", "Chepe", Level.NICKNAME),
        ("José Antonio", "Antonio", Level.ONE_OF_THE_GIVEN),
        ("Mario", "María", Level.DIFFERS),
        ("Juan", "Juana", Level.DIFFERS),
        ("José", "", Level.UNKNOWN),
    ],
)
def test_given_names_stand_at_a_level(one, other, expected):
    a, b = PersonRecord(given=one, surname="Cruz"), PersonRecord(given=other, surname="Cruz")
    assert level(Field.GIVEN, a, b) is expected
    assert level(Field.GIVEN, b, a) is expected


def test_f27_another_second_given_name_is_a_difference_for_brothers_are_named_so():
    comparison = compare(JOSE, like_jose(given="José Manuel"))
    assert comparison.level(Field.GIVEN) is Level.OTHER_SECOND_GIVEN
    assert comparison.verdict(Field.GIVEN) is Verdict.DIFFER


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [
        ("Hernández López", "Hernandez Lopez", Level.SAME, Level.SAME),
        ("Hernández López", "Hernández", Level.SAME, Level.UNKNOWN),
        ("Hernández López", "Hernández Gómez", Level.SAME, Level.DIFFERS),
        ("Hernández López", "López Hernández", Level.OTHER_ORDER, Level.OTHER_ORDER),
        ("Hernández López", "López", Level.IN_OTHER_PLACE, Level.UNKNOWN),
        ("Muñoz Cruz", "Munoz Cruz", Level.SPELLING, Level.SAME),
        ("Vásquez Cruz", "Basques Cruz", Level.SPELLING, Level.SAME),
        ("López de Martínez", "Martínez", Level.MARRIED_NAME, Level.UNKNOWN),
        ("Bermúdez de Nolasco", "Nlasco", Level.MARRIED_NAME, Level.UNKNOWN),
        ("Cruz Díaz", "Rivas Peña", Level.DIFFERS, Level.DIFFERS),
    ],
)
def test_f30_paternal_and_maternal_surname_are_compared_in_their_places(one, other, first, second):
    a, b = PersonRecord(given="Ana María", surname=one), PersonRecord(given="Ana María", surname=other)
    assert (level(Field.FIRST_SURNAME, a, b), level(Field.SECOND_SURNAME, a, b)) == (first, second)
    assert (level(Field.FIRST_SURNAME, b, a), level(Field.SECOND_SURNAME, b, a)) == (first, second)


def test_a_surname_filed_as_a_middle_name_agrees_in_another_reading_and_that_is_said():
    abroad = like_jose(given="Jose Hernandez", surname="Lopez")
    comparison = compare(like_jose(given="José"), abroad)
    assert comparison.level(Field.FIRST_SURNAME) is Level.SAME
    assert comparison.level(Field.SECOND_SURNAME) is Level.SAME
    assert not comparison.usual_reading


def test_f30_a_reading_as_a_middle_name_does_not_count_while_another_name_differs_under_it():
    sister = like_jose(given="Rosa Hernandez", surname="Lopez")
    comparison = compare(like_jose(given="José"), sister)
    assert comparison.usual_reading
    assert comparison.level(Field.GIVEN) is Level.DIFFERS
    assert comparison.level(Field.FIRST_SURNAME) is Level.IN_OTHER_PLACE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana López Ruiz", "Ana Lopez Ruiz", Level.SAME),
        ("Ana López de Hernández", "Ana López", Level.COMMON_GIVEN_AND_SURNAME),
        ("Xiomara López de Hernández", "Xiomara López", Level.GIVEN_AND_SURNAME),
        ("Ana López Ruiz de Hernández", "Ana López Ruiz", Level.AS_FAR_AS_DOCUMENTED),
        ("Ana López Ruiz", "Ana Lopes Ruiz", Level.SPELLING),
        ("Ana López Ruiz", "Marta López Ruiz", Level.DIFFERS),
        ("Ana López Ruiz", "Ana", Level.UNKNOWN),
        ("Ana López Ruiz", "Desconocida", Level.UNKNOWN),
    ],
)
def test_parents_are_compared_by_the_words_of_their_names(one, other, expected):
    a, b = PersonRecord(mother=one), PersonRecord(mother=other)
    assert level(Field.MOTHER, a, b) is expected
    assert level(Field.MOTHER, b, a) is expected


def test_sex_is_read_in_both_languages_and_a_place_may_say_more():
    assert level(Field.SEX, like_jose(sex="Masculino"), like_jose(sex="male")) is Level.SAME
    assert level(Field.SEX, like_jose(sex="?"), JOSE) is Level.UNKNOWN
    assert level(Field.BIRTH_PLACE, like_jose(pob="Metapán, Santa Ana"), JOSE) is Level.AS_FAR_AS_DOCUMENTED


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Sonsonat", "Sonsonate", Level.SPELLING),
        ("Ciudad Delgad", "Ciudad Delgado", Level.SPELLING),
        ("Santa Ana", "San Miguel", Level.DIFFERS),
        ("Izalco", "Ilobasco", Level.DIFFERS),
    ],
)
def test_a_place_broken_off_or_with_a_slip_is_the_same_place(one, other, expected):
    assert level(Field.BIRTH_PLACE, like_jose(pob=one), like_jose(pob=other)) is expected
    assert level(Field.BIRTH_PLACE, like_jose(pob=other), like_jose(pob=one)) is expected


@given(records("Q"), records())
@settings(max_examples=60, deadline=None)
def test_comparing_the_other_way_round_gives_the_same_levels(one, other):
    there, back = compare(one, other), compare(other, one)
    assert [line.level for line in there.lines] == [line.level for line in back.lines]


@given(records("Q"), records())
@settings(max_examples=60, deadline=None)
def test_f29_a_field_either_record_does_not_tell_is_never_a_difference(one, other):
    for line in compare(one, other).lines:
        if not (line.subject and line.candidate):
            assert line.verdict in {Verdict.UNKNOWN, Verdict.AGREE, Verdict.CLOSE}
            assert line.verdict is Verdict.UNKNOWN or line.field in {Field.FIRST_SURNAME, Field.SECOND_SURNAME}
