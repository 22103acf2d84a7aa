"""Taking in, end to end between two simulated nodes: effects, receipts, and what a receipt must not tell (I6, I8)."""

from dataclasses import replace

import pytest

from cotejo.exchange import outgoing
from cotejo.exchange.messages import Claims
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import records
from cotejo.rules import dossier_commands as origin
from cotejo.rules import told
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.agreement import HOUR
from cotejo.rules.dossier_words import HandoverReport, WithdrawalReason
from cotejo.rules.package import Package, SealedDocument
from cotejo.rules.review_words import ReviewState
from cotejo.simulation.invented import AUTHORISER, CERTIFIER
from cotejo.simulation.memory import Crash
from tests.builders.line import Link

CHANGES = (told.Change(field="withheld", old="0", new="1"),)


def correction(package: Package, **changes: object) -> told.Correction:
    return told.Correction(package=replace(package, **changes), changes=CHANGES, reason="Counted again.")


# What a receipt tells of documents


def test_i6_a_document_kept_for_another_case_or_another_origin_does_not_count_for_a_receipt():
    heard = []
    for elsewhere in (False, True):
        link = Link("cresta")
        case = link.case(send=False)
        if elsewhere:
            for content in case.documents.values():
                link.boreal.unit.documents.put(content, unit=Stream(StreamKind.REVIEW, "e" * 32))
        link.at_origin(case, origin.AuthoriseSending(), AUTHORISER)
        heard.append(link.hear(link.alba.unit.outbox[-1], parts=False).gaps)
    assert "request.documents" in heard[0]
    assert heard[0] == heard[1]


def test_i6_a_document_our_officers_attached_to_the_very_case_does_not_count_either():
    link = Link()
    case = link.case()
    link.hear_all()
    named = link.boreal.unit.documents.put(b"a court order of ours", unit=link.stream(case))
    sealed = SealedDocument(sha256=named, size=21, parts=("0" * 64,))
    held = link.review(case).package
    spied = replace(held, version=2, documents=(*held.documents, sealed))
    assert link.hear(_unsealed(link, correction(spied))).gaps == ("request.documents",)


