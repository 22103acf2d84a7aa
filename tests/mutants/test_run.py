"""The mutants' runner, on a tree of one safeguard."""

from pathlib import Path

import pytest
from mutants.run import ROOT, Mutant, entries, judged

GUARD = "def allowed(age):\n    return age >= 18\n"
TESTS = """
from guard import allowed

def test_a_child_is_refused():
    assert not allowed(17)

def test_an_adult_is_allowed():
    assert allowed(18)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a tree with a safeguard and the tests that speak for it."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "guard.py").write_text(GUARD)
    (tmp_path / "test_guard.py").write_text(TESTS)
    return tmp_path


def without_guard(*, new: str = "True", tests: tuple[str, ...] = ("test_guard.py::test_a_child_is_refused",)) -> Mutant:
    return Mutant(name="n", safeguard="s", rows=("I1",), file="src/guard.py", old="age >= 18", new=new, tests=tests)


def test_a_safeguard_whose_test_fails_is_caught_and_the_file_put_back(tree: Path) -> None:
    assert judged(without_guard(), tree).caught
    assert (tree / "src" / "guard.py").read_text() == GUARD


def test_one_named_test_that_still_passes_is_a_survivor(tree: Path) -> None:
    mutant = without_guard(tests=("test_guard.py::test_a_child_is_refused", "test_guard.py::test_an_adult_is_allowed"))
    assert judged(mutant, tree).words == "SURVIVED: still passes: test_guard.py::test_an_adult_is_allowed"


def test_a_patch_that_only_breaks_the_import_is_not_taken_for_caught(tree: Path) -> None:
    assert judged(without_guard(new="("), tree).words.startswith("BROKEN: did not run")


def test_a_patch_that_no_longer_applies_is_said(tree: Path) -> None:
    (tree / "src" / "guard.py").write_text(GUARD.replace("18", "21"))
    assert without_guard().faults(tree) == ["the piece to replace occurs 0 times in src/guard.py"]


@pytest.mark.parametrize("test", ["test_guard.py::test_that_was_renamed", "test_gone.py", "test_gone.py::test_a"])
def test_a_test_that_is_written_nowhere_is_said(tree: Path, test: str) -> None:
    assert without_guard(tests=(test,)).faults(tree) == [f"{test} is in no file"]


def test_an_entry_that_lacks_a_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[mutant]]\nname = "n"\n')
    with pytest.raises(ValueError, match=r"a\.toml: 'n' must have exactly"):
        entries(tmp_path)


def test_every_entry_of_the_project_can_be_read() -> None:
    assert entries(ROOT / "mutants")
