"""Throwaway nodes of an invented world, and invented agencies that write to them with real keys.

1. Everything lies in one folder that is removed at the end, the databases wherever they stand.
2. A receiving node is whole: its own PostgreSQL, its tables, its keys; it is paired by the same action as any other.
3. An invented agency has real keys and a line, and no memory: what it tells is sealed before anything is measured.
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cotejo.actions.pair import Papers, pair
from cotejo.actions.unit import Partner
from cotejo.exchange.agreements import agreement_bytes, sign_agreement
from cotejo.exchange.keyring import PartnerKeys, keys_of
from cotejo.exchange.outgoing import Letter, Place, write_letter
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.identity.invented import invented_register
from cotejo.node import framework
from cotejo.node.database import Database
from cotejo.node.database.place import known
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, load_keys, make_keys
from cotejo.node.making import give_keys, name_node
from cotejo.node.node_file import NodeFile
from cotejo.proof.exact import sha256
from cotejo.rules.acts import Millis, Refused, StreamKind
from cotejo.rules.agreement import CAPS, DAY, Agreement
from cotejo.rules.dossier_commands import AuthoriseSending
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Route
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Change, Correction, Request
from cotejo.simulation.invented import AUTHORISER, invented_id, sound_case
from cotejo.simulation.node import NotSound, SimulatedNode, open_link

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

LOOPBACK: Final = "127.0.0.1"
CHANGES: Final = (Change(field="withheld", old="0", new="1"),)
RECEIVER: Final = "boreal"
PARTNERS: Final = Officer(id="pia.north", duty=Duty.PARTNERS, unit="Partner relations", chain="Partner relations")


def free_port() -> int:
    """Return a port nobody listens on."""
    with closing(socket.create_server((LOOPBACK, 0))) as found:
        return int(found.getsockname()[1])


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that the database's account can pass through; remove it with every node in it."""
    made = Path(tempfile.mkdtemp(prefix="cotejo-bench-"))
    made.chmod(0o711)
    try:
        yield made
    finally:
        for place in made.glob("*/database/place"):
            shutil.rmtree(known(Home(folder=place.parents[1])).folder, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)


