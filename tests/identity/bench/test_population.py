"""The invented population: the same for a seed, truth kept apart and right, several offices that write differently."""

from collections import Counter

from cotejo.identity.invented_dossiers import BAD_COPY, CONSULATE, COURT_ABROAD, STYLES, dossier_of
from cotejo.identity.invented_people import are_kin, invented_people
from cotejo.identity.invented_population import ABSENT, Population
from cotejo.identity.names import fold

SIZE, COUNT = 2_500, 400
POPULATION = Population(persons=SIZE, count=COUNT, seed=17)
REGISTER = {row.id: row for row in POPULATION.register()}


def test_the_same_seed_gives_the_same_register_dossiers_and_truth():
    again = Population(persons=SIZE, count=COUNT, seed=17)
    assert list(again.register()) == list(REGISTER.values())
    assert again.dossiers == POPULATION.dossiers
    assert again.truth == POPULATION.truth


def test_people_held_out_are_in_no_row_and_the_others_in_their_own():
    rows = [truth.row for truth in POPULATION.truth.values()]
    assert rows.count("") == round(COUNT * ABSENT)
    assert all(row in REGISTER for row in rows if row)
    assert all(truth.namesakes | truth.kin <= REGISTER.keys() for truth in POPULATION.truth.values())
    assert not any(truth.row in truth.namesakes | truth.kin for truth in POPULATION.truth.values() if truth.row)


def test_namesakes_bear_the_same_name_and_abound():
    with_namesake = [truth for truth in POPULATION.truth.values() if truth.namesakes and truth.row]
    assert len(with_namesake) > 10
    for truth in with_namesake:
        given = {fold(REGISTER[row].given) for row in (truth.row, *truth.namesakes)}
        assert len({name.replace("ñ", "n") for name in given}) == 1


def test_twins_have_different_names_and_fathers_and_sons_of_one_name_occur():
    people = [person for person, _ in zip(invented_people(5), range(6_000), strict=False)]
    siblings = Counter((person.parents, person.named.given, person.born) for person in people if person.parents[1] >= 0)
    assert max(siblings.values()) == 1
    born = Counter((person.parents, person.born) for person in people if person.parents[1] >= 0)
    assert max(born.values()) > 1
    by_index = {person.index: person for person in people}
    fathers = [(child, by_index[child.parents[0]]) for child in people if child.parents[0] in by_index]
    assert any(child.named.given == father.named.given for child, father in fathers)
    assert all(are_kin(child, father) for child, father in fathers)


def test_offices_write_differently():
    assert {truth.style for truth in POPULATION.truth.values()} == {style.name for style in STYLES}
    import random

    people = [person for person, _ in zip(invented_people(3), range(400), strict=False)]
    told = {
        style.name: [dossier_of(person, "D", style, random.Random(1)) for person in people]
        for style in (CONSULATE, COURT_ABROAD, BAD_COPY)
    }
    numbers = {name: sum(bool(dossier.dui) for dossier in dossiers) for name, dossiers in told.items()}
    assert numbers["court_abroad"] < numbers["consulate"]
    assert all(dossier.surname.isupper() for dossier in told["court_abroad"] if dossier.surname)
