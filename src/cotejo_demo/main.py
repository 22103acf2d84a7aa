"""`script/demo`: makes the invented world, plays the story, and stays up; or plays, checks and ends (`--headless`)."""

import argparse
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from cotejo.node.home import NodeError
from cotejo_demo.cast import SignIn
from cotejo_demo.node import DemoError
from cotejo_demo.story import play, write
from cotejo_demo.world import PREVENTION_PASSWORD, PREVENTION_WORKER, World

ROOT: Final = Path(__file__).parents[2]
PERSONS: Final = 50_000
SEED: Final = 1


def say(sentence: str) -> None:
    """Print one line at once."""
    print(sentence, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the demo and return its exit status."""
    asked = _read(arguments)
    stopping = threading.Event()
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, lambda *_: _stop(stopping))
    world = World(asked.home, say=say)
    try:
        return _run(world, asked, stopping)
    except (DemoError, NodeError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    finally:
        for word in (signal.SIGTERM, signal.SIGINT):
            signal.signal(word, signal.SIG_IGN)
        say("Stopping.")
        world.stop()


def _run(world: World, asked: argparse.Namespace, stopping: threading.Event) -> int:
    found = world.places.read()
    played_before = found is not None and found.whole and found.played
    again = asked.headless and played_before
    if again and not asked.new:
        say("The story was played in this world before; it is played in a new one.")
    world.open(seed=asked.seed, persons=asked.persons, new=asked.new or again)
    status = 0
    if not world.file.played:
        say("The story, in which nobody is real:")
        played = play(world, say=say)
        world.places.mark(played=True)
        if asked.json is not None:
            write(asked.json, played)
        status = 0 if all(each.ok for each in played) else 1
        if status:
            say("The story differs: see the lines above.")
    if asked.headless:
        return status
    _introduce(world)
    with suppress(KeyboardInterrupt):
        while not stopping.wait(1.0):
            for node in world.nodes:
                if not node.running():
                    raise DemoError(f"The node {node.name} ended. See {world.places.speech / node.name}.")
    return 0


def _introduce(world: World) -> None:
    ports = world.file.ports
    for node, port, redress in (
        ("alba", ports.alba_pages, ports.alba_redress),
        ("boreal", ports.boreal_pages, ports.boreal_redress),
    ):
        say("")
        say(f"{node.capitalize()}: http://127.0.0.1:{port}/   user name, password, secret of the second factor, duty:")
        for each in world.sign_ins(node):
            _say_sign_in(each)
        say(f"{node.capitalize()}'s redress office: http://127.0.0.1:{redress}/   its people, at office/sign-in/:")
        for each in world.office_sign_ins(node):
            _say_sign_in(each)
    say("")
    say("  Put a secret into an authenticator app, by hand or as a key address such as:")
    say(f"  {world.sign_ins('alba')[0].uri}")
    say(f"Portal:     http://127.0.0.1:{ports.portal}/")
    say(f"Prevention: http://127.0.0.1:{ports.prevention}/   {PREVENTION_WORKER}, {PREVENTION_PASSWORD}")
    say(f"Witness:    http://127.0.0.1:{ports.witness}/")
    say("Everything is invented. Ctrl-C stops it.")


def _say_sign_in(each: SignIn) -> None:
    say(f"  {each.username:<14} {each.password}  {each.totp_secret}  {each.duty}")


def _read(arguments: list[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    reader.add_argument("--headless", action="store_true", help="play, check, end; non-zero if a step differs")
    reader.add_argument("--json", type=Path, help="write what was played to this file")
    reader.add_argument("--seed", type=int, default=SEED, help="which invented world")
    reader.add_argument("--home", type=Path, default=ROOT / ".demo", help="folder of the world")
    reader.add_argument("--persons", type=int, default=PERSONS, help="how many people the register holds")
    reader.add_argument("--new", action="store_true", help="make the world anew")
    return reader.parse_args(arguments)


def _stop(stopping: threading.Event) -> None:
    """End the waiting; before that, end whatever is being done."""
    if stopping.is_set():
        return
    stopping.set()
    raise KeyboardInterrupt
