"""Sending what waits for one partner, in the order of the line.

1. The parts of a message go first, then the message; the receipt that answers is noted, then the next one goes.
2. Whatever fails is tried again: after a second, two, four, at most an hour apart, with chance in it; at once when the
   partner was heard from. A refusal by name is written down for the operator and tried again like the rest, never
   dropped.
3. A partner that lacks earlier messages (it was restored from a backup) gets them again from the number it waits for;
   those that have a receipt keep it.
4. A partner that does not know our keys gets our key documents outside the line, from the one it waits for, and then
   the message once more.
5. A partner for whom nothing can be sealed, because the key document held of it has expired, is told ours without any
   message: none enters its line, so none would be refused, and two nodes whose documents both expired would wait for
   each other for good.
6. A turn ends after `TURN`: what waits for others goes before the rest. Partners that answer slowly, each call just in
   time, keep no withdrawal from anybody else (I7).
7. What fails here, and not at the partner, is written down with what waits as well: nothing waits in silence.
"""

import logging
import random
import threading
import time
from typing import Final

from django.db import close_old_connections

from cotejo.actions.note_receipt import Posted, note_receipt
from cotejo.actions.post import read_key_document
from cotejo.actions.stuck import HERE, NOT_DONE, OWN_FILES
from cotejo.actions.unit import Partner
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.exchange.slips import sign_slip
from cotejo.node.assembly import Node
from cotejo.node.clock import now
from cotejo.node.home import NodeError
from cotejo.node.wire.client import NoAnswer, NotTaken, Wire
from cotejo.node.wire.telling_keys import NEEDS_KEYS, tell_keys
from cotejo.proof.refusals import ProofError
from cotejo.store import queue
from cotejo.store.queue import Mail

LOG: Final = logging.getLogger("cotejo.sending")
REFUSALS: Final = frozenset(each.code for each in WireReason)
GAP: Final = WireReason.GAP.code
TURN: Final = 20.0
"""How long one partner is sent to before others have their turn, in seconds; a call that was begun comes to its end."""


class Sender:
    """Sends to one partner; used by one thread at a time."""

    def __init__(self, node: Node, partner: str, *, stopping: threading.Event) -> None:
        self._node = node
        self._partner = partner
        self._stopping = stopping
        self._wire: Wire | None = None
        self._reached = ""
        self.failed_at = 0

    def send_all(self) -> None:
        """Send until nothing is due, a try fails or the turn is over."""
        close_old_connections()
        began = time.monotonic()
        while not self._stopping.is_set():
            mail = queue.take_mail(self._partner, now=now())
            if mail is None:
                return
            try:
                why = self._try(mail)
            except Exception:
                self._put_back(mail, NOT_DONE)
                raise
            if why:
                self._put_back(mail, why)
                facts = {"partner": mail.partner, "seq": mail.seq, "kind": mail.kind, "why": why, "tries": mail.tries}
                LOG.warning("a message was not taken; it is tried again", extra={"facts": facts})
                return
            if time.monotonic() - began >= TURN:
                return

    def _put_back(self, mail: Mail, why: str) -> None:
        self.failed_at = now()
        queue.put_back(mail, why=why, now=self.failed_at, chance=random.random())  # noqa: S311 - spreads tries

    def tell_keys_alone(self) -> bool:
        """Say whether the partner knows our newest key document now, told without a message (rule 5)."""
        close_old_connections()
        partner = self._node.unit.partner(self._partner)
        if partner is None:
            return False
        try:
            return tell_keys(self._node, self._wire_to(partner), partner, now=now())
        except (WireRefusal, ProofError):
            return False

    def close(self) -> None:
        """Close the connection to the partner."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _try(self, mail: Mail) -> str:
        """Send one message. Return why it was not taken, as a short code, or nothing."""
        partner = self._node.unit.partner(mail.partner)
        if partner is None:
            return "not_paired"
        try:
            wire = self._wire_to(partner)
            return self._deliver(wire, partner, mail)
        except WireRefusal as refusal:
            return refusal.reason.code
        except ProofError as error:
            code = error.reason.code
            return f"{HERE}{code}" if code in REFUSALS else code
        except (NodeError, OSError):
            LOG.exception("a file of this node cannot be read or written", extra={"facts": {"partner": mail.partner}})
            return OWN_FILES

    def _deliver(self, wire: Wire, partner: Partner, mail: Mail, *, fills_gap: bool = True) -> str:
        for name, sealed in mail.parts:
            slip = sign_slip(name, own=self._node.keys.own, to=partner.name)
            not_kept = wire.put_part(name, sealed, slip=slip)
            if self._told_keys(wire, partner, not_kept):
                not_kept = wire.put_part(name, sealed, slip=slip)
            if not_kept is not None:
                return _why(not_kept)
        answer = wire.post(mail.body)
        if (
            isinstance(answer, NotTaken)
            and answer.code in NEEDS_KEYS
            and tell_keys(self._node, wire, partner, now=now())
        ):
            answer = wire.post(mail.body)
        if fills_gap and isinstance(answer, NotTaken) and answer.code == GAP and 0 < answer.expected < mail.seq:
            return self._fill_gap(wire, partner, mail, answer.expected)
        if isinstance(answer, NoAnswer | NotTaken):
            return _why(answer)
        posted = Posted(
            mid=mail.mid,
            kind=mail.kind,
            sha256=mail.sha256,
            request=mail.request,
            version=mail.version,
            receipted=mail.receipted,
        )
        note_receipt(self._node.unit, partner, posted, answer.sealed, own=self._node.keys.own, now=now())
        return ""

    def _told_keys(self, wire: Wire, partner: Partner, answer: object) -> bool:
        """Tell our keys when the answer is that they are not known; say whether to try again (rule 4)."""
        needed = isinstance(answer, NotTaken) and answer.code in NEEDS_KEYS
        return needed and tell_keys(self._node, wire, partner, now=now())

    def _fill_gap(self, wire: Wire, partner: Partner, mail: Mail, expected: int) -> str:
        facts = {"partner": mail.partner, "from": expected, "messages": mail.seq - expected}
        LOG.warning("a partner lacks earlier messages and gets them again", extra={"facts": facts})
        for seq in range(expected, mail.seq + 1):
            again = queue.mail_at(mail.partner, seq)
            why = "lost_here" if again is None else self._deliver(wire, partner, again, fills_gap=False)
            if why:
                return why
        return ""

    def _wire_to(self, partner: Partner) -> Wire:
        if self._wire is None or self._reached != partner.key_document:
            self.close()
            self._wire = Wire(home=self._node.home, partner=read_key_document(partner.key_document))
            self._reached = partner.key_document
        return self._wire


def _why(answer: NoAnswer | NotTaken) -> str:
    return answer.code if isinstance(answer, NotTaken) else answer.why
