"""Two real nodes, each served by its own program, and a hand at each: a process that acts with the node's code.

1. A hand is at one node for as long as it lasts; what it is asked are the functions of this module, by name.
2. Alba sends, Boreal receives; further agencies of Boreal are keys alone (`throwaway.Agency`).
3. `close` ends every process, whatever state the nodes are in.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cotejo.node.bench.throwaway import (
    RECEIVER,
    day_of,
    introduce,
    make_home,
    subject,
    terms,
    with_database,
)
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.dossier_commands import AuthoriseSending, Withdraw
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Officer
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, sound_case
from cotejo.simulation.node import NotSound

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

T = TypeVar("T")

SENDER: Final = "alba"
STOP_SECONDS: Final = 60.0
PATIENCE_SECONDS: Final = 120.0
LOOK_SECONDS: Final = 0.002
FAR: Final = 2**52
_here: list["Node"] = []


class Served:
    """One node and the hand at it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COTEJO_")}
        self._environment = environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._hand = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self._program: subprocess.Popen[str] | None = None

    def begin(self, what: Callable[..., T], *about: Any) -> "Future[T]":  # noqa: ANN401 - what the function takes
        """Ask the hand for something."""
        return self._hand.submit(what, *about)

    def ask(self, what: Callable[..., T], *about: Any) -> T:  # noqa: ANN401 - what the function takes
        """Ask the hand for something and wait for it."""
        return self.begin(what, *about).result()

    def serve(self) -> None:
        """Start the node as its operator would, wait until it answers, and have the hand connect."""
        words = [sys.executable, "-m", "cotejo.node", "serve", str(self.home.folder)]
        self._program = subprocess.Popen(  # noqa: S603 - our own program
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=self._environment
        )
        if self._program.stdout is None or self._program.stdout.readline() != "ready\n":
            raise NotSound(f"{self.home.folder.name} did not start")
        self.ask(connect, str(self.home.folder))

    def close(self) -> None:
        """End the hand and the node."""
        self._hand.shutdown(cancel_futures=True)
        if self._program is None:
            return
        self._program.send_signal(signal.SIGTERM)
        try:
            self._program.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        if self._program.stdout is not None:
            self._program.stdout.close()


@contextmanager
def two_nodes(under: Path, others: Sequence[tuple[Home, Agreement]] = ()) -> Iterator[tuple[Served, Served]]:
    """Make, pair and serve Alba and Boreal; Boreal is paired with `others` as well."""
    alba, boreal = (Served(make_home(under, name, law)) for name, law in ((SENDER, "sv"), (RECEIVER, "us")))
    agreed = terms(SENDER, RECEIVER, now())
    try:
        for node, partners in ((alba, [(boreal.home, agreed)]), (boreal, [(alba.home, agreed), *others])):
            node.ask(pair_with, str(node.home.folder), [(str(home.folder), terms_) for home, terms_ in partners])
        for node in (alba, boreal):
            node.serve()
        yield alba, boreal
    finally:
        alba.close()
        boreal.close()


# What a hand does, in its own process


def pair_with(folder: str, others: list[tuple[str, Agreement]]) -> None:
    """Pair the node in this folder, which does not run, with the nodes in those."""
    with with_database(Home(folder=Path(folder)), durable=True) as (node, _database):
        from cotejo.node.trust import rewrite_trust

        introduce(node, [(Home(folder=Path(other)), agreed) for other, agreed in others], now=now())
        rewrite_trust(node)


def connect(folder: str) -> None:
    """Be at the node in this folder, which runs."""
    from cotejo.node import framework
    from cotejo.node.database import Database

    home = Home(folder=Path(folder))
    framework.set_up(home, Database(home).dsns().app)
    from cotejo.node.assembly import assemble

    stand_at(assemble(home))


def stand_at(node: "Node") -> None:
    """Be at this node of this process."""
    _here[:] = [node]


