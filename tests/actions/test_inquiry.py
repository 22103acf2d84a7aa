"""An inquiry between two nodes: asked for the person or by a judge, answered whole, used for nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from cotejo.rules import told
from cotejo.rules.acts import Erased, NewAct, Plan, Refused, Send, Stream, StreamKind, Timer
from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode
from cotejo.rules.inquiry import Inquiry, InquirySent, InquiryState
from cotejo.rules.inquiry_commands import (
    AnswerInquiry,
    CheckProtection,
    CloseInquiry,
    InquiryCommand,
    NamePersons,
    OpenInquiry,
    RecordInquiryRefusal,
    SendInquiry,
)
from cotejo.rules.inquiry_decide import DUE_TIMER as DUE
from cotejo.rules.inquiry_words import Asked, InquiryBasis
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Protection
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, CHECKER, InventedCase
from cotejo.simulation.invented_review import DECIDER, LEGAL, PROTECTION
from cotejo.simulation.node import SimulatedNode, waiting_for
from tests.builders.line import Link, delivered

ID = "1" * 32
MANDATE = b"%PDF an invented mandate to counsel"


def do(link: Link, node: SimulatedNode, command: InquiryCommand, who: Any, number: str = ID) -> Any:
    return node.act(StreamKind.INQUIRY, number, command, who=who, purpose=Purpose.INQUIRY, now=link.now)


def must(link: Link, node: SimulatedNode, command: InquiryCommand, who: Any) -> None:
    done = do(link, node, command, who)
    assert not isinstance(done, Refused), done.codes


def at(node: SimulatedNode) -> Inquiry:
    state: Inquiry = node.state(StreamKind.INQUIRY, ID)
    return state


def asked(link: Link, case: InventedCase, **changes: Any) -> Asked:
    document = link.boreal.unit.documents.put(MANDATE, unit=Stream(StreamKind.INQUIRY, ID))
    subject = link.alba.state(StreamKind.PERSON, case.person).subject
    bare = replace(subject, identifiers=())
    question = Asked(
        subject=bare, basis=InquiryBasis.PERSON_ASKS, document=document, counsel="A. Faro, public defender"
    )
    return replace(question, **changes)


def question(link: Link) -> tuple[InventedCase, told.Inquiry]:
    """Let Boreal ask Alba for the record of a person Alba has a file on."""
    case = link.case(send=False)
    must(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case)), LEGAL)
    must(link, link.boreal, CheckProtection(result=Protection.NOTHING_REGISTERED), PROTECTION)
    must(link, link.boreal, SendInquiry(), DECIDER)
    [sent] = delivered(link.boreal, link.alba, now=link.now)
    return case, sent.send.content


def name(link: Link, *persons: str) -> None:
    for who in (CHECKER, CERTIFIER):
        must(link, link.alba, NamePersons(persons=persons, reasons="Number and parents agree."), who)


def answered(link: Link) -> told.InquiryAnswer:
    must(link, link.alba, AnswerInquiry(), AUTHORISER)
    [sent] = delivered(link.alba, link.boreal, now=link.now)
    return sent.send.content


def test_the_answer_holds_every_court_act_of_the_files_two_officers_named():
    link = Link()
    case, _ = question(link)
    assert at(link.alba).state is InquiryState.RECEIVED
    name(link, case.person)
    said = answered(link).answer
    kept = link.alba.state(StreamKind.PERSON, case.person).court_acts
    assert {each.number for each in said.held} == {each.number for each in kept} != set()
    assert all(each.id == each.document == "" for each in said.held)
    assert at(link.boreal).answer == said
    assert at(link.boreal).state is InquiryState.ANSWERED


def test_f29_nothing_held_is_said_with_what_was_searched_and_the_day():
    link = Link()
    question(link)
    name(link)
    said = answered(link).answer
    assert (said.held, said.on) == ((), "2026-11-27")
    assert said.searched


def test_i6_question_and_answer_have_one_length_each_whatever_they_say():
    lengths = set()
    for held in (True, False):
        link = Link()
        case, _ = question(link)
        name(link, *((case.person,) if held else ()))
        answered(link)
        lengths.add(
            len(next(each for each in link.alba.unit.outbox if each.sealed.kind == "inquiry_answer").sealed.body)
        )
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"counsel": ""}, "inquiry.mandate"),
        ({"document": "e" * 64}, "inquiry.document"),
        ({"basis": InquiryBasis.JUDGE_ORDERS, "court": "x", "number": "1"}, "inquiry.order"),
        ({"basis": InquiryBasis.JUDGE_ORDERS, "court": "x", "number": "1", "heard_on": "2030-01-01"}, "inquiry.order"),
    ],
)
def test_without_the_person_or_a_judge_nothing_is_asked_and_nothing_is_taken_in(changes, code):
    link = Link()
    case = link.case(send=False)
    wrong = asked(link, case, **changes)
    refused = do(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=wrong), LEGAL)
    assert code in refused.codes
    said = told.Inquiry(inquiry=ID, asked=wrong)
    send = Send(partner="alba", content=said, request=ID, documents=(wrong.document,))
    link.boreal.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=link.now)
    delivered(link.boreal, link.alba, now=link.now)
    assert not at(link.alba).id
    assert next(each for each in link.boreal.unit.outbox if each.sealed.kind == "inquiry").receipt == b"refused"


def test_f44_a_protection_stop_or_a_check_of_the_day_before_holds_the_inquiry_back_with_one_word():
    codes = []
    for stop in (True, False):
        link = Link()
        case = link.case(send=False)
        must(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case)), LEGAL)
        if stop:
            must(link, link.boreal, CheckProtection(result=Protection.STOP), PROTECTION)
            again = CheckProtection(result=Protection.NOTHING_REGISTERED)
            assert do(link, link.boreal, again, PROTECTION).codes == ("inquiry.on_hold",)
        else:
            must(link, link.boreal, CheckProtection(result=Protection.NOTHING_REGISTERED), PROTECTION)
            link.now += 2 * DAY
        codes.append(do(link, link.boreal, SendInquiry(), DECIDER).codes)
        assert not [each for each in link.boreal.unit.outbox if each.sealed.kind == "inquiry"]
    assert codes == [("inquiry.on_hold",)] * 2


def test_i1_one_person_takes_one_duty_on_either_side():
    link = Link()
    case = link.case(send=False)
    must(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case)), LEGAL)
    as_protection = replace(LEGAL, duty=Duty.PROTECTION)
    assert "asked.same_person" in do(link, link.boreal, CheckProtection(result=Protection.STOP), as_protection).codes
    must(link, link.boreal, CheckProtection(result=Protection.NOTHING_REGISTERED), PROTECTION)
    assert "asked.same_person" in do(link, link.boreal, SendInquiry(), replace(LEGAL, duty=Duty.DECISION)).codes

    link = Link()
    case, _ = question(link)
    must(link, link.alba, NamePersons(persons=(case.person,), reasons="x"), CHECKER)
    again = NamePersons(persons=(case.person,), reasons="x")
    assert do(link, link.alba, again, replace(CHECKER, duty=Duty.CERTIFIER)).codes == ("inquiry.named",)
    must(link, link.alba, again, CERTIFIER)
    assert "asked.same_person" in do(link, link.alba, AnswerInquiry(), replace(CERTIFIER, duty=Duty.AUTHORISER)).codes


def test_i3_two_answers_that_differ_open_both_again_and_neither_is_seen_before():
    link = Link()
    case, _ = question(link)
    must(link, link.alba, NamePersons(persons=(case.person,), reasons="The number."), CHECKER)
    assert at(link.alba).named_visible_to(CERTIFIER) == ()
    assert len(at(link.alba).named_visible_to(CHECKER)) == 1
    assert "inquiry.not_agreed" in do(link, link.alba, AnswerInquiry(), AUTHORISER).codes
    must(link, link.alba, NamePersons(persons=(), reasons="Another man."), CERTIFIER)
    assert (at(link.alba).agreed, at(link.alba).disagreed) == (None, 1)
    name(link, case.person)
    assert at(link.alba).agreed == (case.person,)


def test_an_inquiry_begins_no_file_no_request_no_pause_and_is_in_no_search():
    link = Link()
    case = link.case()
    link.hear_all()
    kinds = (StreamKind.PERSON, StreamKind.DOSSIER, StreamKind.REVIEW)
    before = [[(x.stream, x.version, x.card) for x in link.alba.unit.listed(kind)] for kind in kinds]
    must(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case)), LEGAL)
    must(link, link.boreal, CheckProtection(result=Protection.NOTHING_REGISTERED), PROTECTION)
    must(link, link.boreal, SendInquiry(), DECIDER)
    delivered(link.boreal, link.alba, now=link.now)
    name(link, case.person)
    answered(link)
    assert [[(x.stream, x.version, x.card) for x in link.alba.unit.listed(kind)] for kind in kinds] == before


def test_a_month_after_the_answer_whoever_was_asked_has_forgotten_about_whom():
    link = Link()
    case, _ = question(link)
    name(link, case.person)
    answered(link)
    link.now += 31 * DAY
    link.alba.tick(now=link.now)
    entries = link.alba.unit.entries(Stream(StreamKind.INQUIRY, ID))
    assert {type(each.act) for each in entries[:-1]} == {Erased}
    assert (at(link.alba).state, at(link.alba).asked, at(link.alba).answer) == (InquiryState.ERASED, None, None)
    assert at(link.boreal).answer is not None


def test_an_answer_that_is_late_waits_for_the_oversight_body_on_both_sides():
    link = Link()
    question(link)
    link.now += 12 * DAY
    for node in (link.alba, link.boreal):
        node.tick(now=link.now)
        [line] = node.unit.listed(StreamKind.INQUIRY)
        assert (Duty.OVERSIGHT, "inquiry.overdue") in {(each.duty, each.step) for each in line.card.waiting}


def test_an_answer_counts_only_for_what_was_asked_once_and_from_whom_it_was_asked():
    link = Link("cresta")
    case, _ = question(link)
    name(link, case.person)
    said = answered(link)
    before = at(link.boreal)
    for origin in ("alba", "cresta"):
        link.hear(link.tell(said, origin=origin), origin=origin)
    assert at(link.boreal) == before


def test_nobody_but_the_named_duties_takes_a_step():
    link = Link()
    question(link)
    recorder = Officer(id="x", duty=Duty.RECORDER, unit="u", chain="c")
    for who, code in ((LEGAL, "asked.wrong_duty"), (AUTHORISER, "asked.wrong_duty"), (recorder, "access.denied")):
        assert do(link, link.alba, NamePersons(persons=(), reasons="x"), who).codes == (code,)


def refused(link: Link, **wrong: Any) -> None:
    """Let Boreal send a question that lacks something, as patched software does, and note what Alba answers, twice."""
    case, stream = link.case(send=False), Stream(StreamKind.INQUIRY, ID)
    must(link, link.boreal, OpenInquiry(inquiry=ID, partner="alba", asked=asked(link, case)), LEGAL)
    said = told.Inquiry(inquiry=ID, asked=asked(link, case, **wrong))
    send = Send(partner="alba", content=said, request=ID, documents=(said.asked.document,))
    sent = NewAct(stream=stream, act=InquirySent(due=link.now + DAY, by=DECIDER))
    plan = Plan(acts=(sent,), expect={stream: 1}, sends=(send,), timers=(Timer(kind=DUE, stream=stream, at=link.now),))
    link.boreal.unit.commit(plan, who=DECIDER, purpose=Purpose.INQUIRY, now=link.now)
    (message,) = waiting_for(link.boreal, "alba")
    receipt = link.alba.hear(message, now=link.now)
    for _ in range(2):
        link.boreal.note(message, receipt, now=link.now)


def test_f06_every_gap_of_a_refused_question_reaches_who_asked_and_waits_until_it_was_read():
    link = Link()
    refused(link, counsel="", subject=replace(asked(link, link.case(2, send=False)).subject, birth=""))
    state = at(link.boreal)
    assert (state.state, state.gaps) == (InquiryState.REFUSED, ("inquiry.mandate", "inquiry.subject"))
    assert not at(link.alba).id
    assert not link.boreal.unit.due(link.now + 30 * DAY)
    [line] = link.boreal.unit.listed(StreamKind.INQUIRY)
    assert [(each.duty, each.step) for each in line.card.waiting] == [(Duty.LEGAL, "inquiry.refused")]
    acts = len(link.boreal.unit.entries(state.stream))
    must(link, link.boreal, CloseInquiry(), LEGAL)
    assert do(link, link.boreal, CloseInquiry(), LEGAL).codes == ("inquiry.not_now",)
    assert len(link.boreal.unit.entries(state.stream)) == acts + 1
    [line] = link.boreal.unit.listed(StreamKind.INQUIRY)
    assert line.card.waiting == ()


def test_f06_a_question_that_is_known_already_is_not_refused_and_nobody_else_refuses_one():
    link = Link("cresta")
    case, _ = question(link)
    again = RecordInquiryRefusal(gaps=("inquiry.known",))
    must(link, link.boreal, again, PartnerNode(name="alba"))
    stranger = RecordInquiryRefusal(gaps=("inquiry.mandate",))
    assert "inquiry.not_asked" in do(link, link.boreal, stranger, PartnerNode(name="cresta")).codes
    assert at(link.boreal).state is InquiryState.SENT
    name(link, case.person)
    answered(link)
    must(link, link.boreal, stranger, PartnerNode(name="alba"))
    assert at(link.boreal).state is InquiryState.ANSWERED
