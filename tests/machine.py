"""What tests take of the machine they run on: ports nobody else takes, and folders other accounts may pass through."""

import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.cluster import FOLDER

PORTS = range(16_384, 32_768)
"""Below those the kernel takes for outgoing connections, which would otherwise come upon a port just found free."""


def free_port() -> int:
    """Return a port nobody listens on, that no outgoing connection is given (see `PORTS`), nor another test of the run.

    A node listens seconds after its port was chosen: until then only the note in the run's folder keeps others away.
    """
    while True:
        port = secrets.choice(PORTS)  # tests that run at the same time share the seed of `random`
        with suppress(OSError), closing(socket.create_server(("127.0.0.1", port))):
            (Path(os.environ[FOLDER]) / f"port-{port}").touch(exist_ok=False)
            return port


@contextmanager
def passable_folder() -> Iterator[Path]:
    """Make a short-named folder everybody may pass through, unlike `tmp_path` as root; remove it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="cotejo-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
