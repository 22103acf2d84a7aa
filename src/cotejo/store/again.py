"""What a partner's program did not understand: named, and said again once that program was upgraded.

1. A message was not understood when its receipt says so by name: its kind is unknown there, or its content has another
   form. It took its place in the line without effect, so the same bytes would only get the same receipt again (I8).
2. Once a later message of the same kind about the same request was understood, or waits, nothing is left to say.
3. Said again, under a new number, is what holds for good: a withdrawal, an erasure, a sweep, a report after a
   hand-over, a return, a dispute. A package leaves by its officers' act alone, after every gate (I2); a suspension or
   its end is said by who answers for it now; what each side says of the line comes again by itself.
"""

import re
from dataclasses import dataclass
from typing import Final

from cotejo.exchange.messages import KINDS, Claims, read_content
from cotejo.exchange.refusals import WireReason
from cotejo.proof import exact, records
from cotejo.rules.acts import Send
from cotejo.store.models import Inbox, Outbox
from cotejo.store.queue import RECEIPTED
from cotejo.store.signed_texts import What
from cotejo.store.unit import PgUnit

SAYS_SO: Final = (WireReason.UNKNOWN_KIND.code, WireReason.WRONG_BODY.code)
FOR_GOOD: Final = frozenset({"withdrawal", "erasure", "sweep", "after_handover", "return", "dispute"})
NAME: Final = re.compile("[a-z_]+")
TOLD_ELSEWHERE: Final = frozenset({"rehearsal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A message of ours that a partner's program did not understand."""

    number: int
    kind: str
    request: str


def not_understood(partner: str, *, using: str = "default") -> tuple[NotUnderstood, ...]:
    """Return what is left to be said again to a partner, in the order of the line."""
    line = Outbox.objects.using(using).filter(partner=partner)
    missed = line.filter(state=RECEIPTED, gaps__overlap=list(SAYS_SO)).exclude(kind__in=TOLD_ELSEWHERE).order_by("seq")
    return tuple(
        NotUnderstood(number=row.seq, kind=row.kind, request=row.request)
        for row in missed.only("seq", "kind", "request")
        if not line.filter(kind=row.kind, request=row.request, seq__gt=row.seq).exists()
    )


def unknown_here(partner: str, *, using: str = "default") -> tuple[str, ...]:
    """Return the kinds of a partner's messages that took their place here and that this program does not know."""
    strange = Inbox.objects.using(using).filter(partner=partner).exclude(kind__in=KINDS)
    named = strange.order_by("seq").values_list("kind", flat=True)
    return tuple(kind if NAME.fullmatch(kind) else "?" for kind in named)


def said_again(unit: PgUnit, partner: str) -> tuple[Send, ...]:
    """Return, as new messages, what is said again of what a partner's program did not understand (rule 3)."""
    left = [each for each in not_understood(partner) if each.kind in FOR_GOOD]
    return tuple(send for each in left if (send := _again(unit, partner, each)) is not None)


def _again(unit: PgUnit, partner: str, missed: NotUnderstood) -> Send | None:
    ours, theirs = unit.lookup("dossier.request", missed.request), f"{partner}/{missed.request}"
    for case in (*ours, *unit.lookup("review.request", theirs)):
        for text in unit.texts_of(case):
            if (text.what, text.ours, text.partner, text.number) == (What.MESSAGE, True, partner, missed.number):
                payload = exact.from_base64url(text.signed.split(b".")[1].decode())
                claims = records.decode(payload, Claims)
                content = read_content(claims.kind, claims.body)
                return Send(partner=partner, content=content, request=claims.rid, version=claims.ver)
    return None
