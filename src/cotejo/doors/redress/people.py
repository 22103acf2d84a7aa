"""The officers of the redress office: people of their own, in its own schema, unknown to the house (I13).

1. Nobody is given a password: a new officer gets a link that works once within three days, and sets a password there
   beside a second factor (RFC 6238). Known passwords exist in invented worlds only.
2. Five failures lock an account for a quarter of an hour. An unknown name costs the same work as a known one.
3. A code of the second factor is used once. A session ends after half an hour without a page, or ten hours.
4. An account of the oversight body reads which answers are late. It is no redress officer: it opens no complaint and
   signs nothing.
"""

import base64
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import psycopg
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.contrib.auth.hashers import ScryptPasswordHasher

from cotejo.doors.redress.office import Office
from cotejo.doors.redress.sealing import seal, unseal
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR, MINUTE
from cotejo.rules.words import Text

USERNAME: Final = re.compile(r"[a-z][a-z0-9.-]{1,38}[a-z0-9]")
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
SECRET_BYTES: Final = 20
CODE_LENGTH: Final = 6
STEP: Final[Millis] = 30_000
FAILURES: Final = 5
LOCKED: Final[Millis] = 15 * MINUTE
SESSION: Final[Millis] = 30 * MINUTE
LONGEST_SESSION: Final[Millis] = 10 * HOUR
LINK_LIVES: Final[Millis] = 72 * HOUR
HASHER: Final = ScryptPasswordHasher()
UNUSABLE: Final = "!"

Connection = psycopg.Connection[Any]


