"""`cotejo figures`: release a period's public figures as one signed file, for the portal (I14)."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cotejo.doors.cli.opening import HomeArgument
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import both, option, refuse, refuse_reasons, say
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.rules.acts import Refused
from cotejo.rules.duties import Duty

figures_app = typer.Typer(
    help=both(
        "Public figures: counted from the log, signed, disclosure-controlled.",
        "Cifras públicas: contadas del registro, firmadas, con control de divulgación.",
    ),
    no_args_is_help=True,
)


@figures_app.callback()
def _group() -> None:
    """Group the commands, also while there is one."""


@figures_app.command("release")
def release(
    home: HomeArgument,
    first: Annotated[str, option("First month, such as 2026-01.", "Primer mes, como 2026-01.", "--from")],
    last: Annotated[str, option("Last month; it must be over.", "Último mes; debe haber terminado.", "--to")],
    by: Annotated[
        str,
        option(
            "User name of the statistics officer who releases.",
            "Nombre de usuario de la persona de estadística que publica.",
        ),
    ],
    out: Annotated[
        Path,
        option("The file to write; it must not exist yet.", "El archivo que se escribe; todavía no debe existir."),
    ],
) -> None:
    """Write the release of a period; the portal builds its pages from it.

    Escribe la publicación de un período; el portal hace sus páginas con ella.
    """
    from cotejo.node.opened import database_for

    if out.exists():
        refuse(f"{out} exists. Name another file.", f"{out} ya existe. Indique otro archivo.")
    opened = Home.open(home)
    with database_for(opened, os.environ):
        from cotejo.node.assembly import assemble
        from cotejo.store.current import figures

        assemble(opened)
        file = figures().release(acting(by, Duty.STATISTICS), first, last, now=now())
    if isinstance(file, Refused):
        refuse_reasons(file.reasons)
    else:
        out.write_bytes(file)
        say(f"The release is in {out}.", f"La publicación está en {out}.")
