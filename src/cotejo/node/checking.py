"""`cotejo check`: everything that is, or soon will be, wrong with a node, each in one plain sentence.

Nothing is changed. A node that runs is asked as it runs; one that does not is started for the questions and stopped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cotejo.actions.laws import high_water, partner_state
from cotejo.actions.stuck import SENDING, Stuck, stuck
from cotejo.actions.unit import Partner, Unit
from cotejo.node import framework
from cotejo.node.clock import now
from cotejo.node.expiring import own_ends, partner_ends, warnings
from cotejo.node.home import Home, NodeError
from cotejo.node.keys import certificate_end, load_keys
from cotejo.node.opened import database_for
from cotejo.node.room import short_of_room
from cotejo.node.starting import require_files
from cotejo.node.wire.no_answer import in_words
from cotejo.node.witnesses import last_confirmed
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import iso_day
from cotejo.rules.rehearsal import standing
from cotejo.rules.words import Text

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

SOON: Final = 30 * DAY
COMPARED: Final = 2 * DAY
OFTEN: Final = 3
"""After how many tries in vain a line that waits is named."""


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
    keys = load_keys(home)
    own = own_ends(keys.document, keys.own, certificate=certificate_end(home))
    for ending in warnings(own, now=at):
        said = ending.words(keys.document.name)
        yield Text(f"{said.en} Run `cotejo keys rotate`.", f"{said.es} Ejecute `cotejo keys rotate`.")


def _sentence(each: Stuck) -> Text:
    moment = datetime.fromtimestamp(each.since / 1000, UTC).strftime(" (%Y-%m-%d %H:%M UTC)") if each.since else ""
    return Text(f"{each.what.en}{moment} {each.do.en}", f"{each.what.es}{moment} {each.do.es}")


def _line(node: "Node", partner: Partner, at: Millis) -> Iterator[Text]:
    """Say what waits on the line to a partner, since when, and what to do."""
    from cotejo.store.trouble import refuses, waits

    name, waiting = partner.name, waits(partner.name)
    named = waiting if waiting is not None and waiting.why in SENDING else None
    yield from map(_sentence, stuck(node.unit, partner, waits=named, refuses=refuses(name), now=at))
    lines = partner_state(node.unit, name).lines
    if lines.agreed_at and lines.agreed_at < at - COMPARED:
        yield Text(
            f"What {name} holds of the line has not been compared for more than two days.",
            f"Lo que {name} tiene de la línea no se compara desde hace más de dos días.",
        )


def _untaken(failing: tuple[Millis, int, str] | None, name: str) -> Iterator[Text]:
    if failing is None or failing[1] < OFTEN or failing[2] in SENDING:
        return
    since, tries, code = failing
    moment, words = datetime.fromtimestamp(since / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC"), in_words(code)
    yield Text(
        f"Nothing goes to {name} since {moment}, tried {tries} times: {words.en.rstrip('.')}. It is tried again by "
        f"itself; `cotejo partner try-again` tries at once.",
        f"Nada llega a {name} desde {moment}, {tries} intentos: {words.es.rstrip('.')}. Se reintenta solo; "
        f"`cotejo partner try-again` lo intenta de inmediato.",
    )


def _versions(name: str) -> Iterator[Text]:
    """Say what one of the two programs does not understand of the other's: a newer one speaks of more."""
    from cotejo.store.again import not_understood, unknown_here

    if here := unknown_here(name):
        yield Text(
            f"{name} speaks of what this program does not know: {_counted(here)}. Upgrade this node; {name} then says "
            "again what still holds.",
            f"{name} habla de lo que este programa no conoce: {_counted(here)}. Actualice este nodo; {name} repetirá "
            "luego lo que siga vigente.",
        )
    if there := not_understood(name):
        kinds = _counted(each.kind for each in there)
        yield Text(
            f"{name}'s program did not understand: {kinds}. Once it was upgraded, say it again (`cotejo partner "
            "say-again`).",
            f"El programa de {name} no comprendió: {kinds}. Cuando lo actualicen, repítalo (`cotejo partner "
            "say-again`).",
        )


def _counted(kinds: Iterable[str]) -> str:
    return ", ".join(f"{kind} ({count})" for kind, count in sorted(Counter(kinds).items()))


