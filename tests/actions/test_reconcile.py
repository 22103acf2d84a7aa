"""The line set side by side with the partner's memory of it: every day, and after a restore (F55, I8, I7, I6)."""

from dataclasses import replace

import pytest

from cotejo.actions.laws import partner_state
from cotejo.actions.reconcile import (
    hear_difference,
    hear_other_line,
    may_send,
    next_statement,
    not_reconciled,
    state_lines,
)
from cotejo.actions.recover import end_recovery
from cotejo.exchange import reconciling
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.identity import PersonRecord, RegisterInMemory
from cotejo.rules import dossier_commands as origin
from cotejo.rules import review_commands
from cotejo.rules.acts import Millis, Plan, Refused, Send, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Clockwork, Officer, PartnerNode, RedressDoor
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.line import LineMessage
from cotejo.rules.lines import Difference, LinesKnown
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import QuestionCode
from cotejo.rules.told import Erasure, GivenBack, Reconciliation
from cotejo.simulation import invented_review as desk
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, RECORDER, InventedCase, sound_case
from cotejo.simulation.node import SimulatedNode, waiting_for
from cotejo.simulation.world import START
from tests.builders.line import asks, delivered
from tests.builders.wire import agreement, paired_with

TERMS = agreement(valid_from=START - DAY, valid_until=START + 300 * DAY, answer_every=DAY, sweep_every=DAY)


def person(number: int) -> PersonRecord:
    """Give an invented person."""
    return PersonRecord(
        id=f"r{number}",
        full_name=f"PERSONA INVENTADA {number}",
        given="PERSONA",
        surname=f"INVENTADA NUMERO{number}",
        dob="1990-04-02",
        sex="M",
        pob="VILLA NUBE",
        passport=f"X90{number:05}",
        father="PADRE INVENTADO",
        mother=f"MADRE INVENTADA{number}",
    )


class Two:
    """Two nodes that hear each other at once, and the cases alba sent."""

    def __init__(self, *, cases: int = 1) -> None:
        people = [person(number) for number in range(1, cases + 1)]
        register = RegisterInMemory(people, as_of=START)
        self.alba, self.boreal = (
            SimulatedNode(name=name, profile=profile, register=register, seed="line", start=START - DAY)
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        )
        for node, other in ((self.alba, self.boreal), (self.boreal, self.alba)):
            node.unit.pair(paired_with(other.name, TERMS, other.key_document))
        self.now: Millis = START
        self.cases = [sound_case(each, seed=f"line/{each.id}", partner="boreal") for each in people]
        for case in self.cases:
            self.alba.give(case, now=self.now)
            self.does(case, AUTHORISER, origin.AuthoriseSending())
        self.alba.push_status(now=self.now)
        self.settle()

    def does(self, case: InventedCase, who: Officer, command: object) -> None:
        """Let an officer of alba act on a case; it has to be accepted."""
        self.now += MINUTE
        done = self.alba.act(StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=self.now)
        assert not isinstance(done, Refused), done.codes

    def refused(self, case: InventedCase, who: Officer, command: object) -> tuple[str, ...]:
        """Return the codes against what an officer of alba wants to do."""
        done = self.alba.act(StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=self.now)
        return done.codes if isinstance(done, Refused) else ()

    def reviews(self, review: str, who: Officer, command: object) -> tuple[str, ...]:
        """Let an officer of boreal act on a review. Return the codes against it."""
        self.now += MINUTE
        done = self.boreal.act(StreamKind.REVIEW, review, command, who=who, purpose=Purpose.DECISION, now=self.now)
        return done.codes if isinstance(done, Refused) else ()

    def push(self, *nodes: SimulatedNode) -> None:
        """Let a node tell its newest status list, a moment later."""
        for node in nodes:
            self.now += 1
            node.push_status(now=self.now)

    def settle(self) -> None:
        """Let every message arrive and every receipt come back."""
        for source, to in ((self.alba, self.boreal), (self.boreal, self.alba)):
            delivered(source, to, now=self.now)

    def compare(self) -> None:
        """Let both say what they hold, as they do every day."""
        for source, to in ((self.alba, self.boreal), (self.boreal, self.alba)):
            partner = source.unit.partner(to.name)
            assert partner is not None
            state_lines(source.unit, partner, now=self.now)
        self.settle()

    def recover(self, node: SimulatedNode, other: SimulatedNode) -> int:
        """Let a restored node ask the other until its line is whole. Return how many questions that took."""
        return asks(node, other, now=self.now)

    def other(self, node: SimulatedNode) -> SimulatedNode:
        """Return the other node."""
        return self.boreal if node is self.alba else self.alba

    def dossier(self, case: InventedCase) -> Dossier:
        """Return alba's dossier of a case."""
        found: Dossier = self.alba.state(StreamKind.DOSSIER, case.dossier)
        return found

    def same_lines(self) -> bool:
        """Say whether both hold the same of both directions."""
        alba, boreal = self.alba.unit.line_held("boreal"), self.boreal.unit.line_held("alba")
        return all(
            reconciling.line_held(told) == reconciling.line_held(heard)
            for told, heard in ((alba.told, boreal.heard), (boreal.told, alba.heard))
        )


