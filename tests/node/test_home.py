import stat
from pathlib import Path

import pytest

from cotejo.node.home import Home, NodeError, read_private, write_private


def test_everything_in_a_new_home_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    for folder in (home.folder, home.database, home.keys, home.documents, home.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(home.settings.stat().st_mode) == 0o600
    assert Home.open(home.folder).world == "real"


def test_a_world_is_written_once(tmp_path: Path) -> None:
    Home.create(tmp_path / "alba", world="real")
    Home.create(tmp_path / "alba", world="real")
    with pytest.raises(NodeError, match="other world"):
        Home.create(tmp_path / "alba", world="invented")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    with pytest.raises(NodeError, match="Choose an empty folder"):
        Home.create(tmp_path, world="real")
    assert [found.name for found in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'world = "elsewhere"', "There is no node"),
        (b"", "There is no node"),
        (b"world = [", "node.toml is damaged"),
        (b"\xff", "node.toml is damaged"),
    ],
)
def test_settings_that_name_no_world_are_not_taken_for_an_invented_one(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    home = Home.create(tmp_path / "alba", world="invented")
    home.settings.write_bytes(content)
    with pytest.raises(NodeError, match=sentence):
        _ = home.world


def test_a_home_open_to_others_is_refused_in_both_languages(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "alba", world="real")
    home.folder.chmod(0o755)
    with pytest.raises(NodeError) as refused:
        Home.open(home.folder)
    assert "open to others" in refused.value.sentence("en")
    assert "abierto a otras" in refused.value.sentence("es-SV")


def test_an_empty_folder_is_not_a_node(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="There is no node in"):
        Home.open(tmp_path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="week-12 is missing") as refused:
        read_private(tmp_path / "week-12")
    assert "Falta el archivo" in refused.value.es


def test_a_private_file_is_never_silently_written_over(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "key", b"second")
    assert read_private(tmp_path / "key") == b"first"
    write_private(tmp_path / "key", b"second", replace=True)
    assert read_private(tmp_path / "key") == b"second"
    assert [found.name for found in tmp_path.iterdir()] == ["key"]


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(NodeError, match="open to others"):
        read_private(tmp_path / "key")