def terms(origin: str, receiver: str, now: Millis) -> Agreement:
    """Return an agreement between the two, as loose as the law allows."""
    agreed = replace(
        CAPS,
        parties=(origin, receiver),
        purposes=("criminal_justice",),
        routes=tuple(Route),
        valid_from=now - DAY,
        valid_until=now + 300 * DAY,
    )
    return replace(agreed, hash=sha256(agreement_bytes(agreed)).hex())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A sound package from one origin to one receiver, and the documents it cites, by hash."""

    package: Package
    documents: dict[str, bytes]

    def numbered(self, number: int, *, version: int = 1) -> Package:
        """Return the package of another request: a number and a slot of its own, all else alike."""
        request = invented_id("bench", self.package.origin, number)
        return replace(self.package, request=request, version=version, slot=2 * number + version - 1)


def sound(agreed: Agreement, now: Millis) -> Sound:
    """Play one invented case at an invented origin up to the sending, and return what it sends."""
    origin, receiver = (
        SimulatedNode(
            name=name, profile=profile, register=RegisterInMemory((), as_of=now), seed="bench", start=now - DAY
        )
        for name, profile in zip(agreed.parties, agreed.profiles, strict=True)
    )
    origin.pair(receiver, agreed)
    case = sound_case(subject(), seed="bench", partner=receiver.name, today=day_of(now))
    origin.give(case, now=now)
    done = origin.act(
        StreamKind.DOSSIER, case.dossier, AuthoriseSending(), who=AUTHORISER, purpose=Purpose.REQUEST, now=now
    )
    sent = origin.unit.outbox[-1].send.content
    if isinstance(done, Refused) or not isinstance(sent, Request):
        raise NotSound("sending")
    return Sound(package=sent.package, documents=case.documents)


def subject() -> PersonRecord:
    """Return the invented person of every request: one with a number and a whole birth date."""
    whole = (each for each in invented_register(1_000) if each.dui and len(each.dob) == len("2000-01-01"))
    return next(islice(whole, 1))


def day_of(now: Millis) -> str:
    """Return the day of a moment, as packages write it."""
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()


class Agency:
    """An invented agency with real keys and one line to the receiver. Its keys are in its home, for TLS."""

    def __init__(self, under: Path, name: str, *, now: Millis) -> None:
        self.home = Home.create(under / name, world="invented")
        self.keys: NodeKeys = make_keys(self.home, name=name, url=f"https://{LOOPBACK}:{free_port()}", now=now)
        self.agreed = terms(name, RECEIVER, now)
        self.sequence = 0
        self.last = ""
        self._now = now
        self._to: PartnerKeys | None = None

    @property
    def name(self) -> str:
        return self.keys.own.node

    @cached_property
    def sound(self) -> Sound:
        """What this agency sends, number by number."""
        return sound(self.agreed, self._now)

    def writes_to(self, receiver: Home) -> None:
        """Seal for the node in this home from now on."""
        self._to = keys_of(load_keys(receiver).document, now=self._now)

    def tell(
        self, content: object, *, now: Millis, request: str = "", version: int = 0, attached: bool = True
    ) -> Letter:
        """Seal the next message of the line, with the documents it cites unless the receiver has them already."""
        if self._to is None:
            raise LookupError(f"{self.name} writes to nobody yet")
        place = Place(
            seq=self.sequence + 1, prev=self.last, agreement=self.agreed.hash, request=request, version=version
        )
        letter = write_letter(
            content,
            place,
            own=self.keys.own,
            to=self._to,
            document=(self.sound.documents if attached else {}).__getitem__,
            chance=os.urandom,
            now=now,
        )
        self.sequence, self.last = place.seq, letter.sha256
        return letter

    def requests(self, numbers: Iterable[int], *, now: Millis) -> tuple[Letter, ...]:
        """Seal sound requests, each with its documents."""
        packages = map(self.sound.numbered, numbers)
        return tuple(self.tell(Request(package=each), now=now, request=each.request, version=1) for each in packages)

    def corrections(self, numbers: Iterable[int], *, now: Millis) -> tuple[Letter, ...]:
        """Seal a correction of each of these requests; its documents came before."""
        packages = (self.sound.numbered(number, version=2) for number in numbers)
        return tuple(
            self.tell(
                Correction(package=each, changes=CHANGES, reason="Counted again."),
                now=now,
                request=each.request,
                version=2,
                attached=False,
            )
            for each in packages
        )


def make_home(under: Path, name: str, profile: str) -> Home:
    """Make the home of a node with its names and keys; its database is made when it first starts."""
    home = Home.create(under / name, world="invented")
    pages, exchange = free_port(), free_port()
    wanted = NodeFile(
        world="invented",
        node=name,
        name=name.capitalize(),
        profile=profile,
        language="en",
        url=f"https://{LOOPBACK}:{exchange}",
        pages=f"{LOOPBACK}:{pages}",
        exchange=f"{LOOPBACK}:{exchange}",
    )
    name_node(home, wanted)
    give_keys(home)
    return home


@contextmanager
def with_database(home: Home, *, durable: bool) -> Iterator[tuple["Node", Database]]:
    """Have the database of a node answer while inside, its tables made, and the node put together."""
    with Database(home, durable=durable) as database:
        dsns = database.dsns()
        framework.set_up(home, dsns.app)
        framework.migrate(home, dsns)
        from cotejo.node.assembly import assemble

        try:
            yield assemble(home), database
        finally:
            from django.db import connections

            connections.close_all()


def introduce(node: "Node", others: Iterable[tuple[Home, Agreement]], *, now: Millis) -> None:
    """Pair a node with the nodes in these homes, as the command does, and take the rehearsal for done."""
    for home, agreed in others:
        keys = load_keys(home)
        papers = Papers(
            key_document=keys.signed_document.decode(),
            agreement=tuple(sign_agreement(agreed, root) for root in (keys.root, node.keys.root)),
            read_aloud=keys.document.fingerprint(),
        )
        done = pair(node.unit, papers, own=node.keys.document, who=PARTNERS, now=now)
        if isinstance(done, Refused):
            raise NotSound(f"pairing: {', '.join(done.codes)}")
        made = Partner(
            name=keys.own.node,
            agreements=(agreed,),
            key_document=papers.key_document,
            sequence_in=0,
            sequence_out=0,
            last_in="",
            last_out="",
        )
        node.unit.pair(made, agreement_signed=b"\n".join(papers.agreement), now=now)
        open_link(node.unit, keys.own.node, now=now)
