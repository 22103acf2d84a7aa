#!/usr/bin/env python3
"""Writes `docs/catalogue.md`: each documented failure, invariant and refusal, with the tests and mutants that hold it.

1. A test speaks for a row by its name: `test_f07_...`, `test_i3_...`, `test_r1_...`, `test_x2_...`; a name may
   begin with several.
2. A mutant (`mutants/*.toml`) speaks for the rows it lists, and so does a fault planted in the simulation.
3. A row with neither is printed as not yet held, with the piece of work it belongs to. Nothing is left out.
4. `--check` writes nothing and fails when the file is stale, or when a test or mutant names a row that does not exist.
"""

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cotejo.simulation.mutants import MUTANTS

ROOT: Final = Path(__file__).resolve().parents[1]
ROWS: Final = "tools/catalogue_rows.toml"
PAGE: Final = "docs/catalogue.md"
TEST: Final = re.compile(r"^\s*(?:async )?def test_((?:[firx]\d+_)+)(\w+)\(", re.MULTILINE)
PARTS: Final = {
    "failures": (
        "Documented failures",
        "Ways in which gang databases, wanted-person notices and removals have gone wrong elsewhere.",
    ),
    "invariants": ("Rules that never bend", "Each has property tests that name it."),
    "exchange": (
        "What two nodes keep between them",
        "Checked after every step of the simulation, or by tests of their own.",
    ),
    "refusals": ("What it refuses", "A refusal is held by its own tests and by the rows it stands on."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the catalogue. `rests_on` are other rows that hold it too."""

    code: str
    title: str
    work: str
    rests_on: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Holding:
    """What holds one row: tests as (file, sentence), mutants as (name, safeguard), planted faults as (name, words)."""

    tests: list[tuple[str, str]] = field(default_factory=list)
    mutants: list[tuple[str, str]] = field(default_factory=list)
    planted: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tests or self.mutants or self.planted)


def rows_of(root: Path) -> dict[str, list[Row]]:
    """Read the rows, part by part."""
    data = tomllib.loads((root / ROWS).read_text(encoding="utf-8"))
    return {part: [_row(code, line, data["work"]) for code, line in data[part].items()] for part in PARTS}


def _row(code: str, line: list[str], works: Mapping[str, str]) -> Row:
    work, title, *rests_on = line
    return Row(code=code, title=title, work=works[work], rests_on=tuple(rests_on))


def tests_of(root: Path) -> Iterator[tuple[str, str, str]]:
    """Find (row, file, sentence) for every test that names rows."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        for codes, words in TEST.findall(path.read_text(encoding="utf-8")):
            for code in codes.strip("_").split("_"):
                yield _padded(code), path.relative_to(root).as_posix(), words.replace("_", " ")


def mutants_of(root: Path) -> Iterator[tuple[str, str, str]]:
    """Find (row, name, safeguard) for every mutant."""
    for path in sorted((root / "mutants").glob("*.toml")):
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
        for entry in entries:
            for row in entry["rows"]:
                yield row, entry["name"], entry["safeguard"]


def _padded(code: str) -> str:
    letter, number = code[0].upper(), int(code[1:])
    return f"F{number:02}" if letter == "F" else f"{letter}{number}"


def holdings(root: Path) -> dict[str, Holding]:
    """Collect what holds each row; planted faults are this tree's own."""
    held: dict[str, Holding] = defaultdict(Holding)
    for row, path, sentence in tests_of(root):
        held[row].tests.append((path, sentence))
    for row, name, safeguard in mutants_of(root):
        held[row].mutants.append((name, safeguard))
    for fault in MUTANTS if root == ROOT else ():
        for row in fault.rows:
            held[row].planted.append((fault.name, fault.words))
    return held


def page_of(root: Path) -> str:
    """Return the text of the catalogue."""
    parts, held = rows_of(root), holdings(root)
    lines = [
        "# Catalogue: what holds each row",
        "",
        "<!-- Written by script/catalogue; do not edit. -->",
        "",
        "A *row* is a documented failure, a rule that never bends, or a refusal. Under each row stand the tests that",
        "name it, the safeguards that `script/mutants` takes out, one at a time, to show that a test fails without",
        "them, and the faults planted in the simulation, each found by a check. A test shows what its sentence says",
        "and not always the whole row; a row that says *not yet* is not held, whatever another document intends.",
        "Words: [glossary](glossary.md).",
        "",
        *_summary(parts, held),
    ]
    for part, (title, words) in PARTS.items():
        lines += ["", f"## {title}", "", words]
        for row in parts[part]:
            lines += ["", *_section(row, held[row.code])]
    return "\n".join(lines) + "\n"


def _summary(parts: Mapping[str, list[Row]], held: Mapping[str, Holding]) -> list[str]:
    lines = ["| | Rows | With tests | With a removable safeguard | Not yet |", "|---|---|---|---|---|"]
    for part, (title, _) in PARTS.items():
        rows = parts[part]
        tested = sum(1 for row in rows if held[row.code].tests)
        removed = sum(1 for row in rows if held[row.code].mutants or held[row.code].planted)
        missing = [row.code for row in rows if not _is_held(row, held)]
        counted = f"{len(missing)}: {', '.join(missing)}" if missing else "0"
        lines.append(f"| {title} | {len(rows)} | {tested} | {removed} | {counted} |")
    return lines


def _is_held(row: Row, held: Mapping[str, Holding]) -> bool:
    return bool(held[row.code]) or (bool(row.rests_on) and all(held[each] for each in row.rests_on))


def _section(row: Row, holding: Holding) -> list[str]:
    lines = [f"### {row.code} · {row.title}", ""]
    if row.rests_on:
        lines.append(f"Stands on {', '.join(f'[{each}](#{_anchor(each)})' for each in row.rests_on)}.")
    lines += [f"- [{path}](../{path}): {sentence}" for path, sentence in holding.tests]
    lines += [f"- removed by `{name}`: {safeguard}" for name, safeguard in holding.mutants]
    lines += [f"- planted in the simulation and found, `{name}`: {words}" for name, words in holding.planted]
    if not holding and not row.rests_on:
        lines.append(f"*Not yet: {row.work}.*")
    return [f'<a id="{_anchor(row.code)}"></a>', "", *lines]


def _anchor(code: str) -> str:
    return code.lower()


def unknown_rows(root: Path) -> list[str]:
    """Name every row a test or a mutant speaks for that the catalogue does not have."""
    known = {row.code for rows in rows_of(root).values() for row in rows}
    found = [(row, where) for row, where, _ in tests_of(root)] + [(row, name) for row, name, _ in mutants_of(root)]
    found += [(row, fault.name) for fault in MUTANTS for row in fault.rows]
    return sorted({f"{where} names {row}, which is no row" for row, where in found if row not in known})


def main(arguments: list[str]) -> int:
    """Write the catalogue, or with `--check` say whether it is as it would be written."""
    parser = argparse.ArgumentParser(description="Writes docs/catalogue.md from tests and mutants.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is stale")
    wanted = parser.parse_args(arguments)
    problems = unknown_rows(ROOT)
    text, page = page_of(ROOT), ROOT / PAGE
    if wanted.check:
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            problems.append(f"{PAGE} is stale: run script/catalogue")
    elif not problems:
        page.write_text(text, encoding="utf-8")
    for problem in problems:
        sys.stderr.write(f"script/catalogue: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
