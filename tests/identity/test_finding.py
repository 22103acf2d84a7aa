"""Finding possible same persons in a register, and explaining them as they were compared (F29)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import BANDS, Band, PersonRecord, RegisterInMemory, explain, find_candidates, folded_name
from cotejo.identity.finding import Aside
from cotejo.identity.index import search
from cotejo.identity.invented import invented_dui, invented_register
from cotejo.identity.invented_requests import invented_requests
from cotejo.identity.model import standard_model
from tests.identity.people import JOSE, like_jose, records, told

NOW = 1_790_000_000_000


def found_ids(subject, *rows):
    ranked = RegisterInMemory(rows, as_of=NOW).ranked(subject, standard_model(), first=10)
    return {ranked.ids[place] for place in range(len(ranked))}


def test_a_surname_alone_finds_nobody():
    assert found_ids(PersonRecord(full_name="Hernández", sex="M", pob="Santa Ana"), JOSE) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"given": "Antonio"},
        {"given": "Jocé Antonio", "surname": "Ernandes Lopes"},
        {"surname": "López Hernández"},
        {"given": "Jose Hernandez", "surname": "Lopez"},
        {"surname": "López"},
        {"given": "Wilber", "surname": "Cruz Díaz"},
        {"dob": ""},
        {"dob": "1990-12-05"},
        {"dob": "1990"},
        {"given": "", "surname": "", "full_name": "HERNANDEZ LOPEZ JOSE ANTONIO"},
    ],
)
@pytest.mark.parametrize("untold", [(), ("dui", "passport")])
def test_a_person_documented_otherwise_is_still_compared(changes, untold):
    subject = like_jose("Q", **changes, **dict.fromkeys(untold, ""))
    if "Wilber" in subject.given:
        subject = replace(subject, given="José Wilber")
    assert found_ids(subject, JOSE) == {JOSE.id}


def test_a_name_with_and_without_its_tilde_is_compared():
    one, other = PersonRecord(id="1", full_name="Ana Peña Cruz"), PersonRecord(id="2", full_name="Ana Pena Cruz")
    assert found_ids(one, other) == {"2"}
    assert found_ids(other, one) == {"1"}


def test_the_folded_name_is_first_given_name_and_surnames():
    assert folded_name(JOSE) == "jose hernandez lopez"
    assert folded_name(PersonRecord(full_name="Juan de la Cruz")) == "juan delacruz"
    assert folded_name(PersonRecord(full_name="Pedro")) == ""


def test_namesakes_are_counted_by_both_surnames_when_there_are_two():
    register = RegisterInMemory([JOSE, like_jose("R2", surname="Hernández Gómez")], as_of=NOW)
    assert find_candidates(told(JOSE, "given", "surname"), register).namesakes == 1
    assert find_candidates(PersonRecord(given="José", surname="Hernández"), register).namesakes == 2


def test_a_very_common_name_stops_nothing_and_the_rest_is_counted(monkeypatch):
    monkeypatch.setattr(search, "MOST_COMPARED", 300)
    crowd = [told(like_jose(f"R{n:04}", dob=f"{1950 + n % 50}-01-02"), "given", "surname", "dob") for n in range(900)]
    sought = like_jose("S1")
    found = find_candidates(told(JOSE, "given", "surname", "dui"), RegisterInMemory([*crowd, sought], as_of=NOW), 10)
    assert found.candidates[0] == sought
    aside = {each.reason: each.count for each in found.set_aside}
    assert sum(aside.values()) + len(found.candidates) == 901
    assert aside[Aside.NOT_COMPARED] > 0
    assert found.namesakes == 901


def test_a_brother_by_another_name_is_set_aside_counted_and_no_further_person():
    brother = like_jose("R2", given="Wilfredo", dob="1994-03-02", dui=invented_dui(9), passport="")
    found = find_candidates(JOSE, RegisterInMemory([like_jose(), brother], as_of=NOW))
    assert [row.id for row in found.candidates] == ["R1"]
    assert [(each.reason, each.count) for each in found.set_aside] == [(Aside.CONTRADICTED, 1)]
    assert found.further == ()


def test_f44_everybody_compared_and_not_contradicted_is_named_though_only_ten_are_shown():
    open_ones = [told(like_jose(f"R{n:02}"), "given", "surname") for n in range(20)]
    others = [like_jose(f"S{n:02}", dob=f"19{60 + n}-01-02", mother="Rosa Rivas Díaz", dui="") for n in range(20)]
    found = find_candidates(
        told(JOSE, "given", "surname", "dob", "mother"), RegisterInMemory(open_ones + others, as_of=NOW)
    )
    named = {*(row.id for row in found.candidates), *found.further}
    assert len(found.candidates) == 10
    assert {row.id for row in open_ones} <= named
    assert not {row.id for row in others} & set(found.further)


def test_a_row_that_shares_a_number_is_shown_whatever_its_name():
    stranger = PersonRecord(id="R7", given="Rosa", surname="Zavaleta Ulloa", dui=JOSE.dui, dob="1950-01-02", sex="F")
    found = find_candidates(JOSE, RegisterInMemory([stranger], as_of=NOW))
    assert found.candidates == (stranger,)


def test_f29_nothing_found_is_said_with_its_date_and_called_no_evidence():
    found = find_candidates(JOSE, RegisterInMemory([], as_of=NOW))
    assert found.candidates == ()
    assert found.as_of == NOW
    assert "2026-09-21" in found.words.en
    assert "no evidence" in found.words.en
    assert "No prueba nada" in found.words.es


def test_a_request_that_tells_too_little_is_told_what_is_needed():
    found = find_candidates(PersonRecord(surname="Hernández"), RegisterInMemory([JOSE], as_of=NOW))
    assert found.candidates == found.searched_on == ()
    assert "hace falta un nombre con un apellido" in found.words.es


@given(st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_register_changes_nothing_found(chance):
    rows = list(invented_register(120, 3))
    shuffled = list(rows)
    chance.shuffle(shuffled)
    subject = next(invented_requests(rows, 1, chance.randrange(1000))).subject
    one, other = (find_candidates(subject, RegisterInMemory(each, as_of=NOW), 5) for each in (rows, shuffled))
    assert one == other


def test_people_of_an_invented_register_are_found_again_and_no_one_else_has_many_details_agreeing():
    rows = list(invented_register(2_000, 5))
    register = RegisterInMemory(rows, as_of=NOW)
    requests = list(invented_requests(rows, 150, 5))
    shown = [{row.id for row in find_candidates(each.subject, register).candidates} for each in requests]
    missed = sum(request.truth.id not in ids for request, ids in zip(requests, shown, strict=True))
    assert missed <= 2


def test_what_is_explained_is_what_was_compared_beside_everybody_who_was():
    """Twelve men of one name: the two that are not shown take their share, and the register's own words are known."""
    crowd = [told(like_jose(f"R{n:02}"), "given", "surname", "dob") for n in range(12)]
    register = RegisterInMemory(crowd, as_of=NOW)
    subject = told(JOSE, "given", "surname", "dob")
    ranked = register.ranked(subject, register.model, first=10)
    found = find_candidates(subject, register)
    assert [each.band for each in found.explanations] == [BANDS[band] for band in ranked.bands[:10]]
    assert {each.band for each in found.explanations} == {Band.CANNOT_TELL}
    assert found.model is standard_model()


@given(st.tuples(records("R1"), records("R2"), records("R3")), records("Q"))
@settings(max_examples=30, deadline=None)
def test_a_search_explains_as_explain_does_with_the_same_words_known(rows, subject):
    register = RegisterInMemory(rows, as_of=NOW)
    found = find_candidates(subject, register)
    if len(found.candidates) == found.rows:
        alone = explain(subject, rows, found.namesakes, rows=found.rows, tokens=register._index.tokens)
        assert found.explanations == alone
