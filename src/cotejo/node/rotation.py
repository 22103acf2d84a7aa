"""New keys for a node, with overlap: made and told first, used once every partner knows them.

1. `rotate`, with the node stopped, makes new keys, writes the next key document, which names old and new ones, and
   tells it to every partner in the line. The root stays, and so does the log's key unless it was stolen or is asked
   for: a witness knows a log by its key.
2. The new sealing keys open from then on. The new signing keys, and the new certificate, are used from the first start
   after every partner with an agreement in force has taken the document in, in its line or outside it: nobody meets a
   key it does not know. When the old keys have ended they are used all the same, or one partner that is never reached
   would silence the node for all.
3. Old keys are in force for thirty days more; the one in use also when its own time was nearly or wholly over, for what
   waits for a partner was signed with it. A stolen one is named with the moment it was: nothing under it counts from
   then on, and there is no overlap for it.
4. Whatever is broken off is gone on with at the next start. Keys that move one by one are mixed in between, which every
   partner accepts: both are in the document.
"""

import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cotejo.actions.announce import known_to_all
from cotejo.actions.unit import Unit
from cotejo.node.home import Home, NodeError, read_private, write_private
from cotejo.node.keys import DOCUMENT_LIFE, NodeKeys, load_keys, make_tls, opening_keys, signing_key
from cotejo.proof.key_document import KeyDocument, PublishedKey, PublishedSealingKey, Revoked, sign_key_document
from cotejo.proof.keys import SEED_SIZE, Purpose
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.store.disk import add_line, make_folder, reach_disk, whole_lines

OVERLAP: Final[Millis] = 30 * DAY
NEXT: Final = "next"
OLD: Final = "old"
KNOWN: Final = "known"
"""The file in the folder of new keys that names who took their document in outside the line."""
IN_USE: Final = "in-use"
"""The file in the folder of new keys that says the move has begun."""
PURPOSES: Final = (Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS)
DOCUMENT: Final = "key-document"


def rotate(home: Home, *, stolen: Mapping[Purpose, Millis], now: Millis, log: bool = False) -> KeyDocument:
    """Make new keys and the next key document (rules 1 and 3); `log` as well for the log's key.

    Raises `NodeError` while others are on their way.
    """
    draft = home.keys / NEXT
    if draft.exists():
        raise NodeError(
            en="New keys are already on their way to the partners. Start the node; it uses them once all know them.",
            es="Ya hay claves nuevas en camino. Inicie el nodo; las usará cuando todas las contrapartes las conozcan.",
        )
    keys = load_keys(home)
    purposes = tuple(each for each in PURPOSES if each is not Purpose.LOG or log or each in stolen)
    making = draft.with_name(f".{NEXT}")
    shutil.rmtree(making, ignore_errors=True)
    make_folder(making / "keys")
    aside = Home(folder=making)
    for purpose in (*purposes, Purpose.ENCRYPTION):
        write_private(aside.keys / f"{purpose}.seed", secrets.token_bytes(SEED_SIZE))
    host = urlsplit(keys.document.url).hostname or "localhost"
    authority = make_tls(aside, name=keys.document.name, host=host, now=now)
    document = _next_document(keys, aside, authority, stolen, now)
    write_private(aside.keys / DOCUMENT, sign_key_document(document, keys.root))
    aside.keys.rename(draft)
    shutil.rmtree(making)
    publish(home)
    return document


def publish(home: Home) -> None:
    """Let the document beside new keys be the node's own; the one before it is kept."""
    new = home.keys / NEXT / DOCUMENT
    if not new.exists():
        return
    held = load_keys(home)
    kept = home.keys / f"{DOCUMENT}.{held.document.version}"
    if not kept.exists():
        write_private(kept, held.signed_document)
    new.replace(home.keys / DOCUMENT)
    reach_disk(home.keys)


def key_document_of(home: Home, version: int) -> str:
    """Return the signed text of this node's key document of a version. Raises `NodeError` when it is not kept."""
    keys = load_keys(home)
    if version == keys.document.version:
        return keys.signed_document.decode()
    return read_private(home.keys / f"{DOCUMENT}.{version}").decode()


