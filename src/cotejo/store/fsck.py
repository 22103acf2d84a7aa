"""Does everything still belong together? Compares acts, bodies, reads, leaves, tiles, links and the high-water mark.

1. Every finding names the row or file that is not what it should be; nothing is mended here.
2. A change made with a database shell is detected, not prevented (I9): a row no longer gives the leaf that commits to
   it, a body no longer fits its row, a leaf no longer gives the root after it.
3. An erased act is still compared in everything but its body.
4. Rewriting rows, leaves and roots together gives another root than the one marked outside the database and cosigned.
5. The node may work meanwhile. Files that follow the database are looked at before one moment of it is, so none is
   ahead of that moment; what comes later is no part of the comparison and no finding.
6. Who is an auditor says the log, not the row: an account that lost an appointed auditor's duty, and one that has it
   without an appointment, are named (F61).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connections, transaction

from cotejo.exchange.confirming import same_line
from cotejo.exchange.directions import Messages
from cotejo.proof.checkpoint import Checkpoint
from cotejo.proof.commitments import leaf as committed_leaf
from cotejo.proof.exact import DIGEST_SIZE, from_hex
from cotejo.proof.notes import read_note
from cotejo.proof.refusals import ProofError
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo.proof.tiles import WIDTH, Tile, bundle_bytes, tile_above, tiles_of
from cotejo.rules.acts import StreamKind
from cotejo.rules.appointment import AppointmentClosed
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text
from cotejo.store import lines, linkfiles, log, signed_texts
from cotejo.store.disk import Places
from cotejo.store.highwater import HighWater, Mark
from cotejo.store.keys import EpochKeys, KeyFileMissing
from cotejo.store.models import (
    Act,
    DocumentFile,
    HouseLeaf,
    Inbox,
    LinkLeaf,
    LogHead,
    Officer,
    Outbox,
    PartnerRow,
    Trace,
    UnitKey,
    VaultItem,
)
from cotejo.store.reading import body_of
from cotejo.store.vault import NotOpened, Vault

BATCH: Final = 1000

ALTERED: Final = Text("It is not what the log committed to.", "No es aquello a lo que el registro se comprometió.")
NO_LEAF: Final = Text("The log has nothing in this place.", "El registro no tiene nada en este lugar.")
NO_ROW: Final = Text(
    "The log has an entry that no row explains.", "El registro tiene una anotación sin fila que la explique."
)
WRONG_ROOT: Final = Text("The log does not continue here.", "El registro no continúa aquí.")
WRONG_HEAD: Final = Text("The log's end is written down otherwise.", "El final del registro está anotado de otro modo.")
WRONG_BODY: Final = Text("The sealed content does not fit its row.", "El contenido sellado no corresponde a su fila.")
NO_KEY: Final = Text(
    "Its key is missing and was not destroyed by an erasure.", "Falta su clave y ninguna supresión la destruyó."
)
A_GAP: Final = Text("An act before this one is missing.", "Falta un acto anterior a este.")
WRONG_TILE: Final = Text(
    "The file is missing or is not what the log gives.", "El archivo falta o no es el que da el registro."
)
BEHIND: Final = Text(
    "The database is behind what was marked outside it.", "La base de datos está atrás de lo anotado fuera de ella."
)
NO_FILE: Final = Text("The document's file is missing.", "Falta el archivo del documento.")
NO_AUDITOR: Final = Text(
    "An outside body appointed this auditor; the account was closed or changed beside the log.",
    "Un órgano externo nombró a quien audita; la cuenta se cerró o cambió al margen del registro.",
)
NOT_APPOINTED: Final = Text(
    "The account has the duty of an auditor, and nobody appointed to it.",
    "La cuenta tiene el cargo de auditoría y nadie la nombró.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What lay outside the database before the moment that is looked at: tiles up to a size, the mark, checkpoints.

    A checkpoint is one of a partner and a direction (`True`: what was told to it).
    """

    tiles: int
    mark: Mark
    notes: Mapping[tuple[str, bool], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row or file that is not what it should be: where, which, and in words."""

    where: str
    which: str
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was compared, and everything found."""

    leaves: int
    acts: int
    findings: tuple[Finding, ...]


def examine(places: Places, *, using: str = "default") -> Examined:
    """Compare everything a node keeps, as of one moment (rule 5). Reads all of it."""
    before = _before(places, using)
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = [
            *_house(using),
            *_bodies(places, using),
            *_links(using),
            *_confirmed(before, using),
            *_tiles(log.tiles_folder(places), before.tiles, using),
            *_marked(places, before.mark, using),
            *_texts(places, using),
            *_auditors(using),
        ]
        leaves, acts = HouseLeaf.objects.using(using).count(), Act.objects.using(using).count()
        files = _lost_files(places, using)
    return Examined(leaves=leaves, acts=acts, findings=(*found, *_documents(files, using)))


def _before(places: Places, using: str) -> _Before:
    names = PartnerRow.objects.using(using).order_by("name").values_list("name", flat=True)
    return _Before(
        tiles=log.tiles_size(log.tiles_folder(places)),
        mark=HighWater(places.highwater).last(),
        notes={
            (name, outgoing): linkfiles.checkpoint_held(places, name, outgoing=outgoing)
            for name in names
            for outgoing in (True, False)
        },
    )


def _texts(places: Places, using: str) -> Iterator[Finding]:
    for which in signed_texts.unfit(vault=Vault(EpochKeys(places.keys), using=using), using=using):
        yield Finding(where="signed texts", which=which, words=WRONG_BODY)


def _auditors(using: str) -> Iterator[Finding]:
    of_accounts = Act.objects.using(using).filter(stream_kind=StreamKind.APPOINTMENT)
    appointed = set(of_accounts.values_list("stream_id", flat=True))
    appointed -= set(of_accounts.filter(code=AppointmentClosed.code).values_list("stream_id", flat=True))
    auditors = Officer.objects.using(using).filter(is_active=True, duties__contains=[Duty.AUDITOR])
    holding = dict(auditors.values_list("id", "duties"))
    for account in sorted(appointed | holding.keys()):
        if account not in appointed:
            yield Finding(where="accounts", which=account, words=NOT_APPOINTED)
        elif holding.get(account) != [Duty.AUDITOR]:
            yield Finding(where="accounts", which=account, words=NO_AUDITOR)


def _house(using: str) -> Iterator[Finding]:
    frontier = Frontier()
    for leaves in _batches(using):
        first, last = leaves[0].index, leaves[-1].index
        here = {"leaf_id__gte": first, "leaf_id__lte": last}
        rows: dict[int, Act | Trace] = {row.leaf_id: row for row in Act.objects.using(using).filter(**here)}
        rows.update({row.leaf_id: row for row in Trace.objects.using(using).filter(**here)})
        for leaf in leaves:
            name = f"leaf {leaf.index}"
            if leaf.index != frontier.size:
                yield Finding(where="house log", which=f"leaf {frontier.size}", words=NO_LEAF)
                return
            frontier = frontier.append(leaf_hash(bytes(leaf.leaf)))
            if frontier.root() != bytes(leaf.root):
                yield Finding(where="house log", which=name, words=WRONG_ROOT)
                return
            row = rows.get(leaf.index)
            if row is None:
                yield Finding(where="house log", which=name, words=NO_ROW)
            elif log.leaf_of(row) != bytes(leaf.leaf):
                yield Finding(where=_table_of(row), which=_name_of(row), words=ALTERED)
    yield from _head(log.HOUSE, frontier, using)


def _bodies(places: Places, using: str) -> Iterator[Finding]:
    vault = Vault(EpochKeys(places.keys), using=using)
    versions: defaultdict[tuple[str, str], int] = defaultdict(int)
    for rows in _act_batches(using):
        streams = {row.stream_id for row in rows}
        items = VaultItem.objects.using(using).filter(stream_id__in=streams)
        sealed = {(item.stream_kind, item.stream_id, item.version): bytes(item.sealed) for item in items}
        keys = UnitKey.objects.using(using).in_bulk({row.key for row in rows})
        for row in rows:
            stream = (row.stream_kind, row.stream_id)
            versions[stream] += 1
            if row.version != versions[stream]:
                versions[stream] = row.version
                yield Finding(where="acts", which=_name_of(row), words=A_GAP)
            key = keys.get(row.key)
            if key is None:
                yield Finding(where="keys", which=_name_of(row), words=NO_KEY)
                continue
            if key.destroyed_at:
                continue
            try:
                body_of(row, sealed.get((*stream, row.version), b""), vault.unwrap(key))
            except KeyFileMissing:
                yield Finding(where="keys", which=_name_of(row), words=NO_KEY)
            except NotOpened:
                yield Finding(where="vault", which=_name_of(row), words=WRONG_BODY)


def _links(using: str) -> Iterator[Finding]:
    for partner in PartnerRow.objects.using(using).order_by("name").values_list("name", flat=True):
        sent = Outbox.objects.using(using).filter(partner=partner).values_list("mid", "commitment")
        taken = Inbox.objects.using(using).filter(partner=partner).values_list("mid", "commitment")
        said = {(True, mid): commitment for mid, commitment in sent}
        said |= {(False, mid): commitment for mid, commitment in taken}
        frontier = Frontier()
        for leaf in LinkLeaf.objects.using(using).filter(partner=partner).order_by("index").iterator():
            name = f"{partner}: leaf {leaf.index}"
            frontier = frontier.append(leaf_hash(bytes(leaf.leaf)))
            if leaf.index != frontier.size - 1 or frontier.root() != bytes(leaf.root):
                yield Finding(where="link log", which=name, words=WRONG_ROOT)
                break
            commitment = said.pop((leaf.outgoing, leaf.mid), None)
            if commitment is None:
                yield Finding(where="link log", which=name, words=NO_ROW)
            elif committed_leaf(from_hex(commitment, size=DIGEST_SIZE)) != bytes(leaf.leaf):
                yield Finding(where="messages", which=f"{partner}: {leaf.mid}", words=ALTERED)
        else:
            yield from (Finding(where="messages", which=f"{partner}: {mid}", words=NO_LEAF) for _, mid in sorted(said))
            yield from _head(f"link:{partner}", frontier, using)


def _confirmed(before: _Before, using: str) -> Iterator[Finding]:
    """Compare each checkpoint both sides signed with the messages kept here."""
    for (partner, outgoing), note in before.notes.items():
        if not note:
            continue
        kept = lines.held(partner, using=using)
        messages, signed = kept.told if outgoing else kept.heard, Checkpoint.from_text(read_note(note).text)
        sender, _, addressee = signed.origin.partition("/link/")
        if not same_line(signed, Messages(messages), sender=sender, addressee=addressee):
            yield Finding(where="link log", which=f"{partner}: {signed.origin} at {signed.size}", words=WRONG_ROOT)


def _tiles(folder: Path, size: int, using: str) -> Iterator[Finding]:
    if size > log.house_size(using=using):
        yield Finding(where="tiles", which=str(folder), words=BEHIND)
        return
    for tile in tiles_of(size):
        try:
            if tile.level:
                right = tile_above(tile, lambda below: (folder / below.path()).read_bytes())
            else:
                leaves = log.house_leaves(tile.number * WIDTH, tile.number * WIDTH + tile.width, using=using)
                right = b"".join(map(leaf_hash, leaves))
                yield from _compared(folder / tile.bundle_path(), bundle_bytes(leaves))
            yield from _compared(folder / tile.path(), right)
        except (FileNotFoundError, ProofError):
            yield _tile_finding(tile)


def _compared(path: Path, right: bytes) -> Iterator[Finding]:
    if not path.is_file() or path.read_bytes() != right:
        yield Finding(where="tiles", which=str(path), words=WRONG_TILE)


def _tile_finding(tile: Tile) -> Finding:
    return Finding(where="tiles", which=tile.path(), words=WRONG_TILE)


def _marked(places: Places, mark: Mark, using: str) -> Iterator[Finding]:
    if not mark.is_continued(log.house_size(using=using), lambda size: log.root_at(size, using=using)):
        yield Finding(where="high-water mark", which=str(places.highwater), words=BEHIND)


def _lost_files(places: Places, using: str) -> tuple[str, ...]:
    names = DocumentFile.objects.using(using).order_by("id").values_list("file", flat=True)
    return tuple(name for name in names if not (places.documents / name[:2] / name).is_file())


def _documents(lost: Sequence[str], using: str) -> Iterator[Finding]:
    """Name the lost files that a row still names: others were erased since the moment that was looked at."""
    still = DocumentFile.objects.using(using).filter(file__in=lost) if lost else ()
    named = {row.file for row in still}
    yield from (Finding(where="documents", which=name, words=NO_FILE) for name in lost if name in named)


def _head(name: str, frontier: Frontier, using: str) -> Iterator[Finding]:
    head = LogHead.objects.using(using).filter(name=name).first() or LogHead(name=name)
    if head.size != frontier.size or bytes(head.frontier) != b"".join(frontier.roots):
        yield Finding(where="log heads", which=name, words=WRONG_HEAD)


def _batches(using: str) -> Iterator[Sequence[HouseLeaf]]:
    after = -1
    while batch := list(HouseLeaf.objects.using(using).filter(index__gt=after).order_by("index")[:BATCH]):
        yield batch
        after = batch[-1].index


def _act_batches(using: str) -> Iterator[Sequence[Act]]:
    after = -1
    while batch := list(Act.objects.using(using).filter(leaf_id__gt=after).order_by("leaf_id")[:BATCH]):
        yield batch
        after = batch[-1].leaf_id


def _table_of(row: Act | Trace) -> str:
    return "acts" if isinstance(row, Act) else "reads"


def _name_of(row: Act | Trace) -> str:
    if isinstance(row, Act):
        return f"{row.stream_kind}:{row.stream_id} version {row.version}"
    return f"leaf {row.leaf_id}"
