"""`cotejo keys`: new keys for a node, and keys that may have been in other hands."""

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from cotejo.actions.announce import tell_partners
from cotejo.doors.cli.opening import HomeArgument
from cotejo.doors.cli.speaking import both, option, refuse, say
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.node_file import read_node_file
from cotejo.node.rotation import PURPOSES, rotate
from cotejo.proof.keys import Purpose
from cotejo.rules.acts import Millis

STEALABLE: Final = (*PURPOSES, Purpose.ENCRYPTION)
keys_app = typer.Typer(
    help=both(
        "The node's keys: replaced with overlap, or named as stolen.",
        "Las claves del nodo: se sustituyen sin interrupción, o se declaran robadas.",
    ),
    no_args_is_help=True,
)


@keys_app.callback()
def _group() -> None:
    """Group the commands, also while there is one."""


@keys_app.command("rotate")
def rotate_command(
    home: HomeArgument,
    stolen: Annotated[
        list[str] | None,
        option(
            "A key that may have been in other hands, and since when: message=2026-11-20T10:00.",
            "Una clave que pudo estar en otras manos, y desde cuándo: message=2026-11-20T10:00.",
        ),
    ] = None,
    log: Annotated[
        bool,
        option(
            "The log's key as well; give witnesses the new one.",
            "También la clave del registro; entregue la nueva a los testigos.",
            "--log",
        ),
    ] = False,
) -> None:
    """Make new keys and tell every partner; the node uses them once all partners know them. Stop the node first.

    Crea claves nuevas y las comunica a cada contraparte; el nodo las usa cuando todas las conocen. Detenga primero el
    nodo.
    """
    found = Home.open(home)
    if _serves(found):
        refuse("Stop the node first; nothing was changed.", "Detenga primero el nodo; nada se cambió.")
    at = now()
    document = rotate(found, stolen=dict(_stolen(stolen or (), at)), now=at, log=log)
    told = _tell(found, at)
    say(
        f"Key document {document.version} waits for {told} partners. Start the node; the first start after all of them "
        f"took it in uses the new keys. Fingerprint: {document.fingerprint()}",
        f"El documento de claves {document.version} espera a {told} contrapartes. Inicie el nodo; el primer inicio "
        f"después de que todas lo reciban usa las claves nuevas. Huella: {document.fingerprint()}",
    )


def _tell(home: Home, at: Millis) -> int:
    from cotejo.node.opened import database_for

    with database_for(home, os.environ):
        from cotejo.node.assembly import assemble

        node = assemble(home)
        signed = node.keys.signed_document.decode()
        return 0 if node.unit.recovering() else tell_partners(node.unit, node.keys.document, signed, now=at)


def _stolen(words: Iterable[str], at: Millis) -> Iterable[tuple[Purpose, Millis]]:
    for each in words:
        name, _, moment = each.partition("=")
        known = next((purpose for purpose in STEALABLE if purpose.value == name), None)
        try:
            since = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
        except ValueError:
            since = at + 1
        if known is None or since > at:
            listed = ", ".join(purpose.value for purpose in STEALABLE)
            refuse(
                f"{each}: name one of {listed}, an equals sign and a moment in the past (UTC). Nothing was changed.",
                f"{each}: indique uno de {listed}, un signo igual y un momento pasado (UTC). Nada se cambió.",
            )
        yield known, since


def _serves(home: Home) -> bool:
    """Say whether the node's exchange listens."""
    place = read_node_file(home).exchange_at
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.address, place.address)  # noqa: S104 - read, not bound
    try:
        socket.create_connection((address, place.port), timeout=1.0).close()
    except OSError:
        return False
    return True
