"""What an erasure destroys on the disk, what it seals first, what a restored backup cannot bring back (I11, X12)."""

import base64
import json
from pathlib import Path

import pytest

from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Destroy, Erased, Stream
from cotejo.rules.agreement import DAY
from cotejo.rules.person_acts import PersonCategorised
from cotejo.rules.purposes import Purpose
from cotejo.store.destroyed import DestroyedKeys
from cotejo.store.keys import KeyFileMissing
from cotejo.store.models import DocumentFile, SearchName, Term, UnitKey, VaultItem
from cotejo.store.sealed_copies import make_oversight_key, open_copy, read_copy, read_seed
from tests.builders.memory import CATEGORISED, NOW, RECORDER, House, as_recorder, opened, person, plan

NAME = "Clementina Inventada Zúñiga"
WARRANT = b"an invented warrant"
SEED = bytes(range(32))


@pytest.fixture
def overseen(house: House) -> House:
    """Give a house whose oversight body has its key."""
    make_oversight_key(house.home.keys, house.home.for_oversight, SEED)
    return house


def begun(house: House) -> Stream:
    stream = person()
    house.unit.commit(plan(stream, opened(stream, name=NAME), CATEGORISED), **as_recorder())
    house.unit.documents.put(WARRANT, unit=stream)
    return stream


def destroy(house: House, stream: Stream, *, held: bool = False, until: int = NOW + DAY) -> None:
    gone = Destroy(stream=stream, sealed_until=until, held=held)
    house.unit.commit(plan(stream, CATEGORISED, version=2, destroys=(gone,)), **as_recorder(NOW + 9))


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_i11_what_was_read_before_an_erasure_is_believed_by_no_commit_after_it(house: House) -> None:
    stream = begun(house)
    read = house.unit.entries(stream)
    house.unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW + 9)

    house.unit.commit(plan(stream, CATEGORISED, version=2), read={stream: read}, **as_recorder(NOW + 10))

    assert house.unit.entries(stream)[0].act == Erased(was="person.opened")
    assert not SearchName.objects.filter(stream_id=stream.id).exists()


def test_i11_a_plan_destroys_what_was_there_and_keeps_only_its_own_act(overseen: House) -> None:
    stream = begun(overseen)
    document = overseen.unit.documents.put(WARRANT, unit=stream)
    destroy(overseen, stream)

    assert [each.act for each in overseen.unit.entries(stream)] == [
        Erased(was="person.opened"),
        Erased(was="person.categorised"),
        PersonCategorised(category=CATEGORISED.category, since=CATEGORISED.since),
    ]
    old, new = UnitKey.objects.filter(stream_id=stream.id).order_by("destroyed_at")[::-1]
    assert (bytes(old.wrapped), old.destroyed_at, new.destroyed_at) == (b"", NOW + 9, 0)
    assert [each.version for each in VaultItem.objects.filter(stream_id=stream.id)] == [3]
    assert not overseen.unit.documents.has(document)
    assert not SearchName.objects.filter(stream_id=stream.id).exists()
    assert not Term.objects.filter(stream_id=stream.id).exists()


def test_i11_the_sealed_copy_opens_with_the_oversight_bodys_key_alone_and_shows_nothing_without(
    overseen: House,
) -> None:
    stream = begun(overseen)
    destroy(overseen, stream)
    file = overseen.unit.sealed_copies.place_of(stream).read_bytes()
    for word in NAME.split():
        assert word.encode() not in file

    copy = read_copy(file)
    opened_copy = open_copy(copy, read_seed(overseen.home.for_oversight.read_text()))
    assert [each["code"] for each in opened_copy["acts"]] == ["person.opened", "person.categorised"]
    assert NAME in json.loads(opened_copy["acts"][0]["body"])["subject"]["names"][0]["documented"]
    assert [base64.b64decode(each) for each in opened_copy["documents"].values()] == [WARRANT]
    with pytest.raises(ProofError):
        open_copy(copy, bytes(32))


def test_i11_nothing_is_destroyed_that_cannot_be_sealed_first(house: House) -> None:
    stream = begun(house)
    with pytest.raises(KeyFileMissing):
        destroy(house, stream)
    assert house.unit.entries(stream)[0].act == opened(stream, name=NAME)
    assert not DestroyedKeys(house.home.keys).known()


