"""A hand at one node, in a process of its own: runs commands, gives invented cases, looks at tables.

It reads one JSON request a line (`{"do": NAME, ...}`) and answers with one JSON line; `python -m tests.node.hand HOME`.
"""

import contextlib
import io
import json
import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cotejo.node.clock import now
from cotejo.node.command import run
from cotejo.node.home import Home

REHEARSING = ("link.not_open",)
"""Why nothing is sent yet after a pairing: its rehearsal runs."""
PATIENCE = 90.0


@cache
def today() -> str:
    """Return the day on which this hand first asked: a story that goes on past midnight is told of one day."""
    return datetime.now(UTC).date().isoformat()


def cli(_home: Home, *, words: list[str], language: str = "en_US.UTF-8") -> dict[str, Any]:
    """Run the command line in this process, as an operator of this language would."""
    said, wrong = io.StringIO(), io.StringIO()
    ours = os.environ.get("LC_ALL", "")
    os.environ["LC_ALL"] = language
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
            status = run(words)
    finally:
        os.environ["LC_ALL"] = ours
    return {"status": status, "out": said.getvalue(), "err": wrong.getvalue()}


def connect(home: Home) -> dict[str, Any]:
    """Connect to the database of the running node."""
    from cotejo.node import framework
    from cotejo.node.database import Database

    framework.set_up(home, Database(home).dsns().app)
    return {}


def send(home: Home, *, seed: str, partner: str) -> dict[str, Any]:
    """Record, check, certify and send one sound request about an invented person."""
    from cotejo.actions.laws import DOSSIER, PERSON
    from cotejo.actions.perform import perform
    from cotejo.identity.invented import invented_register
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Refused, Stream, StreamKind
    from cotejo.rules.dossier_commands import AuthoriseSending
    from cotejo.rules.purposes import Purpose
    from cotejo.simulation.invented import AUTHORISER, sound_case

    unit = assemble(home).unit
    person = next(each for each in invented_register(50) if each.dui and len(each.dob) == len(today()))
    case = sound_case(replace(person, id=seed), seed=seed, partner=partner, today=today())
    for content in case.documents.values():
        unit.documents.put(content, unit=Stream(StreamKind.PERSON, case.person))
    steps = [
        *((PERSON, Stream(StreamKind.PERSON, case.person), *each) for each in case.file),
        *((DOSSIER, Stream(StreamKind.DOSSIER, case.dossier), *each) for each in case.preparation),
        (DOSSIER, Stream(StreamKind.DOSSIER, case.dossier), *case.certificate),
        (DOSSIER, Stream(StreamKind.DOSSIER, case.dossier), AUTHORISER, AuthoriseSending()),
    ]
    ends = time.monotonic() + PATIENCE
    for law, stream, who, command in steps:
        while True:
            done = perform(law, unit, stream, command, who=who, purpose=Purpose.REQUEST, now=now())
            if not isinstance(done, Refused) or done.codes != REHEARSING or time.monotonic() > ends:
                break
            time.sleep(0.1)
        if isinstance(done, Refused):
            return {"refused": type(command).__name__, "codes": done.codes}
    return {"request": case.request}


def look(_home: Home) -> dict[str, Any]:
    """Say what the line's tables hold."""
    from django.db import connection

    def rows(query: str) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return {
        "outbox": rows(
            "SELECT partner, seq, mid, kind, request, state, tries, outcome FROM store_outbox ORDER BY partner, seq"
        ),
        "inbox": rows("SELECT seq, mid, kind, outcome FROM store_inbox ORDER BY seq"),
        "link": rows(
            "SELECT partner, encode(leaf, 'hex') AS leaf, outgoing FROM store_link_leaf ORDER BY partner, index"
        ),
        "reviews": rows("SELECT term FROM store_term WHERE index = 'review.request'"),
        "redress": rows("SELECT outcome FROM redress_taken ORDER BY signal"),
        "status": rows("SELECT partner, number FROM store_status_held"),
    }


def lose(_home: Home, *, request: str) -> dict[str, Any]:
    """Take one waiting request for receipted, as if the partner had taken it in and then lost it with its database."""
    from cotejo.store.models import Outbox

    waiting = Outbox.objects.filter(request=request, state="waiting")
    return {"lost": waiting.update(state="receipted", outcome="taken")}


def redress(home: Home, *, request: str, word: str) -> dict[str, Any]:
    """Say a word about a request as the redress office does, in its own database role."""
    import psycopg

    from cotejo.node.database import Database

    with psycopg.connect(Database(home).dsns().redress) as office:
        office.execute("INSERT INTO public.redress_signal (request, word) VALUES (%s, %s)", [request, word])
    return {}


def pair_unreachable(home: Home, *, folder: str, name: str, port: int) -> dict[str, Any]:
    """Pair with a node that answers nobody."""
    from dataclasses import replace as but

    from cotejo.node.assembly import assemble
    from cotejo.node.keys import make_keys
    from tests.builders.wire import paired_with

    unit = assemble(home).unit
    other = Home.create(Path(folder) / name, world="invented")
    keys = make_keys(other, name=name, url=f"https://127.0.0.1:{port}", now=now())
    known = unit.partners()[0].terms(now())
    terms = but(known, parties=(unit.node, name))
    unit.pair(paired_with(name, terms, keys.signed_document.decode()), now=now())
    return {}


COMMANDS = {each.__name__: each for each in (cli, connect, send, look, lose, redress, pair_unreachable)}


def main(folder: Path) -> None:
    """Serve requests until the input ends."""
    home = Home(folder=folder)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = COMMANDS[asked.pop("do")](home, **asked)
        except Exception as error:  # noqa: BLE001 - the test decides what an error means
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
