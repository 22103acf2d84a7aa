"""Referrals: made with consent, read by their own worker, erased by whoever consented.

1. A referral without recorded consent cannot be made: who consented, when, the exact words, in which language, and into
   which other language they were spoken if any.
2. The person gets a paper with a code of 100 random bits. The referral's id is a hash of it; the code is kept nowhere.
3. Every reading function takes the worker and answers only for referrals of that worker.
4. Withdrawal: the id goes into the list of withdrawn ids, the key is destroyed, the row deleted, in this order; a crash
   between two steps is finished at the next start, and so is a backup restored from before the withdrawal.
5. A referral nobody has touched for 24 months is erased without being asked.
"""

import hashlib
import json
import os
import secrets
import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum

from cotejo_prevention import keys, tally
from cotejo_prevention.database import reading, transaction
from cotejo_prevention.home import Home
from cotejo_prevention.staff import Worker
from cotejo_prevention.tally import Event

KEPT_DAYS = 731  # 24 months
DAY_MS = 24 * 60 * 60 * 1000
_PROMPT_DAYS = 30
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS = 20
_SOUNDS_LIKE = str.maketrans("OIL", "011", " -\t")


class State(StrEnum):
    """How far the help has come."""

    REFERRED = "referred"
    STARTED = "started"
    COMPLETED = "completed"


NEXT = {State.REFERRED: State.STARTED, State.STARTED: State.COMPLETED}


class ConsentBy(StrEnum):
    """Who said yes."""

    PERSON = "person"
    PERSON_AND_GUARDIAN = "person_and_guardian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The recorded yes (rule 1); `given` in milliseconds UTC."""

    by: ConsentBy
    given: int
    recorded_by: str
    language: str
    words: str
    spoken_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the worker writes: a name to call the person by, how to reach them, where they want to go."""

    name: str
    reach: str
    programme: str
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral as its own worker reads it."""

    id: str
    wanted: Wanted
    state: State
    made: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What remains in the person's hand after a withdrawal; no copy is kept."""

    referral_id: str
    erased: int


def make(home: Home, worker: Worker, wanted: Wanted, *, now: int) -> str:
    """Store the referral and return the code for the person's paper, shown once."""
    code = "".join(secrets.choice(_CROCKFORD) for _ in range(_CODE_LETTERS))
    referral_id = id_of(code)
    referral = Referral(id=referral_id, wanted=wanted, state=State.REFERRED, made=now)
    sealed = keys.seal_new(home.keys, referral_id, _to_bytes(referral))
    with transaction(home) as connection:
        connection.execute("INSERT INTO referral VALUES (?, ?, ?, ?)", (referral_id, worker.id, now, sealed))
        tally.count(connection, Event.REFERRED, now=now)
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LETTERS, 4))


def mine(home: Home, worker: Worker) -> list[Referral]:
    """List the worker's own referrals, newest first."""
    with reading(home) as connection:
        rows = connection.execute("SELECT id, sealed FROM referral WHERE worker = ?", (worker.id,)).fetchall()
    referrals = [referral for row in rows if (referral := _open(home, row)) is not None]
    return sorted(referrals, key=lambda referral: (-referral.made, referral.id))


def one(home: Home, worker: Worker, referral_id: str) -> Referral | None:
    """Read this referral if it is the worker's own, else nothing: somebody else's and none look alike (rule 3)."""
    with reading(home) as connection:
        return _own(home, connection, worker, referral_id)


def move_on(home: Home, worker: Worker, referral_id: str, to: State, *, now: int) -> bool:
    """Record that help started or was completed. False when it is not the worker's own or not the next step."""
    with transaction(home) as connection:
        referral = _own(home, connection, worker, referral_id)
        if referral is None or NEXT.get(referral.state) is not to:
            return False
        sealed = keys.seal_again(home.keys, referral_id, _to_bytes(replace(referral, state=to)))
        if sealed is None:
            return False
        connection.execute("UPDATE referral SET sealed = ?, touched = ? WHERE id = ?", (sealed, now, referral_id))
        tally.count(connection, Event(to.value), now=now)
        if to is State.STARTED and now - referral.made <= _PROMPT_DAYS * DAY_MS:
            tally.count(connection, Event.STARTED_IN_30_DAYS, now=now)
    return True


