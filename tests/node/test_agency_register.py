"""A node that reads its agency's own register: the documented example, run against a real PostgreSQL."""

import json
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner

from cotejo.actions.register import search_register
from cotejo.doors.cli.opening import Doors
from cotejo.doors.cli.registers import register_app
from cotejo.doors.cli.speaking import Told
from cotejo.identity import PersonRecord, RegisterNotReady, find_candidates, standard_model
from cotejo.node import agency_register
from cotejo.node.agency_register import URL, AgencyRegister, view_at
from cotejo.node.agency_view import AgencyView
from cotejo.node.home import Home, NodeError
from cotejo.node.keys import make_keys
from cotejo.node.node_file import NodeFile, RegisterAt, read_node_file, write_node_file
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Sex
from cotejo.rules.package import Name, Subject
from tests import pages
from tests.builders.node_file import WANTED
from tests.cluster import Cluster

ROLE = "cotejo_lee"
EXAMPLE = Path(__file__).parents[2] / "docs/examples/agency-register"
PERSONS = [
    ("Josué Antonio", "Mejía", "Brisas", "1991-04-02", "M", "90000001-8"),
    ("Rosa", "Pérez", "López", "1985-03-02", "F", None),
    *((f"Wilber {chr(65 + n)}osé", "Zavaleta", "Ulloa", f"19{60 + n}-01-02", "M", None) for n in range(8)),
]


@dataclass
class Agency:
    """The agency's database, and a node's view of it."""

    owner: str
    reader: str
    role: str
    home: Home
    now: int = 1_795_000_000_000
    registers: list[AgencyRegister] = field(default_factory=list)

    def does(self, words: str, *values: object) -> None:
        with psycopg.connect(self.owner, autocommit=True) as connection:
            connection.execute(words, values)

    def file(self) -> NodeFile:
        return read_node_file(self.home)

    def register(self) -> AgencyRegister:
        at = view_at(self.home, self.file(), {URL: self.reader})
        assert at is not None
        made = AgencyRegister(self.home, at, model=standard_model(), clock=lambda: self.now)
        self.registers.append(made)
        return made


@pytest.fixture
def agency(postgres: Cluster, tmp_path: Path) -> Iterator[Agency]:
    """Set the documented example up: table, view, role, mapping, node.toml."""
    name = postgres.create()
    role = f"{ROLE}_{name}"  # a role belongs to the whole cluster, which other tests use too
    owner = postgres.admin_dsn(name)
    with psycopg.connect(owner, autocommit=True) as connection:
        text = (EXAMPLE / "view.sql").read_text(encoding="utf-8")
        connection.execute(text.replace(":password", "'a word'").replace(ROLE, role))
        connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {role}")
        connection.execute("ALTER TABLE padron DISABLE TRIGGER modificado")  # rows that changed long ago
        for number, (given, first, second, born, sex, dui) in enumerate(PERSONS, start=1):
            connection.execute(
                "INSERT INTO padron "
                "(numero, nombres, apellido_paterno, apellido_materno, nacido, sexo, dui, modificado) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, '2026-01-02')",
                [number, given, first, second, born, sex, dui],
            )
        connection.execute("ALTER TABLE padron ENABLE TRIGGER modificado")
    home = Home.create(tmp_path / "alba", world="invented")
    shutil.copy(EXAMPLE / "columns.json", home.folder)
    told = RegisterAt(view="para_cotejo.padron", changed="modificado", mapping="columns.json")
    write_node_file(home, replace(WANTED, register=told))
    made = Agency(owner=owner, reader=make_conninfo(owner, user=role, password="a word"), role=role, home=home)
    yield made
    for register in made.registers:
        register._view.close()
    made.does(f"DROP OWNED BY {role}")
    made.does(f"DROP ROLE {role}")
    postgres.drop(name)


JOSUE = PersonRecord(full_name="Josue Mejia Brisas", dob="1991-04-02")
SUBJECT = Subject(
    names=(Name(documented="Josue Mejia Brisas", given="Josue", first_surname="Mejia", second_surname="Brisas"),),
    birth="1991-04-02",
    sex=Sex.M,
    birth_place="",
    nationality="",
    nationality_basis="",
    identifiers=(),
)


