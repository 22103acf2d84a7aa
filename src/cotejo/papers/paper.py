"""What a paper is made of: headings, sentences, facts, tables, lists; one shape for every paper Cotejo prints.

1. A paper is made from the same typed content as the screens; nothing is typed twice.
2. Every page says what the paper is, for whom, made when, valid until when, and in an invented world that it is a
   demonstration (F25).
3. Sentences are the law's own words in one language; names, quotations and numbers stay as documented.
"""

from dataclasses import dataclass, field

from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One label and what is documented under it."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels and values, one under the other."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One paragraph in the reader's language."""

    text: Text
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words exactly as documented, with where they stand."""

    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of sentences."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a heading row; cells are as documented."""

    headings: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Facts | Sentence | Quotation | Points | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    heading: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. `made_at` and `valid_until` are printed as given (ISO, UTC); `reader` is whom the copy is for."""

    title: Text
    subtitle: Text
    sections: tuple[Section, ...]
    node: str
    reader: str
    reference: str
    made_at: str
    valid_until: str = ""
    invented: bool = False
    language: Language = "es"
    notes: tuple[Text, ...] = field(default=())
