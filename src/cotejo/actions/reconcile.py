"""The line to a partner, set side by side with the partner's memory of it: every day, and after a restore (F55).

1. Every day, at the agreement's sweep times, each node says what it holds of both directions. Whoever takes that in
   compares it with its own memory and writes down that they agree, or what differs; the receipt tells the partner.
2. A node that is being restored does not know its numbers. It asks each partner outside the line, believes only what
   continues what it still holds, and closes the gap in one transaction: no number is used twice (I8).
3. What the restore lost of our requests to a partner changes them before the gap is closed: a withdrawal is a
   withdrawal, a newer version makes the older one unusable. Status slots only move towards never valid. About requests
   to others it gives nothing back.
4. A partner that asks gets again, in order, what it says it does not have.
5. What both nodes lost in restores of their own counts as taken in, with its leaf and without its content. That a
   request was suspended or withdrawn needs no content: it stops here as it did before (I4, I7).
6. Two nodes that are restored at once answer each other, and each sends again what it still has to a partner that has
   answered it: neither waits for the other's end. What both lost nobody knows, so every request to such a partner is
   suspended until people have looked at it: doubt means hold (I4).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from cotejo.actions.laws import DOSSIER, REVIEW, partner_state
from cotejo.actions.outside import Room, outside
from cotejo.actions.perform import BUSY, Law, perform
from cotejo.actions.post import is_sealable, partner_keys
from cotejo.actions.unit import (
    NOTHING_WRITTEN,
    SLOTS_PER_PARTNER,
    Committed,
    Conflict,
    Incoming,
    Partner,
    StatusHeld,
    Taken,
    Unit,
)
from cotejo.exchange import reconciling
from cotejo.exchange.directions import floors_after
from cotejo.exchange.incoming import Opened, open_letter
from cotejo.exchange.outgoing import Letter
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.exact import from_base64url, to_base64url
from cotejo.proof.status_list import SlotState
from cotejo.rules.acts import Millis, Plan, Refused, Send, Stream, StreamKind
from cotejo.rules.agreement import MINUTE
from cotejo.rules.answers import sweep_date
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_commands import FindLost, Suspend
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Clockwork, PartnerNode, Who
from cotejo.rules.line import LineMessage
from cotejo.rules.lines import Difference
from cotejo.rules.partner import PartnerState
from cotejo.rules.purposes import Purpose
from cotejo.rules.reconciling import CompareLines, GiveBack, LineCommand, PassClosed, RestoreLine, decide
from cotejo.rules.review_acts import Withdrawn
from cotejo.rules.review_commands import TakeSuspension, TakeWithdrawal
from cotejo.rules.told import GivenBack, Reconciliation

KIND: Final = "reconciliation"
TAKEN: Final = "taken"
REFUSED: Final = "refused"
DIFFERS: Final = "line."
"""What the receipt's gap codes about a line begin with."""


def _mark(unit: Unit, _stream: Stream, _state: PartnerState, _command: object, _who: Who, _now: Millis) -> str:
    return unit.recovering_from()


LINES: Final = Law(kind=StreamKind.PARTNER, thing="partner", decide=decide, facts=_mark)


# Every day


def next_statement(partner: Partner, last: Millis, now: Millis) -> Millis:
    """Return when what we hold is to be said again, after it was said at `last` (0: never).

    An invented world sweeps every few seconds; once a minute is often enough there too.
    """
    terms = partner.terms(now)
    return sweep_date(terms, last + MINUTE if last else terms.dates_from)


def state_lines(unit: Unit, partner: Partner, *, now: Millis) -> Committed:
    """Put into the outbox what we hold of the line to one partner; nothing while nothing can be sealed for it."""
    if not is_sealable(partner, now=now):
        return NOTHING_WRITTEN
    send = Send(partner=partner.name, content=reconciling.statement(unit.line_held(partner.name)), at=now)
    return unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)


def take_statement(unit: Unit, incoming: Incoming, said: Reconciliation, *, now: Millis) -> bytes:
    """Compare what the partner says it holds with what we hold, write it down, and return the sealed receipt."""
    if said.restored or said.back is not None:
        raise WireRefusal(WireReason.WRONG_BODY, "a restored node asks outside the line")
    ours = unit.line_held(incoming.partner)
    found = reconciling.differences(said, ours)
    taken = Taken(
        incoming=incoming,
        outcome=REFUSED if found else TAKEN,
        gaps=tuple(f"{DIFFERS}{each.value}" for each in found),
    )
    command = CompareLines(told=said.heard.count, heard=said.told.count, differences=found)
    return _on_line(unit, incoming.partner, command, now, taken=taken).receipt


def hear_difference(unit: Unit, partner: str, *, now: Millis) -> None:
    """Write down that the partner found a difference in what we said we hold. Raises `Conflict` to try again."""
    _differs(unit, partner, Difference.TOLD_BY_PARTNER, now)


def hear_other_line(unit: Unit, partner: str, *, now: Millis) -> None:
    """Write down that what the partner gave back is about another line than ours. Raises `Conflict` to try again."""
    _differs(unit, partner, Difference.OURS_ALTERED, now)


