"""What is due: messages to send, moments that have come. For the node's worker.

1. Work is taken with FOR UPDATE SKIP LOCKED and a lease; a worker that dies gives its work back when the lease ends.
2. One message of a partner at a time, in the order of the line. It is tried again after 1 s, 2 s, 4 s ... with chance,
   at most an hour apart, and never given up (exchange.md D3).
3. A due moment stays until it is finished; setting it again while it is being worked on keeps it.
4. Each commit wakes the worker through `NOTIFY`.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import connections, transaction
from django.db.models import Min
from django.db.models.functions import Greatest

from cotejo.rules.acts import Millis, Stream, StreamKind, Timer
from cotejo.store import rows as table
from cotejo.store.models import Due, Inbox, Outbox, Scheduled, SealedPart

CHANNEL: Final = "cotejo_work"
LEASE: Final[Millis] = 60_000
FIRST_DELAY: Final[Millis] = 1_000
LONGEST_DELAY: Final[Millis] = 3_600_000
WAITING: Final = "waiting"
RECEIPTED: Final = "receipted"
RESTORED: Final = "restored"
"""The state of a message this database lost and knows from the partner, without its bytes."""
OUTCOME: Final = 40
"""How long a stored outcome may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A sealed message to send, the parts that go before it, and how often it was tried.

    `sha256` is of its signed text; `request` and `version` are what it is about; `receipted` says that it has its
    receipt and goes once more.
    """

    partner: str
    seq: int
    mid: str
    kind: str
    request: str
    version: int
    sha256: str
    body: bytes
    parts: tuple[tuple[str, bytes], ...]
    tries: int
    receipted: bool = False


def notify(*, using: str) -> None:
    """Wake the worker when this transaction commits."""
    table.done(f"NOTIFY {CHANNEL}", using=using)


def tell(word: str, *, using: str = "default") -> None:
    """Say one word to the worker, which it understands or ignores."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, word])


def partners_with_mail(*, using: str = "default") -> tuple[str, ...]:
    """Return the partners for whom something waits."""
    waiting = Outbox.objects.using(using).filter(state=WAITING)
    return tuple(waiting.order_by("partner").values_list("partner", flat=True).distinct())


def is_due(partner: str, *, now: Millis, using: str = "default") -> bool:
    """Say whether the next message of a partner's line may be tried now."""
    first = Outbox.objects.using(using).filter(partner=partner, state=WAITING).order_by("seq").first()
    return first is not None and max(first.at, first.next_try) <= now


def take_mail(partner: str, *, now: Millis, lease: Millis = LEASE, using: str = "default") -> Mail | None:
    """Take the next message of a partner's line if it is due and nobody else has it."""
    with transaction.atomic(using=using):
        waiting = Outbox.objects.using(using).filter(partner=partner, state=WAITING)
        first = waiting.order_by("seq").values_list("id", flat=True).first()
        if first is None:
            return None
        row = waiting.filter(id=first, at__lte=now, next_try__lte=now).select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.next_try = now + lease
        row.save(using=using, update_fields=["next_try"])
    return _mail_of(row, using)


def mail_at(partner: str, seq: int, *, using: str = "default") -> Mail | None:
    """Return the message with this number, sent before or not, for a partner that lost it.

    Its parts are there for as long as its request lives (`store.sealed_parts`).
    """
    row = Outbox.objects.using(using).filter(partner=partner, seq=seq).exclude(state=RESTORED).first()
    return None if row is None else _mail_of(row, using)


def _mail_of(row: Outbox, using: str) -> Mail:
    parts = SealedPart.objects.using(using).filter(partner=row.partner, mid=row.mid).order_by("place")
    return Mail(
        partner=row.partner,
        seq=row.seq,
        mid=row.mid,
        kind=row.kind,
        request=row.request,
        version=row.version,
        sha256=row.sha256,
        body=bytes(row.body),
        parts=tuple((part.name, bytes(part.body)) for part in parts),
        tries=row.tries,
        receipted=row.state == RECEIPTED,
    )


def delay_after(tries: int, *, chance: float) -> Millis:
    """Return how long to wait after so many failed tries; `chance` is from 0 up to 1."""
    longest = min(FIRST_DELAY << min(tries, 20), LONGEST_DELAY)
    return int(longest * (0.5 + chance / 2))


