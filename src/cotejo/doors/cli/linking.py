"""`cotejo link` and `cotejo dedupe`: whole files, the operator's own, compared as pages compare one person.

1. `left_id,right_id,score,band,reason`: the score is the log posterior odds after competition, higher is better;
   without `--all-pairs` only pairs not below `possible` are written. By left row as in the file, the better pair first.
2. A file that is no register is refused before anything is written; faulty rows are named and left out.
3. The file of pairs appears when it is whole. It names people: only its owner can read it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cotejo.doors.cli.speaking import Told, argument, language, option, refuse, say, say_aside
from cotejo.identity.mapping import MappingError, read_mapping
from cotejo.identity.model import Model, ModelError, read_model, standard_model
from cotejo.identity.register_file import NotARegister, Problem, RegisterFile
from cotejo.rules.words import Text

if TYPE_CHECKING:
    from cotejo.identity.bulk.blocks import Blocking
    from cotejo.identity.bulk.linking import Scored
    from cotejo.identity.bulk.reading import People
    from cotejo.identity.tokens import Tokens

OF_A_KIND_SHOWN: Final = 8
DOUBTS_SHOWN: Final = 3


class Engine(StrEnum):
    """Who joins the keys."""

    DUCKDB = "duckdb"
    SPARK = "spark"


_File = argument("A register: CSV in UTF-8.", "Un registro de personas: CSV en UTF-8.")
_Out = Annotated[
    Path,
    option("Where the pairs are written: CSV in UTF-8.", "Dónde se escriben los pares: CSV en UTF-8.", dir_okay=False),
]
_Engine = Annotated[
    Engine,
    option(
        "Who joins the keys; spark needs Java and cotejo[spark].",
        "Qué motor forma los pares; spark requiere Java y cotejo[spark].",
    ),
]
_ModelFile = Annotated[
    Path | None,
    option("A model file instead of the standard one.", "Un archivo de modelo en lugar del estándar.", exists=True),
]
_Mapping = Annotated[
    Path | None,
    option(
        "A JSON object of our column names to the files'.",
        "Un objeto JSON de nuestros nombres de columna a los de los archivos.",
        exists=True,
        dir_okay=False,
    ),
]
_AllPairs = Annotated[
    bool,
    option(
        "Write every compared pair, not only the possible ones.",
        "Escribe todos los pares comparados, no solo los posibles.",
        "--all-pairs",
    ),
]


def link(
    left: Annotated[Path, _File],
    right: Annotated[Path, _File],
    out: _Out,
    engine: _Engine = Engine.DUCKDB,
    model: _ModelFile = None,
    mapping: _Mapping = None,
    all_pairs: _AllPairs = False,
) -> None:
    """Find for each person of LEFT the possible same persons of RIGHT.

    Busca, para cada persona de LEFT, las posibles mismas personas de RIGHT.
    """
    _run([left, right], out, engine=engine, model=model, mapping=mapping, all_pairs=all_pairs)


def dedupe(
    file: Annotated[Path, _File],
    out: _Out,
    engine: _Engine = Engine.DUCKDB,
    model: _ModelFile = None,
    mapping: _Mapping = None,
    all_pairs: _AllPairs = False,
) -> None:
    """Find the rows of FILE that are possibly the same person.

    Busca las filas de FILE que posiblemente son la misma persona.
    """
    _run([file], out, engine=engine, model=model, mapping=mapping, all_pairs=all_pairs)


def _run(
    paths: list[Path], out: Path, *, engine: Engine, model: Path | None, mapping: Path | None, all_pairs: bool
) -> None:
    from cotejo.identity.bulk.writing import pairs_file
    from cotejo.identity.fitting import learn, learn_copies

    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise Told(*(Text(f"There is no file {path}.", f"No hay un archivo {path}.") for path in missing))
    if any(out.exists() and out.samefile(path) for path in paths):
        refuse("The pairs would overwrite a file they come from.", "Los pares borrarían un archivo del que salen.")
    if not out.absolute().parent.is_dir():
        refuse(f"There is no folder {out.absolute().parent}.", f"No existe la carpeta {out.absolute().parent}.")
    using, blocking = chosen_model(model), _blocking(engine)
    people, tokens = _read(paths, mapping)
    if model is None:  # nobody's model: the standard one, adapted to these files
        left, right = people[0].columns, people[-1].columns
        using = learn(left, right, tokens, using) if len(people) > 1 else learn_copies(left, tokens, using)
    with pairs_file(out, people[0].ids, people[-1].ids, language=language()) as written:
        for pairs in _pairs(people, tokens, using, blocking, every=all_pairs):
            written.add(pairs if all_pairs else pairs.possible())
    rows = " + ".join(str(len(each)) for each in people)
    left_out = sum(each.bad for each in people)
    say(
        f"{written.written} pairs in {out}; rows used: {rows}, left out: {left_out}.",
        f"{written.written} pares en {out}; filas usadas: {rows}, dejadas fuera: {left_out}.",
    )


def _pairs(
    people: "list[People]", tokens: "Tokens", model: Model, blocking: "Blocking", *, every: bool
) -> "Iterator[Scored]":
    from cotejo.identity.bulk.duplicates import duplicates
    from cotejo.identity.bulk.linking import linked

    if len(people) == 1:
        return duplicates(people[0].columns, tokens, model=model, blocking=blocking, every=every)
    return linked(people[0].columns, people[1].columns, tokens, model=model, blocking=blocking)


def _read(paths: list[Path], mapping: Path | None) -> "tuple[list[People], Tokens]":
    """Read the files, naming what is wrong with them; refuse what cannot be used at all."""
    from cotejo.identity.bulk.reading import read_people

    try:
        named = read_mapping(mapping.read_text("utf-8")) if mapping else {}
        broken = [text for path in paths for text in _header_problems(path, named)]
        if broken:
            raise Told(*broken)
        people, tokens = read_people(paths, mapping=named)
    except MappingError as wrong:
        raise Told(*wrong.texts) from wrong
    except (OSError, UnicodeDecodeError) as trouble:
        refuse(f"A file cannot be read: {trouble}", f"Un archivo no se puede leer: {trouble}")
    for each in people:
        _name_problems(each)
        if not len(each):
            refuse(f"No row of {each.path} can be used.", f"Ninguna fila de {each.path} es utilizable.")
    return people, tokens


def _header_problems(path: Path, mapping: Mapping[str, str]) -> list[Text]:
    try:
        with path.open("rb") as stream:
            RegisterFile(stream, mapping=mapping)
    except NotARegister as broken:
        return [_at(path, problem) for problem in broken.problems]
    return []


def chosen_model(path: Path | None) -> Model:
    """Return the model of a file, or the standard one; refuse a file that is no model."""
    if path is None:
        return standard_model()
    try:
        return read_model(path.read_text("utf-8"))
    except (ModelError, OSError, UnicodeDecodeError) as wrong:
        refuse(f"{path} is no model this engine can use: {wrong}", f"{path} no es un modelo utilizable: {wrong}")


def _blocking(engine: Engine) -> "Blocking":
    if engine is Engine.DUCKDB:
        from cotejo.identity.bulk.splink_blocking import DuckDB

        return DuckDB()
    try:
        from cotejo.identity.bulk.spark import Spark

        return Spark()
    except (ImportError, OSError):
        refuse(
            "Spark cannot run here. Install cotejo[spark], and a Java runtime, 17 or later.",
            "Spark no puede correr aquí. Instale cotejo[spark] y un entorno de Java, 17 o posterior.",
        )


def _name_problems(people: "People") -> None:
    """Name the first rows left out of each kind, then some values that are kept though they cannot be compared."""
    seen: Counter[str] = Counter()
    shown = []
    for problem in people.problems:
        seen[problem.code] += 1
        if seen[problem.code] <= (DOUBTS_SHOWN if problem.row_used else OF_A_KIND_SHOWN):
            shown.append(problem)
    for problem in shown:
        text = _at(people.path, problem)
        say_aside(text.en, text.es)
    more, name = people.counts.total() - len(shown), people.path.name
    if more > 0:
        say_aside(f"{name}: {more} more of the same kinds.", f"{name}: {more} más de las mismas clases.")


def _at(path: Path, problem: Problem) -> Text:
    said = problem.said
    return Text(f"{path.name}: {said.en}", f"{path.name}: {said.es}")
