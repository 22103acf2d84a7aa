"""The vault, documents and marks: what is kept, where, and what erasing leaves (I7, I11)."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Erased, Plan, Stream, StreamKind, WithdrawalMark
from cotejo.rules.agreement import HOUR
from cotejo.rules.partner import KeyDocumentSeen
from cotejo.rules.purposes import Purpose
from cotejo.store.disk import add_line, whole_lines, write_all_new
from cotejo.store.keys import WEEK, EpochKeys, KeyFileMissing
from cotejo.store.marks import Marks
from cotejo.store.models import SearchName, Slot, Term, UnitKey, VaultItem
from cotejo.store.vault import NotOpened, open_sealed, seal
from tests.builders.memory import BOREAL, CATEGORISED, NOW, RECORDER, House, as_recorder, opened, person, plan
from tests.store.statements import noted

NAME = "Clementina Inventada Zúñiga"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def every_logged_row(house: House) -> str:
    """Return all rows of all logged tables, as the backup of a database shell would print them."""
    with psycopg.connect(house.dsns.owner) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p' AND relname LIKE 'store\\_%'"
        ).fetchall()
        every = sql.SQL("SELECT t::text FROM {} t")
        rows = [connection.execute(every.format(sql.Identifier(table))).fetchall() for (table,) in tables]
    return "\n".join(str(text) for each in rows for (text,) in each)


def test_a_name_is_in_no_logged_row_and_in_no_file(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream, name=NAME)), **as_recorder())
    house.unit.documents.put(NAME.encode(), unit=stream)

    rows, files = every_logged_row(house), everything_in(house.home.folder)
    for word in NAME.split():
        for spelled in (word, word.lower(), word.encode().hex()):
            assert spelled not in rows
            assert spelled.encode() not in files


def test_erasing_destroys_key_body_names_and_documents_and_leaves_the_acts(house: House) -> None:
    stream, other = person(), person()
    unit = house.unit
    unit.commit(plan(stream, opened(stream, name=NAME), CATEGORISED), **as_recorder())
    unit.commit(plan(other, opened(other)), **as_recorder())
    document = unit.documents.put(b"an invented warrant", unit=stream)
    sealed_files = list(house.home.documents.rglob("*"))

    unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW + 9)

    assert [entry.act for entry in unit.entries(stream)] == [
        Erased(was="person.opened"),
        Erased(was="person.categorised"),
    ]
    key = UnitKey.objects.get(stream_id=stream.id)
    assert (bytes(key.wrapped), key.destroyed_at) == (b"", NOW + 9)
    assert not VaultItem.objects.filter(stream_id=stream.id).exists()
    assert not SearchName.objects.filter(stream_id=stream.id).exists()
    assert not Term.objects.filter(stream_id=stream.id).exists()
    assert not unit.documents.has(document)
    assert any(path.is_file() for path in sealed_files) is False
    assert unit.entries(other)[0].act == opened(other)


def test_without_the_file_of_its_week_nothing_opens(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream)), **as_recorder())
    EpochKeys(house.home.keys).destroy(NOW // WEEK)

    with pytest.raises(KeyFileMissing):
        house.unit.entries(stream)


def test_a_new_week_wraps_survivors_anew_and_removes_the_old_file(house: House) -> None:
    erased, kept = person(), person()
    unit = house.unit
    unit.commit(plan(erased, opened(erased)), **as_recorder())
    unit.commit(plan(kept, opened(kept)), **as_recorder())
    unit.erase(erased, who=RECORDER, purpose=Purpose.RETENTION, now=NOW)

    assert unit.rewrap_keys(now=NOW + WEEK) == 1

    assert EpochKeys(house.home.keys).known() == (NOW // WEEK + 1,)
    assert house.again().entries(kept)[0].act == opened(kept)
    assert unit.rewrap_keys(now=NOW + WEEK) == 0


def test_a_body_moved_to_another_place_does_not_open(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream), CATEGORISED), **as_recorder())
    first, second = VaultItem.objects.order_by("version")
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()

    with pytest.raises(NotOpened):
        house.unit.entries(stream)


def test_what_is_sealed_opens_only_as_what_it_was_about() -> None:
    key = hashlib.sha256(b"a key of a test").digest()

    assert open_sealed(key, seal(key, b"words", about="a"), about="a") == b"words"
    for sealed, about in ((seal(key, b"words", about="a"), "b"), (b"", "a"), (b"short", "a")):
        with pytest.raises(NotOpened):
            open_sealed(key, sealed, about=about)


def test_a_document_is_on_the_disk_as_ciphertext_only(house: House) -> None:
    content = b"an invented judgment, page 1"
    name = house.unit.documents.put(content, unit=person())
    again = house.unit.documents.put(content, unit=person())

    files = [path for path in house.home.documents.rglob("*") if path.is_file()]
    assert again == name
    assert len(files) == 2
    assert all(content not in path.read_bytes() and name not in path.name for path in files)
    files[0].write_bytes(b"altered")
    assert house.unit.documents.get(name) == content


def test_i7_a_mark_survives_a_database_that_was_put_back(house: House) -> None:
    mark = WithdrawalMark(origin=BOREAL, request="9" * 32, facts_token="e" * 32)
    house.unit.commit(Plan(marks=(mark, mark)), **as_recorder())

    elsewhere = Marks(house.home.withdrawal_marks)
    assert elsewhere.forbid(origin=BOREAL, request="9" * 32)
    assert elsewhere.forbid(origin=BOREAL, facts_token="e" * 32)
    assert not elsewhere.forbid(origin=BOREAL, request="8" * 32)
    assert not elsewhere.forbid(origin=BOREAL)
    assert len(whole_lines(house.home.withdrawal_marks)) == 1


def test_i11_a_file_that_no_document_names_is_taken_away_after_an_hour_and_no_other(house: House) -> None:
    kept = house.unit.documents.put(b"an invented judgment", unit=person())
    waiting = house.home.documents / "parts" / ("a" * 64)
    waiting.parent.mkdir(exist_ok=True)
    for path in (waiting, house.home.documents / "ab" / "left by a crash", house.home.documents / "ab" / ".draft.1.ff"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"sealed")
    now = time.time_ns() // 1_000_000

    assert house.unit.documents.sweep(now) == 0
    assert house.unit.documents.sweep(now + 2 * HOUR) == 2
    assert house.unit.documents.get(kept) == b"an invented judgment"
    assert waiting.exists()


def test_i11_a_sweep_looks_into_some_folders_and_the_next_one_goes_on_from_there(house: House) -> None:
    documents = house.unit.documents
    kept = [documents.put(f"an invented page {number}".encode(), unit=person()) for number in range(12)]
    folders = [path for path in house.home.documents.iterdir() if len(path.name) == 2]
    for folder in folders:
        (folder / "left by a crash").write_bytes(b"sealed")
    now = time.time_ns() // 1_000_000 + 2 * HOUR

    for number, folder in enumerate(sorted(folders), 1):
        seen = len(list(folder.iterdir()))
        with noted() as statements:
            assert documents.sweep(now, most=1) == 1
        (asked,) = statements
        assert len(asked.params) == seen
        assert not asked.reads_whole()
        assert not (folder / "left by a crash").exists()
        assert sum((each / "left by a crash").exists() for each in folders) == len(folders) - number
    assert documents.sweep(now, most=1) == 0
    assert all(documents.has(each) for each in kept)


def test_a_line_that_a_crash_cut_short_is_cut_off_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    add_line(path, lambda last: b"one" if last == b"" else None)
    with path.open("ab") as file:
        file.write(b"tw")

    assert whole_lines(path) == [b"one"]
    add_line(path, lambda last: last + b" and two")
    assert whole_lines(path) == [b"one", b"one and two"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_i7_marks_that_another_process_adds_bind_at_once_and_a_file_put_back_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "withdrawal-marks"
    ours, theirs = Marks(path), Marks(path)
    theirs.add([WithdrawalMark(origin=BOREAL, request="1" * 32, facts_token="a" * 32)], now=NOW)
    older = path.read_bytes()
    assert ours.forbid(origin=BOREAL, request="1" * 32)
    assert ours.forbid(origin=BOREAL, facts_token="a" * 32)
    assert not ours.forbid(origin=BOREAL, request="2" * 32)
    assert not ours.forbid(origin="cresta", request="1" * 32, facts_token="a" * 32)

    theirs.add([WithdrawalMark(origin=BOREAL, request="2" * 32, facts_token="b" * 32)], now=NOW)
    assert ours.forbid(origin=BOREAL, request="2" * 32)
    path.write_bytes(older)
    assert ours.forbid(origin=BOREAL, request="1" * 32)
    assert not ours.forbid(origin=BOREAL, request="2" * 32)


def test_i7_a_mark_that_cannot_be_read_stops_the_node_at_every_look(tmp_path: Path) -> None:
    path = tmp_path / "withdrawal-marks"
    Marks(path).add([WithdrawalMark(origin=BOREAL, request="1" * 32, facts_token="a" * 32)], now=NOW)
    with path.open("ab") as file:
        file.write(b"no mark\n")
    marks = Marks(path)
    for _ in range(3):
        with pytest.raises(ProofError):
            marks.forbid(origin=BOREAL, request="1" * 32)


class Slow(set[tuple[str, str, str]]):
    """Marks that are known only once the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()

    def add(self, mark: tuple[str, str, str]) -> None:
        self.begun.set()
        self.go_on.wait(10)
        super().add(mark)


