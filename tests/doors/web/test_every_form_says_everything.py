"""Every form of records, requests and reviews, sent empty and full of nonsense (issue 2, bad input).

All of it is said at once, in the language of whoever reads, nothing of it in the other one, and nothing twice.
"""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from cotejo.doors.web.dossiers.steps import STEPS as REQUEST_STEPS
from cotejo.doors.web.records.writing import STEPS as FILE_STEPS
from cotejo.doors.web.review.steps import STEPS as REVIEW_STEPS
from cotejo.rules.duties import Duty
from tests.builders.origin import origin
from tests.builders.receiving import play, receiving, staff
from tests.pages import signed_in

BOX: Final = re.compile(r'class="usa-alert usa-alert--error problems".*?</ul>', re.DOTALL)
CONTROL: Final = re.compile(r"<(input|select|textarea)\b[^>]*>", re.DOTALL)
NAME, KIND = re.compile(r'name="([^"]+)"'), re.compile(r'type="([^"]+)"')
VALUE: Final = re.compile(r'value="([^"]*)"')
NONSENSE: Final = ("none-such", "ayer?")

FILE_FORMS: Final = {
    "description": 2,
    "court-act": 4,
    "alleged": 3,
    "evidence": 5,
    "statement": 3,
    "affiliation": 3,
    "whereabouts": 2,
    "category": 1,
    "explanation": 1,
    "withdraw-statement": 1,
}
"""At least so many messages when the form is sent full of nonsense."""
REQUEST_FORMS: Final = {"statements": 1, "acts": 1, "grounds": 9, "notice": 1, "deferral": 1}
REQUEST_FORMS_AFTER: Final = {"suspension": 1, "reinstatement": 1, "revalidation": 1, "dispute": 5, "withdrawal": 1}
NOTHING_TYPED: Final = {"certificate", "undertakings", "erasure", "erasure-signed"}
REVIEW_FORMS: Final = {
    "nationality": 1,
    "legal": 1,
    "own-law": 4,
    "risk": 2,
    "copy": 3,
    "dispute": 6,
    "dispute-leaves": 0,
    "decision": 1,
    "court-orders": 1,
    "confirm": 1,
    "handover": 4,
    "return": 1,
    "return-ended": 1,
    "close": 1,
    "hold": 1,
}


def nonsense(page: str) -> dict[str, str]:
    """Return a value nobody can read for every field a page offers."""
    main = page.partition("<main")[2]
    typed: dict[str, str] = {}
    for control in CONTROL.finditer(main):
        name, kind = NAME.search(control[0]), KIND.search(control[0])
        said = kind[1] if kind else ""
        if name and said == "hidden":
            typed[name[1]] = html.unescape(VALUE.search(control[0])[1]) if VALUE.search(control[0]) else ""  # type: ignore[index]
        elif name and name[1] != "language" and said not in {"file", "checkbox"}:
            typed[name[1]] = NONSENSE[0] if said == "radio" or control[1] == "select" else NONSENSE[1]
    return typed


def problems(page: str) -> list[str]:
    """Return what a page lists to put right, as it is read."""
    box = BOX.search(page)
    listed = re.findall(r"<li>(.*?)</li>", box[0], re.DOTALL) if box else []
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in listed]


def said(client: Any, address: str, fields: Mapping[str, str] | None = None) -> list[str]:
    """Return what a form says of itself when it is sent like this."""
    shown = client.get(address)
    assert shown.status_code == 200, (address, shown.status_code)
    full = nonsense(shown.content.decode())
    hidden = {name: value for name, value in full.items() if value not in NONSENSE}
    answer = client.post(address, full if fields is None else {**hidden, **fields})
    assert answer.status_code == 422, (address, answer.status_code)
    return problems(answer.content.decode())


def both(people: Any, address: str, at_least: int) -> None:
    """Send a form empty and full of nonsense in both languages, and compare what is said."""
    spanish, english = (signed_in(people, language=each) for each in ("es", "en"))
    for fields in ({}, None):
        es, en = said(spanish, address, fields), said(english, address, fields)
        assert len(es) == len(en), (address, es, en)
        assert len(es) == len(set(es)), ("said twice", es)
        assert not set(es) & set(en), (address, set(es) & set(en))
        if fields is None:
            assert len(es) >= at_least, (address, es)
        assert es, address
        assert not any("_" in each for each in es + en), ("a name of the program", es, en)


@pytest.fixture
def alba(node_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    return origin(tmp_path / "alba", monkeypatch)


@pytest.fixture
def boreal(node_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    return receiving(tmp_path / "boreal", monkeypatch)


def test_forms_of_a_file_say_everything_at_once_in_the_readers_language(alba: Any) -> None:
    assert set(FILE_FORMS) == set(FILE_STEPS)
    case = alba.case(until="checked")
    both(alba.people[Duty.RECORDER], "/records/new/", 2)
    for name, at_least in FILE_FORMS.items():
        duty = FILE_STEPS[name].duties[0]
        about = f"{case.claim}/" if name == "withdraw-statement" and hasattr(case, "claim") else ""
        both(alba.people[duty], f"/records/{case.person}/write/{name}/{about}", at_least)


def test_forms_of_a_request_say_everything_at_once_in_the_readers_language(alba: Any) -> None:
    assert set(REQUEST_FORMS) | set(REQUEST_FORMS_AFTER) | NOTHING_TYPED == set(REQUEST_STEPS)
    case = alba.case(until="begun")
    both(alba.people[Duty.RECORDER], f"/dossiers/new/{case.person}/", 1)
    for name, at_least in {**REQUEST_FORMS, "certificate": 1}.items():
        both(alba.people[REQUEST_STEPS[name].duties[0]], f"/dossiers/{case.dossier}/step/{name}/", at_least)


def test_forms_about_a_sent_request_say_everything_at_once_in_the_readers_language(alba: Any) -> None:
    case = alba.case(until="sent")
    for name, at_least in REQUEST_FORMS_AFTER.items():
        both(alba.people[REQUEST_STEPS[name].duties[0]], f"/dossiers/{case.dossier}/step/{name}/", at_least)


def test_forms_of_a_review_say_everything_at_once_in_the_readers_language(boreal: Any) -> None:
    assert set(REVIEW_FORMS) == {each.name for each in REVIEW_STEPS}
    people, review = staff(), boreal.request()
    play(boreal, review, "identified")
    whose = {each.name: each.duties[0] for each in REVIEW_STEPS}
    for name in ("nationality", "legal", "own-law", "risk", "copy", "decision", "hold"):
        both(people.people[whose[name].value], f"/review/{review}/{name}/", REVIEW_FORMS[name])