def put_back(mail: Mail, *, why: str, now: Millis, chance: float, using: str = "default") -> None:
    """Write down that a try failed, why (a code), and when the next one is."""
    Outbox.objects.using(using).filter(partner=mail.partner, seq=mail.seq, state=WAITING).update(
        tries=mail.tries + 1, next_try=now + delay_after(mail.tries, chance=chance), outcome=why[:OUTCOME]
    )


def give_back(*, now: Millis, using: str = "default") -> None:
    """Give back all that a worker which died had taken. For the node's only worker, when it starts."""
    Outbox.objects.using(using).filter(state=WAITING, next_try__gt=now).update(next_try=now)
    Due.objects.using(using).filter(taken_until__gt=0).update(taken_until=0)


def oldest_waiting(partner: str, *, using: str = "default") -> Millis:
    """Return when the oldest message that still waits for a partner was put into its line; 0 when none waits."""
    waiting = Outbox.objects.using(using).filter(partner=partner, state=WAITING)
    oldest: Millis | None = waiting.aggregate(first=Min("queued_at"))["first"]
    return oldest or 0


def failing(partner: str, *, using: str = "default") -> tuple[Millis, int, str] | None:
    """Return since when a partner's line waits, how often its first message was tried, and the code of why in vain.

    Nothing while none was tried in vain.
    """
    waiting = Outbox.objects.using(using).filter(partner=partner, state=WAITING)
    first = waiting.order_by("seq").first()
    return (first.queued_at, first.tries, first.outcome) if first is not None and first.tries else None


def newest_sent(partner: str, kind: str, *, using: str = "default") -> tuple[Millis, bool] | None:
    """Return when the newest message of a kind was put into a partner's line, and whether it still waits.

    About no request: what is passed on of somebody else's is not looked at.
    """
    row = Outbox.objects.using(using).filter(partner=partner, kind=kind, request="").order_by("-seq").first()
    return None if row is None else (row.queued_at, row.state == WAITING)


def heard_at(partner: str, *, using: str = "default") -> Millis:
    """Return when a message of a partner was last taken in; 0 when none was."""
    newest = Inbox.objects.using(using).filter(partner=partner).order_by("-seq").values_list("at", flat=True).first()
    return newest or 0


def try_again_now(partner: str, *, now: Millis, using: str = "default") -> None:
    """Try a partner's line at once: it was heard from again."""
    Outbox.objects.using(using).filter(partner=partner, state=WAITING, next_try__gt=now).update(next_try=now)
    with transaction.atomic(using=using):
        notify(using=using)


def take_timers(*, now: Millis, limit: int, lease: Millis = LEASE, using: str = "default") -> tuple[Timer, ...]:
    """Take due moments that nobody else has, the oldest first."""
    with transaction.atomic(using=using):
        due = Due.objects.using(using).filter(at__lte=now, taken_until__lte=now).order_by("at", "id")
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        Due.objects.using(using).filter(id__in=[row.id for row in rows]).update(taken_until=now + lease)
    return tuple(
        Timer(kind=row.kind, stream=Stream(StreamKind(row.stream_kind), row.stream_id), at=row.at) for row in rows
    )


def finish_timer(timer: Timer, *, using: str = "default") -> None:
    """Take a moment away once it was acted on, unless it was set again for another moment."""
    Due.objects.using(using).filter(
        kind=timer.kind, stream_kind=timer.stream.kind, stream_id=timer.stream.id, at=timer.at
    ).delete()


def next_moment(*, unsealable: Collection[str] = (), using: str = "default") -> Millis | None:
    """Return when there is something to do next, or nothing when nothing waits.

    What waits for partners in `unsealable` waits for their next key document, whatever moment it was for.
    """
    moments: list[Millis | None] = [
        Due.objects.using(using).filter(taken_until=0).order_by("at").values_list("at", flat=True).first(),
        Due.objects.using(using).filter(taken_until__gt=0).aggregate(first=Min(Greatest("at", "taken_until")))["first"],
        Scheduled.objects.using(using).exclude(partner__in=unsealable).aggregate(first=Min("at"))["first"],
    ]
    for partner in partners_with_mail(using=using):
        row = Outbox.objects.using(using).filter(partner=partner, state=WAITING).order_by("seq").first()
        moments.append(max(row.at, row.next_try) if row else None)
    return min((moment for moment in moments if moment is not None), default=None)


@contextmanager
def listening(*, using: str = "default") -> Iterator[None]:
    """Have this connection woken by commits while inside; wait with psycopg's `notifies`."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    try:
        yield
    finally:
        with connections[using].cursor() as cursor:
            cursor.execute(f"UNLISTEN {CHANNEL}")
