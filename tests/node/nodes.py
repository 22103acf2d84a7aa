"""Real nodes for tests: each a home of its own, a `cotejo serve`, and a hand that acts on it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from cotejo.node.database.leftover import until
from tests.machine import free_port

ROOT = Path(__file__).parents[2]
SECONDS = 120.0
"""How long anything may take that comes by itself; far longer than it takes on a machine with nothing else to do."""
STOPS_WITHIN = 45.0
"""How long the stop of a node may take on a busy machine, in seconds."""


class RealNode:
    """One node. `url_port` is where partners are told to reach its exchange (a cable, perhaps)."""

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        profile: str,
        exchange: int = 0,
        url_port: int = 0,
        witness: str = "",
        hand: str = "tests.node.hand",
        journal: Path | None = None,
    ) -> None:
        self.home = folder / name
        self.name = name
        self.profile = profile
        self.witness = witness
        self.pages = free_port()
        self.exchange = exchange or free_port()
        self.url_port = url_port or self.exchange
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COTEJO_")}
        self._environment = environment | {
            "LANG": "en_US.UTF-8",
            "LC_ALL": "en_US.UTF-8",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        self._hand_module = hand
        self._journal = journal
        self._hand = self._start(hand, str(self.home), stdin=subprocess.PIPE)
        self.served: subprocess.Popen[str] | None = None

    # The hand

    def begin(self, do: str, **more: Any) -> None:
        """Ask the hand for something; `answer` waits for it."""
        assert self._hand.stdin is not None
        self._hand.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._hand.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Return the hand's answer."""
        assert self._hand.stdout is not None
        line = self._hand.stdout.readline()
        assert line, "the hand ended; its reason stands above"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, do: str, **more: Any) -> dict[str, Any]:
        """Ask the hand for something and wait for it."""
        self.begin(do, **more)
        return self.answer()

    def cli(self, *words: str) -> str:
        """Run a command that has to succeed and return what it printed."""
        done = self.ask("cli", words=list(words))
        assert done["status"] == 0, done["err"]
        return str(done["out"])

    def begin_init(self) -> None:
        """Begin to make the node."""
        where = ["--url", f"https://127.0.0.1:{self.url_port}", "--exchange", f"127.0.0.1:{self.exchange}"]
        where += ["--pages", f"127.0.0.1:{self.pages}", "--profile", self.profile, "--world", "invented"]
        where += ["--witness", self.witness] if self.witness else []
        self.begin("cli", words=["init", str(self.home), "--node", self.name, *where])

    # The node

    def serve(self) -> float:
        """Start the node, wait until it answers, let the hand connect. Return the seconds the start took."""
        took = self.start()
        self.ask("connect")
        return took

    def start(self) -> float:
        """Start the node and wait until it answers; the hand may be busy. Return the seconds that took."""
        began = time.monotonic()
        self.served = self._start("cotejo.node", "serve", str(self.home), "--throwaway", journal=self._journal)
        assert self.served.stdout is not None
        assert self.served.stdout.readline() == "ready\n"
        return time.monotonic() - began

    def stop(self) -> float:
        """Stop the node and return the seconds that took."""
        assert self.served is not None
        began = time.monotonic()
        self.served.send_signal(signal.SIGTERM)
        assert self.served.wait(SECONDS) == 0
        return time.monotonic() - began

    def child(self, which: str) -> int:
        """Return the process id of a child of the node by its name, or of its `database`; waits until there is one."""
        found: list[int] = []

        def look() -> bool:
            assert self.served is not None
            named = [pid for pid in _children(self.served.pid) if _name(pid) == f"cotejo:{which}"]
            found[:] = filter(None, [self.database()] if which == "database" else named)
            return bool(found)

        assert until(look, SECONDS), f"{self.name} has no {which}"
        return found[0]

    def kill(self, which: str) -> int:
        """SIGKILL a child of the node by its name, or its `database`. Return the process id it had."""
        pid = self.child(which)
        os.kill(pid, signal.SIGKILL)
        return pid

    def database(self) -> int:
        """Return the process id of the node's database, or 0."""
        from cotejo.node.database.leftover import postmaster_of
        from cotejo.node.database.place import known
        from cotejo.node.home import Home

        return postmaster_of(known(Home(folder=self.home)).data) or 0

    def processes(self) -> list[str]:
        """Return the command lines of every process that belongs to this node, but for its hand."""
        home, found = str(self.home), []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
                if home in words and self._hand_module not in words:
                    found.append(words)
        return found

    def close(self) -> None:
        """End everything, whatever state it is in."""
        assert self._hand.stdin is not None
        with suppress(OSError):
            self._hand.stdin.close()
        try:
            self._hand.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._hand.kill()
            self._hand.wait()
        if self.served is not None and self.served.poll() is None:
            self.served.terminate()
            try:
                self.served.wait(SECONDS)
            except subprocess.TimeoutExpired:
                self.served.kill()
        for process in (self._hand, self.served):
            if process is not None and process.stdout is not None:
                process.stdout.close()

    def _start(
        self, module: str, *words: str, stdin: int = subprocess.DEVNULL, journal: Path | None = None
    ) -> "subprocess.Popen[str]":
        with journal.open("a") if journal else nullcontext() as stderr:
            return subprocess.Popen(
                [sys.executable, "-m", module, *words],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                cwd=ROOT,
                env=self._environment,
            )


