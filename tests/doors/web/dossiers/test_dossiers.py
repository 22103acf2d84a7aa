"""A request on the pages: prepared, certified, authorised as read, followed to its end; and what is refused."""

import hashlib
import re
from dataclasses import replace
from secrets import token_hex

import pytest

from cotejo.actions.laws import DOSSIER
from cotejo.actions.perform import perform
from cotejo.proof import records
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier_words import DossierState, SuspensionCause
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.facts import Ground, Undertaking
from cotejo.rules.person_commands import RecordAlleged
from cotejo.rules.purposes import Purpose
from cotejo.rules.told import Answered
from cotejo.store.models import Outbox, Trace
from tests.builders import typed
from tests.pages import signed_in, words_in

BOREAL = PartnerNode(name="boreal")


def state(house, case):
    return state_of(StreamKind.DOSSIER, house.unit.entries(Stream(StreamKind.DOSSIER, case.dossier)))


def client_of(house, duty, language="en"):
    return signed_in(house.people[duty], language=language)


def told(house, case, command):
    """Let the partner tell something."""
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    done = perform(DOSSIER, house.unit, stream, command, who=BOREAL, purpose=Purpose.EXCHANGE, now=house.clock.now)
    assert not isinstance(done, Refused), done


def step(client, case, name, **values):
    return client.post(f"/dossiers/{case.dossier}/step/{name}/", values)


def test_a_request_is_prepared_certified_and_authorised_on_its_pages(house):
    case = house.case(until="checked")
    recorder, certifier = client_of(house, Duty.RECORDER), client_of(house, Duty.CERTIFIER)
    file = state_of(StreamKind.PERSON, house.unit.entries(Stream(StreamKind.PERSON, case.person)))
    begun = recorder.post(
        f"/dossiers/new/{case.person}/",
        {
            "dossier": case.dossier,
            "request": case.request,
            "partner": "boreal",
            "route": "extradition",
            "purpose": "criminal_justice",
            "case_number": "JI-204-2025",
        },
    )
    assert begun["Location"] == f"/dossiers/{case.dossier}/"
    assert "of 23 checks passed" in words_in(recorder.get(begun["Location"]))
    claim, charge = file.claims[0], next(each for each in file.evidence if each.kind.value == "charge")
    answers = typed.grounds(charge.document)
    attached = [each.id for each in file.evidence if each.favours.value == "for"]
    taken = (
        step(recorder, case, "statements", claims=[f"{claim.id}:{claim.version}"]),
        step(recorder, case, "acts", alleged=[file.alleged[0].id], case_number="JI-204-2025"),
        step(certifier, case, "grounds", **answers),
        step(certifier, case, "undertakings", undertakings=[each.value for each in Undertaking]),
        step(certifier, case, "notice", given_on="2026-11-20", languages=["es", "en"]),
        step(certifier, case, "certificate", attached=attached),
    )
    assert [each.status_code for each in taken] == [302] * len(taken), [words_in(each) for each in taken]
    assert len(state(house, case).grounds) == len(Ground)
    assert state(house, case).state is DossierState.CERTIFIED
    authoriser = client_of(house, Duty.AUTHORISER)
    read = authoriser.get(f"/dossiers/{case.dossier}/sending/")
    assert "23 of 23 checks passed" in words_in(read)
    sent = authoriser.post(f"/dossiers/{case.dossier}/sending/", {"read": read.context["preview"].sha256})
    assert sent.status_code == 302, words_in(sent)
    assert state(house, case).state is DossierState.SENT
    assert Outbox.objects.filter(partner="boreal", kind="request").count() == 1


