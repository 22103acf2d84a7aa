"""A dispute between nodes: told to every holder, and signed by the person on its way back (I6, I8, I12, F64)."""

from dataclasses import replace
from typing import Any

import pytest

from cotejo.actions.take_in import take_in
from cotejo.rules import dossier_commands as ask
from cotejo.rules import told
from cotejo.rules.acts import Act, NewAct, Plan, Send, Stream, StreamKind
from cotejo.rules.dates import iso_day
from cotejo.rules.dispute_words import DisputeAsks, Disputed, DisputedBy, PersonSigned
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_words import DossierState, SuspensionCause
from cotejo.rules.duties import Clockwork
from cotejo.rules.holds import HoldKind
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_acts import CopyServed, ProtectionChecked, ReviewOpened, Searched
from cotejo.rules.review_commands import PlaceHold
from cotejo.rules.review_words import Protection, Usability
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, InventedCase
from cotejo.simulation.invented_review import CUSTODY, INTAKE, LEGAL, PROTECTION
from cotejo.simulation.node import waiting_for
from tests.builders.line import Link
from tests.builders.tree import Tree

PAPER = b"%PDF an invented paper with the person's signature"
FINDING = b"%PDF an invented note of what was found"


class Scene(Link):
    """A line with one request, `sent`, taken in."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = self.case()
        self.hear_all()


@pytest.fixture
def link() -> Scene:
    """Give a line with one request, whose person was served the copy at Boreal and heard."""
    made = Scene()
    served(made, made.sent)
    return made


def served(link: Scene, case: InventedCase) -> None:
    stream, day = link.stream(case), iso_day(link.now)
    acts: tuple[Act, ...] = (
        ReviewOpened(by=INTAKE),
        Searched(
            candidates=(), further=(), set_aside=0, register_as_of=day, model="m", model_digest="d", by=PROTECTION
        ),
        ProtectionChecked(candidates=(), result=Protection.NOTHING_REGISTERED, ground=None, feared="", by=PROTECTION),
        CopyServed(
            version=1,
            served_on=day,
            languages=("es",),
            document="0" * 64,
            counsel="A. Faro",
            interpreter="M. Luz",
            heard_on=day,
            statement_document="0" * 64,
            by=CUSTODY,
        ),
    )
    plan = Plan(acts=tuple(NewAct(stream=stream, act=each) for each in acts))
    link.boreal.unit.commit(plan, who=LEGAL, purpose=Purpose.DECISION, now=link.now)


def dossier(link: Scene) -> Dossier:
    state: Dossier = link.alba.state(StreamKind.DOSSIER, link.sent.dossier)
    return state


def stated(link: Scene, **changes: Any) -> Disputed:
    latest = dossier(link).latest
    assert latest is not None
    claim = latest.package.claims[0]
    made = Disputed(
        claims=((claim.id, claim.version),),
        by=DisputedBy.OWN_OFFICE,
        on=iso_day(link.now),
        statement="The clinic has the person in a bed on that day.",
        asks=DisputeAsks.WEIGH,
    )
    return replace(made, **changes)


def disputed_at_origin(link: Scene) -> None:
    stream = Stream(StreamKind.DOSSIER, link.sent.dossier)
    document = link.alba.unit.documents.put(FINDING, unit=stream)
    link.at_origin(link.sent, ask.DisputeClaims(stated=stated(link), document=document), CERTIFIER)


def signed_at_receiver(link: Scene) -> None:
    case = link.sent
    document = link.boreal.unit.documents.put(PAPER, unit=link.stream(case))
    day = iso_day(link.now)
    signed = PersonSigned(document=document, counsel="A. Faro", warned_on=day)
    person = stated(link, by=DisputedBy.PERSON, asks=DisputeAsks.CORRECT)
    link.at_receiver(case, RecordSignedDispute(stated=person, signed=signed), LEGAL)


def back(link: Scene) -> list[Any]:
    return [each for each in waiting_for(link.boreal, "alba") if each.sealed.kind == "dispute"]


def test_f64_what_the_origin_disputes_stands_with_the_receiver_and_the_request_stays(link: Scene) -> None:
    disputed_at_origin(link)
    assert [each.outcome for each in link.hear_all()] == ["taken"]
    review = link.review(link.sent)
    assert review.disputed == (stated(link),)
    assert (review.legal, review.usability) == (None, Usability.USABLE)
    assert dossier(link).state is DossierState.SENT


def test_i6_a_dispute_is_answered_alike_whatever_the_case_is(link: Scene) -> None:
    """One case goes on, one is on hold, one was erased: one answer, and nothing else goes back."""
    link.at_receiver(link.sent, PlaceHold(kind=HoldKind.JUVENILE, grounds="x"), CUSTODY)
    disputed_at_origin(link)
    on_hold = link.hear_all()
    other = Scene()
    other.boreal.unit.erase(other.stream(other.sent))
    disputed_at_origin(other)
    erased = other.hear_all()
    assert [(each.outcome, each.gaps) for each in (*on_hold, *erased)] == [("taken", ()), ("taken", ())]
    assert not back(link)
    assert not back(other)


def test_i8_a_dispute_that_comes_again_gets_the_same_receipt_and_counts_once(link: Scene) -> None:
    disputed_at_origin(link)
    [message] = waiting_for(link.alba, "boreal")
    first, again = (take_in(link.boreal.desk, message.sealed.body, now=link.now) for _ in range(2))
    assert first == again
    assert len(link.review(link.sent).disputes) == 1


def test_i12_what_the_person_signed_reaches_the_origin_with_its_paper_and_suspends_the_request(link: Scene) -> None:
    signed_at_receiver(link)
    assert not back(link), "nothing leaves before protection looked"
    link.at_receiver(link.sent, SendSignedDispute(), PROTECTION)
    [message] = back(link)
    link.boreal.note(message, link.alba.hear(message, now=link.now), now=link.now)
    assert message.receipt == b"taken"
    [kept] = dossier(link).disputes
    assert kept.stated.by is DisputedBy.PERSON
    assert dossier(link).suspended_for == (SuspensionCause.DISPUTED,)
    paper = message.send.content.signed.document
    assert link.alba.unit.documents.get(paper) == PAPER
    assert link.alba.unit.documents.has(paper, unit=Stream(StreamKind.DOSSIER, link.sent.dossier))
    link.hear_all()
    assert link.review(link.sent).usability is Usability.SUSPENDED
    answer = link.alba.unit.documents.put(b"%PDF an answer", unit=Stream(StreamKind.DOSSIER, link.sent.dossier))
    link.at_origin(link.sent, ask.Reinstate(cause=SuspensionCause.DISPUTED, document=answer), AUTHORISER)
    link.hear_all()
    assert link.review(link.sent).usability is Usability.USABLE


def told_by_boreal(link: Scene, said: told.Dispute) -> bytes:
    """Let patched software at Boreal say a dispute; return what Alba's receipt says."""
    send = Send(partner="alba", content=said, request=said.request)
    link.boreal.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=link.now)
    [message] = back(link)
    link.boreal.note(message, link.alba.hear(message, now=link.now), now=link.now)
    outcome: bytes = message.receipt
    return outcome


