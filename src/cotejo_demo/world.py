"""The invented world made, started and stopped: two nodes, a witness, a portal folder, a prevention installation.

1. Made once, in a folder; a later start uses it again. What was broken off while being made is made anew, and said.
2. Everything goes through the programs' own commands: making, enrolling, signing the agreement, pairing, importing.
3. Alba (law of El Salvador, Spanish) asks; Boreal (law of the United States, English) has the register. Both reach each
   other through a cable that can be cut.
4. The agreed times are short, so that what takes days takes seconds; the law caps them upward only.
5. `stop` leaves no process, whatever state the world is in.
"""

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from cotejo.identity.record import COLUMNS
from cotejo.node.database.place import known
from cotejo.node.home import Home
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.duties import Duty
from cotejo_demo.cable import Cable
from cotejo_demo.cast import (
    ALBA,
    BOREAL,
    OPERATORS,
    PARTNER_RELATIONS,
    REDRESS,
    Member,
    SignIn,
    office_sign_in,
    sign_in,
)
from cotejo_demo.knowledge import record_knowledge
from cotejo_demo.node import DemoError, NodeProcess, end, first_line, start, wait_for
from cotejo_demo.people import People, people_of, register_of
from cotejo_demo.places import Places, WorldFile, free_ports, taken

LOOPBACK: Final = "127.0.0.1"
CASTS: Final = {"alba": ALBA, "boreal": BOREAL}
PROFILES: Final = {"alba": "sv", "boreal": "us"}
LANGUAGES: Final = {"alba": "es", "boreal": "en"}
TERMS: Final = {
    "reading": "60s",
    "administrative": "60s",
    "grave": "20s",
    "answer-every": "15s",
    "sweep-every": "5s",
    "skew": "1s",
    "arrival": "90s",
    "before-judge": "12s",
    "custody-every": "180s",
    "told": "120s",
}
"""What the two agencies agree on; the reports after a hand-over are due one after the other."""
APPOINTED_FOR: Final = timedelta(days=365)
REHEARSED: Final = 30.0
"""How long the rehearsal of a link may take, in seconds; it takes one or two, beside other work."""
PREVENTION_WORKER: Final = "nidia"
PREVENTION_PASSWORD: Final = "demo-prevention-worker"  # noqa: S105 - an invented world's, printed for everybody

Say = Callable[[str], None]