class PeopleRefused(Exception):  # noqa: N818 - what happened
    """An officer cannot be added or enrolled as asked; `problems` says everything at once."""

    def __init__(self, *problems: Text) -> None:
        super().__init__(" ".join(each.en for each in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An officer of this office, or somebody of the oversight body."""

    id: str
    username: str
    name: str
    oversight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Enrolment:
    """What an enrolment page shows: whose it is, and the second factor's key in base32."""

    person: Person
    secret: str


class People:
    """The officers of one office, over one connection that commits by itself."""

    def __init__(self, connection: Connection, office: Office) -> None:
        self._connection = connection
        self._office = office

    def add(self, *, username: str, name: str, now: Millis, oversight: bool = False) -> str:
        """Enrol a person and return the path of the page where they finish it. Raises `PeopleRefused`."""
        problems = tuple(self._against(username, name))
        if problems:
            raise PeopleRefused(*problems)
        token = secrets.token_urlsafe(24)
        made = Person(id=secrets.token_hex(16), username=username, name=name.strip(), oversight=oversight)
        self._insert(made, password=UNUSABLE, secret=secrets.token_bytes(SECRET_BYTES), token=token, now=now)
        return f"/office/enrol/{token}/"

    def add_invented(
        self, *, username: str, name: str, password: str, totp_secret: str, now: Millis, oversight: bool = False
    ) -> None:
        """Make an invented officer ready to sign in. `totp_secret` is base32. Raises `PeopleRefused` elsewhere."""
        if self._office.world != "invented":
            raise PeopleRefused(
                Text(
                    "Only an invented world has people with a known password. Use an enrolment link.",
                    "Solo un mundo inventado tiene personas con contraseña conocida. Use un enlace de alta.",
                )
            )
        secret = base64.b32decode(totp_secret)
        made = Person(id=secrets.token_hex(16), username=username, name=name.strip(), oversight=oversight)
        self._insert(made, password=hashed(password), secret=secret, token="", now=now)

    def enrolment(self, token: str, *, now: Millis) -> Enrolment | None:
        """Return what an enrolment link opens; `None` when it was used or is too old."""
        found = self._connection.execute(
            "SELECT id, username, name, factor FROM redress.officer"
            " WHERE enrolment = %s AND enrol_until > %s AND active",
            [_digest(token), now],
        ).fetchone()
        if found is None:
            return None
        person = Person(id=found[0], username=found[1], name=found[2])
        return Enrolment(person=person, secret=base64.b32encode(self._secret(person.id, found[3])).decode())

    def enrol(self, token: str, *, password: str, again: str, code: str, now: Millis) -> None:
        """Set password and second factor, once. Raises `PeopleRefused` with every problem, `LookupError` if ended."""
        with self._connection.transaction():
            known = self.enrolment(token, now=now)
            if known is None:
                raise LookupError(token)
            step = step_of(base64.b32decode(known.secret), code, now=now)
            problems = tuple(_against_enrolment(password, again, step))
            if problems:
                raise PeopleRefused(*problems)
            self._connection.execute(
                "UPDATE redress.officer SET password = %s, last_code = %s, enrolment = '' WHERE id = %s",
                [hashed(password), step, known.person.id],
            )

    def sign_in(self, *, username: str, password: str, code: str, now: Millis) -> str | None:
        """Return a session's token, or `None`; the caller learns no more than that."""
        with self._connection.transaction():
            found = self._connection.execute(
                "SELECT id, password, factor, last_code, locked_until FROM redress.officer"
                " WHERE username = %s AND active AND enrolment = '' FOR UPDATE",
                [username],
            ).fetchone()
            if found is None:
                HASHER.encode(password[:LONGEST_PASSWORD], "nobody-has-this-salt")
                return None
            officer, stored, factor, last_code, locked_until = found
            right = HASHER.verify(password[:LONGEST_PASSWORD], stored)
            step = step_of(self._secret(officer, factor), code, now=now)
            if now < locked_until or not right or step is None or step <= last_code:
                self._failed(officer, now)
                return None
            self._connection.execute(
                "UPDATE redress.officer SET failures = 0, locked_until = 0, last_code = %s WHERE id = %s",
                [step, officer],
            )
            token = secrets.token_urlsafe(24)
            self._connection.execute("DELETE FROM redress.session WHERE until <= %s OR last_until <= %s", [now, now])
            self._connection.execute(
                "INSERT INTO redress.session (token, officer, until, last_until) VALUES (%s, %s, %s, %s)",
                [_digest(token), officer, now + SESSION, now + LONGEST_SESSION],
            )
        return token

    def signed_in(self, token: str, *, now: Millis) -> Person | None:
        """Return whose session this is, and keep it going."""
        found = self._connection.execute(
            "UPDATE redress.session SET until = %s FROM redress.officer officer"
            " WHERE token = %s AND until > %s AND last_until > %s AND officer.id = officer AND officer.active"
            " RETURNING officer.id, officer.username, officer.name, officer.oversight",
            [now + SESSION, _digest(token), now, now],
        ).fetchone()
        return Person(id=found[0], username=found[1], name=found[2], oversight=found[3]) if found else None

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._connection.execute("DELETE FROM redress.session WHERE token = %s", [_digest(token)])

    def end(self, username: str) -> bool:
        """End an account for good, with its sessions; say whether there was one."""
        ended = self._connection.execute(
            "UPDATE redress.officer SET active = false, password = '!' WHERE username = %s AND active RETURNING id",
            [username],
        ).fetchone()
        if ended:
            self._connection.execute("DELETE FROM redress.session WHERE officer = %s", [ended[0]])
        return ended is not None

    def names(self) -> dict[str, str]:
        """Return every officer's name by id, ended ones too."""
        return dict(self._connection.execute("SELECT id, name FROM redress.officer").fetchall())

    def _insert(self, made: Person, *, password: str, secret: bytes, token: str, now: Millis) -> None:
        self._connection.execute(
            "INSERT INTO redress.officer (id, username, name, oversight, password, factor, last_code, enrolment,"
            " enrol_until, failures, locked_until, active) VALUES (%s, %s, %s, %s, %s, %s, 0, %s, %s, 0, 0, true)",
            [
                made.id,
                made.username,
                made.name,
                made.oversight,
                password,
                seal(self._office.key_for("factor"), secret, about=f"factor/{made.id}"),
                _digest(token) if token else "",
                now + LINK_LIVES,
            ],
        )

    def _against(self, username: str, name: str) -> Iterator[Text]:
        if not USERNAME.fullmatch(username):
            yield Text(
                "The user name must have 3 to 40 characters: lower-case letters, digits, dots or hyphens.",
                "El nombre de usuario debe tener de 3 a 40 caracteres: minúsculas, cifras, puntos o guiones.",
            )
        elif self._connection.execute("SELECT 1 FROM redress.officer WHERE username = %s", [username]).fetchone():
            yield Text("This user name is taken.", "Este nombre de usuario ya existe.")
        if not name.strip():
            yield Text("State the name.", "Indique el nombre.")

    def _secret(self, officer: str, factor: bytes) -> bytes:
        return unseal(self._office.key_for("factor"), factor, about=f"factor/{officer}")

    def _failed(self, officer: str, now: Millis) -> None:
        self._connection.execute(
            "UPDATE redress.officer SET failures = CASE WHEN failures + 1 >= %(most)s THEN 0 ELSE failures + 1 END,"
            " locked_until = CASE WHEN failures + 1 >= %(most)s THEN %(until)s ELSE locked_until END WHERE id = %(id)s",
            {"most": FAILURES, "until": now + LOCKED, "id": officer},
        )


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return HASHER.encode(password, HASHER.salt())


def step_of(secret: bytes, code: str, *, now: Millis) -> int | None:
    """Return the time step a six-digit code belongs to, now or one step to either side; `None` when to none."""
    given = code.replace(" ", "")
    if len(given) != CODE_LENGTH or not given.isascii() or not given.isdigit():
        return None
    here = now // STEP
    near = (here, here - 1, here + 1)
    return next((step for step in near if secrets.compare_digest(_code(secret, step), given)), None)


def code_now(totp_secret: str, *, now: Millis) -> str:
    """Return the code a telephone with this base32 key shows now; for invented people."""
    return _code(base64.b32decode(totp_secret), now // STEP)


def _code(secret: bytes, step: int) -> str:
    hotp = HOTP(secret, CODE_LENGTH, SHA1())  # noqa: S303 - RFC 6238; every telephone speaks it
    return hotp.generate(step).decode()


def _against_enrolment(password: str, again: str, step: int | None) -> Iterator[Text]:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        yield Text(
            f"The password must have at least {SHORTEST_PASSWORD} characters.",
            f"La contraseña debe tener al menos {SHORTEST_PASSWORD} caracteres.",
        )
    if password != again:
        yield Text("The two passwords differ.", "Las dos contraseñas son distintas.")
    if step is None:
        yield Text(
            "This code does not belong to this key. Type the one shown now.",
            "Ese código no corresponde a esta clave. Escriba el que aparece ahora.",
        )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
