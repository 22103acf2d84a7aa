"""Cost against size as a picture: `python -m cotejo.identity.bench.plot FILE.json ... --out PICTURE.svg`.

1. Each file is what `cotejo bench identity --json` printed of one size of register; only its `online` part is used.
2. Both axes are logarithmic, in whole powers of ten.
3. The same files make the same picture, byte by byte, in whatever order they are named.
"""

import argparse
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

WIDTH, HEIGHT = 320, 330
LEFT, RIGHT, TOP, BOTTOM = 62, 16, 66, 44
_INSET: Final = 26
_COLOURS: Final = ("#1d5fa6", "#b4521b")
_COLUMNS: Final = 2
_INK, _GREY, _FAINT = "#222222", "#5c5c5c", "#dddddd"


_LOOK: Final = f'font-family="sans-serif" font-size="12" fill="{_INK}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One diagram: what is drawn, by its name in the figures and its name on the picture."""

    title: str
    unit: str
    lines: Mapping[str, str]


PANELS: Final = (
    Panel(
        title="One query, processor time",
        unit="ms",
        lines={"cpu_p95_ms": "95th percentile", "cpu_p50_ms": "median"},
    ),
    Panel(
        title="Rows compared for a query",
        unit="rows",
        lines={"compared_p95": "95th percentile", "compared_mean": "mean"},
    ),
    Panel(
        title="Memory to make the index, index on the disk",
        unit="MiB",
        lines={"peak_mib": "memory", "index_mib": "index"},
    ),
    Panel(title="Making the index, people invented too", unit="s", lines={"build_cpu_seconds": "processor time"}),
)


class NoFigures(ValueError):  # noqa: N818 - says what was found
    """The files hold nothing to draw; the message says which and why."""


def picture(measured: Iterable[Mapping[str, Any]]) -> str:
    """Return the picture of these measurements as SVG. Raises `NoFigures`."""
    online = sorted((each["online"] for each in measured if each.get("online")), key=lambda told: int(told["rows"]))
    if not online:
        raise NoFigures("no file tells of asking one at a time (`online`)")
    sizes = [int(told["rows"]) for told in online]
    if len(set(sizes)) < len(sizes):
        raise NoFigures("two files tell of registers of one size")
    width, height = _COLUMNS * WIDTH, -(-len(PANELS) // _COLUMNS) * HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" {_LOOK}>',
        "<title>What a search of an invented register costs, by its size</title>",
        f"<desc>{escape(_described(online))}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, panel in enumerate(PANELS):
        x, y = number % _COLUMNS * WIDTH, number // _COLUMNS * HEIGHT
        parts.append(f'<g transform="translate({x} {y})">')
        parts.extend(_panel(panel, sizes, online))
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _described(online: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(
        f"{int(told['rows']):,} persons: "
        + ", ".join(
            f"{panel.title} {name} {_number(told[key])} {panel.unit}"
            for panel in PANELS
            for key, name in panel.lines.items()
        )
        + "."
        for told in online
    )


def _panel(panel: Panel, sizes: Sequence[int], online: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    values = [float(told[key]) for key in panel.lines for told in online]
    across, up = _Axis(sizes, LEFT + _INSET, WIDTH - RIGHT - _INSET), _Axis(values, HEIGHT - BOTTOM, TOP)
    yield f'<text x="{LEFT}" y="22" font-weight="bold">{escape(panel.title)}</text>'
    yield from _grid(across, up)
    yield f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end" fill="{_GREY}">persons</text>'
    yield f'<text x="{LEFT - 6}" y="{TOP - 14}" text-anchor="end" fill="{_GREY}">{panel.unit}</text>'
    named = []
    for (key, name), colour, above in zip(panel.lines.items(), _COLOURS, (-8, 17), strict=False):
        points = [
            (across.at(size), up.at(float(told[key])), told[key]) for size, told in zip(sizes, online, strict=True)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _value in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for x, y, value in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
            yield f'<text x="{x:.1f}" y="{y + above:.1f}" text-anchor="middle" fill="{colour}">{_number(value)}</text>'
        named.append(f'<tspan fill="{colour}">&#9679; {escape(name)}</tspan>')
    yield f'<text x="{LEFT}" y="40">{" &#160; ".join(named)}</text>'


def _grid(across: "_Axis", up: "_Axis") -> Iterator[str]:
    for mark in across.decades():
        x = f"{across.at(mark):.1f}"
        yield f'<line x1="{x}" x2="{x}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{_FAINT}"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="{_GREY}">{_people(mark)}</text>'
    for mark in up.decades():
        y = up.at(mark)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_FAINT}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{_GREY}">{_number(mark)}</text>'


class _Axis:
    """A logarithmic axis between two places, whole decades."""

    def __init__(self, values: Sequence[float], start: int, end: int) -> None:
        self._low = math.floor(math.log10(min(values)) + 1e-9)
        self._high = max(math.ceil(math.log10(max(values)) - 1e-9), self._low + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        """Return the place of a value."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)

    def decades(self) -> Iterator[float]:
        """Yield the powers of ten on the axis."""
        return (10.0**power for power in range(self._low, self._high + 1))


def _people(count: float) -> str:
    return f"{count / 1e6:g} million"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the files, write the picture."""
    parser = argparse.ArgumentParser(prog="python -m cotejo.identity.bench.plot", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    told = parser.parse_args(arguments)
    measured = [json.loads(path.read_text(encoding="utf-8")) for path in told.files]
    told.out.write_text(picture(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
