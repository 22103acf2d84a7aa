"""What `node.toml` must say, and making a node: all keys or none, once, and never over another node."""

from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.node.home import Home, NodeError
from cotejo.node.keys import load_keys, tls_files
from cotejo.node.making import DRAFT, give_keys, name_node
from cotejo.node.node_file import read_node_file, write_node_file
from tests.builders.node_file import WANTED


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "alba", world="invented")


def test_what_is_written_is_read_back(home: Home) -> None:
    write_node_file(home, WANTED)
    assert read_node_file(home) == WANTED
    assert str(WANTED.exchange_at) == "[::1]:8443"


def test_every_mistake_is_named_at_once_in_both_languages(home: Home) -> None:
    wrong = replace(
        WANTED, node="Alba Uno", name=" ", profile="xx", language="fr", url="http://x", pages="here", exchange="::1"
    )
    with pytest.raises(NodeError) as caught:
        write_node_file(home, wrong)
    for text in (caught.value.en, caught.value.es):
        lines = text.splitlines()
        assert [line.partition(":")[0] for line in lines] == [
            "node", "name", "profile", "language", "url", "pages", "exchange",
        ]  # fmt: skip


def test_a_home_that_only_knows_its_world_says_what_is_missing(home: Home) -> None:
    with pytest.raises(NodeError, match="node, name, profile, language, url, pages, exchange"):
        read_node_file(home)


def test_a_node_is_named_once_and_another_is_refused(home: Home) -> None:
    name_node(home, WANTED)
    name_node(home, replace(WANTED, language="en"))
    assert read_node_file(home).language == "es"
    with pytest.raises(NodeError, match="made with another node, url"):
        name_node(home, replace(WANTED, node="boreal", url="https://boreal.example"))


def test_keys_are_made_together_and_once(home: Home) -> None:
    name_node(home, WANTED)
    (home.folder / DRAFT / "keys").mkdir(parents=True)
    (home.folder / DRAFT / "keys" / "root.seed").write_bytes(b"half made")
    give_keys(home)
    made = load_keys(home)
    assert made.document.name == "alba"
    assert made.document.url == WANTED.url
    assert tls_files(home).partners.read_text() == made.document.tls_ca
    assert not (home.folder / DRAFT).exists()
    give_keys(home)
    assert load_keys(home).signed_document == made.signed_document


@pytest.mark.parametrize("lost", ["key-document", "status.seed", "token.key"])
def test_a_lost_key_is_named_and_never_made_again(home: Home, lost: str) -> None:
    name_node(home, WANTED)
    give_keys(home)
    (home.keys / lost).unlink()
    with pytest.raises(NodeError, match=lost):
        give_keys(home)
    assert not (home.keys / lost).exists()
