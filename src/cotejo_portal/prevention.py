"""The counts of the prevention installation, format `cotejo-prevention-counts/1`, printed beside the requests (F72).

The file comes from another house and carries no signature of the exchange; the page says so and prints its SHA-256.
Whatever is below the threshold or not rounded is refused here again.
"""

from pathlib import Path

import msgspec

from cotejo_portal.problems import Unfit
from cotejo_portal.release import BASE, THRESHOLD

FORMAT = "cotejo-prevention-counts/1"
EVENTS = ("referred", "started", "started_in_30_days", "completed", "withdrawn")


class HalfYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The counts of one half-year, such as `2026-H1`; null is "not said"."""

    half_year: str
    counts: dict[str, int | None]


class Counts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    format: str
    world: str
    programmes: int
    places: int
    periods: tuple[HalfYear, ...]


def read_counts(content: bytes, *, world: str) -> Counts:
    """Read the counts of an installation of the same world. Raises `Unfit`."""
    try:
        counts = msgspec.json.decode(content, type=Counts)
    except msgspec.MsgspecError as error:
        raise Unfit(
            f"The prevention counts are malformed ({error}).", f"Las cifras de prevención están mal formadas ({error})."
        ) from error
    said = [value for period in counts.periods for value in period.counts.values() if value is not None]
    if counts.format != FORMAT or any(set(period.counts) != set(EVENTS) for period in counts.periods):
        raise Unfit(
            f"The prevention counts are not of format {FORMAT}.",
            f"Las cifras de prevención no son del formato {FORMAT}.",
        )
    if any(value < THRESHOLD or value % BASE for value in said):
        raise Unfit(
            "The prevention counts say a number below 10 or not rounded to 5.",
            "Las cifras de prevención dicen un número menor de 10 o no redondeado a 5.",
        )
    if counts.world != world:
        raise Unfit(
            "Real and invented figures are never published together: release and prevention counts differ.",
            "Cifras reales e inventadas no se publican juntas: la publicación y las de prevención difieren.",
        )
    return counts


def read_file(path: Path) -> bytes:
    """Return the file's bytes. Raises `Unfit`: requests are never published without prevention beside them."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unfit(
            f"The prevention counts {path} are missing. Requests are published only beside them (--prevention).",
            f"Faltan las cifras de prevención {path}. Las solicitudes solo se publican junto a ellas (--prevention).",
        ) from error
