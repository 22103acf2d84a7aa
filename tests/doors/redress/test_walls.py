"""I13 on a real database: what each role can reach of the redress office, and what the house can learn."""

import secrets

import psycopg
import pytest

from cotejo.node.database import Role
from tests.doors.redress.conftest import Served

OFFICE = ("officer", "session", "complaint", "act", "document")


def refused(dsn: str, query: str) -> bool:
    """Say whether the database refuses this for want of a right."""
    with psycopg.connect(dsn) as connection:
        try:
            connection.execute(query)  # type: ignore[arg-type]
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


@pytest.mark.parametrize("role", [Role.APP, Role.AUDIT])
@pytest.mark.parametrize("table", OFFICE)
def test_i13_neither_the_house_nor_its_auditor_reads_the_office(served: Served, role: Role, table: str) -> None:
    assert refused(served.dsns.of(role), f"SELECT * FROM redress.{table}")


def test_i13_the_office_reads_no_table_of_the_house_but_sealed_cards(served: Served) -> None:
    tables = [name for (name,) in served.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    open_to_it = {name for name in tables if not refused(served.dsns.redress, f'SELECT * FROM public."{name}"')}
    assert open_to_it == {"redress_card"}
    assert refused(served.dsns.redress, "DELETE FROM public.redress_card")
    assert refused(served.dsns.redress, "UPDATE public.redress_signal SET word = 'lift'")


def test_i13_the_auditor_reads_nothing_of_the_door(served: Served) -> None:
    for table in ("redress_signal", "redress_taken", "redress_card", "redress_paper"):
        assert refused(served.dsns.audit, f"SELECT * FROM public.{table}")


def test_i12_i13_all_the_house_can_read_of_a_complaint_is_the_request_and_one_of_two_words(served: Served) -> None:
    request = secrets.token_hex(16)
    served.visitor().lodge(request, "private words")
    with psycopg.connect(served.dsns.app) as house:
        answer = house.execute("SELECT * FROM public.redress_signal WHERE request = %s", [request])
        assert [each.name for each in answer.description or ()] == ["id", "request", "word"]
        assert [row[1:] for row in answer.fetchall()] == [(request, "suspend")]
    for query in (
        f"INSERT INTO public.redress_signal (request, word) VALUES ('{request}', 'lift')",
        "DELETE FROM public.redress_signal",
        "UPDATE public.redress_signal SET word = 'lift'",
    ):
        assert refused(served.dsns.app, query), query


@pytest.mark.parametrize("word", ["name of a person", "withdraw", ""])
def test_i13_the_door_knows_two_words(served: Served, word: str) -> None:
    with psycopg.connect(served.dsns.redress) as office, pytest.raises(psycopg.errors.CheckViolation):
        office.execute("INSERT INTO public.redress_signal (request, word) VALUES (%s, %s)", ["7" * 32, word])
