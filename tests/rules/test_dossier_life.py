"""A model of a dossier's life: whatever the order of commands, the promises of its status hold."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cotejo.rules import dossier_commands as ask
from cotejo.rules import person_commands as write
from cotejo.rules.acts import Plan, StreamKind
from cotejo.rules.agreement import DAY
from cotejo.rules.cases import state_of
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier_use import BY_THE_CLOCK
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.told import Correction, Request
from tests.builders.sound import (
    AUTHORISER,
    BOREAL,
    CERTIFIER,
    CHECKER,
    CLAIM,
    CLOCK,
    COURT_ORDER,
    GUARD,
    RECORDER,
    REDRESS,
    Desk,
    body,
    prepared,
)

SIDES = {
    SuspensionCause.REDRESS: (REDRESS, REDRESS),
    SuspensionCause.COURT_ORDER: (GUARD, GUARD),
    SuspensionCause.EVIDENCE_DOUBT: (CHECKER, AUTHORISER),
    SuspensionCause.UNRELIABLE_SOURCE: (GUARD, AUTHORISER),
    SuspensionCause.GATES: (CLOCK, AUTHORISER),
    SuspensionCause.OWN: (RECORDER, AUTHORISER),
    SuspensionCause.DISPUTED: (BOREAL, AUTHORISER),
}


STANDS_AGAINST_ERASING = {SuspensionCause.REDRESS, SuspensionCause.COURT_ORDER}


class DossierLife(RuleBasedStateMachine):
    """The model keeps the causes, whether the request ended, and how many versions left."""

    desk: Desk

    @initialize()
    def begin(self):
        self.desk = prepared()
        self.causes: set[SuspensionCause] = set()
        self.ended = False
        self.versions = 0

    @rule()
    def certify(self):
        self.desk.ask_dossier(ask.Certify(attached=(), none_found=True), CERTIFIER)

    @rule(place=st.sampled_from(["SV-SS-01", "SV-LI", "SV-US"]))
    def change_the_claim(self, place):
        made = self.desk.ask_person(write.RecordClaim(claim=CLAIM, body=body(place=place)), RECORDER)
        assert isinstance(made, Plan)

    @rule()
    def check_and_pin(self):
        claim = self.desk.person.claim(CLAIM)
        self.desk.ask_person(write.CheckClaim(claim=CLAIM, version=claim.version), CHECKER)
        self.desk.ask_dossier(ask.PinClaims(claims=((CLAIM, claim.version),)), RECORDER)

    @rule()
    def send(self):
        made = self.desk.ask_dossier(ask.AuthoriseSending(), AUTHORISER)
        if isinstance(made, Plan):
            assert not self.causes
            assert not self.ended
            assert self.versions == 0
            self.versions = 1

    @rule()
    def correct(self):
        made = self.desk.ask_dossier(ask.Correct(reason="The place was wrong."), AUTHORISER)
        if isinstance(made, Plan):
            assert not self.ended
            assert self.versions > 0
            self.versions += 1

    @rule(cause=st.sampled_from(SuspensionCause))
    def suspend(self, cause):
        made = self.desk.ask_dossier(ask.Suspend(cause=cause), SIDES[cause][0])
        may = not self.ended or cause in STANDS_AGAINST_ERASING
        assert isinstance(made, Plan) == (cause not in self.causes and may)
        self.causes |= {cause} if may else set()

    @rule(cause=st.sampled_from(SuspensionCause))
    def reinstate(self, cause):
        command = ask.Reinstate(cause=cause, document=COURT_ORDER)
        made = self.desk.ask_dossier(command, SIDES[cause][1])
        if isinstance(made, Plan):
            assert cause in self.causes
            assert not self.ended or cause in STANDS_AGAINST_ERASING
        self.causes = set(self.desk.dossier.suspended_for)

    @rule(days=st.integers(1, 300))
    def time_passes(self, days):
        self.desk.now += days * DAY

    @rule()
    def look_again(self):
        self.desk.ask_dossier(ask.ReviewValidity(), CLOCK)
        self.causes = set(self.desk.dossier.suspended_for)

    @rule()
    def look_at_the_term(self):
        until = self.desk.dossier.revalidating.until
        self.desk.ask_dossier(ask.ReviewRevalidation(), CLOCK)
        over = bool(until) and not self.ended and self.desk.now >= until
        assert not over or self.desk.dossier.withdrawn_for is WithdrawalReason.NOT_REVALIDATED
        self.ended = self.ended or over

    @rule()
    def confirm_anew(self):
        day = iso_day(self.desk.now)
        made = self.desk.ask_dossier(ask.Revalidate(document=COURT_ORDER, answered_on=day), CERTIFIER)
        if isinstance(made, Plan):
            assert not self.ended
            assert not self.desk.dossier.revalidating.until

    @precondition(lambda self: self.versions > 1 or self.causes)
    @rule(reason=st.sampled_from(WithdrawalReason))
    def withdraw(self, reason):
        made = self.desk.ask_dossier(ask.Withdraw(reason=reason), CERTIFIER)
        assert isinstance(made, Plan) == (not self.ended and reason not in BY_THE_CLOCK)
        self.ended = self.ended or isinstance(made, Plan)

    @precondition(lambda self: self.ended and self.versions > 0)
    @rule()
    def swept(self):
        self.desk.must(ask.RecordSweep(version=self.versions), BOREAL)

    @invariant()
    def the_slot_says_what_the_dossier_says(self):
        if not hasattr(self, "desk"):
            return
        dossier, slots = self.desk.dossier, self.desk.slots
        assert len(dossier.sent) == self.versions
        for older in dossier.sent[:-1]:
            assert slots[older.package.slot] == 3
        if dossier.latest is not None:
            expected = {DossierState.SENT: 1, DossierState.SUSPENDED: 2, DossierState.WITHDRAWN: 3}
            assert slots[dossier.latest.package.slot] == expected[dossier.state]
        assert bool(self.desk.marks) == (self.ended and self.versions > 0)

    @invariant()
    def every_version_left_once_in_order_and_passed_every_gate(self):
        if not hasattr(self, "desk"):
            return
        left = [
            each.content.package.version for each in self.desk.sent if isinstance(each.content, Request | Correction)
        ]
        assert left == list(range(1, self.versions + 1))

    @invariant()
    def the_stored_acts_alone_make_the_same_state(self):
        if not hasattr(self, "desk"):
            return
        entries = [each for each in self.desk.entries if each.stream.kind == "dossier"]
        assert state_of(StreamKind.DOSSIER, entries) == self.desk.dossier


DossierLife.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestDossierLife = DossierLife.TestCase
