"""The invented register: the same for a seed, full of namesakes and relatives, and of no real person."""

import itertools
from collections import Counter

from cotejo.identity import folded_name
from cotejo.identity.dates import DateState, read_date
from cotejo.identity.identifiers import IdentifierState, read_dui
from cotejo.identity.invented import FIRST_DUI, invented_dui, invented_register
from cotejo.identity.invented_requests import invented_requests

PEOPLE = list(invented_register(3_000, 11))


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert list(invented_register(200, 11)) == PEOPLE[:200]
    assert list(invented_register(200, 12)) != PEOPLE[:200]
    assert list(invented_requests(PEOPLE, 20, 3)) == list(invented_requests(PEOPLE, 20, 3))


def test_every_number_is_valid_unique_and_of_the_range_never_issued():
    numbers = [person.dui for person in PEOPLE if person.dui]
    assert len(set(numbers)) == len(numbers) > 1_000
    assert all(read_dui(number).state is IdentifierState.VALID for number in numbers)
    assert all(int(number[:8]) >= FIRST_DUI for number in numbers)
    assert len({invented_dui(index) for index in range(20_000)}) == 20_000


def test_no_birth_date_is_impossible():
    assert all(read_date(person.dob).state is not DateState.IMPOSSIBLE for person in PEOPLE)


def test_namesakes_abound():
    borne = Counter(folded_name(person) for person in PEOPLE)
    assert sum(count for count in borne.values() if count > 1) > len(PEOPLE) / 10


def test_fathers_and_sons_of_one_given_name_and_twins_of_different_given_names_occur():
    children = [person for person in PEOPLE if person.father and person.mother]
    assert any(child.given in child.father for child in children)
    pairs = itertools.pairwise(PEOPLE)
    assert any(a.mother and a.mother == b.mother and a.dob == b.dob != "" and a.given != b.given for a, b in pairs)
