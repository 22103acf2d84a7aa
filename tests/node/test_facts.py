"""What the settings learn of a node before Django starts."""

from pathlib import Path

import pytest

from cotejo.node.facts import make_pages_secret, pages_secret, read_facts
from cotejo.node.home import Home, NodeError, World


def home_of(folder: Path, world: World = "real", more: str = "") -> Home:
    home = Home.create(folder / "home", world=world)
    home.settings.write_text(f'world = "{world}"\n{more}')
    return home


def test_a_home_says_who_the_node_is(tmp_path: Path) -> None:
    home = home_of(tmp_path, more='name = "Unidad Álamo"\nlanguage = "en"\nhosts = ["alamo.example"]\n')
    make_pages_secret(home)
    facts = read_facts({"COTEJO_HOME": str(home.folder), "COTEJO_DSN": "postgresql:///x", "COTEJO_TEST": "1"})
    assert (facts.name, facts.world, facts.language, facts.hosts) == ("Unidad Álamo", "real", "en", ("alamo.example",))
    assert facts.slug == "unidadlamo"
    assert not facts.for_tests


def test_the_pages_secret_is_made_once_and_a_missing_one_stops_the_node(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    with pytest.raises(NodeError, match="missing"):
        read_facts({"COTEJO_HOME": str(home.folder)})
    make_pages_secret(home)
    made = pages_secret(home).read_bytes()
    make_pages_secret(home)
    assert pages_secret(home).read_bytes() == made


def test_without_a_home_there_is_no_secret_key() -> None:
    assert read_facts({}).secret_key == ""


def test_settings_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    home = home_of(tmp_path, more='language = "fr"\n')
    make_pages_secret(home)
    with pytest.raises(NodeError):
        read_facts({"COTEJO_HOME": str(home.folder)})
