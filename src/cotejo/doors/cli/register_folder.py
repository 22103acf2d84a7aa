"""A register in a folder of its own, without a node: for trying the engine and measuring it on own-quality data."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from cotejo.doors.cli.speaking import Told, option, refuse, say
from cotejo.identity.index.folder import NoRegisterHere, keep
from cotejo.identity.register_file import NotARegister, Problem, RegisterFile
from cotejo.identity.register_parquet import RegisterParquet
from cotejo.rules.words import Text

FOLDER: Final = Path("cotejo-register")
FolderOption = Annotated[
    Path,
    option(
        "Without a node: the folder the register stands in.",
        "Sin un nodo: la carpeta en que está el registro de personas.",
    ),
]
NameProblems = Callable[[Sequence[Problem], int], None]


def import_file(folder: Path, path: Path, mapping: dict[str, str] | None, *, name: Any) -> None:  # noqa: ANN401 - NameProblems
    """Put a register file into the folder, in place of the register there. Raises `Told`."""
    if not path.is_file():
        refuse(f"There is no file {path}.", f"No hay un archivo {path}.")
    try:
        with path.open("rb") as stream:
            parquet = path.suffix.lower() == ".parquet"
            rows = RegisterParquet(path, mapping=mapping) if parquet else RegisterFile(stream, mapping=mapping)
            total = keep(folder, rows, as_of=time.time_ns() // 1_000_000, least=1)
    except NotARegister as broken:
        raise Told(*(problem.said for problem in broken.problems)) from broken
    except NoRegisterHere as problem:
        raise Told(
            Text(
                f"{folder} holds something else; name another --folder.",
                f"{folder} contiene otra cosa; indique otra --folder.",
            )
        ) from problem
    name(rows.problems, sum(rows.counts.values()))
    if not total:
        refuse("No row can be used; nothing was changed.", "Ninguna fila es utilizable; no se cambió nada.")
    say(
        f"Rows in {folder}, for trying and measuring: {total}. Left out: {rows.bad}.",
        f"Filas en {folder}, para probar y medir: {total}. Dejadas fuera: {rows.bad}.",
    )
