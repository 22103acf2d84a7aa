"""The embedded database of one node: started, watched and stopped as a child of the node's own process.

Rules of this module:

1. One living process owns a node's database: it holds a lock the kernel drops when the process dies, however it dies.
2. The database listens on 127.0.0.1 and on a socket in the node's folder, and asks everybody for a password (SCRAM).
3. It does not outlive its owner: a watcher sees the owner's end of a pipe close and stops it. Should the watcher be
   killed too, the next start ends what is left (`leftover`).
4. It answers, by a real connection with its roles in place, before `start` returns; `stop` leaves no process.
5. A data folder has its name only once `initdb` has finished.
6. What people typed never reaches the log of the database: neither statements nor the values in error details.
7. Forgetting the last seconds (`durable=False`, for tests) is refused unless the world is invented.
"""

import fcntl
import os
import secrets
import shutil
import socket as sockets
import subprocess
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cotejo.node.database import leftover, roles, trouble
from cotejo.node.database.account import Account, account
from cotejo.node.database.place import Place, known, prepared
from cotejo.node.database.programs import Programs, programs
from cotejo.node.database.roles import DATABASE, SUPERUSER, Dsns, Role
from cotejo.node.home import FILE_MODE, FOLDER_MODE, Home, NodeError, disk_full, write_private, wrong_owner

START_SECONDS = 600.0
"""After a crash the database replays its log before it answers, and says so; only a dead process ends the waiting."""
PORT_TRIES = 5
LOG_KEPT_BYTES = 5_000_000
WATCH = 'read -r pid && { read -r released || kill -INT "$pid"; }'
"""The watcher: the first line names the process to stop, the second says that it has been stopped. When the pipe ends
without it, the owner is gone."""

ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "jit": "off",
}
THROWAWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "shared_buffers": "48MB",
}


