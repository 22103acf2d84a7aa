"""The rehearsal of a link over the real actions: nobody's record goes the whole way, and only then do requests."""

from dataclasses import replace

import pytest

from cotejo.actions.laws import partner_state
from cotejo.actions.perform import perform
from cotejo.actions.rehearse import REHEARSAL, begin_if_due
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import NewAct, Plan, Refused, Stream, StreamKind
from cotejo.rules.duties import Duty, Officer, PartnerNode, Who
from cotejo.rules.lines import LineRestored
from cotejo.rules.partner import PartnerPaired, PartnerState
from cotejo.rules.purposes import Purpose
from cotejo.rules.rehearsal import Rehearsed, standing
from cotejo.rules.rehearsal_words import CORRECTED, DELIVERED, RehearsalStep
from cotejo.rules.rehearsing import BeginRehearsal, rehearsal_id, step_said
from cotejo.rules.told import Change, Rehearsal, Request
from cotejo.simulation.invented import AUTHORISER
from cotejo.simulation.kept import Waiting
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import START, Link

PILAR = Officer(id="0d" * 16, duty=Duty.PARTNERS, unit="exchange", chain="north")
STEPS = ["deliver", "correct", "withdraw", "swept"]


class Fresh(Link):
    """Alba and Boreal, paired a moment ago: a rehearsal is due on both sides."""

    def __init__(self) -> None:
        super().__init__(rehearsed=False)
        self.other = {"alba": self.boreal, "boreal": self.alba}

    def begin(self, node: SimulatedNode) -> None:
        """Do what a node's worker does in each round."""
        partner = node.unit.partner(self.other[node.name].name)
        assert partner is not None
        assert begin_if_due(node.unit, partner, now=self.now)

    def settle(self) -> list[tuple[str, str]]:
        """Let every message arrive and be receipted; say who told which step, in this order."""
        told: list[tuple[str, str]] = []
        while waiting := [each for node in (self.alba, self.boreal) for each in self._waiting(node)]:
            node, message = waiting[0]
            self.deliver(node, message)
            told.append((node.name, str(getattr(message.send.content, "step", message.sealed.kind))))
        return told

    def deliver(self, node: SimulatedNode, message: Waiting, *, with_parts: bool = True) -> None:
        """Carry one message over, and its receipt back."""
        self.now += 1
        parts = dict(message.sealed.parts) if with_parts else {}
        sealed = self.other[node.name].hear_letter(message.sealed.body, parts, now=self.now)
        node.note(message, sealed, now=self.now)

    def rehearsed(self, node: SimulatedNode) -> Rehearsed:
        """Return how a node's link stands."""
        return partner_state(node.unit, self.other[node.name].name).rehearsal

    def says(self, said: Rehearsal) -> tuple[str, ...]:
        """Have Alba tell a step of her own making, without a document; return the gaps Boreal names."""
        return self.hear(self.tell(said)).gaps

    def _waiting(self, node: SimulatedNode) -> list[tuple[SimulatedNode, Waiting]]:
        return [(node, each) for each in waiting_for(node, self.other[node.name].name)]


@pytest.fixture
def link() -> Fresh:
    """Give a link that was paired a moment ago."""
    return Fresh()


def sending(link: Fresh) -> tuple[str, ...]:
    """Let Alba authorise the sending of a sound request; return the codes against it."""
    case = link.case(seed=f"case {link.now}", send=False)
    done = link.alba.act(
        StreamKind.DOSSIER,
        case.dossier,
        ask.AuthoriseSending(),
        who=AUTHORISER,
        purpose=Purpose.REQUEST,
        now=link.now,
    )
    return done.codes if isinstance(done, Refused) else ()


