"""Signed texts of a case are kept as they were said, die with it, and go out for a court whole (I5, I10, I11)."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions import disclose
from cotejo.actions.disclose import SignedText, Source
from cotejo.exchange import confirming
from cotejo.node.database import Dsns
from cotejo.proof import disclosure as folders
from cotejo.proof.case_texts import body, claims_of, payload
from cotejo.proof.disclosure import open_disclosure
from cotejo.proof.exact import sha256
from cotejo.proof.status_list import SlotState
from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import ReviewState
from cotejo.simulation.invented import AUTHORISER
from cotejo.simulation.invented_review import decide
from cotejo.store.fsck import examine
from cotejo.store.models import SignedText as Row
from cotejo.store.models import StatusText, Trace
from cotejo.store.signed_texts import What
from tests.builders.receiving import NOW, Receiving, play, receiving

LEGAL = Officer(id="1e" * 16, duty=Duty.LEGAL, unit="Casos", chain="Dirección")
PROTECTION = replace(LEGAL, duty=Duty.PROTECTION)
FOLDERS = {What.MESSAGE: folders.MESSAGES, What.RECEIPT: folders.RECEIPTS, What.STATUS: folders.STATUS}


@pytest.fixture
def house(node_database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Receiving:
    """Put a receiver together on PostgreSQL."""
    return receiving(tmp_path / "home", monkeypatch)


def stream(review: str) -> Stream:
    return Stream(StreamKind.REVIEW, review)


def texts(house: Receiving, review: str) -> tuple[SignedText, ...]:
    """Return the texts of a case as the node hands them on."""
    return tuple(
        SignedText(folder=FOLDERS[each.what], issuer="alba", number=each.number, signed=each.signed)
        for each in house.unit.texts_of(stream(review))
    )


def source(house: Receiving) -> Source:
    return Source(own=house.desk.own, key_documents=(boreal_document(house),), agreements=())


def boreal_document(house: Receiving) -> bytes:
    """Return the key document of the receiver, as Alba holds it."""
    partner = house.alba.unit.partner("boreal")
    assert partner is not None
    return partner.key_document.encode()


def suspended(house: Receiving, review: str) -> None:
    house.at_origin(house.cases[review], origin.Suspend(cause=SuspensionCause.OWN), AUTHORISER)
    house.hear()


def test_a_message_that_changed_a_case_is_kept_with_its_receipt_as_they_were_signed(house):
    review = house.request()
    suspended(house, review)
    sent = {each.seq: each for each in house.alba.unit.outbox}
    kept = house.unit.texts_of(stream(review))
    assert [(each.what, each.ours, each.number) for each in kept] == [
        (What.MESSAGE, False, 1),
        (What.RECEIPT, True, 1),
        (What.MESSAGE, False, 3),
        (What.RECEIPT, True, 3),
    ]
    for message, answer in (kept[:2], kept[2:]):
        assert sha256(message.signed).hex() == sent[message.number].sealed.sha256
        assert body(claims_of(payload(answer.signed)))["of"] == sent[message.number].sealed.mid
    row = Row.objects.first()
    assert row is not None
    assert kept[0].signed not in bytes(row.sealed)


def test_i11_texts_die_with_their_case_and_of_a_refused_request_there_are_none(house):
    review = house.request()
    house.unit.erase(stream(review), who=LEGAL, purpose=Purpose.RETENTION, now=house.clock.now)
    assert house.unit.texts_of(stream(review)) == ()
    assert not Row.objects.exists()
    suspended(house, review)
    assert not Row.objects.exists()


def test_i5_the_list_a_decision_rested_on_is_kept_with_it(house):
    review = house.request()
    play(house, review)
    status = [each for each in house.unit.texts_of(stream(review)) if each.what is What.STATUS]
    assert [each.number for each in status] == [StatusText.objects.get().issued]
    decided = house.state(review).decision
    assert decided is not None
    assert decided.act.status_issued == status[0].number


def test_i5_a_decision_on_a_list_that_is_no_longer_the_newest_is_taken_again(house, monkeypatch):
    review = house.request()
    play(house, review, until="ready")
    old = house.unit.status_held("alba")
    house.clock.move(1)
    house.status()
    seen = iter([old])
    newest = house.unit.status_held
    monkeypatch.setattr(type(house.unit), "status_held", lambda _unit, name: next(seen, None) or newest(name))
    who, command = decide()
    house.do(review, command, who, purpose=Purpose.DECISION)
    assert house.state(review).state is ReviewState.DECIDED
    held = newest("alba")
    assert held is not None
    assert house.state(review).decision.act.status_issued == held.issued != old.issued


def test_a_text_that_was_changed_with_a_database_shell_is_found(house):
    review = house.request()
    assert findings(house) == []
    message, receipt = Row.objects.order_by("id")
    Row.objects.filter(id=message.id).update(sealed=receipt.sealed)
    assert findings(house) == [f"message 1, alba, review:{review}"]
    Row.objects.filter(id=message.id).update(sealed=receipt.sealed, token="f" * 32)
    Row.objects.filter(id=receipt.id).update(token="e" * 32)
    assert len(findings(house)) == 2


def findings(house: Receiving) -> list[str]:
    return [each.which for each in examine(house.unit._places).findings if each.where == "signed texts"]


def disclosed(house: Receiving, review: str) -> folders.Disclosure:
    out = io.BytesIO()
    disclose.write_disclosure(
        out, house.unit, stream(review), texts(house, review), source(house), id_="d" * 32, now=house.clock.now
    )
    return open_disclosure(out)


def test_one_case_goes_out_whole_and_holds_with_public_keys_alone(house):
    review = house.request()
    suspended(house, review)
    house.at_origin(house.cases[review], origin.Reinstate(cause=SuspensionCause.OWN), AUTHORISER)
    house.hear()
    play(house, review)
    told = house.unit.line_held("alba").heard.whole().held()
    house.unit.keep_checkpoint(
        "alba",
        outgoing=False,
        note=confirming.sign_line(told, sender="alba", addressee="boreal", key=house.alba.log_key),
    )
    found = disclosed(house, review)
    assert [each.kind for each in found.said] == ["request", "suspension", "reinstatement"]
    assert all(each.receipt is not None and each.receipt.outcome == "taken" for each in found.said)
    assert all(each.logged is not None for each in found.said)
    assert found.enclosed == found.named == len(house.cases[review].documents)
    assert [each.state for each in found.statuses] == [SlotState.VALID]
    assert found.statuses[0].issued <= found.decided < found.statuses[0].expires


def test_i10_only_a_duty_that_hands_papers_out_takes_a_case_out_and_the_refusal_is_written_down(house):
    review = house.request()
    kept = texts(house, review)
    assert disclose.refusal(house.unit, stream(review), kept, who=LEGAL, now=NOW) is None
    before = Trace.objects.filter(what="refusal").count()
    denied = disclose.refusal(house.unit, stream(review), kept, who=PROTECTION, now=NOW)
    nothing = disclose.refusal(house.unit, stream(review), (), who=LEGAL, now=NOW)
    assert denied is not None
    assert (denied.code, nothing) == ("access.denied", disclose.NOTHING_LEFT)
    assert Trace.objects.filter(what="refusal").count() == before + 2


def test_a_case_taken_out_after_the_partner_changed_its_keys_still_holds(house):
    review = house.request()
    house.alba.rotate(now=house.clock.now)
    house.hear()
    suspended(house, review)
    found = disclosed(house, review)
    assert [each.version for each in found.lines["alba"].documents] == [1, 2]
