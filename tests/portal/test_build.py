"""The folder: complete in both languages, the same from the same inputs, with nothing but what was signed."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cotejo_portal import words
from cotejo_portal.files import figure_csv, read_figure_csv
from cotejo_portal.main import app
from cotejo_portal.pages import rate
from cotejo_portal.release import FIGURES, Release
from tests.portal.conftest import HALF_YEAR, PREVENTION, Office


def run(*arguments: str | Path, expect: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == expect, done.output
    return done


@pytest.fixture
def built(folder: Path) -> Path:
    run("build", folder / "release.json", folder / "out")
    return folder / "out"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_page_exists_in_both_languages_and_every_link_leads_somewhere(built: Path) -> None:
    pages = {name for name in contents(built) if name.endswith(".html")}
    assert {name.removeprefix("es/") for name in pages if name.startswith("es/")} == {
        name.removeprefix("en/") for name in pages if name.startswith("en/")
    }
    for name in pages:
        for target in re.findall(r'href="([^"#]+)"', (built / name).read_text("utf-8")):
            assert ((built / name).parent / target).resolve().is_file(), f"{name} -> {target}"


def test_every_figure_says_what_is_counted_out_of_what_and_what_it_does_not_show(built: Path) -> None:
    for language in ("es", "en"):
        for code in FIGURES:
            page = (built / language / f"figure-{code}.html").read_text("utf-8")
            for text in words.FIGURES[code][language]:
                assert text in page


def test_f72_prevention_stands_beside_the_requests_or_nothing_is_built(built: Path, folder: Path) -> None:
    page = (built / "es" / "index.html").read_text("utf-8")
    assert "Remisiones con permiso" in page
    assert "145" in page
    (folder / "prevention.json").unlink()
    done = run("build", folder / "release.json", folder / "alone", expect=1)
    assert "only beside them" in done.stderr
    assert not (folder / "alone").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"world": "real"}, "never published together"),
        ({"format": "x"}, "not of format"),
        ({"names": []}, "malformed"),
        ({"periods": [{"half_year": "2026-H1", "counts": {}}]}, "not of format"),
        ({"periods": [{"half_year": "2026-H1", "counts": {**HALF_YEAR, "completed": 7}}]}, "below 10"),
    ],
)
def test_f69_prevention_counts_that_say_too_much_are_refused(folder: Path, change: dict[str, Any], said: str) -> None:
    (folder / "prevention.json").write_text(json.dumps({**PREVENTION, **change}), "utf-8")
    assert said in run("build", folder / "release.json", folder / "out", expect=1).stderr


def test_the_same_inputs_give_the_same_bytes_and_the_published_folder_rebuilds_itself(
    built: Path, folder: Path
) -> None:
    run("build", built / "release.json", folder / "again", "--trust", folder / "trust.txt")
    assert contents(folder / "again") == contents(built)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=built, check=True)


def test_f69_the_folder_holds_flat_text_only_and_runs_nothing(built: Path) -> None:
    files = contents(built)
    assert {Path(name).suffix for name in files} == {".html", ".css", ".csv", ".json", ".txt", ""}
    for name, content in files.items():
        text = content.decode("utf-8")
        assert not re.search(r"<script|javascript:|https?://|<!--|\son\w+=", text), name


def test_f69_no_file_says_more_than_the_release(built: Path, release: Release) -> None:
    for figure in release.payload.figures:
        assert read_figure_csv((built / f"figures/{figure.code}.csv").read_bytes(), figure) == figure.said()
        assert read_figure_csv(figure_csv(figure), figure) == figure.said()


def test_text_from_a_release_cannot_become_markup(folder: Path, office: Office) -> None:
    def inject(payload: dict[str, Any]) -> None:
        payload["figures"][1]["labels"]["custody"] = {"es": "<script>x</script>", "en": '"><b>x'}

    (folder / "release.json").write_bytes(office.release(inject))
    run("build", folder / "release.json", folder / "out")
    page = (folder / "out/es/figure-refused-at-gates.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_signature_checkpoint_and_witness_are_printed_with_how_to_check_them(built: Path, office: Office) -> None:
    page = (built / "en/proof.html").read_text("utf-8")
    state, note = office.checkpoint()
    assert state.root.hex() in page
    assert "ombudsman.example" in page
    assert note.splitlines()[-1] in page
    assert json.loads((built / "release.json").read_text())["signed"].split(".")[2] in page
    assert "sha256sum --check" in page
    assert "recount" in page


def test_nothing_but_an_earlier_portal_is_ever_replaced(built: Path, folder: Path) -> None:
    run("build", folder / "release.json", built)
    (folder / "mine").mkdir()
    (folder / "mine/letter").write_text("keep", "utf-8")
    assert "something else" in run("build", folder / "release.json", folder / "mine", expect=1).stderr
    assert [path.name for path in (folder / "mine").iterdir()] == ["letter"]


def test_an_altered_release_builds_nothing_and_says_why_in_both_languages(folder: Path) -> None:
    file = json.loads((folder / "release.json").read_text())
    (folder / "release.json").write_text(json.dumps({**file, "signed": file["signed"][:-4] + "AAAA"}), "utf-8")
    assert "signature does not hold" in run("build", folder / "release.json", folder / "out", expect=1).stderr
    spanish = run("build", folder / "release.json", folder / "out", "--language", "es", expect=1).stderr
    assert "La firma no se sostiene" in spanish
    assert not (folder / "out").exists()


def test_the_command_checks_a_sentence_in_both_languages(folder: Path) -> None:
    asked = ("check-sentence", folder / "release.json", "--figure", "requests-sent", "--comparison", "at-least")
    assert run(*asked, "--number", "300").stdout.startswith("supported\n")
    assert run(*asked, "--number", "9000", "--language", "es").stdout.startswith("contradicha\n")
    unknown = run(*asked, "--number", "1", "--month", "2027-01").stdout
    assert unknown.startswith("cannot be known\n")
    assert "no such figure" in unknown


def test_i14_x13_the_command_recounts_and_names_an_altered_row(folder: Path) -> None:
    arguments = ("recount", folder / "leaves.jsonl", folder / "release.json")
    assert "Every figure agrees" in run(*arguments).stdout
    lines = (folder / "leaves.jsonl").read_text().splitlines(keepends=True)
    lines[2] = lines[2].replace("extradition", "removal")
    (folder / "leaves.jsonl").write_text("".join(lines))
    assert "Line 3" in run(*arguments, expect=1).stdout
    assert "Línea 3" in run(*arguments, "--language", "es", expect=1).stdout


@pytest.mark.parametrize("content", ["", "log x\n", "log a\nlog b\nquorum 1", "quorum none"])
def test_unusable_keys_to_trust_are_refused(folder: Path, content: str) -> None:
    (folder / "trust.txt").write_text(content, "utf-8")
    assert "must have one line" in run("build", folder / "release.json", folder / "out", expect=1).stderr


def test_both_languages_are_complete() -> None:
    for name, (spanish, english) in words.TEXTS.items():
        assert spanish.strip(), name
        assert english.strip(), name
        assert set(re.findall(r"\{\w+\}", spanish)) == set(re.findall(r"\{\w+\}", english)), name
    assert set(words.FIGURES) == set(FIGURES)
    assert all(len(figure[language]) == 5 for figure in words.FIGURES.values() for language in ("es", "en"))


def test_f69_rates_need_fifty() -> None:
    assert rate(25, 50) == 50
    assert rate(45, 45) is None
    assert rate(None, 90) is None


def test_i13_the_portal_loads_no_database_and_of_the_exchange_only_proofs() -> None:
    script = (
        "import sys, cotejo_portal.main;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'psycopg', 'sqlite3', 'httpx')"
        " or (m.startswith('cotejo.') and not m.startswith('cotejo.proof'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
