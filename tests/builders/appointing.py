"""An outside body under test, and the auditors it appoints: nobody here exists."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cotejo.proof.appointments import Appointment, Revocation, hash_of, sign_text
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey

if TYPE_CHECKING:
    from cotejo.store.people import NewOfficer

NAME: Final = "ombudsman.invalid"
KEY: Final = SigningKey.from_seed(b"o" * 32, Purpose.WITNESS)
BODY: Final = NoteKey(name=NAME, key=KEY.verifying).text()
OTHER_KEY: Final = SigningKey.from_seed(b"x" * 32, Purpose.WITNESS)
OTHER: Final = NoteKey(name="other.invalid", key=OTHER_KEY.verifying).text()


def appointment(**changed: str) -> Appointment:
    """Return an appointment at Boreal for longer than any test lasts, with some of it changed."""
    usual = Appointment(
        node="boreal", account="p.auditor", person="P. Auditor", body=NAME, since="2020-01-01", until="2090-01-01"
    )
    return replace(usual, **changed)


def appointed(*, key: SigningKey = KEY, **changed: str) -> bytes:
    """Return it signed."""
    return sign_text(appointment(**changed), key)


def revoked(*, key: SigningKey = KEY, of: Appointment | None = None, **changed: str) -> bytes:
    """Return the signed revocation of an appointment, with some of it changed."""
    ended = of or appointment()
    usual = Revocation(node=ended.node, account=ended.account, body=ended.body, appointment=hash_of(ended))
    return sign_text(replace(usual, **changed), key)


def invented_auditor(new: "NewOfficer", *, password: str, totp_secret: str, now: int) -> Any:
    """Make an auditor of the node under test ready to sign in."""
    from cotejo.store import current
    from cotejo.store.auditors import add_invented_account

    unit = current.unit()
    signed = appointed(node=unit.node, account=new.username, person=new.name)
    return add_invented_account(
        unit, new, signed=signed, listed=(BODY,), password=password, totp_secret=totp_secret, now=now
    )
