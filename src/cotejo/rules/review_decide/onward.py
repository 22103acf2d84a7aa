"""Passing a request on, holding one that was passed on, and answering for the copies behind this node (I6, I7, F54).

1. What is passed on gets its place in the line to a recipient in a transaction of its own, a moment later (`SOON`):
   neither keys nor lock of a recipient touch the one that answers the origin.
2. What stops, and what is disputed, goes on by our own word: a recipient stops at the word of whoever passed the copy
   on. What frees needs the origin's signature: a new version goes on as its letter, and a reinstatement makes usable
   only what the origin's own list calls valid.
3. The redress office's block here stops the copies too, and its end frees them, unless something else still blocks
   (I12). No other pause of this case shows behind it.
4. A version that must not be passed on, or whose letter is not kept, leaves the older copies suspended, as their slot
   says too, until a version comes that may.
5. A recipient judges what comes by the same gates as the agency it is addressed to, under the terms the letter of the
   newest version cites, which the origin signed, and by the origin's own status list. Floors and marks are kept by who
   speaks, so that what came through another agency never shows in what the origin is told directly.
6. One speaker that gives one id to a request of its own and to one it passes on, or to two that it passes on, keeps the
   first; the other has no effect, and is answered as if the first had been erased (I6).
7. A new version goes to those holders alone whom the agreement in force names, and the one its letter cites; a holder
   that one of them leaves out keeps the older copy, suspended (F19).
8. Where it is not known which of two requests under one id a holder has, its copy stops and is not freed.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Act, FloorRaise, Keep, Millis, Plan, Reason, Refused, Send
from cotejo.rules.agreement import RenewableAgreement
from cotejo.rules.disputing import TakeDispute
from cotejo.rules.duties import Duty, PartnerNode, Who
from cotejo.rules.onward import (
    ALREADY,
    NO_CONSENT,
    NO_LETTER,
    NOBODY_NAMED,
    NOT_ALL,
    TWICE,
    PassOn,
    RequestPassedOn,
    TakenThrough,
    TakenThroughRenewed,
    TakePassedOn,
    ThroughTermsFollowed,
    against_a_copy,
    line_gaps,
    not_to_be_passed_on,
    recipients_of,
)
from cotejo.rules.package import Package, SealedDocument
from cotejo.rules.review_acts import Corrected
from cotejo.rules.review_checks import AGREEMENT_OVER, sender
from cotejo.rules.review_decide.common import WRONG_WHO, by_officer, forward, in_state, judge, officer, plan_of
from cotejo.rules.review_decide.intake import CEILING, KNOWN, OLDER, is_here, kept_until, package_gaps
from cotejo.rules.review_facts import ReviewFacts
from cotejo.rules.review_state import Review
from cotejo.rules.review_words import ReviewState, Usability
from cotejo.rules.told import Dispute, Erasure, PassedOn, PassedOnRenewed, Reinstatement, Suspension, Withdrawal

SOON: Final[Millis] = 1


def pass_on(state: Review, command: PassOn, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Pass the version in hand on."""
    package = state.package

    def found() -> Iterator[Reason]:
        yield from by_officer(state, who, Duty.LEGAL)
        yield from in_state(state, ReviewState.OPEN, ReviewState.DECIDED, ReviewState.FOLLOWED)
        yield from forward(state, facts, now)
        yield from sender(facts)
        if state.through is not None:
            yield TWICE
        if package is not None:
            yield from _against_passing(state, command, package, facts, now)

    def make() -> Plan:
        new = _new(state, command, facts)
        act = RequestPassedOn(recipients=new, version=package.version if package else 0, by=officer(who))
        return plan_of(state, act).and_then(Plan(sends=_letters(package, facts, new, now)))

    return judge(found(), make)