def _unsealed(link, content):
    """Tell a content whose list of documents is the liar's own: the post room would make an honest one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outgoing, "_seal_documents", lambda *_args, **_kwargs: (content.package.documents, ()))
        return link.tell(content)


def test_a_correction_counts_the_documents_its_request_brought_before():
    link = Link()
    case = link.case()
    link.hear_all()
    assert link.hear(link.tell(correction(link.package(case), version=2)), parts=False).outcome == "taken"


def test_i11_documents_of_a_refused_request_are_kept_nowhere_and_those_of_a_taken_one_under_its_case():
    link = Link()
    case = link.case()
    refused = link.package(case, request="9" * 32, claims=())
    first, second = link.alba.unit.outbox[-1], link.tell(told.Request(package=refused))
    names = list(case.documents)
    assert link.hear(first).outcome == "taken"
    link.boreal.unit.erase(link.stream(case))
    assert link.hear(second).gaps
    assert not any(link.boreal.unit.documents.has(each) for each in names)

    other = Link()
    case = other.case()
    other.hear_all()
    cited = {each.sha256 for each in other.review(case).package.documents}
    assert cited
    assert all(other.boreal.unit.documents.has(each, unit=other.stream(case)) for each in cited)


# What a receipt tells of our case

WORDS = (
    told.Suspension(request="5" * 32, version=1),
    told.Reinstatement(request="5" * 32, version=1),
    told.Reinstatement(request="5" * 32, version=7),
    told.Withdrawal(request="5" * 32, version=1, reason="acquitted"),
    told.AfterHandover(request="5" * 32, report=HandoverReport.ARRIVAL, at=1, place="x"),
    told.AfterHandover(request="5" * 32, report=HandoverReport.ARRIVAL, at=2**50, place="x"),
    told.Answer(request="5" * 32, period=1, answered=told.Answered.NO_ACTION),
    told.Questions(request="5" * 32, version=1, asked=(("missing", "notice"),)),
    told.Sweep(request="5" * 32, version=1),
)


@pytest.mark.parametrize("said", WORDS, ids=lambda said: type(said).__name__)
def test_i6_a_word_about_a_case_is_taken_whether_there_is_one_an_erased_one_or_none(said):
    link = Link()
    case = link.case()
    link.hear_all()
    link.boreal.unit.erase(link.stream(case))
    for request in (said.request, case.request):
        before = len(link.boreal.unit.traces)
        receipt = link.hear(link.tell(replace(said, request=request)))
        assert (receipt.outcome, receipt.gaps) == ("taken", ())
        if not isinstance(said, told.Withdrawal):
            assert [each.what for each in link.boreal.unit.traces[before:]] == ["refusal"]


def test_i6_a_correction_of_an_erased_case_is_answered_as_any_other():
    heard = []
    for gone in (False, True):
        link = Link()
        case = link.case()
        link.hear_all()
        if gone:
            link.boreal.unit.erase(link.stream(case))
        package = link.package(case, version=2)
        said = [
            link.hear(link.tell(correction(package))),
            link.hear(link.tell(correction(package))),
            link.hear(link.tell(told.Request(package=replace(package, version=1)))),
            link.hear(link.tell(correction(package, version=3, claims=()))),
            link.hear(link.tell(told.Withdrawal(request=case.request, version=2, reason="acquitted"))),
            link.hear(link.tell(told.Request(package=replace(package, version=4)))),
        ]
        link.boreal.tick(now=link.now + 3 * HOUR)
        swept = [(each.send.content, each.at, len(each.sealed.body)) for each in link.boreal.unit.outbox]
        heard.append(([(each.outcome, each.gaps) for each in said], swept))
    assert heard[0] == heard[1]
    assert [outcome for outcome, _ in heard[0][0]] == ["taken", "refused", "refused", "refused", "taken", "refused"]
    assert len(heard[0][1]) == 1


def test_i6_the_ceiling_counts_what_was_taken_in_and_not_what_is_left():
    heard = []
    for gone in (False, True):
        link = Link(ceiling_per_month=1)
        case = link.case(1)
        link.hear_all()
        if gone:
            link.boreal.unit.erase(link.stream(case))
        another = link.package(case, request="9" * 32)
        heard.append(link.hear(link.tell(told.Request(package=another))).gaps)
    assert heard[0] == heard[1]
    assert "request.ceiling" in heard[0]


def test_i6_a_bulletin_whose_number_is_known_from_somebody_else_is_taken_like_any_other():
    link = Link("cresta")
    bulletin = told.Bulletin(
        id="b" * 32,
        group_code="G-001",
        kind_code="extortion",
        month="2026-10",
        place_code="SV-SS",
        count=14,
        trend_code="down",
    )
    assert link.hear(link.tell(bulletin)).outcome == "taken"
    assert link.hear(link.tell(bulletin, origin="cresta"), origin="cresta").outcome == "taken"
    assert link.hear(link.tell(replace(bulletin, month="never"))).gaps == ("bulletin.not_a_code",)


# Marks


def test_i7_a_withdrawal_of_one_origin_does_not_touch_anothers_request_of_the_same_number():
    link = Link("cresta")
    case = link.case(1, origin="cresta")
    assert link.hear(link.tell(told.Withdrawal(request=case.request, version=9, reason="acquitted"))).outcome == "taken"
    assert [each.outcome for each in link.hear_all(origin="cresta")] == ["taken"]
    assert link.review(case, origin="cresta").state is ReviewState.RECEIVED
    link.at_origin(case, origin.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER, origin="cresta")
    link.hear_all(origin="cresta")
    assert link.review(case, origin="cresta").withdrawn_at


# Repeats


@pytest.mark.parametrize("step", ["commit", "answer"])
def test_i8_a_status_list_repeated_after_a_crash_is_taken(step, monkeypatch):
    link = Link()
    link.alba.push_status(now=link.now)
    message = link.alba.unit.outbox[-1]

    def crash(at):
        if at == step:
            raise Crash(at)

    monkeypatch.setattr(link.boreal.unit, "_crash_before", crash)
    with pytest.raises(Crash):
        link.hear(message)
    monkeypatch.undo()
    assert link.hear(message).outcome == "taken"
    assert link.boreal.unit.status_held("alba").number == link.now


@pytest.mark.parametrize("kind", ["request", "status"])
def test_i8_a_copy_that_comes_while_the_first_is_taken_in_gets_the_first_ones_receipt(kind, monkeypatch):
    link = Link()
    if kind == "request":
        link.case()
    else:
        link.alba.push_status(now=link.now)
    message = link.alba.unit.outbox[-1]
    unit = link.boreal.unit
    stale = unit.partners()
    first = link.boreal.hear(message, now=link.now)

    monkeypatch.setattr(unit, "partners", lambda: stale)
    before = unit.traces
    assert link.boreal.hear(message, now=link.now) == first
    assert unit.traces == before


# What cannot be understood

BROKEN = {
    "a body of another kind": ({"kind": "request"}, "wrong_body"),
    "no body": ({"body": "{}"}, "wrong_body"),
    "a body that is no text of ours": ({"body": "\u2028\x07[[[["}, "wrong_body"),
    "a control character": (
        {"body": records.encode(told.Suspension(request="a\x07", version=1)).decode()},
        "wrong_body",
    ),
    "an unknown kind": ({"kind": "question"}, "unknown_kind"),
    "an unknown kind with a long name": ({"kind": "q" * 9000}, "unknown_kind"),
    "a receipt nobody asked for": (
        {
            "kind": "receipt",
            "body": records.encode(told.Receipt(of="a" * 32, sha256="0" * 64, outcome="taken")).decode(),
        },
        "unknown_kind",
    ),
}


def _altered(link, changes):
    """Put a word into the line whose claims are altered before they are signed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outgoing, "Claims", lambda **claims: Claims(**{**claims, **changes}))
        return link.tell(told.Suspension(request="a" * 32, version=1))


