"""What the database itself refuses, whoever asks (I8, I9)."""

import psycopg
import pytest
from psycopg import sql

from cotejo.actions.unit import Taken
from cotejo.node.database import Role
from cotejo.rules.acts import Plan, SlotChange
from tests.builders.memory import (
    BOREAL,
    NOW,
    House,
    as_recorder,
    everything,
    incoming,
    opened,
    person,
    plan,
    suspension,
)

REFUSED = (psycopg.IntegrityError, psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
ONLY_ADDED = ("store_house_leaf", "store_act", "store_trace", "store_link_leaf", "store_inbox")


def write_something(house: House) -> None:
    unit = house.unit
    unit.commit(everything(), taken=Taken(incoming=incoming(1), outcome="taken"), **as_recorder())
    unit.note_read(**as_recorder(), subject="a", case="b")


@pytest.mark.parametrize("role", list(Role))
def test_i9_what_happened_cannot_be_changed_removed_or_emptied_by_any_role(house: House, role: Role) -> None:
    write_something(house)
    with psycopg.connect(house.dsns.of(role), autocommit=True) as connection:
        for table in ONLY_ADDED:
            column = "root" if table.endswith("leaf") else "at"
            for line in (
                "UPDATE {table} SET {column} = {column}",
                "DELETE FROM {table}",
                "TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(REFUSED):
                    connection.execute(sql.SQL(line).format(table=sql.Identifier(table), column=sql.Identifier(column)))
    with psycopg.connect(house.dsns.owner) as connection:
        counts = [
            connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            for table in ONLY_ADDED
        ]
    assert counts == [(3,), (2,), (1,), (2,), (1,)]


@pytest.mark.parametrize("role", [Role.OWNER, Role.APP])
def test_i8_nothing_goes_back_even_when_told_to_in_sql(house: House, role: Role) -> None:
    write_something(house)
    house.unit.commit(Plan(slots=(SlotChange(partner=BOREAL, slot=17, state=3),)), **as_recorder())
    with psycopg.connect(house.dsns.of(role), autocommit=True) as connection:
        for line in (
            "UPDATE store_floor SET version = version - 1",
            "UPDATE store_partner SET sequence_in = 0",
            "UPDATE store_partner SET sequence_out = 0",
            "UPDATE store_log_head SET size = 0",
            "UPDATE store_slot SET state = 1",
            "DELETE FROM store_floor",
            "DELETE FROM store_partner",
            "TRUNCATE store_floor",
        ):
            with pytest.raises(REFUSED):
                connection.execute(line)


def test_the_auditor_reads_the_logs_and_nothing_else(house: House) -> None:
    write_something(house)
    with psycopg.connect(house.dsns.audit, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM store_act").fetchone() == (2,)
        for table in ("store_vault_item", "store_unit_key", "store_search_name", "store_officer", "store_outbox"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))


def test_i9_an_act_without_a_leaf_is_not_accepted(house: House) -> None:
    write_something(house)
    insert = (
        "INSERT INTO store_act SELECT 99, stream_kind, stream_id, 9, at, by, duty, purpose, rules, code,"
        " body_commitment, key, salt FROM store_act LIMIT 1"
    )
    with pytest.raises(psycopg.errors.ForeignKeyViolation), psycopg.connect(house.dsns.owner) as connection:
        connection.execute(insert)


def test_an_older_clock_in_a_commit_does_not_lower_the_highest_time(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream), sends=(suspension(),)), **as_recorder(NOW))
    house.unit.note_read(**as_recorder(NOW - 1_000), subject="a", case="b")

    assert house.unit.high_water() == NOW
