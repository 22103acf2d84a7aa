"""`cotejo register`: a copy of the agency's own person register, signed for, every fault named with its line.

1. A connector to the agency's register is the rule; a copy needs a reason and a name (design section 8).
2. Good rows are used, faulty ones are named and left out; a file that is no register, and one without one good row,
   changes nothing.
3. A delivery changes what it says otherwise. Rows it lacks stay, unless `--remove-missing` says that it is complete.
4. A run that was broken off goes on where it was; the same delivery again changes nothing anybody could see.
5. Without a node the register stands in a folder of its own, for trying and measuring (`register_folder`).
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.doors.cli import register_folder, register_match
from cotejo.doors.cli.opening import Doors, HomeArgument, Opened
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, argument, both, language, option, refuse, refuse_reasons, say
from cotejo.identity.mapping import MappingError, checked, read_mapping
from cotejo.identity.register_file import NotARegister, Problem
from cotejo.rules.acts import Millis
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text

if TYPE_CHECKING:
    from cotejo.identity.index import Progress
    from cotejo.store.register_import import Read, Source

PROBLEMS_SHOWN: Final = 50
HOME: Final = "COTEJO_HOME"
VIEW: Final = "view:"
VIEW_DATABASE: Final = "COTEJO_REGISTER_URL"
_MOST_WORDS: Final = 2


class ImportReason(StrEnum):
    """Why there is a copy at all."""

    NO_CONNECTOR = "no_connector"
    CONNECTOR_DOWN = "connector_down"
    TRIAL = "trial"


def register_app(doors: Doors) -> typer.Typer:
    """Return the commands about the register."""
    app = typer.Typer(
        help=both("The agency's own person register.", "El registro de personas de la propia entidad."),
        no_args_is_help=True,
    )

    @app.command("import")
    def import_register(
        words: Annotated[
            list[str],
            argument(
                "The node's folder (or in COTEJO_HOME), and a CSV file in UTF-8, a Parquet file, or "
                "view:NAME with the database in COTEJO_REGISTER_URL. Without a node, the register stands "
                "in --folder.",
                "La carpeta del nodo (o en COTEJO_HOME) y un archivo CSV en UTF-8, un archivo Parquet, o "
                "view:NOMBRE con la base de datos en COTEJO_REGISTER_URL. Sin un nodo, el registro está "
                "en --folder.",
                metavar=both("[HOME] FILE", "[HOME] ARCHIVO"),
            ),
        ],
        by: Annotated[
            str,
            option(
                "User name of the operator who signs for it.", "Nombre de usuario de la persona de operación que firma."
            ),
        ] = "",
        reason: Annotated[ImportReason | None, option("Why a copy is needed.", "Por qué hace falta una copia.")] = None,
        as_of: Annotated[
            datetime | None,
            option(
                "The day the copy speaks of.",
                "De qué día es la copia.",
                metavar=both("YYYY-MM-DD", "AAAA-MM-DD"),
                formats=["%Y-%m-%d"],
            ),
        ] = None,
        column: Annotated[
            list[str] | None,
            option(
                "Our column=theirs, as in dob=FECHA_NAC; may be repeated.",
                "Nuestra columna=la suya, como dob=FECHA_NAC; se puede repetir.",
                "--map",
            ),
        ] = None,
        mapping: Annotated[
            Path | None,
            option(
                "A JSON object of our column names to theirs.",
                "Un objeto JSON de nuestros nombres de columna a los suyos.",
                exists=True,
                dir_okay=False,
            ),
        ] = None,
        remove_missing: Annotated[
            bool,
            option(
                "The delivery is complete: remove the rows it lacks.",
                "La entrega está completa: retira las filas que no trae.",
                "--remove-missing",
            ),
        ] = False,
        folder: register_folder.FolderOption = register_folder.FOLDER,
    ) -> None:
        """Bring the copy of the register up to date with a delivery.

        Pone al día la copia del registro con una entrega.
        """
        home, file = _home_and(words)
        columns = _mapping(column, mapping)
        if home is None:
            register_folder.import_file(folder, Path(file), columns, name=name_problems)
            return
        if not by or reason is None or as_of is None:
            refuse(
                "A node's register needs --by, --reason and --as-of: who signs, why, and the day it speaks of.",
                "El registro de un nodo necesita --by, --reason y --as-of: quién firma, por qué y de qué día es.",
            )
        with doors.node(home) as node:
            who = acting(by, Duty.OPERATOR)
            answer = may(who, Verb.CHANGE, Thing(kind="register", step="Import"), purpose=Purpose.OPERATION)
            if isinstance(answer, Denied):
                refuse_reasons([answer.reason])
            if node.unit.register is not node.unit.register_copy:
                refuse(
                    "This node reads the agency's own register (node.toml): there is no copy to import.",
                    "Este nodo lee el registro de la institución (node.toml): no hay copia que importar.",
                )
            moment = _past(as_of, node.now)
            _deliver(node, file, columns, who=who, reason=reason, as_of=moment, remove_missing=remove_missing)

    @app.command("match")
    def match(
        words: Annotated[
            list[str],
            argument(
                "The node's folder, the queries.",
                "La carpeta del nodo y las consultas.",
                metavar=both("[HOME] QUERIES.csv", "[HOME] CONSULTAS.csv"),
            ),
        ],
        out: Annotated[Path, option("The file to write.", "El archivo que se escribe.", dir_okay=False)],
        top: Annotated[int, option("Rows a query at most.", "Filas por consulta, como máximo.", min=1, max=1000)] = 10,
        by: Annotated[
            str,
            option(
                "User name of the protection officer who asks; needed on a live node.",
                "Nombre de usuario de la persona de protección que consulta; necesario en un nodo real.",
            ),
        ] = "",
        folder: register_folder.FolderOption = register_folder.FOLDER,
    ) -> None:
        """Rank the register's rows for each query: query_id,rank,right_id,score,band,latency_ms.

        Ordena las filas del registro para cada consulta: query_id,rank,right_id,score,band,latency_ms.
        """
        home, queries = _home_and(words)
        if home is None:
            register_match.match_in_folder(folder, Path(queries), top=top, out=out, name=name_problems)
            return
        with doors.node(home) as node:
            register_match.match_in_node(node, Path(queries), top=top, out=out, by=by, name=name_problems)

    @app.command("rebuild")
    def rebuild(home: HomeArgument) -> None:
        """Make the register's index again from its rows; nothing is lost.

        Rehace el índice del registro a partir de sus filas; nada se pierde.
        """
        with doors.node(home) as node, progress_bar("Index", "Índice") as progress:
            try:
                rows = node.unit.register.indexing.rebuild(progress=progress)
            except NotARegister as broken:
                raise Told(*(problem.said for problem in broken.problems)) from broken
            except OSError as problem:
                raise Told(Text(f"It cannot be read: {problem}", f"No se puede leer: {problem}")) from problem
        say(f"Rows in the index: {rows}.", f"Filas en el índice: {rows}.")

    return app


def _home_and(words: list[str]) -> tuple[Path | None, str]:
    """Return the node's folder, if any, and the other word."""
    if not 0 < len(words) <= _MOST_WORDS:
        refuse("Give the node's folder and one file.", "Indique la carpeta del nodo y un archivo.")
    home = words[0] if len(words) == _MOST_WORDS else os.environ.get(HOME, "")
    return (Path(home) if home else None), words[-1]


