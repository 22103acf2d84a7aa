"""Erasure from one node to the other: demanded, carried out, certified, and what that must not tell (I6, I11)."""

from dataclasses import replace

import pytest

from cotejo.rules import dossier_commands as ask
from cotejo.rules import review_commands as receive
from cotejo.rules import told
from cotejo.rules.acts import Erased, Plan, Refused, Send, StreamKind
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.dossier_words import DossierState, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Clockwork, Officer, RedressDoor
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import ReviewState
from cotejo.simulation.invented import AUTHORISER, CERTIFIER, InventedCase
from cotejo.simulation.invented_review import GUARD
from cotejo.simulation.node import waiting_for
from tests.builders.line import Link, delivered


def at_origin(link: Link, case: InventedCase, command: object, who: Officer) -> object:
    return link.alba.act(StreamKind.DOSSIER, case.dossier, command, who=who, purpose=Purpose.REQUEST, now=link.now)


def withdrawn(link: Link) -> InventedCase:
    """Let a request be sent, taken in, withdrawn and swept."""
    case = link.case()
    link.hear_all()
    link.at_origin(case, ask.Withdraw(reason=WithdrawalReason.ACQUITTED), CERTIFIER)
    link.hear_all()
    link.now += 3 * HOUR
    back(link)
    return case


def when_due(link: Link) -> None:
    """Do what is due at Boreal, and say what waited for its moment."""
    link.boreal.tick(now=link.now)
    link.boreal.unit.send_scheduled(now=link.now)


def back(link: Link) -> list[object]:
    """Do what is due at Boreal and let Alba take in what it says; return the contents."""
    when_due(link)
    return [each.send.content for each in delivered(link.boreal, link.alba, now=link.now)]


def demand(link: Link, case: InventedCase) -> None:
    manifest = manifest_of(link.alba.state(StreamKind.DOSSIER, case.dossier))
    link.at_origin(case, ask.ProposeErasure(manifest=manifest), CERTIFIER)
    link.at_origin(case, ask.ApproveErasure(manifest=manifest), AUTHORISER)


def test_f59_a_withdrawn_request_is_erased_at_both_nodes_and_each_keeps_one_sealed_copy():
    link = Link()
    case = withdrawn(link)
    stream = link.stream(case)
    demand(link, case)
    link.hear_all()
    assert {type(each.act) for each in link.boreal.unit.entries(stream)[:-1]} == {Erased}
    assert link.boreal.unit.state(stream).state is ReviewState.ERASED
    assert not link.boreal.unit.lookup("review.request", f"alba/{case.request}")
    assert not any(link.boreal.unit.documents.has(each, unit=stream) for each in case.documents)
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).state is DossierState.WITHDRAWN

    link.now += 3 * HOUR
    certificate = back(link)[-1].certificate
    assert certificate.gone == EVERYTHING
    dossier = link.alba.state(StreamKind.DOSSIER, case.dossier)
    assert dossier.state is DossierState.ERASED
    assert dossier.erasing.certificate == certificate
    assert dossier.person == ""
    for node in (link.alba, link.boreal):
        [copy] = node.unit.destroyed.copies.values()
        assert copy.sealed_until > link.now + 9 * 365 * DAY
        assert any(not isinstance(each.act, Erased) for each in copy.entries)
    assert any(mark.request == case.request for mark in link.boreal.unit.marks)


def test_i6_the_certificate_says_the_same_whatever_the_receiver_held_and_whatever_a_court_there_keeps():
    heard = []
    for what in ("plain", "erased before", "complaint", "court"):
        link = Link()
        case = withdrawn(link)
        stream = link.stream(case)
        if what == "erased before":
            link.boreal.unit.erase(stream)
        if what == "complaint":
            link.boreal.act(
                StreamKind.REVIEW,
                stream.id,
                receive.RedressSuspend(),
                who=RedressDoor(),
                purpose=Purpose.REDRESS,
                now=link.now,
            )
        if what == "court":
            order = receive.RegisterCourtOrder(court="District Court", number="9")
            link.boreal.act(StreamKind.REVIEW, stream.id, order, who=GUARD, purpose=Purpose.COURT_ORDER, now=link.now)
        demand(link, case)
        receipts = link.hear_all()
        copies = link.boreal.unit.destroyed.copies
        assert [each.held for each in copies.values()] == {"plain": [False], "erased before": []}.get(what, [True])
        link.now += 3 * HOUR
        when_due(link)
        seen = [(each.send.content, each.at, len(each.sealed.body)) for each in waiting_for(link.boreal, "alba")]
        heard.append(([(each.outcome, each.gaps) for each in receipts], seen))
    assert all(each == heard[0] for each in heard)
    assert [type(content) for content, _, _ in heard[0][1]] == [told.Erasure]


