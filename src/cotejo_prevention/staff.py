"""Accounts of prevention workers: their own, never those of an agency of the exchange.

1. A password has at least 12 characters and is none of the common ones; it is kept as a scrypt hash.
2. Five wrong passwords in a row make the account wait five minutes; the answer never says whether a name exists.
3. A session ends after 30 minutes without use, when its worker signs out anywhere, or when the password is set anew.
4. There is no second factor yet; say so to whoever decides where this runs.

The hasher needs Django's settings to be loaded (`cotejo_prevention.settings`).
"""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError

from cotejo_prevention.database import reading, transaction
from cotejo_prevention.home import Home
from cotejo_prevention.problems import CannotContinue

SHORTEST_PASSWORD = 12
FAILURES_ALLOWED = 5
WAIT_MS = 5 * 60 * 1000
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who makes referrals. `era` changes whenever open sessions must end."""

    id: str
    name: str
    era: str


def add(home: Home, name: str, password: str) -> None:
    """Make an account, or set a new password for one that exists. Raises `CannotContinue` with every problem."""
    problems = _problems(name, password)
    if problems:
        raise CannotContinue(" ".join(problems))
    with transaction(home) as connection:
        connection.execute(
            "INSERT INTO worker (id, name, password, era) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
            " SET password = excluded.password, era = excluded.era, failures = 0, wait_until = 0",
            (secrets.token_hex(16), name, make_password(password), secrets.token_hex(8)),
        )


def sign_in(home: Home, name: str, password: str, *, now: int) -> Worker | None:
    """Find the worker, or nothing when name and password do not belong together or the account must wait (rule 2)."""
    with transaction(home) as connection:
        row = connection.execute("SELECT * FROM worker WHERE name = ?", (name,)).fetchone()
        if row is None:
            make_password(password)  # the same work, so that time does not tell whether the name exists
            return None
        right = check_password(password, row["password"])
        if now < row["wait_until"]:
            return None
        if right:
            connection.execute("UPDATE worker SET failures = 0 WHERE id = ?", (row["id"],))
            return Worker(id=row["id"], name=row["name"], era=row["era"])
        failures = row["failures"] + 1
        waits = failures >= FAILURES_ALLOWED
        connection.execute(
            "UPDATE worker SET failures = ?, wait_until = ? WHERE id = ?",
            (0 if waits else failures, now + WAIT_MS if waits else 0, row["id"]),
        )
    return None


def by_session(home: Home, worker_id: str, era: str) -> Worker | None:
    """Find the worker a session names, unless the session is of an earlier era (rule 3)."""
    with reading(home) as connection:
        row = connection.execute("SELECT * FROM worker WHERE id = ? AND era = ?", (worker_id, era)).fetchone()
    return Worker(id=row["id"], name=row["name"], era=row["era"]) if row else None


def sign_out(home: Home, worker: Worker) -> None:
    """End every session of this worker."""
    with transaction(home) as connection:
        connection.execute("UPDATE worker SET era = ? WHERE id = ?", (secrets.token_hex(8), worker.id))


def _problems(name: str, password: str) -> list[str]:
    problems = []
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME:
        problems.append(f"The name must have 1 to {LONGEST_NAME} characters, none of them a space at an end.")
    for validator in (MinimumLengthValidator(SHORTEST_PASSWORD), CommonPasswordValidator()):
        try:
            validator.validate(password)
        except ValidationError as error:
            problems.extend(str(message) for message in error.messages)
    return problems
