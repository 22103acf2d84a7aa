"""What a court gets counts by the signatures of those who said it; with one false piece in it nothing counts."""

import io
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.proof import exact, jws
from cotejo.proof.carried import PackageKind
from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.disclosure import open_disclosure
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import PublishedKey, Revoked, sign_key_document
from cotejo.proof.key_line import KeyLine
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.package_report import report
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.status_list import SlotState
from cotejo.proof.tlog_proof import TlogProof
from tests.builders.disclosed import (
    ALBA,
    BOREAL,
    DAY,
    DOCUMENT,
    NOW,
    REQUEST,
    TERMS,
    TERMS_HASH,
    Agency,
    claims,
    packed,
    place,
    receipt,
    signed,
    sound,
    status,
)

MESSAGE, RECEIPT, PROOF = (f"{folder}/alba/0000000000000002" for folder in ("messages", "receipts", "proofs"))
STATUS = f"status/alba/{NOW + 1000:016d}"
OURS = ALBA.keys[Purpose.MESSAGE]
THEIRS = BOREAL.keys[Purpose.MESSAGE]


def refused(file: io.BytesIO, **more) -> Reason:
    with pytest.raises(ProofError) as caught:
        open_disclosure(file, **more)
    return caught.value.reason


def but(**changes: bytes | None) -> io.BytesIO:
    """Return a disclosure with members changed or (None) left out, by the last word of their folder's name."""
    names = {"message": MESSAGE, "receipt": RECEIPT, "proof": PROOF, "status": STATUS}
    items = sound() | {names.get(name, name): content for name, content in changes.items() if content is not None}
    return packed({n: c for n, c in items.items() if n not in {names[k] for k, c in changes.items() if c is None}})


def test_a_sound_disclosure_says_who_signed_what_where_it_stands_and_what_was_valid():
    found = open_disclosure(packed())
    (said,) = found.said
    assert (said.issuer, said.number, said.kind, said.version) == ("alba", 2, "request", 1)
    assert said.receipt is not None
    assert said.receipt.outcome == "taken"
    assert said.logged is not None
    assert (said.logged.size, said.logged.confirmed) == (4, NOW + 60_000)
    assert (found.named, found.enclosed) == (1, 1)
    assert [each.state for each in found.statuses] == [SlotState.VALID]
    assert found.known == frozenset()


def test_a_court_gets_the_paper_the_person_signed_with_what_they_dispute():
    paper = {"sha256": sha256(DOCUMENT).hex(), "size": len(DOCUMENT), "parts": []}
    body = exact.to_bytes({"stated": {}, "signed": {}, "documents": [paper]}).decode()
    found = open_disclosure(but(message=signed(claims(kind="dispute", body=body), OURS), receipt=None, proof=None))
    (said,) = found.said
    assert (said.kind, said.slot) == ("dispute", -1)
    assert (found.named, found.enclosed) == (1, 1)


def agreed(*roots: tuple[bytes, Agency]) -> bytes:
    """Return signatures over terms, one a line, as an agreement's member holds them."""
    return b"\n".join(jws.sign(terms, by.keys[Purpose.ROOT], typ=jws.Typ.AGREEMENT) for terms, by in roots)


NEXT = exact.to_bytes({"parties": ["alba", "boreal"], "replaces": [TERMS_HASH]})
BOTH = agreed((TERMS, ALBA), (TERMS, BOREAL), (NEXT, BOREAL), (NEXT, ALBA))


def test_f19_messages_may_cite_each_of_several_agreements_that_both_signed():
    later = signed(claims(agreement=sha256(NEXT).hex(), seq=3, mid="3" * 32), OURS)
    items = sound() | {"agreement": BOTH, "messages/alba/0000000000000003": later}
    found = open_disclosure(packed(items))
    assert found.agreements == (TERMS_HASH, sha256(NEXT).hex())
    assert len(found.said) == 2
    text = "\n".join(report(packed(items)).lines(spanish=True))
    assert all(f"SHA-256 {each}" in text for each in found.agreements)


@pytest.mark.parametrize(
    "member",
    [
        agreed((TERMS, ALBA), (TERMS, BOREAL), (NEXT, ALBA)),
        agreed((TERMS, ALBA), (TERMS, BOREAL), (NEXT, ALBA), (NEXT, ALBA)),
        agreed((NEXT, ALBA), (NEXT, BOREAL)),
        agreed((TERMS, ALBA), (TERMS, BOREAL), (TERMS, ALBA)),
    ],
    ids=["one signature missing", "one side alone", "another than is cited", "one too many"],
)
def test_f19_an_agreement_that_both_did_not_sign_or_that_is_not_the_one_cited_makes_the_file_worthless(member):
    assert refused(but(agreement=member)) is Reason.PACKAGE_DISAGREES