def _mapping(columns: list[str] | None, file: Path | None) -> dict[str, str] | None:
    try:
        told = read_mapping(file.read_text(encoding="utf-8")) if file else {}
        told |= checked((each.partition("=")[0].strip(), each.partition("=")[2].strip()) for each in columns or ())
    except MappingError as problem:
        raise Told(*problem.texts) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise Told(Text("The mapping cannot be read.", "No se puede leer la correspondencia.")) from problem
    return told or None


def _past(day: datetime, now: Millis) -> Millis:
    moment = int(day.replace(tzinfo=UTC).timestamp() * 1000)
    if moment > now:
        refuse("That day has not come yet.", "Ese día todavía no ha llegado.")
    return moment


def _source(word: str, as_of: Millis) -> "Source":
    from cotejo.store.register_import import FileSource, ViewSource

    if not word.startswith(VIEW):
        if not Path(word).is_file():
            refuse(f"There is no file {word}.", f"No hay un archivo {word}.")
        return FileSource(Path(word))
    dsn = os.environ.get(VIEW_DATABASE, "")
    if not dsn:
        refuse(
            f"Say in {VIEW_DATABASE} how to reach the database of the view.",
            f"Indique en {VIEW_DATABASE} cómo llegar a la base de datos de la vista.",
        )
    return ViewSource(dsn, word.removeprefix(VIEW), as_of=as_of)


