"""A journalist's sentence, answered from the release alone: supported, contradicted, or cannot be known.

    "In March 2026, at least 30 requests were sent for extradition."
     period          comparison number  figure            part

1. A published count stands for every true count that could have been said that way; a sentence is supported when it
   holds for all of them, contradicted when it holds for none, and cannot be known otherwise.
2. What the release does not hold (another period, another figure) cannot be known from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cotejo_portal.release import BASE, THRESHOLD, TOTAL, Cell, Figure, Release

ENDLESS = 10**12


class Verdict(StrEnum):
    """The answer."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CANNOT_BE_KNOWN = "cannot-be-known"


class Comparison(StrEnum):
    """How the sentence compares."""

    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    AT_MOST = "at-most"
    FEWER_THAN = "fewer-than"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Figure, comparison, number; a month, or empty for the whole period; a route or reason, or empty for all."""

    figure: str
    comparison: Comparison
    number: int
    month: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict and the possible counts; `high` is ENDLESS without an upper bound, under `low` without any count."""

    verdict: Verdict
    low: int = 1
    high: int = 0


_HOLDS: Mapping[Comparison, Callable[[int, int], bool]] = {
    Comparison.AT_LEAST: lambda count, number: count >= number,
    Comparison.MORE_THAN: lambda count, number: count > number,
    Comparison.AT_MOST: lambda count, number: count <= number,
    Comparison.FEWER_THAN: lambda count, number: count < number,
    Comparison.EXACTLY: lambda count, number: count == number,
}


def check(release: Release, sentence: Sentence) -> Answer:
    """Answer a sentence (rules 1 and 2)."""
    figure = release.figure(sentence.figure)
    cell = None if figure is None else cell_of(figure, sentence.month, sentence.part)
    if figure is None or cell is None:
        return Answer(verdict=Verdict.CANNOT_BE_KNOWN)
    low, high = possible(figure.said()[cell], guarded=figure.guarded)
    return Answer(verdict=judge(low, high, sentence.comparison, sentence.number), low=low, high=high)


def judge(low: int, high: int, comparison: Comparison, number: int) -> Verdict:
    """Judge a comparison over every count from `low` to `high`: the ends and the number itself decide for all."""
    holds = _HOLDS[comparison]
    tried = {holds(count, number) for count in (low, high, *((number,) if low <= number <= high else ()))}
    if tried == {True}:
        return Verdict.SUPPORTED
    return Verdict.CANNOT_BE_KNOWN if True in tried else Verdict.CONTRADICTED


def possible(said: int | None, *, guarded: bool) -> tuple[int, int]:
    """Return the smallest and largest true count that could have been said this way."""
    if said is None:
        return (0 if guarded else 1), ENDLESS
    if said == 0:
        return 0, 0
    return max(said - BASE + 1, THRESHOLD), said + BASE - 1


def cell_of(figure: Figure, month: str, part: str) -> Cell | None:
    """Return the cell for a month (or all) and a value of the other dimension (or all); nothing when there is none."""
    wanted = [month if dimension == "month" else part for dimension in figure.dimensions]
    if (month and "month" not in figure.dimensions) or (part and set(figure.dimensions) == {"month"}):
        return None
    row, column = [value or TOTAL for value in (*wanted, "")][:2]
    return (row, column) if (row, column) in figure.said() else None


def sentence_ranges(low: int, high: int, comparison: Comparison) -> dict[Verdict, str]:
    """Return for which numbers N each verdict holds, as `N ≤ 5`, for pages that must do without a program."""
    bound = high < ENDLESS
    if comparison in {Comparison.AT_LEAST, Comparison.MORE_THAN}:
        shift = 1 if comparison is Comparison.MORE_THAN else 0
        low, high = low - shift, high - shift
        return {
            Verdict.SUPPORTED: _up_to(low),
            Verdict.CONTRADICTED: f"N ≥ {high + 1}" if bound else "—",
            Verdict.CANNOT_BE_KNOWN: _between(low + 1, high, bound=bound),
        }
    if comparison in {Comparison.AT_MOST, Comparison.FEWER_THAN}:
        shift = 1 if comparison is Comparison.FEWER_THAN else 0
        low, high = low + shift, high + shift
        return {
            Verdict.SUPPORTED: f"N ≥ {high}" if bound else "—",
            Verdict.CONTRADICTED: _up_to(low - 1),
            Verdict.CANNOT_BE_KNOWN: _between(low, high - 1, bound=bound),
        }
    outside = [_up_to(low - 1)] if low > 0 else []
    return {
        Verdict.SUPPORTED: f"N = {low}" if low == high else "—",
        Verdict.CONTRADICTED: ", ".join([*outside, *([f"N ≥ {high + 1}"] if bound else [])]) or "—",
        Verdict.CANNOT_BE_KNOWN: "—" if low == high else _between(low, high, bound=bound),
    }


def _up_to(number: int) -> str:
    return f"N ≤ {number}" if number >= 0 else "—"


def _between(low: int, high: int, *, bound: bool) -> str:
    low = max(low, 0)
    if not bound:
        return f"N ≥ {low}"
    if low > high:
        return "—"
    return f"N = {low}" if low == high else f"{low} ≤ N ≤ {high}"
