"""Telling every partner this node's next key document, and seeing that each has it.

1. A document goes into the line once; a restore that lost it is told of it by the partner, or tells it again.
2. A partner knows a document once it has receipted it, in its line or outside it, or when it was paired under it.
3. A partner for whom nothing can be sealed is told in its line once something can; outside it, without being asked, it
   is told at once (`node.worker`).
"""

from collections.abc import Collection

from cotejo.actions.follow_keys import KIND
from cotejo.actions.post import is_sealable
from cotejo.actions.unit import Unit
from cotejo.proof.key_document import KeyDocument
from cotejo.rules.acts import Millis, Plan, Send, Stream, StreamKind
from cotejo.rules.duties import Clockwork
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import KeyDocumentPush

TAKEN = "taken"


def tell_partners(unit: Unit, document: KeyDocument, signed: str, *, now: Millis) -> int:
    """Put this node's key document into the line of every partner that was not told (rule 3). Return how many."""
    reached = (each.name for each in unit.partners() if is_sealable(each, now=now))
    left = tuple(each for each in reached if _outcome(unit, each, document) is None)
    if left:
        content = KeyDocumentPush(document=signed)
        sends = tuple(Send(partner=each, content=content, version=document.version, at=now) for each in left)
        unit.commit(Plan(sends=sends), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
    return len(left)


def known_to_all(unit: Unit, document: KeyDocument, *, now: Millis, outside: Collection[str] = ()) -> bool:
    """Say whether every partner with an agreement in force has taken this key document in.

    `outside` names those that took it in outside their line, of which the line says nothing.
    """
    active = (each.name for each in unit.partners() if each.terms(now).active_at(now))
    return all(each in outside or _outcome(unit, each, document) == TAKEN for each in active)


def _outcome(unit: Unit, partner: str, document: KeyDocument) -> str | None:
    """Return what became of telling a partner this document: an outcome, empty while it waits, nothing if not told."""
    paired = unit.entries(Stream(StreamKind.PARTNER, partner))
    if paired and paired[0].at >= document.issued:
        return TAKEN
    told = unit.newest_told(partner, KIND, version=document.version)
    return None if told is None else told.outcome