class Database:
    """The database of `home`. A free `port` is chosen when none is given; `durable=False` is for tests."""

    def __init__(self, home: Home, *, port: int | None = None, durable: bool = True) -> None:
        self.home = home
        self._wanted_port = port
        self._durable = durable
        self._log = home.logs / "database.log"
        self._running = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The process id of the database, while this object runs it."""
        return self._process.pid if self._process else None

    def dsn(self, role: Role) -> str:
        """How `role` connects, also for another process of the same node. Raises `NodeError` when nothing runs."""
        return self.dsns().of(role)

    def dsns(self) -> Dsns:
        """How every role connects. Raises `NodeError` when nothing runs."""
        return roles.dsns(roles.passwords(self.home), dbname=DATABASE, **self._address())

    def admin_dsn(self, database: str = DATABASE) -> str:
        """How the superuser connects: for backups, repair and tests, never for what serves a person."""
        password = roles.passwords(self.home)[SUPERUSER]
        return make_conninfo(user=SUPERUSER, password=password, dbname=database, **self._address())

    def healthy(self) -> bool:
        """Whether the database answers a connection of the node's own role."""
        try:
            with psycopg.connect(self.dsn(Role.APP), connect_timeout=5):
                return True
        except (psycopg.OperationalError, NodeError):
            return False

    def start(self) -> Dsns:
        """Start the database, making it first when it is new. Raises `NodeError`; nothing runs on after that."""
        if not self._durable and self.home.world != "invented":
            raise trouble.unsafe_for_real()
        with ExitStack() as undo:
            self._own(undo)
            who = account()
            place = prepared(self.home, who)
            leftover.clear(place.data, place.socket)
            self._serve(self._initialised(place, who), place, who, undo)
            self._prepare()
            each = self.dsns()
            roles.check_roles(each)
            self._running = undo.pop_all()
        return each

    def stop(self) -> None:
        """Close transactions, end every process of the database, let go of the lock. Again is harmless."""
        self._running.close()

    def _own(self, undo: ExitStack) -> None:
        try:
            lock = os.open(self.home.database / "owner.lock", os.O_WRONLY | os.O_CREAT, FILE_MODE)
        except PermissionError as problem:
            raise wrong_owner(self.home.database, str(problem)) from problem
        undo.callback(os.close, lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise trouble.already_running(self.home.folder) from problem

    def _initialised(self, place: Place, who: Account) -> Programs:
        """Find the programs that fit the data folder; make the data folder when there is none."""
        secret = roles.passwords(self.home)[SUPERUSER]
        for draft in place.folder.glob("data.*"):
            shutil.rmtree(draft, ignore_errors=True)
        if place.data.exists():
            return _fitting(place.data, who)
        found = programs(who)
        draft = place.folder / f"data.{secrets.token_hex(4)}"
        password = place.folder / ".superuser"
        try:
            draft.mkdir(mode=FOLDER_MODE)
            who.give(draft, FOLDER_MODE)
            password.unlink(missing_ok=True)
            write_private(password, secret.encode("ascii"))
            who.give(password, FILE_MODE)
            self._initdb(found, draft, password, who)
            draft.rename(place.data)
        finally:
            password.unlink(missing_ok=True)
            shutil.rmtree(draft, ignore_errors=True)
        return found

    def _initdb(self, found: Programs, data: Path, password: Path, who: Account) -> None:
        command = [found.initdb, f"--pgdata={data}", f"--username={SUPERUSER}", f"--pwfile={password}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums", "--no-instructions"]
        if not self._durable:
            command.append("--no-sync")
        with who.spawn(command, stderr=subprocess.PIPE) as process:
            words = process.communicate()[1].decode("utf-8", "replace")
        if process.returncode:
            self._log.write_text(words, encoding="utf-8")
            raise trouble.from_words(words, data=data.parent, port=0, log=self._log)

    def _serve(self, found: Programs, place: Place, who: Account, undo: ExitStack) -> None:
        """Start the database on the wanted port, or on free ones until one is still free when it gets there."""
        for attempt in range(1, PORT_TRIES + 1):
            port = self._wanted_port or _free_port()
            try:
                with ExitStack() as tried:
                    self._launch(found, place, who, port, tried)
                    undo.enter_context(tried.pop_all())
            except trouble.PortTakenError:
                if self._wanted_port or attempt == PORT_TRIES:
                    raise
            else:
                return

    def _launch(self, found: Programs, place: Place, who: Account, port: int, undo: ExitStack) -> None:
        options = ALWAYS | {"port": str(port), "unix_socket_directories": str(place.socket or "")}
        if not self._durable:
            options |= THROWAWAY
        command = [found.postgres, "-D", str(place.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        watcher = undo.enter_context(_Watcher(who))
        try:
            with open(self._log, "ab", opener=_private) as log:
                if log.tell() > LOG_KEPT_BYTES:
                    log.truncate(0)
                said = os.fstat(log.fileno()).st_size
                self._process = process = who.spawn(command, stdout=log.fileno(), stderr=log.fileno())
        except OSError as problem:
            raise disk_full(self._log, str(problem)) from problem
        undo.callback(self._end, process)
        watcher.watch(process.pid)
        write_private(self.home.database / "port", f"{port}\n".encode(), replace=True)
        undo.callback((self.home.database / "port").unlink, missing_ok=True)
        if not self._answers(process):
            with self._log.open("rb") as log:
                log.seek(said)
                words = log.read().decode("utf-8", "replace")
            raise trouble.from_words(words, data=place.data, port=port, log=self._log)

    def _answers(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.admin_dsn("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(leftover.STEP_SECONDS)
            else:
                return process.poll() is None
        return False

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            leftover.end(process.pid, lambda: process.poll() is not None)
        self._process = None

    def _prepare(self) -> None:
        """Make the node's database, its roles and their rights at the first start; complete them after a broken one."""
        with psycopg.connect(self.admin_dsn("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [Role.REDRESS.login]).fetchone():
                return
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            connection.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
        roles.ensure_roles(self.admin_dsn(), roles.passwords(self.home))

    def _address(self) -> dict[str, str]:
        try:
            port = (self.home.database / "port").read_text(encoding="ascii").strip()
        except FileNotFoundError as problem:
            raise trouble.not_running(self.home.folder) from problem
        return {"host": str(known(self.home).socket or "127.0.0.1"), "port": port}


class _Watcher:
    """A process that stops the database when its owner is gone. Leaving the context: nothing is left to stop."""

    def __init__(self, who: Account) -> None:
        theirs, self._line = os.pipe()
        try:
            self._process = who.spawn(["/bin/sh", "-c", WATCH], stdin=theirs)
        except OSError:
            os.close(self._line)
            raise
        finally:
            os.close(theirs)

    def watch(self, pid: int) -> None:
        """Name the process to stop."""
        self._say(f"{pid}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._say("released\n")
        os.close(self._line)
        self._process.wait()

    def _say(self, line: str) -> None:
        with suppress(BrokenPipeError):
            os.write(self._line, line.encode("ascii"))


def _fitting(data: Path, who: Account) -> Programs:
    """Find the programs of the version that wrote `data`."""
    try:
        major = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError as problem:
        raise wrong_owner(data, str(problem)) from problem
    if data.stat().st_uid != who.uid:
        raise wrong_owner(data, f"owner {data.stat().st_uid}, not {who.name}")
    try:
        return programs(who, major=major)
    except NodeError as problem:
        raise trouble.other_version(data, major) from problem


def _free_port() -> int:
    with sockets.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, FILE_MODE)