def _lines(node: SimulatedNode, partner: str) -> LinesKnown:
    return partner_state(node.unit, partner).lines


def test_f55_lines_that_agree_are_written_down_every_day_in_the_smallest_letter():
    two = Two()
    two.compare()
    for node, other in ((two.alba, "boreal"), (two.boreal, "alba")):
        assert _lines(node, other).agreed_at == two.now
        assert not partner_state(node.unit, other).paused
    said = [each for each in two.alba.unit.outbox if each.sealed.kind == "reconciliation"]
    assert {len(each.sealed.body) for each in said} == {2048 + 69}


def test_f55_the_next_statement_is_due_at_the_agreed_times_alone():
    two = Two()
    partner = two.alba.unit.partner("boreal")
    assert partner is not None
    assert next_statement(partner, 0, START) == TERMS.valid_from + TERMS.sweep_every
    assert next_statement(partner, START + HOUR, START + HOUR) == START + DAY


@pytest.mark.parametrize(
    ("altered", "found"),
    [
        (lambda said: replace(said, heard=replace(said.heard, root="0" * 64)), {Difference.OURS_ALTERED}),
        (lambda said: replace(said, heard=replace(said.heard, count=99)), {Difference.OURS_UNKNOWN}),
        (lambda said: replace(said, told=replace(said.told, last="0" * 64)), {Difference.THEIRS_ALTERED}),
        (lambda said: replace(said, told=replace(said.told, count=99)), {Difference.THEIRS_MISSING}),
        (lambda said: replace(said, outcomes="0" * 64), {Difference.OUTCOMES}),
        (lambda said: replace(said, floors="0" * 64), {Difference.FLOORS}),
        (lambda said: said, set()),
    ],
)
def test_f55_every_difference_has_a_name(altered, found):
    two = Two()
    said = reconciling.statement(two.boreal.unit.line_held("alba"))
    assert set(reconciling.differences(altered(said), two.alba.unit.line_held("boreal"))) == found


def test_f55_a_demanded_erasure_raises_the_same_floor_on_both_sides_and_its_certificate_none():
    two = Two()
    demand = Erasure(request=two.cases[0].request, version=1, basis=ErasureBasis.WITHDRAWN)
    send = Send(partner="boreal", content=demand, request=demand.request, version=demand.version, at=two.now)
    two.alba.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=two.now)
    two.settle()
    two.now += 3 * DAY
    two.boreal.tick(now=two.now)
    two.settle()
    assert [each.sealed.kind for each in two.boreal.unit.outbox][-1] == "erasure"
    alba, boreal = two.alba.unit.line_held("boreal"), two.boreal.unit.line_held("alba")
    assert alba.told.floors(len(alba.told)) == boreal.floors == {demand.request: 2}
    assert boreal.told.floors(len(boreal.told)) == alba.floors == {}


def test_f55_a_difference_pauses_the_sender_on_both_sides_and_is_never_silent(monkeypatch: pytest.MonkeyPatch):
    two = Two()
    honest = reconciling.statement

    def lying(held: reconciling.Held, *, restored: bool = False) -> Reconciliation:
        return replace(honest(held, restored=restored), floors="0" * 64)

    partner = two.boreal.unit.partner("alba")
    assert partner is not None
    with monkeypatch.context() as patch:
        patch.setattr(reconciling, "statement", lying)
        state_lines(two.boreal.unit, partner, now=two.now)
    two.settle()
    assert _lines(two.alba, "boreal").differ == (Difference.FLOORS,)
    assert _lines(two.boreal, "alba").differ == (Difference.TOLD_BY_PARTNER,)
    assert partner_state(two.alba.unit, "boreal").paused
    assert partner_state(two.boreal.unit, "alba").paused
    said = next(each for each in two.boreal.unit.outbox if each.sealed.kind == "reconciliation")
    assert said.receipt == b"refused"


