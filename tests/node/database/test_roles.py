"""What each role may do, tried against the server itself."""

import psycopg
import pytest
from psycopg import errors

from cotejo.node.database import Dsns, Role
from cotejo.node.database.roles import check_roles
from cotejo.node.home import NodeError
from tests.cluster import Cluster

NOT_OWNERS = (Role.APP, Role.AUDIT, Role.REDRESS)


@pytest.fixture
def house(pg_dsns: Dsns) -> Dsns:
    """Make a table of the house, a log the auditor was granted, a table of redress."""
    with psycopg.connect(pg_dsns.owner) as owner:
        owner.execute("CREATE TABLE act (id bigint GENERATED ALWAYS AS IDENTITY, code text)")
        owner.execute("CREATE TABLE log (leaf text); GRANT SELECT ON log TO cotejo_audit")
        owner.execute("CREATE TABLE redress.complaint (code text)")
    return pg_dsns


@pytest.mark.parametrize("role", NOT_OWNERS)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        "ALTER TABLE act DISABLE TRIGGER ALL",
        "DROP TABLE act",
        "TRUNCATE act",
        "SET ROLE cotejo_owner",
        "SET session_replication_role = replica",
        "ALTER DATABASE postgres RENAME TO mine",
    ],
)
def test_i9_no_serving_role_can_change_the_shape_of_the_house(house: Dsns, role: Role, statement: str) -> None:
    with (
        psycopg.connect(house.of(role)) as connection,
        pytest.raises((errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction, errors.UndefinedTable)),
    ):
        connection.execute(statement)


def test_the_app_writes_rows_and_owns_nothing(house: Dsns) -> None:
    with psycopg.connect(house.app) as app:
        app.execute("INSERT INTO act (code) VALUES ('sent')")
        assert app.execute("SELECT code FROM act").fetchall() == [("sent",)]
        owned = app.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole").fetchone()
        assert owned == (0,)


def test_the_auditor_reads_only_what_was_granted(house: Dsns) -> None:
    with psycopg.connect(house.audit, autocommit=True) as audit:
        assert audit.execute("SELECT * FROM log").fetchall() == []
        with pytest.raises(errors.InsufficientPrivilege):
            audit.execute("SELECT * FROM act")
        audit.execute("SET default_transaction_read_only = off")
        with pytest.raises(errors.InsufficientPrivilege):
            audit.execute("INSERT INTO log VALUES ('x')")


def test_i13_redress_and_the_house_do_not_read_each_other(house: Dsns) -> None:
    with psycopg.connect(house.redress, autocommit=True) as redress:
        redress.execute("INSERT INTO complaint VALUES ('a')")
        with pytest.raises(errors.InsufficientPrivilege):
            redress.execute("SELECT * FROM public.act")
    with psycopg.connect(house.app) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute("SELECT * FROM redress.complaint")


def test_a_role_that_may_do_too_much_is_found(postgres: Cluster, pg_dsns: Dsns) -> None:
    check_roles(pg_dsns)
    with psycopg.connect(pg_dsns.owner) as owner:
        owner.execute("GRANT CREATE ON SCHEMA public TO cotejo_app")
    with pytest.raises(NodeError, match="role cotejo_app may do more than it should"):
        check_roles(pg_dsns)


def test_nobody_enters_without_a_password(pg_dsns: Dsns) -> None:
    for host in ({}, {"host": "127.0.0.1"}):
        with pytest.raises(psycopg.OperationalError, match=r"no password supplied|password authentication failed"):
            psycopg.connect(psycopg.conninfo.make_conninfo(pg_dsns.app, password="guessed", **host))


def test_connection_strings_do_not_print_themselves(pg_dsns: Dsns) -> None:
    assert "password" not in repr(pg_dsns)
