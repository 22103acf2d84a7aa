"""Under which account the database runs: an ordinary user's own; as root, a service user that owns nothing else.

PostgreSQL refuses to run as root, and rightly: whoever breaks into it should find no other file.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SERVICE_USER = "cotejo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of the database's processes. `changes` says that it is not the one this process runs under."""

    name: str
    uid: int
    gid: int
    changes: bool

    def spawn(
        self,
        command: list[str],
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
        stderr: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start `command` under this account, in its own session (a Ctrl-C is for the node, which then stops us)."""
        return subprocess.Popen(  # noqa: S603 - our own programs, no shell
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            umask=0o077,
            user=self.uid if self.changes else None,
            group=self.gid if self.changes else None,
            extra_groups=[] if self.changes else None,
        )

    def can(self, test: str, path: Path) -> bool:
        """Whether this account passes `test` (`-r`, `-w`, `-x`) on `path`, tried for real."""
        with self.spawn(["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)]) as question:
            return question.wait() == 0

    def give(self, path: Path, mode: int) -> None:
        """Make `path` this account's own, with `mode`."""
        if self.changes:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def let_through(self, folder: Path) -> None:
        """Let this account pass through `folder`, one of ours, without reading it. Never used on a parent folder."""
        if self.changes:
            os.chown(folder, -1, self.gid)
            folder.chmod(0o710)


def account() -> Account:
    """Find the account the database of this process runs under. As root, make the service user when it is missing."""
    uid = os.geteuid()
    if uid != 0:
        return Account(name=_name_of(uid), uid=uid, gid=os.getegid(), changes=False)
    found = _entry(SERVICE_USER) or _made() or _entry("nobody")
    if found is None:
        return Account(name="65534", uid=65534, gid=65534, changes=True)
    return Account(name=found.pw_name, uid=found.pw_uid, gid=found.pw_gid, changes=True)


def _made() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
    subprocess.run(  # noqa: S603 - fixed words only
        [useradd, "--system", "--user-group", "--no-create-home", "--shell", nologin, SERVICE_USER],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return _entry(SERVICE_USER)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
