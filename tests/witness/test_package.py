"""Whoever has the witness program, and nothing else of Cotejo, checks a court's file."""

import pytest
from typer.testing import CliRunner

from cotejo_witness.main import app
from tests.builders.disclosed import ALBA, BOREAL, Agency, packed


@pytest.fixture
def court(tmp_path):
    file = tmp_path / "case.tar"
    file.write_bytes(packed().getvalue())
    return file


def run(*words: object):
    return CliRunner().invoke(app, ["verify-package", *map(str, words)])


def keys(folder, *agencies: Agency) -> list[object]:
    """Write key documents as their agencies publish them."""
    words: list[object] = []
    for each in agencies:
        path = folder / f"{each.name}{each.seed}.keys"
        path.write_bytes(each.signed + b"\n")
        words += ["--keys", path]
    return words


def test_a_sound_file_is_told_in_both_languages_with_what_it_does_not_show(court, tmp_path):
    english = run(court, *keys(tmp_path, ALBA, BOREAL))
    assert english.exit_code == 0
    assert english.output.count("the key document is the one you gave") == 2
    assert "It does not show:" in english.output
    spanish = run(court, "--es")
    assert spanish.exit_code == 0
    assert "compare esta huella" in spanish.output
    assert "Lo que no muestra:" in spanish.output


def test_a_file_that_does_not_hold_is_refused_with_one_sentence_in_both_languages(court, tmp_path):
    court.write_bytes(court.read_bytes()[:-700])
    for words in ((court,), (court, *keys(tmp_path, Agency("alba", seed="other")))):
        done = run(*words)
        assert done.exit_code == 1
        assert "not a whole package file" in done.output
        assert "No es un archivo de paquete íntegro" in done.output


def test_other_keys_than_the_readers_and_files_that_are_none_are_refused(court, tmp_path):
    assert run(court, *keys(tmp_path, Agency("alba", seed="other"))).exit_code == 1
    assert run(tmp_path / "absent").exit_code == 1
    assert run(court, "--keys", court).exit_code == 1
    assert run(court, "--witness", "no key").exit_code == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("other keys", "alba: el documento de claves que usted dio no es el del archivo."),
        ("no keys", "case.tar no es un documento de claves como los que publica una entidad."),
        ("no file", "No se puede leer"),
        ("cut", "Para personal técnico"),
    ],
)
def test_a_clerk_who_asked_for_spanish_reads_spanish_alone_when_something_does_not_hold(court, tmp_path, given, said):
    words: list[object] = [court, "--es"]
    match given:
        case "other keys":
            words += keys(tmp_path, Agency("alba", seed="other"))
        case "no keys":
            words += ["--keys", court]
        case "no file":
            words[0] = tmp_path / "absent"
        case "cut":
            court.write_bytes(court.read_bytes()[:-700])
    done = run(*words)
    assert done.exit_code == 1
    assert said in done.output
    assert not any(words in done.output for words in ("technician", "This is not", "cannot be read"))
