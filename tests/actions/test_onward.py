"""A request that is passed on to a standing recipient, through three real memories, seals and signatures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cotejo.actions.status import list_id
from cotejo.identity import RegisterInMemory
from cotejo.proof.status_list import open_status_list, sign_status_list
from cotejo.rules import dossier_commands
from cotejo.rules import review_commands as ask
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.answers import sweep_time
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Duty, RedressDoor
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.onward import PassOn
from cotejo.rules.review_words import ReviewState, Usability
from cotejo.rules.told import Erasure, PassedList, PassedOn, Request, Sweep, Withdrawal
from cotejo.simulation import invented_review as desk
from cotejo.simulation.invented import AUTHORISER, CERTIFIER
from cotejo.simulation.node import SimulatedNode
from tests.builders.line import START
from tests.builders.tree import PERIOD, Tree

GONE = dossier_commands.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED)


def withdrawn(tree: Tree) -> Tree:
    """Let Alba take the request back for good, and say so."""
    tree.at_origin(GONE, CERTIFIER)
    return tree.work()


def begin(tree: Tree) -> tuple[str, ...]:
    """Let the recipient's intake begin; return why it may not."""
    return next((codes for who, command in desk.begin() if (codes := tree.act("cobre", tree.copy, command, who))), ())


def passed(tree: Tree, kind: str = "request") -> PassedOn:
    """Return what Boreal passed on."""
    content = tree.sent("boreal", "cobre", kind)[-1].send.content
    assert isinstance(content, PassedOn)
    return content


def refused(tree: Tree, content: Any) -> tuple[str, ...]:
    """Let Boreal's patched software pass something on; return the codes Cobre wrote down, and that nothing is there."""
    before = tree.cobre.unit.acts
    assert tree.tell("boreal", "cobre", content).receipt == b"refused"
    assert tree.cobre.unit.acts == before
    return tree.cobre.unit.traces[-1].codes


# Holding a copy


def test_a_standing_recipient_holds_the_origins_own_letter_and_judges_it_anew() -> None:
    tree = Tree().passed_on()
    assert (tree.copy.partner, tree.copy.state) == ("boreal", ReviewState.RECEIVED)
    assert tree.copy.package == tree.received.package
    assert tree.copy.through == tree.terms
    kept = tree.cobre.unit.documents
    letter = tree.sent("alba", "boreal", "request")[0].sealed.sha256
    for each in (*(document.sha256 for document in tree.copy.package.documents), letter):
        assert kept.has(each, unit=tree.copy.stream)
    assert begin(tree) == ()


def test_i5_a_copy_is_good_only_as_long_as_the_origins_own_list_says_so() -> None:
    tree = Tree().open()
    assert tree.pass_on() == ()
    tree.work()
    assert begin(tree) == ("status.none",)
    tree.push()
    assert begin(tree) == ()
    tree.cut = {frozenset({"boreal", "cobre"})}
    tree.now += HOUR
    tree.push()
    search = ask.RecordSearch(candidates=(), set_aside=0, register_as_of="2026-11-27")
    assert tree.act("cobre", tree.copy, search, desk.PROTECTION) == ("status.not_fresh",)
    assert tree.act("boreal", tree.received, search, desk.PROTECTION) == ()
    tree.cut = set()
    tree.push()
    assert tree.act("cobre", tree.copy, search, desk.PROTECTION) == ()


def test_i5_whoever_passes_a_list_on_can_neither_lengthen_it_nor_set_a_slot_back() -> None:
    tree = Tree().passed_on()
    newest = tree.sent("boreal", "cobre", "status_list")[-1].send
    assert isinstance(newest.content, PassedList)
    id_, alba = list_id("alba", "boreal"), tree.alba.own.status
    held = open_status_list(newest.content.jws.encode(), {alba.key_id: alba.verifying}, id_=id_)
    longer = sign_status_list(replace(held, n=held.n + 1, exp=held.exp + DAY), tree.boreal.own.status).decode()
    before = tree.cobre.unit.status_held(id_)
    assert before is not None
    assert before.expires == held.exp
    assert tree.cobre.unit.status_held("boreal") is None
    assert refused(tree, PassedList(origin="alba", jws=longer)) == ("unknown_key",)
    other = sign_status_list(replace(held, id=list_id("alba", "cobre")), alba).decode()
    assert len(refused(tree, PassedList(origin="alba", jws=other))) == 1
    assert refused(tree, PassedList(origin="nobody", jws=longer)) == ("unknown_origin",)
    tree.now += MINUTE
    tree.push()
    after = tree.cobre.unit.status_held(id_)
    assert after != before
    assert len(refused(tree, newest.content)) == 1
    assert tree.cobre.unit.status_held(id_) == after


