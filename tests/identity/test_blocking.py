"""Which rows are looked up: by names few bear together, and by the parents of a subject who tells no surname."""

import pytest

from cotejo.identity import PersonRecord, RegisterInMemory, blocking
from cotejo.identity.blocking import RARE, can_be_found, candidate_pairs, keys_of_files
from cotejo.identity.columns import encode
from cotejo.identity.invented import invented_dui
from cotejo.identity.model import standard_model
from cotejo.identity.tokens import Tokens

BORN = "1992-03-14"
ROSA = PersonRecord(
    id="R1",
    given="Rosa Aracely",
    surname="Garmeres Ramírez",
    dob=BORN,
    dui=invented_dui(3),
    passport="A90000003",
    father="Fidel Garmeres Morales",
    mother="Minora Ramírez Claros",
)


def joined(asked: PersonRecord, rows: list[PersonRecord]) -> set[int]:
    tokens = Tokens()
    left, right = encode([asked], tokens), encode(rows, tokens)
    _i, j = candidate_pairs(*keys_of_files(left, right, tokens), most=1_000)
    return {int(row) for row in j}


@pytest.mark.parametrize(("bearers", "found"), [(RARE, RARE), (RARE + 1, 0)])
def test_two_names_that_few_rows_bear_together_are_a_key_of_a_file(
    monkeypatch: pytest.MonkeyPatch, bearers: int, found: int
) -> None:
    monkeypatch.setattr(blocking, "FEW_ROWS", 0)
    rows = [
        PersonRecord(given=f"Hen{'abcdefgh'[n % 8]}{'aeiou'[n // 8]}n", surname="Zelaya Pinto") for n in range(bearers)
    ]
    assert len(joined(PersonRecord(given="Xiomara", surname="Zelaya Pinto"), rows)) == found
    assert not joined(PersonRecord(given="Xiomara", surname="Pinto Zelaya"), rows)


def test_a_person_with_a_slip_in_the_first_given_name_is_compared_without_a_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocking, "FEW_ROWS", 0)
    assert joined(PersonRecord(given="Rsao Aracely", surname="Garmeres Ramirez"), [ROSA]) == {0}


@pytest.mark.parametrize(
    ("told", "findable"),
    [
        ({"dui": ROSA.dui}, True),
        ({"passport": ROSA.passport}, True),
        ({"dob": BORN, "mother": "Minora Ramirez"}, True),
        ({"dob": BORN, "father": "Fidel Garmeres"}, True),
        ({"father": ROSA.father, "mother": ROSA.mother}, True),
        ({"alias": "Rosa Garmeres"}, True),
        ({"given": "Rosa", "father": "Fidel Garmeres"}, True),
        ({"given": "Rosa", "sex": "F"}, False),
        ({"alias": "Chela"}, False),
        ({"alias": "La Negra"}, False),
        ({"dob": BORN}, False),
        ({"mother": ROSA.mother, "pob": "Santa Ana"}, False),
    ],
)
def test_a_subject_without_a_name_is_looked_up_by_whatever_has_a_key(told: dict[str, str], findable: bool) -> None:
    subject = PersonRecord(id="Q", **told)
    tokens = Tokens()
    assert can_be_found(encode([subject], tokens), tokens).tolist() == [findable]
    ranked = RegisterInMemory([ROSA], as_of=1).ranked(subject, standard_model(), first=10)
    assert len(ranked) == findable


@pytest.mark.parametrize("told", [{"dob": "1963"}, {}])
def test_a_woman_asked_for_by_her_married_name_alone_is_looked_up(told: dict[str, str]) -> None:
    row = PersonRecord(id="R1", given="Dora del Carmen", surname="Hernández de Ayala", dob="1963-08-21", sex="F")
    ranked = RegisterInMemory([row], as_of=1).ranked(
        PersonRecord(given="Dora", surname="Ayala", **told), standard_model(), first=10
    )
    assert len(ranked) == 1


def test_nobody_is_looked_up_among_no_subjects() -> None:
    tokens = Tokens()
    assert can_be_found(encode([], tokens), tokens).tolist() == []
    asked, stored = keys_of_files(encode([], tokens), encode([ROSA], tokens), tokens)
    assert (len(asked), len(stored)) == (0, 1)
