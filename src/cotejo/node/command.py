"""`cotejo`: what an operator types. What puts a node together is here; the other commands are mounted from `doors.cli`.

Every refusal is one plain sentence in the operator's language (LC_ALL, LC_MESSAGES, LANG) and exit status 1; a mistake
in the words of a command is status 2, as everywhere.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from cotejo.doors.cli import (
    agreements,
    bench,
    bench_identity,
    linking,
    logs,
    models,
    officers,
    partners,
    registers,
    renewing,
    sealed_copies,
)
from cotejo.doors.cli.opening import Doors, HomeArgument, Opened, Signer
from cotejo.doors.cli.speaking import InTwoLanguages, Told, both, language, option, say
from cotejo.node.bench.command import exchange as bench_exchange
from cotejo.node.bench.own_database import own_database
from cotejo.node.clock import now
from cotejo.node.figures_command import figures_app
from cotejo.node.home import Home, NodeError, disk_full, is_disk_full
from cotejo.node.keys import load_keys
from cotejo.node.keys_command import keys_app
from cotejo.node.node_file import NodeFile, WitnessAt
from cotejo.node.package_command import package_app
from cotejo.node.redress_command import redress_app
from cotejo.node.simulate_command import simulate

app = typer.Typer(
    help=both("One agency's node of the exchange.", "El nodo de una entidad en el intercambio."),
    cls=InTwoLanguages,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MISUSED: Final = 2


class WorldName(StrEnum):
    """Whether the node will handle real people or invented ones; written once."""

    REAL = "real"
    INVENTED = "invented"


def _signer(folder: Path) -> Signer:
    keys = load_keys(Home.open(folder))
    return Signer(root=keys.root, document=keys.document, signed_document=keys.signed_document, now=now())


@contextmanager
def _node(folder: Path) -> Iterator[Opened]:
    from cotejo.node.opened import database_for

    home = Home.open(folder)
    with database_for(home, os.environ):
        from cotejo.node.assembly import assemble

        node = assemble(home)
        yield Opened(
            unit=node.unit,
            places=home,
            signer=_signer(folder),
            pages=_address_of_pages(node.file),
            now=now(),
            witnesses=tuple(each.key for each in node.file.witnesses),
        )


def _address_of_pages(file: NodeFile) -> str:
    if file.world == "real":
        return f"https://{file.hosts[0]}"
    return f"http://{file.hosts[0]}:{file.pages_at.port}"


DOORS: Final = Doors(keys=_signer, node=_node)
app.add_typer(officers.officer_app(DOORS), name="officer")
app.add_typer(partners.partner_app(DOORS), name="partner")
app.add_typer(registers.register_app(DOORS), name="register")
app.command()(linking.link)
app.command()(linking.dedupe)
app.add_typer(models.model_app(DOORS), name="model")
app.add_typer(logs.log_app(DOORS), name="log")
agreement_app = agreements.agreement_app(DOORS)
renewing.add_renewing(agreement_app, DOORS)
app.add_typer(agreement_app, name="agreement")
app.add_typer(sealed_copies.sealed_app(DOORS), name="sealed")
app.add_typer(redress_app, name="redress")
app.add_typer(figures_app, name="figures")
app.add_typer(keys_app, name="keys")
app.add_typer(package_app, name="package")
bench.bench_app.command("identity")(bench_identity.identity_command(own_database))
bench.bench_app.command("exchange")(bench_exchange)
app.add_typer(bench.bench_app, name="bench")
app.command()(simulate)


@app.command()
def init(
    home: HomeArgument,
    node: Annotated[
        str,
        option(
            "The node's name in the exchange: lower-case, for ever.",
            "El nombre del nodo en el intercambio: en minúsculas y para siempre.",
        ),
    ],
    profile: Annotated[str, option("The law of this agency: sv or us.", "La ley de esta entidad: sv o us.")],
    world: Annotated[
        WorldName,
        option("Real people or invented ones; for ever.", "Personas reales o inventadas; para siempre."),
    ],
    url: Annotated[
        str,
        option(
            "The https:// address at which partners reach the exchange.",
            "La dirección https:// en que las contrapartes encuentran el intercambio.",
        ),
    ],
    name: Annotated[str, option("The name screens show.", "El nombre que muestran las pantallas.")] = "",
    speaks: Annotated[str, option("The node's language: es or en.", "Idioma del nodo: es o en.", "--language")] = "es",
    pages: Annotated[str, option("Where the pages listen.", "Dónde escuchan las páginas.")] = "127.0.0.1:8000",
    exchange: Annotated[str, option("Where the exchange listens.", "Dónde escucha el intercambio.")] = "127.0.0.1:8443",
    host: Annotated[
        list[str] | None,
        option(
            "A name in the address of the pages; may be repeated.",
            "Un nombre en la dirección de las páginas; se puede repetir.",
        ),
    ] = None,
    witness: Annotated[
        list[str] | None,
        option(
            "URL and key of a witness, with a space between.", "URL y clave de un testigo, con un espacio entre ambas."
        ),
    ] = None,
) -> None:
    """Make a node, or complete one whose making was broken off.

    Crea un nodo, o completa uno cuya creación quedó interrumpida.
    """
    from cotejo.node.making import make_node
    from cotejo.node.node_file import raise_together

    wanted = NodeFile(
        world=world.value,
        node=node,
        name=name or node.capitalize(),
        profile=profile,
        language=speaks,
        url=url,
        pages=pages,
        exchange=exchange,
        hosts=tuple(host or ("127.0.0.1", "localhost")),
        witnesses=tuple(WitnessAt(url=each.partition(" ")[0], key=each.partition(" ")[2]) for each in witness or ()),
    )
    raise_together(wanted.problems())
    make_node(Home.create(home, world=wanted.world), wanted, os.environ)
    say(f"The node {node} is ready in {home.absolute()}.", f"El nodo {node} está listo en {home.absolute()}.")


@app.command()
def serve(
    home: HomeArgument,
    throwaway: Annotated[
        bool,
        option("Fast and forgetful; invented worlds only.", "Rápido y sin memoria; solo en mundos inventados."),
    ] = False,
) -> None:
    """Run the node until Ctrl-C or SIGTERM; prints `ready` when pages and exchange answer.

    Hace funcionar el nodo hasta Ctrl-C o SIGTERM; imprime `ready` cuando páginas e intercambio responden.
    """
    from cotejo.node.serving import serve as run

    run(Home.open(home), os.environ, durable=not throwaway, say=lambda line: print(line, flush=True))  # noqa: T201


@app.command()
def check(home: HomeArgument) -> None:
    """Name each problem in one sentence; exit status 1 when there is any.

    Nombra cada problema en una frase; estado de salida 1 si hay alguno.
    """
    from cotejo.node.checking import problems

    found = tuple(problems(Home.open(home), os.environ))
    if found:
        raise Told(*found)
    say("Nothing is wrong.", "Todo está en orden.")


@app.command()
def fsck(home: HomeArgument) -> None:
    """Compare acts, contents, log, files and marks; exit status 1 when anything does not belong together.

    Compara actos, contenidos, registro, archivos y marcas; estado de salida 1 si algo no concuerda.
    """
    logs.fsck(DOORS, home)


@app.command()
def recover(
    home: HomeArgument,
    begin: Annotated[
        bool,
        option(
            "Begin a recovery by hand: the database may be older than it looks.",
            "Inicia una recuperación a mano: la base de datos puede ser más vieja de lo que parece.",
            "--begin",
        ),
    ] = False,
) -> None:
    """After a restored backup: let the node decide and send again, once every partner gave back what it knows.

    Tras restaurar un respaldo: permite que el nodo vuelva a decidir y enviar, cuando cada contraparte devolvió lo que
    sabe.
    """
    with _node(home) as node:
        from cotejo.actions.recover import end_recovery

        if begin:
            node.unit.doubt()
            say("The node recovers from now on.", "El nodo está en recuperación desde ahora.")
            return
        if not node.unit.recovering():
            say("The node is not in recovery.", "El nodo no está en recuperación.")
            return
        left = end_recovery(node.unit, now=node.now)
        if left:
            raise Told(*left)
        say("The node works again from what its database holds.", "El nodo vuelve a trabajar desde su base de datos.")


@app.command("key-document")
def key_document(
    home: HomeArgument,
    out: Annotated[
        Path | None,
        option("Where to write it; printed when not given.", "Dónde se escribe; si no se indica, se imprime."),
    ] = None,
) -> None:
    """Give the key document partners need, and the fingerprint to read aloud.

    Da el documento de claves que las contrapartes necesitan y la huella que se lee en voz alta.
    """
    partners.key_document(DOORS, home, out)


@app.command()
def pair(
    home: HomeArgument,
    document: Annotated[
        Path,
        option("The partner's key document.", "El documento de claves de la contraparte.", exists=True, dir_okay=False),
    ],
    agreement: Annotated[
        list[Path],
        option(
            "A signature of the agreement; give both.", "Una firma del acuerdo; hay que indicar las dos.", exists=True
        ),
    ],
    fingerprint: Annotated[
        str,
        option("The fingerprint as the partner read it aloud.", "La huella como la contraparte la leyó en voz alta."),
    ],
    by: Annotated[
        str,
        option(
            "User name of the officer for partner relations who compared it.",
            "Nombre de usuario de la persona de relaciones con contrapartes que la comparó.",
        ),
    ],
) -> None:
    """Pair with another node: fingerprint compared by two people, agreement signed by both.

    Vincula con otro nodo: huella comparada por dos personas, acuerdo firmado por ambas partes.
    """
    partners.pair_command(DOORS, home, document=document, agreement=agreement, fingerprint=fingerprint, by=by)


def main() -> None:
    """Run the command line; the console script `cotejo`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask and return the exit status; whatever is wrong is said in sentences."""
    try:
        result = app(arguments, prog_name="cotejo", standalone_mode=False)
    except NodeError as trouble:
        _tell(trouble.sentence(language()))
    except Told as told:
        _tell(*(text.in_language(language()) for text in told.texts))
    except typer.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 1
    except OSError as problem:
        full = disk_full(Path(problem.filename or Path.cwd())) if is_disk_full(problem) else None
        _tell(full.sentence(language()) if full else _unknown(problem))
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence and the place, never a traceback
        if show_misuse := getattr(error, "show", None):
            show_misuse()
            return MISUSED
        _tell(_unknown(error))
    else:
        return result if isinstance(result, int) else 0
    return 1


def _unknown(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
    if language() == "es":
        return f"Ocurrió algo que el programa no conoce ({where}). Dé esta línea a quien mantiene el programa."
    return f"Something happened that the program does not know ({where}). Give this line to whoever maintains it."


def _tell(*sentences: str) -> None:
    for sentence in sentences:
        typer.echo(sentence, err=True)