LIES: dict[str, Callable[[PassedOn], PassedOn]] = {
    "of another origin": lambda said: replace(said, origin="cobre"),
    "of another kind": lambda said: replace(said, kind="correction"),
    "another document for the letter": lambda said: replace(said, letter=said.documents[1].sha256),
    "a letter that did not come": lambda said: replace(said, letter="0" * 64),
    "more recipients": lambda said: replace(said, terms=replace(said.terms, standing_recipients=("cobre", "delta"))),
    "terms under another hash": lambda said: replace(said, terms=replace(said.terms, hash="0" * 64)),
}


@pytest.mark.parametrize("lie", LIES)
def test_f54_what_is_passed_on_is_believed_only_as_its_origin_signed_it(lie: str) -> None:
    tree = Tree().open()
    assert tree.pass_on() == ()
    tree.cut = {frozenset({"boreal", "cobre"})}
    tree.work()
    said = passed(tree)
    tree.cut = set()
    tree.boreal.unit._memory.outbox.clear()
    tree.boreal.unit._memory.partners["cobre"] = replace(tree.boreal.unit.partner("cobre"), sequence_out=0, last_out="")
    codes = refused(tree, LIES[lie](said))
    assert codes in {("not_the_origins",), ("missing_document",)}
    assert tree.copy.state is ReviewState.NONE


def test_f54_a_copy_is_not_passed_on_again_and_no_loop_comes_about() -> None:
    tree = Tree(standing=("cobre", "delta")).open()
    assert "onward.not_paired" in tree.pass_on("cobre", "delta")
    tree = Tree().passed_on()
    assert begin(tree) == ()
    codes = tree.act("cobre", tree.copy, PassOn(recipients=("boreal",)), desk.LEGAL)
    assert "onward.twice" in codes
    said = passed(tree)
    for back in ("boreal", "alba"):
        before = tree.nodes[back].unit.acts
        assert tree.tell("cobre", back, said).receipt == b"refused"
        assert tree.nodes[back].unit.acts == before


def test_f54_the_parties_of_an_agreement_are_never_its_recipients() -> None:
    tree = Tree(standing=("alba", "boreal")).open()
    assert set(tree.pass_on("alba")) == {"onward.nobody", "onward.no_consent", "onward.not_all", "onward.no_letter"}


def test_f54_an_agency_that_does_not_know_the_origin_takes_nothing_of_it() -> None:
    tree = Tree(strangers=True).open()
    assert tree.pass_on() == ()
    tree.work().push()
    assert tree.sent("boreal", "cobre", "request")[0].receipt == b"refused"
    assert tree.copy.state is ReviewState.NONE