def test_what_is_read_is_what_is_authorised_and_what_leaves(house):
    case = house.case(until="certified")
    client = client_of(house, Duty.AUTHORISER)
    preview = client.get(f"/dossiers/{case.dossier}/sending/").context["preview"]
    client.post(f"/dossiers/{case.dossier}/sending/", {"read": preview.sha256})
    package = state(house, case).sent[0].package
    signers = tuple(each for each in package.signers if each.duty is not Duty.AUTHORISER)
    content = records.encode(replace(package, signers=signers, slot=-1, documents=()))
    assert hashlib.sha256(content).hexdigest() == preview.sha256
    page = words_in(client.get(f"/dossiers/{case.dossier}/version/1/"))
    assert preview.sha256 in page
    assert hashlib.sha256(records.encode(package)).hexdigest() in page


def test_a_file_that_changed_since_it_was_read_is_not_sent(house):
    case = house.case(until="certified")
    client = client_of(house, Duty.AUTHORISER)
    page = client.post(f"/dossiers/{case.dossier}/sending/", {"read": "0" * 64})
    assert page.status_code == 422
    assert "Nothing was sent" in words_in(page)
    assert not state(house, case).sent
    assert not Outbox.objects.filter(kind="request").exists()


def test_i1_who_recorded_or_certified_cannot_authorise(house):
    case = house.case(until="certified")
    certifier = house.people[Duty.CERTIFIER]
    certifier.duties = [Duty.CERTIFIER, Duty.AUTHORISER]
    certifier.save()
    client = signed_in(certifier)
    read = client.get(f"/dossiers/{case.dossier}/sending/").context["preview"].sha256
    page = client.post(f"/dossiers/{case.dossier}/sending/", {"read": read})
    assert page.status_code == 422
    assert "You already took part in this case" in words_in(page)
    assert not state(house, case).sent


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This charge alone cannot be sent."), ("es", "Este cargo por sí solo no puede enviarse.")],
)
def test_f04_membership_alone_cannot_be_sent_and_the_builder_says_what_would_help(house, language, said):
    case = house.case(until="begun")
    alleged = next(each.alleged for _, each in case.file if isinstance(each, RecordAlleged))
    bare = replace(alleged, id=token_hex(16), offence_class="membership", quote="", membership_only=True)
    person = Stream(StreamKind.PERSON, case.person)
    house.do(person, RecordAlleged(alleged=bare), Duty.RECORDER)
    basis = ask.SetBasis(alleged=(bare.id,), case_number="JI-204-2025")
    house.do(Stream(StreamKind.DOSSIER, case.dossier), basis, Duty.RECORDER)
    page = words_in(client_of(house, Duty.RECORDER, language).get(f"/dossiers/{case.dossier}/"))
    assert said in page
    assert re.search(r"\b\d+ (of|de) 23 ", page)
    assert "%" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("This cannot be sent", "What helps:")), ("es", ("Esto no puede enviarse", "Qué ayuda:"))],
)
def test_f75_a_wish_by_e_mail_is_refused_with_all_gaps_and_nothing_is_kept(house, language, said):
    client = client_of(house, Duty.RECORDER, language)
    wish = {"name": "Josué Mejía", "reason": "marero, tiene un tatuaje"}
    page = client.post("/dossiers/outside/", wish)
    for words in said:
        assert words in words_in(page)
    assert page.context["count"].passed < page.context["count"].total
    letter = client.post("/dossiers/outside/letter/", wish)
    assert letter.content.startswith(b"%PDF-")
    noted = Trace.objects.get(what="refusal")
    assert len(noted.codes) > 10
    assert (noted.subject, noted.case) == ("wish", "")
    for trace in Trace.objects.all():
        assert "mej" not in f"{trace.subject} {trace.case}".casefold()
    assert not house.unit.listed(StreamKind.PERSON)
    assert not house.unit.listed(StreamKind.DOSSIER)


