"""The imported copy of the agency's register: found through its index, followed, erased, never searched half (F29, I11)."""

from collections.abc import Sequence

from cotejo.identity import PersonRecord, RegisterInMemory, find_candidates
from cotejo.store.models import RegisterRow, UnitKey
from tests.builders.memory import NOW, RECORDER, House

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


def replace(house: House, people: Sequence[PersonRecord], *, now: int = NOW) -> int:
    return house.unit.register.replace(people, as_of=now - 5, who=RECORDER, reason="trial", now=now)


def test_f29_the_imported_register_answers_as_the_one_in_memory(house: House) -> None:
    register = house.unit.register
    assert register.as_of() == 0
    assert find_candidates(PEOPLE[0], register).candidates == ()
    assert replace(house, PEOPLE) == len(PEOPLE)
    model = RegisterInMemory(PEOPLE, as_of=NOW - 5)
    for each in PEOPLE:
        for limit in (1, 10):
            assert find_candidates(each, register, limit) == find_candidates(each, model, limit)


def test_a_new_copy_of_the_register_replaces_the_old_one_and_its_keys(house: House) -> None:
    replace(house, PEOPLE)
    replace(house, PEOPLE[:1], now=NOW + 1)
    assert find_candidates(PEOPLE[3], house.unit.register).candidates == ()
    assert find_candidates(PEOPLE[1], house.unit.register).candidates == PEOPLE[:1]
    assert set(RegisterRow.objects.values_list("id", flat=True)) == {PEOPLE[0].id}
    assert UnitKey.objects.filter(stream_kind="register", destroyed_at=0).count() == 1
