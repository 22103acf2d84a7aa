"""Why a partner's line is not taken in, kept for the operator: a row a partner, gone with the next message taken."""

from django.db.models import F

from cotejo.actions.stuck import Refuses, Waits
from cotejo.rules.acts import Millis
from cotejo.store.models import LineTrouble, Outbox
from cotejo.store.queue import WAITING


def note_refused(partner: str, code: str, *, expected: int, now: Millis, using: str = "default") -> None:
    """Write down that a message of a partner was refused; the same refusal again keeps its beginning."""
    rows = LineTrouble.objects.using(using).filter(partner=partner)
    if not rows.filter(code=code, expected=expected).update(at=now, times=F("times") + 1):
        LineTrouble.objects.using(using).update_or_create(
            partner=partner, defaults={"code": code, "expected": expected, "since": now, "at": now, "times": 1}
        )


def note_taken(partner: str, *, using: str = "default") -> None:
    """Forget what was refused of a partner: a message of it was taken in."""
    rows = LineTrouble.objects.using(using).filter(partner=partner)
    rows._raw_delete(using)  # noqa: SLF001 - one statement, on every message


def refuses(partner: str, *, using: str = "default") -> Refuses | None:
    """Return why the partner's line is not taken in, if it is not."""
    row = LineTrouble.objects.using(using).filter(partner=partner).first()
    return None if row is None else Refuses(code=row.code, expected=row.expected, since=row.since)


def waits(partner: str, *, using: str = "default") -> Waits | None:
    """Return the first message to a partner that waits, and how the last try ended."""
    row = Outbox.objects.using(using).filter(partner=partner, state=WAITING).order_by("seq").first()
    return None if row is None else Waits(seq=row.seq, since=row.queued_at, why=row.outcome)