def test_f63_a_deferral_counts_with_the_oversight_bodys_signature_which_sees_no_person(house):
    case = house.case(until="begun")
    certifier = client_of(house, Duty.CERTIFIER)
    assert step(certifier, case, "deferral", because="flight").status_code == 302
    overseer = client_of(house, Duty.OVERSIGHT)
    page = overseer.get(f"/dossiers/lines/{case.dossier}/")
    assert "the person would flee" in words_in(page)
    assert "Mejía" not in page.content.decode()
    signing = f"/dossiers/lines/{case.dossier}/countersignature/"
    assert "Mejía" not in overseer.get(signing).content.decode()
    assert overseer.post(signing).status_code == 302
    notice = state(house, case).notice
    assert notice is not None
    assert notice.countersigned is not None


def test_f53_a_correction_shows_old_and_new_and_is_a_new_version(house):
    case = house.case(until="sent")
    told(house, case, ask.RecordReceipt(version=1, outcome="taken"))
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    basis = next(each for _, each in case.preparation if isinstance(each, ask.SetBasis))
    house.do(stream, replace(basis, withheld=2), Duty.RECORDER)
    house.do(stream, case.certificate[1], Duty.CERTIFIER)
    client = client_of(house, Duty.AUTHORISER)
    page = client.get(f"/dossiers/{case.dossier}/sending/")
    assert [(each.field, each.old, each.new) for each in page.context["changes"]] == [("withheld", "0", "2")]
    read = page.context["preview"].sha256
    assert client.post(f"/dossiers/{case.dossier}/sending/", {"read": read}).status_code == 422, "a reason is needed"
    sent = client.post(f"/dossiers/{case.dossier}/sending/", {"read": read, "reason": "Two items are withheld."})
    assert sent.status_code == 302, words_in(sent)
    assert [each.version for each in state(house, case).sent] == [1, 2]


def test_questions_of_the_other_side_are_answered_each_with_a_supplement(house):
    case = house.case(until="sent")
    told(house, case, ask.RecordQuestions(version=1, asked=(("missing", "subject.birth"), ("unclear", "alleged.1"))))
    recorder = client_of(house, Duty.RECORDER)
    assert "Questions of the other side" in words_in(recorder.get(f"/dossiers/{case.dossier}/"))
    client = client_of(house, Duty.AUTHORISER)
    page = client.get(f"/dossiers/{case.dossier}/sending/")
    sent = {"read": page.context["preview"].sha256, "answer_0": "From the registry entry.", "answer_1": "See page 2."}
    answer = client.post(f"/dossiers/{case.dossier}/sending/", sent)
    assert answer.status_code == 302, words_in(answer)
    assert Outbox.objects.filter(kind="supplement").count() == 1


def test_after_sending_the_page_shows_receipt_gaps_answers_suspension_and_withdrawal(house):
    case = house.case(until="sent")
    told(house, case, ask.RecordReceipt(version=1, outcome="refused", gaps=("judicial_basis", "support")))
    told(house, case, ask.RecordAnswer(period=1, answered=Answered.NO_ACTION))
    client = client_of(house, Duty.AUTHORISER)
    page = words_in(client.get(f"/dossiers/{case.dossier}/"))
    for words in ("refused", "Warrant or final judgment", "Two independent sources", "no action to report"):
        assert words in page
    assert step(client, case, "suspension", cause="own").status_code == 302
    assert state(house, case).suspended_for == (SuspensionCause.OWN,)
    assert step(client, case, "reinstatement", cause="own").status_code == 302
    assert step(client, case, "withdrawal", reason="warrant_recalled").status_code == 302
    assert state(house, case).state is DossierState.WITHDRAWN
    assert "copies are swept" in words_in(client.get(f"/dossiers/{case.dossier}/"))
    told(house, case, ask.RecordSweep(version=1))
    assert "Every holder has swept its copies" in words_in(client.get(f"/dossiers/{case.dossier}/"))


