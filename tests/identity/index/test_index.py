"""The register's index: finds what a scan finds, follows changes, and trusts no damaged file."""

import stat
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.identity import PersonRecord, RegisterInMemory, find_candidates
from cotejo.identity.blocking import search_keys, stored_keys
from cotejo.identity.columns import encode
from cotejo.identity.index import Damaged, LiveIndex, Ranked, build, open_generation
from cotejo.identity.index.folder import FolderRegister, NoRegisterHere, keep
from cotejo.identity.index.measuring import measure_online
from cotejo.identity.invented import invented_register
from cotejo.identity.invented_requests import invented_requests
from cotejo.identity.model import standard_model
from cotejo.identity.tokens import Tokens

ROWS = tuple(invented_register(400, 4))
SUBJECTS = tuple(each.subject for each in invented_requests(ROWS, 60, 4))


def told(ranked: Ranked, most: int = 10_000) -> list[tuple[str, float, int]]:
    shown = range(min(most, len(ranked)))
    return [(ranked.ids[place], round(float(ranked.scores[place]), 3), int(ranked.bands[place])) for place in shown]


def rank(index: LiveIndex, subject: PersonRecord) -> Ranked:
    return index.rank(subject, standard_model(), first=10_000)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index") / "generation"
    build(folder, ROWS, indexed=7)
    return folder


def test_the_index_finds_every_row_that_a_scan_of_the_keys_finds(generation: Path) -> None:
    index, tokens = LiveIndex(open_generation(generation)), Tokens()
    stored = stored_keys(encode(ROWS, tokens), tokens)
    for subject in SUBJECTS:
        asked = {int(key) for key in search_keys(encode([subject], tokens), tokens)[0]} - {0}
        scanned = {row.id for row, keys in zip(ROWS, stored, strict=True) if asked & {int(key) for key in keys}}
        assert scanned <= {id_ for id_, _score, _band in told(rank(index, subject))}


@given(st.sampled_from(SUBJECTS))
@settings(max_examples=30, deadline=None)
def test_a_row_is_weighed_the_same_by_the_index_and_by_a_scan(subject: PersonRecord) -> None:
    index = LiveIndex()
    index.apply(ROWS, ())
    found, scan = rank(index, subject), index.rank(subject, standard_model(), first=10_000, everybody=True)
    bands = {id_: band for id_, _score, band in told(scan)}
    order = [id_ for id_, _score, _band in told(scan)]
    ids = [id_ for id_, _score, _band in told(found)]
    assert ids == [id_ for id_ in order if id_ in set(ids)]
    assert all(bands[id_] == band for id_, _score, band in told(found) if band == 0)


def test_memory_and_disk_give_the_same_answers(generation: Path) -> None:
    memory, disk = LiveIndex(), LiveIndex(open_generation(generation))
    memory.apply(ROWS, ())
    for subject in SUBJECTS:
        assert told(rank(memory, subject)) == told(rank(disk, subject))


def test_a_register_in_chunks_is_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cotejo.identity.index.building.CHUNK", 37)
    assert build(tmp_path / "g", ROWS) == len(ROWS)
    memory, disk = LiveIndex(), LiveIndex(open_generation(tmp_path / "g"))
    memory.apply(ROWS, ())
    for subject in SUBJECTS[:20]:
        assert told(rank(memory, subject)) == told(rank(disk, subject))


@given(st.lists(st.integers(0, len(ROWS) - 1), max_size=12), st.lists(st.integers(0, len(ROWS) - 1), max_size=12))
@settings(max_examples=30, deadline=None)
def test_changes_are_followed_as_if_the_index_were_made_anew(
    generation: Path, changed: list[int], gone: list[int]
) -> None:
    following, anew = LiveIndex(open_generation(generation)), LiveIndex(open_generation(generation))
    others = [replace(ROWS[number], given="Zoila", full_name="", dob="1971-02-03") for number in dict.fromkeys(changed)]
    left = {row.id: row for row in ROWS} | {row.id: row for row in others}
    for number in gone:
        left.pop(ROWS[number].id, None)
    following.apply(others, ())
    following.apply((), [ROWS[number].id for number in gone])
    anew.apply(left.values(), [row.id for row in ROWS if row.id not in left])
    assert len(following) == len(left) == len(anew)
    for subject in (*SUBJECTS[:4], *others[:2]):
        one, other = told(rank(following, subject)), told(rank(anew, subject))
        assert one == other
        assert {id_ for id_, _score, _band in one} <= left.keys()


