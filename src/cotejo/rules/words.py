"""The law's own words: one sentence in English and Spanish, kept side by side so that neither can be forgotten.

Pages, papers and the command line all print these; page furniture has its own catalogues. Words of the field: see the
glossary in `docs/glossary.md`.
"""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = ("es", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages. `{name}` places are filled by `say`."""

    en: str
    es: str

    def say(self, **values: object) -> "Text":
        """Return the sentence with its places filled; a missing value raises `KeyError`."""
        return Text(en=self.en.format(**values), es=self.es.format(**values))

    def in_language(self, language: str) -> str:
        """Return the Spanish sentence for any code that begins with `es`, else the English one."""
        return self.es if language.startswith("es") else self.en
