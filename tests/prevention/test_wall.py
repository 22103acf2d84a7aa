"""The wall of F70: nothing connects a prevention installation with the exchange, in either direction."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cotejo_prevention.home import Home

SOURCE = Path(__file__).parents[2] / "src"
EXCHANGE = ("cotejo", "cotejo_witness")


def test_f70_the_running_program_has_loaded_nothing_of_the_exchange(installation: Home) -> None:
    script = (
        "import importlib, pkgutil, sys, cotejo_prevention as p, django; django.setup();"
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(p.__path__, 'cotejo_prevention.')];"
        "print([m for m in sys.modules if m.split('.')[0] in ('cotejo', 'cotejo_witness', 'cotejo_portal')])"
    )
    settings = {
        "COTEJO_PREVENTION_HOME": str(installation.root),
        "DJANGO_SETTINGS_MODULE": "cotejo_prevention.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **settings}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", EXCHANGE)
def test_f70_no_exchange_code_knows_where_prevention_is(package: str) -> None:
    known = re.compile(r"cotejo[_-]prevention|COTEJO_PREVENTION|referrals\.sqlite3", re.IGNORECASE)
    files = [
        path for path in (SOURCE / package).rglob("*") if path.suffix in {".py", ".html", ".toml", ".cedar", ".js"}
    ]
    assert files
    assert [str(path) for path in files if known.search(path.read_text("utf-8"))] == []


def test_f70_no_table_or_column_of_prevention_names_anything_of_the_exchange(installation: Home) -> None:
    connection = sqlite3.connect(installation.database)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    columns = {name: {row[1] for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}
    connection.close()
    assert columns == {
        "worker": {"id", "name", "password", "era", "failures", "wait_until"},
        "referral": {"id", "worker", "touched", "sealed"},
        "tally": {"half_year", "event", "n"},
    }


def test_f70_every_file_of_an_installation_is_closed_to_other_users(installation: Home) -> None:
    assert installation.root.stat().st_mode & 0o077 == 0
    private = [path for path in installation.root.rglob("*") if path.suffix != ".toml"]
    assert [path.name for path in private if path.stat().st_mode & 0o077] == []