class World:
    """One demo world in one folder."""

    def __init__(self, folder: Path, *, say: Say) -> None:
        self.places = Places.of(folder)
        self._say = say
        self._programs: list[subprocess.Popen[bytes]] = []
        self._cables: list[Cable] = []
        self.file: WorldFile
        self.people: People
        self.alba: NodeProcess
        self.boreal: NodeProcess

    @property
    def nodes(self) -> tuple[NodeProcess, NodeProcess]:
        """Both nodes."""
        return self.alba, self.boreal

    def sign_ins(self, node: str) -> tuple[SignIn, ...]:
        """Return how everybody of a node signs in."""
        return tuple(sign_in(each, node=node, seed=self.file.seed) for each in CASTS[node])

    def office_sign_ins(self, node: str) -> tuple[SignIn, ...]:
        """Return how everybody of a node's redress office signs in."""
        return tuple(office_sign_in(each, node=node, seed=self.file.seed) for each in REDRESS[node])

    def witness_key(self) -> str:
        """Return the witness's public key."""
        return (self.places.folder / "witness.key").read_text(encoding="ascii").strip()

    # Starting

    def open(self, *, seed: int, persons: int, new: bool) -> None:
        """Start the world that is in the folder, or make it. Raises `DemoError`; then `stop` still has to be called."""
        found = self.places.read()
        if found is not None and found.whole and not new:
            self._start_again(found)
            return
        if self.places.folder.exists() and any(self.places.folder.iterdir()):
            if found is None:
                raise DemoError(
                    f"{self.places.folder} holds something else. Name an empty folder with --home, or remove it."
                )
            self._say("Making the world anew." if found.whole else "This world was half made; it is made anew.")
            remove(self.places)
        self._make(WorldFile(seed=seed, persons=persons, ports=free_ports()))

    def cut(self) -> None:
        """Cut both cables: nothing reaches either exchange."""
        for cable in self._cables:
            cable.cut()

    def mend(self) -> None:
        """Mend both cables."""
        for cable in self._cables:
            cable.mend()

    def stop(self) -> None:
        """End every process of the world."""
        for node in (each for each in (getattr(self, "alba", None), getattr(self, "boreal", None)) if each):
            with suppress(OSError):
                node.close()
        for program in self._programs:
            end(program)
        self._programs.clear()
        self.cut()

    def _start_again(self, found: WorldFile) -> None:
        self._know(found)
        if used := taken(found.ports):
            raise DemoError(f"Somebody else listens on: {', '.join(used)}. End it, or make a new world with --new.")
        self._serve_witness()
        self.mend()
        for node in self.nodes:
            node.serve()
        self._serve_portal()
        self._serve_prevention()
        self._wait_for_nodes()
        if not found.played:
            self._take_hands()
            for node in self.nodes:
                node.meet()

    def _know(self, file: WorldFile) -> None:
        self.file = file
        self.people = people_of(file.seed)
        self.places.speech.mkdir(parents=True, exist_ok=True)
        self.alba, self.boreal = (
            NodeProcess(name, self.places.node(name), self.places.speech / name) for name in ("alba", "boreal")
        )
        ports = file.ports
        self._cables = [
            Cable(port=ports.alba_cable, to=ports.alba_exchange),
            Cable(port=ports.boreal_cable, to=ports.boreal_exchange),
        ]

    # Making

    def _make(self, file: WorldFile) -> None:
        self.places.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.places.write(file)
        self._know(file)
        self._say("Making two nodes and a witness.")
        self._make_witness()
        for node in self.nodes:
            node.begin("cli", self._init_words(node.name))
        for node in self.nodes:
            node.read_cli(node.answer())
        for node in self.nodes:
            listens = f"{LOOPBACK}:{getattr(file.ports, f'{node.name}_redress')}"
            node.cli("redress", "init", str(node.folder), "--listens", listens)
        self._follow_logs()
        self._serve_witness()
        self._serve_nodes()
        self._say("Enrolling the officers; signing the agreement; pairing.")
        for node in self.nodes:
            members = CASTS[node.name]
            signed = [self._appointed(node.name, each) for each in members]
            node.begin("enrol", tuple(zip(members, self.sign_ins(node.name), signed, strict=True)))
        for node in self.nodes:
            node.answer()
            node.ask("enrol_office", self.office_sign_ins(node.name))
            node.meet()
        self._pair()
        self._say(f"Importing a register of {file.persons} invented people.")
        self._begin_register()
        record_knowledge(self.alba, self.file.seed)
        self._make_prevention()
        self._serve_prevention()
        self.boreal.read_cli(self.boreal.answer())
        self._serve_portal()
        self._wait_for_links()
        self.places.mark(whole=True)
        self.file = self.places.read() or file

    def _init_words(self, name: str) -> tuple[str, ...]:
        ports = self.file.ports
        pages, exchange, cable = (getattr(ports, f"{name}_{what}") for what in ("pages", "exchange", "cable"))
        return (
            "init", str(self.places.node(name)), "--node", name, "--profile", PROFILES[name], "--world", "invented",
            "--language", LANGUAGES[name], "--name", name.capitalize(), "--url", f"https://{LOOPBACK}:{cable}",
            "--pages", f"{LOOPBACK}:{pages}", "--exchange", f"{LOOPBACK}:{exchange}",
            "--witness", f"http://{LOOPBACK}:{ports.witness} {self.witness_key()}",
        )  # fmt: skip

    def _make_witness(self) -> None:
        said = self.run("cotejo_witness.main", "init", str(self.places.witness), "--name", "witness.invalid")
        (self.places.folder / "witness.key").write_text(said, encoding="ascii")

    def _follow_logs(self) -> None:
        for node in self.nodes:
            key = node.cli("log", "key", str(node.folder)).strip()
            self.run("cotejo_witness.main", "add-log", key, "--home", str(self.places.witness))

    def _appointed(self, node: str, member: Member) -> bytes:
        """Return the appointment the witness signs for an auditor; nothing for anybody else."""
        if member.duty is not Duty.AUDITOR:
            return b""
        out = self.places.folder / f"{node}-auditor.appointment"
        until = (datetime.now(UTC) + APPOINTED_FOR).date().isoformat()
        whom = ("--node", node, "--account", member.username, "--person", member.name, "--until", until)
        self.run("cotejo_witness.main", "appoint", "--home", str(self.places.witness), *whom, "--out", str(out))
        return out.read_bytes()

    def _pair(self) -> None:
        folder = self.places.folder / "pairing"
        folder.mkdir(exist_ok=True)
        heard = {}
        for node in self.nodes:
            said = node.cli("key-document", str(node.folder), "--out", str(folder / f"{node.name}.keys"))
            heard[node.name] = said.partition(": ")[2].strip()
        terms = str(folder / "terms")
        times = (word for name, value in TERMS.items() for word in (f"--{name}", value))
        self.alba.cli(
            "agreement", "draft", str(self.alba.folder), "--partner", str(folder / "boreal.keys"),
            "--profiles", PROFILES["alba"], PROFILES["boreal"], "--out", terms, "--witness", self.witness_key(), *times,
        )  # fmt: skip
        for node in self.nodes:
            node.cli("agreement", "sign", str(node.folder), terms, "--out", str(folder / f"{node.name}.signed"))
        signed = [word for node in self.nodes for word in ("--agreement", str(folder / f"{node.name}.signed"))]
        for node, other in ((self.alba, self.boreal), (self.boreal, self.alba)):
            papers = ("--document", str(folder / f"{other.name}.keys"), *signed)
            by = PARTNER_RELATIONS[node.name]
            node.cli("pair", str(node.folder), *papers, "--fingerprint", heard[other.name], "--by", by)

    def _wait_for_links(self) -> None:
        """Wait until the rehearsal that follows the pairing has passed both ways; by now it has, as a rule."""
        for node, other in ((self.alba, "boreal"), (self.boreal, "alba")):
            stream = Stream(StreamKind.PARTNER, other)
            known = partial(node.ask, "state", stream)
            wait_for(f"The rehearsal with {other}", lambda known=known: known().rehearsal.open, seconds=REHEARSED)

    def _begin_register(self) -> None:
        path = self.places.folder / "register.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            people = register_of(self.file.seed, self.file.persons)
            rows.writerows([getattr(each, name) for name in COLUMNS] for each in people)
        words = ("register", "import", str(self.boreal.folder), str(path), "--by", OPERATORS["boreal"])
        today = datetime.now(UTC).date().isoformat()
        self.boreal.begin("cli", (*words, "--reason", "trial", "--as-of", today))

    def _make_prevention(self) -> None:
        folder = str(self.places.prevention)
        self.run("cotejo_prevention.main", "init", folder, "--world", "invented")
        self.run("cotejo_prevention.main", "staff-add", folder, PREVENTION_WORKER, said=f"{PREVENTION_PASSWORD}\n")

    # Serving

    def _serve_nodes(self) -> None:
        self.mend()
        for node in self.nodes:
            node.serve()
        self._wait_for_nodes()
        self._take_hands()

    def _wait_for_nodes(self) -> None:
        for node in self.nodes:
            node.wait_until_ready()

    def _take_hands(self) -> None:
        """Connect what plays the story to both nodes; who only looks needs none."""
        for node in self.nodes:
            node.begin("connect")
        for node in self.nodes:
            node.answer()

    def _serve_witness(self) -> None:
        words = ("--home", str(self.places.witness), "--port", str(self.file.ports.witness))
        self._serve("witness", "cotejo_witness.main", "serve", *words)

    def _serve_prevention(self) -> None:
        words = (str(self.places.prevention), "--port", str(self.file.ports.prevention))
        self._serve("prevention", "cotejo_prevention.main", "serve", *words)

    def _serve_portal(self) -> None:
        self.places.portal.mkdir(exist_ok=True)
        port, folder = str(self.file.ports.portal), str(self.places.portal)
        words = (port, "--bind", LOOPBACK, "--directory", folder)
        self._programs.append(start("http.server", *words, speech=self.places.speech / "portal"))

    def _serve(self, name: str, module: str, *words: str) -> None:
        program = start(module, *words, speech=self.places.speech / name)
        self._programs.append(program)
        if not first_line(program):
            raise DemoError(f"The {name} did not start. See {self.places.speech / name}.")

    def run(self, module: str, *words: str, said: str = "") -> str:
        """Run a program of this installation to its end and return what it printed. Raises `DemoError`."""
        with _input(said) as stdin:
            program = start(module, *words, speech=self.places.speech / "commands", stdin=stdin)
            out, _ = program.communicate(said.encode() if said else None)
        if program.returncode:
            raise DemoError(f"{module} {words[0]} failed. See {self.places.speech / 'commands'}.")
        return out.decode()


@contextmanager
def _input(said: str) -> Iterator[int]:
    yield subprocess.PIPE if said else subprocess.DEVNULL


def remove(places: Places) -> None:
    """Remove a world that does not run, with its databases wherever they stand."""
    for name in CASTS:
        home = Home(folder=places.node(name))
        if (home.database / "place").exists():
            shutil.rmtree(known(home).folder, ignore_errors=True)
    shutil.rmtree(places.folder)
