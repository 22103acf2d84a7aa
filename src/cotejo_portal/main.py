"""The command `cotejo-portal`: build the folder, check a sentence, recount an auditor's bundle."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cotejo_portal import words
from cotejo_portal.build import everything, write
from cotejo_portal.prevention import read_file
from cotejo_portal.problems import Unfit
from cotejo_portal.recount import recount as recount_bundle
from cotejo_portal.release import Release, read_release
from cotejo_portal.sentence import ENDLESS, Comparison, Sentence, check
from cotejo_portal.trust import read_trust
from cotejo_speaking.two_languages import InTwoLanguages, argument, both, option

app = typer.Typer(
    help=both(
        "Public figures as pages: make the folder, check a sentence, recount an auditor's bundle.",
        "Las cifras públicas en páginas: crear la carpeta, comprobar una frase, recontar el paquete de quien audita.",
    ),
    cls=InTwoLanguages,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """Language of the answers."""

    ES = "es"
    EN = "en"


ReleaseFile = Annotated[
    Path, argument("The signed release.", "La publicación firmada.", metavar=both("RELEASE.json", "PUBLICACIÓN.json"))
]
TrustFile = Annotated[
    Path | None,
    option(
        "Keys to trust; without it, trust.txt beside the release.",
        "Claves en que se confía; si no se indica, trust.txt junto a la publicación.",
    ),
]
InLanguage = Annotated[Language, option("Language of the answer.", "Idioma de la respuesta.")]


@contextmanager
def in_plain_words(language: Language) -> Iterator[None]:
    """Turn a problem into its sentence and exit code 1."""
    try:
        yield
    except Unfit as problem:
        print(problem.sentence(language), file=sys.stderr)
        raise typer.Exit(1) from problem


@app.command()
def build(
    release: ReleaseFile,
    out: Annotated[Path, argument("Folder to make.", "Carpeta que se crea.")],
    trust: TrustFile = None,
    prevention: Annotated[
        Path | None,
        option(
            "Counts of the prevention installation; without it, prevention.json beside.",
            "Recuentos de la instalación de prevención; si no se indica, prevention.json junto a la publicación.",
        ),
    ] = None,
    language: InLanguage = Language.EN,
) -> None:
    """Make the folder of pages and files in Spanish and English.

    Crea la carpeta de páginas y archivos en español e inglés.
    """
    with in_plain_words(language):
        checked = _read(release, trust)
        files = everything(checked, read_file(prevention or release.parent / "prevention.json"))
        write(files, out)
        print(f"{out}: {len(files)}")


@app.command("check-sentence")
def check_sentence(
    release: ReleaseFile,
    figure: Annotated[
        str,
        option(
            "Figure, as named in the addresses of its pages.", "Cifra, como la nombran las direcciones de sus páginas."
        ),
    ],
    comparison: Annotated[Comparison, option("How the sentence compares.", "Cómo compara la frase.")],
    number: Annotated[int, option("The sentence's number.", "El número de la frase.")],
    month: Annotated[
        str,
        option("Month such as 2026-03; empty for the whole period.", "Mes, como 2026-03; vacío para todo el período."),
    ] = "",
    part: Annotated[
        str,
        option("Route or reason by its code; empty for all.", "Vía o motivo, por su código; vacío para todos."),
    ] = "",
    trust: TrustFile = None,
    language: InLanguage = Language.EN,
) -> None:
    """Answer a sentence from the release alone: supported, contradicted or cannot be known.

    Responde a una frase solo con la publicación: sostenida, contradicha o no puede saberse.
    """
    with in_plain_words(language):
        sentence = Sentence(figure=figure, comparison=comparison, number=number, month=month, part=part)
        answer = check(_read(release, trust), sentence)
        print(words.verdict(answer.verdict, language))
        print(_because(answer.low, answer.high, language))


@app.command()
def recount(
    leaves: Annotated[
        Path,
        argument("The auditor's bundle.", "El paquete de quien audita.", metavar=both("LEAVES.jsonl", "HOJAS.jsonl")),
    ],
    release: ReleaseFile,
    trust: TrustFile = None,
    language: InLanguage = Language.EN,
) -> None:
    """Count again from the log; exit code 1 and each finding when something does not agree.

    Cuenta de nuevo desde el registro; estado de salida 1 y cada hallazgo si algo no concuerda.
    """
    with in_plain_words(language):
        counted = recount_bundle(leaves, _read(release, trust))
        for finding in counted.findings:
            print(finding.es if language is Language.ES else finding.en)
        if counted.findings:
            raise typer.Exit(1)
        print(words.say("recounted", language, leaves=counted.leaves, rows=counted.rows))


def _read(release: Path, trust: Path | None) -> Release:
    return read_release(release, read_trust(trust or release.parent / "trust.txt"))


def _because(low: int, high: int, language: Language) -> str:
    if low > high:
        return words.say("because_absent", language)
    if high >= ENDLESS:
        return words.say("because_not_said", language)
    return words.say("because", language, low=low, high=high)


if __name__ == "__main__":
    app()