def test_i11_a_copy_goes_when_its_time_is_over_unless_it_is_held(overseen: House) -> None:
    kept, held = begun(overseen), begun(overseen)
    destroy(overseen, kept)
    destroy(overseen, held, held=True)
    copies = overseen.unit.sealed_copies
    assert copies.remove_old(now=NOW + DAY - 1) == 0
    assert copies.remove_old(now=NOW + DAY) == 1
    assert [each.stream for each in copies.listed()] == [held]
    copies.hold(held, held=False)
    assert copies.remove_old(now=NOW + DAY) == 1
    assert not any(copies.listed())


def test_i11_a_look_opens_some_copies_and_the_next_one_goes_on_from_there(overseen: House) -> None:
    copies = overseen.unit.sealed_copies
    streams = sorted((begun(overseen) for _ in range(3)), key=lambda each: each.id)
    for stream, until in zip(streams, (NOW + DAY, NOW + 9 * DAY, NOW + DAY), strict=True):
        destroy(overseen, stream, until=until)

    assert [copies.remove_old(now=NOW + DAY, most=1) for _ in range(4)] == [1, 0, 1, 0]
    assert [each.stream for each in copies.listed()] == [streams[1]]
    assert copies.remove_old(now=NOW + 9 * DAY, most=1) == 1


@pytest.mark.parametrize("by_plan", [True, False])
def test_i11_x12_a_restored_backup_brings_an_erased_unit_back_neither_to_read_nor_to_find(
    overseen: House, by_plan: bool
) -> None:
    stream = begun(overseen)
    document = overseen.unit.documents.put(WARRANT, unit=stream)
    keys = list(UnitKey.objects.filter(stream_id=stream.id))
    items = list(VaultItem.objects.filter(stream_id=stream.id))
    documents = list(DocumentFile.objects.filter(stream_id=stream.id))
    files = {path: path.read_bytes() for path in overseen.home.documents.rglob("*") if path.is_file()}
    if by_plan:
        destroy(overseen, stream)
    else:
        overseen.unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW + 9)

    UnitKey.objects.filter(stream_id=stream.id).delete()
    VaultItem.objects.filter(stream_id=stream.id).delete()
    UnitKey.objects.bulk_create(keys)
    VaultItem.objects.bulk_create(items)
    DocumentFile.objects.bulk_create(documents)
    for path, content in files.items():
        path.write_bytes(content)
    unit = overseen.again()
    assert all(isinstance(each.act, Erased) for each in unit.entries(stream)[:2])
    assert not unit.documents.has(document)
    with pytest.raises(KeyError):
        unit.documents.get(document)

    assert unit.destroy_again(now=NOW + 20) == 1
    assert unit.destroy_again(now=NOW + 21) == 0
    assert bytes(UnitKey.objects.get(id=keys[0].id).wrapped) == b""
    assert not VaultItem.objects.filter(stream_id=stream.id, version__lte=2).exists()


def test_i11_an_act_after_a_restore_is_sealed_under_a_new_key_and_not_under_the_destroyed_one(overseen: House) -> None:
    stream = begun(overseen)
    [key] = UnitKey.objects.filter(stream_id=stream.id)
    overseen.unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW + 9)
    UnitKey.objects.filter(stream_id=stream.id).delete()
    key.save(force_insert=True)
    unit = overseen.again()
    unit.commit(plan(stream, CATEGORISED, version=2), **as_recorder(NOW + 30))
    assert unit.entries(stream)[-1].act == CATEGORISED
    assert UnitKey.objects.get(id=key.id).destroyed_at == NOW + 30


def test_a_list_of_destroyed_keys_that_a_crash_cut_short_is_completed_from_the_table(overseen: House) -> None:
    stream = begun(overseen)
    overseen.unit.erase(stream, who=RECORDER, purpose=Purpose.RETENTION, now=NOW + 9)
    known = DestroyedKeys(overseen.home.keys).known()
    (overseen.home.keys / "destroyed").unlink()
    assert overseen.again().destroy_again(now=NOW + 10) == 0
    assert DestroyedKeys(overseen.home.keys).known() == known != frozenset()


def test_the_oversight_bodys_key_is_made_once_and_from_what_was_handed_over(house: House) -> None:
    make_oversight_key(house.home.keys, house.home.for_oversight, SEED)
    before = everything_in(house.home.keys)
    house.home.for_oversight.unlink()
    make_oversight_key(house.home.keys, house.home.for_oversight, bytes(32))
    assert everything_in(house.home.keys) == before
    assert not house.home.for_oversight.exists()