@pytest.mark.parametrize("spanish", [True, False])
def test_the_report_says_in_both_languages_what_it_shows_and_what_it_does_not(spanish):
    text = "\n".join(report(packed()).lines(spanish=spanish))
    wanted = ("It does not show", "is true", "valid at that moment") if not spanish else ("Lo que no muestra", "verdad")
    assert all(word in text for word in wanted)
    assert ALBA.document.fingerprint() in text
    assert BOREAL.document.fingerprint() in text
    assert REQUEST in text


def test_what_is_absent_is_told_as_not_shown():
    full = "\n".join(report(packed()).lines(spanish=False))
    for name, words in (
        (RECEIPT, "ever got message 2"),
        (PROOF, "is in the log of the link"),
        (STATUS, "no status is enclosed"),
        (f"documents/{sha256(b'%PDF a court' + b's judgment, invented').hex()}", ""),
    ):
        items = sound()
        items.pop(name, None)
        text = "\n".join(report(packed(items)).lines(spanish=False))
        assert words in text
        assert not words or words not in full
    without = {name: content for name, content in sound().items() if not name.startswith("documents/")}
    assert "1 of those named in the request" in "\n".join(report(packed(without)).lines(spanish=False))


def test_a_status_that_was_not_valid_at_the_decision_is_told_as_such():
    late = "no enclosed status that was valid at that moment"
    for wrong in (status(SlotState.SUSPENDED), status(life=500), status(issued=NOW + 90_000)):
        assert late in "\n".join(report(but(status=wrong)).lines(spanish=False))
    assert late not in "\n".join(report(packed()).lines(spanish=False))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"message": signed(claims(seq=3), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(rid="8" * 32), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(aud="cresta"), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(iss="boreal"), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(v=2), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(kind="receipt"), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(agreement="9" * 64), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(body="{}"), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(body="no"), OURS)}, Reason.NOT_EXACT),
        ({"message": signed(claims(iat="now"), OURS)}, Reason.NOT_EXACT),
        ({"message": signed(claims(iat=True), OURS)}, Reason.PACKAGE_DISAGREES),
        ({"message": signed(claims(kind={}), OURS)}, Reason.NOT_EXACT),
        ({"message": signed(claims(rid=None), OURS)}, Reason.NOT_EXACT),
        ({"message": signed(claims(), THEIRS)}, Reason.UNKNOWN_KEY),
        ({"message": signed(claims(iat=NOW - 9 * DAY), OURS)}, Reason.UNKNOWN_KEY),
        ({"message": signed(claims(iat=NOW + 900 * DAY), OURS)}, Reason.UNKNOWN_KEY),
        ({"message": b"noise"}, Reason.NOT_EXACT),
        ({"receipt": signed(receipt(b"another"), THEIRS)}, Reason.PACKAGE_DISAGREES),
        ({"receipt": signed(claims(iss="boreal", aud="alba"), THEIRS)}, Reason.PACKAGE_DISAGREES),
        ({"receipt": signed(receipt(sound()[MESSAGE]), OURS)}, Reason.UNKNOWN_KEY),
        ({"proof": place(b"another message")}, Reason.NOT_IN_LOG),
        ({"proof": place(sound()[MESSAGE], number=3)}, Reason.PACKAGE_DISAGREES),
        ({"proof": place(sound()[MESSAGE], salt="6" * 64)}, Reason.NOT_IN_LOG),
        ({"proof": b"noise"}, Reason.NOT_IN_LOG),
        ({"status": b"noise"}, Reason.NOT_EXACT),
    ],
)
def test_one_piece_that_does_not_belong_makes_the_whole_file_worthless(changes, reason):
    alone = {"receipt": None, "proof": None} if "message" in changes else {}
    assert refused(but(**changes, **alone)) is reason


def test_a_log_nobody_knows_and_a_false_confirmation_are_refused():
    proof = TlogProof.from_bytes(sound()[PROOF])
    text, _, lines = proof.checkpoint.partition(b"\n\n")
    ours, theirs = lines.splitlines(keepends=True)
    stranger = replace(proof, checkpoint=text + b"\n\n" + theirs)
    assert refused(but(proof=stranger.to_bytes())) is Reason.BAD_SIGNATURE
    altered = theirs[:-6] + (b"AAAA" if theirs[-6:-2] != b"AAAA" else b"BBBB") + theirs[-2:]
    assert refused(but(proof=replace(proof, checkpoint=text + b"\n\n" + ours + altered).to_bytes())) in {
        Reason.BAD_SIGNATURE,
        Reason.BAD_CHECKPOINT,
    }
    alone = open_disclosure(but(proof=replace(proof, checkpoint=text + b"\n\n" + ours).to_bytes()))
    assert alone.said[0].logged is not None
    assert alone.said[0].logged.confirmed == 0


@pytest.mark.parametrize(
    "name",
    [
        "notes",
        "documents/" + "0" * 64,
        "messages/alba/2",
        "messages/cresta/0000000000000002",
        "receipts/boreal/0000000000000009",
        "status/boreal/0000000000000001",
        "key-documents/cresta/000001",
    ],
)
def test_a_member_that_belongs_to_nothing_is_refused(name):
    content = Agency("cresta").signed if name.startswith("key") else b"x"
    assert refused(packed(sound() | {name: content})) in {Reason.PACKAGE_DISAGREES, Reason.NOT_EXACT}


