"""What grows with the number of live requests: status lists, withdrawing, taking in, a round of the worker, memory.

1. One node, half of the live requests sent by it, half received, spread over partners of 25,000 each, since a partner
   has 32,768 status slots for ever. It forgets (no fsync): what is measured is work, not a disk.
2. The state is written by SQL straight into the tables, not by officers: cards, terms, numbers, one act with its leaf,
   places in the lines, slots, floors and due moments, a row each; no sealed bodies. So nothing in it can be folded, and
   whatever would read every case of a partner fails here by name. Its log is no log that `fsck` would accept.
3. What is measured on that state is real: messages of an agency with real keys, cases made by officers' commands.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

from cotejo.actions.status import list_id, push_status
from cotejo.actions.take_in import take_in
from cotejo.actions.unit import SLOTS_PER_PARTNER
from cotejo.doors.cli.bench_figures import Figures, spent, times
from cotejo.exchange.outgoing import Letter
from cotejo.node.bench import two_nodes as hand
from cotejo.node.bench.throwaway import RECEIVER, Agency, introduce, make_home, with_database
from cotejo.node.clock import now
from cotejo.node.database import Database
from cotejo.proof.status_list import SLOTS_A_BYTE, StatusList, sign_status_list
from cotejo.rules.agreement import DAY
from cotejo.rules.told import StatusPush, Withdrawal

if TYPE_CHECKING:
    from cotejo.node.assembly import Node

A_PARTNER: Final = 25_000
TIMES: Final = 10
BUSY: Final = "p000"
"""The partner the measured messages come from and go to."""
LAST: Final = "f" * 64
DIGEST: Final = 32

GENERATED: Final = """
CREATE TEMP TABLE made AS
SELECT n, side, md5('case/' || side || n) AS id, md5('request/' || side || n) AS request,
       'p' || lpad((n / %(each)s)::text, 3, '0') AS partner, n %% %(each)s AS place,
       %(leaf)s + 2 * n + side AS leaf
  FROM generate_series(0, %(half)s - 1) AS n, generate_series(0, 1) AS side;
INSERT INTO store_house_leaf (index, leaf, root) SELECT leaf, '\\x00', sha256(id::bytea) FROM made;
INSERT INTO store_act (leaf_id, stream_kind, stream_id, version, at, by, duty, purpose, rules, code, body_commitment,
                       key, salt, statistics, statistics_salt)
SELECT leaf, CASE side WHEN 0 THEN 'dossier' ELSE 'review' END, id, 1, %(at)s, 'clock', '', 'exchange', '1', 'made',
       '\\x00', '', '\\x00', '', '' FROM made;
INSERT INTO store_local_number (stream_kind, stream_id, number)
SELECT CASE side WHEN 0 THEN 'dossier' ELSE 'review' END, id, n + 1 FROM made;
INSERT INTO store_card (stream_kind, stream_id, number, state, partner, route, parent, facets, version, updated)
SELECT CASE side WHEN 0 THEN 'dossier' ELSE 'review' END, id, n + 1, CASE side WHEN 0 THEN 'sent' ELSE 'received' END,
       partner, 'extradition', '', '{}', 1, %(at)s FROM made;
INSERT INTO store_term (index, term, stream_kind, stream_id)
SELECT 'dossier.request', request, 'dossier', id FROM made WHERE side = 0
UNION ALL SELECT 'review.request', partner || '/' || request, 'review', id FROM made WHERE side = 1;
INSERT INTO store_due (kind, stream_kind, stream_id, at, taken_until)
SELECT CASE side WHEN 0 THEN 'dossier.validity' ELSE 'review.answer' END,
       CASE side WHEN 0 THEN 'dossier' ELSE 'review' END, id, %(later)s + n, 0 FROM made;
INSERT INTO store_floor (origin, request, version, at) SELECT partner, request, 1, %(at)s FROM made WHERE side = 1;
INSERT INTO store_slot (partner, slot, state, at) SELECT partner, place, 1, %(at)s FROM made WHERE side = 0;
INSERT INTO store_inbox (partner, mid, seq, kind, request, version, sha256, commitment, outcome, receipt, at)
SELECT partner, id, place + 1, 'request', request, 1, id || id, id || id, 'taken', '\\x00', %(old)s
  FROM made WHERE side = 1;
INSERT INTO store_outbox (partner, seq, mid, kind, request, version, body, sha256, commitment, queued_at, at, state,
                          tries, next_try, outcome, gaps, receipted_at)
SELECT partner, place + 1, id, 'request', request, 1, '\\x00', id || id, id || id, %(old)s,
       %(old)s, 'receipted', 0, 0, 'taken', '{}', %(old)s FROM made WHERE side = 0;
UPDATE store_partner AS partner SET sequence_in = held.rows, sequence_out = held.rows, last_in = %(last)s,
       last_out = %(last)s
  FROM (SELECT partner, max(place) + 1 AS rows FROM made GROUP BY partner) AS held WHERE held.partner = partner.name;