def _against_passing(
    state: Review, command: PassOn, package: Package, facts: ReviewFacts, now: Millis
) -> Iterator[Reason]:
    standing, chosen = recipients_of(facts.agreement), set(command.recipients)
    if not standing:
        yield NOBODY_NAMED
    if not chosen <= set(standing):
        yield NO_CONSENT
    if not chosen or (chosen != set(standing) and not state.action_reported):
        yield NOT_ALL
    yield from not_to_be_passed_on(package)
    for each in sorted(chosen & set(standing)):
        yield from line_gaps(each, facts.behind.line_to(each), facts.agreement, package, now)
    if not facts.behind.letter:
        yield NO_LETTER
    if chosen and not _new(state, command, facts):
        yield ALREADY


def _new(state: Review, command: PassOn, facts: ReviewFacts) -> tuple[str, ...]:
    return tuple(sorted(set(command.recipients) - set(state.passed_to) - set(facts.behind.holders)))


def _letters(package: Package | None, facts: ReviewFacts, to: tuple[str, ...], now: Millis) -> tuple[Send, ...]:
    """Return the origin's letter and its documents, for each of these."""
    if package is None:
        return ()
    letter = SealedDocument(sha256=facts.behind.letter, size=0, parts=())
    terms = facts.behind.terms or facts.agreement
    said = {"kind": facts.behind.kind, "origin": package.origin, "letter": facts.behind.letter}
    form = PassedOnRenewed if isinstance(terms, RenewableAgreement) else PassedOn
    content = form(**said, terms=terms, documents=(letter, *package.documents))  # type: ignore[arg-type] # by its form
    return tuple(
        Send(partner=each, content=content, request=package.request, version=package.version, at=now + SOON)
        for each in to
    )


def take_passed_on(state: Review, command: TakePassedOn, who: Who, facts: ReviewFacts, now: Millis) -> Plan | Refused:
    """Take in a request that another agency passes on, or its newer version; refuse with all gaps."""
    package = command.package

    def make() -> Plan:
        floor = _floor(who, package.request, package.version)
        if is_here(state) and not _is_of(state, package):
            return Plan(floors=(floor,))
        case = state if is_here(state) else Review(id=command.review)
        keeps = (*(each.sha256 for each in package.documents), command.letter)
        return plan_of(case, *_acts(state, command, who, facts)).and_then(
            Plan(
                floors=(floor,),
                timers=(kept_until(case.stream, package, facts, now),),
                keeps=tuple(Keep(stream=case.stream, sha256=each) for each in keeps),
            )
        )

    return judge(_against_taking(state, command, who, facts, now), make)


def _is_of(state: Review, package: Package) -> bool:
    """Say whether the case is a copy of this origin's request, and not another request under the same id (rule 6)."""
    return state.through is not None and state.package is not None and state.package.origin == package.origin


def _acts(state: Review, command: TakePassedOn, who: Who, facts: ReviewFacts) -> Iterator[Act]:
    if is_here(state):
        yield Corrected(package=command.package, changes=command.changes, reason=command.reason)
        if command.terms != state.through and isinstance(command.terms, RenewableAgreement):
            yield ThroughTermsFollowed(terms=command.terms)
        return
    form = TakenThroughRenewed if isinstance(command.terms, RenewableAgreement) else TakenThrough
    yield form(
        review=command.review,
        from_partner=_name(who),
        destination=facts.destination,
        terms=command.terms,  # type: ignore[arg-type] # by its form
        package=command.package,
    )


def _against_taking(
    state: Review, command: TakePassedOn, who: Who, facts: ReviewFacts, now: Millis
) -> Iterator[Reason]:
    package = command.package
    if not isinstance(who, PartnerNode) or (is_here(state) and who.name != state.partner):
        yield WRONG_WHO
    yield from against_a_copy(package, command.terms, passing=_name(who), node=facts.node)
    if facts.line is None or not facts.line.active_at(now):
        yield AGREEMENT_OVER
    elif line_gaps(facts.node, facts.line, command.terms, package, now):
        yield NO_LINE
    yield from package_gaps(package, facts, now)
    if facts.floor >= package.version and not facts.marked:
        yield KNOWN if facts.floor == package.version else OLDER
    if facts.ceiling_reached and not facts.floor:
        yield CEILING


