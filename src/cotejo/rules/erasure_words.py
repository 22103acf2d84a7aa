"""What an erasure and its certificate say, as closed lists and numbers: nothing here has a place for a person.

1. A certificate always names the same kinds of things, whether the holder held much, little or nothing, and whether a
   court there keeps anything back: what it says is a function of the demand and of the agreement (I6, I11).
2. It says openly that one sealed copy stays for the person, counsel, a court and the oversight body, until when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.words import Text


class ErasureBasis(StrEnum):
    """By which rule something is erased."""

    WITHDRAWN = "withdrawn"
    RETENTION_OVER = "retention_over"


class Gone(StrEnum):
    """The kinds of things that an erasure takes away."""

    REQUEST = "request"
    DOCUMENTS = "documents"
    WORK = "work"
    LOOK_UPS = "look_ups"
    KEYS = "keys"


EVERYTHING: Final = tuple(Gone)
"""What every certificate names, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What kinds of things are gone since when, by which rule; until when the sealed copy is kept (ms UTC)."""

    gone: tuple[Gone, ...]
    since: Millis
    basis: ErasureBasis
    sealed_until: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What of a request would go, as two people read it before either signs (F58): counts, nothing else."""

    versions: int
    documents: int
    answers: int
    reports: int


GONE_WORDS: Final[Mapping[Gone, Text]] = {
    Gone.REQUEST: Text("every version of the request", "todas las versiones de la solicitud"),
    Gone.DOCUMENTS: Text(
        "the documents that came with it or were attached to it", "los documentos que trajo o que se le adjuntaron"
    ),
    Gone.WORK: Text(
        "what was written about it while it was worked on", "lo que se escribió sobre ella durante su trámite"
    ),
    Gone.LOOK_UPS: Text("names and terms under which it was found", "nombres y términos por los que se encontraba"),
    Gone.KEYS: Text(
        "the keys, so that no copy or backup can be read again",
        "las claves, de modo que ninguna copia ni respaldo pueda volver a leerse",
    ),
}
BASIS_WORDS: Final[Mapping[ErasureBasis, Text]] = {
    ErasureBasis.WITHDRAWN: Text("the request was withdrawn", "la solicitud fue retirada"),
    ErasureBasis.RETENTION_OVER: Text(
        "its time to be kept, as computed from its evidence, was over",
        "venció su plazo de conservación, calculado según su prueba",
    ),
}
