"""An agency's own system behind a connector: it names who may be meant, the engine compares; silence is no answer."""

from collections.abc import Sequence

import pytest

from cotejo.identity import ConnectedRegister, PersonRecord, RegisterNotReady, Rows, find_candidates
from cotejo.identity.invented import invented_register

PEOPLE = tuple(invented_register(80, 8))


class CardIndex:
    """An office's card index, asked by number or birth date; `open` says whether anybody is there to look."""

    def __init__(self) -> None:
        self.open = True

    def rows_like(self, subject: PersonRecord, limit: int) -> Rows:
        self._must_be_open()
        likely = [row for row in PEOPLE if (row.dui and row.dui == subject.dui) or row.dob == subject.dob]
        return Rows(records=tuple(likely[:limit]), total=len(likely) + 3)

    def rows(self, ids: Sequence[str]) -> tuple[PersonRecord, ...]:
        self._must_be_open()
        found = {row.id: row for row in PEOPLE}
        return tuple(found[each] for each in ids if each in found)

    def bearing_name(self, folded_name: str) -> int:
        return len(folded_name) and 2

    def size(self) -> int:
        return len(PEOPLE)

    def as_of(self) -> int:
        return 5

    def _must_be_open(self) -> None:
        if not self.open:
            raise OSError("nobody answers")


def test_whom_the_system_names_is_compared_and_whom_it_left_out_is_counted() -> None:
    register = ConnectedRegister(CardIndex())
    for person in PEOPLE[:12]:
        subject = PersonRecord(full_name=person.full_name, dob=person.dob, dui=person.dui)
        found = find_candidates(subject, register)
        assert person.id in {row.id for row in found.candidates}
        assert (found.as_of, found.rows) == (5, len(PEOPLE))
    assert register.ranked(PEOPLE[0], register.model, first=5).not_compared == 3
    assert register.rows([PEOPLE[3].id, "gone"]) == (PEOPLE[3],)
    assert find_candidates(PersonRecord(full_name="Nadie Ninguno", dob="1800-01-01"), register).candidates == ()


def test_f29_a_system_that_does_not_answer_is_no_evidence_that_nobody_is_there() -> None:
    cards = CardIndex()
    cards.open = False
    register = ConnectedRegister(cards)
    with pytest.raises(RegisterNotReady):
        find_candidates(PEOPLE[0], register)
    with pytest.raises(RegisterNotReady):
        register.rows([PEOPLE[0].id])