def test_what_the_file_says_it_is_about_is_of_the_form_and_names_the_maker():
    for about in ({"request": 7}, {"origin": "boreal"}, {"decided": -1}, {"decided": True}, {"more": 1}):
        assert refused(packed(about=about)) is Reason.PACKAGE_DISAGREES
    other = Agency("cresta")
    items = sound() | {"key-documents/cresta/000001": other.signed}
    assert refused(packed(items, issuer="cresta", key=other.keys[Purpose.MESSAGE])) is Reason.PACKAGE_DISAGREES
    assert refused(packed(kind=PackageKind.MAIL)) is Reason.WRONG_TYPE
    assert refused(packed({n: c for n, c in sound().items() if "messages" not in n})) is Reason.PACKAGE_DISAGREES


def test_a_file_the_maker_did_not_sign_or_without_its_keys_is_refused():
    assert refused(packed(key=OURS)) is Reason.UNKNOWN_KEY
    assert refused(packed(made=NOW + 400 * DAY)) is Reason.UNKNOWN_KEY
    items = {n: c for n, c in sound().items() if not n.startswith("key-documents/boreal")}
    assert refused(packed(items)) is Reason.UNKNOWN_KEY


def test_the_key_documents_of_the_file_are_compared_with_those_the_reader_has():
    known = open_disclosure(packed(), anchors=(ALBA.document, Agency("cresta").document)).known
    assert known == {"alba"}
    impostor = Agency("alba", seed="other").document
    assert refused(packed(), anchors=(impostor,)) is Reason.KEY_DOCUMENT_BROKEN_LINE


def test_witnesses_the_reader_asks_for_must_have_confirmed():
    boreal = NoteKey(name="boreal", key=BOREAL.keys[Purpose.WITNESS].verifying)
    stranger = NoteKey(name="ombudsman", key=SigningKey.from_seed(bytes(32), Purpose.WITNESS).verifying)
    found = open_disclosure(packed(), policy=WitnessPolicy(witnesses=(boreal,), quorum=1))
    assert found.said[0].logged is not None
    assert found.said[0].logged.witnesses == ("boreal",)
    both = WitnessPolicy(witnesses=(boreal, stranger), quorum=2)
    assert refused(packed(), policy=both) is Reason.NOT_ENOUGH_WITNESSES


def next_document(agency: Agency, **changes):
    held = agency.document
    return replace(held, version=held.version + 1, previous=held.digest(), issued=NOW + 10 * DAY, **changes)


def test_a_key_counts_while_its_newest_listing_says_and_not_from_when_it_was_stolen():
    new = SigningKey.from_seed(bytes(32), Purpose.MESSAGE)
    keys = tuple(replace(each, until=NOW + 20 * DAY) for each in ALBA.document.keys)
    second = next_document(ALBA, keys=(*keys, PublishedKey(key=new.verifying, until=NOW + 100 * DAY)))
    root = ALBA.keys[Purpose.ROOT]
    line = KeyLine.from_signed([ALBA.signed, sign_key_document(second, root)])
    assert OURS.key_id in line.keys(Purpose.MESSAGE, at=NOW + 15 * DAY)
    assert OURS.key_id not in line.keys(Purpose.MESSAGE, at=NOW + 25 * DAY)
    assert new.key_id not in line.keys(Purpose.MESSAGE, at=NOW)
    assert new.key_id in line.keys(Purpose.MESSAGE, at=NOW + 11 * DAY)
    stolen = next_document(ALBA, revoked=(Revoked(key=OURS.key_id, invalid_after=NOW - 1),))
    line = KeyLine.from_signed([ALBA.signed, sign_key_document(stolen, root)])
    assert OURS.key_id not in line.keys(Purpose.MESSAGE, at=NOW)
    items = sound() | {"key-documents/alba/000002": sign_key_document(stolen, root)}
    assert refused(packed(items)) is Reason.UNKNOWN_KEY
    with pytest.raises(ProofError):
        KeyLine.from_signed([])
    with pytest.raises(ProofError):
        KeyLine.from_signed([BOREAL.signed, sign_key_document(second, root)])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_disclosure_altered_anywhere_is_refused_by_name(data):
    whole = bytearray(WHOLE)
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[at] ^= data.draw(st.integers(1, 255))
    else:
        del whole[at:]
    with pytest.raises(ProofError):
        report(io.BytesIO(bytes(whole)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_signed_file_with_any_text_in_any_place_ends_in_a_report_or_a_named_refusal(data):
    items = sound()
    name = data.draw(st.sampled_from(sorted(items)))
    said = claims(**data.draw(st.dictionaries(st.sampled_from(sorted(claims())), JSON, max_size=3)))
    content = data.draw(st.sampled_from([b"", signed(said, OURS), signed(said, THEIRS), *items.values()]))
    with suppress(ProofError):
        report(packed(items | {name: content}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=6,
)
WHOLE = packed().getvalue()