def test_i7_who_asks_while_the_marks_are_being_read_waits_for_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "withdrawal-marks"
    Marks(path).add([WithdrawalMark(origin=BOREAL, request="1" * 32, facts_token="a" * 32)], now=NOW)
    marks, slow = Marks(path), Slow()
    marks._known = slow
    with ThreadPoolExecutor() as threads:
        first = threads.submit(marks.forbid, origin=BOREAL, request="1" * 32)
        assert slow.begun.wait(10)
        second = threads.submit(marks.forbid, origin=BOREAL, request="1" * 32)
        wait([second], timeout=0.2)
        slow.go_on.set()
        assert first.result()
        assert second.result()


def test_the_last_status_slot_is_found_and_after_it_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cotejo.store.unit.SLOTS_PER_PARTNER", 512)
    Slot.objects.bulk_create(Slot(partner=BOREAL, slot=slot, state=1, at=NOW) for slot in range(512) if slot != 77)
    assert house.unit.fresh_slots(BOREAL, 1) == (77,)
    Slot.objects.create(partner=BOREAL, slot=77, state=1, at=NOW)
    with pytest.raises(ValueError, match="no 1 unused status slots are left"):
        house.unit.fresh_slots(BOREAL, 1)


def test_what_a_plan_was_decided_on_is_not_opened_again_while_it_still_stands(house: House) -> None:
    stream = person()
    house.unit.commit(plan(stream, opened(stream, name=NAME)), **as_recorder())
    read = house.unit.entries(stream)

    with noted() as statements:
        house.unit.commit(plan(stream, CATEGORISED, version=1), read={stream: read}, **as_recorder())
    assert not any(each.sql.lstrip().startswith("SELECT act.version") for each in statements)
    assert len([each for each in statements if "store_unit_key" in each.sql]) == 1
    assert SearchName.objects.filter(stream_id=stream.id).count() == len(NAME.split())

    with noted() as statements:
        house.unit.commit(plan(stream, CATEGORISED, version=2), read={stream: read}, **as_recorder())
    assert any(each.sql.lstrip().startswith("SELECT act.version") for each in statements)
    assert len(house.unit.entries(stream)) == 3


def test_files_written_at_once_leave_no_draft_behind_when_one_of_them_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"older")

    with pytest.raises(FileExistsError):
        write_all_new((tmp_path / name, name.encode()) for name in "abc")

    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"a": b"a", "b": b"older"}


def test_what_is_remembered_of_a_partner_is_believed_for_as_long_as_it_stands(house: House) -> None:
    stream, unit, elsewhere = Stream(StreamKind.PARTNER, BOREAL), house.again(), house.again()
    seen = KeyDocumentSeen(number=2, document="signed")
    elsewhere.commit(plan(stream, seen), **as_recorder())
    assert len(unit.entries(stream)) == 1
    elsewhere.commit(plan(stream, seen, version=1), **as_recorder())
    assert len(unit.entries(stream)) == 2

    with noted() as statements:
        assert len(unit.entries(stream)) == 2
    assert not any(each.sql.lstrip().startswith("SELECT act.version") for each in statements)
    elsewhere.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW)
    assert {each.act for each in unit.entries(stream)} == {Erased(was="partner.key_document_seen")}
