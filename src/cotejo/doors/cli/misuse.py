"""What was wrong with the words of a command, said in Spanish: the library that reads them says it in English alone.

Whatever it says that is not listed here is given in its own words, behind a sentence in Spanish.
"""

import re
from typing import Any, Final

_SENTENCES: Final = (
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


def misuse_in_spanish(error: Any) -> str:  # noqa: ANN401 - the library has its own kind of it
    """Return everything that is told of a misuse: how the command is used, where to look, what was wrong."""
    said = str(error.format_message())
    context = getattr(error, "ctx", None)
    if context is None or said == context.get_help():
        return said if context is not None else _wrong(said)
    return f"{context.get_usage()}\nVea: {context.command_path} --help\n\n{_wrong(said)}"


def _wrong(said: str) -> str:
    value = re.fullmatch(r"Invalid value(?: for (?P<what>.+?))?: (?P<why>.+)", said, re.DOTALL)
    if value is None:
        return _found(said, _SENTENCES) or f"La orden no se entiende: {said}"
    why = _found(value["why"], _VALUES) or value["why"]
    return f"Valor no válido para {value['what']}: {why}" if value["what"] else f"Valor no válido: {why}"


def _found(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((match.expand(words) for form, words in known if (match := re.fullmatch(form, said, re.DOTALL))), "")
