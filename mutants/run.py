"""Removes each safeguard by its named patch and shows that the tests which speak for it fail.

Rules of this module:

1. A patch is an exact piece of one file and what stands there once the safeguard is gone; the piece occurs once.
2. First the named tests pass on the unchanged tree; then, with the patch alone, every named test fails.
3. A test that cannot be collected, or a patch that no longer applies, is a fault of the entry and fails the run too.
4. The tree itself is never touched: each worker has a copy.
"""
# ruff: noqa: INP001 - a script beside its data, not a package

import argparse
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.pyc", "dist", "*.egg-info")
WORKERS = 2
LONGEST_SECONDS = 600
LONGEST_UNCHANGED_SECONDS = 3600  # every named test of every entry, once
OUTCOME = re.compile(r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (\S+::[^\n]*?)(?: - .*)?$", re.MULTILINE)
FIELDS = {"name", "safeguard", "rows", "file", "old", "new", "tests"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One safeguard taken away. `rows` are catalogue rows, invariants or refusals; `tests` are pytest ids."""

    name: str
    safeguard: str
    rows: tuple[str, ...]
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def faults(self, root: Path) -> list[str]:
        """Say what is wrong with this entry as the tree under `root` stands."""
        path = root / self.file
        found = path.read_text(encoding="utf-8").count(self.old) if self.old and path.is_file() else 0
        faults = [] if found == 1 else [f"the piece to replace occurs {found} times in {self.file}"]
        faults += [f"{test} is in no file" for test in self.tests if not _is_written(root, test)]
        if not self.tests or self.old == self.new:
            faults.append("it names no test, or changes nothing")
        return faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of one mutant: `caught`, or why not."""

    mutant: Mutant
    words: str
    seconds: float

    @property
    def caught(self) -> bool:
        return self.words == "caught"


def _is_written(root: Path, test: str) -> bool:
    file, _, name = test.partition("::")
    path, function = root / file, name.rpartition("::")[2].partition("[")[0]
    if not path.is_file():
        return False
    return not name or re.search(rf"(def|class) {re.escape(function)}\b", path.read_text(encoding="utf-8")) is not None


def entries(folder: Path) -> list[Mutant]:
    """Read every `*.toml` of `folder`. Raises `ValueError` for an entry that lacks a field or repeats a name."""
    found: list[Mutant] = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []):
            if set(entry) != FIELDS:
                raise ValueError(f"{path.name}: {entry.get('name')!r} must have exactly {sorted(FIELDS)}")
            found.append(Mutant(**entry | {"rows": tuple(entry["rows"]), "tests": tuple(entry["tests"])}))
    names = [mutant.name for mutant in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"named twice: {', '.join(sorted(doubled))}")
    return found


def outcomes(
    tree: Path, tests: Iterable[str], *, workers: int = 0, longest: int = LONGEST_SECONDS
) -> tuple[dict[str, str], str]:
    """Run `tests` in `tree`. Returns the outcome of each by id, and what pytest said."""
    options = ["-q", "-n", str(workers), "-rA", "--tb=line", "-p", "no:randomly"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tree / "src"), str(tree))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COLUMNS": "400",
    }
    done = subprocess.run(  # noqa: S603 - our own tests
        command,
        cwd=tree,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=longest,
    )
    worst: dict[str, str] = {}
    for outcome, test in OUTCOME.findall(done.stdout):
        worst[test] = outcome if worst.get(test) in (None, "PASSED") else worst[test]
    return worst, done.stdout


def of(test: str, worst: dict[str, str]) -> list[str]:
    """List the outcomes of a named test: itself, its parameters, or all of a file."""
    return [outcome for ran, outcome in worst.items() if ran == test or ran.startswith((f"{test}[", f"{test}::"))]


def judged(mutant: Mutant, tree: Path) -> Verdict:
    """Apply the patch in `tree`, run its tests, take the patch back."""
    began = time.monotonic()
    path = tree / mutant.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        worst, said = outcomes(tree, mutant.tests)
        survived = [test for test in mutant.tests if "FAILED" not in of(test, worst)]
        gone = [test for test in mutant.tests if not of(test, worst)]
    except subprocess.TimeoutExpired:
        return Verdict(mutant=mutant, words=f"no end after {LONGEST_SECONDS} s", seconds=time.monotonic() - began)
    finally:
        path.write_text(whole, encoding="utf-8")
    if gone:
        words = f"BROKEN: did not run: {', '.join(gone)}\n{said[-1500:]}"
    else:
        words = f"SURVIVED: still passes: {', '.join(survived)}" if survived else "caught"
    return Verdict(mutant=mutant, words=words, seconds=time.monotonic() - began)


def run(mutants: list[Mutant]) -> list[Verdict]:
    """Judge every mutant, `WORKERS` at a time, each in a copy of the tree; tell each verdict as it comes."""
    with tempfile.TemporaryDirectory(prefix="cotejo-mutants-") as made, ThreadPoolExecutor(WORKERS) as pool:
        Path(made).chmod(0o711)
        trees: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for number in range(WORKERS):
            trees.put(shutil.copytree(ROOT, Path(made) / str(number), ignore=LEFT_OUT, symlinks=True))
        named = sorted({test for mutant in mutants for test in mutant.tests})
        unchanged, said = outcomes(Path(made) / "0", named, workers=WORKERS, longest=LONGEST_UNCHANGED_SECONDS)
        not_green = {test for test, outcome in unchanged.items() if outcome != "PASSED"}

        def told(mutant: Mutant) -> Verdict:
            verdict = one(mutant)
            rows = " ".join(mutant.rows)
            sys.stdout.write(f"{mutant.name:<44} {rows:<12} {verdict.seconds:6.1f} s  {verdict.words}\n")
            sys.stdout.flush()
            return verdict

        def one(mutant: Mutant) -> Verdict:
            results = [of(test, unchanged) for test in mutant.tests]
            if any(set(result) != {"PASSED"} for result in results):
                return Verdict(mutant=mutant, words=_not_green(mutant, not_green, said), seconds=0)
            tree = trees.get()
            try:
                return judged(mutant, tree)
            finally:
                trees.put(tree)

        return list(pool.map(told, mutants))


def _not_green(mutant: Mutant, not_green: set[str], said: str) -> str:
    mine = sorted(test for test in not_green if any(of(name, {test: ""}) for name in mutant.tests))
    return f"BROKEN: does not pass without the patch: {', '.join(mine) or said[-1500:]}"


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="script/mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these mutants, or those whose file, row or name holds a word")
    parser.add_argument("--check", action="store_true", help="only look whether every patch still applies")
    asked = parser.parse_args(arguments)
    try:
        found = entries(ROOT / "mutants")
    except (ValueError, TypeError) as problem:
        sys.stderr.write(f"script/mutants: {problem}\n")
        return 1
    chosen = [mutant for mutant in found if not asked.names or any(_speaks_of(mutant, word) for word in asked.names)]
    broken = [f"{mutant.name}: {fault}" for mutant in chosen for fault in mutant.faults(ROOT)]
    if broken or not chosen:
        sys.stderr.write("".join(f"script/mutants: {line}\n" for line in broken or ["no such mutant"]))
        return 1
    if asked.check:
        return 0
    verdicts = run(chosen)
    caught = sum(verdict.caught for verdict in verdicts)
    sys.stdout.write(f"script/mutants: {caught} of {len(verdicts)} caught\n")
    return 0 if caught == len(verdicts) else 1


def _speaks_of(mutant: Mutant, word: str) -> bool:
    return word in mutant.rows or word in mutant.name or word in mutant.file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
