"""R1-R25: what Cotejo refuses has no place in its code: no word, no command, no message, no address, no setting."""

import ast
import re
import tomllib
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from cotejo.access.question import Denied, Thing, Verb, may
from cotejo.exchange.messages import KINDS
from cotejo.identity import Band
from cotejo.rules import dossier_commands, person_commands, review_commands, told
from cotejo.rules.acts import ACTS, GateState, Refused
from cotejo.rules.disclosure import TOTAL, Table, publish
from cotejo.rules.dossier import waiting
from cotejo.rules.duties import Clockwork, Duty, Officer
from cotejo.rules.facts import Category, EvidenceKind
from cotejo.rules.holds import HOLDS
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.store.codec import load_law
from tests.builders import review as receiver
from tests.builders import sound

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def names_in(path: Path) -> set[str]:
    """Return every name a module defines or uses, in small letters."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {name.lower() for name in found}


def imports_in(path: Path) -> set[str]:
    """Return every module a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def records_of(*modules: Any) -> list[type]:
    """Return every record declared in these modules."""
    return [
        each for module in modules for each in vars(module).values() if is_dataclass(each) and isinstance(each, type)
    ]


def field_names(records: list[type]) -> set[str]:
    """Return all field names of records."""
    return {field.name for record in records for field in fields(record)}


def commands() -> list[type]:
    """Return every command an officer or partner can give."""
    return records_of(person_commands, dossier_commands, review_commands)


def test_r1_no_command_act_or_message_has_a_place_for_a_score_rank_tier_or_prediction():
    load_law()
    named = field_names([*commands(), *ACTS.values(), *records_of(told)])
    assert not [name for name in named if re.search(r"score|rank|tier|probab|predict|risk_level|likelihood", name)]


@pytest.mark.parametrize("command", [receiver.ACT, receiver.HAND_OVER], ids=["decide", "hand over"])
def test_r2_no_clock_and_no_partner_decides_or_hands_over(command):
    desk = receiver.Desk().ready()
    for who in (Clockwork(), receiver.ALBA):
        assert isinstance(desk.do(command, who), Refused)


def test_r3_nothing_that_compares_images_or_voices_is_installed_or_imported():
    barred = re.compile(r"opencv|dlib|face|insight|deepface|torch|tensorflow|librosa|whisper|imagehash|pillow|pil$")
    locked = {each["name"] for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    assert not [name for name in locked if barred.search(name)]
    assert not [path for path in SOURCES if any(barred.match(name.lower()) for name in imports_in(path))]


def test_r4_nothing_but_the_line_to_partners_and_witnesses_calls_another_host():
    callers = {path.relative_to(ROOT / "src").as_posix() for path in SOURCES if "httpx" in imports_in(path)}
    allowed = re.compile(r"cotejo/node/|cotejo_demo/|cotejo/doors/redress/visitor\.py$")
    assert callers
    assert not [each for each in callers if not allowed.match(each)]


def test_r5_the_list_of_evidence_is_closed_and_knows_no_look_no_kin_and_no_neighbourhood():
    assert {kind.value for kind in EvidenceKind} == {
        "judgment", "warrant", "charge", "official_record", "sworn_statement", "unsworn_statement",
        "forensic_report", "document", "recording",
    }  # fmt: skip


def test_r6_anonymous_material_opens_no_gate():
    package = sound.sound_package()
    hidden = replace(package, evidence=tuple(replace(each, anonymous=True) for each in package.evidence))
    assert sound.codes(sound.gates(hidden), "support")


def test_r7_a_request_has_one_person_and_no_command_takes_several():
    assert {field.type for field in fields(Package) if field.name == "subject"} == {Package.__annotations__["subject"]}
    assert not field_names(commands()) & {"persons", "subjects", "people", "packages", "requests"}


def test_r8_no_message_asks_whether_a_person_is_there():
    assert set(KINDS) == {
        "request", "receipt", "correction", "withdrawal", "suspension", "reinstatement", "sweep", "answer",
        "questions", "supplement", "after_handover", "bulletin", "status_list", "link_checkpoint", "cosignature",
        "key_document", "reconciliation", "rehearsal", "erasure", "return", "inquiry", "inquiry_answer",
        "dispute", "agreement",
    }  # fmt: skip


def test_r9_the_answer_to_the_sender_has_two_words_and_no_reason():
    assert {field.name for field in fields(told.Answer)} == {"request", "period", "answered"}
    assert len(told.Answered) == 2


def test_r10_no_duty_alone_ends_a_hold():
    assert all(len(rule.ended_by) != 1 for rule in HOLDS.values())


def test_r11_without_a_status_nothing_is_decided():
    desk = receiver.Desk().ready()
    assert "status.none" in desk.refused(receiver.ACT, receiver.DECIDER, status=None)


def test_r12_no_band_says_that_it_is_the_person_and_no_command_merges():
    assert {band.value for band in Band} == {"contradicted", "cannot_tell", "possible", "many_agree"}
    assert not [each.__name__ for each in commands() if "Merge" in each.__name__]


def test_r13_nothing_found_is_no_kind_of_evidence():
    assert not [kind for kind in EvidenceKind if re.search(r"none|nothing|absence|not_found", kind.value)]


def test_r14_nothing_leaves_without_its_document():
    package = sound.sound_package()
    bare = replace(package, evidence=tuple(replace(each, document="", document_place="") for each in package.evidence))
    assert sound.codes(sound.gates(bare), "documents")


@pytest.mark.parametrize("category", [Category.VICTIM, Category.WITNESS, Category.SUSPECT, Category.OTHER])
def test_r15_nobody_asks_for_a_victim_or_a_witness(category):
    assert sound.codes(sound.gates(replace(sound.sound_package(), category=category)), "category")


def test_r15_nobody_asks_for_a_child():
    package = sound.sound_package()
    child = replace(package, subject=replace(package.subject, birth="2012-01-01"))
    stopped = {gate.code for gate in sound.gates(child) if gate.state is GateState.STOPPED}
    assert "child" in stopped


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.STATISTICS, Duty.OPERATOR, Duty.DECISION, Duty.PARTNERS])
def test_r16_a_draft_is_seen_by_nobody_but_those_who_prepare_it(duty):
    officer = Officer(id="o", duty=duty, unit="u", chain="c")
    answer = may(officer, Verb.READ, Thing(kind="dossier", id="d"), purpose=Purpose.REQUEST)
    assert isinstance(answer, Denied)


