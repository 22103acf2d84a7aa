"""Whatever a partner's software writes ends in a receipt or a named refusal, and the line goes on (F54, F55).

A message that finds a fault leaves a line on which nothing else is taken in. The receiver is put together anew then, so
that the same message finds the same fault when it is tried again, and the smallest such message can be found.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from cotejo.actions.take_in import take_in
from cotejo.exchange.refusals import WireRefusal
from cotejo.proof.refusals import ProofError
from cotejo.rules import told
from cotejo.rules.acts import Plan, Send, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.duties import Clockwork
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.inquiry_words import Asked, InquiryBasis
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import ReviewState
from cotejo.simulation import invented_review
from cotejo.simulation.node import waiting_for
from cotejo.store.sealed_copies import make_oversight_key
from cotejo.store.signed_texts import What
from tests import pages
from tests.builders.anything import altered, anything
from tests.builders.receiving import SUBJECT, Receiving, receiving
from tests.cluster import Cluster

FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=1500)
WORDS = tuple(each for each in get_args(told.Content) if each not in (told.Receipt, told.Reconciliation))


@pytest.fixture
def begin(
    postgres: Cluster, django_db_blocker: DjangoDbBlocker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Receiving]]:
    """Put a receiver together on PostgreSQL, its oversight body's key made, with one sound request of Alba taken in.

    The one before is gone.
    """
    with django_db_blocker.unblock(), ExitStack() as database:

        def anew() -> Receiving:
            database.close()
            database.enter_context(pages.node_database(postgres))
            made = receiving(tmp_path / f"home-{len(list(tmp_path.iterdir()))}", monkeypatch)
            places = made.unit._places
            make_oversight_key(places.keys, places.for_oversight, bytes(range(32)))
            made.request(SUBJECT)
            return made

        yield anew


@pytest.fixture
def house(begin: Callable[[], Receiving]) -> Receiving:
    """Give a receiver."""
    return begin()


@pytest.fixture
def sound(house: Receiving) -> Package:
    """Give the request as it came first, so that what is drawn does not depend on what was taken in since."""
    return first_request(house)


def first_request(house: Receiving) -> Package:
    found: Package = house.state(house.unit.listed(StreamKind.REVIEW)[0].stream.id).package
    return found


class Tried:
    """A receiver that one message after the other is tried on, and the request that came first."""

    def __init__(self, begin: Callable[[], Receiving]) -> None:
        self._begin = begin
        self._house = begin()
        self._sound = first_request(self._house)

    def anything(self, data: st.DataObject) -> None:
        """Let the partner say anything."""
        content = said_of(data, self._sound)
        try:
            goes_on(self._house, content)
        except Exception:
            self._house = self._begin()
            raise


@pytest.fixture
def tried(begin: Callable[[], Receiving]) -> Tried:
    """Give a receiver to try messages on."""
    return Tried(begin)


def said_of(data: st.DataObject, sound: Package) -> object:
    """Draw anything one node can say, often nearly sound and about a request that is known."""
    content = data.draw(st.one_of(*(anything(each) for each in WORDS)))
    if isinstance(content, told.Request | told.Correction | told.Supplement):
        version = data.draw(st.integers(1, 2**31 - 2))
        fresh = f"{data.draw(st.integers(0, 2**64)):032x}"
        package = data.draw(st.one_of(altered(sound), altered(replace(sound, request=fresh)), anything(Package)))
        package = replace(package, version=version) if data.draw(st.booleans()) else package
        return replace(content, package=package)
    if isinstance(content, told.PassedOn):  # its kind is one of the letter's claims, which are read before its place
        return replace(content, kind=data.draw(st.sampled_from(("request", "withdrawal", "of no such kind"))))
    if hasattr(content, "request") and data.draw(st.booleans()):
        return replace(content, request=sound.request)
    return content


def tell(house: Receiving, content: object) -> str:
    """Put a content into Alba's line and take it in; say what came of it."""
    send = Send(partner="boreal", content=content)
    try:
        house.alba.unit.commit(Plan(sends=(send,)), who=Clockwork(), purpose=Purpose.EXCHANGE, now=house.clock.now)
    except ProofError:
        return "does not fit a message"
    message = waiting_for(house.alba, "boreal")[-1]
    house.parts.update(message.sealed.parts)
    try:
        sealed = take_in(house.desk, message.sealed.body, now=house.clock.now)
    except WireRefusal as refusal:
        message.receipt = b"none"
        return refusal.reason.code
    house.alba.note(message, sealed, now=house.clock.now)
    return message.receipt.decode()


