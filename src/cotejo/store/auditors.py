"""The accounts of auditors: made with an outside body's appointment, ended with its revocation or after its time (F61).

1. The account and the act that says who appointed are one transaction; so are its end and the act of its end.
2. Whether somebody is appointed is folded from the acts each time it is asked: a row changed with a database shell
   makes no auditor, and one taken away so is named by `cotejo fsck`.
3. What is refused is a line of the house log, and stays one when nothing else is written.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db import transaction

from cotejo.actions.appoint import appoint, appointed, end_appointed
from cotejo.actions.unit import Committed
from cotejo.rules.acts import Millis, Reason, Refused, StreamKind
from cotejo.rules.appointment import Appointed
from cotejo.rules.duties import Console, Duty
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text
from cotejo.store import current
from cotejo.store.models import CardRow
from cotejo.store.people import (
    NewOfficer,
    Officer,
    PeopleRefusedError,
    account_of,
    add_officer,
    close,
    end_account,
    enrol,
    require_invented,
)
from cotejo.store.unit import PgUnit

ACCOUNT: Final = "account"
"""What a line of the house log about an account is; its codes say what became of it, and of which duties."""
MADE: Final = "account.made"
ENDED: Final = "account.ended"
NO_AUDITOR: Final = Text(
    "This is not an auditor's account: it ends without a revocation.",
    "No es la cuenta de quien audita: termina sin revocación.",
)


def is_appointed(account: str, at: Millis) -> bool:
    """Say whether an outside body appoints the holder of this account at a moment (rule 2)."""
    return appointed(current.unit(), account).runs_at(at)


def appointments(unit: PgUnit) -> Iterator[Appointed]:
    """Yield the newest appointment of every account that ever had one, oldest account first."""
    known = CardRow.objects.filter(stream_kind=StreamKind.APPOINTMENT).order_by("number")
    yield from (appointed(unit, account) for account in known.values_list("stream_id", flat=True))


def add_account(unit: PgUnit, new: NewOfficer, *, signed: bytes, listed: Iterable[str], now: Millis) -> Officer:
    """Make an account, an auditor's with the appointment `signed`; raises `PeopleRefusedError` with every problem.

    `listed` are the witnesses of the node's own list, which count as long as no agreement names any.
    """
    if Duty.AUDITOR in new.duties or signed:
        return _add_auditor(unit, new, signed=signed, listed=listed, now=now)
    with transaction.atomic():
        officer = add_officer(new, now=now)
        _note(unit, officer, MADE, now)
    return officer


def _add_auditor(unit: PgUnit, new: NewOfficer, *, signed: bytes, listed: Iterable[str], now: Millis) -> Officer:
    also = tuple(Reason(code="account.wrong", text=each, rows=("F61",)) for each in new.problems())
    officer = account_of(new, now=now)
    with transaction.atomic():
        done = appoint(
            unit,
            officer.id,
            username=officer.username,
            name=officer.name,
            duties=new.duties,
            signed=signed,
            listed=listed,
            also=also,
            now=now,
        )
        if not isinstance(done, Refused):
            officer.save(force_insert=True)
            _note(unit, officer, MADE, now)
    _require(done)
    return officer


def add_invented_account(
    unit: PgUnit,
    new: NewOfficer,
    *,
    signed: bytes = b"",
    listed: Iterable[str] = (),
    password: str,
    totp_secret: str,
    now: Millis,
) -> Officer:
    """Make an invented person ready to sign in; raises `PeopleRefusedError`, on a node of the real world as well."""
    require_invented()
    with transaction.atomic():
        officer = add_account(unit, new, signed=signed, listed=listed, now=now)
        enrol(officer, password=password, totp_secret=totp_secret)
    return officer


def appoint_again(unit: PgUnit, officer: Officer, *, signed: bytes, listed: Iterable[str], now: Millis) -> None:
    """Keep a further appointment of an auditor who has an account; raises `PeopleRefusedError`."""
    done = appoint(
        unit,
        officer.id,
        username=officer.username,
        name=officer.name,
        duties=officer.duties,
        signed=signed,
        listed=listed,
        now=now,
    )
    _require(done)


def end(unit: PgUnit, officer: Officer, *, signed: bytes, now: Millis) -> None:
    """End an account, an auditor's with the revocation `signed` while the appointment stands.

    Raises `PeopleRefusedError` with every problem.
    """
    if Duty.AUDITOR not in officer.duties:
        if signed:
            raise PeopleRefusedError([NO_AUDITOR])
        with transaction.atomic():
            end_account(officer)
            _note(unit, officer, ENDED, now)
        return
    with transaction.atomic():
        done = end_appointed(unit, officer.id, username=officer.username, signed=signed, now=now)
        if not isinstance(done, Refused):
            close(officer)
            _note(unit, officer, ENDED, now)
    _require(done)


def _note(unit: PgUnit, officer: Officer, what: str, now: Millis) -> None:
    subject = f"account:{officer.id}"
    codes = (what, *officer.duties)
    unit.note(ACCOUNT, who=Console(), purpose=Purpose.OPERATION, subject=subject, codes=codes, now=now)


def _require(done: Committed | Refused) -> None:
    """Raise what was refused, each reason with what would help."""
    if isinstance(done, Refused):
        raise PeopleRefusedError(map(_with_remedy, done.reasons))


def _with_remedy(reason: Reason) -> Text:
    remedy = reason.remedy
    return Text(f"{reason.text.en} {remedy.en}", f"{reason.text.es} {remedy.es}") if remedy else reason.text
