"""The daily heads of the logs a witness follows, and which log has told nothing new for more than a day (F61).

1. The first checkpoint confirmed on a day is that day's line: day, log, size, root, the log's own signature line. With
   the log's files it shows later what the log was on that day.
2. A node asks at least hourly, even when nothing happened. A log that was not confirmed for more than 24 hours is
   silent: its node is down, cut off, or keeps its log to itself.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.notes import Note
from cotejo_speaking.two_languages import option, told
from cotejo_witness.memory import Watched
from cotejo_witness.speaking import HomeOption, memory_in, shown

SILENT_AFTER: Final = 24 * 60 * 60 * 1000
"""How long a log may tell nothing new, ms: the catalogue's "daily"."""


def day_of(milliseconds: int) -> str:
    """Return the UTC day of a moment."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).date().isoformat()


def daily_line(watched: Watched, checkpoint: Checkpoint, note: Note, *, now: int) -> str:
    """Return the line of this day when it is the first of the day, else nothing (rule 1)."""
    if watched.confirmed and day_of(watched.confirmed) == day_of(now):
        return ""
    root = checkpoint.text().split("\n")[2]
    line = note.signed_by(watched.log)
    signature = line.text().split(" ")[-1].strip() if line else ""
    return f"{day_of(now)} {checkpoint.origin} {checkpoint.size} {root} {signature}"


def silent(watched: Iterable[Watched], *, now: int) -> tuple[str, ...]:
    """Return a sentence for every log that told nothing new for more than a day (rule 2), in the reader's language."""
    return tuple(_silence(each) for each in watched if now - max(each.confirmed, each.added) > SILENT_AFTER)


def _silence(watched: Watched) -> str:
    name, last = watched.log.name, shown(watched.confirmed)
    en, es = (f"the last one came {last}", f"la última llegó el {last}")
    if not watched.confirmed:
        en, es = "it never told one", "nunca comunicó una"
    return told(
        f"{name} has told no head for more than 24 hours: {en}. Ask the agency why.",
        f"{name} no comunica una cabeza desde hace más de 24 horas: {es}. Pregunte a la entidad por qué.",
    )


def heads(
    home: HomeOption,
    log: Annotated[str, option("Only this log.", "Solo este registro.")] = "",
    since: Annotated[str, option("Only from this day on (YYYY-MM-DD).", "Solo desde este día (AAAA-MM-DD).")] = "",
) -> None:
    """Print the daily heads of the logs followed; exit status 1 when a log has been silent for a day.

    Imprime las cabezas diarias de los registros que se siguen; estado de salida 1 si uno calla desde hace un día.
    """
    memory = memory_in(home)
    for line in memory.heads():
        day, name, *_rest = line.split(" ")
        if day >= since and log in {"", name}:
            print(line)
    watched = [each for each in memory.watched() if log in {"", each.log.name}]
    found = silent(watched, now=int(datetime.now(UTC).timestamp() * 1000))
    for sentence in found:
        typer.echo(sentence, err=True)
    if found:
        raise typer.Exit(1)
