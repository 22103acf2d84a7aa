"""The files of a link from two agencies: written from what each keeps, paired by an auditor without a node (X9)."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from cotejo.doors.cli.pairing import pair_command
from cotejo.doors.cli.speaking import Told
from cotejo.exchange.confirming import confirm, sign_line, signer_of
from cotejo.exchange.directions import Messages
from cotejo.exchange.keyring import keys_of
from cotejo.exchange.reconciling import Held, line_held
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, make_keys
from cotejo.proof.notes import NoteKey
from cotejo.rules.line import LineMessage
from cotejo.store.linkfiles import checkpoint_held, folder_of, keep_checkpoint, write_files
from cotejo_witness.folder import verify_folder

NOW = 1_800_000_000_000


def messages(count: int, word: str) -> tuple[LineMessage, ...]:
    """Give so many messages of one direction."""
    return tuple(
        LineMessage(
            seq=seq,
            mid=f"{seq:032x}",
            kind="answer",
            request="",
            version=0,
            sha256=f"{seq:064x}",
            commitment=(word.encode().hex() + f"{seq:064x}")[-64:],
            outcome="taken",
        )
        for seq in range(1, count + 1)
    )


class Link:
    """Two homes and the files of the link between them."""

    def __init__(self, folder: Path) -> None:
        self.homes = {name: Home.create(folder / name, world="invented") for name in ("alba", "boreal")}
        self.keys: dict[str, NodeKeys] = {
            name: make_keys(home, name=name, url="https://127.0.0.1:8443", now=NOW) for name, home in self.homes.items()
        }
        self.lines = {"alba": messages(300, "a"), "boreal": messages(7, "b")}
        for sender, addressee in (("alba", "boreal"), ("boreal", "alba")):
            note, line = self.note(sender, addressee), Messages(self.lines[sender])
            keep_checkpoint(self.homes[sender], addressee, line, outgoing=True, note=note)
            keep_checkpoint(self.homes[addressee], sender, line, outgoing=False, note=note)
        for name, other in (("alba", "boreal"), ("boreal", "alba")):
            self.write(name, other)

    def note(self, sender: str, addressee: str, *, count: int | None = None) -> bytes:
        """Return a checkpoint of one direction with both signatures."""
        ours, theirs = self.keys[sender], self.keys[addressee].own.witness
        assert theirs is not None
        note = sign_line(line_held(self.lines[sender][:count]), sender=sender, addressee=addressee, key=ours.log)
        log = signer_of(note, keys_of(ours.document, now=NOW).log, sender=sender, addressee=addressee)
        return confirm(note, log, addressee=addressee, key=theirs, now=NOW)

    def write(self, name: str, other: str, *, heard: tuple[LineMessage, ...] | None = None) -> int:
        """Write one node's files of the link."""
        theirs_told = self.lines[other] if heard is None else heard
        held = Held(told=Messages(self.lines[name]), heard=Messages(theirs_told), floors={})
        own, theirs = (self.keys[each].signed_document for each in (name, other))
        return write_files(self.homes[name], other, held, own=own, theirs=theirs)

    def folders(self) -> tuple[Path, Path]:
        """Return what an auditor is given."""
        return folder_of(self.homes["alba"], "boreal"), folder_of(self.homes["boreal"], "alba")


@pytest.fixture
def link(tmp_path: Path) -> Link:
    """Give a link with its files."""
    return Link(tmp_path)


def test_x9_two_agencies_files_pair_every_message_with_its_arrival(
    link: Link, capsys: pytest.CaptureFixture[str]
) -> None:
    pair_command(*link.folders())
    said = capsys.readouterr().out
    assert "alba/link/boreal: 300" in said
    assert "boreal/link/alba: 7" in said
    assert link.keys["alba"].document.fingerprint() in said


def test_each_direction_is_a_log_any_tool_verifies(link: Link) -> None:
    name = NoteKey(name="alba/link/boreal", key=link.keys["alba"].log.verifying)
    for folder in (link.folders()[0] / "told", link.folders()[1] / "heard"):
        assert verify_folder(folder, name).checkpoint.size == 300


def test_files_are_written_once_and_an_older_checkpoint_does_not_replace_a_newer_one(link: Link) -> None:
    assert link.write("alba", "boreal") == 0
    before = checkpoint_held(link.homes["alba"], "boreal", outgoing=True)
    line, older = Messages(link.lines["alba"]), link.note("alba", "boreal", count=5)
    keep_checkpoint(link.homes["alba"], "boreal", line, outgoing=True, note=older)
    assert checkpoint_held(link.homes["alba"], "boreal", outgoing=True) == before


def test_x9_a_copy_taken_as_soon_as_a_checkpoint_is_there_verifies_and_pairs(link: Link, tmp_path: Path) -> None:
    link.lines["alba"] = messages(700, "a")
    line, note = Messages(link.lines["alba"]), link.note("alba", "boreal")
    keep_checkpoint(link.homes["alba"], "boreal", line, outgoing=True, note=note)
    keep_checkpoint(link.homes["boreal"], "alba", line, outgoing=False, note=note)
    copies = [shutil.copytree(each, tmp_path / f"copy-of-{each.name}") for each in link.folders()]
    name = NoteKey(name="alba/link/boreal", key=link.keys["alba"].log.verifying)
    assert verify_folder(copies[0] / "told", name).checkpoint.size == 700
    pair_command(*copies)


class Unreadable(Messages):
    """A line that cannot be read."""

    def __getitem__(self, at: int | slice) -> Any:
        raise OSError(at)


def test_x9_while_its_tiles_cannot_be_written_a_checkpoint_does_not_take_its_place(link: Link) -> None:
    before = checkpoint_held(link.homes["alba"], "boreal", outgoing=True)
    link.lines["alba"] = messages(301, "a")
    newer = link.note("alba", "boreal")
    with pytest.raises(OSError, match="256"):
        keep_checkpoint(link.homes["alba"], "boreal", Unreadable(link.lines["alba"]), outgoing=True, note=newer)
    with pytest.raises(ValueError, match="over 301 messages"):
        keep_checkpoint(link.homes["alba"], "boreal", Messages(link.lines["alba"][:300]), outgoing=True, note=newer)
    assert checkpoint_held(link.homes["alba"], "boreal", outgoing=True) == before


def test_x9_a_message_only_one_agency_shows_otherwise_is_found(link: Link) -> None:
    ours, theirs = link.folders()
    bundle = next((theirs / "heard/tile/entries").rglob("*"))
    bundle = bundle if bundle.is_file() else next(each for each in bundle.rglob("*") if each.is_file())
    content = bytearray(bundle.read_bytes())
    content[20] ^= 1
    bundle.write_bytes(bytes(content))
    with pytest.raises(Told):
        pair_command(ours, theirs)


def test_x9_a_checkpoint_the_other_side_never_confirmed_pairs_nothing(link: Link) -> None:
    ours, theirs = link.folders()
    path = ours / "told/checkpoint"
    text, _, lines = path.read_text().rpartition("\n\n")
    path.write_text(text + "\n\n" + lines.splitlines(keepends=True)[0])
    with pytest.raises(Told):
        pair_command(ours, theirs)


def test_two_ends_of_different_links_are_not_paired(link: Link, tmp_path: Path) -> None:
    ours, _ = link.folders()
    shutil.copytree(ours, tmp_path / "copy")
    with pytest.raises(Told):
        pair_command(ours, tmp_path / "copy")
