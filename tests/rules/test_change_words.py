"""A correction shows what a field said and says in words, never a code of the program (F17, F53)."""

from dataclasses import replace

from cotejo.rules.assemble import changes_between
from cotejo.rules.change_words import words_of_change
from cotejo.rules.facts import Category, Route
from tests.builders.sound import sound_package


def test_f53_every_code_that_a_correction_changes_is_told_in_words() -> None:
    old = sound_package()
    item = old.evidence[0]
    spoiled = replace(item, anonymous=not item.anonymous)
    new = replace(old, category=Category.CONVICTED, route=Route.TRANSFER, evidence=(spoiled, *old.evidence[1:]))
    told = {each.field: words_of_change(each.field, each.new).es for each in changes_between(old, new)}
    assert set(told.values()) >= {"condenada", "traslado de persona condenada", "sí"}
    assert not {"convicted", "transfer", "True"} & set(told.values())


def test_what_is_no_code_stands_as_it_is_and_nothing_is_a_dash() -> None:
    assert words_of_change("subject.birth", "1988-03-02").en == "1988-03-02"
    assert words_of_change("claims[c1].grade.scale", "").en == "–"
    assert words_of_change("no.such.field", "x").es == "x"
    assert words_of_change("route", "no such route").es == "no such route"
