"""Counts without persons, and the one file of figures that leaves (F72).

1. A tally is a number per half-year and event; nothing leads from it to a referral, and erasing a referral leaves it.
2. Only half-years that are over leave, and each figure stands alone: no totals over parts, so nothing to subtract.
3. 1 to 9 is not said (nor is 0: help sought by children is among it); other counts are rounded to a multiple of 5,
   always the same way for the same figure (failures.md 4.2).
"""

import hmac
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypedDict

from cotejo_prevention.database import reading
from cotejo_prevention.home import Home
from cotejo_prevention.programmes import Programme

FORMAT = "cotejo-prevention-counts/1"
THRESHOLD = 10
BASE = 5
_JULY = 7


class Event(StrEnum):
    """What is counted."""

    REFERRED = "referred"
    STARTED = "started"
    STARTED_IN_30_DAYS = "started_in_30_days"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Period(TypedDict):
    """One half-year: a figure per event, null where it is below the threshold."""

    half_year: str
    counts: dict[str, int | None]


class Counts(TypedDict):
    """The file that leaves."""

    format: str
    world: str
    programmes: int
    places: int
    periods: list[Period]


def half_year_of(moment: int) -> str:
    """`2026-H2` for a moment in milliseconds UTC."""
    date = datetime.fromtimestamp(moment / 1000, tz=UTC)
    return f"{date.year}-H{1 if date.month < _JULY else 2}"


def count(connection: sqlite3.Connection, event: Event, *, now: int, n: int = 1) -> None:
    """Add to the tally of the half-year of `now`."""
    connection.execute(
        "INSERT INTO tally (half_year, event, n) VALUES (?, ?, ?)"
        " ON CONFLICT (half_year, event) DO UPDATE SET n = n + excluded.n",
        (half_year_of(now), event, n),
    )


def figures(home: Home, programmes: Sequence[Programme], *, now: int) -> Counts:
    """Collect the figures of every half-year that is over (rules 2 and 3), with the places on offer."""
    with reading(home) as connection:
        rows = connection.execute("SELECT half_year, event, n FROM tally").fetchall()
    tallies = {(row["half_year"], row["event"]): row["n"] for row in rows}
    over = sorted({half_year for half_year, _ in tallies if half_year < half_year_of(now)})
    key = home.secret("rounding")
    return Counts(
        format=FORMAT,
        world=home.world,
        programmes=len(programmes),
        places=sum(programme.places for programme in programmes),
        periods=[Period(half_year=half_year, counts=_counts(tallies, half_year, key)) for half_year in over],
    )


def _counts(tallies: Mapping[tuple[str, str], int], half_year: str, key: bytes) -> dict[str, int | None]:
    return {event: published(tallies.get((half_year, event), 0), key, f"{half_year}/{event}") for event in Event}


def published(n: int, key: bytes, figure: str) -> int | None:
    """Say what may be said of a count (rule 3)."""
    if n < THRESHOLD:
        return None
    chance = hmac.digest(key, figure.encode("utf-8"), "sha256")[0] % BASE
    return n // BASE * BASE + (BASE if chance < n % BASE else 0)