def test_a_link_opens_for_requests_when_the_invented_record_went_the_whole_way_in_both_directions(link: Fresh) -> None:
    assert sending(link) == ("link.not_open",)
    link.begin(link.alba)
    told = link.settle()
    assert [step for name, step in told if name == "alba"] == STEPS[:3]
    assert [step for name, step in told if name == "boreal"] == STEPS[3:]
    assert not link.rehearsed(link.alba).open
    assert not link.rehearsed(link.boreal).open
    assert sending(link) == ("link.not_open",)

    link.begin(link.boreal)
    link.settle()
    assert link.rehearsed(link.alba).open
    assert link.rehearsed(link.boreal).open
    assert sending(link) == ()
    assert [receipt.outcome for receipt in link.hear_all()] == ["taken"]


def test_a_request_over_a_link_that_is_not_open_is_refused_by_name(link: Fresh) -> None:
    open_link = Link()
    package = open_link.package(open_link.case())
    terms = link.alba.unit.partner("boreal")
    assert terms is not None
    receipt = link.hear(link.tell(Request(package=replace(package, agreement=terms.agreements[0].hash))))
    assert (receipt.outcome, "link.not_open" in receipt.gaps) == ("refused", True)
    assert link.boreal.unit.lookup("review.request", f"alba/{package.request}") == ()


def test_what_is_rehearsed_is_no_case_of_anybody_and_counts_nowhere(link: Fresh) -> None:
    for node in (link.alba, link.boreal):
        link.begin(node)
    link.settle()
    for node, other in ((link.alba, "boreal"), (link.boreal, "alba")):
        assert not any(node.unit.listed(kind) for kind in StreamKind if kind is not StreamKind.PARTNER)
        held = node.unit.line_held(other)
        assert held.floors == {}
        assert node.unit.beside(other, "", status_list=other, since=1).taken == 0
        assert node.unit.slots(other) == {}


def test_nothing_but_the_invented_record_passes_and_so_no_person_can(link: Fresh) -> None:
    sound = step_said(RehearsalStep.DELIVER, START)
    somebody = replace(DELIVERED, words="INÉS BRISA ROBLE")
    for wrong in (
        replace(sound, invented=False),
        replace(sound, record=somebody),
        replace(sound, record=replace(DELIVERED, number="01234567-8")),
        replace(sound, record=None),
        replace(sound, changes=(Change(field="note", old="", new="INÉS BRISA ROBLE"),)),
    ):
        assert "rehearsal.not_invented" in link.says(wrong)
    assert link.rehearsed(link.boreal).heard is None


def test_a_step_out_of_its_order_or_of_an_older_rehearsal_is_refused(link: Fresh) -> None:
    assert "rehearsal.out_of_order" in link.says(step_said(RehearsalStep.WITHDRAW, START))
    assert "rehearsal.out_of_order" in link.says(step_said(RehearsalStep.SWEPT, START))
    link.begin(link.alba)
    link.settle()
    begun = link.rehearsed(link.alba).begun
    again = replace(step_said(RehearsalStep.DELIVER, begun), record=DELIVERED)
    assert "rehearsal.out_of_order" in link.says(again)
    assert "rehearsal.out_of_order" in link.says(step_said(RehearsalStep.CORRECT, begun))


def test_a_document_that_does_not_arrive_fails_the_rehearsal_and_says_what_to_do(link: Fresh) -> None:
    link.begin(link.alba)
    (message,) = waiting_for(link.alba, "boreal")
    link.deliver(link.alba, message, with_parts=False)
    failed = link.rehearsed(link.alba)
    assert failed.refused == ("rehearsal.document",)
    words = standing(failed, "boreal")
    assert words is not None
    assert "its document did not arrive whole" in words.en
    assert "su documento no llegó completo" in words.es
    assert waiting_for(link.alba, "boreal") == ()
    link.begin(link.alba)
    assert waiting_for(link.alba, "boreal") == ()

    link.now += 1
    stranger = begin(link, PartnerNode(name="boreal"))
    assert isinstance(stranger, Refused)
    assert stranger.codes == ("who.not_yours",)
    assert not isinstance(begin(link, PILAR), Refused)
    link.settle()
    assert link.rehearsed(link.alba).passed_at


def begin(link: Fresh, who: Who) -> object:
    """Have somebody rehearse Alba's side."""
    stream = Stream(StreamKind.PARTNER, "boreal")
    return perform(REHEARSAL, link.alba.unit, stream, BeginRehearsal(), who=who, purpose=Purpose.PARTNERS, now=link.now)


