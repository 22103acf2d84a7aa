"""A node that is being restored asks each partner what it holds of their line, until each has answered.

1. The question goes outside the line: the node does not know its numbers. While messages have yet to come again, the
   partner is asked again as well.
2. One partner that does not answer, or whose asking fails here, delays no other; it is asked again after a second, two,
   four, at most a minute apart.
3. An answer about another line is written down for the oversight body, and the partner is asked again all the same.
4. A partner whose key document has expired cannot be asked: no key is left to seal the question for. Its turn comes at
   each try all the same, so it is asked once it has told its next document (`node.worker` tells it ours meanwhile).
5. One asking comes to an end, however many pages a partner has to say: it is asked anew, after the others.
6. Nothing here ends the recovery: an operator does, when nothing is missing (`cotejo recover`).
"""

import logging
import secrets
import time
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, InterfaceError

from cotejo.actions.follow_keys import follow_kept
from cotejo.actions.outside import Room
from cotejo.actions.post import is_sealable, read_key_document
from cotejo.actions.reconcile import (
    ask_partner,
    hear_difference,
    hear_other_line,
    not_reconciled,
    take_answer,
)
from cotejo.actions.unit import Conflict, Partner
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.exchange.unanswered import TOO_SLOW
from cotejo.node.assembly import Node
from cotejo.node.wire.client import NoAnswer, NotTaken, Wire
from cotejo.node.wire.telling_keys import NEEDS_KEYS, tell_keys
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import MINUTE, SECOND

LOG: Final = logging.getLogger("cotejo.recovering")
NEVER: Final[Millis] = 2**62
NO_KEY: Final = "no_key"
LONGEST_ASKING: Final = 600.0
"""How long all pages of one partner's answer may take, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """When a partner is asked next, and how long after that."""

    at: Millis = 0
    pause: Millis = SECOND


class Recovery:
    """Asks the partners of one node."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._tries: dict[str, _Try] = {}

    def next_at(self, now: Millis) -> Millis:
        """Return when somebody is to be asked next."""
        return min((self._tries.get(each.name, _Try()).at for each in self._unanswered(now)), default=NEVER)

    def ask(self, now: Millis) -> None:
        """Ask whoever is due."""
        for partner in self._unanswered(now):
            known = self._tries.get(partner.name, _Try())
            if known.at > now:
                continue
            self._tries[partner.name] = _Try(at=now + known.pause, pause=min(2 * known.pause, MINUTE))
            try:
                _say(partner, self._ask(partner, now))
            except (DatabaseError, InterfaceError):
                raise
            except Exception:
                facts = {"partner": partner.name}
                LOG.exception("a partner could not be asked what it holds of the line", extra={"facts": facts})

    def _unanswered(self, now: Millis) -> tuple[Partner, ...]:
        unit = self._node.unit
        active = (each for each in unit.partners() if each.terms(now).active_at(now))
        return tuple(each for each in active if not_reconciled(unit, each) in {"asked", "waiting"})

    def _ask(self, partner: Partner, now: Millis) -> str:
        """Ask one partner, page after page. Return why its line is not whole, or nothing."""
        room = Room(own=self._node.keys.own, chance=secrets.token_bytes)
        unit = self._node.unit
        try:
            partner = follow_kept(unit, partner, now=now)
            if not is_sealable(partner, now=now):
                return NO_KEY
            asked = ask_partner(unit, partner, room, now=now)
            with Wire(home=self._node.home, partner=read_key_document(partner.key_document)) as wire:
                until = time.monotonic() + LONGEST_ASKING
                while time.monotonic() < until:
                    answer = wire.post(asked.letter.body)
                    unknown = isinstance(answer, NotTaken) and answer.code in NEEDS_KEYS
                    if unknown and tell_keys(self._node, wire, partner, now=now):
                        answer = wire.post(asked.letter.body)
                    if isinstance(answer, NoAnswer):
                        return answer.why
                    if isinstance(answer, NotTaken):
                        if answer.code == WireReason.LINES_DIFFER.code:
                            hear_difference(unit, partner.name, now=now)
                        return answer.code
                    following = take_answer(unit, partner, asked, answer.sealed, room, now=now)
                    if following is None:
                        return ""
                    asked = following
                return TOO_SLOW
        except WireRefusal as refusal:
            if refusal.reason is WireReason.LINES_DIFFER:
                hear_other_line(unit, partner.name, now=now)
            return refusal.reason.code
        except ProofError as error:
            return error.reason.code
        except Conflict:
            return "busy"


def _say(partner: Partner, why: str) -> None:
    """Tell the operator that a partner was asked, and why its line is not whole yet."""
    facts = {"partner": partner.name, "why": why or "restored"}
    if why == NO_KEY:
        LOG.warning(
            "a partner cannot be asked what it holds of the line before it tells its next key document",
            extra={"facts": facts},
        )
    else:
        LOG.warning("a partner was asked what it holds of the line", extra={"facts": facts})