def _differs(unit: Unit, partner: str, how: Difference, now: Millis) -> None:
    held = unit.line_held(partner)
    _on_line(unit, partner, CompareLines(told=len(held.told), heard=len(held.heard), differences=(how,)), now)


def _on_line(unit: Unit, partner: str, command: LineCommand, now: Millis, *, taken: Taken | None = None) -> Committed:
    who, stream = PartnerNode(name=partner), Stream(StreamKind.PARTNER, partner)
    done = perform(LINES, unit, stream, command, who=who, purpose=Purpose.EXCHANGE, now=now, taken=taken)
    if isinstance(done, Refused):
        if BUSY.code in done.codes:
            raise Conflict("others are changing this partner")
        raise WireRefusal(WireReason.RECOVERING, ", ".join(done.codes))
    return done


# Answering a partner that was restored


def answer_restored(unit: Unit, partner: Partner, opened: Opened, room: Room, *, now: Millis) -> bytes:
    """Answer a restored partner's question: what we hold, what it lost; what it lacks goes out again (rule 4)."""
    said, claims = opened.content, opened.claims
    if not isinstance(said, Reconciliation) or claims.seq or not said.restored or said.back is not None:
        raise WireRefusal(WireReason.WRONG_BODY, "no question of a restored node")
    if claims.iat > now + partner.terms(now).skew:
        raise WireRefusal(WireReason.FROM_THE_FUTURE, f"{claims.iat - now} ms ahead")
    held = unit.line_held(partner.name)
    reconciling.require_our_line(said, held.told)
    _on_line(unit, partner.name, GiveBack(told=said.told.count, heard=said.heard.count), now)
    held = unit.line_held(partner.name)
    missing = held.heard[said.told.count : said.told.count + reconciling.A_PAGE]
    page = tuple(_with_reason(unit, partner.name, each) for each in missing)
    status = unit.status_held(partner.name)
    bits = to_base64url(_without_end(status.bits)) if status else ""
    closed = held.told.without_bytes(said.heard.count)[: reconciling.A_PAGE]
    back = GivenBack(lost=page, closed=closed, more=len(held.heard) > said.told.count + len(page), bits=bits)
    answer = replace(reconciling.statement(held, restored=unit.recovering()), back=back)
    return outside(answer, opened.sha256, partner, room, now=now).body


def _without_end(bits: bytes) -> bytes:
    return bits.rstrip(b"\0")


def _with_reason(unit: Unit, origin: str, message: LineMessage) -> LineMessage:
    """Return a withdrawal with the reason it was given for."""
    if message.kind != "withdrawal":
        return message
    streams = unit.lookup("review.request", f"{origin}/{message.request}")
    acts = (entry.act for stream in streams for entry in unit.entries(stream))
    return replace(message, reason=next((each.reason for each in acts if isinstance(each, Withdrawn)), ""))


# Being restored


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on its way: the letter, and what earlier pages of the answer gave back."""

    letter: Letter
    given: tuple[LineMessage, ...] = ()


def ask_partner(unit: Unit, partner: Partner, room: Room, *, now: Millis, given: tuple[LineMessage, ...] = ()) -> Asked:
    """Ask a partner what it holds of the line; `given` is what earlier pages of its answer held."""
    held = unit.line_held(partner.name)
    question = reconciling.statement(held, given=given, restored=True)
    return Asked(letter=outside(question, "", partner, room, now=now), given=given)


def take_answer(unit: Unit, partner: Partner, asked: Asked, sealed: bytes, room: Room, *, now: Millis) -> Asked | None:
    """Take the answer in: the next question when more follows, nothing once the line is restored.

    Raises `WireRefusal` when it is not the answer or is about another line, `Conflict` to try again.
    """
    opened = open_letter(sealed, own=room.own, partners=(partner_keys(partner, now=now),))
    said = opened.content
    if not isinstance(said, Reconciliation) or said.back is None or opened.claims.prev != asked.letter.sha256:
        raise WireRefusal(WireReason.WRONG_BODY, "not the answer to this question")
    held = unit.line_held(partner.name)
    reconciling.require_continuation(said, held.told, asked.given)
    given = (*asked.given, *said.back.lost)
    if said.back.more:
        return ask_partner(unit, partner, room, now=now, given=given)
    for each in given:
        _change_request(unit, partner.name, each, now)
    command = RestoreLine(
        mark=unit.recovering_from(),
        lost=given,
        slots=tuple(_slots(unit.slots(partner.name), said.back.bits, partner.name)),
        awaits=said.told.count,
        awaits_root=said.told.root,
        closed=said.back.closed,
    )
    if said.restored:
        _hold_in_doubt(unit, partner.name, now)
    _on_line(unit, partner.name, command, now)
    pass_closed(unit, partner.name, now=now)
    return None


def pass_closed(unit: Unit, partner: str, *, now: Millis) -> None:
    """Go past the partner's next messages when both sides lost them (rule 5)."""
    heard = len(unit.line_held(partner).heard)
    closed = {each.seq: each for each in partner_state(unit, partner).lines.closed}
    following: list[LineMessage] = []
    while (heard + 1 + len(following)) in closed:
        following.append(closed[heard + 1 + len(following)])
    for each in following:
        _stop(unit, partner, each, now)
    if following:
        floors = tuple(floors_after(following).items())
        _on_line(unit, partner, PassClosed(messages=tuple(following), floors=floors), now)


