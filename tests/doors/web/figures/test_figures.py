"""Public figures: looked at as they would be said, released once a period, signed over the log; never a true count."""

import json
import re
from pathlib import Path

import pytest

from cotejo.doors.web.base import acting
from cotejo.node.assembly import Node, assemble
from cotejo.node.figures import released
from cotejo.node.home import Home
from cotejo.node.house_log import HOUSE, HouseLog
from cotejo.node.making import give_keys, name_node
from cotejo.node.node_file import NodeFile
from cotejo.proof import exact, jws
from cotejo.rules.acts import Reason
from cotejo.rules.duties import Duty
from cotejo.rules.figures import FIGURES, WISH, gate_titles, row_of_refusal
from cotejo.rules.words import Text
from cotejo.store.models import Trace
from tests.pages import signed_in, somebody, words_in

NOW = 1_795_780_800_000  # 2026-11-27T12:00:00Z
OCTOBER = 1_792_000_000_000  # 2026-10-14
PERIOD = {"first": "2026-09", "last": "2026-10"}
GATE = next(iter(gate_titles()))


@pytest.fixture
def node(node_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Node:
    """Give a node with keys whose log holds twelve wishes that could not be sent, under a signed checkpoint."""
    home = Home.create(tmp_path / "alba", world="invented")
    name_node(
        home,
        NodeFile(
            world="invented",
            node="alba",
            name="Alba",
            profile="sv",
            language="es",
            url="https://alba.example:8443",
            pages="127.0.0.1:8001",
            exchange="127.0.0.1:8101",
        ),
    )
    give_keys(home)
    made = assemble(home)
    monkeypatch.setattr(acting, "now", lambda: NOW)
    who = somebody("r.uno", Duty.RECORDER).acting(Duty.RECORDER)
    reason = Reason(code=f"{GATE}.missing", text=Text("x", "x"))
    for n in range(12):
        made.unit.note_refusal(who=who, purpose="request", subject=WISH, reasons=(reason,), now=OCTOBER + n)
    HouseLog(made).keep(NOW)
    return made


def officer(language="en", duty=Duty.STATISTICS):
    return signed_in(somebody(f"s.{duty.value}-{language}", duty), language=language)


def said_in(file, key):
    """Return what a release file says, its signature verified."""
    keys = {key.key.key_id: key.key}
    verified = jws.verify(file["signed"].encode(), keys, typ=jws.Typ.FIGURES, at_most=2**20)
    return exact.from_bytes(verified.payload, at_most=2**20)


@pytest.mark.parametrize(("language", "said"), [("en", "not said"), ("es", "Detenidas por un control")])
def test_i14_a_period_is_looked_at_as_it_would_be_said(node, language, said):
    page = officer(language).get("/figures/", PERIOD)
    assert page.status_code == 200
    text = words_in(page)
    assert said in text
    assert " 12 " not in text, "no true count"
    assert re.search(r" 1[05] ", text)
    assert released() == ()


def test_i14_a_release_is_signed_over_the_checkpoint_noted_and_the_same_every_time(node):
    client = officer()
    answer = client.post("/figures/", PERIOD)
    assert answer.status_code == 200, words_in(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="cotejo-release-2026-09-2026-10.json"'
    file = json.loads(answer.content)
    key = node.keys.document.log_key(HOUSE, now=NOW)
    payload = said_in(file, key)
    assert [each["code"] for each in payload["figures"]] == [each.code for each in FIGURES]
    assert str(payload["log"]["size"]) in file["checkpoint"]
    assert released() == (("2026-09", "2026-10"),)
    assert Trace.objects.filter(what="read", subject="figures:2026-09:2026-10").count() == 1
    again = json.loads(client.post("/figures/", PERIOD).content)
    other = said_in(again, key)
    assert other["figures"] == payload["figures"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"first": "2026-10", "last": "2026-10"}, "overlaps"),
        ({"first": "2026-08", "last": "2026-09"}, "overlaps"),
        ({"first": "2026-11", "last": "2026-11"}, "not over yet"),
        ({"first": "2026-10", "last": "2026-09"}, "first and the last month"),
        ({"first": "ayer", "last": ""}, "first and the last month"),
    ],
)
def test_f69_two_releases_leave_nothing_to_subtract(node, period, words):
    client = officer()
    client.post("/figures/", PERIOD)
    for answer in (client.post("/figures/", period), client.get("/figures/", period)):
        assert answer.status_code == 422
        assert words in words_in(answer)
    assert released() == (("2026-09", "2026-10"),)


@pytest.mark.parametrize("duty", [Duty.RECORDER, Duty.OVERSIGHT, Duty.OPERATOR])
def test_f60_only_the_statistics_officer_releases(node, duty):
    client = officer(duty=duty) if duty is not Duty.RECORDER else signed_in(somebody("r.dos", duty))
    assert client.post("/figures/", PERIOD).status_code == 403
    assert released() == ()


def test_f68_a_refusal_counts_once_under_its_first_gate_and_a_typed_word_never():
    first, second = list(gate_titles())[:2]
    row = row_of_refusal(WISH, (f"{second}.x", f"{first}.y"), OCTOBER)
    assert row is not None
    assert (row.gate, row.month) == (first, "2026-10")
    assert row_of_refusal(WISH, ("marero.luis",), OCTOBER) is None
    assert row_of_refusal("person:1", (f"{first}.x",), OCTOBER) is None
