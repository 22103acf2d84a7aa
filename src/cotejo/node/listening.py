"""The two servers of a node, each a granian whose worker is forked from a process that has imported everything.

1. Pages: HTTP on the address `node.toml` names, 127.0.0.1 unless told otherwise; a proxy of the agency adds TLS.
2. Exchange: TLS 1.3 only, and only for clients under an authority of the trust file; granian reads that file again on
   SIGHUP, by starting a new worker beside the old one.
3. granian's own worker ends when its master does.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols
from granian.log import LogLevels
from granian.server.mp import MPServer

from cotejo.actions.take_in import take_in
from cotejo.node.assembly import Node
from cotejo.node.children import die_with_parent
from cotejo.node.clock import now
from cotejo.node.keys import tls_files
from cotejo.node.node_file import Place
from cotejo.node.wire.listener import Listener

Application = Callable[..., Any]

THREADS: Final = 4
KILL_SECONDS: Final = 5
BOTH_SERVE_SECONDS: Final = 0.5
"""While a new worker takes over, the old one serves on for so long."""
QUIET: Final[dict[str, Any]] = {
    "formatters": {},
    "handlers": {},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("_granian", "granian.access")},
}


def serve_pages(node: Node) -> None:
    """Serve the officers' pages until told to stop."""
    from cotejo.node.wsgi import application

    _serve(node.file.pages_at, lambda: application)


def serve_exchange(node: Node) -> None:
    """Serve the exchange until told to stop."""
    files = tls_files(node.home)
    _serve(
        node.file.exchange_at,
        lambda: exchange_application(node),
        ssl_cert=files.leaf,
        ssl_key=files.leaf_key,
        ssl_ca=files.partners,
        ssl_client_verify=True,
        ssl_protocol_min=SSLProtocols.tls13,
    )


def exchange_application(node: Node) -> Application:
    """Return the exchange as a WSGI application over this node's memory."""
    from django.db import close_old_connections

    desk = node.desk

    def take(envelope: bytes) -> bytes:
        close_old_connections()
        return take_in(desk, envelope, now=now())

    return Listener(take=take, parts=node.parts)


def _serve(place: Place, application: Callable[[], Application], **tls: Path | bool | SSLProtocols) -> None:
    master = os.getpid()

    def load() -> Application:
        die_with_parent(signal.SIGKILL, master)
        return application()

    more: dict[str, Any] = tls
    server = MPServer(
        "cotejo",
        address=place.address,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=QUIET,
        respawn_interval=BOTH_SERVE_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        **more,
    )
    server.serve(target_loader=load, wrap_loader=False)
