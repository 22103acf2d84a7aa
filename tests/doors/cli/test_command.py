"""The command line: plain sentences in the reader's language, every mistake at once, never a traceback."""

import json
from pathlib import Path

import pytest

from cotejo.doors.cli.agreement_options import duration
from cotejo.doors.cli.speaking import language
from cotejo.node.command import run
from cotejo.node.home import Home
from cotejo.node.making import give_keys, name_node
from cotejo.node.node_file import NodeFile
from cotejo.proof.key_document import open_key_document
from cotejo.rules.agreement import DAY, HOUR, MINUTE


@pytest.fixture(params=["en_US.UTF-8", "es_SV.UTF-8"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LC_ALL", request.param)
    return str(request.param[:2])


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def keyed(folder: Path, name: str, profile: str) -> Home:
    """Return a node's home with keys and without a database."""
    home = Home.create(folder / name, world="invented")
    number = 8000 + len(name)
    name_node(
        home,
        NodeFile(
            world="invented",
            node=name,
            name=name.title(),
            profile=profile,
            language="es",
            url=f"https://{name}.example:8443",
            pages=f"127.0.0.1:{number}",
            exchange=f"127.0.0.1:{number + 100}",
        ),
    )
    give_keys(home)
    return home


def test_the_language_is_found_as_posix_says() -> None:
    assert language({"LANG": "es_SV.UTF-8"}) == "es"
    assert language({"LANG": "es_SV.UTF-8", "LC_ALL": "C"}) == "en"
    assert language({}) == "en"


def test_where_there_is_no_node_one_sentence_says_so(tmp_path: Path, lang: str, capsys) -> None:
    for words in (["serve"], ["check"], ["fsck"], ["partner", "list"], ["key-document"]):
        assert run([*words, str(tmp_path / "nowhere")]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert ("No hay un nodo" if lang == "es" else "There is no node") in said


def test_ten_mistakes_are_ten_sentences_and_nothing_is_made(tmp_path: Path, lang: str, capsys) -> None:
    wrong = ["--node", "Alba Uno", "--profile", "xx", "--world", "invented", "--url", "http://x", "--language", "fr"]
    wrong += ["--pages", "here", "--exchange", "there", "--witness", "a", "--witness", "b", "--name", " "]
    assert run(["init", str(tmp_path / "alba"), *wrong]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 9
    assert not (tmp_path / "alba").exists()


def test_a_wrong_word_is_misuse(capsys) -> None:
    assert run(["init"]) == 2
    assert run(["no-such-command"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no-such-command"], "No existe la orden no-such-command."),
        (["check"], "Falta home."),
        (["check", "a", "--nosuch"], "No existe la opción --nosuch."),
        (["check", "a", "b"], "Sobra: b."),
        (["simulate", "--seeds", "many"], "Valor no válido para '--seeds': debe ser un número entero."),
        (["simulate", "--seeds"], "La opción --seeds requiere un valor."),
        (["agreement", "sign", "a", "/nowhere", "--out", "b"], "'/nowhere' no existe."),
        (["agreement", "renew", "a", "b", "--out", "c", "--route", "x"], "'x' no es ninguno de estos: 'extradition'"),
    ],
)
def test_a_wrong_word_is_named_in_spanish_too(words, said, monkeypatch, capsys) -> None:
    monkeypatch.setenv("LC_ALL", "es_SV.UTF-8")
    assert run(words) == 2
    told = capsys.readouterr().err
    assert said in told, told
    for english in ("Usage", "Missing", "Error", "Invalid", "No such"):
        assert english not in told


def test_what_the_program_does_not_know_is_one_sentence_with_its_place(monkeypatch, lang: str, capsys) -> None:
    def fail(_folder: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cotejo.node.command.Home.open", fail)
    assert run(["check", "anywhere"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ZeroDivisionError" in said


def test_a_key_document_is_given_with_its_fingerprint(tmp_path: Path, english: None, capsys) -> None:
    home = keyed(tmp_path, "alba", "sv")
    assert run(["key-document", str(home.folder), "--out", str(tmp_path / "alba.keys")]) == 0
    document = open_key_document((tmp_path / "alba.keys").read_bytes().strip())
    assert capsys.readouterr().out == f"Fingerprint: {document.fingerprint()}\n"
    assert run(["log", "key", str(home.folder)]) == 0
    assert capsys.readouterr().out.startswith("alba/house+")


def test_an_agreement_is_drafted_within_the_law_shown_in_words_and_signed(
    tmp_path: Path, english: None, capsys
) -> None:
    alba, boreal = keyed(tmp_path, "alba", "sv"), keyed(tmp_path, "boreal", "us")
    theirs, terms = str(tmp_path / "boreal.keys"), tmp_path / "terms"
    assert run(["key-document", str(boreal.folder), "--out", theirs]) == 0
    draft = ["agreement", "draft", str(alba.folder), "--partner", theirs, "--profiles", "sv", "us", "--out", str(terms)]
    capsys.readouterr()
    assert run([*draft, "--grave", "1h", "--skew", "1d"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert not terms.exists()
    assert run([*draft, "--grave", "5m"]) == 0
    assert json.loads(terms.read_text())["lifetimes"]["grave"] == 5 * MINUTE
    assert run(["agreement", "sign", str(alba.folder), str(terms), "--out", str(tmp_path / "signed")]) == 0
    assert "Status serves for deciding: 5 minutes" in capsys.readouterr().out
    other = keyed(tmp_path, "cresta", "us")
    assert run(["agreement", "sign", str(other.folder), str(terms), "--out", str(tmp_path / "signed-too")]) == 1
    assert "not a party" in capsys.readouterr().err
    terms.write_text("{}")
    assert run(["agreement", "sign", str(alba.folder), str(terms), "--out", str(tmp_path / "x")]) == 1
    assert "no draft" in capsys.readouterr().err


def test_durations_are_read_and_shown_as_people_write_them() -> None:
    assert [duration(text) for text in ("90s", "10m", "24h", "30d")] == [90_000, 10 * MINUTE, 24 * HOUR, 30 * DAY]
    assert run(["agreement", "draft", "x", "--grave", "soon"]) == 2
