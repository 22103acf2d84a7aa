"""Making a node: its home, its names, its keys, its database, its pages.

1. Doing it again completes what a broken attempt left, and changes nothing that is whole.
2. All keys are made in a folder aside and take their place together: a node has all of them or none.
3. A home that was made with other names, or has lost a key, is named and left alone.
"""

import os
import shutil
from collections.abc import Mapping
from typing import Final

from cotejo.node import framework
from cotejo.node.clock import now
from cotejo.node.database import Database, OtherServer, database_of
from cotejo.node.facts import make_pages_secret
from cotejo.node.home import FOLDER_MODE, Home, NodeError, missing_file
from cotejo.node.keys import load_keys, make_keys, trust_partners
from cotejo.node.node_file import NodeFile, is_complete, read_node_file, write_node_file
from cotejo.store.keys import EpochKeys, token
from cotejo.store.sealed_copies import SEED_SIZE, make_oversight_key

DRAFT: Final = ".keys-in-the-making"
NEVER_CHANGES: Final = ("node", "profile", "url")


def make_node(home: Home, wanted: NodeFile, environment: Mapping[str, str], *, durable: bool = True) -> None:
    """Make the node `wanted` in `home`, or complete it. Raises `NodeError`; then it can be tried again."""
    name_node(home, wanted)
    give_keys(home)
    with database_of(home, environment, durable=durable) as database:
        prepare(home, database)


def name_node(home: Home, wanted: NodeFile) -> None:
    """Write `node.toml`, once. Raises `NodeError` when it names another node."""
    if not is_complete(home):
        write_node_file(home, wanted)
        return
    found = read_node_file(home)
    other = [name for name in NEVER_CHANGES if getattr(found, name) != getattr(wanted, name)]
    if other:
        listed = ", ".join(other)
        raise NodeError(
            en=f"{home.folder} already holds the node {found.node}, made with another {listed}. Nothing was changed.",
            es=f"{home.folder} ya contiene el nodo {found.node}, creado con otro valor de {listed}. Nada se cambió.",
        )


def give_keys(home: Home) -> None:
    """Make all keys of a node, together, unless it has them. Raises `NodeError` naming one that was lost."""
    draft = home.folder / DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    if (home.keys / "key-document").exists():
        load_keys(home)
        return
    if any(home.keys.iterdir()):
        raise missing_file(home.keys / "key-document")
    file = read_node_file(home)
    aside = Home(folder=draft)
    draft.mkdir(mode=FOLDER_MODE)
    aside.keys.mkdir(mode=FOLDER_MODE)
    write_node_file(aside, file)
    moment = now()
    keys = make_keys(aside, name=file.node, url=file.url, now=moment)
    make_pages_secret(aside)
    trust_partners(aside, (keys.document.tls_ca,))
    EpochKeys(aside.keys).key_to_wrap(EpochKeys.epoch_of(moment))
    token(aside.keys, "outside", "")
    aside.keys.rename(home.keys)
    shutil.rmtree(draft)


def prepare(home: Home, database: Database | OtherServer) -> None:
    """Bring tables and pages of a node whose database runs up to this program. Nothing is done twice."""
    dsns = database.dsns()
    framework.set_up(home, dsns.app)
    framework.migrate(home, dsns)
    framework.collect_static(home)
    make_oversight_key(home.keys, home.for_oversight, os.urandom(SEED_SIZE))
