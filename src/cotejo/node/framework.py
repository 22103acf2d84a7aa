"""Starting Django for one node in this process, its tables, and the files its pages are made of.

1. A process belongs to one node: its home and its connection string are set once, before Django is read.
2. `COTEJO_DSN` is how this process connects to the database, in the role it may use; `COTEJO_DATABASE_URL` is the
   operator's, and names a PostgreSQL of the agency's own.
3. Tables are made by the role that owns them, in a process of its own that ends with it.
4. What is already done is seen without doing it again: a start costs no migration and no copying.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psycopg

from cotejo.node.children import run_apart
from cotejo.node.database import Dsns
from cotejo.node.facts import DSN_VARIABLE, django_database
from cotejo.node.home import Home, NodeError, disk_full

SETTINGS: Final = "cotejo.node.settings"
PACKAGES_OF_PAGES: Final = ("django", "django-allauth", "whitenoise")


def set_up(home: Home, dsn: str) -> None:
    """Start Django for `home`, or have it use another connection string.

    Raises `RuntimeError` when this process already belongs to another node.
    """
    import django
    from django.conf import settings

    if settings.configured:
        if str(home.folder) != str(settings.COTEJO_HOME):
            raise RuntimeError(f"this process belongs to {settings.COTEJO_HOME}")
        connect_with(dsn)
        return
    os.environ["COTEJO_HOME"] = str(home.folder)
    os.environ[DSN_VARIABLE] = dsn
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ.pop("COTEJO_TEST", None)
    django.setup()


def connect_with(dsn: str) -> None:
    """Have every connection this process makes from now on use `dsn`."""
    from django.db import connections

    os.environ[DSN_VARIABLE] = dsn
    connections.close_all()
    connections["default"].settings_dict.update(django_database(dsn))


def migrate(home: Home, dsns: Dsns) -> bool:
    """Make the tables, or bring them up to date, if anything is due. Say whether anything was. Raises `NodeError`."""
    refuse_newer(home, dsns.app)
    if not migrations_due(dsns.app):
        return False
    run_apart("migrate", lambda: _migrate(home, dsns.owner))
    return True


def _migrate(home: Home, dsn: str) -> None:
    from django.core.management import call_command
    from django.db import OperationalError

    set_up(home, dsn)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as problem:
        if isinstance(problem.__cause__, psycopg.errors.DiskFull):
            raise disk_full(home.database, str(problem)) from problem
        raise


def migrations_due(dsn: str) -> bool:
    """Say whether the program has a migration the database has not seen. Django must be set up."""
    return not _on_disk() <= _applied(dsn)


def refuse_newer(home: Home, dsn: str) -> None:
    """Raise `NodeError` when the database has seen a migration this program does not know. Django must be set up."""
    from django.apps import apps

    ours = {each.label for each in apps.get_app_configs()}
    unknown = {each for each in _applied(dsn) - _on_disk() if each[0] in ours}
    if unknown:
        raise newer_program(home.folder, ", ".join(sorted(".".join(each) for each in unknown)))


def newer_program(folder: Path, detail: str) -> NodeError:
    """Say that a newer version of the program made the node's tables."""
    return NodeError(
        en=f"The node in {folder} was used by a newer version of the program. Install that version or a later one; "
        "this one changed nothing.",
        es=f"El nodo en {folder} fue usado por una versión más reciente del programa. Instale esa versión o una "
        "posterior; esta no cambió nada.",
        detail=detail,
    )


def _on_disk() -> set[tuple[str, str]]:
    from django.apps import apps

    return {
        (each.label, file.stem)
        for each in apps.get_app_configs()
        for file in (Path(each.path) / "migrations").glob("[0-9]*.py")
    }


def _applied(dsn: str) -> set[tuple[str, str]]:
    with psycopg.connect(dsn) as connection:
        known = connection.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone()
        if known != (True,):
            return set()
        return set(connection.execute("SELECT app, name FROM django_migrations").fetchall())


def collect_static(home: Home) -> bool:
    """Copy what the pages are made of into the home, unless it is there already. Say whether it was copied."""
    from django.conf import settings
    from django.core.management import call_command

    root, mark = Path(settings.STATIC_ROOT), home.folder / "static.version"
    wanted = _version_of_static()
    if mark.is_file() and mark.read_text(encoding="ascii") == wanted and root.is_dir():
        return False
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(wanted, encoding="ascii")
    return True


def _version_of_static() -> str:
    from django.contrib.staticfiles.finders import get_finders

    def names() -> Iterator[str]:
        for package in PACKAGES_OF_PAGES:
            yield f"{package} {version(package)}"
        for finder in get_finders():
            for path, storage in finder.list(None):
                found = Path(storage.path(path)).stat()
                yield f"{path} {found.st_size} {found.st_mtime_ns}"

    return hashlib.sha256("\n".join(sorted(names())).encode()).hexdigest()
