"""A file carried by hand is whole or it is refused: cut short, altered, re-listed, re-signed or made to swell."""

import io
import tarfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import carried, exact, jws
from cotejo.proof.carried import Manifest, Member, PackageKind, open_package, write_package
from cotejo.proof.keys import Purpose, SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

KEY = SigningKey.from_seed(bytes(32), Purpose.MESSAGE)
KEYS: Mapping[str, VerifyingKey] = {KEY.key_id: KEY.verifying}
ITEMS = (("key-document", b"first"), ("messages/0000000001", bytes(range(256)) * 5), ("parts/" + "a" * 64, b""))


def written(items=ITEMS, **changes) -> bytes:
    out = io.BytesIO()
    terms = {
        "kind": PackageKind.MAIL,
        "id_": "0" * 32,
        "addressee": "boreal",
        "made": 1,
        "about": {"receipted": 0},
        "issuer": "alba",
        "key": KEY,
    }
    write_package(out, items, **{**terms, **changes})
    return out.getvalue()


def opened(data: bytes, keys=KEYS):
    return open_package(io.BytesIO(data), lambda _manifest, _read: keys)


def refused(data: bytes, keys=KEYS) -> Reason:
    with pytest.raises(ProofError) as caught:
        opened(data, keys)
    return caught.value.reason


def blocks(members, *, signed: bytes | None = None, end: bytes = bytes(1024)) -> bytes:
    """Put a file together by hand, whatever its members are called; the list in it fits them."""
    manifest = Manifest(
        kind=PackageKind.MAIL,
        id="0" * 32,
        issuer="alba",
        addressee="boreal",
        made=1,
        about={},
        members=tuple(Member(name=n, sha256=exact.sha256(c).hex(), size=len(c)) for n, c in members),
    )
    signed = signed or jws.sign(manifest.to_bytes(), KEY, typ=jws.Typ.PACKAGE)
    whole = b"".join(
        carried._header(name, len(content)) + content + bytes(-len(content) % 512)
        for name, content in ((carried.MANIFEST, signed), *members)
    )
    return whole + end


def test_what_was_put_in_comes_out_and_equal_input_gives_equal_bytes():
    data = written()
    package = opened(data)
    assert {name: package.read(name) for name, _ in ITEMS} == dict(ITEMS)
    assert package.under("messages") == ("messages/0000000001",)
    assert written() == data
    with pytest.raises(KeyError):
        package.read("messages")


def test_any_tar_program_lists_it_and_finds_the_same_bytes():
    with tarfile.open(fileobj=io.BytesIO(written()), mode="r:") as file:
        found = {each.name: file.extractfile(each).read() for each in file if each.isreg()}
    assert next(iter(found)) == "manifest"
    assert list(found.items())[1:] == list(ITEMS)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_altered_or_cut_short_anywhere_is_refused_as_a_whole(data):
    whole = bytearray(written())
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = bytes(whole[:at])
    whole[at] ^= data.draw(st.integers(1, 255))
    assert refused(cut) is Reason.PACKAGE_BROKEN
    assert refused(bytes(whole)) in Reason


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_at_all_are_refused_by_name(noise):
    assert refused(noise) is Reason.PACKAGE_BROKEN
    assert refused(written() + noise) is Reason.PACKAGE_BROKEN if noise else opened(written())


@pytest.mark.parametrize(
    "name", ["../up", "/root", "a/../b", "a//b", "A", "a b", "a/", ".hidden", "x" * 101, "manifest", "a\\b", "ñ", ""]
)
def test_a_name_that_leads_elsewhere_is_refused_when_written_and_when_read(name):
    with pytest.raises(ProofError):
        written(((name, b"x"),))
    assert refused(blocks(((name, b"x"),))) is Reason.PACKAGE_BROKEN


def test_a_name_that_stands_twice_is_refused():
    assert refused(blocks((("a", b"1"), ("a", b"2")))) is Reason.PACKAGE_BROKEN


def test_a_member_left_out_added_or_moved_is_refused():
    first, second = ("a", b"1"), ("b", b"2")
    signed = jws.sign(_listed(first, second).to_bytes(), KEY, typ=jws.Typ.PACKAGE)
    assert opened(blocks((first, second), signed=signed))
    for other in ((first,), (second, first), (first, second, ("c", b"3"))):
        assert refused(blocks(other, signed=signed)) is Reason.PACKAGE_BROKEN


def _listed(*members):
    return Manifest(
        kind=PackageKind.MAIL,
        id="0" * 32,
        issuer="alba",
        addressee="boreal",
        made=1,
        about={},
        members=tuple(Member(name=n, sha256=exact.sha256(c).hex(), size=len(c)) for n, c in members),
    )


def test_a_list_nobody_known_signed_is_refused_and_so_is_one_under_a_key_of_another_purpose():
    stranger = SigningKey.from_seed(b"\1" * 32, Purpose.MESSAGE)
    assert refused(written(key=stranger)) is Reason.UNKNOWN_KEY
    assert refused(written(), {KEY.key_id: stranger.verifying}) is Reason.BAD_SIGNATURE
    status = SigningKey.from_seed(bytes(32), Purpose.STATUS)
    with pytest.raises(ProofError):
        written(key=status)


def test_sizes_are_bounded_before_anything_is_read():
    huge = Member(name="a", sha256="0" * 64, size=carried.LARGEST_MEMBER + 1)
    for members in ((huge,), tuple(Member(name=f"a{n}", sha256="0" * 64, size=2**26) for n in range(9))):
        manifest = Manifest(
            kind=PackageKind.MAIL, id="0" * 32, issuer="a", addressee="b", made=1, about={}, members=members
        )
        signed = jws.sign(manifest.to_bytes(), KEY, typ=jws.Typ.PACKAGE)
        assert refused(blocks((), signed=signed)) is Reason.PACKAGE_TOO_LARGE
    endless = carried._header(carried.MANIFEST, 8**11 - 1)
    assert refused(endless + bytes(2048)) is Reason.PACKAGE_BROKEN


def test_a_file_that_changes_after_it_was_checked_gives_nothing():
    file = io.BytesIO(written())
    package = open_package(file, lambda _manifest, _read: KEYS)
    file.seek(package.places["key-document"][1])
    file.write(b"other")
    with pytest.raises(ProofError) as caught:
        package.read("key-document")
    assert caught.value.reason is Reason.PACKAGE_BROKEN
