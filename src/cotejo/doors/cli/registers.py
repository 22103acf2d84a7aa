"""`cotejo register import`: a copy of the agency's own person register, signed for, every fault named with its line.

1. A connector to the agency's register is the rule; a copy needs a reason and a name (design section 8).
2. Good rows are used, faulty ones are named and left out; a file without one good row changes nothing.
3. The copy replaces the one before as a whole; importing the same file again changes nothing anybody could see.
"""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.doors.cli.opening import Doors, HomeArgument, Opened
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, refuse, refuse_reasons, say
from cotejo.identity.register_file import NotARegister, Problem, RegisterFile
from cotejo.rules.acts import Millis
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

PROBLEMS_SHOWN: Final = 50


class ImportReason(StrEnum):
    """Why there is a copy at all."""

    NO_CONNECTOR = "no_connector"
    CONNECTOR_DOWN = "connector_down"
    TRIAL = "trial"


def register_app(doors: Doors) -> typer.Typer:
    """Return the commands about the register."""
    app = typer.Typer(help="The agency's own person register.", no_args_is_help=True)

    @app.command("import")
    def import_register(
        home: HomeArgument,
        file: Annotated[Path, typer.Argument(help="CSV in UTF-8.", exists=True, dir_okay=False)],
        by: Annotated[str, typer.Option(help="User name of the operator who signs for it.")],
        reason: Annotated[ImportReason, typer.Option(help="Why a copy is needed.")],
        as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day the copy speaks of.")],
    ) -> None:
        """Put a register file in the place of the copy that is there."""
        with doors.node(home) as node:
            who = acting(by, Duty.OPERATOR)
            answer = may(who, Verb.CHANGE, Thing(kind="register", step="Import"), purpose=Purpose.OPERATION)
            if isinstance(answer, Denied):
                refuse_reasons([answer.reason])
            moment = int(as_of.replace(tzinfo=UTC).timestamp() * 1000)
            if moment > node.now:
                refuse("That day has not come yet.", "Ese día todavía no ha llegado.")
            try:
                _replace(node, file, who=who, reason=reason, as_of=moment)
            except NotARegister as broken:
                raise Told(*(_at(problem) for problem in broken.problems)) from broken

    return app


def _replace(node: Opened, path: Path, *, who: Officer, reason: ImportReason, as_of: Millis) -> None:
    with path.open("rb") as stream:
        checked = RegisterFile(stream)
        for _ in checked:
            pass
    _name(checked)
    if not checked.good:
        refuse("No row can be used; nothing was changed.", "Ninguna fila es utilizable; no se cambió nada.")
    with path.open("rb") as stream:
        total = node.unit.register.replace(
            RegisterFile(stream), as_of=as_of, who=who, reason=reason.value, now=node.now
        )
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    node.unit.note(
        "import", who=who, purpose=Purpose.OPERATION, subject=f"register:{digest}", codes=(reason.value,), now=node.now
    )
    say(
        f"{total} rows are in the register copy; {checked.bad} were left out.",
        f"{total} filas están en la copia del registro; {checked.bad} quedaron fuera.",
    )


def _name(checked: RegisterFile) -> None:
    for problem in checked.problems[:PROBLEMS_SHOWN]:
        text = _at(problem)
        say(text.en, text.es)
    more = sum(checked.counts.values()) - PROBLEMS_SHOWN
    if more > 0:
        say(f"{more} more of the same kinds.", f"{more} más de las mismas clases.")


def _at(problem: Problem) -> Text:
    column = f", {problem.column}" if problem.column else ""
    return Text(f"Line {problem.line}{column}: {problem.words.en}", f"Línea {problem.line}{column}: {problem.words.es}")
