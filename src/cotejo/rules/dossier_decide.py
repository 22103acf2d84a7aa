"""What is accepted about a dossier: one function for every door.

Preparing is in `dossier_prepare`, sending in `dossier_send`, use and withdrawal in `dossier_use`, what the partner
tells and what is told after a hand-over in `dossier_told`, a return in `dossier_returning`, disputes in
`dossier_disputing`, confirming anew in `dossier_revalidating`, what another agreement brings in `dossier_meeting`,
erasing in `dossier_erasure`.
"""

from typing import TypeGuard

from cotejo.rules import dossier_commands as ask
from cotejo.rules import dossier_disputing as disputing
from cotejo.rules import dossier_erasure as erasure
from cotejo.rules import dossier_lost as lost
from cotejo.rules import dossier_meeting as meeting
from cotejo.rules import dossier_prepare as prepare
from cotejo.rules import dossier_returning as returning
from cotejo.rules import dossier_revalidating as revalidating
from cotejo.rules import dossier_send as send
from cotejo.rules import dossier_told as told
from cotejo.rules import dossier_use as use
from cotejo.rules.acts import Millis, NewAct, Plan, Refused, Stream, StreamKind
from cotejo.rules.asked import NOTHING_HERE, in_duty
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import NOT_LIVE
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.duties import SENDER_DUTIES, Officer, Who

_ERASING = ask.ProposeErasure | ask.ApproveErasure | ask.RecordErased | ask.MissErasure
_BY_CLOCK = ask.ReviewValidity | ask.ReviewRevalidation | ask.MeetAgreement | ask.MissSweep
_AFTER_THE_END = (
    ask.RecordReceipt
    | ask.RecordSweep
    | ask.MissSweep
    | ask.RecordAnswer
    | ask.RecordAfterHandover
    | ask.TakeReturn
    | ask.AnswerReturn
    | _ERASING
)


def decide(dossier: Dossier, command: ask.DossierCommand, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Accept or refuse one command on a dossier."""
    if isinstance(command, ask.TakeSignedDispute):
        return disputing.take_signed(dossier, command, who, now)
    if isinstance(command, ask.FindLost) and dossier.id and not dossier.erased:
        return lost.find_lost(dossier, command, who, facts, now)
    if not isinstance(command, ask.OpenDossier):
        if not dossier.id:
            return Refused((NOTHING_HERE,))
        if dossier.state is DossierState.WITHDRAWN and _blocks_erasure(command):
            return erasure.block_after_the_end(dossier, command, who, facts, now)
        if not dossier.live and not isinstance(command, _AFTER_THE_END):
            return Refused((NOT_LIVE,))
        if isinstance(command, _ERASING | ask.EndRetention):
            return _decide_erasure(dossier, command, who, facts, now)
    if isinstance(command, _BY_CLOCK):
        return _decide_by_clock(dossier, command, who, facts, now)
    if isinstance(command, ask.TakeReturn):
        return returning.take_return(dossier, command, who)
    if isinstance(command, ask.AnswerReturn):
        return returning.answer_return(dossier, command, who, facts, now)
    if isinstance(command, ask.DisputeClaims):
        return disputing.dispute(dossier, command, who, facts, now)
    return _decide_use(dossier, command, who, facts, now)


def _blocks_erasure(command: ask.DossierCommand) -> TypeGuard[ask.Suspend | ask.Reinstate]:
    return isinstance(command, ask.Suspend | ask.Reinstate) and command.cause in erasure.EXEMPT


def _decide_by_clock(
    dossier: Dossier,
    command: ask.ReviewValidity | ask.ReviewRevalidation | ask.MeetAgreement | ask.MissSweep,
    who: Who,
    facts: DossierFacts,
    now: Millis,
) -> Plan | Refused:
    match command:
        case ask.ReviewValidity():
            return use.review_validity(dossier, who, facts, now)
        case ask.ReviewRevalidation():
            return revalidating.review(dossier, who, facts, now)
        case ask.MeetAgreement():
            return meeting.meet(dossier, who, facts, now)
        case ask.MissSweep():
            return told.miss_sweep(dossier, who)


def _decide_erasure(
    dossier: Dossier, command: ask.DossierCommand, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.ProposeErasure():
            return erasure.propose(dossier, command, who)
        case ask.ApproveErasure():
            return erasure.approve(dossier, command, who, facts, now)
        case ask.RecordErased():
            return erasure.record(dossier, command, who, facts, now)
        case ask.MissErasure():
            return erasure.miss(dossier, who, now)
        case _:
            return erasure.end_retention(dossier, who, facts, now)


def _decide_use(
    dossier: Dossier, command: ask.DossierCommand, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.Suspend():
            return use.suspend(dossier, command, who, now)
        case ask.Reinstate():
            return use.reinstate(dossier, command, who, facts, now)
        case ask.Withdraw():
            return use.withdraw(dossier, command, who, facts, now)
        case ask.RecordReceipt():
            return told.record_receipt(dossier, command, who)
        case ask.RecordSweep():
            return told.record_sweep(dossier, command, who)
        case ask.RecordAnswer():
            return told.record_answer(dossier, command, who, facts, now)
        case ask.RecordQuestions():
            return told.record_questions(dossier, command, who)
        case ask.RecordAfterHandover():
            return told.report_handover(dossier, command, who, facts, now)
        case _ if isinstance(who, Officer):
            return _decide_by_officer(dossier, command, who, facts, now)
        case _:
            return Refused(in_duty(who, *sorted(SENDER_DUTIES)))


def _decide_by_officer(
    dossier: Dossier, command: ask.DossierCommand, who: Officer, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    match command:
        case ask.AuthoriseSending():
            return send.authorise(dossier, who, facts, now)
        case ask.Correct():
            return send.correct(dossier, command, who, facts, now)
        case ask.SendSupplement():
            return send.supplement(dossier, command, who, facts, now)
        case ask.Revalidate():
            return revalidating.revalidate(dossier, command, who, facts, now)
        case _:
            made = _prepared(dossier, command, who, facts, now)
    if isinstance(made, tuple):
        return Refused(made)
    stream = Stream(StreamKind.DOSSIER, command.dossier if isinstance(command, ask.OpenDossier) else dossier.id)
    return Plan(acts=(NewAct(stream=stream, act=made),), expect={stream: dossier.version})


def _prepared(
    dossier: Dossier, command: ask.DossierCommand, who: Officer, facts: DossierFacts, now: Millis
) -> prepare.Made:
    match command:
        case ask.OpenDossier():
            return prepare.open_dossier(dossier, command, who, facts, now)
        case ask.PinClaims():
            return prepare.pin_claims(dossier, command, who, facts)
        case ask.SetBasis():
            return prepare.set_basis(dossier, command, who, facts)
        case ask.AnswerGrounds():
            return prepare.answer_grounds(dossier, command, who, facts)
        case ask.SignUndertakings():
            return prepare.sign_undertakings(dossier, command, who, facts)
        case ask.RecordNotice():
            return prepare.record_notice(dossier, command, who, facts, now)
        case ask.DeferNotice():
            return prepare.defer_notice(dossier, command, who, facts)
        case ask.CountersignDeferral():
            return prepare.countersign(dossier, who, facts, now)
        case ask.Certify():
            return prepare.certify(dossier, command, who, facts, now)
        case _:
            raise TypeError(f"no such command on a dossier: {type(command).__name__}")
