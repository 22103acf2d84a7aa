"""Playing the story: step after step, each checked; what fails is said, and the others are still played."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from cotejo_demo.cases import Differs, Story
from cotejo_demo.node import DemoError
from cotejo_demo.steps import STEPS
from cotejo_demo.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One step: whether its outcome is what the story says, how long it took, and what was seen."""

    name: str
    ok: bool
    seconds: float
    detail: str


def play(world: World, *, say: Callable[[str], None]) -> tuple[Played, ...]:
    """Play every step in order."""
    story = Story(world=world)
    played = []
    for name, step in STEPS:
        began = time.monotonic()
        try:
            ok, detail = True, step(story)
        except (Differs, DemoError) as difference:
            ok, detail = False, str(difference)
        except Exception as error:  # noqa: BLE001 - one step's fault must not hide the others
            ok, detail = False, f"{type(error).__name__}: {error}"
        seconds = round(time.monotonic() - began, 1)
        played.append(Played(name=name, ok=ok, seconds=seconds, detail=detail))
        say(f"  {'ok     ' if ok else 'DIFFERS'} {name} ({seconds} s): {detail}")
    return tuple(played)


def write(path: Path, played: tuple[Played, ...]) -> None:
    """Write what was played as JSON."""
    text = json.dumps({"steps": [asdict(each) for each in played]}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
