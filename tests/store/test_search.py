"""Searching by name, and making the names again after a crash."""

from cotejo.rules.acts import StreamKind
from cotejo.rules.facts import Category
from cotejo.rules.person_acts import PersonCategorised
from cotejo.store.models import SearchName, SearchState
from tests.builders.memory import House, as_recorder, opened, person, plan


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