def test_f73_custody_reports_after_a_hand_over_without_reading_the_file(house):
    case = house.case(until="sent")
    client = client_of(house, Duty.CUSTODY)
    address = f"/dossiers/lines/{case.dossier}/hand-over/"
    assert "Mejía" not in client.get(address).content.decode()
    early = client.post(address, {"report": "before_judge", "at": "2026-11-27 10:00", "place": "Villa Clara"})
    assert early.status_code == 422
    assert "Name the court and the charges" in words_in(early)
    assert "The arrival was not reported yet" in words_in(early)
    done = client.post(address, {"report": "arrival", "at": "2026-11-27 10:00", "place": "Villa Clara"})
    assert done.status_code == 302, words_in(done)
    assert state(house, case).handover[0].at == house.clock.now - 2 * 3_600_000


def test_a_court_order_stops_a_request_and_only_its_end_lifts_it(house):
    case = house.case(until="sent")
    client = client_of(house, Duty.DUTY_OFFICER)
    assert client.post(f"/dossiers/lines/{case.dossier}/court-order/", {"cause": "court_order"}).status_code == 302
    refused = client.post(f"/dossiers/lines/{case.dossier}/court-order-ended/", {"cause": "court_order"})
    assert refused.status_code == 422
    assert "The court" in words_in(refused)
    assert state(house, case).suspended_for == (SuspensionCause.COURT_ORDER,)


@pytest.mark.parametrize("language", ["es", "en"])
def test_f64_the_copy_for_the_person_and_counsel_is_a_pdf_and_an_export_that_is_noted(house, language):
    case = house.case(until="certified")
    page = client_of(house, Duty.CERTIFIER).post(f"/dossiers/{case.dossier}/copy/{language}/")
    assert page.content.startswith(b"%PDF-")
    assert Trace.objects.filter(what="export").count() == 1


def test_f64_no_copy_is_printed_that_could_not_say_where_to_complain(house, settings):
    case = house.case(until="certified")
    settings.COTEJO_REDRESS = ""
    page = client_of(house, Duty.CERTIFIER).post(f"/dossiers/{case.dossier}/copy/es/")
    assert page.status_code == 409
    assert "where people reach the redress office" in words_in(page)
    assert not Trace.objects.filter(what="export").exists()


def test_f60_every_page_of_a_request_refuses_a_strangers_duty(house):
    case = house.case(until="certified")
    ends = ("", "history/", "sending/", "version/1/")
    steps = ("statements", "acts", "grounds", "undertakings", "notice", "deferral", "certificate", "withdrawal")
    addresses = ["/dossiers/", "/dossiers/outside/", f"/dossiers/new/{case.person}/"]
    addresses += [f"/dossiers/{case.dossier}/{end}" for end in ends]
    addresses += [f"/dossiers/{case.dossier}/step/{name}/" for name in steps]
    for duty in (Duty.PROTECTION, Duty.AUDITOR, Duty.OVERSIGHT):
        client = client_of(house, duty)
        for address in addresses:
            assert client.get(address).status_code == 403, (duty, address)
        assert client.post(f"/dossiers/{case.dossier}/copy/es/").status_code == 403, duty
    recorder = client_of(house, Duty.RECORDER)
    for name in ("countersignature", "court-order", "hand-over"):
        assert recorder.get(f"/dossiers/lines/{case.dossier}/{name}/").status_code == 403
    assert recorder.post(f"/dossiers/{case.dossier}/sending/", {"read": ""}).status_code == 403


def test_the_list_is_by_state_and_prints_its_total(house):
    house.case(seed=1, until="certified")
    house.case(seed=2, until="begun")
    client = client_of(house, Duty.RECORDER)
    assert "1–2 of 2" in words_in(client.get("/dossiers/"))
    assert "1–1 of 1" in words_in(client.get("/dossiers/?state=certified"))
    assert "No request is in this state" in words_in(client.get("/dossiers/?state=withdrawn"))


def test_what_waits_says_for_whom_and_leads_there(house):
    case = house.case(until="certified")
    page = client_of(house, Duty.AUTHORISER).get("/")
    assert f"/dossiers/{case.dossier}/" in page.content.decode()
    assert "Read and authorise sending" in words_in(page)