def found(register: AgencyRegister, subject: PersonRecord = JOSUE) -> list[str]:
    return [row.id for row in find_candidates(subject, register).candidates]


def test_the_example_is_searched_through_an_index_made_from_the_view(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agency_register, "MERGED_FROM", 3)
    register = agency.register()
    assert found(register) == ["1"]  # few rows stand in memory until the index is made
    assert register.indexing.wanting()
    assert register.indexing.rebuild() == len(PERSONS)
    assert not register.indexing.wanting()
    candidates = find_candidates(JOSUE, register).candidates
    assert candidates[0] == PersonRecord(
        id="1", given="Josué Antonio", surname="Mejía Brisas", dob="1991-04-02", sex="M", dui="90000001-8"
    )
    assert find_candidates(JOSUE, register).rows == len(PERSONS)
    assert register.as_of() == agency.now
    modes = {path.stat().st_mode & 0o077 for path in agency.home.index.rglob("*")}
    assert modes == {0}


def test_changes_are_followed_by_every_process_at_its_next_search(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agency_register, "MERGED_FROM", 3)
    register, elsewhere = agency.register(), agency.register()
    register.indexing.rebuild()
    assert found(register) == found(elsewhere) == ["1"]
    agency.does("INSERT INTO padron (numero, nombres, apellido_paterno) VALUES (77, 'Zoila', 'Quijano')")
    agency.does("UPDATE padron SET apellido_paterno = 'Alvarenga' WHERE numero = 1")
    zoila = PersonRecord(full_name="Zoila Quijano")
    for each in (register, elsewhere):
        assert found(each, zoila) == ["77"]
        assert found(each, PersonRecord(full_name="Josué Alvarenga Brisas", dob="1991-04-02"))[0] == "1"
        assert find_candidates(zoila, each).rows == len(PERSONS) + 1


def test_a_removed_row_is_shown_to_nobody_from_that_moment_and_leaves_the_index_when_it_is_made_again(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agency_register, "MERGED_FROM", 3)
    register = agency.register()
    register.indexing.rebuild()
    assert found(register) == ["1"]
    agency.does("DELETE FROM padron WHERE numero = 1")
    assert found(register) == []
    assert not register.indexing.wanting()
    agency.now += agency_register.MADE_EVERY + 1
    assert register.indexing.wanting()
    assert register.indexing.rebuild() == len(PERSONS) - 1
    assert find_candidates(JOSUE, register).rows == len(PERSONS) - 1
    assert len([path for path in (agency.home.index / "view").iterdir() if path.is_dir()]) == 1


def test_few_rows_in_memory_forget_a_removed_one(agency: Agency) -> None:
    register = agency.register()
    assert find_candidates(JOSUE, register).rows == len(PERSONS)
    agency.does("DELETE FROM padron WHERE numero = 1")
    assert find_candidates(JOSUE, register).rows == len(PERSONS) - 1
    assert not register.indexing.wanting()


def test_much_that_changed_or_a_damaged_index_has_it_made_again_and_is_not_searched_until_then(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agency_register, "MERGED_FROM", 3)
    register = agency.register()
    register.indexing.rebuild()
    made = json.loads((agency.home.index / "view/current").read_text())
    long_ago = made | {"mark": "2000-01-01 00:00:00+00"}
    (agency.home.index / "view/current").write_text(json.dumps(long_ago))
    assert register.indexing.wanting()
    register.indexing.rebuild()
    keys = next(agency.home.index.rglob("keys.bin"))
    content = bytearray(keys.read_bytes())
    content[10] ^= 1
    keys.write_bytes(content)
    elsewhere = agency.register()
    with pytest.raises(RegisterNotReady):
        find_candidates(JOSUE, elsewhere)
    assert elsewhere.indexing.wanting()
    elsewhere.indexing.rebuild()
    assert found(elsewhere) == ["1"]
    monkeypatch.setattr(agency_register, "MOST_FOLLOWED", 3)
    agency.does("UPDATE padron SET municipio = 'Otro'")
    with pytest.raises(RegisterNotReady):
        find_candidates(JOSUE, elsewhere)


