"""How the witness's commands open its folder, say times, and end with one sentence when something is wrong."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cotejo_speaking.two_languages import option
from cotejo_witness.memory import Memory, MemoryFault

HomeOption = Annotated[Path, option("The witness's folder.", "La carpeta del testigo.", "--home")]


def memory_in(home: Path) -> Memory:
    """Open a witness's folder, or end the command."""
    try:
        return Memory.open(home)
    except (MemoryFault, OSError) as error:
        stop(str(error))


def shown(milliseconds: int) -> str:
    """Return a moment as people read it."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def stop(sentence: str) -> NoReturn:
    """End the command with one sentence and exit status 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
