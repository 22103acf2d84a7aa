"""The invented world is a function of its seed, and half a world is seen as one."""

import socket
from contextlib import closing
from pathlib import Path

import pytest

from cotejo.identity import RegisterInMemory, explain, find_candidates
from cotejo.simulation.invented import sound_case
from cotejo_demo.cable import Cable
from cotejo_demo.cast import ALBA, BOREAL, sign_in
from cotejo_demo.node import DemoError
from cotejo_demo.people import people_of, register_of
from cotejo_demo.places import Places, WorldFile, free_ports, taken
from cotejo_demo.world import World


def test_one_seed_gives_the_same_people_cases_and_sign_ins() -> None:
    first, second = people_of(5), people_of(5)
    cases = [sound_case(each.sound, seed="5/sound", partner="boreal") for each in (first, second)]

    assert first == second
    assert cases[0] == cases[1]
    assert sign_in(ALBA[0], node="alba", seed=5) == sign_in(ALBA[0], node="alba", seed=5)


def test_another_seed_gives_other_people_and_secrets() -> None:
    assert people_of(5).sound != people_of(6).sound
    assert sign_in(ALBA[0], node="alba", seed=5).password != sign_in(ALBA[0], node="alba", seed=6).password


def test_everybody_the_story_is_about_is_in_the_register_but_the_man_who_is_none_of_three() -> None:
    people = people_of(3)
    rows = {each.id: each for each in register_of(3, 2_000)}

    for each in (
        people.sound,
        people.withdrawn,
        people.protected,
        people.unprotected,
        people.wished,
        *people.namesakes,
    ):
        assert rows[each.id] == each
    assert people.asked_for.id not in rows
    assert people.asked_for.dui not in {each.dui for each in rows.values()}
    assert len(rows) == 2_000


def test_a_brother_explains_one_of_the_three_men_as_well() -> None:
    people = people_of(4)
    source = RegisterInMemory(people.namesakes, as_of=1)
    found = find_candidates(people.asked_for, source, limit=10)
    explained = explain(people.asked_for, found.candidates, found.namesakes)

    assert {each.candidate.id for each in explained} == {each.id for each in people.namesakes}
    assert "sibling" in {each.rival.kind for each in explained if each.rival is not None}


def test_no_user_name_is_given_twice() -> None:
    for cast in (ALBA, BOREAL):
        names = [each.username for each in cast]
        assert len(names) == len(set(names))


def test_a_world_says_of_itself_what_was_written(tmp_path: Path) -> None:
    places = Places.of(tmp_path)
    places.write(WorldFile(seed=9, persons=10, ports=free_ports()))
    places.mark(whole=True)

    world = places.read()
    assert world is not None
    assert (world.seed, world.whole, world.played) == (9, True, False)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    world = World(tmp_path, say=lambda _sentence: None)

    with pytest.raises(DemoError, match="holds something else"):
        world.open(seed=1, persons=10, new=False)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_port_somebody_listens_on_is_named() -> None:
    ports = free_ports()
    assert taken(ports) == []
    with closing(socket.create_server(("127.0.0.1", ports.portal))):
        assert taken(ports) == [f"portal {ports.portal}"]


def test_a_cut_cable_lets_nothing_through_and_a_mended_one_does() -> None:
    ports = free_ports()
    with closing(socket.create_server(("127.0.0.1", ports.alba_exchange))) as far:
        cable = Cable(port=ports.alba_cable, to=ports.alba_exchange)
        cable.mend()
        with closing(socket.create_connection(("127.0.0.1", ports.alba_cable))) as near:
            near.sendall(b"word")
            answers, _ = far.accept()
            with closing(answers):
                assert answers.recv(4) == b"word"
                cable.cut()
                assert answers.recv(4) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", ports.alba_cable))
