"""Files carried by hand: the whole path without a link, and a file that does harm to nobody (I5, I7, I8)."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.actions.carry import RECEIPTED, CarriedIn
from cotejo.actions.laws import partner_state
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.carried import PackageKind, write_package
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.review_commands import OpenReview
from cotejo.rules.review_words import ReviewState
from cotejo.simulation.invented import AUTHORISER, CERTIFIER
from cotejo.simulation.invented_review import INTAKE
from cotejo.simulation.kept import Waiting
from tests.builders.carried import Carrier
from tests.builders.line import Link


class Carried:
    """Two nodes that only ever meet through files."""

    def __init__(self, **terms: object) -> None:
        self.link = Link(**terms)
        self.alba, self.boreal = Carrier(self.link.alba), Carrier(self.link.boreal)

    def over(self, *, status: bool = True) -> CarriedIn:
        """Carry a file from alba to boreal."""
        if status:
            self.link.now += 1
            self.link.alba.push_status(now=self.link.now)
        return self.boreal.take(self.alba.write("boreal", now=self.link.now), now=self.link.now)

    def back(self) -> CarriedIn:
        """Carry a file from boreal to alba."""
        return self.alba.take(self.boreal.write("alba", now=self.link.now), now=self.link.now)

    def waiting(self) -> list[Waiting]:
        """Return alba's messages without a receipt."""
        return [each for each in self.link.alba.unit.outbox if not each.receipt]

    def dossier(self, case):
        return self.link.alba.state(StreamKind.DOSSIER, case.dossier)

    def open_codes(self, case):
        """Try to begin the review at boreal; return the codes against it."""
        stream = self.link.stream(case)
        done = self.link.boreal.act(
            StreamKind.REVIEW, stream.id, OpenReview(), who=INTAKE, purpose="intake", now=self.link.now
        )
        return done.codes if isinstance(done, Refused) else ()


def refused(call) -> WireReason | Reason:
    with pytest.raises((WireRefusal, ProofError)) as caught:
        call()
    return caught.value.reason


def test_i7_request_receipt_status_withdrawal_and_sweep_cross_in_files_alone():
    both = Carried()
    link, case = both.link, both.link.case()
    sent = both.over()
    assert (sent.taken, sent.repeated, sent.stopped) == (2, 0, None)
    assert both.open_codes(case) == ()
    assert both.waiting(), "nothing leaves the outbox until its receipt comes"
    assert both.back().receipts == 2
    assert not both.waiting()
    assert both.dossier(case).sent[-1].outcome == "taken"

    link.at_origin(case, origin.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)
    both.over()
    assert link.review(case).withdrawn_at
    link.now += 2 * HOUR
    link.boreal.tick(now=link.now)
    assert both.back().taken >= 1
    assert link.alba.unit.line_held("boreal").heard[-1].kind == "sweep"
    assert both.dossier(case).swept_at == link.now


def test_i8_the_same_file_twice_an_older_one_after_a_newer_one_and_receipts_twice_change_nothing():
    both = Carried()
    link, case = both.link, both.link.case()
    older = both.alba.write("boreal", now=link.now)
    link.alba.push_status(now=link.now)
    newer = both.alba.write("boreal", now=link.now)
    assert both.boreal.take(newer, now=link.now).taken == 2
    before = (link.boreal.unit.acts, link.boreal.unit.partner("alba"), dict(both.boreal.receipts))
    for file, repeated in ((newer, 2), (older, 1), (newer, 2)):
        done = both.boreal.take(file, now=link.now)
        assert (done.taken, done.repeated) == (0, repeated)
    assert (link.boreal.unit.acts, link.boreal.unit.partner("alba"), both.boreal.receipts) == before
    answer = both.boreal.write("alba", now=link.now)
    assert both.alba.take(answer, now=link.now).receipts == 2
    assert both.alba.take(answer, now=link.now).receipts == 0
    assert both.dossier(case).sent[-1].outcome == "taken"


