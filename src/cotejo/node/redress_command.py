"""`cotejo redress`: make the redress office, enrol its people, end an account, erase a closed complaint."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from cotejo.doors.cli.opening import HomeArgument
from cotejo.doors.cli.speaking import Told, refuse, say
from cotejo.doors.redress.memory import number_of, overdue
from cotejo.doors.redress.people import PeopleRefused
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.redress import complaints_of, make_office, office_of, people_of
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import iso_day
from cotejo.rules.words import Text

redress_app = typer.Typer(
    help="The redress office: apart from the house, with people of its own.", no_args_is_help=True
)


@redress_app.command("init")
def init(
    home: HomeArgument,
    listens: Annotated[str, typer.Option(help="Where its pages listen.")] = "127.0.0.1:8010",
    url: Annotated[str, typer.Option(help="Where people reach it, as papers print it.")] = "",
) -> None:
    """Make the office of a node, once. `cotejo serve` then runs it beside the node."""
    office = make_office(Home.open(home), listens=listens, url=url)
    say(
        f"The redress office is ready in {office.folder}. Keep a backup of that folder apart from the node's.",
        f"La oficina de reparación está lista en {office.folder}. Guarde su respaldo aparte del respaldo del nodo.",
    )


@redress_app.command("officer-add")
def officer_add(
    home: HomeArgument,
    username: Annotated[str, typer.Option(help="Lower-case letters, digits, dots, hyphens.")],
    name: Annotated[str, typer.Option(help="As others know the person.")],
    oversight: Annotated[
        bool, typer.Option(help="Somebody of the oversight body: reads which answers are late, and no complaint.")
    ] = False,
) -> None:
    """Enrol an officer of the office and print the link with which they set password and second factor, once."""
    opened = Home.open(home)
    with _dsn(home) as dsn, people_of(opened, dsn) as people:
        try:
            path = people.add(username=username, name=name, oversight=oversight, now=now())
        except PeopleRefused as refused:
            raise Told(*refused.problems) from refused
    say(
        f"{name} opens this address once, within three days, to set a password and a second factor:",
        f"{name} abre esta dirección una sola vez, en tres días, para fijar contraseña y segundo factor:",
    )
    say(*2 * (f"{office_of(opened).url}{path}",))


@redress_app.command("officer-end")
def officer_end(home: HomeArgument, username: Annotated[str, typer.Option(help="The user name.")]) -> None:
    """End an account for good."""
    with _dsn(home) as dsn, people_of(Home.open(home), dsn) as people:
        if not people.end(username):
            refuse(f"There is no active account {username}.", f"No hay una cuenta activa {username}.")
    say("The account is ended.", "La cuenta terminó.")


@redress_app.command("overdue")
def late(home: HomeArgument) -> None:
    """Name each complaint whose answer is late, for the oversight body; exit status 1 when there is any."""
    with _dsn(home) as dsn, complaints_of(Home.open(home), dsn) as complaints:
        at = now()
        found = overdue(complaints.queue(), at)
    lines = [
        (number_of(each), iso_day(each.complaint.clock.due), (at - each.complaint.clock.due) // DAY) for each in found
    ]
    if lines:
        raise Told(
            *(
                Text(
                    f"Complaint {number}: the answer was due on {due}, {days} days ago. It still blocks.",
                    f"Queja {number}: la respuesta vencía el {due}, hace {days} días. Sigue bloqueando.",
                )
                for number, due, days in lines
            )
        )
    say("No answer is late.", "Ninguna respuesta está atrasada.")


@redress_app.command("erase")
def erase(
    home: HomeArgument, complaint: Annotated[str, typer.Option(help="The complaint's id, 32 hex digits.")]
) -> None:
    """Erase one closed complaint: its key, its acts, its documents."""
    with _dsn(home) as dsn, complaints_of(Home.open(home), dsn) as complaints:
        if complaints.file(complaint) is None:
            refuse("There is no such complaint.", "Esa queja no existe.")
        try:
            complaints.erase(complaint)
        except psycopg.IntegrityError:
            refuse(
                "It still blocks a request. Two officers end the block first.",
                "Aún bloquea una solicitud. Primero dos personas levantan el bloqueo.",
            )
    say("The complaint is erased.", "La queja quedó suprimida.")


@contextmanager
def _dsn(folder: Path) -> Iterator[str]:
    from cotejo.node.opened import database_for

    with database_for(Home.open(folder), os.environ) as dsns:
        yield dsns.redress
