"""The law of a dispute: told by the origin, signed by the person, answered by the legal reviewer (I1, I6, I8, I12)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.exchange.messages import ONE_LENGTH
from cotejo.proof.sealing import OVERHEAD
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import GateState, Plan, Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.dates import iso_day
from cotejo.rules.dispute_words import (
    LONGEST_CLAIM,
    LONGEST_COUNSEL,
    LONGEST_STATEMENT,
    MOST_CLAIMS,
    DisputeAsks,
    Disputed,
    DisputedBy,
    PersonSigned,
)
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute, TakeDispute
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.holds import HoldKind, ProtectionGround
from cotejo.rules.receipts import gaps_of, is_refused
from cotejo.rules.review import FOLD
from cotejo.rules.review_acts import MarkAnswer
from cotejo.rules.review_commands import (
    Decide,
    GiveAnswer,
    PlaceHold,
    RecordLegalReview,
    RedressSuspend,
    TakeCorrection,
    TakeWithdrawal,
)
from cotejo.rules.review_gates import review_gates
from cotejo.rules.review_words import Outcome, ReviewState
from cotejo.rules.told import Answer, Dispute, Suspension
from tests.builders import review as receiving
from tests.builders import sound
from tests.builders.review import (
    ALBA,
    CLAIM,
    CUSTODY,
    DECIDER,
    HAND_OVER,
    LEGAL,
    PAPER,
    PROTECTION,
    REDRESS,
    REQUEST,
    claim,
)
from tests.builders.wire import ALBA as ALBAS_SIDE
from tests.builders.wire import BOREAL as BOREALS_SIDE
from tests.builders.wire import letter

OTHER = "e" * 32
EVERYBODY = receiving.EVERYBODY


CLAIMS = (claim(), claim(id=OTHER))


def stated(**changes):
    made = Disputed(
        claims=((CLAIM, 1),),
        by=DisputedBy.OWN_OFFICE,
        on="2026-01-05",
        statement="The clinic has the person in a bed on that day.",
        asks=DisputeAsks.WEIGH,
    )
    return replace(made, **changes)


TOLD = TakeDispute(request=REQUEST, version=1, stated=stated())
SIGNED = PersonSigned(document=PAPER, counsel="R. Alba", warned_on="2026-01-04")
RECORD = RecordSignedDispute(stated=stated(by=DisputedBy.PERSON, asks=DisputeAsks.CORRECT), signed=SIGNED)
SEND = SendSignedDispute()
REVIEWED = RecordLegalReview(route_lawful=True, answers=(), reasons="The treaty covers it.")


def answered(*, may_go_on=True):
    mark = MarkAnswer(mark="legal.disputed", may_go_on=may_go_on, reasons="The clinic's entry is of another day.")
    return replace(REVIEWED, answers=(mark,))


def ready():
    return receiving.Desk().ready(claims=CLAIMS)


def refused(made):
    assert isinstance(made, Refused), made
    return made.codes


def legal_gate(desk):
    found = review_gates(desk.state, desk.facts(), Duty.LEGAL, desk.now)
    return next(each for each in found if each.code == "review.legal")


def waits(state):
    return {(each.duty, each.step) for each in FOLD.card(state).waiting}


# At the receiver: what the origin tells


def test_f64_a_dispute_opens_the_legal_review_afresh_and_nothing_is_decided_before_its_answer():
    desk = ready()
    assert legal_gate(desk).state is GateState.PASSED
    plan = desk.must(TOLD, ALBA)
    assert not plan.sends
    assert legal_gate(desk).state is GateState.OPEN
    assert (Duty.LEGAL, "legal_review") in waits(desk.state)
    assert desk.refused(receiving.ACT, DECIDER) == ("legal.open",)
    assert desk.refused(REVIEWED, LEGAL) == ("legal.disputed",)
    desk.must(answered(may_go_on=False), LEGAL)
    assert desk.refused(receiving.ACT, DECIDER) == ("legal.disputed",)
    desk.must(answered(), LEGAL)
    assert desk.state.disputed == (stated(),), "an answered dispute is still shown"
    desk.must(receiving.ACT, DECIDER)


def test_f64_a_decision_that_was_not_carried_out_falls_and_nobody_is_handed_over_on_it():
    desk = receiving.Desk().ready(claims=CLAIMS)
    desk.must(receiving.ACT, DECIDER)
    desk.last_looks()
    desk.must(TOLD, ALBA)
    assert (desk.state.state, desk.state.decision) == (ReviewState.OPEN, None)
    assert "case.not_open" in desk.refused(HAND_OVER, CUSTODY)
    desk.must(answered(), LEGAL)
    desk.check().must(receiving.ACT, DECIDER)
    desk.last_looks().must(HAND_OVER, CUSTODY)


def test_f64_after_a_hand_over_a_dispute_is_kept_and_shown():
    desk = ready()
    desk.must(receiving.ACT, DECIDER)
    desk.last_looks().must(HAND_OVER, CUSTODY)
    desk.must(TOLD, ALBA)
    assert desk.state.state is ReviewState.FOLLOWED
    assert desk.state.disputed == (stated(),)


def test_f53_a_dispute_ends_with_the_statement_it_is_about():
    desk = ready()
    desk.must(TOLD, ALBA)
    corrected = receiving.package(version=2, claims=(claim(version=2), claim(id=OTHER)))
    change = TakeCorrection(package=corrected, changes=(("claims",),), reason="Written anew.")
    desk.must(change, ALBA)
    assert desk.state.disputed == ()
    desk.open().search().identify().must(REVIEWED, LEGAL)


def test_f53_a_dispute_stays_while_its_statement_does():
    desk = ready()
    desk.must(TOLD, ALBA)
    again = receiving.package(version=2, claims=CLAIMS)
    desk.must(TakeCorrection(package=again, changes=(("withheld",),), reason="Counted again."), ALBA)
    assert desk.state.disputed == (stated(),)


def test_i2_a_dispute_comes_from_the_origin_alone():
    desk = ready()
    for who in EVERYBODY:
        if who != ALBA:
            assert desk.refused(TOLD, who) == ("who.not_yours",)
    plan = desk.must(TOLD, PartnerNode(name="cresta"))
    assert not plan.acts


WRONG = {
    "claims": st.sampled_from(((), ((CLAIM, 1), (CLAIM, 1)), (("", 1),), ((CLAIM, 0),), ((CLAIM, 1),) * 60)),
    "statement": st.sampled_from(("", "  \n", "x" * (LONGEST_STATEMENT + 1))),
    "on": st.sampled_from(("", "2026", "2026-02-30", "yesterday")),
}
NAMED = {"claims": "dispute.claims", "statement": "dispute.statement", "on": "dispute.day"}


@settings(max_examples=40, deadline=None)
@given(wrong=st.fixed_dictionaries({}, optional=WRONG), erased=st.booleans())
def test_i6_the_receipt_of_a_dispute_is_a_function_of_the_message_alone(wrong, erased):
    """Whether there is a case, what it waits for and whether it was erased never shows."""
    command = replace(TOLD, stated=stated(**wrong))
    desks = [receiving.Desk(), ready(), receiving.Desk().take_in(claims=CLAIMS)]
    desks[1].must(PlaceHold(kind=HoldKind.PROTECTION, grounds="x", ground=ProtectionGround.ASYLUM, feared="sv"), LEGAL)
    if erased:
        desks[2].state = replace(desks[2].state, state=ReviewState.ERASED)
    receipts = set()
    for desk in desks:
        made = desk.do(command, ALBA)
        told = ("refused", gaps_of(command, made)) if isinstance(made, Refused) else ("taken", ())
        assert not isinstance(made, Refused) or is_refused(command, made)
        receipts.add(told)
        assert not desk.sends
    assert receipts == {("refused", tuple(sorted(NAMED[each] for each in wrong))) if wrong else ("taken", ())}


def test_a_dispute_names_statements_by_ids_that_fit():
    command = replace(TOLD, stated=stated(claims=(("f" * LONGEST_CLAIM, 1),)))
    assert isinstance(ready().do(command, ALBA), Plan)
    command = replace(TOLD, stated=stated(claims=(("f" * (LONGEST_CLAIM + 1), 1),)))
    made = ready().do(command, ALBA)
    assert isinstance(made, Refused)
    assert gaps_of(command, made) == ("dispute.claims",)


# At the receiver: what the person signs


def test_i12_what_the_person_signed_leaves_only_when_protection_lets_it():
    desk = ready()
    plan = desk.must(RECORD, LEGAL)
    assert not plan.sends
    assert (Duty.PROTECTION, "dispute") in waits(desk.state)
    assert desk.state.disputed == (RECORD.stated,)
    assert legal_gate(desk).state is GateState.OPEN, "it is weighed here as well"
    plan = desk.must(SEND, PROTECTION)
    [sent] = plan.sends
    assert sent.content == Dispute(request=REQUEST, version=1, stated=RECORD.stated, signed=SIGNED)
    assert (sent.partner, sent.documents) == ("alba", (PAPER,))
    assert desk.refused(SEND, PROTECTION) == ("dispute.nothing_signed",)


def test_i1_whoever_records_what_was_signed_is_not_who_lets_it_leave():
    for who in EVERYBODY:
        desk = ready()
        made = desk.do(RECORD, who)
        assert isinstance(made, Plan) == (who in (LEGAL, CUSTODY))
    desk = ready()
    desk.must(RECORD, LEGAL)
    for who in EVERYBODY:
        if getattr(who, "duty", None) is not Duty.PROTECTION:
            assert "who.not_yours" in desk.refused(SEND, who)
    assert "duty.joined" in desk.refused(SEND, replace(PROTECTION, id=LEGAL.id))


def test_i6_every_problem_of_an_unsigned_or_unwarned_dispute_is_named_at_once():
    desk = ready()
    bad = RecordSignedDispute(
        stated=stated(claims=(("f" * 32, 1),), by=DisputedBy.OWN_OFFICE, on="2099-01-01", statement=" "),
        signed=PersonSigned(document="0" * 64, counsel=" ", warned_on="2099-01-02"),
    )
    assert set(desk.refused(bad, LEGAL)) == {
        "dispute.by",
        "dispute.counsel",
        "dispute.day",
        "dispute.document",
        "dispute.not_in_version",
        "dispute.statement",
        "dispute.warned",
    }


def test_f49_the_person_signs_only_after_reading_what_is_alleged():
    desk = receiving.Desk().take_in(claims=CLAIMS).open().search().identify()
    assert desk.refused(RECORD, LEGAL) == ("copy.open",)


@pytest.mark.parametrize("kind", [HoldKind.PROTECTION, HoldKind.JUVENILE, HoldKind.TRAFFICKING_OR_VIOLENCE])
def test_f45_what_was_signed_does_not_leave_while_a_protection_binds(kind):
    ground = ProtectionGround.ASYLUM if kind is HoldKind.PROTECTION else None
    desk = ready()
    desk.must(RECORD, LEGAL)
    desk.must(PlaceHold(kind=kind, grounds="x", ground=ground, feared="sv"), CUSTODY)
    assert desk.refused(SEND, PROTECTION) == ("case.on_hold",)


def test_f45_what_was_signed_does_not_leave_on_an_old_check_of_protection():
    desk = ready()
    desk.must(RECORD, LEGAL)
    desk.now += 2 * DAY
    assert desk.refused(SEND, PROTECTION) == ("case.on_hold",)
    desk.check().must(SEND, PROTECTION)


def test_i12_whoever_complained_here_may_still_sign_and_nobody_else_is_shown_what_the_pause_is():
    """The step waits alike whatever pauses the case, so its waiting tells nobody who is protected (F44)."""
    seen = []
    holds = ((RedressSuspend(), REDRESS), (PlaceHold(kind=HoldKind.JUVENILE, grounds="x"), CUSTODY))
    for command, who in holds:
        desk = ready()
        desk.must(command, who)
        desk.must(RECORD, LEGAL)
        seen.append(waits(desk.state))
    assert seen[0] == seen[1]
    desk = ready()
    desk.must(RedressSuspend(), REDRESS)
    desk.must(RECORD, LEGAL)
    assert desk.must(SEND, PROTECTION).sends


def test_a_new_version_or_a_withdrawal_ends_what_waits_to_leave():
    desk = ready()
    desk.must(RECORD, LEGAL)
    again = receiving.package(version=2, claims=CLAIMS)
    desk.must(TakeCorrection(package=again, changes=(("withheld",),), reason="Counted again."), ALBA)
    assert desk.state.to_send is None
    other = ready()
    other.must(RECORD, LEGAL)
    gone = TakeWithdrawal(
        request=REQUEST, version=1, reason=WithdrawalReason.ACQUITTED, facts_token="", review="b" * 32
    )
    other.must(gone, ALBA)
    assert "case.withdrawn" in other.refused(SEND, PROTECTION)
    assert (Duty.PROTECTION, "dispute") not in waits(other.state)


def test_what_waits_to_leave_ends_with_the_case():
    desk = ready()
    desk.must(RECORD, LEGAL)
    desk.must(Decide(outcome=Outcome.NOT_ACT, reasons="The person is in hospital."), DECIDER)
    assert (Duty.PROTECTION, "dispute") not in waits(desk.state)
    assert desk.refused(SEND, PROTECTION) == ("case.not_open",)


STEPS = st.lists(
    st.sampled_from(
        (
            (RECORD, LEGAL),
            (RECORD, CUSTODY),
            (SEND, LEGAL),
            (TOLD, ALBA),
            (answered(), LEGAL),
            (RedressSuspend(), REDRESS),
            (PlaceHold(kind=HoldKind.JUVENILE, grounds="x"), CUSTODY),
        )
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_i6_without_protections_word_on_a_signed_paper_the_origin_sees_what_it_would_have_seen(steps):
    """The same life with and without disputes: the periodic answer alone, at its moment, and nothing else."""
    plain, other = ready(), ready()
    for command, who in steps:
        other.do(command, who)
    for desk in (plain, other):
        timer = desk.timers["review.answer"]
        desk.now = timer.at
        desk.must(GiveAnswer(period=desk.state.next_answer), receiving.CLOCK)
    assert plain.sends == other.sends
    assert [type(each.content) for each in other.sends] == [Answer]


# At the origin


def own(desk, **changes):
    pinned = desk.dossier.latest.package.claims[0]
    return ask.DisputeClaims(
        stated=stated(**{"claims": ((pinned.id, pinned.version),), **changes}), document=sound.REPORT
    )


def from_holder(desk, **changes):
    command = ask.TakeSignedDispute(
        version=1,
        stated=replace(own(desk).stated, by=DisputedBy.PERSON),
        signed=SIGNED,
        arrived=frozenset({PAPER}),
    )
    return replace(command, **changes)


def test_f53_the_origin_tells_every_holder_and_withdraws_nothing():
    desk = sound.sent()
    before = len(desk.sent)
    plan = desk.must(own(desk), sound.CERTIFIER)
    [told] = plan.sends
    assert told.content == Dispute(request=sound.REQUEST, version=1, stated=own(desk).stated)
    assert (told.partner, len(desk.sent) - before, plan.slots, plan.marks) == ("boreal", 1, (), ())
    assert desk.dossier.state is DossierState.SENT
    assert [each.stated for each in desk.dossier.disputes] == [own(desk).stated]


def test_i2_every_problem_of_a_dispute_is_named_at_once_and_it_names_statements_that_left():
    desk = sound.sent()
    bad = ask.DisputeClaims(
        stated=stated(claims=(("f" * 32, 1),), on="2099-01-01", statement="A gang member, says the neighbour."),
        document="0" * 64,
    )
    assert set(refused(desk.ask_dossier(bad, sound.RECORDER))) == {
        "asked.wrong_duty",
        "dispute.day",
        "dispute.document",
        "dispute.label",
        "dispute.not_in_version",
    }
    unsent = sound.certified()
    assert "dossier.not_sent" in refused(unsent.ask_dossier(bad, sound.CERTIFIER))


def test_i12_what_the_person_signed_suspends_the_request_at_once():
    desk = sound.sent()
    plan = desk.must(from_holder(desk), sound.BOREAL)
    [told] = plan.sends
    assert told.content == Suspension(request=sound.REQUEST, version=1)
    assert desk.dossier.suspended_for == (SuspensionCause.DISPUTED,)
    assert [each.sha256 for each in plan.keeps] == [PAPER]
    lift = ask.Reinstate(cause=SuspensionCause.DISPUTED)
    assert refused(desk.ask_dossier(lift, sound.AUTHORISER)) == ("dossier.answer_document",)
    assert "asked.wrong_duty" in refused(desk.ask_dossier(lift, sound.RECORDER))
    desk.must(replace(lift, document=sound.REPORT), sound.AUTHORISER)
    assert desk.dossier.state is DossierState.SENT


def test_i12_nobody_of_this_house_suspends_in_the_persons_name():
    desk = sound.sent()
    for who in (sound.CERTIFIER, sound.AUTHORISER, sound.OVERSEER, sound.CLOCK, sound.REDRESS):
        command = ask.Suspend(cause=SuspensionCause.DISPUTED)
        assert refused(desk.ask_dossier(command, who)) == ("asked.wrong_origin",)


def test_i8_the_same_signed_dispute_counts_once():
    desk = sound.sent()
    desk.must(from_holder(desk), sound.BOREAL)
    again = desk.must(from_holder(desk), sound.BOREAL)
    assert again == Plan()
    assert len(desk.dossier.disputes) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed": None}, "dispute.unsigned"),
        ({"arrived": frozenset()}, "dispute.document"),
        ({"signed": replace(SIGNED, counsel="")}, "dispute.counsel"),
        ({"signed": replace(SIGNED, counsel="x" * (LONGEST_COUNSEL + 1))}, "dispute.counsel"),
        ({"signed": replace(SIGNED, warned_on="2026-01-06")}, "dispute.warned"),
    ],
)
def test_i6_from_a_holder_nothing_counts_without_the_persons_signature(changes, code):
    desk = sound.sent()
    command = from_holder(desk, **changes)
    made = desk.ask_dossier(command, sound.BOREAL)
    assert refused(made) == (code,)
    assert gaps_of(command, made) == (code,)
    assert not desk.dossier.suspended_for


def test_a_signed_dispute_of_a_stranger_or_about_nothing_is_taken_without_effect():
    desk = sound.sent()
    command = from_holder(desk)
    assert desk.must(command, PartnerNode(name="cresta")) == Plan()
    assert sound.certified().must(command, sound.BOREAL) == Plan()
    desk.must(ask.Withdraw(reason=WithdrawalReason.ACQUITTED), sound.CERTIFIER)
    late = desk.must(command, sound.BOREAL)
    assert not late.sends, "what was withdrawn stays withdrawn"
    assert len(desk.dossier.disputes) == 1


# On the wire


@settings(max_examples=30, deadline=None)
@given(
    statement=st.text(st.sampled_from('a"\\é\U0001f600\n'), min_size=1, max_size=LONGEST_STATEMENT),
    many=st.integers(1, MOST_CLAIMS),
    signed=st.booleans(),
)
def test_i6_a_dispute_has_one_sealed_length_whatever_it_says(statement, many, signed):
    said = Dispute(
        request=REQUEST,
        version=2**31 - 2,
        stated=stated(claims=tuple((f"{n:032x}", 2**31 - 2) for n in range(many)), statement=statement),
        signed=replace(SIGNED, counsel='"' * LONGEST_COUNSEL) if signed else None,
    )
    source, to = (BOREALS_SIDE, ALBAS_SIDE) if signed else (ALBAS_SIDE, BOREALS_SIDE)
    assert len(letter(said, source=source, to=to).body) == ONE_LENGTH["dispute"] + max(OVERHEAD.values())


def test_the_day_of_a_dispute_is_a_day_that_has_come():
    desk = ready()
    ahead = replace(RECORD, stated=replace(RECORD.stated, on=iso_day(desk.now + 2 * DAY)))
    assert desk.refused(ahead, LEGAL) == ("dispute.day",)
