"""Starts that cannot work, as real processes: one plain sentence in the operator's language, nothing half done.

Faults are made in the same sound home, one after the other, and mended again; at the end the node starts.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from cotejo.node.database import Database, Role
from cotejo.node.database.leftover import until
from cotejo.node.home import Home
from tests.machine import passable_folder
from tests.node.nodes import ROOT, SECONDS, STOPS_WITHIN, RealNode, ending

pytestmark = pytest.mark.node

ENGLISH, SPANISH = "en_US.UTF-8", "es_SV.UTF-8"


def start(home: Home, language: str, **more: str) -> tuple[int, str, str]:
    """Start the node in a process of its own, as an operator of this language does."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COTEJO_", "LC_", "LANG"))}
    environment = plain | {"LC_ALL": language, "PYTHONPATH": str(ROOT / "src")} | more
    command = [sys.executable, "-m", "cotejo.node", "serve", str(home.folder), "--throwaway"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=SECONDS)
    return done.returncode, done.stdout, done.stderr


@contextmanager
def without(path: Path) -> Iterator[dict[str, str]]:
    """Have a file missing."""
    aside = path.parents[1] / path.name
    path.rename(aside)
    yield {}
    assert not path.exists(), f"{path} was made anew"
    aside.rename(path)


@contextmanager
def holding(path: Path, content: bytes) -> Iterator[dict[str, str]]:
    """Have a file hold something else."""
    before = path.read_bytes()
    path.write_bytes(content)
    yield {}
    path.write_bytes(before)


@contextmanager
def mode(path: Path, bits: int) -> Iterator[dict[str, str]]:
    """Have a file or folder open to others."""
    before = path.stat().st_mode
    path.chmod(bits)
    yield {}
    path.chmod(before)


@contextmanager
def taken(*ports: int) -> Iterator[dict[str, str]]:
    """Have another program listen on ports."""
    with ExitStack() as listening:
        for port in ports:
            listening.enter_context(socket.create_server(("127.0.0.1", port)))
        yield {}


@contextmanager
def environment(**named: str) -> Iterator[dict[str, str]]:
    """Have variables set."""
    yield named


@contextmanager
def newer_tables(home: Home) -> Iterator[dict[str, str]]:
    """Have the tables made by a newer version of the program."""

    def say(words: str) -> None:
        with Database(home, durable=False) as database, psycopg.connect(database.dsn(Role.OWNER)) as owner:
            owner.execute(words)

    say("INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_of_tomorrow', now())")
    yield {}
    say("DELETE FROM django_migrations WHERE name = '9999_of_tomorrow'")


@pytest.fixture(scope="module")
def node() -> Iterator[RealNode]:
    """Make a node; end it whatever happens."""
    with passable_folder() as folder:
        made = RealNode(folder, "alba", profile="sv")
        with ending(made):
            made.begin_init()
            answer = made.answer()
            assert answer["status"] == 0, answer["err"]
            yield made


def snapshot(home: Home) -> dict[str, bytes]:
    """Return every key file and the settings."""
    return {str(each): each.read_bytes() for each in (home.settings, *home.keys.rglob("*")) if each.is_file()}


def faults(home: Home) -> Iterator[tuple[AbstractContextManager[dict[str, str]], str, str, str]]:
    """Yield faults of settings and keys, the file each names, and how it is said in English and in Spanish."""
    keys, week = home.keys, next((home.keys / "epochs").iterdir())
    for lost in (keys / "message.seed", keys / "tls-leaf.key", keys / "tokens", keys / "pages"):
        yield without(lost), str(lost), "is missing", "Falta el archivo"
    for shown in (keys / "log.seed", week):
        yield mode(shown, 0o640), str(shown), "open to others", "abierto a otras"
    yield mode(home.folder, 0o755), str(home.folder), "open to others", "abierto a otras"
    yield holding(home.settings, b"world = ["), str(home.settings), "is damaged", "está dañado"
    yield holding(keys / "key-document", b"no"), str(keys / "key-document"), "is damaged", "está dañado"


def test_a_fault_in_settings_or_keys_is_one_sentence_in_each_language_and_nothing_is_made_in_its_place(
    node: RealNode,
) -> None:
    home = Home(folder=node.home)
    sound = snapshot(home)
    for fault, names, *sentences in faults(home):
        with fault:
            for language, sentence in zip((ENGLISH, SPANISH), sentences, strict=True):
                done = node.ask("cli", words=["check", str(node.home)], language=language)
                assert (done["status"], done["out"]) == (1, ""), done
                assert len(done["err"].splitlines()) == 1, done
                assert names in done["err"], done
                assert sentence in done["err"], done
        assert snapshot(home) == sound, names


def test_a_start_that_cannot_work_ends_with_plain_sentences_and_leaves_no_process(node: RealNode) -> None:
    home = Home(folder=node.home)
    for fault, language, *sentences in (
        (without(home.keys / "message.seed"), SPANISH, "Falta el archivo"),
        (environment(COTEJO_DATABASE_URL="mysql://x"), ENGLISH, "COTEJO_DATABASE_URL is not a usable address"),
        (environment(COTEJO_DATABASE_URL="postgresql://127.0.0.1:1/x"), SPANISH, "Ninguna base de datos responde"),
        (taken(node.pages, node.exchange), ENGLISH, f"listens at 127.0.0.1:{node.pages}", f":{node.exchange}"),
        (newer_tables(home), SPANISH, "El nodo en"),
    ):
        with fault as more:
            status, said, wrong = start(home, language, **more)
        assert (status, said) == (1, ""), wrong
        lines = wrong.splitlines()
        assert len(lines) == len(sentences), wrong
        assert all(sentence in line for sentence, line in zip(sentences, lines, strict=True)), wrong
        assert until(lambda: node.processes() == [], SECONDS), wrong
    node.serve()
    assert node.stop() < STOPS_WITHIN