def test_f54_passing_on_needs_a_line_that_sweeps_in_time() -> None:
    tree = Tree(sweep_every=PERIOD // 2).open()
    assert tree.pass_on() == ("onward.slow_sweep",)


def test_f54_what_the_origin_sent_before_or_to_others_is_not_passed_on() -> None:
    tree = Tree().open()
    assert tree.pass_on("alba") == ("onward.no_consent", "onward.not_all")
    assert tree.act("boreal", tree.received, PassOn(recipients=()), desk.LEGAL) == ("onward.not_all",)
    assert tree.act("boreal", tree.received, PassOn(recipients=("cobre",)), desk.DECIDER) == ("who.not_yours",)


def test_the_same_person_asked_about_directly_as_well_is_another_case() -> None:
    tree = Tree().passed_on()
    direct = tree.request(2)
    assert direct.request != tree.case.request
    direct_to_cobre = _direct(tree)
    withdrawn(tree)
    assert tree.copy.usability is Usability.WITHDRAWN
    assert tree.review("cobre", "alba", direct_to_cobre).usability is Usability.USABLE


def _direct(tree: Tree) -> str:
    from cotejo.simulation.invented import sound_case
    from tests.builders.line import PERSON

    case = sound_case(PERSON, seed=7, partner="cobre")
    tree.alba.give(case, now=tree.now)
    tree.at_origin(dossier_commands.AuthoriseSending(), AUTHORISER, case)
    tree.work()
    assert tree.review("cobre", "alba", case.request).state is ReviewState.RECEIVED
    return case.request


# What goes on


def test_f53_a_correction_reaches_who_holds_a_copy_with_old_and_new() -> None:
    tree = Tree().passed_on()
    tree.prepare_again()
    tree.at_origin(dossier_commands.Correct(reason="Counted again."), AUTHORISER)
    tree.work()
    assert tree.copy.package == tree.received.package
    assert tree.copy.package is not None
    assert tree.copy.package.version == 2
    assert tree.cobre.unit.entries(tree.copy.stream)[-1].act.changes  # type: ignore[attr-defined]
    assert begin(tree) == ("status.unused",)
    tree.push()
    assert begin(tree) == ()


def test_suspension_and_reinstatement_go_on_and_the_origins_list_has_the_last_word() -> None:
    tree = Tree().passed_on()
    tree.at_origin(dossier_commands.Suspend(cause=SuspensionCause.OWN), AUTHORISER)
    tree.work()
    assert tree.copy.usability is Usability.SUSPENDED
    tree.at_origin(dossier_commands.Reinstate(cause=SuspensionCause.OWN), AUTHORISER)
    tree.work()
    assert tree.copy.usability is Usability.USABLE
    tree.at_origin(dossier_commands.Suspend(cause=SuspensionCause.OWN), AUTHORISER)
    tree.work().push()
    word = tree.sent("boreal", "cobre", "reinstatement")[0].send.content
    tree.tell("boreal", "cobre", word)
    assert tree.copy.usability is Usability.USABLE
    assert begin(tree) == ("status.suspended",)


def test_i12_a_block_of_the_redress_office_here_blocks_behind_and_tells_the_origin_nothing() -> None:
    tree = Tree().passed_on()
    told = len(tree.sent("boreal", "alba"))
    for word, usable in ((ask.RedressSuspend(), Usability.SUSPENDED), (ask.RedressLift(), Usability.USABLE)):
        assert tree.act("boreal", tree.received, word, RedressDoor()) == ()
        tree.work()
        assert tree.copy.usability is usable
    assert len(tree.sent("boreal", "alba")) == told
    tree.act("boreal", tree.received, ask.RedressSuspend(), RedressDoor())
    tree.at_origin(dossier_commands.Suspend(cause=SuspensionCause.OWN), AUTHORISER)
    tree.work()
    tree.at_origin(dossier_commands.Reinstate(cause=SuspensionCause.OWN), AUTHORISER)
    tree.work()
    assert tree.copy.usability is Usability.SUSPENDED
    tree.act("boreal", tree.received, ask.RedressLift(), RedressDoor())
    assert tree.work().copy.usability is Usability.USABLE


# Withdrawal


def test_i7_a_withdrawal_is_applied_behind_at_once_and_swept_on_the_agreed_dates() -> None:
    tree = withdrawn(Tree().passed_on())
    at = tree.received.withdrawn_at
    assert tree.copy.withdrawn_at
    assert tree.sent("boreal", "cobre", "withdrawal")[-1].receipt == b"taken"
    assert not tree.copy.swept
    tree.wait(2 * HOUR)
    assert tree.copy.swept
    assert not tree.received.swept
    assert "case.withdrawn" in begin(tree)
    tree.wait(sweep_time(tree.terms, at) - tree.now)
    assert tree.received.swept
    sweep = tree.sent("boreal", "alba", "sweep")
    assert [each.send.at for each in sweep] == [sweep_time(tree.terms, at)]
    assert tree.dossier.swept_at
    assert not tree.dossier.sweep_missed_at


def test_f51_a_sweep_is_missed_on_both_sides_until_everybody_behind_has_swept() -> None:
    tree = Tree().passed_on()
    tree.cut = {frozenset({"boreal", "cobre"})}
    withdrawn(tree)
    assert tree.received.usability is Usability.WITHDRAWN
    assert tree.copy.usability is Usability.USABLE
    tree.wait(3 * PERIOD)
    assert tree.sent("boreal", "alba", "sweep") == []
    assert tree.dossier.sweep_missed_at
    assert tree.received.sweep_missed == ("cobre",)
    line = next(each for each in tree.boreal.unit.listed(tree.received.stream.kind))
    assert [(each.duty, each.step) for each in line.card.waiting] == [(Duty.OVERSIGHT, "sweep_missed")]
    tree.cut = set()
    tree.work()
    assert tree.copy.usability is Usability.WITHDRAWN
    tree.wait(2 * HOUR)
    assert tree.copy.swept
    tree.wait(PERIOD)
    late = tree.sent("boreal", "alba", "sweep")
    assert len(late) == 1
    assert (late[0].send.at - tree.terms.valid_from) % PERIOD == 0
    assert tree.dossier.swept_at
    assert not next(each for each in tree.boreal.unit.listed(tree.received.stream.kind)).card.waiting


def test_i7_a_holder_that_says_it_swept_before_it_heard_of_a_withdrawal_has_not_swept() -> None:
    tree = Tree().passed_on()
    tree.tell("cobre", "boreal", Sweep(request=tree.case.request, version=1))
    tree.cut = {frozenset({"boreal", "cobre"})}
    withdrawn(tree).wait(3 * PERIOD)
    assert tree.received.sweep_missed == ("cobre",)


def test_f56_a_withdrawn_copy_does_not_come_back() -> None:
    tree = Tree().passed_on()
    said = passed(tree)
    withdrawn(tree)
    assert set(refused(tree, said)) >= {"case.withdrawn"}


def test_i7_who_passed_a_request_on_and_erased_it_still_answers_for_the_copies() -> None:
    tree = Tree().passed_on()
    tree.boreal.unit.erase(tree.received.stream)
    withdrawn(tree)
    assert tree.copy.usability is Usability.WITHDRAWN
    tree.wait(3 * PERIOD)
    assert len(tree.sent("boreal", "alba", "sweep")) == 1
    assert tree.dossier.swept_at
    again = Tree().passed_on()
    again.boreal.unit.erase(again.received.stream)
    again.cut = {frozenset({"boreal", "cobre"})}
    withdrawn(again).wait(3 * PERIOD)
    assert again.sent("boreal", "alba", "sweep") == []


@pytest.mark.parametrize("word", ["withdrawal", "erasure"])
def test_f54_whoever_only_knows_a_requests_id_ends_it_nowhere(word: str) -> None:
    tree = Tree().passed_on()
    request = tree.case.request
    said = {
        "withdrawal": Withdrawal(request=request, version=1, reason="acquitted"),
        "erasure": Erasure(request=request, version=1, basis=ErasureBasis.WITHDRAWN),
    }[word]
    for to in ("alba", "boreal"):
        assert tree.tell("cobre", to, said).receipt == b"taken"
    tree.work()
    assert tree.dossier.live
    assert tree.received.usability is Usability.USABLE
    assert tree.copy.usability is Usability.USABLE
    assert tree.sent("alba", "boreal", word) == []
    assert tree.sent("boreal", "cobre", word) == []


def test_f54_a_request_sent_to_us_under_the_id_of_one_of_ours_ends_ours_nowhere() -> None:
    tree = Tree().passed_on()
    package = tree.received.package
    assert package is not None
    own = replace(
        package, origin="cobre", addressee="alba", agreement=tree.alba.unit.partner("cobre").terms(tree.now).hash
    )
    tree.tell("cobre", "alba", Request(package=replace(own, documents=())))
    assert tree.sent("cobre", "alba", "request")[-1].receipt == b"taken"
    tree.tell("cobre", "alba", Withdrawal(request=package.request, version=1, reason="acquitted"))
    tree.work()
    assert tree.received.usability is Usability.USABLE
    assert tree.sent("alba", "boreal", "withdrawal") == []


def test_f54_whoever_knows_the_id_of_a_request_of_another_ends_no_copy_of_it() -> None:
    tree = Tree().passed_on()
    tree.nodes["delta"] = SimulatedNode(
        name="delta", profile="us", register=RegisterInMemory([], as_of=START), seed="delta", start=START - DAY
    )
    tree._pair("boreal", "delta", sweep_every=HOUR)
    tree.tell("delta", "boreal", Withdrawal(request=tree.case.request, version=1, reason="acquitted"))
    tree._send("delta", "boreal")
    tree.work()
    assert tree.sent("delta", "boreal")[-1].receipt == b"taken"
    assert tree.copy.usability is Usability.USABLE
    assert tree.sent("boreal", "cobre", "withdrawal") == []


def test_i7_a_node_restored_to_before_it_passed_a_request_on_still_knows_who_holds_it() -> None:
    tree = Tree().open()
    backup = tree.boreal.unit.backup()
    assert tree.pass_on() == ()
    tree.work().push()
    tree.boreal.unit.restore(backup)
    assert tree.boreal.unit.recovering()
    tree.recover("boreal")
    assert tree.received.passed_to == ()
    withdrawn(tree)
    assert tree.copy.usability is Usability.WITHDRAWN
    tree.wait(3 * PERIOD)
    assert tree.dossier.swept_at


def test_i7_a_sweep_heard_again_before_the_withdrawal_is_heard_again_still_counts() -> None:
    tree = Tree().passed_on()
    backup = tree.boreal.unit.backup()
    withdrawn(tree).wait(2 * HOUR)
    assert [each.receipt for each in tree.sent("cobre", "boreal", "sweep")] == [b"taken"]
    assert tree.sent("boreal", "alba", "sweep") == []
    tree.boreal.unit.restore(backup)
    tree.recover("boreal", late="alba")
    tree.wait(3 * PERIOD)
    assert len(tree.sent("cobre", "boreal", "sweep")) == 1
    assert len(tree.sent("boreal", "alba", "sweep")) == 1
    assert tree.dossier.swept_at


def test_i7_a_recipient_restored_to_before_the_withdrawal_stays_blocked() -> None:
    tree = Tree().passed_on()
    backup = tree.cobre.unit.backup()
    withdrawn(tree)
    tree.cobre.unit.restore(backup)
    assert tree.copy.withdrawn_at == 0
    assert "case.withdrawn" in begin(tree)
    tree.recover("cobre")
    assert tree.copy.usability is Usability.WITHDRAWN
    tree.wait(3 * PERIOD)
    assert tree.dossier.swept_at


def test_f59_a_demand_to_erase_goes_on_and_a_holders_certificate_is_heard() -> None:
    tree = Tree().passed_on()
    demand = Erasure(request=tree.case.request, version=1, basis=ErasureBasis.WITHDRAWN)
    refusals = len(tree.boreal.unit.traces)
    tree.tell("alba", "boreal", demand)
    tree.work()
    assert tree.sent("boreal", "cobre", "erasure")[-1].receipt == b"taken"
    assert tree.copy.state is not ReviewState.RECEIVED
    tree.wait(3 * PERIOD)
    assert tree.sent("cobre", "boreal", "erasure")[-1].receipt == b"taken"
    assert len(tree.boreal.unit.traces) == refusals


# What the origin sees


def seen(tree: Tree) -> list[tuple[Any, ...]]:
    """Return all that Boreal told Alba, and how it answered: content, moment, sealed size."""
    told = [
        (each.sealed.kind, each.send.content, each.send.at, len(each.sealed.body), each.receipt)
        for each in tree.boreal.unit.outbox
        if each.partner == "alba"
    ]
    answered = [(each.sealed.kind, each.receipt) for each in tree.alba.unit.outbox if each.partner == "boreal"]
    sizes = [len(receipt) for (partner, _), (_, receipt) in tree.boreal.unit._memory.inbox.items() if partner == "alba"]
    leaves = len(tree.boreal.unit.link_leaves("alba"))
    return [*told, *answered, *sizes, leaves]


@pytest.mark.parametrize("erased", [False, True])
def test_i6_an_origin_sees_the_same_whether_copies_of_its_request_were_passed_on_or_not(erased: bool) -> None:
    histories = []
    for onward in (True, False):
        tree = Tree(answer_every=DAY).open()
        if onward:
            assert tree.pass_on() == ()
        tree.work().push()
        tree.prepare_again()
        tree.at_origin(dossier_commands.Correct(reason="Counted again."), AUTHORISER)
        tree.work().push()
        tree.at_origin(dossier_commands.Suspend(cause=SuspensionCause.OWN), AUTHORISER)
        tree.work().wait(2 * DAY + MINUTE).push()
        if erased:
            tree.boreal.unit.erase(tree.received.stream)
        withdrawn(tree).wait(PERIOD).wait(PERIOD).wait(PERIOD)
        histories.append(seen(tree))
        assert tree.dossier.swept_at
    assert histories[0] == histories[1]