NO_LINE: Final = Reason(
    code="onward.line",
    text=AGREEMENT_OVER.text,
    clears=(Duty.PARTNERS,),
    rows=("F54",),
)


def _name(who: Who) -> str:
    return who.name if isinstance(who, PartnerNode) else ""


def _floor(who: Who, request: str, version: int) -> FloorRaise:
    return FloorRaise(origin=_name(who), request=request, version=version)


def also_behind(
    state: Review, command: object, decided: Plan | Refused, facts: ReviewFacts, now: Millis
) -> Plan | Refused:
    """Return what was decided, and with it what the holders of copies behind this node are told of it (rule 2)."""
    if isinstance(decided, Refused) or not facts.behind.holders:
        return decided
    told = _told(state, command, facts, now)
    return decided.and_then(Plan(sends=told)) if told else decided


def _told(state: Review, command: object, facts: ReviewFacts, now: Millis) -> tuple[Send, ...]:
    version = state.package.version if state.package else 0
    match command:
        case ask.TakeCorrection(package=package, letter=letter) | ask.TakeSupplement(package=package, letter=letter):
            if not is_here(state):
                return ()
            if not letter or not_to_be_passed_on(package):
                return _words(Suspension(request=package.request, version=version), facts, now)
            kind = "correction" if isinstance(command, ask.TakeCorrection) else "supplement"
            facts = replace(facts, behind=replace(facts.behind, letter=letter, kind=kind))
            named = _named(facts)
            left = tuple(each for each in facts.behind.holders if each not in named)
            stop = Suspension(request=package.request, version=version)
            letters = (*_letters(package, facts, named, now), *_words(stop, facts, now, to=left))
            stopped = state.package is not None and bool(not_to_be_passed_on(state.package))
            if not stopped or state.usability is not Usability.USABLE:
                return letters
            again = Reinstatement(request=package.request, version=package.version)
            return (*letters, *_words(again, facts, now, to=named))
        case ask.TakeSuspension():
            return _words(Suspension(request=command.request, version=command.version), facts, now)
        case ask.TakeReinstatement() if not state.complained_of:
            again = Reinstatement(request=command.request, version=command.version)
            return _words(again, facts, now, to=_freed(facts))
        case ask.TakeWithdrawal():
            said = Withdrawal(request=command.request, version=command.version, reason=command.reason)
            return _words(said, facts, now)
        case ask.TakeErasure():
            said_gone = Erasure(request=command.request, version=command.version, basis=command.basis)
            return _words(said_gone, facts, now)
        case TakeDispute():
            return _words(Dispute(request=command.request, version=command.version, stated=command.stated), facts, now)
        case ask.RedressSuspend():
            return _words(Suspension(request=state.request, version=version), facts, now)
        case ask.RedressLift() if not state.origin_suspended and not state.withdrawn_at:
            again = Reinstatement(request=state.request, version=version)
            return _words(again, facts, now, to=_freed(facts))
        case _:
            return ()


Word = Suspension | Reinstatement | Withdrawal | Erasure | Dispute


def _words(said: Word, facts: ReviewFacts, now: Millis, *, to: tuple[str, ...] | None = None) -> tuple[Send, ...]:
    return tuple(
        Send(partner=each, content=said, request=said.request, version=said.version, at=now + SOON)
        for each in (facts.behind.holders if to is None else to)
    )


def _freed(facts: ReviewFacts) -> tuple[str, ...]:
    """Return the holders whose copies are surely of this request: only those are freed by a word about it (rule 8)."""
    return tuple(each for each in facts.behind.holders if each not in facts.behind.doubtful)


def _named(facts: ReviewFacts) -> tuple[str, ...]:
    """Return the holders to whom a new version may go: its origin consented to them, and still does (rule 7)."""
    cited = recipients_of(facts.behind.terms or facts.agreement)
    return tuple(each for each in _freed(facts) if each in cited and each in recipients_of(facts.agreement))
