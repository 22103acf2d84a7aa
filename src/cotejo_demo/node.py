"""One served node as the story sees it: its process, the hand that acts on it, its people.

`cotejo serve` and the hand are processes of their own; both end with `close`.
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from cotejo.rules.acts import Stream
from cotejo.rules.duties import Clockwork, Officer, RedressDoor
from cotejo.rules.purposes import Purpose
from cotejo_demo.passed import Done, Step

T = TypeVar("T")

STOP_SECONDS: Final = 60.0


class DemoError(Exception):
    """The demo cannot go on; the message says why and what to do, in one sentence."""


class NodeProcess:
    """One node. `folder` is its home; `speech` is where its processes' own lines go."""

    def __init__(self, name: str, folder: Path, speech: Path) -> None:
        self.name = name
        self.folder = folder
        self.people: Mapping[str, Officer] = {}
        self._speech = speech
        self._served: subprocess.Popen[bytes] | None = None
        self._hand: subprocess.Popen[bytes] | None = None

    # The node

    def serve(self) -> None:
        """Start the node; `wait_until_ready` waits for it."""
        self._served = self._start("cotejo.node", "serve", str(self.folder), "--throwaway")

    def wait_until_ready(self) -> None:
        """Wait until the node answers. Raises `DemoError` with the node's own sentence."""
        served = _there(self._served)
        if first_line(served) != b"ready\n":
            end(served)
            raise DemoError(f"The node {self.name} did not start. {self._last_words()}")

    def running(self) -> bool:
        """Say whether the node's process is alive."""
        return self._served is not None and self._served.poll() is None

    def close(self) -> None:
        """End the hand and the node, and wait until both are gone."""
        if self._hand is not None:
            _there(self._hand.stdin).close()
            _end(self._hand)
        if self._served is not None:
            if self._served.poll() is None:
                self._served.send_signal(signal.SIGTERM)
            _end(self._served)
        self._hand = self._served = None

    # The hand

    def begin(self, name: str, *arguments: object) -> None:
        """Ask the hand for something; `answer` waits for it."""
        if self._hand is None:
            self._hand = self._start("cotejo_demo.hand", str(self.folder), stdin=subprocess.PIPE)
        line = _there(self._hand.stdin)
        pickle.dump((name, arguments), line)
        line.flush()

    def answer(self) -> Any:  # noqa: ANN401 - whatever was asked for
        """Return the hand's answer. Raises `DemoError`."""
        try:
            state, value = pickle.load(_there(_there(self._hand).stdout))  # noqa: S301 - our own child's words
        except EOFError as ended:
            raise DemoError(f"The hand at {self.name} ended. {self._last_words()}") from ended
        if state != "ok":
            raise DemoError(f"{self.name}: {value}")
        return value

    def ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever was asked for
        """Ask the hand for something and wait for it."""
        self.begin(name, *arguments)
        return self.answer()

    def cli(self, *words: str) -> str:
        """Run a command of `cotejo` and return what it printed. Raises `DemoError` with its sentence."""
        return self.read_cli(self.ask("cli", words))

    @staticmethod
    def read_cli(done: tuple[int, str, str]) -> str:
        """Return what a command printed. Raises `DemoError` with its sentence when it failed."""
        status, said, wrong = done
        if status:
            raise DemoError(wrong.strip() or said.strip() or f"a command ended with status {status}")
        return said

    # People

    def meet(self) -> None:
        """Learn who the people of this node are."""
        self.people = self.ask("officers")

    def step(self, who: str | RedressDoor | Clockwork, stream: Stream, command: object, purpose: Purpose) -> Step:
        """Return one command as this node's person gives it."""
        return Step(
            stream=stream, who=self.people[who] if isinstance(who, str) else who, command=command, purpose=purpose
        )

    def act(self, who: str | RedressDoor | Clockwork, stream: Stream, command: object, purpose: Purpose) -> Done:
        """Carry out one command."""
        done: Done = self.ask("act", self.step(who, stream, command, purpose))
        return done

    def _start(self, module: str, *words: str, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        return start(module, *words, speech=self._speech, stdin=stdin)

    def _last_words(self) -> str:
        try:
            lines = self._speech.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else f"See {self._speech}."


def start(module: str, *words: str, speech: Path, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """Start a program of this installation in a session of its own, so that Ctrl-C reaches the demo alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COTEJO_", "DJANGO_"))}
    environment |= {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    with speech.open("ab") as lines:
        return subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *words],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=lines,
            env=environment,
            start_new_session=True,
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a program to end, and wait until it is gone."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    _end(process)


def now_ms() -> int:
    """Return the current time in milliseconds UTC."""
    return time.time_ns() // 1_000_000


def wait_for(what: str, look: Any, *, seconds: float) -> Any:  # noqa: ANN401 - whatever `look` returns
    """Look again and again until something is there, at most so long. Raises `DemoError` naming it."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise DemoError(f"{what} did not come within {seconds:g} seconds.")
        time.sleep(0.05)
    return found


def first_line(program: "subprocess.Popen[bytes]") -> bytes:
    """Return the first line a program prints; empty when it ended without a word."""
    return _there(program.stdout).readline()


def _there(value: T | None) -> T:
    """Return what is there. Raises `DemoError` when a process was not started."""
    if value is None:
        raise DemoError("A process of the demo was asked before it was started.")
    return value