def goes_on(house: Receiving, content: object) -> None:
    """Tell a content; then a word must be taken, and what was taken in can be begun and read."""
    came = tell(house, content)
    assert came in {"taken", "refused", "does not fit a message"}, came
    assert tell(house, told.Suspension(request="0" * 32, version=1)) == "taken"
    for line in house.unit.listed(StreamKind.REVIEW, states=("received",)):
        state = state_of(StreamKind.REVIEW, house.unit.entries(Stream(StreamKind.REVIEW, line.stream.id)))
        assert state.state is ReviewState.RECEIVED
        for who, command in invented_review.begin():
            house.clock.move(1)
            house.alba.push_status(now=house.clock.now)
            house.hear()
            house.do(line.stream.id, command, who)
    house.clock.move(1)


@FEW
@given(data=st.data())
def test_f55_whatever_a_partner_says_ends_in_a_receipt_and_the_line_goes_on(tried: Tried, data: st.DataObject):
    tried.anything(data)


@pytest.mark.long
@pytest.mark.timeout(3600)
@MANY
@given(data=st.data())
def test_f55_whatever_a_partner_says_ends_in_a_receipt_for_long(tried: Tried, data: st.DataObject):
    tried.anything(data)


@pytest.mark.parametrize("named", ["x" * 65, "x" * 200, "\U0001f600" * 65])
def test_f55_an_id_that_no_memory_keeps_ends_in_a_receipt_whatever_it_names(
    house: Receiving, sound: Package, named: str
) -> None:
    papers = {"document": sound.documents[0].sha256, "heard_on": "", "court": "", "number": "", "counsel": "L. Nube"}
    asked = Asked(basis=InquiryBasis.PERSON_ASKS, subject=sound.subject, **papers)
    erasure = told.Erasure(request=named, version=1, basis=ErasureBasis.WITHDRAWN)
    for content in (
        told.Inquiry(inquiry=named, asked=asked),
        told.Withdrawal(request=named, version=1, reason=""),
        erasure,
    ):
        assert tell(house, content) == "refused"
    assert tell(house, told.Suspension(request="0" * 32, version=1)) == "taken"


def test_f55_a_message_is_kept_with_the_case_its_content_names_whatever_its_claims_say_beside_it(
    house: Receiving, sound: Package
) -> None:
    assert tell(house, told.Request(package=replace(sound, request="c" * 32, version=3))) == "taken"
    (stream,) = house.unit.lookup("review.request", f"alba/{'c' * 32}")
    assert [each.what for each in house.unit.texts_of(stream)] == [What.MESSAGE, What.RECEIPT]
    heard = house.unit.line_held("alba").heard
    assert (heard[-1].request, heard[-1].version) == ("c" * 32, 3)
    assert heard.floors(len(heard))["c" * 32] == 3


@pytest.mark.parametrize(
    "word", ["x" * 5000, "\ufdfa" * 300, "ñ\u0301" * 500, "\U0001f600" * 100, "\u2028\u202e ' \" \\ %"]
)
def test_f54_a_name_of_any_length_is_taken_in_begun_and_found(house: Receiving, sound: Package, word: str):
    name = replace(sound.subject.names[0], documented=word, alias=word, second_surname=word)
    subject = replace(sound.subject, names=(*sound.subject.names, name), birth_place=word, father=word)
    package = replace(sound, request="b" * 32, subject=subject, case_number=word)
    assert tell(house, told.Request(package=package)) == "taken"
    house.clock.move(1)
    house.status()
    review = house.unit.lookup("review.request", f"alba/{'b' * 32}")[0].id
    for who, command in invented_review.begin():
        house.do(review, command, who)
    assert house.state(review).opened_at
