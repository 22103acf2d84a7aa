"""Whether a node's servers answer, asked as an outsider would: pages over HTTP, the exchange over its TLS."""

import http.client
import socket
import ssl
from typing import Final

from cotejo.node.assembly import Node
from cotejo.node.home import Home
from cotejo.node.keys import tls_files
from cotejo.node.node_file import NodeFile, Place
from cotejo.node.redress import has_office, office_of

SECONDS: Final = 5.0
ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


def pages_answer(file: NodeFile) -> bool:
    """Say whether the pages answer at all."""
    return answers_at(file.pages_at, file.hosts[0] if file.hosts else "")


def answers_at(place: Place, host: str) -> bool:
    """Say whether anything answers HTTP at a place, asked for by the name `host`."""
    address, port = _reach(place)
    connection = http.client.HTTPConnection(address, port, timeout=SECONDS)
    try:
        connection.request("GET", "/", headers={"Host": host or address})
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def office_answers(home: Home) -> bool:
    """Say whether the redress office's pages answer, or this home has none."""
    if not has_office(home):
        return True
    office = office_of(home)
    return answers_at(Place.of(office.listens), office.hosts[0] if office.hosts else "")


def exchange_answers(node: Node) -> bool:
    """Say whether the exchange lets this node's own certificate in and answers."""
    files = tls_files(node.home)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.load_verify_locations(cafile=str(files.ca))
    context.load_cert_chain(files.leaf, files.leaf_key)
    try:
        with (
            socket.create_connection(_reach(node.file.exchange_at), timeout=SECONDS) as plain,
            context.wrap_socket(plain) as line,
        ):
            line.sendall(b"GET / HTTP/1.1\r\nHost: cotejo\r\nConnection: close\r\n\r\n")
            return line.recv(16).startswith(b"HTTP/1.1")
    except OSError:
        return False


def _reach(place: Place) -> tuple[str, int]:
    return ANY.get(place.address, place.address), place.port
