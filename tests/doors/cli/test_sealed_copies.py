"""`cotejo sealed`: what the oversight body lists, holds, frees and opens; nobody else opens anything."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from cotejo.doors.cli.opening import Doors
from cotejo.doors.cli.sealed_copies import sealed_app
from cotejo.doors.cli.speaking import Told
from cotejo.node.database import Dsns
from cotejo.rules.acts import Destroy, Stream
from cotejo.rules.duties import Duty
from cotejo.store.models import Trace
from cotejo.store.sealed_copies import make_oversight_key
from tests.builders.memory import CATEGORISED, NOW, as_recorder, on_postgresql, opened, person, plan
from tests.pages import somebody


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def run(doors: Doors, *words: object) -> str:
    result = CliRunner().invoke(sealed_app(doors), [str(word) for word in words])
    if isinstance(result.exception, Told):
        raise result.exception
    assert result.exception is None, result.exception
    return result.output


@pytest.fixture
def node(node_database: Dsns, tmp_path: Path) -> tuple[Doors, Path, Stream]:
    """Give a node that erased one unit, and where its home is."""
    house = on_postgresql(tmp_path / "home", node_database)
    make_oversight_key(house.home.keys, house.home.for_oversight, bytes(range(32)))
    stream, unit = person(), house.unit
    unit.commit(plan(stream, opened(stream)), **as_recorder())
    unit.documents.put(b"an invented warrant", unit=stream)
    gone = Destroy(stream=stream, sealed_until=NOW)
    unit.commit(plan(stream, CATEGORISED, version=1, destroys=(gone,)), **as_recorder())

    @contextmanager
    def at(_home: Path) -> Iterator[Any]:
        yield SimpleNamespace(unit=unit, now=NOW)

    return Doors(keys=at, node=at), house.home.folder, stream  # type: ignore[arg-type] # keys are not asked for


def test_i11_the_oversight_body_holds_and_frees_a_copy_and_it_is_written_down(node: tuple[Doors, Path, Stream]) -> None:
    doors, home, stream = node
    somebody("o.faro", Duty.OVERSIGHT)
    somebody("c.lago", Duty.CERTIFIER)
    name = f"{stream.kind}-{stream.id}"
    run(doors, "hold", home, name, "--by", "o.faro")
    assert f"{name}: until 2027-01-15, held" in run(doors, "list", home)
    run(doors, "free", home, name, "--by", "o.faro")
    assert "held" not in run(doors, "list", home)
    assert [each.what for each in Trace.objects.filter(subject=f"sealed-copy:{stream}").order_by("leaf_id")] == [
        "hold",
        "free",
    ]
    for words in (("hold", home, name, "--by", "c.lago"), ("hold", home, "person-" + "0" * 32, "--by", "o.faro")):
        with pytest.raises(Told):
            run(doors, *words)


def test_i11_a_copy_opens_away_from_the_node_with_the_right_key_alone(
    node: tuple[Doors, Path, Stream], tmp_path: Path
) -> None:
    doors, home, stream = node
    file, key = home / "sealed-copies" / f"{stream.kind}-{stream.id}", home / "for-oversight" / "opening-key"
    said = run(doors, "open", file, "--key", key, "--to", tmp_path / "out")
    assert "Acts: 1. Documents: 1." in said
    [act] = json.loads((tmp_path / "out" / "acts.json").read_text())
    assert act["body"]["subject"]["names"][0]["documented"] == "Rosa Inventada Pérez"
    wrong = tmp_path / "wrong"
    wrong.write_text("00" * 32)
    with pytest.raises(Told):
        run(doors, "open", file, "--key", wrong, "--to", tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
