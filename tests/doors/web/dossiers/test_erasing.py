"""Erasing on the origin's pages: proposed, signed by somebody else, certified, and what the page says afterwards."""

import pytest

from cotejo.actions.laws import DOSSIER
from cotejo.actions.perform import perform
from cotejo.proof.refusals import ProofError
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_words import DossierState, WithdrawalReason
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis
from cotejo.rules.purposes import Purpose
from cotejo.rules.return_words import ReturnCause
from cotejo.store.models import Outbox, SearchName
from cotejo.store.sealed_copies import make_oversight_key, open_copy
from tests.pages import signed_in, words_in

BOREAL = PartnerNode(name="boreal")


@pytest.fixture
def case(house):
    """Give a request that was withdrawn and swept."""
    found = house.case(until="sent")
    places = house.unit._places
    make_oversight_key(places.keys, places.for_oversight, bytes(range(32)))
    house.do(stream_of(found), ask.Withdraw(reason=WithdrawalReason.ACQUITTED), Duty.CERTIFIER)
    told(house, found, ask.RecordSweep(version=1))
    return found


def stream_of(case):
    return Stream(StreamKind.DOSSIER, case.dossier)


def told(house, case, command):
    done = perform(
        DOSSIER, house.unit, stream_of(case), command, who=BOREAL, purpose=Purpose.EXCHANGE, now=house.clock.now
    )
    assert not isinstance(done, Refused), done


def fill(client, case, step):
    """Send a step's form as it was shown."""
    page = client.get(f"/dossiers/{case.dossier}/step/{step}/")
    values = {name: page.context["form"][name].value() for name in ("versions", "documents", "answers", "reports")}
    return client.post(f"/dossiers/{case.dossier}/step/{step}/", values), page


def test_f58_f59_one_proposes_another_signs_and_the_page_gives_the_certificate_in_both_languages(house, case):
    certifier, authoriser = (signed_in(house.people[duty], language="en") for duty in (Duty.CERTIFIER, Duty.AUTHORISER))
    assert "Propose the erasure" in words_in(certifier.get(f"/dossiers/{case.dossier}/"))
    taken, read = fill(certifier, case, "erasure")
    assert "Versions that left 1" in words_in(read)
    assert taken.status_code == 302, words_in(taken)
    taken, _ = fill(authoriser, case, "erasure-signed")
    assert taken.status_code == 302, words_in(taken)
    assert Outbox.objects.filter(partner="boreal", kind="erasure").count() == 1

    certificate = Certificate(
        gone=EVERYTHING,
        since=house.clock.now,
        basis=ErasureBasis.WITHDRAWN,
        sealed_until=house.clock.now + 1,
    )
    told(house, case, ask.RecordErased(certificate=certificate))
    state = state_of(StreamKind.DOSSIER, house.unit.entries(stream_of(case)))
    assert state.state is DossierState.ERASED
    page = words_in(authoriser.get(f"/dossiers/{case.dossier}/"))
    assert "The request was withdrawn" in page
    assert "Mejía" not in page
    assert "Everything before this was erased." in words_in(authoriser.get(f"/dossiers/{case.dossier}/history/"))
    assert not SearchName.objects.filter(stream_id=case.dossier).exists()
    for language in ("es", "en"):
        answer = authoriser.get(f"/dossiers/{case.dossier}/certificate/{language}/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
    [copy] = house.unit.sealed_copies.listed()
    assert "dossier.sent" in {each["code"] for each in open_copy(copy, bytes(range(32)))["acts"]}
    with pytest.raises(ProofError):
        open_copy(copy, bytes(32))


def test_f58_nobody_signs_what_they_did_not_read(house, case):
    certifier, authoriser = (signed_in(house.people[duty], language="es") for duty in (Duty.CERTIFIER, Duty.AUTHORISER))
    fill(certifier, case, "erasure")
    stale = authoriser.post(
        f"/dossiers/{case.dossier}/step/erasure-signed/", {"versions": 7, "documents": 0, "answers": 0, "reports": 0}
    )
    assert stale.status_code == 422
    assert "no es lo que se leyó" in words_in(stale)
    assert not Outbox.objects.filter(partner="boreal", kind="erasure").exists()


def test_there_is_no_certificate_of_what_is_not_erased(house, case):
    authoriser = signed_in(house.people[Duty.AUTHORISER], language="es")
    assert authoriser.get(f"/dossiers/{case.dossier}/certificate/es/").status_code == 404


def test_f74_custody_reads_that_a_return_is_asked_for_and_answers_it(house):
    found = house.case(until="sent")
    told(house, found, ask.TakeReturn(cause=ReturnCause.DECISION_FELL))
    custody = signed_in(house.people[Duty.CUSTODY], language="en")
    assert "Answer: the person is to come back" in words_in(custody.get("/"))
    assert "The person is to come back" in words_in(custody.get(f"/dossiers/lines/{found.dossier}/"))
    address = f"/dossiers/lines/{found.dossier}/return/"
    page = custody.post(address, {"place": "", "steps": []})
    assert page.status_code == 422
    assert "Choose at least one step" in words_in(page)
    assert custody.post(address, {"place": "Villa Clara", "steps": ["located"]}).status_code == 302
    assert "Villa Clara; the person is located" in words_in(custody.get(f"/dossiers/lines/{found.dossier}/"))
    assert Outbox.objects.filter(kind="return").exists()