def test_a_receipt_that_is_noted_twice_sends_the_next_step_once(link: Fresh) -> None:
    link.begin(link.alba)
    (message,) = waiting_for(link.alba, "boreal")
    sealed = link.boreal.hear_letter(message.sealed.body, dict(message.sealed.parts), now=link.now)
    for _ in range(2):
        link.alba.note(message, sealed, now=link.now)
    (following,) = waiting_for(link.alba, "boreal")
    said = following.send.content
    assert isinstance(said, Rehearsal)
    assert (said.step, said.record) == (RehearsalStep.CORRECT, CORRECTED)
    assert said.changes == (Change(field="born", old="1900-01-01", new="1900-12-31"),)
    assert following.send.request == rehearsal_id(said.begun)


def test_a_partner_cannot_say_that_a_record_is_swept_which_was_not_withdrawn(link: Fresh) -> None:
    link.begin(link.boreal)
    begun = link.rehearsed(link.boreal).begun
    assert link.says(step_said(RehearsalStep.SWEPT, begun)) == ("rehearsal.out_of_order",)
    assert link.says(step_said(RehearsalStep.SWEPT, begun + 1)) == ("rehearsal.out_of_order",)
    assert not link.rehearsed(link.boreal).passed_at


def test_a_node_that_lost_its_rehearsal_in_a_restore_believes_its_partner(link: Fresh) -> None:
    restored = LineRestored(mark="m", lost_from=1, lost_until=3, awaits=1, awaits_root="", closed=())
    stream = Stream(StreamKind.PARTNER, "alba")
    plan = Plan(acts=(NewAct(stream=stream, act=restored),))
    link.boreal.unit.commit(plan, who=PartnerNode(name="alba"), purpose=Purpose.EXCHANGE, now=link.now)
    assert link.says(step_said(RehearsalStep.SWEPT, START)) == ()
    assert link.rehearsed(link.boreal).passed_at


def test_a_later_rehearsal_that_fails_closes_nothing_and_is_told(link: Fresh) -> None:
    for node in (link.alba, link.boreal):
        link.begin(node)
    link.settle()
    assert not isinstance(begin(link, PILAR), Refused)
    (message,) = waiting_for(link.alba, "boreal")
    link.deliver(link.alba, message, with_parts=False)
    after = link.rehearsed(link.alba)
    assert after.open
    assert standing(after, "boreal") is not None
    assert sending(link) == ()


def test_a_link_paired_before_there_were_rehearsals_is_open() -> None:
    old = Link()
    state = partner_state(old.alba.unit, "boreal")
    paired = next(each.act for each in old.alba.unit.entries(state.stream) if isinstance(each.act, PartnerPaired))
    unit = Fresh().alba.unit
    stream = Stream(StreamKind.PARTNER, "cresta")
    unit.commit(
        Plan(acts=(NewAct(stream=stream, act=replace(paired, name="cresta")),)),
        who=PILAR,
        purpose=Purpose.PARTNERS,
        now=START,
    )
    known: PartnerState = partner_state(unit, "cresta")
    assert known.agreements
    assert known.rehearsal.open
    assert standing(known.rehearsal, "cresta") is None


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Rehearsed(due=True), "has not begun"),
        (Rehearsed(due=True, told=RehearsalStep.CORRECT), "corrected, and boreal has not answered yet"),
        (Rehearsed(due=True, told=RehearsalStep.WITHDRAW, passed_at=1), "boreal has not finished its own"),
        (Rehearsed(due=True, told=RehearsalStep.DELIVER, refused=("unknown_kind",)), "knows no rehearsals"),
        (Rehearsed(due=True, told=RehearsalStep.DELIVER, refused=("who.knows",)), "the partner refused it"),
    ],
)
def test_where_a_rehearsal_stands_is_said_in_a_sentence(known: Rehearsed, words: str) -> None:
    said = standing(known, "boreal")
    assert said is not None
    assert words in said.en
