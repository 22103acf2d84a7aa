"""One way to serve an application: granian, whose worker is forked from a process that has imported everything.

1. granian's own worker ends when its master does.
2. A WSGI application has a thread from the first byte of a request on: it belongs behind a proxy that waits for the
   last. What anybody's machine may call without one is an ASGI application (`node.wire.patient`).
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols
from granian.log import LogLevels
from granian.server.mp import MPServer

from cotejo.node.children import die_with_parent
from cotejo.node.node_file import Place

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


def serve(
    place: Place,
    application: Callable[[], Application],
    *,
    interface: Interfaces = Interfaces.WSGI,
    **tls: Path | bool | SSLProtocols,
) -> None:
    """Serve until told to stop; `tls` are granian's own words."""
    master = os.getpid()

    def load() -> Application:
        die_with_parent(signal.SIGKILL, master)
        return application()

    more: dict[str, Any] = tls
    server = MPServer(
        "cotejo",
        address=place.address,
        port=place.port,
        interface=interface,
        workers=1,
        blocking_threads=THREADS if interface is Interfaces.WSGI else 1,
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
