"""A node asks its outside witnesses, and says when none was told the head of its log for a day (F61)."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from pytest_django.plugin import DjangoDbBlocker

from cotejo.node.checking import _unaudited, _unconfirmed
from cotejo.node.node_file import WitnessAt
from cotejo.node.witnesses import ask_witnesses, last_confirmed
from cotejo.proof.checkpoint import Checkpoint, sign_checkpoint
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey, read_note
from cotejo.rules.agreement import DAY, MINUTE
from cotejo_witness.memory import Memory
from cotejo_witness.serving import application
from tests import pages
from tests.builders import appointing
from tests.builders.memory import NOW, House, as_recorder, on_postgresql, opened, person, plan
from tests.cluster import Cluster

LOG = SigningKey.from_seed(b"l" * 32, Purpose.LOG)
NAME = "boreal/house"


def head(house: House) -> tuple[Path, int, bytes]:
    """Return where the house log's files are, its signed size, and its checkpoint."""
    from cotejo.store import log

    size, root = log.head(log.HOUSE, using="default")
    return log.tiles_folder(house.home), size, sign_checkpoint(Checkpoint(origin=NAME, size=size, root=root), LOG)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: a test run's output is for failures."""


@pytest.fixture
def house(postgres: Cluster, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[House]:
    """Give a node's memory with an entry in its log and tiles written."""
    with django_db_blocker.unblock(), pages.node_database(postgres) as dsns:
        made = on_postgresql(tmp_path / "home", dsns)
        made.unit.commit(plan(person(), opened(person())), **as_recorder())
        made.unit.write_tiles()
        yield made


@contextmanager
def witness(folder: Path, clock: list[int]) -> Iterator[WitnessAt]:
    """Serve a witness that follows the log, by a clock of the test's own."""
    memory = Memory.create(folder, name="ombudsman", seed=b"w" * 32)
    memory.add(NoteKey(name=NAME, key=LOG.verifying))
    server = make_server("127.0.0.1", 0, application(memory, lambda: clock[0]), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield WitnessAt(url=f"http://127.0.0.1:{server.server_port}", key=memory.note_key.text())
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def said(house: House, witnesses: tuple[WitnessAt, ...], at: int) -> list[str]:
    """Return what `cotejo check` says of the witnesses at a moment."""
    node = SimpleNamespace(home=house.home, file=SimpleNamespace(witnesses=witnesses))
    return [text.en for text in _unconfirmed(node, at)]  # type: ignore[arg-type] # it asks for nothing else


def test_f61_a_log_no_witness_confirmed_for_a_day_is_named_with_since_when(house: House, tmp_path: Path) -> None:
    (folder, size, note), clock = head(house), [NOW + DAY]
    with witness(tmp_path / "witness", clock) as at:
        assert not said(house, (at,), NOW + DAY)
        assert "since 2027-01-15" in said(house, (at,), NOW + DAY + MINUTE)[0]
        asked, whole = ask_witnesses((at,), folder, note, size)
        assert whole
        assert read_note(asked).signed_by(NoteKey.from_text(at.key))
        assert last_confirmed((at,), folder) == clock[0]
        assert not said(house, (at,), clock[0] + DAY)
        assert "since 2027-01-16" in said(house, (at,), clock[0] + DAY + MINUTE)[0]
        clock[0] += 2 * DAY
        ask_witnesses((at,), folder, note, size)
        assert not said(house, (at,), clock[0])
    assert not said(house, (), clock[0] + 9 * DAY)


def test_f61_a_real_node_without_an_auditor_is_named_and_so_is_an_appointment_that_ends_soon(house: House) -> None:
    from cotejo.store.auditors import add_account
    from cotejo.store.people import NewOfficer

    def unaudited(at: int, world: str) -> str:
        node = SimpleNamespace(unit=house.unit, file=SimpleNamespace(world=world))
        return " ".join(text.en for text in _unaudited(node, at))  # type: ignore[arg-type] # it asks for nothing else

    assert "Nobody audits this node" in unaudited(NOW, "real")
    assert not unaudited(NOW, "invented")
    terms = appointing.appointment(node=house.unit.node, until="2028-01-01")
    signed = appointing.appointed(node=terms.node, until=terms.until)
    new = NewOfficer(username=terms.account, name=terms.person, unit="U", chain="C", duties=frozenset({"auditor"}))
    add_account(house.unit, new, signed=signed, listed=(appointing.BODY,), now=NOW)
    assert not unaudited(NOW, "real")
    assert "ends on 2028-01-01. Ask ombudsman.invalid" in unaudited(terms.ends - 30 * DAY + 1, "invented")
    assert "Nobody audits this node" in unaudited(terms.ends, "real")


def test_what_an_earlier_program_wrote_of_a_witness_is_still_read(house: House, tmp_path: Path) -> None:
    folder, size, note = head(house)
    key = NoteKey(name="ombudsman", key=SigningKey.from_seed(b"w" * 32, Purpose.WITNESS).verifying)
    seen = folder / "witnessed" / key.key_hash.hex()
    seen.parent.mkdir()
    seen.write_text("0", encoding="ascii")
    with witness(tmp_path / "witness", [time.time_ns() // 1_000_000]) as at:
        assert last_confirmed((at,), folder) == 0
        assert ask_witnesses((at,), folder, note, size)[1]
        assert last_confirmed((at,), folder) > 0
