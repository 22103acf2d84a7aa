"""What is accepted about the next agreement: signing it here, hearing the partner's signature, adopting both (F19).

1. Here two people sign it, of partner relations and of the oversight body; the node's root key makes the signature.
2. Either side offers. Which of two offers is agreed is decided at one node alone, that of the party the agreement in
   force names second: there both signatures meet in one transaction, and it tells both. So two offers that cross, and
   one that was replaced by a newer, leave both nodes with the same agreement.
3. Terms that are sent begin later than the partner can answer, by twice what the clocks may differ, and are agreed
   before they begin or not at all; a node that is being restored, and may have lost what it signed, decides nothing.
   Both signatures count whenever they come: the line brings them before anything that is said under the new terms.
4. They may come from files as well, when no agreement is in force, or after a restore that lost them.
5. When an agreement takes its turn each case of the partner is met by it once, and by the end of the last one always
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
    """Hear the partner's signature, or both, which were verified. Partner."""

    terms: RenewableAgreement
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTerms:
    """Take both signatures from files, which were verified. Partner relations, approved by the oversight body."""

    terms: RenewableAgreement
    signed: tuple[str, ...]
    approved_by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetTerms:
    """Every case was looked at under the agreement whose turn it is; what lapsed is seen. The clockwork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalFacts:
    """Loaded at the moment of the command: whether the node is being restored, and may have lost what it signed."""

    recovering: bool = False


BOTH: Final = 2
RenewalCommand = SignTerms | TakeTerms | AdoptTerms | MeetTerms


def decide(state: PartnerState, command: RenewalCommand, who: Who, facts: RenewalFacts, now: Millis) -> Plan | Refused:
    """Say what a command about the next agreement leads to, or refuse with all reasons."""
    match command:
        case SignTerms():
            return _sign(state, command, who, facts, now)
        case TakeTerms():
            return _take(state, command, who, facts, now)
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


def _sign(state: PartnerState, command: SignTerms, who: Who, facts: RenewalFacts, now: Millis) -> Plan | Refused:
    found = [*_two_people(who, command.approved_by), *_follows(state, command.terms)]
    if facts.recovering:
        found.append(RECOVERING)
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
    if theirs is None or theirs.terms.hash != command.terms.hash or not _decides_here(state):
        return _plan(state, ours, sends=(_tell(state, command.signed, now=now),))
    return _decided(state, ours, terms=command.terms, signed=(theirs.signed, ours.signed), now=now)


def _take(state: PartnerState, command: TakeTerms, who: Who, facts: RenewalFacts, now: Millis) -> Plan | Refused:
    if not isinstance(who, PartnerNode) or who.name != state.name:
        return Refused((WRONG_DUTY,))
    if any(each.hash == command.terms.hash for each in state.agreements):
        return Plan()
    if found := tuple(_follows(state, command.terms)):
        return Refused(found)
    if len(command.signed) == BOTH:
        return _plan(state, _agreed(command.terms, command.signed))
    heard, ours = TermsHeard(terms=command.terms, signed=command.signed[0]), state.renewal.ours
    in_time = now < command.terms.valid_from and not facts.recovering
    if ours is None or ours.terms.hash != command.terms.hash or not (_decides_here(state) and in_time):
        return _plan(state, heard)
    return _decided(state, heard, terms=command.terms, signed=(heard.signed, ours.signed), now=now)


def _decides_here(state: PartnerState) -> bool:
    """Say whether it is this node that decides which offer is agreed (rule 2): the partner is not named second."""
    return state.agreements[-1].parties[1] != state.name


def _decided(
    state: PartnerState, what: Act, *, terms: RenewableAgreement, signed: tuple[str, str], now: Millis
) -> Plan:
    return _plan(state, what, _agreed(terms, signed), sends=(_tell(state, *signed, now=now),))


def _tell(state: PartnerState, *signed: str, now: Millis) -> Send:
    return Send(partner=state.name, content=AgreementSigned(signed=signed), at=now)


def _adopt(state: PartnerState, command: AdoptTerms, who: Who) -> Plan | Refused:
    found = [*_two_people(who, command.approved_by), *_follows(state, command.terms)]
    return Refused(tuple(found)) if found else _plan(state, _agreed(command.terms, command.signed))


def _agreed(terms: RenewableAgreement, signed: tuple[str, ...]) -> AgreementAgreed:
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
RECOVERING: Final = Reason(
    code="agreement.recovering",
    text=Text(
        "This node is being restored and may have lost what it signed.",
        "Este nodo se está restaurando y puede haber perdido lo que firmó.",
    ),
    remedy=Text("The operator finishes the restoration first.", "Operación termina primero la restauración."),
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