def test_i5_a_status_that_was_too_long_on_its_way_lets_nobody_begin():
    both = Carried()
    case = both.link.case()
    both.over()
    both.link.now += DAY + MINUTE
    assert any(code.startswith("status.") for code in both.open_codes(case))
    both.over()
    assert both.open_codes(case) == ()


def test_i5_a_list_older_than_its_life_is_refused_on_arrival_and_its_receipt_says_so():
    both = Carried()
    case = both.link.case()
    both.link.alba.push_status(now=both.link.now)
    file = both.alba.write("boreal", now=both.link.now)
    both.link.now += 2 * DAY
    assert both.boreal.take(file, now=both.link.now).taken == 2
    assert both.link.boreal.unit.status_held("alba") is None
    assert both.open_codes(case)


def test_a_file_that_begins_after_what_the_line_waits_for_has_no_effect_and_says_from_where():
    both = Carried()
    link, _case = both.link, both.link.case()
    file = both.alba.write("boreal", now=link.now)
    lost = Carrier(Link(seed="line").boreal)
    assert lost.take(file, now=link.now).taken == 1
    for waiting in both.waiting():
        waiting.receipt = b"taken"
    link.alba.push_status(now=link.now)
    later = both.alba.write("boreal", now=link.now)
    before = (link.boreal.unit.acts, dict(link.boreal._parts))
    with pytest.raises(WireRefusal) as gap:
        both.boreal.take(later, now=link.now)
    assert (gap.value.reason, gap.value.expected) == (WireReason.GAP, 1)
    assert (link.boreal.unit.acts, link.boreal._parts) == before
    assert both.boreal.take(both.alba.write("boreal", now=link.now, since=1), now=link.now).taken == 2


def test_a_refused_request_is_refused_with_the_same_gaps_as_over_the_wire():
    both = Carried()
    link, case = both.link, both.link.case(send=False)
    link.at_origin(case, origin.AuthoriseSending(), AUTHORISER)
    waiting = both.waiting()[-1]
    whole = waiting.sealed.parts
    wire = Link()
    wired = wire.case()
    assert wired.request == case.request
    on_the_wire = wire.hear(wire.alba.unit.outbox[-1], parts=False).gaps
    object.__setattr__(waiting.sealed, "parts", whole[:0])
    both.over(status=False)
    both.back()
    assert both.dossier(case).sent[-1].gaps == on_the_wire
    assert "request.documents" in on_the_wire
    assert link.review(case).state is ReviewState.NONE


def test_a_file_from_a_stranger_or_for_somebody_else_or_of_another_kind_is_refused_untouched():
    both = Carried()
    link = both.link
    file = both.alba.write("boreal", now=link.now)
    assert refused(lambda: both.alba.take(file, now=link.now)) is WireReason.UNKNOWN_PARTNER
    cresta = Link("cresta", seed="other")
    stranger = Carrier(cresta.origins["cresta"]).write("boreal", now=link.now)
    assert refused(lambda: both.boreal.take(stranger, now=link.now)) is WireReason.UNKNOWN_PARTNER
    elsewhere = Carrier(cresta.origins["cresta"])
    assert refused(lambda: elsewhere.take(file, now=link.now)) is WireReason.UNKNOWN_PARTNER
    assert refused(lambda: both.boreal.take(made(link, addressee="cresta"), now=link.now)) is WireReason.NOT_FOR_US
    other = made(link, kind=PackageKind.DISCLOSURE)
    assert refused(lambda: both.boreal.take(other, now=link.now)) is Reason.WRONG_TYPE
    impostor = SigningKey.from_seed(bytes(32), Purpose.MESSAGE)
    assert refused(lambda: both.boreal.take(made(link, key=impostor), now=link.now)) is Reason.UNKNOWN_KEY


def made(link: Link, *items: tuple[str, bytes], **changes: object) -> bytes:
    """Put any file at all together, signed by alba unless told otherwise."""
    out = io.BytesIO()
    terms = {
        "kind": PackageKind.MAIL,
        "id_": "a" * 32,
        "addressee": "boreal",
        "made": link.now,
        "about": {RECEIPTED: 0},
        "issuer": "alba",
        "key": link.alba.own.message,
    }
    write_package(out, items, **{**terms, **changes})
    return out.getvalue()


