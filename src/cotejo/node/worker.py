"""The worker: does what is due, whenever a commit wakes it or a moment comes.

1. In one round: keeps partners' rows as their acts say, hears the redress office's words, gives what waited its place
   in the line, acts on due moments, tells what a node tells by itself (`node.telling`), sends to each partner, writes
   the log's files.
2. Partners are sent to side by side, each by one thread at a time: a partner that does not answer delays no other.
3. What waits for a partner for whom nothing can be sealed is no reason to look again soon.
4. A node that is RECOVERING decides nothing and tells nothing new: no due moment, no status list, nothing that waited.
   It asks its partners what they hold, and sends again to those that answered what has a number already: two that
   recover at once wait for each other otherwise. Redress blocks all the same (I12).
5. A partner whose key document has expired here is told ours every so often, whatever waits for it: nothing can be
   sealed for it before it tells us its next.
6. An error in one piece of work is written down and leaves the others alone; a lost database ends the round, and the
   next one begins with a new connection.
"""

import logging
import os
import select
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from typing import Final

import psycopg
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from cotejo.actions.post import is_sealable
from cotejo.actions.reconcile import may_send
from cotejo.actions.rehearse import begin_if_due
from cotejo.actions.renew import meet_terms
from cotejo.actions.run_due import run_due
from cotejo.actions.sealed_cards import keep_cards
from cotejo.actions.take_signal import take_signal
from cotejo.actions.unit import Partner
from cotejo.node.assembly import Node
from cotejo.node.chores import Chores
from cotejo.node.clock import now
from cotejo.node.facts import DSN_VARIABLE
from cotejo.node.house_log import HouseLog
from cotejo.node.index_keeper import IndexKeeper
from cotejo.node.link_logs import LinkLogs
from cotejo.node.recovering import Recovery
from cotejo.node.sending import Sender
from cotejo.node.starting_keys import tell_on_their_way
from cotejo.node.telling import Telling
from cotejo.node.trust import follow_partners, rewrite_trust
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR
from cotejo.rules.succession import next_change
from cotejo.store import queue
from cotejo.store.redress import PgRedressDoor

LOG: Final = logging.getLogger("cotejo.worker")
AT_ONCE: Final = 4
PATIENCE_SECONDS: Final = 4.0
"""How long a worker that was told to stop waits for what it is sending; the partner gets it again otherwise."""
TIMERS_A_ROUND: Final = 50
LONGEST_WAIT: Final[Millis] = 60_000
SHORTEST_WAIT: Final[Millis] = 50
AFTER_TROUBLE: Final[Millis] = 1_000
TELL_LOGS: Final = "logs"
"""What is said on the queue's channel to have the log's files and cosignatures made at once."""


def work(node: Node) -> None:
    """Work until told to stop."""
    Worker(node).run()