def test_i8_a_restored_origin_learns_its_number_and_never_uses_a_lost_one_again():
    two = Two(cases=2)
    early, late = two.cases
    copy = two.alba.unit.backup()
    two.does(early, RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.does(late, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED))
    two.push(two.alba)
    two.settle()
    told = two.boreal.unit.line_held("alba").heard

    two.alba.unit.restore(copy)
    partner = two.alba.unit.partner("boreal")
    assert partner is not None
    assert two.alba.unit.recovering()
    assert not_reconciled(two.alba.unit, partner) == "asked"
    assert end_recovery(two.alba.unit, now=two.now)
    assert two.recover(two.alba, two.boreal) == 1

    assert tuple(two.alba.unit.line_held("boreal").told) == tuple(replace(each, reason="") for each in told)
    assert two.dossier(early).suspended_for == (SuspensionCause.GATES,)
    assert two.dossier(late).withdrawn_for is WithdrawalReason.WARRANT_RECALLED
    assert end_recovery(two.alba.unit, now=two.now) == ()
    assert not two.alba.unit.recovering()
    two.push(two.alba)
    two.settle()
    assert two.same_lines()
    two.compare()
    assert not partner_state(two.alba.unit, "boreal").paused
    assert not partner_state(two.boreal.unit, "alba").paused


