"""The two servers of a node (`http_server`): pages for its officers, and the exchange for its partners.

1. Pages: HTTP on the address `node.toml` names, 127.0.0.1 unless told otherwise; a proxy of the agency adds TLS.
2. Exchange: TLS 1.3 only, and only for clients under an authority of the trust file; granian reads that file again on
   SIGHUP, by starting a new worker beside the old one. No partner's machine holds up another's (`wire.patient`).
"""

from granian.constants import Interfaces, SSLProtocols

from cotejo.actions.take_in import keys_of_partners, take_in_from
from cotejo.exchange.refusals import WireRefusal
from cotejo.exchange.slips import issuer_of
from cotejo.node.assembly import Node
from cotejo.node.clock import now
from cotejo.node.http_server import Application, serve
from cotejo.node.keys import tls_files
from cotejo.node.wire.listener import Listener
from cotejo.node.wire.patient import Patient


def serve_pages(node: Node) -> None:
    """Serve the officers' pages until told to stop."""
    from cotejo.node.wsgi import application

    serve(node.file.pages_at, lambda: application)


def serve_exchange(node: Node) -> None:
    """Serve the exchange until told to stop."""
    files = tls_files(node.home)
    serve(
        node.file.exchange_at,
        lambda: Patient(exchange_application(node)),
        interface=Interfaces.ASGINL,
        ssl_cert=files.leaf,
        ssl_key=files.leaf_key,
        ssl_ca=files.partners,
        ssl_client_verify=True,
        ssl_protocol_min=SSLProtocols.tls13,
    )


def exchange_application(node: Node) -> Application:
    """Return the exchange as a WSGI application over this node's memory."""
    from django.db import close_old_connections

    from cotejo.store.trouble import note_refused, note_taken

    desk = node.desk

    def take(envelope: bytes) -> bytes:
        close_old_connections()
        try:
            partner, receipt = take_in_from(desk, envelope, now=now())
        except WireRefusal as refusal:
            if refusal.partner:
                note_refused(refusal.partner, refusal.reason.code, expected=refusal.expected, now=now())
            raise
        note_taken(partner)
        return receipt

    def whose(slip: bytes, part: str) -> str:
        close_old_connections()
        return issuer_of(slip, part, node=desk.own.node, partners=keys_of_partners(desk.unit, now()))

    return Listener(take=take, whose=whose, parts=node.parts)
