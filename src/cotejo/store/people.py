"""The people of this agency who may sign in, and how they come to their account.

1. Nobody signs up. The operator enrols a person and hands over a link that works once and for `PASSWORD_RESET_TIMEOUT`
   seconds; with it the person sets a password and a second factor together, so no moment exists with a password alone.
2. A lost second factor is a new enrolment: the old password and factor end with the link, and every session with them.
3. There is no superuser and no permission beside the duties: what a person may do is asked of `access`, case by case.
4. A password chosen by somebody else exists in invented worlds only, for the demo's invented people.
5. An account is ended, never deleted: acts name its id for good.
6. An auditor's account is made and ended in `cotejo.store.auditors` alone: the duty is held while a body outside both
   agencies appoints to it, asked anew each time (F61). Every account made, changed or ended is a line of the house log.
"""

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from cotejo.rules.acts import Millis
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.duties import Officer as ActingOfficer
from cotejo.rules.words import Text

USERNAME = re.compile(r"[a-z][a-z0-9.-]{1,38}[a-z0-9]")


APPOINTED_ONLY: Final = Text(
    "The duty auditor is neither given nor taken here: a body outside both agencies appoints.",
    "El cargo auditor no se asigna ni se quita aquí: lo nombra un órgano externo a ambas entidades.",
)


class PeopleRefusedError(Exception):
    """An account cannot be made or changed as asked; `problems` says everything that is wrong at once."""

    def __init__(self, problems: Iterable[Text]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.en for problem in self.problems))


class OfficerManager(BaseUserManager["Officer"]):
    """Finds accounts by the name people sign in with."""

    def holding(self, duty: Duty) -> models.QuerySet["Officer"]:
        """Return the active officers who hold `duty` in this node."""
        return self.filter(is_active=True, duties__contains=[duty])


def new_officer_id() -> str:
    """Return 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


class Officer(AbstractBaseUser):
    """An account: who the person is in the agency and which duties they hold in this node.

    `unit` is the office, `chain` the chain of command; the duty table compares both (I1). `duties` holds codes of
    `cotejo.rules.duties.Duty`. `added_at` is in milliseconds UTC.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_officer_id, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=80)
    chain = models.CharField(max_length=80)
    duties = ArrayField(models.CharField(max_length=40), default=list)
    is_active = models.BooleanField(default=True)
    added_at = models.BigIntegerField()

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "username"

    def holds(self, duty: Duty, *, at: Millis = 0) -> bool:
        """Say whether this account is active and holds `duty` at a moment.

        A duty somebody is appointed to for a time is not held at no moment at all: whoever asks for it says when.
        """
        if not self.is_active or duty not in self.duties:
            return False
        return duty != Duty.AUDITOR or _is_appointed(self.id, at)

    def held_at(self, at: Millis) -> list[str]:
        """Return the codes of the duties this account holds at a moment."""
        return [duty for duty in self.duties if self.holds(Duty(duty), at=at)]

    def named(self, duty: Duty) -> ActingOfficer:
        """Return who this is, in a duty of the account whether it is held now or not: for the log, never to act."""
        return ActingOfficer(id=self.id, duty=duty, unit=self.unit, chain=self.chain)

    def acting(self, duty: Duty, *, at: Millis = 0) -> ActingOfficer:
        """Return this person acting in one duty, as the rules know them; raises `PeopleRefusedError` without it."""
        if not self.holds(duty, at=at):
            words = DUTY_WORDS[duty]
            raise PeopleRefusedError(
                [Text(f"You do not hold this duty: {words.en}.", f"No tiene este cargo: {words.es}.")]
            )
        return self.named(duty)

    def has_second_factor(self) -> bool:
        """Say whether a second factor is set."""
        return bool(Authenticator.objects.filter(user_id=self.id, type=Authenticator.Type.TOTP).exists())