def test_f29_while_the_agencys_database_does_not_answer_nothing_is_searched(agency: Agency) -> None:
    register = agency.register()
    assert found(register) == ["1"]
    agency.does(f"REVOKE SELECT ON para_cotejo.padron FROM {agency.role}")
    with pytest.raises(RegisterNotReady):
        register.rows(["1"])
    assert "does not answer" in next(register.faults()).en
    with pytest.raises(RegisterNotReady):
        find_candidates(JOSUE, register)
    assert not register.indexing.wanting()
    agency.does(f"GRANT SELECT ON para_cotejo.padron TO {agency.role}")
    assert found(register) == ["1"]


def test_the_role_of_the_example_can_do_nothing_but_read_the_view(agency: Agency) -> None:
    view = AgencyView(view_at(agency.home, agency.file(), {URL: agency.reader}))  # type: ignore[arg-type]
    with view.moment() as asking:
        assert list(asking.faults()) == []
    view.close()
    with psycopg.connect(agency.reader) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM public.padron")
    agency.does(f"GRANT UPDATE ON para_cotejo.padron TO {agency.role}")
    agency.does("ALTER TABLE padron DISABLE TRIGGER modificado, ALTER modificado DROP NOT NULL")
    agency.does("UPDATE padron SET modificado = NULL WHERE numero = 2")
    view = AgencyView(view_at(agency.home, agency.file(), {URL: agency.reader}))  # type: ignore[arg-type]
    with view.moment() as asking:
        told = [fault.en for fault in asking.faults()]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            asking._connection.execute("UPDATE para_cotejo.padron SET municipio = ''")
    view.close()
    assert ["do not say when they changed" in told[0], "may also change it" in told[1]] == [True, True]


def test_a_view_a_column_a_mapping_or_an_address_that_is_missing_is_named(agency: Agency) -> None:
    for changes, what in (({"view": "nothing_here"}, "nothing_here"), ({"changed": "nombres"}, "grows whenever")):
        told = {"view": "para_cotejo.padron", "changed": "modificado", "mapping": "columns.json"} | changes
        write_node_file(agency.home, replace(WANTED, register=RegisterAt(**told)))
        with pytest.raises(RegisterNotReady, match=what):
            find_candidates(JOSUE, agency.register())
        assert any(what in fault.en for fault in agency.register().faults())
    with pytest.raises(NodeError, match=URL):
        view_at(agency.home, agency.file(), {})
    (agency.home.folder / "columns.json").write_text('{"nobody": "x"}')
    with pytest.raises(NodeError, match="no column nobody"):
        agency.register()
    with pytest.raises(NodeError, match="register: name the view"):
        write_node_file(agency.home, replace(WANTED, register=RegisterAt(view="x", changed="")))


def test_a_node_that_names_a_view_searches_it_and_takes_no_copy(
    agency: Agency, postgres: Cluster, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, agency.reader)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    make_keys(agency.home, name="alba", url="https://alba.example:8443", now=agency.now)
    with django_db_blocker.unblock(), pages.node_database(postgres):
        from cotejo.node.assembly import assemble

        node = assemble(agency.home)
        opened = SimpleNamespace(unit=node.unit, now=agency.now)
        app = register_app(Doors(keys=None, node=lambda _home: nullcontext(opened)))  # type: ignore[arg-type]
        told = CliRunner().invoke(app, ["rebuild", str(agency.home.folder)])
        assert f"Rows in the index: {len(PERSONS)}." in told.output, told.exception
        assert search_register(node.unit, SUBJECT, "0" * 32).candidates[0].explanation.candidate.id == "1"
        pages.somebody("p.operator", Duty.OPERATOR)
        words = ["import", str(agency.home.folder), "x.csv", "--by", "p.operator", "--reason", "trial"]
        refused = CliRunner().invoke(app, [*words, "--as-of", "2026-01-01"])
        assert isinstance(refused.exception, Told)
        assert "no copy to import" in refused.exception.texts[0].en
        agency.registers.append(node.unit.register)  # type: ignore[arg-type]
