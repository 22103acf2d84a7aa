"""An auditor appointed from outside, and the end of an appointment: signed texts read, judged and kept (F61).

Whether the account may be made or ended follows from the answer here; the caller does both in one transaction.
"""

from collections.abc import Iterable
from typing import Final

from cotejo.actions.perform import Law, perform
from cotejo.actions.unit import Committed, Unit
from cotejo.proof.appointments import Appointment, Revocation, hash_of, open_signed
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Reason, Refused, Stream, StreamKind
from cotejo.rules.appointment import (
    Appoint,
    Appointed,
    AppointmentCommand,
    AppointmentFacts,
    EndAppointed,
    Paper,
    RevocationPaper,
    decide,
)
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Console
from cotejo.rules.purposes import Purpose

THING: Final = "account"


def appointed(unit: Unit, account: str) -> Appointed:
    """Return who appointed this account's auditor, and until when."""
    stream = Stream(StreamKind.APPOINTMENT, account)
    state: Appointed = state_of(StreamKind.APPOINTMENT, unit.entries(stream))
    return state


def bodies_of(unit: Unit, listed: Iterable[str], *, now: Millis) -> tuple[NoteKey, ...]:
    """Return the outside bodies that appoint here: those the agreements in force name, else the node's own list."""
    in_turn = (partner.terms(now) for partner in unit.partners())
    named = {each for terms in in_turn if terms.active_at(now) for each in terms.witnesses}
    found = []
    for text in sorted(named) or list(listed):
        try:
            found.append(NoteKey.from_text(text))
        except ProofError:
            continue
    return tuple(found)


def appoint(
    unit: Unit,
    account: str,
    *,
    username: str,
    name: str,
    duties: Iterable[str],
    signed: bytes,
    listed: Iterable[str],
    also: tuple[Reason, ...] = (),
    now: Millis,
) -> Committed | Refused:
    """Hand in an appointment for an account; `signed` is empty when there is none, `also` what else is wrong.

    `listed` are the witnesses of the node's own list.
    """
    paper = _paper(signed, bodies_of(unit, listed, now=now))
    command = Appoint(username=username, name=name, duties=tuple(sorted(duties)), paper=paper, signed=_text(signed))
    return _perform(unit, account, command, also, now)


def end_appointed(unit: Unit, account: str, *, username: str, signed: bytes, now: Millis) -> Committed | Refused:
    """End an auditor's account; `signed` is the revocation, empty when there is none."""
    held = appointed(unit, account).newest
    paper = _revocation(signed, (NoteKey.from_text(held.key),) if held else ())
    command = EndAppointed(username=username, paper=paper, signed=_text(signed))
    return _perform(unit, account, command, (), now)


def _perform(
    unit: Unit, account: str, command: AppointmentCommand, also: tuple[Reason, ...], now: Millis
) -> Committed | Refused:
    facts = AppointmentFacts(node=unit.node, account=account, also=also)
    law: Law[Appointed, AppointmentCommand, AppointmentFacts] = Law(
        kind=StreamKind.APPOINTMENT, thing=THING, decide=decide, facts=lambda *_loaded: facts
    )
    stream = Stream(StreamKind.APPOINTMENT, account)
    return perform(law, unit, stream, command, who=Console(), purpose=Purpose.OPERATION, now=now)


def _paper(signed: bytes, bodies: tuple[NoteKey, ...]) -> Paper | None:
    try:
        said, by = open_signed(signed, Appointment, bodies)
    except ProofError:
        return None
    return Paper(
        hash=hash_of(said),
        node=said.node,
        account=said.account,
        person=said.person,
        body=said.body,
        key=by.text() if by else "",
        starts=said.starts,
        ends=said.ends,
    )


def _revocation(signed: bytes, bodies: tuple[NoteKey, ...]) -> RevocationPaper | None:
    try:
        said, by = open_signed(signed, Revocation, bodies)
    except ProofError:
        return None
    return RevocationPaper(
        node=said.node,
        account=said.account,
        body=said.body,
        key=by.text() if by else "",
        appointment=said.appointment,
    )


def _text(signed: bytes) -> str:
    return signed.decode("utf-8", errors="replace")
