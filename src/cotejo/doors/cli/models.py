"""`cotejo model`: a model learnt from an agency's own register, whom it serves worse, and the node's signature on it.

1. A model is one readable file, named by its version and its SHA-256. Learning needs no labels; pairs that people
   decided count when they are given.
2. The report judges on invented people. It ends with status 1 when a group is served worse than by the standard model
   by more than the margin it states.
3. A node uses the standard model, or one its own root key has signed (`papers.signed_model`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cotejo.doors.cli.opening import Doors, HomeArgument
from cotejo.doors.cli.speaking import argument, both, language, option, refuse, say
from cotejo.identity.model import Model, ModelError, read_model, standard_model
from cotejo.papers.signed_model import FILE, open_model, sign_model
from cotejo.proof.refusals import ProofError

if TYPE_CHECKING:
    from cotejo.identity.bulk.reading import People
    from cotejo.identity.fitting import Adjudicated

_Adjudicated = Annotated[
    Path | None,
    option(
        "CSV left_id,right_id,same (yes or no): pairs that people decided.",
        "CSV left_id,right_id,same (sí o no): pares que decidieron personas.",
        exists=True,
        dir_okay=False,
    ),
]


def model_app(doors: Doors) -> typer.Typer:
    """Return the commands about models."""
    app = typer.Typer(
        help=both("The model by which records are compared.", "El modelo con que se comparan los registros."),
        no_args_is_help=True,
    )
    app.command()(fit)
    app.command()(report)

    @app.command()
    def sign(
        home: HomeArgument,
        model: Annotated[Path, argument("The model file.", "El archivo del modelo.", exists=True, dir_okay=False)],
    ) -> None:
        """Sign a model with the node's root key; the node compares with it from its next start on.

        Firma un modelo con la clave raíz del nodo; el nodo compara con él desde su próximo inicio.
        """
        using, text = _read(model), model.read_bytes()
        signer = doors.keys(home)
        from cotejo.store.disk import write_over

        write_over(home / FILE, sign_model(text, signer.root) + b"\n")
        _name(using)
        say(
            f"Signed for {signer.document.name}. The node compares with it from its next start on.",
            f"Firmado para {signer.document.name}. El nodo compara con él desde su próximo inicio.",
        )

    @app.command()
    def verify(
        home: HomeArgument,
        signed: Annotated[
            Path | None,
            argument(
                "A signed model; the node's own when not given.",
                "Un modelo firmado; si no se indica, el del nodo.",
                dir_okay=False,
            ),
        ] = None,
    ) -> None:
        """Say which model the node compares with, or whether a signed one is this node's; status 1 when it is not.

        Dice con qué modelo compara el nodo, o si uno firmado es de este nodo; estado de salida 1 si no lo es.
        """
        signer = doors.keys(home)
        path = signed or home / FILE
        if signed is None and not path.exists():
            _name(standard_model())
            say("It is the standard model of the program.", "Es el modelo estándar del programa.")
            return
        try:
            using = open_model(path.read_bytes(), signer.root.verifying)
        except OSError:
            refuse(f"{path} cannot be read.", f"No se puede leer {path}.")
        except (ProofError, ModelError):
            refuse(
                f"{path} is no model that {signer.document.name} has signed; the node does not use it. "
                "Sign the model again (cotejo model sign), or take the file away to use the standard one.",
                f"{path} no es un modelo firmado por {signer.document.name}; el nodo no lo usa. "
                "Firme de nuevo el modelo (cotejo model sign), o retire el archivo para usar el estándar.",
            )
        _name(using)
        say(f"Signed by {signer.document.name}.", f"Firmado por {signer.document.name}.")

    return app


def _name(model: Model) -> None:
    """Print what a model is called: its version, its digest, and what it rests on."""
    say(f"Model {model.version}, SHA-256 {model.digest}.", f"Modelo {model.version}, SHA-256 {model.digest}.")
    say(f"Where it comes from: {model.source}", f"De dónde viene: {model.source}")


def fit(
    register: Annotated[
        Path,
        argument("The register: CSV in UTF-8.", "El registro de personas: CSV en UTF-8.", exists=True, dir_okay=False),
    ],
    out: Annotated[
        Path,
        option("Where the model is written: JSON.", "Dónde se escribe el modelo: JSON.", dir_okay=False),
    ],
    left: Annotated[
        Path | None,
        argument(
            "Requests as other offices write them.",
            "Solicitudes como las escriben otras oficinas.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    adjudicated: _Adjudicated = None,
    version: Annotated[str, option("The model's name.", "El nombre del modelo.")] = "",
) -> None:
    """Learn a model from a register, with requests to it when there are any, without labels.

    Aprende un modelo de un registro de personas, con las solicitudes que recibió si las hay, sin etiquetas.
    """
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
    out.write_text(model.text(), encoding="utf-8")
    _name(model)
    say(
        f"Written to {out}. See whom it serves worse (cotejo model report --model {out}) before it is signed.",
        f"Escrito en {out}. Vea a quién atiende peor (cotejo model report --model {out}) antes de firmarlo.",
    )


def report(
    model: Annotated[
        Path | None,
        option("The model file; else the standard one.", "El archivo del modelo; si falta, el estándar.", exists=True),
    ] = None,
    seed: Annotated[int, option("The seed of the invented people.", "La semilla de las personas inventadas.")] = 1,
    people: Annotated[
        int,
        option(
            "How many invented people the register has.", "Cuántas personas inventadas tiene el registro.", min=1_000
        ),
    ] = 20_000,
) -> None:
    """Show whom a model serves how well, on invented people; status 1 when a group is served worse.

    Muestra a quién atiende bien o mal un modelo, con personas inventadas; estado de salida 1 si atiende peor a un
    grupo.
    """
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
