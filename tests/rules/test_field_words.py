"""No sentence of the law names a field by its name in the program: every name it uses has words in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cotejo.rules
from cotejo.rules.field_words import FIELD_WORDS, words_of_field
from cotejo.rules.person_typed import unreadable

ROOT = Path(cotejo.rules.__file__).parent
NAMING = {"unreadable", "_unreadable", "_after", "_dated", "label_reason", "barred_reason"}


def named() -> Iterator[str]:
    """Yield every field that a rule names in words, as written in the source."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMING and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_field_a_rule_names_has_words() -> None:
    fields = set(named())
    assert len(fields) > 20
    for field in fields:
        words = words_of_field(field)
        assert words.en
        assert words.es


@pytest.mark.parametrize("thing", ["claim 2", "act 1", "court act 3", "evidence 12", "affiliation 1", "name 1"])
def test_numbered_things_of_a_package_have_words(thing: str) -> None:
    number = thing.rsplit(maxsplit=1)[-1]
    assert words_of_field(thing).es.endswith(number)
    assert words_of_field(thing).es != thing


def test_f16_a_spanish_reader_meets_no_english_name_of_a_field() -> None:
    for field in FIELD_WORDS:
        said = unreadable(field).text
        assert f": {field}." not in said.es
        assert "_" not in said.es + said.en


def test_several_fields_in_one_sentence_are_all_named() -> None:
    assert unreadable("group, grade").text.es == "Falta o no se puede leer: grupo, grado."
