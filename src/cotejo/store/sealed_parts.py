"""Sealed parts of documents on their way to partners, forgotten once nobody can need them again.

1. They stay for as long as their request lives, and for eight days after their message was receipted: a partner that is
   restored gets the message again, which names its parts by their sealed bytes. Only that partner can open them.
2. One look goes over at most `PAGE` parts, found by their place and by indexes, however many there are. The next one
   goes on from there, and from the beginning again after the last.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.review_words import ReviewState
from cotejo.store import rows as table
from cotejo.store.queue import RECEIPTED

KEEP_PARTS: Final[Millis] = 8 * DAY
PAGE: Final = 5_000
ENDED: Final = (DossierState.WITHDRAWN, DossierState.ERASED, ReviewState.ERASED)
"""Where a request is over: nobody needs it again."""

_PAGE: Final = """
SELECT part.id, message.request
  FROM (SELECT id, partner, mid FROM store_sealed_part WHERE id > %s ORDER BY id LIMIT %s) AS part
  LEFT JOIN store_outbox AS message
    ON message.partner = part.partner AND message.mid = part.mid AND message.state = %s AND message.receipted_at < %s
 ORDER BY part.id"""
_LIVING: Final = """
SELECT DISTINCT term.term FROM store_term AS term
  JOIN store_card AS card ON card.stream_kind = term.stream_kind AND card.stream_id = term.stream_id
 WHERE term.index = %s AND term.term = ANY(%s) AND card.state <> ALL(%s)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look did: how many parts were forgotten, and after which one the next look begins (0: the first)."""

    dropped: int
    after: int


def drop_parts(*, now: Millis, after: int = 0, page: int = PAGE, using: str = "default") -> Looked:
    """Look at one page of parts and forget those that may go (rules 1 and 2)."""
    seen = table.fetched(_PAGE, after, page, RECEIPTED, now - KEEP_PARTS, using=using)
    receipted = [(id_, request) for id_, request in seen if request is not None]
    living = _living({request for _, request in receipted}, using) if receipted else set()
    over = [id_ for id_, request in receipted if request not in living]
    dropped = table.done("DELETE FROM store_sealed_part WHERE id = ANY(%s)", over, using=using) if over else 0
    return Looked(dropped=dropped, after=seen[-1][0] if len(seen) == page else 0)


def _living(requests: Collection[str], using: str) -> set[str]:
    """Return those of some requests that live here: our own, and those received, which may have been passed on."""
    names = [name for (name,) in table.fetched("SELECT name FROM store_partner", using=using)]
    received = {f"{name}/{request}": request for name in names for request in requests}
    ours = table.fetched(_LIVING, "dossier.request", list(requests), [*map(str, ENDED)], using=using)
    theirs = table.fetched(_LIVING, "review.request", list(received), [*map(str, ENDED)], using=using)
    return {request for (request,) in ours} | {received[term] for (term,) in theirs}
