"""How the witness's commands speak: in the reader's language, and with one sentence when something is wrong."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cotejo_speaking.two_languages import option, told
from cotejo_witness.memory import Memory, MemoryFault

HomeOption = Annotated[Path, option("The witness's folder.", "La carpeta del testigo.", "--home")]


def memory_in(home: Path) -> Memory:
    """Open a witness's folder, or end the command."""
    try:
        return Memory.open(home)
    except (MemoryFault, OSError) as error:
        stop_for(error)


def shown(milliseconds: int) -> str:
    """Return a moment as people read it."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def say(en: str, es: str) -> None:
    """Print one line."""
    typer.echo(told(en, es))


def stop(en: str, es: str) -> NoReturn:
    """End the command with one sentence and exit status 1."""
    typer.echo(told(en, es), err=True)
    raise typer.Exit(1)


def stop_for(error: MemoryFault | OSError) -> NoReturn:
    """End the command with what is wrong with the folder, or with a file."""
    if isinstance(error, MemoryFault):
        stop(error.en, error.es)
    stop(f"{error.filename}: {error.strerror}.", f"{error.filename}: {error.strerror}.")