def test_i7_a_restored_holder_gets_everything_again_before_it_may_decide():
    two = Two(cases=2)
    copy = two.boreal.unit.backup()
    two.does(two.cases[0], CERTIFIER, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED))
    two.does(two.cases[1], RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.settle()
    before = two.boreal.unit.line_held("alba")

    two.boreal.unit.restore(copy)
    two.recover(two.boreal, two.alba)
    partner = two.boreal.unit.partner("alba")
    assert partner is not None
    assert not_reconciled(two.boreal.unit, partner) == "waiting"
    assert end_recovery(two.boreal.unit, now=two.now)
    two.settle()
    assert two.boreal.unit.line_held("alba") == before
    assert not_reconciled(two.boreal.unit, partner) == ""
    assert end_recovery(two.boreal.unit, now=two.now) == ()
    two.compare()
    assert not partner_state(two.boreal.unit, "alba").paused


def test_i8_a_restored_holder_takes_in_again_the_answer_to_questions_it_forgot_and_asks_no_second_time():
    two = Two()
    (case,) = two.cases
    copy = two.boreal.unit.backup()
    (line,) = two.boreal.unit.listed(StreamKind.REVIEW)
    asking = review_commands.AskQuestions(asked=((QuestionCode.UNCLEAR, "case_number"),))
    two.reviews(line.stream.id, desk.INTAKE, asking)
    two.settle()
    two.does(case, AUTHORISER, origin.SendSupplement(answers=(("case_number", "JI-204-2025"),)))
    two.settle()
    assert two.boreal.unit.line_held("alba").floors[case.request] == 2

    two.boreal.unit.restore(copy)
    assert two.boreal.unit.line_held("alba").floors[case.request] == 1
    two.recover(two.boreal, two.alba)
    assert two.reviews(line.stream.id, desk.INTAKE, asking) == ("questions.over",)
    two.settle()

    assert end_recovery(two.boreal.unit, now=two.now) == ()
    assert two.boreal.unit.line_held("alba").floors[case.request] == 2
    assert two.dossier(case).sent[-1].outcome == "taken"
    assert two.reviews(line.stream.id, desk.INTAKE, asking) == ("questions.over",)


def test_a_restored_node_takes_nothing_in_before_its_partner_gave_back_what_it_knows():
    two = Two()
    copy = two.boreal.unit.backup()
    two.does(two.cases[0], RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.settle()
    two.boreal.unit.restore(copy)
    sent = two.alba.unit.outbox[-1]
    with pytest.raises(WireRefusal) as refused:
        two.boreal.hear(sent, now=two.now)
    assert refused.value.reason is WireReason.RECOVERING


def test_i8_what_a_restored_node_would_send_waits_without_a_number():
    two = Two()
    copy = two.alba.unit.backup()
    two.push(two.alba)
    two.settle()
    two.alba.unit.restore(copy)
    two.does(two.cases[0], RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    assert waiting_for(two.alba, "boreal") == ()
    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    assert two.alba.unit.send_scheduled(now=two.now) == 1
    two.settle()
    assert two.same_lines()


def test_f53_a_lost_version_keeps_its_number_and_the_request_waits_for_a_new_one():
    two = Two()
    case = two.cases[0]
    lost = origin.FindLost(kind="correction", version=2)
    done = two.alba.act(StreamKind.DOSSIER, case.dossier, lost, who=Clockwork(), purpose=Purpose.EXCHANGE, now=two.now)
    assert not isinstance(done, Refused)
    dossier = two.dossier(case)
    assert (dossier.next_version, dossier.behind, dossier.state) == (3, True, DossierState.SUSPENDED)
    slot = dossier.sent[0].package.slot
    assert two.alba.unit.slots("boreal")[slot] == 3
    assert "dossier.version_lost" in two.refused(case, AUTHORISER, origin.Reinstate(cause=SuspensionCause.GATES))


def test_f53_a_partner_that_refused_the_first_version_may_hold_the_one_that_was_lost():
    two = Two()
    (case,) = two.cases
    partner = PartnerNode(name="boreal")
    for who, command in (
        (partner, origin.RecordReceipt(version=1, outcome="refused", gaps=("request.documents",))),
        (Clockwork(), origin.FindLost(kind="request", version=2)),
    ):
        assert two.dossier(case).never_taken is (who is not partner)
        done = two.alba.act(StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.EXCHANGE, now=two.now)
        assert not isinstance(done, Refused)
    assert not two.dossier(case).never_taken, "what is done about a request that is held is done about this one"
    assert "dossier.already_sent" in two.refused(case, AUTHORISER, origin.AuthoriseSending())


def test_f56_a_partners_word_alone_never_withdraws_a_request():
    two = Two()
    lost = origin.FindLost(kind="withdrawal", version=1, reason="acquitted")
    two.alba.act(StreamKind.DOSSIER, two.cases[0].dossier, lost, who=Clockwork(), purpose=Purpose.EXCHANGE, now=two.now)
    assert two.dossier(two.cases[0]).state is DossierState.SUSPENDED


def test_i7_a_marked_withdrawal_that_never_left_is_sent_after_the_restore():
    two = Two()
    copy = two.alba.unit.backup()
    two.does(two.cases[0], CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    two.alba.unit.restore(copy)
    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    assert two.dossier(two.cases[0]).state is DossierState.WITHDRAWN
    two.alba.unit.send_scheduled(now=two.now)
    two.settle()
    review = two.boreal.unit.listed(StreamKind.REVIEW)[0]
    assert two.boreal.state(StreamKind.REVIEW, review.stream.id).withdrawn_at


def test_i8_what_both_sides_lost_counts_as_taken_in_and_both_lines_go_on():
    two = Two()
    alba, boreal = two.alba.unit.backup(), two.boreal.unit.backup()
    two.does(two.cases[0], RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.does(two.cases[0], CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    two.settle()
    two.alba.unit.restore(alba)
    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    two.boreal.unit.restore(boreal)
    two.recover(two.boreal, two.alba)
    two.settle()
    assert end_recovery(two.boreal.unit, now=two.now) == ()
    assert two.same_lines()
    two.push(two.alba)
    two.settle()
    two.compare()
    assert not partner_state(two.alba.unit, "boreal").paused
    assert not partner_state(two.boreal.unit, "alba").paused


def test_i4_i8_two_nodes_restored_at_once_do_not_wait_for_each_other_and_what_nobody_knows_is_on_hold():
    two = Two(cases=2)
    early, late = two.cases
    copies = [(node, node.unit.backup()) for node in (two.alba, two.boreal)]
    two.does(late, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    two.push(two.alba, two.boreal)
    two.settle()
    for node, copy in copies:
        node.unit.restore(copy)
        assert not may_send(node.unit, two.other(node).name)

    for node, _ in copies:
        two.recover(node, two.other(node))
    for node, _ in copies:
        assert may_send(node.unit, two.other(node).name)
    two.settle()
    for node, _ in copies:
        assert end_recovery(node.unit, now=two.now) == ()
        node.unit.send_scheduled(now=two.now)
    two.settle()

    assert two.same_lines()
    assert two.dossier(early).suspended_for == (SuspensionCause.GATES,), "what both lost nobody knows"
    assert two.dossier(late).state is DossierState.WITHDRAWN, "this node's own mark"
    reviews = {line.stream.id for line in two.boreal.unit.listed(StreamKind.REVIEW)}
    states = {state.request: state for state in (two.boreal.state(StreamKind.REVIEW, each) for each in reviews)}
    assert states[early.request].origin_suspended
    assert states[late.request].withdrawn_at
    two.compare()
    assert not partner_state(two.alba.unit, "boreal").paused
    assert not partner_state(two.boreal.unit, "alba").paused


def test_f55_a_request_made_usable_in_lost_words_is_suspended_on_both_sides_after_the_restore():
    two = Two()
    (case,) = two.cases
    copy = two.alba.unit.backup()
    two.does(case, RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.does(case, AUTHORISER, origin.Reinstate(cause=SuspensionCause.OWN))
    two.settle()
    two.alba.unit.restore(copy)
    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    two.alba.unit.send_scheduled(now=two.now)
    two.settle()
    assert two.dossier(case).suspended_for == (SuspensionCause.GATES,)
    (review,) = two.boreal.unit.listed(StreamKind.REVIEW)
    assert two.boreal.unit.state(review.stream).origin_suspended


def test_i7_a_sweep_that_names_a_version_the_origin_lost_in_a_restore_is_its_sweep():
    two = Two()
    (case,) = two.cases
    lost = origin.FindLost(kind="correction", version=2)
    two.alba.act(StreamKind.DOSSIER, case.dossier, lost, who=Clockwork(), purpose=Purpose.EXCHANGE, now=two.now)
    two.does(case, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    for version, accepted in ((3, False), (2, True)):
        swept = origin.RecordSweep(version=version)
        who = PartnerNode(name="boreal")
        done = two.alba.act(
            StreamKind.DOSSIER, case.dossier, swept, who=who, purpose=Purpose.EXCHANGE, now=two.now + HOUR
        )
        assert isinstance(done, Refused) is not accepted
    assert two.dossier(case).swept_at


def test_i7_what_was_withdrawn_while_the_node_recovered_learns_the_versions_its_sweep_will_name():
    two = Two()
    (case,) = two.cases
    copy = two.alba.unit.backup()
    two.does(case, RECORDER, origin.SetBasis(alleged=two.dossier(case).alleged, case_number="JI-204-2025", withheld=1))
    two.does(case, *case.certificate)
    two.does(case, AUTHORISER, origin.Correct(reason="A page was missing."))
    two.does(case, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    two.settle()
    two.alba.unit.restore(copy)
    two.does(case, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    assert two.dossier(case).next_version == 2

    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    two.alba.unit.send_scheduled(now=two.now)
    two.settle()
    two.now += 2 * DAY
    two.boreal.tick(now=two.now)
    two.settle()

    assert two.dossier(case).next_version == 3
    assert two.dossier(case).swept_at, "the sweep names the version that the restore lost"


def test_i4_i7_a_word_that_stopped_a_request_and_that_both_sides_lost_stops_it_all_the_same():
    two = Two(cases=2)
    held, gone = two.cases
    copies = [(node, node.unit.backup()) for node in (two.alba, two.boreal)]
    two.does(held, RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.does(gone, CERTIFIER, origin.Withdraw(reason=WithdrawalReason.ACQUITTED))
    two.settle()
    for node, copy in copies:  # one after the other: what the first lost only the second knew
        node.unit.restore(copy)
        two.recover(node, two.other(node))
        two.settle()
        assert end_recovery(node.unit, now=two.now) == ()
        node.unit.send_scheduled(now=two.now)
        two.settle()

    streams = [line.stream for line in two.boreal.unit.listed(StreamKind.REVIEW)]
    states = {state.request: state for state in map(two.boreal.unit.state, streams)}
    assert states[held.request].origin_suspended
    assert two.dossier(held).suspended_for == (SuspensionCause.GATES,)
    assert states[gone.request].withdrawn_at
    two.now += 2 * DAY
    two.boreal.tick(now=two.now)
    two.settle()
    assert two.dossier(gone).swept_at
    assert two.same_lines()


def test_f55_a_newer_memory_after_an_older_one_has_spoken_is_another_line_and_both_are_told():
    two = Two()
    (case,) = two.cases
    old = [(node, node.unit.backup()) for node in (two.alba, two.boreal)]
    two.does(case, RECORDER, origin.Suspend(cause=SuspensionCause.OWN))
    two.settle()
    newer = two.boreal.unit.backup()
    for node, copy in old:
        node.unit.restore(copy)
    two.recover(two.alba, two.boreal)
    assert end_recovery(two.alba.unit, now=two.now) == ()
    two.push(two.alba)

    two.boreal.unit.restore(newer)
    with pytest.raises(WireRefusal) as refused:
        two.recover(two.boreal, two.alba)
    assert refused.value.reason is WireReason.LINES_DIFFER
    assert "has not yet said" in end_recovery(two.boreal.unit, now=two.now)[0].en
    hear_difference(two.boreal.unit, "alba", now=two.now)
    assert "is not what this node holds" in end_recovery(two.boreal.unit, now=two.now)[0].en
    assert partner_state(two.boreal.unit, "alba").paused

    two.boreal.unit.restore(old[1][1])
    two.recover(two.boreal, two.alba)
    two.settle()
    assert end_recovery(two.boreal.unit, now=two.now) == ()
    assert two.same_lines()


def test_two_restored_at_once_of_which_each_lacks_messages_the_other_still_has():
    two = Two()
    early = two.boreal.unit.backup()
    two.push(two.alba, two.boreal)
    two.settle()
    late = two.alba.unit.backup()
    two.push(two.boreal)
    two.settle()
    two.alba.unit.restore(late)
    two.boreal.unit.restore(early)
    two.recover(two.alba, two.boreal)
    two.recover(two.boreal, two.alba)
    two.settle()
    for node in (two.alba, two.boreal):
        assert end_recovery(node.unit, now=two.now) == ()
    assert two.same_lines()


def test_i6_what_is_held_of_the_line_tells_nothing_of_what_happens_to_the_person():
    quiet, busy = Two(), Two()
    review = busy.boreal.unit.listed(StreamKind.REVIEW)[0].stream
    for who, command in (
        (desk.GUARD, review_commands.RegisterCourtOrder(court="District Court", number="26-9")),
        (RedressDoor(), review_commands.RedressSuspend()),
    ):
        done = busy.boreal.act(
            StreamKind.REVIEW, review.id, command, who=who, purpose=Purpose.DECISION, now=busy.now + MINUTE
        )
        assert not isinstance(done, Refused), done.codes
    assert len(busy.boreal.unit.entries(review)) == 3
    said = []
    for each in (quiet, busy):
        held = reconciling.statement(each.boreal.unit.line_held("alba"))
        assert held.heard == reconciling.line_held(each.alba.unit.line_held("boreal").told)
        said.append(
            replace(held, heard=replace(held.heard, root="", last=""))
        )  # seals differ by chance, and so do these
    assert said[0] == said[1]
    assert said[0].heard.count == 2


def test_a_long_line_comes_back_page_by_page():
    two = Two()
    copy = two.alba.unit.backup()
    for _ in range(reconciling.A_PAGE + 5):
        two.push(two.alba)
    two.settle()
    two.alba.unit.restore(copy)
    assert two.recover(two.alba, two.boreal) == 2
    assert two.same_lines()


def test_a_partner_with_another_line_is_not_believed_and_oversight_is_told():
    two = Two()
    copy = two.alba.unit.backup()
    two.push(two.alba)
    two.settle()
    two.alba.unit.restore(copy)
    partner = two.alba.unit.partner("boreal")
    assert partner is not None
    held = two.alba.unit.line_held("boreal")
    answer = replace(
        reconciling.statement(two.boreal.unit.line_held("alba")),
        back=_back(two.boreal.unit.line_held("alba").heard[len(held.told) :]),
    )
    reconciling.require_continuation(answer, held.told)
    other = replace(answer, heard=replace(answer.heard, root="1" * 64))
    with pytest.raises(WireRefusal) as refused:
        reconciling.require_continuation(other, held.told)
    assert refused.value.reason is WireReason.LINES_DIFFER
    with pytest.raises(WireRefusal) as refused:
        reconciling.require_continuation(replace(answer, back=_back(held.told)), held.told)
    assert refused.value.reason is WireReason.WRONG_BODY
    assert answer.back is not None
    (lost,) = answer.back.lost
    for wrong in (
        replace(lost, kind="x" * 33),
        replace(lost, outcome="put off"),
        replace(lost, sha256=lost.sha256 * 2),
    ):
        for back in (_back((wrong,)), replace(answer.back, closed=(wrong,))):
            with pytest.raises(WireRefusal) as refused:
                reconciling.require_continuation(replace(answer, back=back), held.told)
            assert refused.value.reason is WireReason.WRONG_BODY
    hear_other_line(two.alba.unit, "boreal", now=two.now)
    assert partner_state(two.alba.unit, "boreal").paused


def _back(lost: tuple[LineMessage, ...]) -> GivenBack:
    return GivenBack(lost=lost, closed=(), more=False, bits="")