def test_r17_the_removal_route_asks_whether_the_person_was_told():
    assert "person_told_of_route" in field_names(commands())


def test_r18_no_command_types_a_date_until_which_something_is_kept():
    barred = {"purge_on", "keep_until", "retain_until", "expires_on", "retention"}
    assert not field_names(commands()) & barred


def test_r19_a_withdrawal_is_over_only_when_the_partner_swept():
    desk = sound.sent()
    desk.must(dossier_commands.Withdraw(reason=next(iter(dossier_commands.WithdrawalReason))), sound.CERTIFIER)
    assert [each.step for each in waiting(desk.dossier)] == ["dossier.sweep"]


def test_r20_no_act_edits_or_deletes_another():
    load_law()
    assert not [code for code in ACTS if re.search(r"\.(edited|deleted|changed|rewritten|undone)$", code)]


def test_r21_no_setting_and_no_agreement_term_switches_a_safeguard_off():
    settings = (ROOT / "src/cotejo/node/settings.py").read_text() + (ROOT / "src/cotejo/node/node_file.py").read_text()
    off, what = "skip|disable|bypass|allow|without|no", "check|gate|hold|evidence|log|audit|redress|protection"
    switch = re.compile(rf"({off})_({what})", re.IGNORECASE)
    assert not switch.findall(settings)


def test_r22_the_exchange_imports_nothing_of_prevention_and_prevention_nothing_of_it():
    inside = [path for path in SOURCES if path.is_relative_to(ROOT / "src/cotejo")]
    assert not [path for path in inside if any(name.startswith("cotejo_prevention") for name in imports_in(path))]
    other = [path for path in SOURCES if path.is_relative_to(ROOT / "src/cotejo_prevention")]
    assert not [path for path in other if any(name.split(".")[0] == "cotejo" for name in imports_in(path))]


def test_r23_nothing_tells_a_consulate():
    assert not [each.__name__ for each in (*commands(), *get_args(told.Content)) if "Consul" in each.__name__]


def test_r24_no_figure_below_the_threshold_leaves():
    counts = {("extradition", TOTAL): 3, ("transfer", TOTAL): 400, ("information_only", TOTAL): 700}
    table = Table(
        population="requests",
        period=("2026-01", "2026-06"),
        guarded=False,
        dimensions=("route",),
        rows=("extradition", "transfer", "information_only"),
        columns=(),
        counts=counts,
    )
    said = publish(table, b"k" * 32).said
    assert said["extradition", TOTAL] is None


def test_r25_there_is_no_command_to_watch_for_a_person():
    assert not [each.__name__ for each in commands() if re.search(r"Watch|Alert|Subscribe|Notify", each.__name__)]