@pytest.mark.parametrize("lie", ["no signature", "no paper", "another request"])
def test_i6_an_officer_at_the_receiver_disputes_nothing_without_the_person(link: Scene, lie: str) -> None:
    signed = PersonSigned(document="0" * 64, counsel="A. Faro", warned_on=iso_day(link.now))
    said = told.Dispute(request=link.sent.request, version=1, stated=stated(link), signed=signed)
    if lie == "no signature":
        said = replace(said, signed=None)
    if lie == "another request":
        said = replace(said, request="f" * 32, signed=None)
    receipt = told_by_boreal(link, said)
    assert receipt == (b"taken" if lie == "another request" else b"refused")
    assert not dossier(link).disputes
    assert dossier(link).state is DossierState.SENT
    codes = link.alba.unit.traces[-1].codes if receipt == b"refused" else ()
    assert codes == {"no signature": ("dispute.unsigned",), "no paper": ("dispute.document",)}.get(lie, ())


def test_f54_whoever_holds_a_copy_behind_the_receiver_hears_the_dispute() -> None:
    tree = Tree().passed_on()
    tree.push()
    package = tree.copy.package
    assert package is not None
    said = Disputed(
        claims=((package.claims[0].id, package.claims[0].version),),
        by=DisputedBy.COURT,
        on="2026-11-01",
        statement="The court set the statement aside.",
        asks=DisputeAsks.WEIGH,
    )
    stream = Stream(StreamKind.DOSSIER, tree.case.dossier)
    document = tree.alba.unit.documents.put(FINDING, unit=stream)
    tree.at_origin(ask.DisputeClaims(stated=said, document=document), CERTIFIER)
    tree.work()
    assert tree.received.disputed == (said,)
    assert tree.copy.disputed == (said,)
