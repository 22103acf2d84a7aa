"""What every command says of itself: in English and in Spanish, whole, and in one of them at a time."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

import cotejo_portal.main
import cotejo_prevention.main
import cotejo_witness.main
from cotejo.node.command import app, run

PROGRAMS = {
    "cotejo": app,
    "cotejo-witness": cotejo_witness.main.app,
    "cotejo-portal": cotejo_portal.main.app,
    "cotejo-prevention": cotejo_prevention.main.app,
}
LIBRARY = re.compile(
    r"Usage|Options|Arguments|Commands|Show this|\[required|; required|default|env var|OPTIONS|COMMAND|ARGS|"
    r"<(?:int|str|path|file|dir|list)\b|DURATION"
)
WIDTH = 80
LONGER_THAN_NAMES = 20

every_program = pytest.mark.parametrize("program", PROGRAMS)


def tree(program: str) -> Any:
    """Return a program's commands, made anew."""
    return typer.main.get_command(PROGRAMS[program])


def walk(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Return a command and all below it, each with the words that call it."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(below, *words, name)


def texts_of(command: Any) -> Iterator[tuple[str, str]]:
    """Return what a command says of itself and of each argument and option, as it is written."""
    yield "", command.help or ""
    for each in command.params:
        yield each.name, each.help or ""
        if each.metavar is not None:
            yield f"{each.name}'s value", each.metavar


def halves(text: str) -> list[str]:
    """Return the languages of a text, without spaces: where lines are broken is nobody's matter."""
    return ["".join(each.split()) for each in text.split("\n\n")]


@every_program
def test_every_command_argument_and_option_has_its_help_in_both_languages(program: str) -> None:
    lacking = [
        (*words, what, text)
        for words, command in walk(tree(program))
        for what, text in texts_of(command)
        if len(halves(text)) != 2 or not all(halves(text)) or len(set(halves(text))) != 2
    ]
    assert lacking == []


@every_program
@pytest.mark.parametrize("at", ["en_GB.UTF-8", "es_SV.UTF-8"])
def test_help_shows_each_sentence_whole_and_none_of_the_other_language(
    program: str, at: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", at)
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    spanish = at.startswith("es")
    written = dict(walk(tree(program)))
    spoken = tree(program)
    for words, command in written.items():
        spoken.main([*words, "--help"], prog_name=program, standalone_mode=False)
        shown = capsys.readouterr().out
        flat = "".join(shown.split())
        below = getattr(command, "commands", {}).values()
        texts = [halves(text) for _, text in texts_of(command)] + [halves(each.help) for each in below]
        assert [text for text in texts if text[spanish] not in flat] == []
        assert [
            text for text in texts if text[not spanish] in flat and len(text[not spanish]) > LONGER_THAN_NAMES
        ] == []
        assert max(map(len, shown.splitlines())) <= WIDTH, shown
        assert ("Uso: " if spanish else "Usage: ") in shown
        assert not re.search(r"\b[FIRX]\d{1,2}\b", shown), shown
        if spanish:
            assert not LIBRARY.findall(shown), shown


def test_a_group_without_a_command_says_its_help_in_the_same_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "es_SV.UTF-8")
    assert run(["agreement"]) == 2
    said = capsys.readouterr().err
    assert "Órdenes:" in said
    assert not LIBRARY.findall(said), said


@pytest.mark.parametrize(
    ("program", "words", "said"),
    [
        ("cotejo", ["no-such"], "No existe la orden no-such."),
        ("cotejo-witness", ["status"], "Falta la opción --home."),
        ("cotejo-portal", ["recount", "--language", "fr"], "'fr' no es ninguno de estos: 'es', 'en'"),
        ("cotejo-prevention", ["serve", "a", "b"], "Sobra: b."),
    ],
)
def test_every_program_names_a_misuse_in_spanish_and_ends_with_status_2(
    program: str, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "es_SV.UTF-8")
    with pytest.raises(SystemExit) as ended:
        PROGRAMS[program](words, prog_name=program)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert not re.search(r"Usage|Try|Error|Missing|OPTIONS|Invalid", told), told
