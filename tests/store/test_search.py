"""Searching by name, and making the names again after a crash; possible same persons from the register (F29)."""

from cotejo.identity import PersonRecord, RegisterInMemory, candidate_keys, folded_name
from cotejo.rules.acts import StreamKind
from cotejo.rules.facts import Category
from cotejo.rules.person_acts import PersonCategorised
from cotejo.store.models import RegisterKey, SearchName, SearchState
from tests.builders.memory import NOW, RECORDER, House, as_recorder, opened, person, plan


def test_names_are_found_by_the_beginning_of_their_words_and_nothing_else_is(house: House) -> None:
    stream, other = person(), person()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder())
    house.unit.commit(plan(other, opened(other, name="Ana Inventada Ruiz")), **as_recorder())

    for text in ("rosa", "PÉREZ ros", "Perez"):
        assert house.unit.search(StreamKind.PERSON, text, limit=10) == (stream,), text
    for text in ("", "  ", "osa", "rosa ruiz", "%"):
        assert house.unit.search(StreamKind.PERSON, text, limit=10) == (), text
    assert house.unit.search(StreamKind.REVIEW, "rosa", limit=10) == ()


def test_f12_a_person_who_becomes_a_victim_is_no_longer_found(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder())
    victim = PersonCategorised(category=Category.VICTIM, since="2022-01-01")
    house.unit.commit(plan(stream, victim, version=1), **as_recorder())

    assert house.unit.search(StreamKind.PERSON, "rosa", limit=10) == ()


def test_names_a_crash_emptied_are_made_again_with_progress(house: House) -> None:
    unit = house.unit
    streams = [person() for _ in range(3)]
    for stream in streams:
        unit.commit(plan(stream, opened(stream)), **as_recorder())
    unit.rebuild_names()
    SearchName.objects.all().delete()
    SearchState.objects.all().delete()

    seen: list[tuple[int, int]] = []
    assert unit.rebuild_names(progress=lambda done, total: seen.append((done, total))) == 3

    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert set(unit.search(StreamKind.PERSON, "rosa", limit=10)) == set(streams)
    assert unit.rebuild_names() == 0


PEOPLE = tuple(
    PersonRecord(id=f"{number:032x}", given=given, surname=surname, dob=dob, sex="F", dui=dui)
    for number, (given, surname, dob, dui) in enumerate(
        [
            ("Rosa", "Pérez López", "1985-03-02", "90000001-8"),
            ("Rosa", "Perez Lopes", "1985-03-02", ""),
            ("Rosa", "Pérez", "1990-01-01", ""),
            ("Ana", "Ruiz", "1985-03-02", ""),
        ]
    )
)


def test_f29_the_imported_register_answers_as_the_one_in_memory(house: House) -> None:
    register = house.unit.register
    assert register.as_of() == 0
    assert register.replace(PEOPLE, as_of=NOW - 5, who=RECORDER, reason="imported_copy", now=NOW) == len(PEOPLE)
    model = RegisterInMemory(PEOPLE, as_of=NOW - 5)

    assert register.as_of() == model.as_of()
    for each in PEOPLE:
        for limit in (1, 10):
            assert register.rows_with_keys(candidate_keys(each), limit) == model.rows_with_keys(
                candidate_keys(each), limit
            )
        for name in (folded_name(each), folded_name(each).split()[0]):
            assert register.bearing_name(name) == model.bearing_name(name)
    assert register.rows_with_keys(("X:nobody",), 10).total == 0


def test_a_new_copy_of_the_register_replaces_the_old_one(house: House) -> None:
    register = house.unit.register
    for people in (PEOPLE, PEOPLE[:1]):
        register.replace(people, as_of=NOW, who=RECORDER, reason="imported_copy", now=NOW)

    assert register.rows_with_keys(candidate_keys(PEOPLE[3]), 10).records == ()
    assert set(RegisterKey.objects.values_list("row_id", flat=True)) == {PEOPLE[0].id}