FIRST, SECOND = "messages/0000000000000001", "messages/0000000000000002"


@pytest.mark.parametrize(
    ("items", "about"),
    [
        ((("letter", b""),), {RECEIPTED: 0}),
        ((("messages/1", b""),), {RECEIPTED: 0}),
        (((SECOND, b""), (FIRST, b"")), {RECEIPTED: 0}),
        (((FIRST, b""), ("messages/0000000000000003", b"")), {RECEIPTED: 0}),
        (((FIRST, bytes(200_000)),), {RECEIPTED: 0}),
        (((FIRST, b""),), {}),
        (((FIRST, b""),), {RECEIPTED: "1"}),
        (((FIRST, b""),), {RECEIPTED: -1}),
        (((FIRST, b""),), {RECEIPTED: 0, "more": 1}),
    ],
)
def test_a_signed_file_that_is_not_mail_in_order_is_refused_as_a_whole(items, about):
    both = Carried()
    file = made(both.link, *items, about=about)
    assert refused(lambda: both.boreal.take(file, now=both.link.now)) is Reason.PACKAGE_BROKEN


def test_a_signed_file_with_nonsense_as_a_message_stops_there_by_name_and_keeps_nothing():
    both = Carried()
    link = both.link
    for nonsense in (b"", b"CTJ1", bytes(2000)):
        done = both.boreal.take(made(link, (FIRST, nonsense)), now=link.now)
        assert (done.taken, done.stopped_at) == (0, 1)
        assert done.stopped is not None
        assert done.stopped.reason in {WireReason.NOT_READABLE, WireReason.UNKNOWN_PARTNER}
    part = f"parts/0000000000000001/{'0' * 64}"
    lying = made(link, (part, b"other bytes"), (FIRST, b""))
    assert refused(lambda: both.boreal.take(lying, now=link.now)) is Reason.PACKAGE_DISAGREES


def test_a_receipt_of_no_message_of_ours_or_of_another_one_is_refused_by_name():
    both = Carried()
    link = both.link
    link.case()
    both.over()
    receipt = both.boreal.receipts[1]
    for number, content in ((9, receipt), (2, receipt), (1, b"noise"), (1, receipt[:-1])):
        both.boreal.receipts = {number: content}
        assert isinstance(refused(both.back), WireReason)
        assert len(both.waiting()) == 2


def test_a_file_signed_with_a_new_key_is_believed_when_its_documents_lead_from_the_root_that_is_known():
    both = Carried()
    link = both.link
    link.case()
    both.over()
    both.back()
    documents = [link.alba.key_document]
    for _ in range(2):
        link.alba.rotate(now=link.now)
        documents.append(link.alba.key_document)
        assert link.alba.next_own is not None
        link.alba.use_keys(link.alba.next_own)
        link.alba.next_own = None
    both.alba.documents = tuple(each.encode() for each in documents)
    assert both.over().taken >= 2
    assert partner_state(link.boreal.unit, "alba").key_number == 3
    stranger = Link(seed="stranger").alba
    both.alba.documents = (*both.alba.documents[:1], stranger.key_document.encode())
    link.alba.use_keys(stranger.own)
    assert refused(both.over) is Reason.UNKNOWN_KEY
    assert partner_state(link.boreal.unit, "alba").key_number == 3


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_file_altered_or_cut_short_anywhere_is_refused_and_has_no_effect(data):
    both = FUZZED
    whole = bytearray(FILE)
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[at] ^= data.draw(st.integers(1, 255))
    else:
        del whole[at:]
    before = (both.link.boreal.unit.acts, both.link.boreal.unit.partner("alba"), dict(both.link.boreal._parts))
    assert isinstance(refused(lambda: both.boreal.take(bytes(whole), now=both.link.now)), Reason | WireReason)
    after = (both.link.boreal.unit.acts, both.link.boreal.unit.partner("alba"), both.link.boreal._parts)
    assert after == before


FUZZED = Carried()
FUZZED.link.case()
FILE = FUZZED.alba.write("boreal", now=FUZZED.link.now)