def _unconfirmed(node: "Node", at: Millis) -> Iterator[Text]:
    """Say when no outside body was told the house log's head for a day (F61)."""
    from cotejo.store.log import first_time, tiles_folder

    witnesses = node.file.witnesses
    since = last_confirmed(witnesses, tiles_folder(node.home)) or first_time(using="default")
    if not witnesses or not since or since >= at - DAY:
        return
    moment = datetime.fromtimestamp(since / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    yield Text(
        f"No witness has confirmed the house log since {moment}. The node asks every hour: does it run, and do the "
        "witnesses in node.toml answer?",
        f"Ningún testigo confirma el registro de la casa desde {moment}. El nodo lo pide cada hora: ¿está en marcha y "
        "responden los testigos de node.toml?",
    )


def _unaudited(node: "Node", at: Millis) -> Iterator[Text]:
    """Say when no outside body appoints an auditor here, or will soon no longer (F61)."""
    from cotejo.store.auditors import appointments

    papers = [paper for each in appointments(node.unit) if (paper := each.stands_at(at)) is not None]
    if node.file.world == "real" and not papers:
        yield Text(
            "Nobody audits this node. Ask an outside body that the agreement names to appoint somebody.",
            "Nadie audita este nodo. Pida a un órgano externo que nombre el acuerdo que nombre a alguien.",
        )
    for paper in papers:
        if paper.ends < at + SOON:
            day = iso_day(paper.ends)
            yield Text(
                f"The appointment of the auditor {paper.person} ends on {day}. Ask {paper.body} for the next one.",
                f"El nombramiento de {paper.person} para auditar termina el {day}. Pida el siguiente a {paper.body}.",
            )


def _clock(unit: Unit, at: Millis) -> Iterator[Text]:
    """Yield that the clock went back; what a running node wrote down since `at` does not say so."""
    if at < high_water(unit, at):
        yield Text(
            "This machine's clock is behind the node's own last entry. Set the clock right.",
            "El reloj de esta máquina está atrasado respecto a la última anotación del nodo. Corrija el reloj.",
        )


def _inside(home: Home, at: Millis) -> Iterator[Text]:
    from cotejo.node.agency_register import AgencyRegister
    from cotejo.node.assembly import assemble
    from cotejo.node.rotation import ready
    from cotejo.store.queue import failing, oldest_waiting

    node = assemble(home)
    if ready(home, node.unit, now=at):
        yield Text(
            "This node's new keys can be used now. Start it again to use them.",
            "Ya pueden usarse las claves nuevas de este nodo. Inícielo de nuevo para usarlas.",
        )
    if node.unit.recovering():
        yield Text(
            "The database is behind what was marked outside it: nothing is decided, sent or erased until the node is "
            "reconciled (`cotejo recover`).",
            "La base de datos está atrás de lo anotado fuera de ella: nada se decide, envía ni suprime hasta conciliar "
            "el nodo (`cotejo recover`).",
        )
    yield from _clock(node.unit, at)
    if node.file.world == "real" and not node.file.witnesses:
        yield Text(
            "No outside witness cosigns the house log. Name one in node.toml.",
            "Ningún testigo externo confirma el registro de la casa. Nombre uno en node.toml.",
        )
    yield from _unconfirmed(node, at)
    yield from _unaudited(node, at)
    if not node.file.redress:
        yield Text(
            "No copy for the person can be printed: `redress` in node.toml does not say where people complain. "
            "`cotejo redress init` writes it.",
            "No se puede imprimir el traslado: `redress` en node.toml no dice dónde se presentan quejas. "
            "`cotejo redress init` lo escribe.",
        )
    if isinstance(node.unit.register, AgencyRegister):
        yield from node.unit.register.faults()
    for partner in node.unit.partners():
        name, waits_since = partner.name, oldest_waiting(partner.name)
        if not partner.terms(at).active_at(at):
            yield Text(f"No agreement with {name} is in force.", f"No hay acuerdo vigente con {name}.")
        yield from (ending.words(name) for ending in warnings(partner_ends(partner), now=at))
        state = partner_state(node.unit, name)
        yield from _line(node, partner, at)
        rehearsal = standing(state.rehearsal, name)
        if rehearsal is not None:
            yield rehearsal
        yield from _untaken(failing(name), name)
        yield from _versions(name)
        if waits_since and waits_since < at - DAY:
            yield Text(
                f"A message to {name} has waited for more than a day.",
                f"Un mensaje para {name} espera desde hace más de un día.",
            )