@pytest.mark.parametrize("name", BROKEN)
def test_f55_an_authentic_message_that_cannot_be_understood_takes_its_place_and_the_line_goes_on(name):
    link = Link()
    changes, gap = BROKEN[name]
    acts = link.boreal.unit.acts
    broken = _altered(link, changes)
    receipt = link.hear(broken)
    assert (receipt.outcome, receipt.gaps) == ("refused", (gap,))
    assert link.boreal.unit.acts == acts
    assert link.boreal.unit.traces[-1].codes == (gap,)
    assert link.hear(_altered(link, {})).outcome == "taken"
    assert link.hear(broken) == receipt


def test_i8_an_id_used_again_under_the_next_number_has_no_effect_and_is_named():
    link = Link()
    first = _altered(link, {})
    link.hear(first)
    before = link.boreal.unit.traces
    with pytest.raises(WireRefusal) as caught:
        link.hear(_altered(link, {"mid": first.sealed.mid}))
    assert caught.value.reason is WireReason.SAME_NUMBER_OTHER_BYTES
    assert link.boreal.unit.traces == before


@pytest.mark.parametrize("changes", [{"mid": "a\x07"}, {"salt": "zz"}, {"ver": 2**40}, {"rid": "r" * 65}])
def test_f54_a_message_whose_claims_no_memory_can_keep_has_no_place(changes):
    link = Link()
    broken = _altered(link, changes)
    with pytest.raises(WireRefusal) as caught:
        link.hear(broken)
    assert caught.value.reason is WireReason.WRONG_BODY
