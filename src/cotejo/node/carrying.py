"""Files carried between this node and one that has no link to it: what goes into one, and taking one in.

1. A status list is made and what waited for its moment gets its number before a file is written: the wire would have
   had them too.
2. A file holds as many messages as fit, in order; the rest goes into the next one.
3. Beside the database stands, for each partner, up to which of its messages it holds our receipts, as its newest file
   said. Losing that costs nothing but a larger file, or taking one in again.
"""

import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from django.db.models import QuerySet

from cotejo.actions.carry import CarriedIn, Hands, Mail, open_mail, receipted_by, take_mail, write_mail
from cotejo.actions.note_receipt import Posted
from cotejo.actions.status import push_status
from cotejo.actions.unit import Partner
from cotejo.node.assembly import Node
from cotejo.node.home import Home, NodeError, read_private, write_private
from cotejo.proof.carried import LARGEST_PACKAGE, MOST_MEMBERS, Manifest
from cotejo.rules.acts import Millis
from cotejo.rules.duties import Clockwork
from cotejo.rules.purposes import Purpose
from cotejo.store import queue
from cotejo.store.disk import FILE_MODE, make_folder, reach_disk
from cotejo.store.models import Inbox, Outbox

FOLDER: Final = "carried"
ID_SIZE: Final = 16
ROOM_FOR_THE_LIST: Final = 16 * 1024 * 1024
_OLDER: Final = re.compile(r"key-document\.([0-9]+)")
_SPENT: Final = 2048
"""What a member costs beside its bytes, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that was written: its manifest, how many messages and receipts are in it, how many messages stay."""

    manifest: Manifest
    messages: int
    receipts: int
    left: int


def write_for(node: Node, partner: Partner, out: Path, *, since: int, now: Millis) -> Written:
    """Write what waits for a partner into a new file; `since`: every message again from this number on, if not 0.

    Raises `NodeError`, `FileExistsError`, `ProofError`.
    """
    unit = node.unit
    if unit.recovering():
        raise NodeError(
            en="The node is being restored and tells nothing new. Partners with a link give back what was lost first.",
            es="El nodo se está restaurando y no comunica nada nuevo. Antes, las contrapartes con enlace devuelven lo "
            "perdido.",
        )
    unit.send_scheduled(now=now, partner=partner.name)
    if partner.terms(now).active_at(now):
        push_status(unit, partner, own=node.keys.own, now=now)
    waiting = Outbox.objects.filter(partner=partner.name, state=queue.WAITING, at__lte=now)
    first = since or _first(waiting) or _last(partner.name) + 1
    unreceipted = _first(Outbox.objects.filter(partner=partner.name, state=queue.WAITING))
    receipts = tuple(_receipts(node.home, partner.name))
    mail, left = _fitting(partner.name, first, now, spent=sum(len(sealed) + _SPENT for _, sealed in receipts))
    with new_file(out) as file:
        manifest = write_mail(
            file,
            partner,
            mail,
            receipts,
            own=node.keys.own,
            key_documents=own_documents(node.home),
            receipted=(unreceipted or _last(partner.name) + 1) - 1,
            id_=secrets.token_hex(ID_SIZE),
            now=now,
        )
    unit.note("export", who=Clockwork(), purpose=Purpose.EXCHANGE, subject=f"partner:{partner.name}", case="", now=now)
    return Written(manifest=manifest, messages=len(mail), receipts=len(receipts), left=left)


def take_file(node: Node, file: BinaryIO, *, now: Millis) -> CarriedIn:
    """Take a partner's file in (`take_mail`).

    Raises `WireRefusal` and `ProofError`, before anything of it counts or for a receipt that is none; `PartRefused`
    when no part fits any more; `Conflict`.
    """

    def keep(name: str, sealed: bytes, partner: str) -> None:
        node.parts.keep(name, sealed, partner=partner)

    package = open_mail(file, node.unit, now=now)
    done = take_mail(Hands(desk=node.desk, keep_part=keep, posted=_posted), package, now=now)
    _remember(node.home, done.partner, made=package.manifest.made, receipted=receipted_by(package))
    return done


def own_documents(home: Home) -> tuple[bytes, ...]:
    """Return all versions of this node's key document, the oldest first."""
    older = [(int(match[1]), path) for path in home.keys.iterdir() if (match := _OLDER.fullmatch(path.name))]
    paths = [path for _, path in sorted(older)]
    return tuple(read_private(path) for path in (*paths, home.keys / "key-document"))


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file that gets its name only when all of it is on the disk. Raises `FileExistsError`."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
        reach_disk(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _fitting(partner: str, first: int, now: Millis, *, spent: int) -> tuple[tuple[Mail, ...], int]:
    """Return as many messages from this number on as one file holds, and how many stay."""
    due = Outbox.objects.filter(partner=partner, seq__gte=first, at__lte=now).exclude(state=queue.RESTORED)
    numbers = list(due.order_by("seq").values_list("seq", flat=True))
    mail: list[Mail] = []
    members = 0
    for number in numbers:
        found = queue.mail_at(partner, number)
        if found is None or number != first + len(mail):
            break
        spent += len(found.body) + _SPENT + sum(len(sealed) + _SPENT for _, sealed in found.parts)
        members += 1 + len(found.parts)
        if spent > LARGEST_PACKAGE - ROOM_FOR_THE_LIST or members > MOST_MEMBERS // 2:
            break
        mail.append(Mail(number=number, sealed=found.body, parts=found.parts))
    return tuple(mail), len(numbers) - len(mail)


def _receipts(home: Home, partner: str) -> Iterator[tuple[int, bytes]]:
    """Return the stored receipts the partner is not known to hold, the oldest first, as many as a file may hold."""
    known = _remembered(home, partner)
    if known is None:
        return
    rows = Inbox.objects.filter(partner=partner, seq__gt=known).exclude(receipt=b"").order_by("seq")
    for seq, receipt in rows.values_list("seq", "receipt")[: MOST_MEMBERS // 2]:
        yield seq, bytes(receipt)


def _posted(partner: str, number: int) -> Posted | None:
    row = Outbox.objects.filter(partner=partner, seq=number).first()
    if row is None:
        raise KeyError(number)
    if row.state != queue.WAITING:
        return None
    return Posted(mid=row.mid, kind=row.kind, sha256=row.sha256, request=row.request, version=row.version)


def _first(rows: "QuerySet[Outbox]") -> int:
    found = rows.order_by("seq").values_list("seq", flat=True).first()
    return int(found) if found is not None else 0


def _last(partner: str) -> int:
    found = Outbox.objects.filter(partner=partner).order_by("-seq").values_list("seq", flat=True).first()
    return int(found) if found is not None else 0


def _remembered(home: Home, partner: str) -> int | None:
    """Return up to which number a partner holds our receipts, nothing when no file of it was ever taken."""
    known = _read(home, partner)
    return known[1] if known else None


def _remember(home: Home, partner: str, *, made: Millis, receipted: int) -> None:
    """Keep what a partner's file said, unless a newer one said something (rule 3)."""
    known = _read(home, partner)
    if known is None or made >= known[0]:
        make_folder(home.folder / FOLDER)
        said = json.dumps({"made": made, "receipted": receipted}).encode()
        write_private(home.folder / FOLDER / partner, said, replace=True)


def _read(home: Home, partner: str) -> tuple[Millis, int] | None:
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        said = json.loads((home.folder / FOLDER / partner).read_bytes())
        return int(said["made"]), int(said["receipted"])
    return None