def prepare(numbers: Sequence[int], partner: str) -> list[tuple[str, str]]:
    """Record, check and certify one sound case for a partner for each number. Return dossier and request of each."""
    from cotejo.actions.laws import DOSSIER, PERSON

    unit, today = _here[0].unit, day_of(now())
    made = []
    for number in numbers:
        case = sound_case(replace(subject(), id=str(number)), seed=number, partner=partner, today=today)
        person, dossier = Stream(StreamKind.PERSON, case.person), Stream(StreamKind.DOSSIER, case.dossier)
        for content in case.documents.values():
            unit.documents.put(content, unit=person)
        for who, command in case.file:
            _do(PERSON, person, who, command)
        for who, step in (*case.preparation, case.certificate):
            _do(DOSSIER, dossier, who, step)
        made.append((case.dossier, case.request))
    return made


def hold_back(names: Sequence[str]) -> None:
    """Let what this node has to say to these partners, which are keys alone and answer nobody, wait for ever."""
    from cotejo.store.models import Outbox

    mail = Outbox.objects.filter(partner__in=list(names), state="waiting")
    until(lambda: set(mail.filter(kind="status_list").values_list("partner", flat=True)) == set(names))
    mail.update(at=FAR)


def send(dossier: str) -> None:
    """Authorise the sending of a certified request."""
    from cotejo.actions.laws import DOSSIER

    _do(DOSSIER, Stream(StreamKind.DOSSIER, dossier), AUTHORISER, AuthoriseSending())


def withdraw(dossier: str) -> float:
    """Withdraw a request. Return the moment it was pressed, in seconds of this machine's clock."""
    from cotejo.actions.laws import DOSSIER

    pressed = time.time()
    _do(DOSSIER, Stream(StreamKind.DOSSIER, dossier), CERTIFIER, Withdraw(reason=WithdrawalReason.ACQUITTED))
    return pressed


def seconds_to_receipt(requests: Sequence[str]) -> list[float]:
    """Wait until all these requests are receipted, and return from queueing to noting the receipt, each in seconds."""
    from cotejo.store.models import Outbox

    sent = Outbox.objects.filter(kind="request", request__in=list(requests)).order_by("seq")
    until(lambda: sent.filter(state="receipted").count() == len(requests))
    return [(done - queued) / 1000 for queued, done in sent.values_list("queued_at", "receipted_at")]


def not_withdrawn(request: str) -> tuple[str, int]:
    """Return the case of a request that is not withdrawn, and how many acts it has."""
    unit = _here[0].unit
    (stream,) = unit.lookup("review.request", f"{SENDER}/{request}")
    if _refused_as_withdrawn(stream):
        raise NotSound("withdrawn before it was withdrawn")
    return stream.id, len(unit.entries(stream))


def refused_at(review: str, acts: int) -> float:
    """Wait for the next act of a case and return the moment a decision on it is refused as withdrawn, in seconds.

    The decision is judged on what is loaded for it, as when an officer presses; nothing is written.
    """
    from cotejo.store.models import Act

    stream = Stream(StreamKind.REVIEW, review)
    until(lambda: Act.objects.filter(stream_kind=stream.kind, stream_id=stream.id, version=acts + 1).exists())
    until(lambda: _refused_as_withdrawn(stream))
    return time.time()


def _refused_as_withdrawn(stream: Stream) -> bool:
    from cotejo.actions.laws import review_facts
    from cotejo.rules.cases import state_of
    from cotejo.rules.review_checks import WITHDRAWN
    from cotejo.rules.review_decide import decide
    from cotejo.simulation.invented_review import decide as deciding

    unit, moment = _here[0].unit, now()
    who, command = deciding()
    state = state_of(StreamKind.REVIEW, unit.entries(stream))
    decided = decide(state, command, who, review_facts(unit, stream, state, command, who, moment), moment)
    return isinstance(decided, Refused) and WITHDRAWN.code in decided.codes


def until(done: Callable[[], bool]) -> None:
    """Look again and again until something is so. Raises `TimeoutError`."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        time.sleep(LOOK_SECONDS)


def _do(law: Any, stream: Stream, who: Officer, command: object) -> None:  # noqa: ANN401 - the law of any kind
    from cotejo.actions.perform import perform

    done = perform(law, _here[0].unit, stream, command, who=who, purpose=Purpose.REQUEST, now=now())
    if isinstance(done, Refused):
        raise NotSound(f"{type(command).__name__}: {', '.join(done.codes)}")