def _stop(unit: Unit, partner: str, lost: LineMessage, now: Millis) -> None:
    """Let a suspension or a withdrawal that both sides lost stop the request once more; twice is as once."""
    found = unit.lookup("review.request", f"{partner}/{lost.request}")
    stream = found[0] if found else Stream(StreamKind.REVIEW, unit.token(lost.mid, lost.request))
    command: TakeSuspension | TakeWithdrawal
    if lost.kind == "suspension":
        command = TakeSuspension(request=lost.request, version=lost.version)
    elif lost.kind == "withdrawal":
        command = TakeWithdrawal(
            request=lost.request,
            version=lost.version,
            reason=lost.reason,
            facts_token=unit.token(lost.request, ""),
            review=stream.id,
        )
    else:
        return
    who = PartnerNode(name=partner)
    done = perform(REVIEW, unit, stream, command, who=who, purpose=Purpose.EXCHANGE, now=now)
    if isinstance(done, Refused) and BUSY.code in done.codes:
        raise Conflict("others are changing this case")


def _change_request(unit: Unit, partner: str, lost: LineMessage, now: Millis) -> None:
    """Change the dossier a lost message was about, as far as we still know it and this partner was told of it (rule 3).

    Nobody loses anything of a request that was sent to another.
    """
    marked = lost.kind == "withdrawal" and unit.marked(origin=unit.node, request=lost.request)
    command = FindLost(kind=lost.kind, version=lost.version, reason=lost.reason, marked=marked)
    for stream in unit.lookup("dossier.request", lost.request) if lost.request else ():
        if state_of(StreamKind.DOSSIER, unit.entries(stream)).partner != partner:
            continue
        done = perform(DOSSIER, unit, stream, command, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
        if isinstance(done, Refused) and BUSY.code in done.codes:
            raise Conflict("others are changing this dossier")


def _hold_in_doubt(unit: Unit, partner: str, now: Millis) -> None:
    """Suspend every request to a partner that is being restored as well (rule 6)."""
    for line in unit.listed(StreamKind.DOSSIER, partner=partner):
        dossier = state_of(StreamKind.DOSSIER, unit.entries(line.stream))
        if dossier.live and dossier.sent and SuspensionCause.GATES not in dossier.suspended_for:
            command = Suspend(cause=SuspensionCause.GATES)
            done = perform(DOSSIER, unit, line.stream, command, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
            if isinstance(done, Refused) and BUSY.code in done.codes:
                raise Conflict("others are changing this dossier")


def may_send(unit: Unit, partner: str) -> bool:
    """Say whether messages may go to this partner: while this node recovers, only once the partner has answered it."""
    mark = unit.recovering_from()
    return not mark or mark == partner_state(unit, partner).lines.restored_under


def apply_marks(unit: Unit, *, now: Millis) -> None:
    """Withdraw again whatever this node's own marks say it withdrew, and tell the partner. Raises `Conflict`."""
    for line in unit.listed(StreamKind.DOSSIER):
        dossier = state_of(StreamKind.DOSSIER, unit.entries(line.stream))
        if dossier.live and unit.marked(origin=unit.node, request=dossier.request):
            command = FindLost(kind="withdrawal", version=0, marked=True, delivered=False)
            done = perform(DOSSIER, unit, line.stream, command, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
            if isinstance(done, Refused) and BUSY.code in done.codes:
                raise Conflict("others are changing this dossier")


def _slots(ours: dict[int, int], bits: str, partner: str) -> Iterable[tuple[int, int]]:
    """Yield our status slots that the partner saw further on than we know; one we do not know is never valid again."""
    seen = StatusHeld(partner=partner, number=1, issued=0, expires=1, bits=from_base64url(bits))
    for slot in range(min(4 * len(seen.bits), SLOTS_PER_PARTNER)):
        state, known = seen.state(slot), ours.get(slot, 0)
        if state and not known:
            yield slot, SlotState.NEVER_AGAIN
        elif state > known:
            yield slot, state


def not_reconciled(unit: Unit, partner: Partner) -> str:
    """Return why the line to a partner is not whole again: `asked`, `waiting`, `differs`, or nothing.

    `asked`: no answer yet; `waiting`: messages of the partner have yet to come again.
    """
    lines = partner_state(unit, partner.name).lines
    if lines.restored_under != unit.recovering_from():
        return "asked"
    heard = unit.line_held(partner.name).heard
    if len(heard) < lines.awaits:
        return "waiting"
    return "" if heard.digest(lines.awaits).held().root == lines.awaits_root else "differs"
