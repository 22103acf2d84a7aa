"""Every word of the pages exists in both languages, and the check that says so can fail."""

from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tools import messages

from cotejo.doors.web.base.templatetags.cotejo import in_words, when
from cotejo.rules.words import Text


def package(folder: Path, page: str) -> Path:
    (folder / "templates").mkdir()
    (folder / "templates/page.html").write_text(page)
    return folder


def test_every_message_of_every_package_has_its_spanish() -> None:
    packages = sorted(path.parent for path in messages.PAGES.glob("*/__init__.py"))
    faults = [fault for each in packages for fault in messages.faults_of(each)] + list(messages.said_twice(packages))
    assert faults == []


def test_a_new_word_is_missed_until_it_has_spanish(tmp_path: Path) -> None:
    made = package(tmp_path, '{% load i18n %}{% translate "Inbox" %}{{ _("Seen") }}')
    assert [fault.split(": ", 1)[1] for fault in messages.faults_of(made)][:2] == ["missing: Inbox", "missing: Seen"]
    catalogue = messages.renewed(messages.Catalog(locale="es"), messages.source_of(made))
    messages.catalogue_of(made).parent.mkdir(parents=True)
    messages.catalogue_of(made).write_bytes(messages.as_text(catalogue))
    assert any("no Spanish: Inbox" in fault for fault in messages.faults_of(made))


def test_a_place_lost_in_spanish_and_a_stale_compilation_are_found(tmp_path: Path) -> None:
    made = package(tmp_path, "{% load i18n %}{% blocktranslate %}Node {{ node }}{% endblocktranslate %}")
    catalogue = messages.renewed(messages.Catalog(locale="es"), messages.source_of(made))
    catalogue["Node %(node)s"].string = "Nodo"
    messages.catalogue_of(made).parent.mkdir(parents=True)
    messages.catalogue_of(made).write_bytes(messages.as_text(catalogue))
    faults = list(messages.faults_of(made))
    assert any("other places" in fault for fault in faults)
    assert any("stale" in fault for fault in faults)


@pytest.mark.parametrize(("language", "said"), [("es", "retiro"), ("en", "withdrawal")])
def test_the_law_speaks_the_language_of_the_page(language: str, said: str) -> None:
    with translation.override(language):
        assert in_words(Text("withdrawal", "retiro")) == said


@given(at=st.integers(min_value=1, max_value=4_000_000_000_000))
def test_every_time_names_its_zone(at: int) -> None:
    assert " UTC<" in when(at)