def test_i7_an_erasure_before_the_sweep_loses_no_sweep():
    seen = []
    for gone in (False, True):
        link = Link()
        case = link.case()
        link.hear_all()
        if gone:
            link.boreal.unit.erase(link.stream(case))
        link.hear(link.tell(told.Withdrawal(request=case.request, version=1, reason="acquitted")))
        link.hear(link.tell(told.Erasure(request=case.request, version=1, basis=ErasureBasis.WITHDRAWN)))
        link.now += 4 * HOUR
        when_due(link)
        said = [(each.send.content, each.at) for each in waiting_for(link.boreal, "alba")]
        seen.append(sorted(said, key=str))
    assert seen[0] == seen[1]
    assert {type(content) for content, _ in seen[0]} == {told.Sweep, told.Erasure}


def test_i8_an_erased_request_never_comes_back_by_message():
    link = Link()
    case = withdrawn(link)
    package = link.package(case)
    demand(link, case)
    link.hear_all()
    again = told.Request(package=replace(package, version=9))
    assert link.hear(link.tell(again)).outcome == "refused"
    assert not link.boreal.unit.lookup("review.request", f"alba/{case.request}")


def test_i11_a_backup_from_before_the_erasure_brings_nothing_back():
    link = Link()
    case = withdrawn(link)
    stream = link.stream(case)
    backups = link.alba.unit.backup(), link.boreal.unit.backup()
    demand(link, case)
    link.hear_all()
    link.now += 3 * HOUR
    back(link)
    for node, kept in zip((link.alba, link.boreal), backups, strict=True):
        node.unit.restore(kept)
        assert node.unit.recovering()
    assert {type(each.act) for each in link.boreal.unit.entries(stream)} == {Erased}
    assert link.boreal.unit.state(stream).package is None
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).state is DossierState.ERASED


def test_f58_a_complaint_lodged_after_the_withdrawal_stands_against_the_erasure_until_it_ends():
    link = Link()
    case = withdrawn(link)
    manifest = manifest_of(link.alba.state(StreamKind.DOSSIER, case.dossier))
    link.at_origin(case, ask.Suspend(cause=SuspensionCause.REDRESS), RedressDoor())
    refused = at_origin(link, case, ask.ProposeErasure(manifest=manifest), CERTIFIER)
    assert isinstance(refused, Refused)
    assert refused.codes == ("erasure.exempt",)
    link.at_origin(case, ask.Reinstate(cause=SuspensionCause.REDRESS), RedressDoor())
    demand(link, case)


@pytest.mark.parametrize("said", ["less", "another rule", "unasked"])
def test_f59_a_certificate_that_is_not_whole_or_was_not_asked_for_erases_nothing(said):
    link = Link()
    case = withdrawn(link)
    if said != "unasked":
        demand(link, case)
    certificate = Certificate(
        gone=EVERYTHING[:-1] if said == "less" else EVERYTHING,
        since=link.now,
        basis=ErasureBasis.RETENTION_OVER if said == "another rule" else ErasureBasis.WITHDRAWN,
        sealed_until=link.now,
    )
    word = told.Erasure(request=case.request, version=1, basis=certificate.basis, certificate=certificate)
    link.boreal.unit.commit(
        Plan(sends=(Send(partner="alba", content=word, request=case.request),)),
        who=Clockwork(),
        purpose=Purpose.EXCHANGE,
        now=link.now,
    )
    for each in waiting_for(link.boreal, "alba"):
        link.alba.hear(each, now=link.now)
    assert link.alba.state(StreamKind.DOSSIER, case.dossier).state is DossierState.WITHDRAWN
    assert not link.alba.unit.destroyed.copies
