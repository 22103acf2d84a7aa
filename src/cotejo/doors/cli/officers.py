"""`cotejo officer`: people of this agency. Nobody is given a password; a new person gets a link that works once."""

from typing import Annotated

import typer

from cotejo.doors.cli.opening import Doors, HomeArgument
from cotejo.doors.cli.speaking import Told, say
from cotejo.rules.duties import DUTY_WORDS, Duty


def officer_app(doors: Doors) -> typer.Typer:
    """Return the commands about officers."""
    app = typer.Typer(help="The people who sign in to this node.", no_args_is_help=True)

    @app.command("add")
    def add(
        home: HomeArgument,
        username: Annotated[str, typer.Option(help="Lower-case letters, digits, dots, hyphens.")],
        name: Annotated[str, typer.Option(help="As others know the person.")],
        unit: Annotated[str, typer.Option(help="Office.")],
        chain: Annotated[str, typer.Option(help="Chain of command.")],
        duty: Annotated[list[str], typer.Option(help="A duty's code; may be repeated.")],
    ) -> None:
        """Enrol a person and print the link with which they set password and second factor, once."""
        with doors.node(home) as node:
            from cotejo.store.people import NewOfficer, PeopleRefusedError, add_officer, enrolment_path

            new = NewOfficer(username=username, name=name, unit=unit, chain=chain, duties=frozenset(duty))
            try:
                officer = add_officer(new, now=node.now)
            except PeopleRefusedError as refused:
                raise Told(*refused.problems) from refused
            say(
                f"{officer.name} opens this address once, within its time, to set a password and a second factor:",
                f"{officer.name} abre esta dirección una sola vez, dentro de su plazo, para fijar contraseña y segundo "
                "factor:",
            )
            say(*2 * (f"{node.pages}{enrolment_path(officer)}",))

    @app.command("duties")
    def duties() -> None:
        """List the codes of all duties."""
        for each in Duty:
            words = DUTY_WORDS[each]
            say(f"{each.value}: {words.en}", f"{each.value}: {words.es}")

    return app
