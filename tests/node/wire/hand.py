"""A hand at one node that keeps acting while processes are killed under it, and can write any letter, sound or not.

It knows everything `tests.node.hand` knows, and more; `python -m tests.node.wire.hand HOME`.
"""

import hashlib
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cotejo.node.clock import now
from cotejo.node.home import Home
from tests.node import hand

PATIENCE = 90.0


def _insist(home: Home, do: Callable[[], Any]) -> Any:
    """Do it again, with a new connection, until the database answers."""
    import psycopg
    from django.db import DatabaseError, InterfaceError, connections

    from cotejo.node.home import NodeError

    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except (DatabaseError, InterfaceError, psycopg.Error, NodeError):
            if time.monotonic() > ends:
                raise
            connections.close_all()
            time.sleep(0.1)
            try:
                hand.connect(home)
            except NodeError:
                continue


def _act(home: Home, law: Any, stream: Any, who: Any, command: object, *, at: int) -> tuple[str, ...]:
    """Give one officer's command as the act that follows `at` earlier ones; one that was committed is not repeated.

    Return the codes of a refusal.
    """
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Refused
    from cotejo.rules.purposes import Purpose

    unit = assemble(home).unit

    def once() -> tuple[str, ...]:
        if len(unit.entries(stream)) > at:
            return ()
        done = perform(law, unit, stream, command, who=who, purpose=Purpose.REQUEST, now=now())
        return tuple(done.codes) if isinstance(done, Refused) else ()

    codes: tuple[str, ...] = _insist(home, once)
    return codes


def _must(home: Home, law: Any, stream: Any, who: Any, command: object, *, at: int) -> None:
    ends = time.monotonic() + PATIENCE
    while (codes := _act(home, law, stream, who, command, at=at)) == hand.REHEARSING and time.monotonic() < ends:
        time.sleep(0.1)
    assert not codes, f"{type(command).__name__}: {codes}"


def case_of(seed: str, partner: str) -> Any:
    """Return the sound case of a seed: the same one whenever this hand is asked for it."""
    from dataclasses import replace

    from cotejo.identity.invented import invented_register
    from cotejo.simulation.invented import sound_case

    row = next(each for each in invented_register(50) if each.dui and len(each.dob) == len(hand.today()))
    return sound_case(replace(row, id=seed), seed=seed, partner=partner, today=hand.today())


def by_route(steps: Iterable[tuple[Any, Any]], route: str) -> list[tuple[Any, Any]]:
    """Return the steps that prepare a case, with its request by another route."""
    from dataclasses import replace

    from cotejo.rules.dossier_commands import OpenDossier
    from cotejo.rules.facts import Route

    return [(who, replace(ask, route=Route(route)) if isinstance(ask, OpenDossier) else ask) for who, ask in steps]


def play(home: Home, *, seed: str, partner: str, route: str = "extradition") -> dict[str, Any]:
    """Record, check, certify and send a sound request, whatever is killed meanwhile. Say how many acts were told."""
    from cotejo.actions.laws import DOSSIER, PERSON
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Stream, StreamKind
    from cotejo.rules.dossier_commands import AuthoriseSending
    from cotejo.simulation.invented import AUTHORISER

    case = case_of(seed, partner)
    person, dossier = Stream(StreamKind.PERSON, case.person), Stream(StreamKind.DOSSIER, case.dossier)

    def keep() -> None:
        for content in case.documents.values():
            assemble(home).unit.documents.put(content, unit=person)

    _insist(home, keep)
    for at, (who, command) in enumerate(case.file):
        _must(home, PERSON, person, who, command, at=at)
    preparation = [*by_route(case.preparation, route), case.certificate, (AUTHORISER, AuthoriseSending())]
    for at, (who, command) in enumerate(preparation):
        _must(home, DOSSIER, dossier, who, command, at=at)
    return {
        "request": case.request,
        "acts": [["person", case.person, len(case.file)], ["dossier", case.dossier, len(preparation)]],
    }


def record(home: Home, *, seed: str) -> dict[str, Any]:
    """Record one invented person's whole file, once. Say how many acts were told."""
    from cotejo.actions.laws import PERSON
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Refused, Stream, StreamKind
    from cotejo.rules.purposes import Purpose

    unit, case = assemble(home).unit, case_of(seed, "")
    person = Stream(StreamKind.PERSON, case.person)
    for content in case.documents.values():
        unit.documents.put(content, unit=person)
    for who, command in case.file[len(unit.entries(person)) :]:
        done = perform(PERSON, unit, person, command, who=who, purpose=Purpose.RECORDING, now=now())
        assert not isinstance(done, Refused), done.codes
    return {"acts": [["person", case.person, len(case.file)]]}


