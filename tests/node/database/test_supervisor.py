"""Real clusters: started, killed, started again, stopped."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from cotejo.node.database import Database, OtherServer, Role, ensure_roles, passwords, roles_sql
from cotejo.node.database import place as places
from cotejo.node.database import programs as installed
from cotejo.node.database.leftover import alive, until, users_of
from cotejo.node.database.place import known
from cotejo.node.home import Home, NodeError
from tests.machine import free_port, passable_folder

pytestmark = pytest.mark.node

MakeHome = Callable[..., Home]
RunAsNobody = Callable[..., "subprocess.CompletedProcess[str]"]
ENOUGH = 60.0
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@contextmanager
def owner_of(home: Home, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the database of `home` in a process of its own, killed at the end."""
    command = [sys.executable, "-m", "cotejo.node.database", "run", str(home.folder), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": ":".join(sys.path)}
    ) as owner:
        try:
            assert owner.stdout is not None
            assert owner.stdout.readline() == b"ready\n"
            yield owner
        finally:
            owner.kill()


def children(pid: int) -> list[int]:
    """List the processes started by `pid`."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], check=False, capture_output=True, text=True)
    return [int(child) for child in listed.stdout.split()]


@pytest.fixture(scope="module")
def alba() -> Iterator[Database]:
    """Run one node's database for the tests that only look at it."""
    with passable_folder() as made, Database(Home.create(made / "alba", world="invented"), durable=False) as database:
        yield database


