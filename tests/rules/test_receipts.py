"""I6: what a receipt says is a function of the message, of what its sender sent before, and of the agreement."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.rules.acts import Entry, Erased, Plan, Refused, gate
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import PartnerNode, Who
from cotejo.rules.facts import Handling
from cotejo.rules.gates import sender
from cotejo.rules.holds import HoldKind
from cotejo.rules.onward import TakePassedOn
from cotejo.rules.receipts import NAMED, OF_OTHERS, OF_THE_GATES, gaps_of, is_refused
from cotejo.rules.review import evolve
from cotejo.rules.review_acts import HoldLiftSigned
from cotejo.rules.review_checks import RECOVERING
from cotejo.rules.review_commands import (
    AskQuestions,
    PartnerCommand,
    PlaceHold,
    RedressSuspend,
    TakeAfterHandover,
    TakeCorrection,
    TakeIn,
    TakeReinstatement,
    TakeSupplement,
    TakeSuspension,
    TakeWithdrawal,
)
from cotejo.rules.review_decide import decide
from cotejo.rules.review_words import QuestionCode
from cotejo.rules.told import Change
from cotejo.rules.words import Text
from tests.builders.review import ALBA, CUSTODY, INTAKE, REDRESS, REQUEST, REVIEW, Desk, package
from tests.builders.sound import warrant_item
from tests.builders.wire import agreement

CHANGES = (Change(field="withheld", old="0", new="1"),)
MALLORY = PartnerNode(name="mallory")
ASK = AskQuestions(asked=((QuestionCode.MISSING, "notice"),))


def erased(desk: Desk) -> Desk:
    """Erase a case: its acts stay, without content."""
    gone = Entry(
        stream=desk.state.stream,
        version=desk.state.version + 1,
        at=desk.now,
        by="clock",
        duty="",
        rules="",
        act=Erased(was=HoldLiftSigned.code),
    )
    desk.state = evolve(desk.state, gone)
    return desk


def held(desk: Desk) -> Desk:
    desk.must(PlaceHold(kind=HoldKind.HUMANITARIAN, grounds="x"), CUSTODY)
    return desk


def contested(desk: Desk) -> Desk:
    desk.must(RedressSuspend(), REDRESS)
    return desk


INSIDE: dict[str, Callable[[], Desk]] = {
    "quiet": lambda: Desk().take_in(),
    "open": lambda: Desk().take_in().open(),
    "held": lambda: held(Desk().take_in()),
    "contested": lambda: contested(Desk().take_in()),
    "searched": lambda: Desk().take_in().open().search(),
    "decided": lambda: Desk().decided(),
    "handed over": lambda: Desk().handed_over(),
    "erased": lambda: erased(Desk().take_in()),
    "erased after the decision": lambda: erased(Desk().decided()),
}
"""What may have become of one request, taken in once; nobody outside may tell one from another."""


def messages(version: int) -> Iterator[PartnerCommand]:
    """Yield every message of an origin about one request, sound and spoiled."""
    for each in (
        package(version=version),
        package(version=version, slot=-1),
        package(version=version, purpose="family", addressee="other"),
        package(version=version, agreement="b" * 64),
    ):
        yield TakeIn(review=REVIEW, package=each)
        yield TakeCorrection(package=each, changes=CHANGES, reason="x")
        yield TakeCorrection(package=each, changes=(), reason="x")
        yield TakeSupplement(package=each, answers=())
    yield from passed_on(version)
    yield TakeSuspension(request=REQUEST, version=version)
    yield TakeReinstatement(request=REQUEST, version=version)
    yield TakeWithdrawal(request=REQUEST, version=version, reason="acquitted", facts_token="f" * 64)
    for report in HandoverReport:
        yield TakeAfterHandover(report=report, happened_at=1, place="x", charges=("212",))
    yield TakeAfterHandover(report=HandoverReport.ARRIVAL, happened_at=2**50, place="x")


def passed_on(version: int) -> Iterator[PartnerCommand]:
    """Yield a request of Cresta addressed to Alba, as Alba passes it on: sound and spoiled."""
    terms = agreement("cresta", "alba", standing_recipients=("boreal",))
    loose = replace(terms, answer_every=60 * DAY)
    asking_leave = replace(warrant_item(), handling=Handling.H2)
    sound = package(version=version, origin="cresta", addressee="alba")
    for said, under in (
        (sound, terms),
        (replace(sound, addressee="delta"), terms),
        (replace(sound, origin="boreal"), terms),
        (replace(sound, evidence=(asking_leave,)), terms),
        (sound, replace(terms, standing_recipients=("delta",))),
        (sound, loose),
    ):
        yield TakePassedOn(review=REVIEW, package=said, terms=under, letter="e" * 64)


LOOKS: tuple[dict[str, object], ...] = (
    {},
    {"documents": frozenset()},
    {"sender_gates": ()},
    {"sender_gates": (gate("child", Text("x", "x"), [replace(RECOVERING, code="child.under_eighteen")], rows=()),)},
    {"marked": True},
    {"ceiling_reached": True},
    {"partner_paused": True},
    {"status": None},
    {"high_water": 2**60},
    {"recovering": True},
    {"line": agreement("alba", "boreal", sweep_every=MINUTE)},
    {"line": agreement("alba", "boreal", sweep_every=HOUR)},
    {"link_open": False},
)


def answered(desk: Desk, command: PartnerCommand, who: Who = ALBA, **facts: object) -> object:
    """Return what the receipt would say."""
    decided = decide(desk.state, command, who, desk.facts(**facts), desk.now + DAY)
    if isinstance(decided, Plan):
        return "taken"
    return ("refused", gaps_of(command, decided)) if is_refused(command, decided) else "taken"


def test_i6_every_refusal_a_review_can_give_a_partner_is_named_from_the_closed_list_or_not_at_all() -> None:
    desks = [Desk(), *(make() for make in INSIDE.values())]
    desks[1].must(ASK, INTAKE)
    seen: set[str] = set()
    for desk in desks:
        for version in (0, 1, 2):
            for command in messages(version):
                for who in (ALBA, MALLORY):
                    for look in LOOKS:
                        decided = decide(desk.state, command, who, desk.facts(**look), desk.now + 1)
                        if not isinstance(decided, Refused):
                            continue
                        if isinstance(command, TakeIn | TakeCorrection | TakeSupplement | TakePassedOn):
                            assert is_refused(command, decided)
                            assert set(decided.codes) <= NAMED, decided.codes
                            seen |= set(decided.codes)
                        else:
                            assert not is_refused(command, decided), command
                            assert gaps_of(command, decided) == ()
    assert seen > NAMED - OF_THE_GATES - OF_OTHERS - {"request.route", "request.other"}


@pytest.mark.parametrize("name", [each for each in INSIDE if each != "quiet"])
def test_i6_no_receipt_tells_what_became_of_a_request(name: str) -> None:
    case, quiet = INSIDE[name](), INSIDE["quiet"]()
    for version in (1, 2):
        for command in messages(version):
            if isinstance(command, TakeSupplement) and "erased" in name:
                continue  # what was asked is known to whom it was asked; an erased case has forgotten it
            for look in LOOKS:
                assert answered(case, command, **look) == answered(quiet, command, **look), (command, look)


def test_i6_a_version_sent_twice_about_an_erased_case_is_answered_as_about_any_other() -> None:
    second = TakeCorrection(package=package(version=2), changes=CHANGES, reason="x")
    for desk in (Desk().take_in(), erased(Desk().take_in())):
        assert desk.must(second, ALBA).floors[0].version == 2
        assert answered(desk, second) == ("refused", ("request.version",))


def test_i6_a_withdrawal_is_swept_at_the_agreed_moment_whether_or_not_the_case_is_still_here() -> None:
    withdrawal = TakeWithdrawal(request=REQUEST, version=1, reason="acquitted", facts_token="f" * 64)
    here, gone, never = Desk().take_in(), erased(Desk().take_in()), Desk(now=Desk().take_in().now)
    for desk in (here, gone, never):
        desk.must(withdrawal, ALBA)
        desk.must(withdrawal, ALBA)
    swept = here.timers["review.sweep"].at
    assert [(each.at, each.request) for each in gone.sends] == [(swept, REQUEST)]
    assert [each.content for each in gone.sends] == [each.content for each in never.sends]


def test_the_closed_list_holds_every_reason_of_the_gates_and_no_other() -> None:
    folder = Path(sender.__file__).parent
    apart = {"legal_review.py", "counting.py", "unwritten.py", "reading.py", "__init__.py"}
    written: set[str] = set()
    for path in folder.glob("*.py"):
        if path.name not in apart:
            written |= set(_codes_in(path))
    assert written == set(OF_THE_GATES)


def _codes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "lacks":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            else:
                assert ast.unparse(first) == "f'two_people.no_{code}'", ast.unparse(first)
                yield from ("two_people.no_certifier", "two_people.no_authoriser")


def test_a_refusal_for_a_reason_nobody_put_on_the_list_is_a_refusal_that_names_nothing() -> None:
    taking = TakeIn(review=REVIEW, package=package())
    odd = Refused((replace(RECOVERING, code="something.new"),))
    assert is_refused(taking, odd)
    assert gaps_of(taking, odd) == ()