def _deliver(
    node: Opened,
    word: str,
    mapping: dict[str, str] | None,
    *,
    who: Officer,
    reason: ImportReason,
    as_of: Millis,
    remove_missing: bool,
) -> None:
    from cotejo.store.deliveries import Signature
    from cotejo.store.register_import import NoGoodRow, read_in

    source = _source(word, as_of)
    try:
        with progress_bar("Reading", "Lectura") as reading, progress_bar("Index", "Índice") as indexing:
            read, done = read_in(
                node.unit.register_copy.deliveries,
                source,
                mapping=mapping,
                signature=Signature(by=who.id, reason=reason.value, as_of=as_of),
                remove_missing=remove_missing,
                now=node.now,
                reading=reading,
                indexing=indexing,
            )
    except NotARegister as broken:
        raise Told(*(problem.said for problem in broken.problems)) from broken
    except NoGoodRow as nothing:
        _told(nothing.read)
        refuse("No row can be used; nothing was changed.", "Ninguna fila es utilizable; no se cambió nada.")
    except OSError as problem:
        raise Told(Text(f"It cannot be read: {problem}", f"No se puede leer: {problem}")) from problem
    node.unit.note(
        "import",
        who=who,
        purpose=Purpose.OPERATION,
        subject=f"register:{source.digest()}",
        codes=(reason.value,),
        now=node.now,
    )
    _told(read)
    say(
        f"Rows in the register copy: {done.rows}. Left out: {read.bad}.",
        f"Filas en la copia del registro: {done.rows}. Dejadas fuera: {read.bad}.",
    )
    say(f"New: {done.new}. Changed: {done.changed}.", f"Nuevas: {done.new}. Modificadas: {done.changed}.")
    if done.removed:
        say(
            f"Removed, because the delivery lacks them: {done.removed}.",
            f"Retiradas, porque no están en la entrega: {done.removed}.",
        )
    elif done.missing:
        say(
            f"Rows the delivery lacks stay: {done.missing}. --remove-missing takes them out.",
            f"Quedan las filas que no están en la entrega: {done.missing}. --remove-missing las retira.",
        )


def _told(read: "Read") -> None:
    if read.went_on_from:
        say(
            f"An earlier run was broken off; this one went on after line {read.went_on_from}.",
            f"Una ejecución anterior quedó interrumpida; esta siguió después de la línea {read.went_on_from}.",
        )
    name_problems(read.problems, sum(read.counts.values()))


def name_problems(problems: tuple[Problem, ...] | list[Problem], total: int) -> None:
    """Print the first problems, each with line and column, and how many more there are."""
    for problem in problems[:PROBLEMS_SHOWN]:
        say(problem.said.en, problem.said.es)
    more = total - min(len(problems), PROBLEMS_SHOWN)
    if more > 0:
        say(f"{more} more of the same kinds.", f"{more} más de las mismas clases.")


@contextmanager
def progress_bar(en: str, es: str) -> Iterator["Progress"]:
    """Give what draws a progress bar on a terminal, from the first step on, and nothing elsewhere."""
    with ExitStack() as until:
        bars: list[Any] = []

        def draw(done: int, total: int) -> None:
            if not sys.stderr.isatty():
                return
            if not bars:
                label = es if language() == "es" else en
                bars.append(until.enter_context(typer.progressbar(length=total, label=label, file=sys.stderr)))
            bars[0].update(max(0, done - bars[0].pos))

        yield draw
