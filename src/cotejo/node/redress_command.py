"""`cotejo redress`: make the redress office, enrol its people, end an account, erase a closed complaint."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from cotejo.doors.cli.opening import HomeArgument
from cotejo.doors.cli.speaking import Told, both, option, refuse, say
from cotejo.doors.redress.memory import number_of, overdue
from cotejo.doors.redress.people import PeopleRefused
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.redress import complaints_of, make_office, office_of, people_of
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import iso_day
from cotejo.rules.words import Text

redress_app = typer.Typer(
    help=both(
        "The redress office: apart from the house, with people of its own.",
        "La oficina de reparación: aparte de la casa, con personas propias.",
    ),
    no_args_is_help=True,
)


@redress_app.command("init")
def init(
    home: HomeArgument,
    listens: Annotated[str, option("Where its pages listen.", "Dónde escuchan sus páginas.")] = "127.0.0.1:8010",
    url: Annotated[
        str,
        option(
            "Where people reach it, as papers print it.", "Dónde la encuentra la gente, como lo imprimen los papeles."
        ),
    ] = "",
) -> None:
    """Make the office of a node, once. `cotejo serve` then runs it beside the node.

    Crea la oficina de un nodo, una sola vez. Después `cotejo serve` la ejecuta junto al nodo.
    """
    office = make_office(Home.open(home), listens=listens, url=url)
    say(
        f"The redress office is ready in {office.folder}. Keep a backup of that folder apart from the node's.",
        f"La oficina de reparación está lista en {office.folder}. Guarde su respaldo aparte del respaldo del nodo.",
    )


@redress_app.command("officer-add")
def officer_add(
    home: HomeArgument,
    username: Annotated[
        str,
        option(
            "The user name: lower-case letters, digits, dots, hyphens.",
            "El nombre de usuario: minúsculas, cifras, puntos, guiones.",
        ),
    ],
    name: Annotated[str, option("The name as others know the person.", "El nombre con que se conoce a la persona.")],
    oversight: Annotated[
        bool,
        option(
            "Somebody of the oversight body: reads which answers are late, and no complaint.",
            "Alguien del órgano de supervisión: lee qué respuestas están atrasadas, y ninguna queja.",
        ),
    ] = False,
) -> None:
    """Enrol an officer of the office and print the link with which they set password and second factor, once.

    Inscribe a una persona de la oficina e imprime el enlace con que fija, una sola vez, contraseña y segundo factor.
    """
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
def officer_end(
    home: HomeArgument, username: Annotated[str, option("The user name.", "El nombre de usuario.")]
) -> None:
    """End an account for good.

    Termina una cuenta para siempre.
    """
    with _dsn(home) as dsn, people_of(Home.open(home), dsn) as people:
        if not people.end(username):
            refuse(f"There is no active account {username}.", f"No hay una cuenta activa {username}.")
    say("The account is ended.", "La cuenta terminó.")


@redress_app.command("overdue")
def late(home: HomeArgument) -> None:
    """Name each complaint whose answer is late, for the oversight body; exit status 1 when there is any.

    Nombra cada queja cuya respuesta está atrasada, para el órgano de supervisión; estado de salida 1 si hay alguna.
    """
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
    home: HomeArgument,
    complaint: Annotated[
        str,
        option("The complaint's id, 32 hex digits.", "El identificador de la queja, 32 cifras hexadecimales."),
    ],
) -> None:
    """Erase one closed complaint: its key, its acts, its documents.

    Suprime una queja cerrada: su clave, sus actos, sus documentos.
    """
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
