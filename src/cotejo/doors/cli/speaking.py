"""How commands speak: one plain sentence in the reader's language, and exit status 1 when something is wrong.

Help is written in both languages where it stands (`option`, `argument`, `both`); the witness's program has it so too.
"""

from collections.abc import Iterable
from typing import NoReturn

import typer

from cotejo.rules.acts import Reason
from cotejo.rules.words import Text
from cotejo_speaking.two_languages import InTwoLanguages, argument, both, language, option

__all__ = [
    "InTwoLanguages",
    "Told",
    "argument",
    "both",
    "language",
    "option",
    "refuse",
    "refuse_reasons",
    "say",
    "say_aside",
]


class Told(Exception):  # noqa: N818 - what the operator is told
    """A command ends here, with these sentences on the error stream."""

    def __init__(self, *texts: Text) -> None:
        super().__init__(" ".join(text.en for text in texts))
        self.texts = texts


def say(en: str, es: str) -> None:
    """Print one line."""
    typer.echo(es if language() == "es" else en)


def say_aside(en: str, es: str) -> None:
    """Print one line on the error stream, beside what the command has to say."""
    typer.echo(es if language() == "es" else en, err=True)


def refuse(en: str, es: str) -> NoReturn:
    """End the command with one sentence."""
    raise Told(Text(en, es))


def refuse_reasons(reasons: Iterable[Reason]) -> NoReturn:
    """End the command with what the law says, reason by reason, each with its remedy."""
    raise Told(*(_with_remedy(reason) for reason in reasons))


def _with_remedy(reason: Reason) -> Text:
    if reason.remedy is None:
        return reason.text
    return Text(f"{reason.text.en} {reason.remedy.en}", f"{reason.text.es} {reason.remedy.es}")