def test_i11_what_was_removed_is_in_no_file_of_the_next_generation(tmp_path: Path) -> None:
    odd = PersonRecord(id="R-zzz-removed", full_name="Zyxwvut Qponmlk Jihgfed", dob="1901-02-03", dui="90000001-8")
    build(tmp_path / "before", (*ROWS, odd))
    build(tmp_path / "after", ROWS)
    before, after = (
        b"".join(path.read_bytes() for path in (tmp_path / name).iterdir()) for name in ("before", "after")
    )
    for trace in (b"R-zzz-removed", b"zyxwvut"):
        assert trace in before
        assert trace not in after


def test_the_files_are_for_this_account_only(generation: Path) -> None:
    assert stat.S_IMODE(generation.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in generation.iterdir()} == {0o600}


def test_the_files_are_mapped_not_read(generation: Path) -> None:
    for array in open_generation(generation).arrays.values():
        assert not array.flags.writeable
        assert not array.size or isinstance(array.base, np.memmap)


@pytest.mark.parametrize("damage", ["byte", "cut short", "longer", "missing", "open to others"])
@pytest.mark.parametrize("name", ["rows.bin", "keys.bin", "words.bin", "manifest.json"])
def test_a_damaged_generation_is_never_trusted(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "g"
    build(folder, ROWS[:50])
    path = folder / name
    content = bytearray(path.read_bytes())
    if damage == "byte":
        content[len(content) // 2] ^= 4
        path.write_bytes(content)
    elif damage == "cut short":
        path.write_bytes(content[:-3])
    elif damage == "longer":
        path.write_bytes(content + b"\0\0\0\0")
    elif damage == "missing":
        path.unlink()
    else:
        path.chmod(0o640)
    with pytest.raises(Damaged, match=name.partition(".")[0]):
        open_generation(folder)


def test_a_generation_that_was_never_finished_is_none(tmp_path: Path) -> None:
    def rows() -> object:
        yield from ROWS[:50]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "g", rows())  # type: ignore[arg-type]
    assert not (tmp_path / "g").exists()
    build(tmp_path / "h", ROWS[:50])
    (tmp_path / "h" / "manifest.json").unlink()
    with pytest.raises(Damaged, match="never finished"):
        open_generation(tmp_path / "h")


def test_words_with_a_slip_broken_off_and_nicknames_are_found_by_the_second_net() -> None:
    row = PersonRecord(id="R1", given="Geovanny César", surname="Morlitías Pintello", dob="1989-02-04")
    rosa = PersonRecord(id="R2", given="Guillermo", surname="Morlitías", dob="1970-01-02")
    register = RegisterInMemory([*ROWS, row, rosa], as_of=1)
    for given_name, surname, dob, sought in (
        ("Geovany", "Morlitia", "", "R1"),
        ("Geovny César", "Morlitías", "1970", "R1"),
        ("Geovanny", "Morlit", "1969-12-31", "R1"),
        ("Memo", "Morlitias", "", "R2"),
    ):
        subject = PersonRecord(given=given_name, surname=surname, dob=dob)
        ranked = register.ranked(subject, standard_model(), first=10)
        assert sought in {ranked.ids[place] for place in range(len(ranked))}, subject


def test_two_names_in_their_own_right_are_not_asked_for_one_another() -> None:
    mario = PersonRecord(id="R1", given="Mario", surname="Cruz")
    register = RegisterInMemory([mario], as_of=1)
    assert not len(register.ranked(PersonRecord(given="María", surname="Cruz"), standard_model(), first=10))


def test_a_register_in_a_folder_answers_and_is_replaced_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    with pytest.raises(NoRegisterHere):
        FolderRegister(folder)
    assert keep(folder, ROWS, as_of=5) == len(ROWS)
    register = FolderRegister(folder)
    for subject in SUBJECTS[:10]:
        assert find_candidates(subject, register) == find_candidates(subject, RegisterInMemory(ROWS, as_of=5))
    assert keep(folder, (), as_of=6, least=1) == 0
    assert len(FolderRegister(folder)) == len(ROWS)
    assert keep(folder, ROWS[:3], as_of=6) == 3
    assert len(FolderRegister(folder)) == 3
    assert find_candidates(ROWS[0], register).candidates
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
    with pytest.raises(NoRegisterHere):
        keep(tmp_path, ROWS, as_of=1)


def test_what_is_measured_online_counts_the_right_rows_and_the_time(tmp_path: Path) -> None:
    queries = [replace(row, id=f"Q{number}") for number, row in enumerate(ROWS[:12])]
    truth = {query.id: row.id for query, row in zip(queries, ROWS, strict=False)} | {"Q11": ""}
    told = measure_online(ROWS, queries, lambda: truth, folder=tmp_path / "register")
    assert (told.rows, told.queries, told.present) == (len(ROWS), 12, 11)
    assert told.recall_10 == told.recall_1 == 1.0
    assert 0 < told.p50_ms <= told.p95_ms
    assert told.index_mib > 0