UPDATE store_log_head SET size = %(leaves)s, frontier = %(frontier)s WHERE name = 'house';
DROP TABLE made;
"""


def measure_size(folder: Path, live: int) -> Figures:
    """Return what things cost at a node with so many live requests. To be run in a process of its own."""
    moment, half = now(), live // 2
    agencies = [Agency(folder, f"p{number:03}", now=moment) for number in range(-(-half // A_PARTNER))]
    home = make_home(folder, RECEIVER, "us")
    with with_database(home, durable=False) as (node, database):
        introduce(node, [(each.home, each.agreed) for each in agencies], now=moment)
        began = time.perf_counter()
        _generate(database, half)
        generated = time.perf_counter() - began
        busy = agencies[0]
        busy.writes_to(home)
        busy.sequence, busy.last = min(half, A_PARTNER), LAST
        return {
            "live_requests": live,
            "partners": len(agencies),
            "requests_of_a_partner": min(half, A_PARTNER),
            "seconds_to_generate": round(generated, 1),
            **_measured(node, busy, min(half, A_PARTNER)),
            "database_mib": round(_database_bytes(database) / 2**20),
            "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10),
        }


def _measured(node: "Node", busy: Agency, used: int) -> Figures:
    numbers = range(used + 1, used + 1 + TIMES)
    lists = tuple(_lists(busy))
    requests = busy.requests(numbers, now=now())
    named = [busy.sound.numbered(number).request for number in numbers]
    withdrawals = tuple(
        busy.tell(Withdrawal(request=each, version=1, reason="acquitted"), now=now(), request=each) for each in named
    )
    hand.stand_at(node)
    cases = [dossier for dossier, _ in hand.prepare(range(TIMES), busy.name)]
    return {
        "status_list_made_and_queued": _each([partial(_push, node)] * TIMES),
        "status_list_bytes": _sent_bytes("status_list"),
        "status_list_taken_in": _taken_in(node, lists),
        "request_taken_in": _taken_in(node, requests),
        "withdrawal_taken_in": _taken_in(node, withdrawals),
        "request_authorised": _each([partial(hand.send, each) for each in cases]),
        "withdrawal_pressed": _each([partial(hand.withdraw, each) for each in cases]),
        "the_workers_questions_of_a_round": _each([partial(_round, node)] * TIMES),
    }


def _generate(database: Database, half: int) -> None:
    with psycopg.connect(database.admin_dsn(), cursor_factory=psycopg.ClientCursor) as admin:
        row = admin.execute("SELECT size FROM store_log_head WHERE name = 'house'").fetchone()
        before = int(row[0]) if row else 0
        leaves = before + 2 * half
        about = {
            "half": half,
            "each": A_PARTNER,
            "leaf": before,
            "leaves": leaves,
            "frontier": os.urandom(DIGEST * leaves.bit_count()),
            "at": now(),
            "old": now() - 40 * DAY,
            "later": now() + DAY,
            "last": LAST,
        }
        admin.execute("SET session_replication_role = replica")
        admin.execute(GENERATED, about)
    with psycopg.connect(database.admin_dsn(), autocommit=True) as admin:
        admin.execute("VACUUM ANALYZE")


def _lists(busy: Agency) -> Iterator[Letter]:
    """Seal status lists of the agency, one after the other, each with one more slot that is never valid again."""
    begun, life = now(), busy.agreed.lifetimes.reading
    bits = bytearray(b"\x55" * (SLOTS_PER_PARTNER // SLOTS_A_BYTE))
    for number in range(TIMES):
        bits[number] = 0xFF
        made = begun + number
        status = StatusList(id=list_id(busy.name, RECEIVER), n=made, iat=made, exp=made + life, bits=bytes(bits))
        yield busy.tell(StatusPush(jws=sign_status_list(status, busy.keys.own.status).decode()), now=begun)


def _taken_in(node: "Node", letters: tuple[Letter, ...]) -> Figures:
    return _each([partial(_take, node, each) for each in letters])


def _take(node: "Node", letter: Letter) -> None:
    parts = {part.name: part.sealed for part in letter.parts}
    take_in(replace(node.desk, part=parts.get, drop_parts=lambda _names: None), letter.body, now=now())


def _push(node: "Node") -> None:
    partner = node.unit.partner(BUSY)
    if partner is not None:
        push_status(node.unit, partner, own=node.keys.own, now=now())


def _sent_bytes(kind: str) -> int:
    from cotejo.store.models import Outbox

    return len(Outbox.objects.filter(kind=kind).latest("id").body)


def _round(node: "Node") -> None:
    """Ask what the worker asks in a round in which nothing is due."""
    from cotejo.store import queue

    moment = now()
    node.unit.recovering()
    queue.take_timers(now=moment, limit=50)
    for each in node.unit.partners():
        node.unit.send_scheduled(now=moment, partner=each.name)
        for kind in ("status_list", "reconciliation", "link_checkpoint"):
            queue.newest_sent(each.name, kind)
        queue.heard_at(each.name)
    queue.partners_with_mail()
    queue.next_moment()


def _each(work: Sequence[Callable[[], object]]) -> Figures:
    each = [spent(one) for one in work]
    return {**times([one.wall for one in each]), "processor_p50_ms": times([one.cpu for one in each])["p50_ms"]}


def _database_bytes(database: Database) -> int:
    with psycopg.connect(database.admin_dsn()) as admin:
        row = admin.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0
