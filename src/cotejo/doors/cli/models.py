"""`cotejo model fit` and `cotejo model report`: a model learnt from an agency's own register, and whom it serves worse.

1. A model is one readable file. Learning needs no labels; pairs that people decided count when they are given.
2. The report judges on invented people. It ends with status 1 when a group is served worse than by the standard model
   by more than the margin it states.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cotejo.doors.cli.speaking import language, refuse, say
from cotejo.identity.model import Model, ModelError, read_model, standard_model

if TYPE_CHECKING:
    from cotejo.identity.bulk.reading import People
    from cotejo.identity.fitting import Adjudicated

model_app: Final = typer.Typer(help="The model by which records are compared.", no_args_is_help=True)
_Adjudicated = Annotated[
    Path | None,
    typer.Option(help="CSV left_id,right_id,same (yes or no): pairs that people decided.", exists=True, dir_okay=False),
]


@model_app.command()
def fit(
    register: Annotated[Path, typer.Argument(help="The register: CSV in UTF-8.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="Where the model is written: JSON.", dir_okay=False)],
    left: Annotated[
        Path | None, typer.Argument(help="Requests as other offices write them.", exists=True, dir_okay=False)
    ] = None,
    adjudicated: _Adjudicated = None,
    version: Annotated[str, typer.Option(help="The model's name.")] = "",
) -> None:
    """Learn a model from a register, with requests to it when there are any, without labels."""
    from cotejo.identity.bulk.reading import read_people
    from cotejo.identity.fitting import FEWEST_REQUESTS, learn
    from cotejo.identity.register_file import NotARegister

    if adjudicated is not None and left is None:
        refuse("Decided pairs need the file of requests.", "Los pares decididos requieren el archivo de solicitudes.")
    try:
        people, tokens = read_people([left or register, register] if left else [register])
    except NotARegister as broken:
        words = broken.problems[0].words
        refuse(f"This is no register: {words.en}", f"Esto no es un registro: {words.es}")
    asking, asked = people[0].columns, people[-1].columns
    if min(len(asking), len(asked)) < FEWEST_REQUESTS:
        refuse(
            f"Too little to learn from: at least {FEWEST_REQUESTS} rows of each file are needed.",
            f"Muy poco para aprender: se necesitan al menos {FEWEST_REQUESTS} filas de cada archivo.",
        )
    decided = _decided(adjudicated, people[0], people[-1]) if adjudicated else None
    model = learn(asking, asked, tokens, standard_model(), version=version, adjudicated=decided, alone=left is None)
    out.write_text(json.dumps(model.written(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"Model {model.version} written to {out}.", f"Modelo {model.version} escrito en {out}.")


@model_app.command()
def report(
    model: Annotated[Path | None, typer.Option(help="The model file; else the standard one.", exists=True)] = None,
    seed: Annotated[int, typer.Option(help="Of the invented people.")] = 1,
    people: Annotated[int, typer.Option(help="Invented people in the register.", min=1_000)] = 20_000,
) -> None:
    """Show whom a model serves how well, on invented people; status 1 when a group is served worse."""
    from cotejo.identity.scorecard import MARGIN, NAMESAKE_MARGIN, Trial, worse

    using = _read(model) if model else standard_model()
    trial = Trial(seed, people, max(people // 3, 300))
    groups, base = trial.groups(using), trial.groups(standard_model())
    heads = ("grupo", "expedientes", "hallados", "tomados por homónimo") if language() == "es" else (
        "group", "dossiers", "found", "taken for a namesake",
    )  # fmt: skip
    typer.echo(f"{heads[0]:<44}{heads[1]:>12}{heads[2]:>18}{heads[3]:>24}")
    for group in groups:
        found, taken = f"{group.found}/{group.present}", f"{group.taken_for_namesake}/{group.with_namesake}"
        typer.echo(f"{group.name:<44}{group.dossiers:>12}{found:>18}{taken:>24}")
    if losing := worse(groups, base):
        refuse(
            f"Served worse than by the standard model (margins {MARGIN} and {NAMESAKE_MARGIN}): {', '.join(losing)}.",
            f"Atendidos peor que con el modelo estándar (márgenes {MARGIN} y {NAMESAKE_MARGIN}): {', '.join(losing)}.",
        )
    say("No group is served worse than by the standard model.", "Ningún grupo queda peor que con el modelo estándar.")


def _read(path: Path) -> Model:
    try:
        return read_model(path.read_text("utf-8"))
    except (ModelError, OSError, UnicodeDecodeError) as wrong:
        refuse(f"{path} is no model this engine can use: {wrong}", f"{path} no es un modelo utilizable: {wrong}")


def _decided(path: Path, left: "People", right: "People") -> "Adjudicated":
    """Read decided pairs; every fault is named, and nothing is learnt when there is one."""
    import csv

    import numpy as np

    from cotejo.identity.fitting import Adjudicated

    said = {"yes": True, "si": True, "sí": True, "no": False}
    asking = {text: number for number, text in enumerate(left.ids.to_pylist())}
    asked = {text: number for number, text in enumerate(right.ids.to_pylist())}
    pairs, faults = [], []
    with path.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), 2):
            one, other = asking.get(row.get("left_id") or ""), asked.get(row.get("right_id") or "")
            same = said.get((row.get("same") or "").strip().lower())
            if one is None or other is None or same is None:
                faults.append(str(line))
            else:
                pairs.append((one, other, same))
    if faults or not pairs:
        lines = ", ".join(faults[:20]) or "1"
        refuse(
            f"{path.name}: left_id and right_id of the files, and same (yes or no), are needed on line {lines}.",
            f"{path.name}: hacen falta left_id y right_id de los archivos, y same (sí o no), en la línea {lines}.",
        )
    i, j, same_person = zip(*pairs, strict=True)
    return Adjudicated(i=np.array(i), j=np.array(j), same=np.array(same_person))
