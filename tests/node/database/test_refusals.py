"""Each thing that can be wrong is one sentence and a non-zero exit."""

import os
from pathlib import Path

import pytest

from cotejo.node.database import OtherServer
from cotejo.node.database.__main__ import main
from cotejo.node.database.trouble import from_words
from cotejo.node.home import Home, NodeError


@pytest.mark.parametrize(
    "url",
    [
        "mysql://127.0.0.1/cotejo",
        "postgresql://127.0.0.1",
        "postgresql:///cotejo",
        "postgresql://cotejo:secret@127.0.0.1/cotejo",
        "postgresql://127.0.0.1/cotejo?nonsense=1",
        "postgresql://127.0.0.1:port/cotejo",
        "host=127.0.0.1 dbname=cotejo",
    ],
)
def test_a_wrong_address_is_one_sentence_without_its_password(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    for lang, begins in (("en_US.UTF-8", "COTEJO_DATABASE_URL"), ("es_SV.UTF-8", "COTEJO_DATABASE_URL")):
        assert main(["check", str(home.folder)], {"COTEJO_DATABASE_URL": url, "LANG": lang}) == 1
        said = capsys.readouterr().err
        assert said.startswith(begins)
        assert said.count("\n") == 1
        assert "secret" not in said


def test_an_address_where_nothing_answers_is_named(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    with pytest.raises(NodeError, match=r"No database answers at 127\.0\.0\.1/cotejo") as refused:
        OtherServer(home, "postgresql://127.0.0.1:1/cotejo").start()
    assert "Ninguna base de datos responde" in refused.value.es


def test_a_folder_without_a_node_is_said_in_the_operators_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path)], {"LC_ALL": "es_SV.UTF-8", "LANG": "en_US.UTF-8"}) == 1
    assert capsys.readouterr().err.startswith("No hay un nodo en")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a folder away")
def test_a_folder_of_another_account_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    os.chown(home.folder, 65534, 65534)
    assert main(["run", str(home.folder)], {}) == 1
    assert "belongs to another account" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', "is full"),
        ('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', "Port 5432 is taken"),
        ('FATAL:  data directory "x" has wrong ownership', "belongs to another account"),
        ('FATAL:  could not open file "x": Permission denied', "belongs to another account"),
        ("PANIC:  something new", "did not start"),
        ("", "did not start"),
    ],
)
def test_the_last_words_of_a_database_become_a_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    said = from_words(f"LOG:  starting\n{words}", data=tmp_path, port=5432, log=tmp_path / "log")
    assert sentence in str(said)


def test_the_printed_roles_hold_no_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    assert main(["roles-sql", str(home.folder), "--database", 'odd"name'], {}) == 0
    script = capsys.readouterr().out
    assert 'ALTER DATABASE "odd""name" OWNER TO "cotejo_owner"' in script
    for password in (home.database / "passwords").iterdir():
        assert not password.read_text() or password.read_text() not in script
