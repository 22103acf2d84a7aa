"""One parent watches over what a node is made of.

1. The parent runs the database and three children: pages, exchange, worker; and beside them the redress office, where
   the home has one, as a program of its own. It has no thread and holds no connection.
2. A child that ends is forked again, at once the first time and ever later while it keeps ending soon.
3. The database is asked for its health; when it does not answer, everything that uses it is stopped, it is started
   again, and so is the rest. What prevents that (a full disk) is said, and it is tried again until it works.
4. A disk short of room is said at once and every minute, and so is that there is room again.
5. SIGTERM and SIGINT stop everything within seconds: the children, then the database. Whoever does not listen is
   killed. SIGHUP has the exchange read its trust file again.
6. When the parent itself is killed, the kernel tells the children, and the database's own watcher stops it.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.db import connections

from cotejo.node import framework
from cotejo.node.assembly import Node
from cotejo.node.children import end_group, fork
from cotejo.node.database import Database, OtherServer
from cotejo.node.database.leftover import alive, until
from cotejo.node.home import NodeError
from cotejo.node.listening import serve_exchange, serve_pages
from cotejo.node.readiness import exchange_answers, office_answers, pages_answer
from cotejo.node.redress import become_office, has_office
from cotejo.node.room import short_of_room
from cotejo.node.signals import Said
from cotejo.node.trust import rewrite_trust
from cotejo.node.worker import work

LOG: Final = logging.getLogger("cotejo.node")
TICK_SECONDS: Final = 1.0
READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 8.0
HEALTH_SECONDS: Final = 5.0
FAILED_CHECKS: Final = 3
SOON_SECONDS: Final = 30.0
FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 30.0
AGAIN_SECONDS: Final = 5.0
SAID_AGAIN_SECONDS: Final = 60.0
EXCHANGE: Final = "exchange"


@dataclass(slots=True, kw_only=True)
class Child:
    """One process of the node. `pid` is 0 while it does not run; `again` is when it may be forked next."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    began: float = 0.0
    again: float = 0.0
    ended_soon: int = 0

    def start(self) -> None:
        """Fork it."""
        self.began = time.monotonic()
        self.pid = fork(f"cotejo:{self.name}", self.run)

    def ended(self) -> bool:
        """Say whether it has just ended, and collect it with everything it forked."""
        if not self.pid or os.waitpid(self.pid, os.WNOHANG)[0] != self.pid:
            return False
        end_group(self.pid, signal.SIGKILL)
        self.pid = 0
        lived = time.monotonic() - self.began
        self.ended_soon = self.ended_soon + 1 if lived < SOON_SECONDS else 0
        pause = 0.0 if self.ended_soon <= 1 else min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.ended_soon - 2))
        self.again = time.monotonic() + pause
        return True

    def tell(self, word: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, word)


class Parent:
    """Watches over one node."""

    def __init__(self, *, node: Node, database: Database | OtherServer, said: Said, say: Callable[[str], None]) -> None:
        self._node = node
        self._database = database
        self._said = said
        self._say = say
        self._told_ready = False
        self._asked = time.monotonic()
        self._unanswered = 0
        self._look_at_disk = 0.0
        self._say_short = 0.0
        self._children = (
            Child(name=EXCHANGE, run=lambda: serve_exchange(node)),
            Child(name="pages", run=lambda: serve_pages(node)),
            Child(name="worker", run=lambda: work(node)),
            *self._redress_office(),
        )

    def _redress_office(self) -> tuple[Child, ...]:
        """Return the redress office's process, where this home has one: another program in our place (I13)."""
        home, database = self._node.home, self._database
        if not has_office(home):
            return ()
        return (Child(name="redress", run=lambda: become_office(home, database.dsns().redress)),)

    def run(self) -> None:
        """Keep everything running until told to stop."""
        rewrite_trust(self._node)
        connections.close_all()
        try:
            self._start()
            while not self._said.stop:
                self._said.wait(TICK_SECONDS)
                self._watch_children()
                self._watch_database()
                self._watch_disk()
        finally:
            self._stop()

    def _start(self) -> None:
        for child in self._children:
            child.start()
        deadline = time.monotonic() + READY_SECONDS
        while not (self._said.stop or self._answers()):
            if time.monotonic() > deadline:
                raise NodeError(
                    en="The node's pages or its exchange do not answer. The log says why.",
                    es="Las páginas del nodo o su intercambio no responden. El registro indica la causa.",
                )
            self._said.wait(0.05)
            self._watch_children()
        if not self._said.stop and not self._told_ready:
            self._say("ready")
            self._told_ready = True

    def _answers(self) -> bool:
        return pages_answer(self._node.file) and exchange_answers(self._node) and office_answers(self._node.home)

    def _watch_children(self) -> None:
        if self._said.trust_changed:
            self._said.trust_changed = False
            self._child(EXCHANGE).tell(signal.SIGHUP)
        for child in self._children:
            if child.ended() and not self._said.stop:
                LOG.warning("a process of the node ended and is started again", extra={"facts": {"which": child.name}})
            if not (child.pid or self._said.stop) and time.monotonic() >= child.again:
                child.start()

    def _watch_database(self) -> None:
        gone = isinstance(self._database, Database) and not alive(self._database.pid or 0)
        if not gone and time.monotonic() - self._asked < HEALTH_SECONDS:
            return
        self._asked = time.monotonic()
        self._unanswered = 0 if not gone and self._database.healthy() else self._unanswered + 1
        if isinstance(self._database, Database) and (gone or self._unanswered >= FAILED_CHECKS):
            LOG.error("the database does not answer; everything that uses it is started again")
            self._unanswered = 0
            while not (self._said.stop or self._started_again(self._database)):
                self._said.wait(AGAIN_SECONDS)

    def _started_again(self, database: Database) -> bool:
        """Stop everything, start it again, and say whether that worked."""
        self._stop()
        database.stop()
        try:
            framework.connect_with(database.start().app)
            self._start()
        except NodeError as trouble:
            facts = {"why": trouble.en, "detail": trouble.detail}
            LOG.error("the node cannot start again; it is tried until it can", extra={"facts": facts})  # noqa: TRY400 - the reason is a sentence
            return False
        return True

    def _watch_disk(self) -> None:
        at = time.monotonic()
        if at < self._look_at_disk:
            return
        self._look_at_disk = at + HEALTH_SECONDS
        short = tuple(short_of_room(self._node.home))
        if short and at >= self._say_short:
            for each in short:
                facts = {"folder": str(each.folder), "mebibytes": each.mebibytes}
                LOG.error("the disk is nearly full; make room on it, or acts will be refused", extra={"facts": facts})
            self._say_short = at + SAID_AGAIN_SECONDS
        if self._say_short and not short:
            LOG.info("there is room on the disk again")
            self._say_short = 0.0

    def _child(self, name: str) -> Child:
        return next(child for child in self._children if child.name == name)

    def _stop(self) -> None:
        """Stop the children; those that do not end in time are killed."""
        for child in self._children:
            child.tell(signal.SIGTERM)
        until(self._all_ended, STOP_SECONDS)
        for child in self._children:
            if child.pid:
                end_group(child.pid, signal.SIGKILL)
        until(self._all_ended, STOP_SECONDS)

    def _all_ended(self) -> bool:
        for child in self._children:
            child.ended()
        return not any(child.pid for child in self._children)
