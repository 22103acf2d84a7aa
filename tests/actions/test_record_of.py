"""The engine reads every name a request gives: no alias and no married name is dropped."""

from cotejo.actions.register import record_of
from cotejo.rules.facts import Sex
from cotejo.rules.package import Name, Subject


def test_f30_the_alias_and_the_married_name_of_the_first_name_are_compared_too():
    first = Name(
        documented="Inés Brisa Roble de Nube",
        given="Inés",
        first_surname="Brisa",
        second_surname="Roble",
        married_name="Nube",
        alias="la Maestra",
    )
    other = Name(documented="Inés Vega", given="Inés", first_surname="Vega", alias="Nena")
    record = record_of(
        Subject(
            names=(first, other),
            birth="1990",
            sex=Sex.F,
            birth_place="",
            nationality="",
            nationality_basis="",
            identifiers=(),
        )
    )
    assert record.surname == "Brisa Roble de Nube"
    assert record.alias == "la Maestra; Inés Vega; Nena"
