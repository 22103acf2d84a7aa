"""The rail, the waiting list and the files of the pages."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from cotejo.doors.web import packages
from cotejo.doors.web.base import rail, waiting
from cotejo.doors.web.base.rail import Entry, Task, parts_for
from cotejo.doors.web.base.templatetags.cotejo import gates
from cotejo.rules.acts import Reason, gate
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from tests import pages

CSS = packages.ROOT / "static/cotejo/cotejo.css"


def test_the_rail_shows_what_the_duties_allow_and_marks_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for_recorders = Entry(
        task=Task.RECORDS, label=Text("A", "A"), view="account_change_password", duties=frozenset({Duty.RECORDER})
    )
    monkeypatch.setattr(rail, "all_entries", lambda: (*rail.ENTRIES, for_recorders))
    path = reverse("account_change_password")
    assert [part.label.en for part in parts_for([Duty.CHECKER], path)] == ["Work"]
    shown = parts_for([Duty.RECORDER], path)
    assert [part.label.en for part in shown] == ["Work", "Records"]
    assert [link.current for part in shown for link in part.links] == [False, True]


def test_every_entry_of_the_rail_leads_somewhere() -> None:
    assert all(reverse(entry.view) for entry in rail.all_entries())


@pytest.mark.usefixtures("node_database")
def test_what_waits_is_ordered_by_term_then_by_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = pages.somebody("a.rivas")
    lines = [
        waiting.Line(label=Text(name, name), address="/", step=Text("x", "x"), duty=Duty.RECORDER, since=since, due=due)
        for name, since, due in (("new", 9, 0), ("old", 1, 0), ("due", 5, 20), ("overdue", 6, 10))
    ]
    monkeypatch.setattr(packages, "brought", lambda _module, _name: [lambda _officer: lines])
    assert [line.label.en for line in waiting.lines_for(officer)] == ["overdue", "due", "old", "new"]


def test_every_file_the_pages_name_survives_hashing(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("cotejo/cotejo.*.css"))


def test_our_own_style_stays_under_two_hundred_lines() -> None:
    assert len(CSS.read_text().splitlines()) < 200


def test_f07_what_speaks_for_the_person_comes_first() -> None:
    against = gate("a", Text("warrant", "orden"), (), rows=())
    speaks = gate("b", Text("acquittal", "absolución"), (), rows=(), speaks_for=True)
    assert [row["gate"] for row in gates([against, speaks])["rows"]] == [speaks, against]


def test_a_gate_shows_its_state_as_a_word_and_a_shape_with_what_helps() -> None:
    reason = Reason(
        code="x", text=Text("No warrant.", "Sin orden."), remedy=Text("Ask.", "Pregunte."), clears=(Duty.RECORDER,)
    )
    stopped = gate("a", Text("warrant", "orden"), (reason,), rows=("F01",), stops=True)
    with translation.override("en"):
        shown = engines["django"].from_string("{% gates gates %}").render({"gates": [stopped]})
    for words in ("Stopped", "<svg", "No warrant.", "Ask.", "recorder"):
        assert words in shown
    assert "F01" not in shown
