"""Commands in the reader's language: what they say of themselves, and what was wrong with the words they were given.

1. A text of help is two paragraphs, English first. `option`, `argument` and `both` join them; a docstring that serves
   as help holds them as they are.
2. The language is what POSIX says: LC_ALL, LC_MESSAGES, LANG.
3. What the library says by itself (Usage, Options, [required]) is put into Spanish before lines are broken.
4. Nothing is cut: a list of commands gives each its whole sentence.
5. What the library says of a misuse that is not listed here is given in its own words, behind a sentence in Spanish.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import typer
from typer.core import TyperGroup

_BETWEEN: Final = "\n\n"
_OPTIONS: Final = "[OPCIONES]"
_COMMAND: Final = "ORDEN [ARGUMENTOS]..."
_HEADINGS: Final = {"Arguments": "Argumentos", "Options": "Opciones", "Commands": "Órdenes"}
_SAID: Final = {
    "Show this message and exit.": "Muestra esta ayuda y termina.",
    "default: ": "si no se indica: ",
    "env var: ": "variable de entorno: ",
    "required": "obligatorio",
}
_SAYS: Final = re.compile(r"^Show this message and exit\.$|(?<=\[)(?:default|env var): |(?<=[\[ ])required(?=\]$)")
_KINDS: Final = {
    "int range": "entero",
    "int": "entero",
    "str": "texto",
    "path": "ruta",
    "Path": "ruta",
    "file": "archivo",
    "dir": "carpeta",
    "list": "lista",
}
_KIND: Final = re.compile(rf"(?<=[<\[,])(?:{'|'.join(_KINDS)})(?=[>\[\],])")
_MISUSES: Final = (
    (r"No such command '(.+?)'\.(?: Did you mean (.+)\?)?", r"No existe la orden \1."),
    (r"No such option: (\S+)(?: .*)?", r"No existe la opción \1."),
    (r"Missing command\.", "Falta la orden."),
    (r"Missing option '?(.+?)'?\.(?: .*)?", r"Falta la opción \1."),
    (r"Missing (?:argument|parameter) '?(.+?)'?\.(?: .*)?", r"Falta \1."),
    (r"Got unexpected extra arguments? ?\(s?\)? ?\(?(.+?)\)?", r"Sobra: \1."),
    (r"Option '?(\S+?)'? requires an argument\.", r"La opción \1 requiere un valor."),
    (r"Option '?(\S+?)'? requires (\d+) arguments\.", r"La opción \1 requiere \2 valores."),
    (r"Option '?(\S+?)'? does not take a value\.", r"La opción \1 no lleva valor."),
    (r"Could not open file (.+?): .*", r"No se pudo abrir \1."),
)
_VALUES: Final = (
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) (.+) does not exist\.", r"\1 no existe."),
    (r"(?:[Ff]ile|[Pp]ath) (.+) is a directory\.", r"\1 es una carpeta."),
    (r"(?:[Dd]irectory|[Pp]ath) (.+) is a file\.", r"\1 es un archivo."),
    (r"(?:[Ff]ile|[Pp]ath|[Dd]irectory) (.+) is not readable\.", r"\1 no se puede leer."),
    (r"Input should be a valid integer.*", "debe ser un número entero."),
    (r"Input should be a valid number.*", "debe ser un número."),
    (r"Input should be a valid boolean.*", "debe ser sí o no."),
    (r"Input should be greater than or equal to (.+)", r"debe ser al menos \1."),
    (r"Input should be less than or equal to (.+)", r"debe ser como máximo \1."),
    (r"(?:Value error, )?(.+) is not one of (.+?)\.?", r"\1 no es ninguno de estos: \2."),
)
_Formatter: Final[Any] = typer.Context.formatter_class


def both(en: str, es: str) -> str:
    """Return a text of the command line as it is written: in both languages."""
    return f"{en}{_BETWEEN}{es}"


def option(en: str, es: str, *names: str, **how: Any) -> Any:  # noqa: ANN401 - as the library has it
    """Return an option by its help and, when they are not its own, its names; `how` as in `typer.Option`."""
    return typer.Option(*names, help=both(en, es), **how)


def argument(en: str, es: str, **how: Any) -> Any:  # noqa: ANN401 - as above
    """Return an argument by its help; `how` as in `typer.Argument`."""
    return typer.Argument(help=both(en, es), **how)


def language(environment: Mapping[str, str] | None = None) -> str:
    """Return the operator's language: `es` or `en`."""
    here = os.environ if environment is None else environment
    named = next((here[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if here.get(name)), "")
    return "es" if named.startswith("es") else "en"


def told(en: str, es: str) -> str:
    """Return what is told to whoever typed the command, in their language."""
    return es if language() == "es" else en


class InTwoLanguages(TyperGroup):
    """The outermost command of a program: it and all below it speak the reader's language."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as above
        _speak(self, spanish=language() == "es")
        return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as above
        with _misuse_told():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        with _misuse_told():
            return super().invoke(ctx)


class _SpanishFormatter(_Formatter):  # type: ignore[misc] # the library gives its class and no public name of it
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Uso: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as above
        put = [(_KIND.sub(lambda kind: _KINDS[kind[0]], what), _own_words(words)) for what, words in rows]
        super().write_dl(put, *args, **kwargs)


class _SpanishContext(typer.Context):
    formatter_class = _SpanishFormatter


def _own_words(text: str) -> str:
    return _SAYS.sub(lambda said: _SAID[said[0]], text)


def _speak(command: Any, *, spanish: bool) -> None:  # noqa: ANN401 - a command or a group of them
    command.help = command.short_help = _one_of(command.help, spanish=spanish)
    for each in command.params:
        each.help = _one_of(each.help, spanish=spanish)
        each.metavar = _one_of(each.metavar, spanish=spanish)
    below = getattr(command, "commands", {})
    if spanish:
        command.context_class, command.options_metavar = _SpanishContext, _OPTIONS
        if below:
            command.subcommand_metavar = _COMMAND
    for each in below.values():
        _speak(each, spanish=spanish)


def _one_of(text: str | None, *, spanish: bool) -> str | None:
    return text and text.split(_BETWEEN)[-1 if spanish else 0]


@contextmanager
def _misuse_told() -> Iterator[None]:
    """Have a misuse show itself in Spanish where that is the language."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "show") and language() == "es":
            error.show = partial(typer.echo, _misuse(error), err=True)
        raise


def _misuse(error: Any) -> str:  # noqa: ANN401 - the library has its own kind of it
    """Return everything that is told of a misuse: how the command is used, where to look, what was wrong."""
    said = str(error.format_message())
    context = getattr(error, "ctx", None)
    if context is None:
        return _wrong(said)
    if said == context.get_help():
        return said
    return f"{context.get_usage()}\nVea: {context.command_path} --help\n\n{_wrong(said)}"


def _wrong(said: str) -> str:
    value = re.fullmatch(r"Invalid value(?: for (?P<what>.+?))?: (?P<why>.+)", said, re.DOTALL)
    if value is None:
        return _found(said, _MISUSES) or f"La orden no se entiende: {said}"
    why = _found(value["why"], _VALUES) or value["why"]
    return f"Valor no válido para {value['what']}: {why}" if value["what"] else f"Valor no válido: {why}"


def _found(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((match.expand(words) for form, words in known if (match := re.fullmatch(form, said, re.DOTALL))), "")