def open_reviews(home: Home) -> dict[str, Any]:
    """Begin the review of every request whose status is known, as the intake desk does; say which still wait for it."""
    from cotejo.actions.laws import REVIEW
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import StreamKind
    from cotejo.rules.review_commands import OpenReview
    from cotejo.simulation.invented_review import INTAKE

    begun, waiting = [], []
    for each in [each.stream for each in _insist(home, lambda: assemble(home).unit.listed(StreamKind.REVIEW))]:
        codes = _act(home, REVIEW, each, INTAKE, OpenReview(), at=1)
        assert all(code.startswith("status.") for code in codes), codes
        (waiting if codes else begun).append(each.id)
    return {"acts": [["review", id_, 2] for id_ in begun], "waiting": waiting}


def acts(_home: Home) -> dict[str, Any]:
    """Say how many acts each case has."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream_kind, stream_id, count(*), max(version) FROM store_act GROUP BY stream_kind, stream_id"
        )
        return {"acts": [list(row) for row in cursor.fetchall()]}


def receipts(_home: Home) -> dict[str, Any]:
    """Give the hash of every receipt this node has given, by message."""
    from cotejo.store.models import Inbox

    return {row.mid: hashlib.sha256(bytes(row.receipt)).hexdigest() for row in Inbox.objects.all()}


def post_again(home: Home, *, partner: str) -> dict[str, Any]:
    """Post every receipted message once more and give the hash of what answers, by message."""
    from cotejo.actions.post import read_key_document
    from cotejo.node.assembly import assemble
    from cotejo.node.wire.client import Receipted, Wire
    from cotejo.store.models import Outbox

    known = assemble(home).unit.partner(partner)
    assert known is not None
    heard = {}
    with Wire(home=home, partner=read_key_document(known.key_document)) as wire:
        for row in Outbox.objects.filter(partner=partner, state="receipted").order_by("seq"):
            answer = wire.post(bytes(row.body))
            heard[row.mid] = hashlib.sha256(answer.sealed).hexdigest() if isinstance(answer, Receipted) else str(answer)
    return heard


def line(home: Home) -> dict[str, Any]:
    """Say where the line from each partner stands here."""
    from cotejo.node.assembly import assemble

    return {
        each.name: [each.sequence_in, each.last_in, each.terms(now()).hash] for each in assemble(home).unit.partners()
    }


def letters(home: Home, *, document: str, agreement: str) -> dict[str, Any]:
    """Post every letter of `tests.node.wire.letters` to the partner of this key document; say what it answered."""
    from tests.node.wire.letters import post_all

    return post_all(home, document=document, agreement=agreement)


def lapse(home: Home) -> dict[str, Any]:
    """Let this node's next key document be one that has ended already; give it. The node does not run."""
    from dataclasses import replace

    from cotejo.node.home import write_private
    from cotejo.node.keys import load_keys
    from cotejo.proof.key_document import sign_key_document

    keys = load_keys(home)
    held = keys.document
    ended = replace(held, version=held.version + 1, previous=held.digest(), expires=now())
    signed = sign_key_document(ended, keys.root)
    write_private(home.keys / f"key-document.{held.version}", keys.signed_document)
    write_private(home.keys / "key-document", signed, replace=True)
    return {"document": signed.decode()}


def follow_document(home: Home, *, partner: str, document: str) -> dict[str, Any]:
    """Follow a partner's next key document, as when it is told. The node does not run."""
    import os

    from cotejo.node.opened import database_for

    with database_for(home, os.environ):
        from cotejo.actions.follow_keys import follow
        from cotejo.node.assembly import assemble
        from cotejo.node.trust import follow_partners

        node = assemble(home)
        follow_partners(node, now=now())
        known = node.unit.partner(partner)
        assert known is not None
        follow(node.unit, known, document, now())
    return {}


MORE = {
    each.__name__: each
    for each in (play, record, open_reviews, acts, receipts, post_again, line, letters, lapse, follow_document)
}

if __name__ == "__main__":
    hand.COMMANDS.update(MORE)
    hand.main(Path(sys.argv[1]))