def alba_and_boreal(
    folder: Path, *, hand: str = "tests.node.hand", journals: bool = False
) -> tuple[RealNode, RealNode]:
    """Give the two nodes of a plain test, one of each profile, not yet made."""
    alba, boreal = (
        RealNode(folder, name, profile=profile, hand=hand, journal=folder / f"{name}.journal" if journals else None)
        for name, profile in (("alba", "sv"), ("boreal", "us"))
    )
    return alba, boreal


@contextmanager
def ending(*nodes: RealNode) -> Iterator[None]:
    """End every one of these nodes, whatever happens."""
    with ExitStack() as stack:
        for node in reversed(nodes):
            stack.callback(node.close)
        yield


def paired(folder: Path, alba: RealNode, *others: RealNode, **terms: str) -> None:
    """Make all nodes and pair the first with each other one, as operators would, by the command line alone.

    `terms` are options of `agreement draft`, such as `answer_every="10s"`.
    """
    nodes = (alba, *others)
    for node in nodes:
        node.begin_init()
    for node in nodes:
        made = node.answer()
        assert made["status"] == 0, made["err"]
        person = ["--username", "pilar.n", "--name", "Pilar N", "--unit", "exchange", "--chain", "north"]
        node.cli("officer", "add", str(node.home), *person, "--duty", "partners")
    for other in others:
        pair(folder, alba, other, **terms)


def pair(folder: Path, alba: RealNode, boreal: RealNode, *, grave: str = "12s", **terms: str) -> None:
    """Pair two nodes that are made, each with its `partners` officer."""
    fingerprints = {}
    for node in (alba, boreal):
        said = node.cli("key-document", str(node.home), "--out", str(folder / f"{node.name}.keys"))
        fingerprints[node.name] = said.partition(": ")[2].strip()
    drafted = str(folder / f"terms-{alba.name}-{boreal.name}")
    options = [word for name, value in terms.items() for word in (f"--{name.replace('_', '-')}", value)]
    alba.cli(
        "agreement", "draft", str(alba.home), "--partner", str(folder / f"{boreal.name}.keys"),
        "--profiles", "sv", "us", "--out", drafted, "--grave", grave, *options,
    )  # fmt: skip
    signatures = {node.name: str(folder / f"{node.name}-{boreal.name}.signed") for node in (alba, boreal)}
    for node in (alba, boreal):
        node.cli("agreement", "sign", str(node.home), drafted, "--out", signatures[node.name])
    signed = [word for each in signatures.values() for word in ("--agreement", each)]
    for node, other in ((alba, boreal), (boreal, alba)):
        papers = ["--document", str(folder / f"{other.name}.keys"), *signed]
        heard = fingerprints[other.name].lower().replace(" ", "-")
        node.cli("pair", str(node.home), *papers, "--fingerprint", heard, "--by", "pilar.n")


def sound(answer: Any) -> Any:
    """Return a hand's answer, which is no error."""
    assert "error" not in answer, answer
    return answer


def _children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except FileNotFoundError:
        return ""