def _is_appointed(account: str, at: Millis) -> bool:
    from cotejo.store.auditors import is_appointed

    return is_appointed(account, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficer:
    """What the operator states about a person when enrolling them."""

    username: str
    name: str
    unit: str
    chain: str
    duties: frozenset[str]

    def problems(self) -> list[Text]:
        """Return everything that keeps this account from being made."""
        found = []
        if not USERNAME.fullmatch(self.username):
            found.append(
                Text(
                    "The user name must have 3 to 40 characters: lower-case letters, digits, dots or hyphens,"
                    " a letter first.",
                    "El nombre de usuario debe tener de 3 a 40 caracteres: minúsculas, cifras, puntos o guiones,"
                    " y empezar por letra.",
                )
            )
        elif Officer.objects.filter(username=self.username).exists():
            found.append(Text("This user name is taken.", "Este nombre de usuario ya existe."))
        for value, en, es in (
            (self.name, "name", "el nombre"),
            (self.unit, "office", "la oficina"),
            (self.chain, "chain of command", "la línea de mando"),
        ):
            if not value.strip():
                found.append(Text(f"State the {en}.", f"Indique {es}."))
        unknown = sorted(self.duties - set(Duty))
        if unknown:
            listed = ", ".join(unknown)
            found.append(Text(f"Unknown duties: {listed}.", f"Cargos desconocidos: {listed}."))
        if not self.duties:
            found.append(Text("Name at least one duty.", "Indique al menos un cargo."))
        return found


class _Enrolment(PasswordResetTokenGenerator):
    """Signs enrolment links; the signature covers the password's hash, so using the link ends it."""

    key_salt = "cotejo.enrolment"


_ENROLMENT = _Enrolment()


def add_officer(new: NewOfficer, *, now: int) -> Officer:
    """Make an account nobody can sign in to yet; raises `PeopleRefusedError` with every problem."""
    problems = new.problems()
    if Duty.AUDITOR in new.duties:
        problems.append(APPOINTED_ONLY)
    if problems:
        raise PeopleRefusedError(problems)
    officer = account_of(new, now=now)
    officer.save(force_insert=True)
    return officer


def account_of(new: NewOfficer, *, now: int) -> Officer:
    """Return the account, not yet kept, that nobody can sign in to."""
    officer = Officer(
        username=new.username,
        name=new.name.strip(),
        unit=new.unit.strip(),
        chain=new.chain.strip(),
        duties=sorted(new.duties),
        added_at=now,
    )
    officer.set_unusable_password()
    return officer


def enrolment_path(officer: Officer) -> str:
    """Return the path of the page where this person sets password and second factor, once."""
    return f"/account/enrol/{officer.id}/{_ENROLMENT.make_token(officer)}/"


def officer_of_enrolment(officer_id: str, token: str) -> Officer | None:
    """Return whose link this is, or nothing when it is used, too old, altered or of an ended account."""
    officer = Officer.objects.filter(id=officer_id, is_active=True).first()
    return officer if officer is not None and _ENROLMENT.check_token(officer, token) else None


@transaction.atomic
def enrol(officer: Officer, *, password: str, totp_secret: str) -> None:
    """Set password and second factor together; the caller has checked the link, the password and a code."""
    Authenticator.objects.filter(user_id=officer.id).delete()
    officer.set_password(password)
    officer.save(update_fields=["password"])
    TOTP.activate(officer, totp_secret)


@transaction.atomic
def end_credentials(officer: Officer) -> None:
    """End password, second factor and every session of this account, before a new enrolment link is made."""
    Authenticator.objects.filter(user_id=officer.id).delete()
    officer.set_unusable_password()
    officer.save(update_fields=["password"])


def end_account(officer: Officer) -> None:
    """End the account: it keeps its id and name for the record, and can never sign in again.

    Raises `PeopleRefusedError` for an auditor's: it ends in `cotejo.store.auditors`.
    """
    if Duty.AUDITOR in officer.duties:
        raise PeopleRefusedError([APPOINTED_ONLY])
    close(officer)


def close(officer: Officer) -> None:
    """Close an account that may be ended."""
    end_credentials(officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])


def give_duties(officer: Officer, held: Collection[str]) -> None:
    """Set the duties this account holds; raises `PeopleRefusedError` for unknown codes and for an auditor's."""
    if Duty.AUDITOR in {*held, *officer.duties}:
        raise PeopleRefusedError([APPOINTED_ONLY])
    unknown = sorted(set(held) - set(Duty))
    if unknown:
        listed = ", ".join(unknown)
        raise PeopleRefusedError([Text(f"Unknown duties: {listed}.", f"Cargos desconocidos: {listed}.")])
    officer.duties = sorted(set(held))
    officer.save(update_fields=["duties"])


def add_invented_officer(new: NewOfficer, *, password: str, totp_secret: str, now: int) -> Officer:
    """Make an invented person ready to sign in; raises `PeopleRefusedError` on a node of the real world."""
    require_invented()
    with transaction.atomic():
        officer = add_officer(new, now=now)
        enrol(officer, password=password, totp_secret=totp_secret)
    return officer


def require_invented() -> None:
    """Raise `PeopleRefusedError` on a node of the real world (rule 4)."""
    if settings.COTEJO_WORLD != "invented":
        raise PeopleRefusedError(
            [
                Text(
                    "Only an invented world has people with a known password. Use an enrolment link.",
                    "Solo un mundo inventado tiene personas con contraseña conocida. Use un enlace de alta.",
                )
            ]
        )
