"""The witness speaks Spanish to whoever reads Spanish: what it did, what is wrong, and what to do."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo_witness.main import app
from cotejo_witness.memory import Memory

LOG = NoteKey(name="alba/house", key=SigningKey.from_seed(b"l" * 32, Purpose.LOG).verifying).text()
ENGLISH = re.compile(r"\b(?:the|is|of|not|cannot|entries|followed|confirmed|auditor|hours)\b")


def run(*words: object) -> Result:
    """Type a command where Spanish is read."""
    return CliRunner().invoke(app, [str(each) for each in words], env={"LC_ALL": "es_SV.UTF-8"})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a witness."""
    Memory.create(tmp_path / "home", name="procuraduria", seed=b"w" * 32)
    return tmp_path / "home"


def test_every_answer_and_every_refusal_is_in_spanish_alone(home: Path, tmp_path: Path) -> None:
    appointment = ("--home", home, "--node", "alba", "--account", "x", "--person", "Ana", "--out", tmp_path / "a")
    cases = (
        (0, "se sigue desde ahora", ("add-log", LOG, "--home", home)),
        (0, "ya se seguía", ("add-log", LOG, "--home", home)),
        (0, "aún sin confirmar", ("status", "--home", home)),
        (1, "No es una clave", ("add-log", "x", "--home", home)),
        (1, "es la clave de un testigo", ("add-log", Memory.open(home).note_key.text(), "--home", home)),
        (1, "no está vacía", ("init", home)),
        (1, "no puede ser el nombre", ("init", tmp_path / "new", "--name", "a b")),
        (1, "no hay un testigo", ("status", "--home", tmp_path)),
        (
            0,
            "audita alba desde 2026-01-01",
            ("appoint", *appointment, "--since", "2026-01-01", "--until", "2027-01-01"),
        ),
        (0, "deja de auditar alba", ("revoke", tmp_path / "a", "--home", home, "--out", tmp_path / "b")),
        (1, "No se firmó nada", ("appoint", *appointment, "--until", "soon")),
        (1, "No se puede leer", ("revoke", tmp_path / "none", "--home", home, "--out", tmp_path / "c")),
        (1, "No se puede leer", ("verify", tmp_path / "none", "--home", home)),
        (1, "No es un archivo de paquete íntegro", ("verify-package", tmp_path / "a")),
    )
    for status, said, words in cases:
        done = run(*words)
        told = done.output.replace(str(tmp_path), "").partition("(")[0]  # what stands in brackets is for a technician
        assert (done.exit_code, said in told) == (status, True), done.output
        assert not ENGLISH.search(told), told


def test_a_number_of_confirmations_without_witnesses_is_refused_in_words(home: Path, tmp_path: Path) -> None:
    for words in (("verify", tmp_path, "--log-key", LOG), ("verify-package", home / "witness.json")):
        done = run(*words, "--quorum", 1)
        assert done.exit_code == 1
        assert "1 of 0" in done.output, done.output