def remember(database: Database, word: str) -> None:
    with psycopg.connect(database.dsn(Role.OWNER)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS remembered (word text)")
        owner.execute("INSERT INTO remembered VALUES (%s)", [word])


def remembered(database: Database) -> list[str]:
    with psycopg.connect(database.dsn(Role.OWNER)) as owner:
        return [str(word) for (word,) in owner.execute("SELECT word FROM remembered ORDER BY word")]


def test_two_nodes_run_at_once_and_stopping_leaves_no_process(make_home: MakeHome) -> None:
    homes = [make_home("alba"), make_home("boreal")]
    before = set(children(os.getpid()))
    with Database(homes[0], durable=False) as alba, Database(homes[1], durable=False) as boreal:
        assert alba.healthy()
        assert boreal.healthy()
        remember(alba, "of Alba only")
        with pytest.raises(errors.UndefinedTable):
            remembered(boreal)
        mine = set(children(os.getpid())) - before
        assert {alba.pid, boreal.pid} < mine
    assert not [pid for pid in mine if alive(pid)]
    assert not any(users_of(known(home).data) for home in homes)
    with pytest.raises(NodeError, match="is not running"):
        alba.dsn(Role.APP)
    assert not alba.healthy()


def test_it_listens_on_this_machine_alone(alba: Database) -> None:
    with psycopg.connect(alba.admin_dsn()) as admin:
        shown = [admin.execute(f"SHOW {name}").fetchone() for name in ("listen_addresses", "password_encryption")]
        assert shown == [("127.0.0.1",), ("scram-sha-256",)]
        lines = admin.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert lines == [("scram-sha-256",)]


def test_i9_what_was_committed_survives_sigkill_of_the_owner_and_of_the_database(make_home: MakeHome) -> None:
    home = make_home()
    database = Database(home)
    with owner_of(home) as owner:
        remember(database, "owner killed")
        owner.send_signal(signal.SIGKILL)
        assert until(lambda: not users_of(known(home).data), ENOUGH), "the watcher stops the database"
    with owner_of(home) as owner:
        remember(database, "owner and watcher killed")
        data = known(home).data
        postmaster = int((data / "postmaster.pid").read_text().splitlines()[0])
        watchers = [child for child in children(owner.pid) if child != postmaster]
        assert len(watchers) == 1
        for pid in (*watchers, owner.pid):
            os.kill(pid, signal.SIGKILL)
        owner.wait()
        assert alive(postmaster)
    with database:
        assert not alive(postmaster)
        remember(database, "database killed")
        assert database.pid is not None
        os.kill(database.pid, signal.SIGKILL)
        assert until(lambda: not database.healthy(), ENOUGH)
    with database:
        assert remembered(database) == ["database killed", "owner and watcher killed", "owner killed"]


def test_a_process_number_given_to_another_program_is_not_taken_for_the_database(make_home: MakeHome) -> None:
    home = make_home()
    with Database(home, durable=False):
        pass
    (known(home).data / "postmaster.pid").write_text(f"{os.getpid()}\n{known(home).data}\n")
    with Database(home, durable=False) as database:
        assert database.healthy()


def test_a_node_that_runs_is_not_started_twice(alba: Database) -> None:
    with pytest.raises(NodeError, match="already running"):
        Database(alba.home, durable=False).start()
    assert Database(alba.home).dsn(Role.APP) == alba.dsn(Role.APP), "another process of the node may connect"
    assert alba.healthy()


def test_a_taken_port_is_named_and_nothing_stays(make_home: MakeHome) -> None:
    home = make_home()
    port = free_port()
    with closing(socket.create_server(("127.0.0.1", port))), pytest.raises(NodeError, match=f"Port {port} is taken"):
        Database(home, port=port, durable=False).start()
    assert not users_of(known(home).data)
    with Database(home, port=port, durable=False) as database:
        assert database.healthy()


def test_a_lost_password_file_is_named_and_not_made_again(make_home: MakeHome) -> None:
    home = make_home()
    with Database(home, durable=False):
        pass
    lost = home.database / "passwords" / "app"
    lost.unlink()
    with pytest.raises(NodeError, match=f"The file {lost} is missing"):
        Database(home, durable=False).start()
    assert not lost.exists()
    assert not users_of(known(home).data)


def test_a_database_that_may_forget_is_refused_in_a_real_world(make_home: MakeHome) -> None:
    with pytest.raises(NodeError, match="invented worlds only"):
        Database(make_home(world="real"), durable=False).start()


def test_absent_programs_are_said(make_home: MakeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "WHEEL", "a_package_nobody_installed")
    with pytest.raises(NodeError, match="database programs are not here"):
        Database(make_home(), durable=False).start()


def test_what_people_typed_stays_out_of_the_log(alba: Database) -> None:
    remember(alba, "María Inventada")
    with psycopg.connect(alba.dsn(Role.OWNER)) as owner:
        owner.execute("CREATE UNIQUE INDEX one_each ON remembered (word)")
    with pytest.raises(errors.UniqueViolation):
        remember(alba, "María Inventada")
    with psycopg.connect(alba.dsn(Role.OWNER)) as owner, pytest.raises(errors.SyntaxError):
        owner.execute("SELEC 'María Inventada'")
    log = (alba.home.logs / "database.log").read_text()
    assert "duplicate key" in log
    assert "Inventada" not in log


@as_root
def test_as_root_a_closed_parent_folder_sends_the_data_elsewhere_and_stays_closed(
    make_home: MakeHome, tmp_path: Path, folder: Path
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    home = make_home(under=closed)
    with Database(home, durable=False) as database:
        assert database.healthy()
        elsewhere = known(home).folder
        assert not elsewhere.is_relative_to(closed)
        assert closed.stat().st_mode & 0o777 == 0o700
    with Database(home, durable=False):
        assert known(home).folder == elsewhere
    shutil.rmtree(home.folder)
    with Database(make_home("boreal", under=closed), durable=False):
        assert not elsewhere.exists(), "an invented world whose home is gone is swept"


@as_root
def test_as_root_programs_its_account_cannot_reach_are_copied(
    make_home: MakeHome, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    spec = importlib.util.find_spec(installed.WHEEL)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    there = Path(next(iter(spec.submodule_search_locations)))
    for part in (there, there.with_name(f"{there.name}.libs")):
        (closed / part.name).symlink_to(part)
    spec.submodule_search_locations[:] = [str(closed / there.name)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    monkeypatch.setattr(installed, "STATE", folder / "state")
    monkeypatch.setattr(places, "STATE", folder / "state")
    with Database(make_home(), durable=False) as database:
        assert database.healthy()
    assert list((folder / "state" / "programs").iterdir())


@as_root
def test_an_ordinary_user_runs_it_as_itself(folder: Path, run_as_nobody: RunAsNobody) -> None:
    home = folder / "theirs"
    home.mkdir()
    os.chown(home, 65534, 65534)
    story = (
        "import os, sys; from pathlib import Path; from cotejo.node.home import Home\n"
        "from cotejo.node.database import Database\n"
        "for turn in range(2):\n"
        "    home = Home.create(Path(sys.argv[1]), world='invented')\n"
        "    with Database(home, durable=False) as database:\n"
        "        assert database.healthy() and os.stat(home.database / 'data').st_uid == os.geteuid() != 0\n"
    )
    told = run_as_nobody("-c", story, str(home / "alba"))
    assert told.returncode == 0, told.stderr
    theirs = make_root_home(folder)
    refused = run_as_nobody("-m", "cotejo.node.database", "check", str(theirs))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{theirs} pertenece a otra cuenta")
    assert refused.stderr.count("\n") == 1


def make_root_home(folder: Path) -> Path:
    return Home.create(folder / "of-root", world="invented").folder


@as_root
def test_a_full_disk_is_one_sentence(make_home: MakeHome, folder: Path) -> None:
    small = folder / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0711", "tmpfs", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        home = make_home(under=small)
        with pytest.raises(NodeError, match=r"The disk that holds .* is full") as refused:
            Database(home, durable=False).start()
        assert "está lleno" in refused.value.es
        assert not known(home).data.exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_another_server_is_used_once_its_administrator_let_the_roles_in(make_home: MakeHome) -> None:
    home, elsewhere = make_home("alba"), make_home("server")
    with Database(elsewhere, durable=False) as server:
        port = (elsewhere.database / "port").read_text().strip()
        other = OtherServer(home, f"postgresql://127.0.0.1:{port}/cotejo")
        with pytest.raises(NodeError, match="does not let this node's roles in"):
            other.start()
        with psycopg.connect(server.admin_dsn(), autocommit=True) as admin:
            script = roles_sql(passwords(home), "cotejo")
            assert not [password for password in passwords(home).values() if password in script]
            admin.execute(script)
        with other:
            assert other.healthy()
            for nowhere in ("template1", "no_such_database"):
                with pytest.raises(NodeError, match="does not let this node's roles in"):
                    OtherServer(home, f"postgresql://127.0.0.1:{port}/{nowhere}").start()
        ensure_roles(server.admin_dsn(), passwords(elsewhere))
        with pytest.raises(NodeError, match="does not let this node's roles in"):
            other.start()
    with pytest.raises(NodeError, match="No database answers at"):
        other.start()
