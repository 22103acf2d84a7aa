"""`cotejo sealed`: copies of what was erased, for the oversight body. Only `open` needs its key, and no node (I11)."""

import base64
import json
from pathlib import Path
from typing import Annotated

import typer

from cotejo.doors.cli.opening import Doors, HomeArgument
from cotejo.doors.cli.signing_officer import acting
from cotejo.doors.cli.speaking import Told, argument, both, option, refuse, say
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Duty
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text
from cotejo.store.disk import make_folder, write_new
from cotejo.store.sealed_copies import open_copy, read_copy, read_seed

Unit = Annotated[
    str,
    argument(
        "The erased unit, as `list` names it: dossier-... or review-...",
        "La unidad suprimida, como la nombra `list`: dossier-... o review-...",
    ),
]
By = Annotated[
    str,
    option(
        "User name of somebody of the oversight body.",
        "Nombre de usuario de alguien del órgano de supervisión.",
        "--by",
    ),
]


def sealed_app(doors: Doors) -> typer.Typer:
    """Return the commands about sealed copies."""
    app = typer.Typer(
        help=both(
            "Copies of what was erased, which the oversight body alone can open.",
            "Copias de lo suprimido, que solo el órgano de supervisión puede abrir.",
        ),
        no_args_is_help=True,
    )

    @app.command("list")
    def listed(home: HomeArgument) -> None:
        """Name each copy, until when it is kept, and whether it is held.

        Nombra cada copia, hasta cuándo se conserva y si está retenida.
        """
        with doors.node(home) as node:
            for each in node.unit.sealed_copies.listed():
                held = Text(", held", ", retenida") if each.held else Text("", "")
                name, until = f"{each.stream.kind}-{each.stream.id}", iso_day(each.sealed_until)
                say(f"{name}: until {until}{held.en}", f"{name}: hasta el {until}{held.es}")

    @app.command("hold")
    def hold(home: HomeArgument, unit: Unit, by: By) -> None:
        """Let a copy stay beyond its time: a complaint or a court so requires.

        Deja una copia más allá de su plazo: lo requiere una queja o un tribunal.
        """
        _hold(doors, home, unit, by, held=True)

    @app.command("free")
    def free(home: HomeArgument, unit: Unit, by: By) -> None:
        """End the hold: the copy goes when its time is over.

        Termina la retención: la copia se quita cuando venza su plazo.
        """
        _hold(doors, home, unit, by, held=False)

    @app.command("open")
    def opened(
        file: Annotated[
            Path,
            argument(
                "A copy, from the node's folder sealed-copies.",
                "Una copia, de la carpeta sealed-copies del nodo.",
                exists=True,
            ),
        ],
        key: Annotated[
            Path,
            option("The oversight body's key file.", "El archivo de clave del órgano de supervisión.", exists=True),
        ],
        to: Annotated[Path, option("A new folder for what was kept.", "Una carpeta nueva para lo conservado.")],
    ) -> None:
        """Open one copy, away from any node: what was done as `acts.json`, and each document.

        Abre una copia, sin ningún nodo: lo que se hizo, como `acts.json`, y cada documento.
        """
        if to.exists():
            refuse(f"{to} is there already. Name a new folder.", f"{to} ya existe. Indique una carpeta nueva.")
        try:
            content = open_copy(read_copy(file.read_bytes()), read_seed(key.read_text("utf-8")))
        except (ProofError, ValueError) as problem:
            raise Told(
                Text(
                    "This key does not open this copy, or one of the two files was altered.",
                    "Esta clave no abre esta copia, o uno de los dos archivos fue alterado.",
                )
            ) from problem
        make_folder(to)
        acts = [{**each, "body": json.loads(each["body"])} for each in content["acts"]]
        write_new(to / "acts.json", json.dumps(acts, ensure_ascii=False, indent=2).encode())
        for name, kept in content["documents"].items():
            write_new(to / name, base64.b64decode(kept))
        many = len(content["documents"])
        say(
            f"{content['unit']} is in {to}. Acts: {len(acts)}. Documents: {many}.",
            f"{content['unit']} está en {to}. Actos: {len(acts)}. Documentos: {many}.",
        )

    return app


def _hold(doors: Doors, home: Path, unit: str, by: str, *, held: bool) -> None:
    kind, _, id_ = unit.partition("-")
    if kind not in set(StreamKind):
        refuse(f"{unit} is no unit; `list` names them.", f"{unit} no es una unidad; `list` las nombra.")
    stream = Stream(StreamKind(kind), id_)
    with doors.node(home) as node:
        who = acting(by, Duty.OVERSIGHT)
        try:
            node.unit.sealed_copies.hold(stream, held=held)
        except FileNotFoundError:
            refuse(f"There is no copy of {unit}.", f"No hay copia de {unit}.")
        what = "hold" if held else "free"
        node.unit.note(what, who=who, purpose=Purpose.RETENTION, subject=f"sealed-copy:{stream}", now=node.now)
        if held:
            say("The copy stays until it is freed.", "La copia permanece hasta que se libere.")
        else:
            say("The copy goes when its time is over.", "La copia se quita cuando venza su plazo.")