class Worker:
    """The one worker of a node."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._stopping = threading.Event()
        self._wakes, self._woken = os.pipe()
        os.set_blocking(self._woken, False)
        self._senders: dict[str, Sender] = {}
        self._sending: dict[str, Future[None]] = {}
        self._tell_keys_at: dict[str, Millis] = {}
        self._pool = ThreadPoolExecutor(max_workers=AT_ONCE + 1, thread_name_prefix="sending")
        self._telling = Telling(node.unit, node.keys.own)
        self._house_log = HouseLog(node)
        self._link_logs = LinkLogs(node)
        self._rehearsed: set[str] = set()
        self._door = PgRedressDoor()
        self._index_keeper = IndexKeeper(node.home, node.unit.register.indexing)
        self._log_job: Future[None] | None = None
        self._recovery = Recovery(node)
        self._recovery_job: Future[None] | None = None
        self._chores = Chores(node)
        self._parent = os.getppid()
        self._line: psycopg.Connection[tuple[object, ...]] | None = None

    def run(self) -> None:
        """Round after round, until SIGTERM or SIGINT."""
        for word in (signal.SIGTERM, signal.SIGINT):
            signal.signal(word, lambda *_: self.stop())
        begun = False
        while not self._stopping.is_set():
            try:
                begun = begun or self._begin()
                self._listen()
                self._round(now())
                self._wait(self._until_next(now()))
            except (DatabaseError, InterfaceError, psycopg.Error):
                LOG.exception("the database was lost; the worker tries again")
                self._drop_connections()
                self._wait(AFTER_TROUBLE)
        self._index_keeper.stop()
        wait(self._sending.values(), timeout=PATIENCE_SECONDS)

    def stop(self) -> None:
        """End after what is being done now."""
        self._stopping.set()
        self._wake()

    def _begin(self) -> bool:
        """Take over what a worker that died had begun."""
        queue.give_back(now=now())
        self._node.unit.destroy_again(now=now())
        self._node.unit.rebuild_names()
        return True

    def _round(self, at: Millis) -> None:
        node = self._node
        self._guarded("partners and trust", lambda: self._follow(at))
        self._guarded("the redress office's words", lambda: self._hear_redress(at))
        if node.unit.recovering():
            self._recover(at)
            self._send(at)
            self._tell_keys(at)
        else:
            self._act_on_timers(at)
            self._guarded("keys on their way", partial(tell_on_their_way, node, now=at))
            for each in node.unit.partners():
                self._guarded("a rehearsal", partial(self._rehearse, each, at))
                self._guarded("the agreement in turn", partial(meet_terms, node.unit, each.name, now=at))
                self._guarded("what waited", partial(node.unit.send_scheduled, now=at, partner=each.name))
                for what, tell in self._telling.due(each, at):
                    self._guarded(what, tell)
            self._send(at)
            self._tell_keys(at)
        self._keep_log(at)
        self._guarded("the register's index", lambda: self._index_keeper.tend(at))
        for what, do in self._chores.due(at):
            self._guarded(what, do)

    def _follow(self, at: Millis) -> None:
        follow_partners(self._node, now=at)
        if rewrite_trust(self._node) and os.getppid() == self._parent:
            os.kill(self._parent, signal.SIGHUP)

    def _hear_redress(self, at: Millis) -> None:
        for said in self._door.waiting():
            self._guarded(
                "a word of the redress office", partial(take_signal, self._node.unit, self._door, said, now=at)
            )
        keep_cards(self._node.unit, self._door, answers=self._node.file.name)

    def _act_on_timers(self, at: Millis) -> None:
        while timers := queue.take_timers(now=at, limit=TIMERS_A_ROUND):
            for timer in timers:
                self._guarded(f"the due moment {timer.kind}", partial(run_due, self._node.unit, timer, now=at))
            if self._stopping.is_set():
                return

    def _rehearse(self, partner: Partner, at: Millis) -> None:
        if partner.name in self._rehearsed or not partner.terms(at).active_at(at):
            return
        if begin_if_due(self._node.unit, partner, now=at):
            self._rehearsed.add(partner.name)

    def _send(self, at: Millis) -> None:
        for name in queue.partners_with_mail():
            if not may_send(self._node.unit, name) or self._is_sending(name):
                continue
            sender = self._sender(name)
            if sender.failed_at and queue.heard_at(name) > sender.failed_at:
                sender.failed_at = 0
                queue.try_again_now(name, now=at)
            if not queue.is_due(name, now=at):
                continue
            self._begin_sending(name, partial(self._run_sender, name, sender))

    def _tell_keys(self, at: Millis) -> None:
        for partner in self._node.unit.partners():
            name = partner.name
            lost = partner.terms(at).active_at(at) and not is_sealable(partner, now=at)
            if lost and at >= self._tell_keys_at.get(name, 0) and not self._is_sending(name):
                self._tell_keys_at[name] = at + LONGEST_WAIT
                self._begin_sending(name, partial(self._run_telling, name, self._sender(name)))

    def _is_sending(self, name: str) -> bool:
        running = self._sending.get(name)
        return running is not None and not running.done()

    def _sender(self, name: str) -> Sender:
        return self._senders.setdefault(name, Sender(self._node, name, stopping=self._stopping))

    def _begin_sending(self, name: str, do: Callable[[], None]) -> None:
        job = self._pool.submit(do)
        self._sending[name] = job
        job.add_done_callback(lambda _job: self._wake())

    def _run_telling(self, name: str, sender: Sender) -> None:
        try:
            if sender.tell_keys_alone():
                self._tell_keys_at[name] = now() + HOUR
        except Exception:
            LOG.exception("keys could not be told", extra={"facts": {"partner": name}})
            connections.close_all()

    def _run_sender(self, name: str, sender: Sender) -> None:
        try:
            sender.send_all()
        except Exception:
            LOG.exception("sending failed", extra={"facts": {"partner": name}})
            sender.failed_at = now()
            connections.close_all()

    def _recover(self, at: Millis) -> None:
        if at < self._recovery.next_at(at) or (self._recovery_job is not None and not self._recovery_job.done()):
            return
        self._recovery_job = self._pool.submit(self._run_recovery, at)
        self._recovery_job.add_done_callback(lambda _job: self._wake())

    def _run_recovery(self, at: Millis) -> None:
        try:
            close_old_connections()
            self._recovery.ask(at)
        except Exception:
            LOG.exception("the partners were not asked")
            connections.close_all()

    def _keep_log(self, at: Millis) -> None:
        if self._node.unit.recovering():
            return
        if at < self._house_log.next_at or (self._log_job is not None and not self._log_job.done()):
            return
        self._log_job = self._pool.submit(self._run_log, at)

    def _run_log(self, at: Millis) -> None:
        try:
            close_old_connections()
            self._house_log.keep(at)
            self._link_logs.keep(at)
        except Exception:
            LOG.exception("the house log's files were not written")
            connections.close_all()

    def _until_next(self, at: Millis) -> Millis:
        if self._node.unit.recovering():
            return max(SHORTEST_WAIT, min(self._chores.next_at, at + LONGEST_WAIT, self._recovery.next_at(at)) - at)
        partners = self._node.unit.partners()
        moments = [self._house_log.next_at, self._chores.next_at, self._index_keeper.next_at, at + LONGEST_WAIT]
        moments += [self._telling.next_at(each, at) for each in partners]
        changes = (next_change(each.agreements, at) for each in partners)
        moments += [each for each in changes if each is not None]
        queued = queue.next_moment(unsealable=[each.name for each in partners if not is_sealable(each, now=at)])
        if queued is not None:
            moments.append(queued)
        return max(SHORTEST_WAIT, min(moments) - at)

    def _wait(self, longest: Millis) -> None:
        """Wait so long, or until a commit, a finished sending or a signal wakes."""
        ends = [self._wakes, *([self._line.fileno()] if self._line else [])]
        ready = select.select(ends, [], [], longest / 1000)[0]
        if self._wakes in ready:
            os.read(self._wakes, 512)
        if self._line is not None and self._line.fileno() in ready:
            for said in self._line.notifies(timeout=0):
                if said.payload == TELL_LOGS:
                    self._house_log.hurry()
                    self._link_logs.hurry()
                    self._telling.hurry()

    def _listen(self) -> None:
        if self._line is None:
            self._line = psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True)
            self._line.execute(f"LISTEN {queue.CHANNEL}")

    def _drop_connections(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        connections.close_all()

    def _guarded(self, what: str, do: Callable[[], object]) -> None:
        try:
            do()
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            LOG.exception("a piece of the worker's work failed", extra={"facts": {"what": what}})

    def _wake(self) -> None:
        with suppress(OSError):
            os.write(self._woken, b".")