def withdraw(home: Home, referral_id: str, *, now: int) -> Certificate | None:
    """Erase the referral for good (rule 4), or nothing when there is none. The caller has checked who may ask."""
    with reading(home) as connection:
        if connection.execute("SELECT 1 FROM referral WHERE id = ?", (referral_id,)).fetchone() is None:
            return None
    _mark_withdrawn(home, referral_id)
    _erase(home, referral_id, event=Event.WITHDRAWN, now=now)
    return Certificate(referral_id=referral_id, erased=now)


def settle(home: Home, *, now: int) -> int:
    """Finish interrupted withdrawals, clean a restored backup, erase what is too old; returns how many were erased."""
    withdrawn = set(home.withdrawn.read_text("ascii").split())
    with reading(home) as connection:
        rows = connection.execute("SELECT id, touched FROM referral").fetchall()
    due = {row["id"] for row in rows if row["id"] in withdrawn or row["touched"] + KEPT_DAYS * DAY_MS <= now}
    for referral_id in due:
        _erase(home, referral_id, event=None, now=now)
    for referral_id in withdrawn:
        keys.destroy(home.keys, referral_id)
    return len(due)


def id_of(code: str) -> str:
    """Compute the referral's id for a code as a person types it: case, spaces, hyphens and O/0, I/L/1 do not matter."""
    plain = code.upper().translate(_SOUNDS_LIKE)
    return hashlib.sha256(b"cotejo-prevention/referral/1:" + plain.encode("utf-8")).hexdigest()[:32]


def _own(home: Home, connection: sqlite3.Connection, worker: Worker, referral_id: str) -> Referral | None:
    found = connection.execute(
        "SELECT * FROM referral WHERE id = ? AND worker = ?", (referral_id, worker.id)
    ).fetchone()
    return _open(home, found) if found else None


def _open(home: Home, row: sqlite3.Row) -> Referral | None:
    text = keys.unseal(home.keys, row["id"], row["sealed"])
    return None if text is None else _from_bytes(row["id"], text)


def _erase(home: Home, referral_id: str, *, event: Event | None, now: int) -> None:
    keys.destroy(home.keys, referral_id)
    with transaction(home) as connection:
        deleted = connection.execute("DELETE FROM referral WHERE id = ?", (referral_id,)).rowcount
        if event is not None and deleted:
            tally.count(connection, event, now=now)


def _mark_withdrawn(home: Home, referral_id: str) -> None:
    with home.withdrawn.open("a", encoding="ascii") as file:
        file.write(referral_id + "\n")
        file.flush()
        os.fsync(file.fileno())


def _to_bytes(referral: Referral) -> bytes:
    wanted, consent = referral.wanted, referral.wanted.consent
    return json.dumps(
        {
            "name": wanted.name,
            "reach": wanted.reach,
            "programme": wanted.programme,
            "state": referral.state,
            "made": referral.made,
            "consent": {
                "by": consent.by,
                "given": consent.given,
                "recorded_by": consent.recorded_by,
                "language": consent.language,
                "words": consent.words,
                "spoken_in": consent.spoken_in,
            },
        }
    ).encode("utf-8")


def _from_bytes(referral_id: str, text: bytes) -> Referral:
    read = json.loads(text)
    consent = Consent(**{**read["consent"], "by": ConsentBy(read["consent"]["by"])})
    wanted = Wanted(name=read["name"], reach=read["reach"], programme=read["programme"], consent=consent)
    return Referral(id=referral_id, wanted=wanted, state=State(read["state"]), made=read["made"])
