"""What must hold before a node starts: each wrong thing one plain sentence, all of them at once, nothing half begun.

1. Settings and key files are looked at before the database runs; a missing one is named, and none made in its place.
2. No key file is open to another account.
3. Every week whose key something is still sealed with has its key file: a new one would open nothing.
4. Ports are tried once the database is this process's own, so that a node that runs already says that it does. A port
   that processes of an earlier run are about to let go of is waited for, a few seconds.
"""

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from cotejo.node.database.leftover import until
from cotejo.node.facts import pages_secret
from cotejo.node.home import Home, NodeError, broken_file, missing_file, must_be_private, read_private
from cotejo.node.keys import NodeKeys, load_keys, tls_files
from cotejo.node.node_file import NodeFile, Place, raise_together, read_node_file
from cotejo.node.redress import has_office, office_of
from cotejo.proof.refusals import ProofError
from cotejo.store.keys import EpochKeys, token_file

PATIENCE_SECONDS: Final = 5.0
PRIVATE: Final = 0o077


def require_files(home: Home) -> None:
    """Look at the settings and every key file. Raises `NodeError` with all that is wrong."""
    file = read_node_file(home)
    raise_together(list(_wrong_files(home, file)))


def require_week_keys(home: Home) -> None:
    """Look for the key file of every week something is sealed with. Raises `NodeError`. The database must answer."""
    from cotejo.store.models import UnitKey

    keys = EpochKeys(home.keys)
    needed = UnitKey.objects.filter(destroyed_at=0).values_list("epoch", flat=True).distinct()
    raise_together([missing_file(keys.file(each)) for each in sorted(set(needed) - set(keys.known()))])


def require_ports(home: Home) -> None:
    """Look whether the node's own ports are free. Raises `NodeError` naming each that is not."""
    places = dict(_places(home, read_node_file(home)))

    def taken() -> list[Place]:
        return [place for place in places if not _is_free(place)]

    until(lambda: not taken(), PATIENCE_SECONDS)
    raise_together([_port_taken(places[place], place) for place in taken()])


def _wrong_files(home: Home, file: NodeFile) -> Iterator[NodeError]:
    tls = tls_files(home)
    needed = {pages_secret(home), token_file(home.keys), tls.ca, tls.leaf, tls.leaf_key}
    found = {each for each in home.keys.rglob("[!.]*") if each.is_file()}
    said: dict[str, NodeError] = {}
    for path in sorted(needed | found):
        said |= _problem(lambda path=path: read_private(path))  # type: ignore[misc]
    said |= _problem(lambda: _load_keys(home))
    if has_office(home):
        said |= _problem(lambda: office_of(home))
    for folder in (home.keys, home.documents, home.logs):
        said |= _problem(lambda folder=folder: must_be_private(folder, PRIVATE))  # type: ignore[misc]
    yield from said.values()
    if not said and load_keys(home).document.name != file.node:
        yield broken_file(home.settings)


def _problem(look: Callable[[], object]) -> dict[str, NodeError]:
    """Look at something; return what is wrong with it by its sentence, so that nothing is said twice."""
    try:
        look()
    except NodeError as problem:
        return {problem.en: problem}
    return {}


def _load_keys(home: Home) -> NodeKeys:
    try:
        return load_keys(home)
    except ProofError as problem:
        raise broken_file(home.keys / "key-document", str(problem)) from problem


def _places(home: Home, file: NodeFile) -> Iterator[tuple[Place, Path]]:
    """Yield every place the node listens at, with the file or folder that says so."""
    yield file.pages_at, home.settings
    yield file.exchange_at, home.settings
    if has_office(home):
        office = office_of(home)
        yield Place.of(office.listens), office.folder


def _is_free(place: Place) -> bool:
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((place.address, place.port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                return False
            raise _no_such_place(place, problem) from problem
    return True


def _port_taken(where: Path, place: Place) -> NodeError:
    return NodeError(
        en=f"Another program listens at {place}. Stop it, or give this node another port in {where}.",
        es=f"Otro programa escucha en {place}. Deténgalo, o dé a este nodo otro puerto en {where}.",
    )


def _no_such_place(place: Place, problem: OSError) -> NodeError:
    return NodeError(
        en=f"This machine does not let the node listen at {place}. Write an address of this machine and a port above "
        "1023 in node.toml.",
        es=f"Este equipo no permite que el nodo escuche en {place}. Escriba en node.toml una dirección de este equipo "
        "y un puerto mayor de 1023.",
        detail=str(problem),
    )
