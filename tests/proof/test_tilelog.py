from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import tilelog, tiles
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tilelog import Frontier, leaf_hash, node_hash, subtrees_of
from cotejo.proof.tiles import Tile

# The eight entries and roots of the reference implementation of Certificate Transparency (RFC 6962).
ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 700
HASHES = [leaf_hash(number.to_bytes(2, "big")) for number in range(LARGEST)]
SUBTREES = subtrees_of(lambda start, end: HASHES[start:end])

sizes = st.integers(1, LARGEST)


def naive_root(hashes: list[bytes]) -> bytes:
    """Return the root by the definition of RFC 6962, section 2.1."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return node_hash(naive_root(hashes[:half]), naive_root(hashes[half:]))


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_are_reproduced(size: int) -> None:
    hashes = [leaf_hash(entry) for entry in ENTRIES[:size]]
    assert Frontier().append(*hashes).root().hex() == ROOTS[size]
    assert tilelog.root_at(size, subtrees_of(lambda start, end: hashes[start:end])).hex() == ROOTS[size]


def test_the_published_proofs_are_reproduced() -> None:
    """RFC 6962, section 2.1.3 by name (here over the eight entries): audit path of 5 in 8, consistency of 6 and 8."""
    read = subtrees_of(lambda start, end: [leaf_hash(entry) for entry in ENTRIES[start:end]])
    assert [step.hex()[:8] for step in tilelog.inclusion_proof(5, 8, read)] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [step.hex()[:8] for step in tilelog.consistency_proof(6, 8, read)] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@settings(max_examples=50, deadline=None)
@given(sizes, st.data())
def test_the_frontier_agrees_with_the_definition_however_leaves_arrive(size: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, size))
    grown = Frontier().append(*HASHES[:cut]).append(*HASHES[cut:size])
    assert grown.root() == naive_root(HASHES[:size])
    assert grown == tilelog.frontier_at(size, SUBTREES)


@settings(max_examples=60, deadline=None)
@given(sizes, st.data())
def test_every_inclusion_proof_verifies_and_any_tampering_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = naive_root(HASHES[:size])
    proof = tilelog.inclusion_proof(index, size, SUBTREES)
    tilelog.verify_inclusion(HASHES[index], index, size, proof, root)
    other_index, other_size = data.draw(st.integers(-1, size + 1)), data.draw(sizes)
    forged = [
        (HASHES[index], index, size, (*proof, HASHES[0]), root),
        (HASHES[index], index, size, proof, leaf_hash(b"another root")),
        (leaf_hash(b"another leaf"), index, size, proof, root),
    ]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        forged += [
            (HASHES[index], index, size, proof[:-1], root),
            (HASHES[index], index, size, (*proof[:at], leaf_hash(b"no"), *proof[at + 1 :]), root),
            (HASHES[index], index, size, (*proof[:at], proof[at][:-1], *proof[at + 1 :]), root),
        ]
    if other_index != index:
        forged.append((HASHES[index], other_index, size, proof, root))
    if other_size != size:
        forged.append((HASHES[index], index, other_size, proof, naive_root(HASHES[:other_size])))
    for claim in forged:
        with pytest.raises(ProofError) as refused:
            tilelog.verify_inclusion(*claim)
        assert refused.value.reason is Reason.NOT_IN_LOG


@settings(max_examples=60, deadline=None)
@given(sizes, st.data())
def test_every_consistency_proof_verifies_and_any_tampering_is_refused(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    old_root, new_root = naive_root(HASHES[:old]), naive_root(HASHES[:new])
    proof = tilelog.consistency_proof(old, new, SUBTREES)
    tilelog.verify_consistency(old=old, old_root=old_root, new=new, new_root=new_root, proof=proof)
    lie = leaf_hash(b"lie")
    forged = [
        (old, lie, new, new_root, proof),
        (old, old_root, new, new_root, (*proof, lie)),
        (old, old_root, old - 1, new_root, proof),
    ]
    if old:
        forged.append((old, old_root, new, lie, proof))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        forged += [
            (old, old_root, new, new_root, proof[:-1]),
            (old, old_root, new, new_root, (*proof[:at], lie, *proof[at + 1 :])),
            (old, old_root, new, new_root, (*proof[:at], b"short", *proof[at + 1 :])),
            (old, old_root, new, new_root, ()),
        ]
    for old_size, old_claim, new_size, new_claim, steps in forged:
        with pytest.raises(ProofError) as refused:
            tilelog.verify_consistency(old=old_size, old_root=old_claim, new=new_size, new_root=new_claim, proof=steps)
        assert refused.value.reason is Reason.LOG_REWRITTEN


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 300), st.data())
def test_a_log_with_one_leaf_rewritten_has_no_consistency_proof_at_all(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*HASHES[:at], leaf_hash(b"rewritten"), *HASHES[at + 1 : new]]
    lying = tilelog.consistency_proof(old, new, subtrees_of(lambda start, end: rewritten[start:end]))
    honest = tilelog.consistency_proof(old, new, SUBTREES)
    for proof in (lying, honest):
        with pytest.raises(ProofError):
            tilelog.verify_consistency(
                old=old,
                old_root=naive_root(HASHES[:old]),
                new=new,
                new_root=naive_root(rewritten),
                proof=proof,
            )


def test_a_proof_of_another_length_is_refused_even_when_its_hashes_lead_to_the_root_claimed() -> None:
    pair = node_hash(HASHES[0], HASHES[1])
    longer = node_hash(HASHES[2], pair)
    for size, proof, root in ((4, [HASHES[1]], pair), (2, [HASHES[1], HASHES[2]], longer)):
        with pytest.raises(ProofError):
            tilelog.verify_inclusion(HASHES[0], 0, size, proof, root)
        with pytest.raises(ProofError):
            tilelog.verify_consistency(old=1, old_root=HASHES[0], new=size, new_root=root, proof=proof)


def test_what_cannot_be_proved_is_refused_by_name() -> None:
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(ProofError) as refused:
            tilelog.inclusion_proof(index, size, SUBTREES)
        assert refused.value.reason is Reason.NOT_IN_LOG
    for old, new in ((3, 2), (-1, 2)):
        with pytest.raises(ProofError) as refused:
            tilelog.consistency_proof(old, new, SUBTREES)
        assert refused.value.reason is Reason.LOG_REWRITTEN
    with pytest.raises(ProofError):
        subtrees_of(lambda start, end: HASHES[start : end - 1])(2, 0)


@pytest.mark.parametrize(("size", "roots"), [(1, ()), (3, (HASHES[0],)), (1, (b"short",)), (-1, (HASHES[0],))])
def test_a_frontier_that_cannot_be_is_refused(size: int, roots: tuple[bytes, ...]) -> None:
    with pytest.raises(ProofError):
        Frontier(size=size, roots=roots)


def test_tiles_have_the_published_paths() -> None:
    """The examples of c2sp.org/tlog-tiles."""
    assert Tile(level=0, number=0).path() == "tile/0/000"
    assert Tile(level=0, number=1234067).path() == "tile/0/x001/x234/067"
    assert Tile(level=1, number=999, width=8).path() == "tile/1/999.p/8"
    assert Tile(level=0, number=1000, width=17).bundle_path() == "tile/entries/x001/000.p/17"


def test_the_tiles_of_a_log_are_those_the_published_example_lists() -> None:
    """c2sp.org/tlog-tiles: 70,000 leaves give 273 full tiles and one of 112; then 256 and 17; then 1."""
    found = list(tiles.tiles_of(70_000))
    level_0 = [tile for tile in found if tile.level == 0]
    assert len(level_0) == 274
    assert level_0[-1].width == 112
    assert [(tile.number, tile.width) for tile in found if tile.level == 1] == [(0, 256), (1, 17)]
    assert [(tile.number, tile.width) for tile in found if tile.level == 2] == [(0, 1)]


def write(files: dict[str, bytes], size: int, since: int = 0) -> None:
    for tile in tiles.tiles_of(size, since=since):
        files[tile.path()] = tiles.tile_bytes(tile, SUBTREES)


@settings(max_examples=30, deadline=None)
@given(sizes, st.data())
def test_tiles_written_in_any_steps_serve_every_proof(size: int, data: st.DataObject) -> None:
    since = data.draw(st.integers(0, size))
    files: dict[str, bytes] = {}
    write(files, since)
    before = dict(files)
    write(files, size, since)
    assert before.items() <= files.items()
    read = tiles.subtrees_from(lambda tile: files[tile.path()], size)
    index = data.draw(st.integers(0, size - 1))
    assert tilelog.root_at(size, read) == naive_root(HASHES[:size])
    assert tilelog.inclusion_proof(index, size, read) == tilelog.inclusion_proof(index, size, SUBTREES)
    assert tilelog.consistency_proof(since, size, read) == tilelog.consistency_proof(since, size, SUBTREES)


def test_a_tile_cut_short_or_beyond_the_log_is_noticed() -> None:
    content = tiles.tile_bytes(Tile(level=0, number=0, width=3), SUBTREES)
    for stored, level, index in ((content[:-1], 0, 2), (content, 0, 3), (content, 1, 1), (content, 0, 700)):
        with pytest.raises(ProofError) as refused:
            tiles.subtrees_from(lambda _, stored=stored: stored, 3)(level, index)  # type: ignore[misc]
        assert refused.value.reason is Reason.NOT_IN_LOG


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=20), st.data())
def test_a_bundle_is_its_leaves_and_one_altered_entry_is_found(leaves: list[bytes], data: st.DataObject) -> None:
    bundle = tiles.bundle_bytes(leaves)
    assert list(tiles.leaves_of(bundle)) == leaves
    tile, content = Tile(level=0, number=0, width=len(leaves)), b"".join(map(leaf_hash, leaves))
    assert list(tiles.verify_bundle(tile, bundle, content)) == leaves
    at = data.draw(st.integers(0, len(leaves) - 1))
    altered = tiles.bundle_bytes([*leaves[:at], leaves[at] + b"!", *leaves[at + 1 :]])
    for lie in (altered, tiles.bundle_bytes(leaves[:-1]), bundle[:-1]):
        with pytest.raises(ProofError):
            tiles.verify_bundle(tile, lie, content)


def test_an_entry_too_long_for_a_bundle_is_refused() -> None:
    assert len(tiles.bundle_bytes([bytes(65_535)])) == 65_537
    with pytest.raises(ProofError) as refused:
        tiles.bundle_bytes([bytes(65_536)])
    assert refused.value.reason is Reason.TOO_LARGE