def _next_document(
    keys: NodeKeys, aside: Home, authority: str, stolen: Mapping[Purpose, Millis], now: Millis
) -> KeyDocument:
    held, until, overlap = keys.document, now + DOCUMENT_LIFE, now + OVERLAP
    replaced = {each for each in PURPOSES if (aside.keys / f"{each}.seed").exists()}
    in_use = {each.key_id for each in (keys.own.message, keys.own.status, keys.log, keys.own.witness) if each}
    old = tuple(
        replace(each, until=_kept_until(each, until, overlap, in_use, replaced))
        for each in held.keys
        if now < each.until or each.key.key_id in in_use
    )
    old_sealing = tuple(replace(each, until=min(each.until, overlap)) for each in held.sealing if now < each.until)
    named = {each.key: each for each in held.revoked}
    named |= {
        each.key.key_id: Revoked(key=each.key.key_id, invalid_after=stolen[each.key.purpose])
        for each in old
        if each.key.purpose in stolen
    }
    if Purpose.ENCRYPTION in stolen:
        moment = stolen[Purpose.ENCRYPTION]
        named |= {each.key.key_id: Revoked(key=each.key.key_id, invalid_after=moment) for each in old_sealing}
    made = tuple(
        PublishedKey(key=signing_key(aside, each).verifying, until=until) for each in PURPOSES if each in replaced
    )
    sealing = tuple(PublishedSealingKey(key=each.sealing, until=until) for each in opening_keys(aside))
    kept = {each.key.key_id for each in old} | {each.key.key_id for each in old_sealing}
    return replace(
        held,
        version=held.version + 1,
        previous=held.digest(),
        issued=max(now, held.issued),
        expires=until,
        keys=(*old, *made),
        sealing=(*sealing, *old_sealing),
        tls_ca=_last_authority(held.tls_ca) + authority,
        revoked=tuple(each for each in named.values() if each.key in kept),
    )


def _kept_until(
    key: PublishedKey, until: Millis, overlap: Millis, in_use: Collection[str], replaced: Collection[Purpose]
) -> Millis:
    """Return until when an old key counts; one in use, through the whole overlap even if its time was over (rule 3)."""
    if key.key.purpose not in replaced:
        return until
    return overlap if key.key.key_id in in_use else min(key.until, overlap)


def _last_authority(pem: str) -> str:
    """Return the newest of the authorities in a document; an older one has had its time."""
    begin = "-----BEGIN CERTIFICATE-----"
    return begin + pem.rpartition(begin)[2]


def note_known(home: Home, partner: str) -> None:
    """Write down that a partner took the document of keys on their way in, outside its line."""
    if (home.keys / NEXT).exists() and partner not in _known_outside(home):
        add_line(home.keys / NEXT / KNOWN, lambda _last: partner.encode())


def ready(home: Home, unit: Unit, *, now: Millis) -> bool:
    """Say whether new keys wait and it is their time (rule 2): the next start uses them."""
    draft = home.keys / NEXT
    if not draft.exists():
        return False
    if (draft / IN_USE).exists():
        return True
    keys = load_keys(home)
    return _have_ended(keys, now) or known_to_all(unit, keys.document, now=now, outside=_known_outside(home))


def _known_outside(home: Home) -> frozenset[str]:
    return frozenset(line.decode() for line in whole_lines(home.keys / NEXT / KNOWN))


def _have_ended(keys: NodeKeys, now: Millis) -> bool:
    in_use = keys.own.message.key_id
    return any(each.key.key_id == in_use and each.until <= now for each in keys.document.keys)


def use_new_keys(home: Home) -> None:
    """Put new keys in the place of the old ones, or go on with it (rules 2 and 4)."""
    draft, version = home.keys / NEXT, load_keys(home).document.version
    if not (draft / IN_USE).exists():
        write_private(draft / IN_USE, str(version).encode())
    old = home.keys / OLD / str(version - 1)
    make_folder(old)
    for path in sorted(_files(draft)):
        here = home.keys / path.name
        if here.exists() and not (old / path.name).exists():
            os.link(here, old / path.name)
        path.replace(here)
    reach_disk(home.keys)
    shutil.rmtree(draft)


def _files(draft: Path) -> Iterable[Path]:
    return (path for path in draft.iterdir() if path.name not in {IN_USE, KNOWN})
