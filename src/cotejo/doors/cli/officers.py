"""`cotejo officer`: people of this agency. Nobody is given a password; a new person gets a link that works once.

An auditor is appointed from outside: without the signed text of a body that both agencies named nobody becomes one, and
while it stands the account is not ended here (F61). Every account made or ended is a line of the house log.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cotejo.doors.cli.opening import Doors, HomeArgument
from cotejo.doors.cli.speaking import Told, argument, both, option, refuse, say
from cotejo.rules.duties import DUTY_WORDS, Duty

if TYPE_CHECKING:
    from cotejo.store.people import Officer

AppointmentOption = Annotated[
    Path | None,
    option(
        "For an auditor: the appointment an outside body signed.",
        "Para quien audita: el nombramiento que firmó un órgano externo.",
        exists=True,
        dir_okay=False,
    ),
]
RevocationOption = Annotated[
    Path | None,
    option(
        "For an auditor: the revocation the same body signed.",
        "Para quien audita: la revocación que firmó el mismo órgano.",
        exists=True,
        dir_okay=False,
    ),
]
UsernameArgument = Annotated[
    str,
    argument("The name the person signs in with.", "El nombre con que entra la persona.", show_default=False),
]


def officer_app(doors: Doors) -> typer.Typer:
    """Return the commands about officers."""
    app = typer.Typer(
        help=both("The people who sign in to this node.", "Las personas que entran en este nodo."), no_args_is_help=True
    )

    @app.command("add")
    def add(
        home: HomeArgument,
        username: Annotated[
            str,
            option(
                "The user name: lower-case letters, digits, dots, hyphens.",
                "El nombre de usuario: minúsculas, cifras, puntos, guiones.",
            ),
        ],
        name: Annotated[
            str, option("The name as others know the person.", "El nombre con que se conoce a la persona.")
        ],
        unit: Annotated[str, option("The person's office.", "La oficina de la persona.")],
        chain: Annotated[str, option("The person's chain of command.", "La cadena de mando de la persona.")],
        duty: Annotated[
            list[str],
            option("A duty's code; may be repeated.", "El código de una función; se puede repetir."),
        ],
        appointment: AppointmentOption = None,
    ) -> None:
        """Enrol a person and print the link with which they set password and second factor, once.

        Inscribe a una persona e imprime el enlace con que fija, una sola vez, contraseña y segundo factor.
        """
        with doors.node(home) as node:
            from cotejo.store.auditors import add_account
            from cotejo.store.people import NewOfficer, PeopleRefusedError, enrolment_path

            new = NewOfficer(username=username, name=name, unit=unit, chain=chain, duties=frozenset(duty))
            try:
                signed = _read(appointment)
                officer = add_account(node.unit, new, signed=signed, listed=node.witnesses, now=node.now)
            except PeopleRefusedError as refused:
                raise Told(*refused.problems) from refused
            say(
                f"{officer.name} opens this address once, within its time, to set a password and a second factor:",
                f"{officer.name} abre esta dirección una sola vez, dentro de su plazo, para fijar contraseña y segundo "
                "factor:",
            )
            say(*2 * (f"{node.pages}{enrolment_path(officer)}",))

    @app.command("appoint")
    def appoint(home: HomeArgument, username: UsernameArgument, appointment: AppointmentOption) -> None:
        """Keep a further appointment of an auditor who has an account.

        Guarda un nuevo nombramiento de quien audita y ya tiene cuenta.
        """
        with doors.node(home) as node:
            from cotejo.store.auditors import appoint_again
            from cotejo.store.people import PeopleRefusedError

            officer = _account(username)
            try:
                appoint_again(node.unit, officer, signed=_read(appointment), listed=node.witnesses, now=node.now)
            except PeopleRefusedError as refused:
                raise Told(*refused.problems) from refused
            say(f"The appointment of {officer.name} is kept.", f"Consta el nombramiento de {officer.name}.")

    @app.command("end")
    def end(home: HomeArgument, username: UsernameArgument, revocation: RevocationOption = None) -> None:
        """End an account for good: it keeps its name in the log and never signs in again.

        Termina una cuenta para siempre: conserva su nombre en el registro y no vuelve a entrar.
        """
        with doors.node(home) as node:
            from cotejo.store.auditors import end as end_account
            from cotejo.store.people import PeopleRefusedError

            officer = _account(username)
            try:
                end_account(node.unit, officer, signed=_read(revocation), now=node.now)
            except PeopleRefusedError as refused:
                raise Told(*refused.problems) from refused
            say(f"The account of {officer.name} is ended.", f"La cuenta de {officer.name} terminó.")

    @app.command("duties")
    def duties() -> None:
        """List the codes of all duties.

        Enumera los códigos de todas las funciones.
        """
        for each in Duty:
            words = DUTY_WORDS[each]
            say(f"{each.value}: {words.en}", f"{each.value}: {words.es}")

    return app


def _read(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path else b""
    except OSError:
        refuse(f"{path} cannot be read.", f"No se puede leer {path}.")


def _account(username: str) -> "Officer":
    from cotejo.store.people import Officer

    account: Officer | None = Officer.objects.filter(username=username, is_active=True).first()
    if account is None:
        refuse(f"There is no active account {username} here.", f"Aquí no hay una cuenta activa {username}.")
    return account
