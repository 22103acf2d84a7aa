"""What is accepted about the next agreement: signing it here, hearing the partner's signature, adopting both (F19).

1. Here two people sign it, of partner relations and of the oversight body; the node's root key makes the signature.
2. Terms that are sent begin later than the partner can answer, by twice what the clocks may differ. A signature that
   answers ours counts whenever it comes: the line brings it before anything that is said under the new terms.
3. Both signatures may come from files as well, when no agreement is in force, or after a restore that lost one.
4. When an agreement takes its turn each case of the partner is met by it once, and by the end of the last one always
   (`rules.succession`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused, Send
from cotejo.rules.agreement import Agreement, RenewableAgreement, in_turn
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, Who
from cotejo.rules.ending import OVER, UNKNOWN
from cotejo.rules.partner import WRONG_DUTY, PartnerState
from cotejo.rules.renewal import AgreementAgreed, TermsHeard, TermsLapsed, TermsMet, TermsSigned
from cotejo.rules.succession import against_following, leaving
from cotejo.rules.told import AgreementSigned
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTerms:
    """Sign the next agreement and tell the partner. Partner relations, approved by the oversight body."""

    terms: RenewableAgreement
    signed: str
    approved_by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTerms:
    """Hear the partner's signature, which was verified. Partner."""

    terms: RenewableAgreement
    signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTerms:
    """Take both signatures from files, which were verified. Partner relations, approved by the oversight body."""

    terms: RenewableAgreement
    signed: tuple[str, ...]
    approved_by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetTerms:
    """Every case was looked at under the agreement whose turn it is; what lapsed is seen. The clockwork."""


RenewalCommand = SignTerms | TakeTerms | AdoptTerms | MeetTerms


def decide(state: PartnerState, command: RenewalCommand, who: Who, _facts: object, now: Millis) -> Plan | Refused:
    """Say what a command about the next agreement leads to, or refuse with all reasons."""
    match command:
        case SignTerms():
            return _sign(state, command, who, now)
        case TakeTerms():
            return _take(state, command, who)
        case AdoptTerms():
            return _adopt(state, command, who)
        case MeetTerms():
            return _plan(state, *_met(state, now)) if isinstance(who, Clockwork) else Refused((WRONG_DUTY,))


def _met(state: PartnerState, now: Millis) -> Iterator[Act]:
    turn, theirs = to_meet(state, now), state.renewal.theirs
    if turn is not None and state.renewal.met != turn.hash:
        yield TermsMet(agreement=turn.hash)
    if theirs is not None and theirs.terms.valid_from <= now:
        yield TermsLapsed()


def to_meet(state: PartnerState, now: Millis) -> Agreement | None:
    """Return the agreement under which the partner's cases are to be looked at now; nothing when that was done."""
    if not state.agreements or state.ending.ended_at:
        return None
    turn = in_turn(state.agreements, now)
    begun = turn.replaces and turn.valid_from <= now and state.renewal.met != turn.hash
    return turn if begun or (leaving(state.agreements, now) and turn.active_at(now)) else None


def _sign(state: PartnerState, command: SignTerms, who: Who, now: Millis) -> Plan | Refused:
    found = [*_two_people(who, command.approved_by), *_follows(state, command.terms)]
    if state.agreements:
        turn = in_turn(state.agreements, now)
        if not turn.active_at(now):
            found.append(NOT_IN_FORCE)
        if command.terms.valid_from < now + 2 * turn.skew:
            found.append(TOO_SOON)
    if found or not isinstance(who, Officer):
        return Refused(tuple(found))
    ours = TermsSigned(terms=command.terms, signed=command.signed, by=who, approved_by=command.approved_by)
    theirs = state.renewal.theirs
    answered = theirs is not None and theirs.terms.hash == command.terms.hash
    both = (_agreed(command.terms, theirs.signed, ours.signed),) if theirs is not None and answered else ()
    told = Send(partner=state.name, content=AgreementSigned(signed=command.signed), at=now)
    return _plan(state, ours, *both, sends=(told,))


def _take(state: PartnerState, command: TakeTerms, who: Who) -> Plan | Refused:
    if not isinstance(who, PartnerNode) or who.name != state.name:
        return Refused((WRONG_DUTY,))
    ours, theirs = state.renewal.ours, state.renewal.theirs
    heard_before = theirs is not None and theirs.terms.hash == command.terms.hash
    if heard_before or any(each.hash == command.terms.hash for each in state.agreements):
        return Plan()
    if found := tuple(_follows(state, command.terms)):
        return Refused(found)
    heard = TermsHeard(terms=command.terms, signed=command.signed)
    if ours is None or ours.terms.hash != command.terms.hash:
        return _plan(state, heard)
    return _plan(state, heard, _agreed(command.terms, ours.signed, command.signed))


def _adopt(state: PartnerState, command: AdoptTerms, who: Who) -> Plan | Refused:
    found = [*_two_people(who, command.approved_by), *_follows(state, command.terms)]
    return Refused(tuple(found)) if found else _plan(state, _agreed(command.terms, *command.signed))


def _agreed(terms: RenewableAgreement, *signed: str) -> AgreementAgreed:
    return AgreementAgreed(terms=terms, signed=signed)


def _two_people(who: Who, approved_by: Officer) -> Iterator[Reason]:
    if not isinstance(who, Officer) or who.duty is not Duty.PARTNERS or approved_by.duty is not Duty.OVERSIGHT:
        yield WRONG_DUTY
    elif who.id == approved_by.id:
        yield SAME_PERSON


def _follows(state: PartnerState, terms: RenewableAgreement) -> Iterator[Reason]:
    if not state.agreements:
        yield UNKNOWN
    elif state.ending.ended_at:
        yield OVER
    else:
        yield from against_following(state.agreements[-1], terms)


def _plan(state: PartnerState, *what: Act, sends: tuple[Send, ...] = ()) -> Plan:
    acts = tuple(NewAct(stream=state.stream, act=each) for each in what)
    return Plan(acts=acts, expect={state.stream: state.version}, sends=sends)


SAME_PERSON: Final = Reason(
    code="agreement.same_person",
    text=Text("Whoever signs does not approve as well.", "Quien firma no puede aprobar también."),
    rows=("I1",),
)
NOT_IN_FORCE: Final = Reason(
    code="agreement.none_in_force",
    text=Text(
        "No agreement is in force, so nothing can be sent.", "No hay acuerdo vigente, por lo que nada puede enviarse."
    ),
    remedy=Text(
        "Exchange the signatures as files and adopt them: cotejo agreement adopt.",
        "Intercambie las firmas como archivos y adóptelas: cotejo agreement adopt.",
    ),
    rows=("F19",),
)
TOO_SOON: Final = Reason(
    code="agreement.too_soon",
    text=Text(
        "The terms begin before the partner can have answered.",
        "Los términos empiezan antes de que la contraparte pueda haber respondido.",
    ),
    remedy=Text("Let them begin later.", "Haga que empiecen más tarde."),
    rows=("F19",),
)
