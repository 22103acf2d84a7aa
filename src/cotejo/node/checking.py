"""`cotejo check`: everything that is, or soon will be, wrong with a node, each in one plain sentence.

Nothing is changed. A node that runs is asked as it runs; one that does not is started for the questions and stopped.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from cryptography import x509

from cotejo.node import framework
from cotejo.node.clock import now
from cotejo.node.home import Home, NodeError
from cotejo.node.keys import load_keys, tls_files
from cotejo.node.opened import database_for
from cotejo.node.room import short_of_room
from cotejo.node.starting import require_files
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.words import Text

SOON: Final = 30 * DAY


def problems(home: Home, environment: Mapping[str, str]) -> Iterator[Text]:
    """Yield each problem."""
    at = now()
    usable = True
    try:
        require_files(home)
    except NodeError as trouble:
        usable = False
        yield from map(Text, trouble.en.splitlines(), trouble.es.splitlines())
    yield from _disk(home)
    if not usable:
        return
    yield from _certificates(home, at)
    try:
        with database_for(home, environment) as dsns:
            framework.refuse_newer(home, dsns.app)
            if framework.migrations_due(dsns.app):
                yield Text(
                    "The database was made by an older version of the program. Start the node once to bring it up.",
                    "La base de datos es de una versión anterior. Inicie el nodo una vez para ponerla al día.",
                )
                return
            yield from _inside(home, at)
    except NodeError as trouble:
        yield Text(trouble.en, trouble.es)


def _disk(home: Home) -> Iterator[Text]:
    for short in short_of_room(home):
        yield Text(
            f"The disk that holds {short.folder} has {short.mebibytes} MiB left. Make room on it.",
            f"Al disco que contiene {short.folder} le quedan {short.mebibytes} MiB. Libere espacio.",
        )


def _certificates(home: Home, at: Millis) -> Iterator[Text]:
    document = load_keys(home).document
    leaf = x509.load_pem_x509_certificate(tls_files(home).leaf.read_bytes())
    ends = min(document.expires, int(leaf.not_valid_after_utc.timestamp() * 1000))
    if ends < at + SOON:
        days = max(0, (ends - at) // DAY)
        yield Text(
            f"The node's key document or certificate ends in {days} days. Publish a new one to all partners before.",
            f"El documento de claves o el certificado del nodo termina en {days} días. Publique antes uno nuevo.",
        )


def _inside(home: Home, at: Millis) -> Iterator[Text]:
    from cotejo.node.assembly import assemble
    from cotejo.store.queue import oldest_waiting

    node = assemble(home)
    if node.unit.recovering():
        yield Text(
            "The database is behind what was marked outside it: nothing is decided, sent or erased until the node is "
            "reconciled (`cotejo recover`).",
            "La base de datos está atrás de lo anotado fuera de ella: nada se decide, envía ni suprime hasta conciliar "
            "el nodo (`cotejo recover`).",
        )
    if at < node.unit.high_water():
        yield Text(
            "This machine's clock is behind the node's own last entry. Set the clock right.",
            "El reloj de esta máquina está atrasado respecto a la última anotación del nodo. Corrija el reloj.",
        )
    if node.file.world == "real" and not node.file.witnesses:
        yield Text(
            "No outside witness cosigns the house log. Name one in node.toml.",
            "Ningún testigo externo confirma el registro de la casa. Nombre uno en node.toml.",
        )
    for partner in node.unit.partners():
        name, waits_since = partner.name, oldest_waiting(partner.name)
        if not partner.agreement.active_at(at):
            yield Text(f"No agreement with {name} is in force.", f"No hay acuerdo vigente con {name}.")
        elif partner.agreement.valid_until < at + SOON:
            yield Text(f"The agreement with {name} ends soon.", f"El acuerdo con {name} termina pronto.")
        if waits_since and waits_since < at - DAY:
            yield Text(
                f"A message to {name} has waited for more than a day.",
                f"Un mensaje para {name} espera desde hace más de un día.",
            )
