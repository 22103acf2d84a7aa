"""Confirming a request anew on the origin's pages: waited for, signed with the court's answer, or withdrawn (F41)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cotejo.actions.run_due import run_due
from cotejo.rules.acts import Stream, StreamKind, Timer
from cotejo.rules.agreement import DAY
from cotejo.rules.cases import state_of
from cotejo.rules.dates import iso_day
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.duties import Duty
from cotejo.rules.revalidating import REVALIDATION_TIMER
from cotejo.store.models import Due, Outbox
from tests.pages import signed_in, words_in


def run(house, stream):
    """Let the clock do what is due for the term."""
    row = Due.objects.get(kind=REVALIDATION_TIMER)
    house.clock.now = row.at
    run_due(house.unit, Timer(kind=row.kind, stream=stream, at=row.at), now=row.at)


def test_f41_the_certifier_sees_until_when_to_confirm_and_signs_with_the_courts_answer(house):
    case = house.case(until="sent")
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    page, step = f"/dossiers/{case.dossier}/", f"/dossiers/{case.dossier}/step/revalidation/"
    client = signed_in(house.people[Duty.CERTIFIER], language="es")
    assert "Confirmar de nuevo" not in words_in(client.get(page))
    run(house, stream)
    assert "Si no, la solicitud se retira de forma definitiva." in words_in(client.get(page))
    assert "Confirmar de nuevo con el tribunal" in words_in(client.get("/"))
    answer = SimpleUploadedFile("respuesta.pdf", b"%PDF-1.7 invented")
    wrong = client.post(step, {"document": answer, "answered_on": iso_day(house.clock.now - 9 * DAY)})
    assert wrong.status_code == 422
    assert "desde que se abrió el plazo" in words_in(wrong)
    kept = {"document-kept": wrong.context["form"]["document"].value(), "answered_on": iso_day(house.clock.now)}
    assert client.post(step, kept).status_code == 302
    assert "se confirmó de nuevo con el tribunal" in words_in(client.get(f"{page}history/"))
    assert Due.objects.get(kind=REVALIDATION_TIMER).at == house.clock.now + 335 * DAY


def test_f41_what_nobody_confirmed_is_withdrawn_by_the_clock_and_the_partner_told(house):
    case = house.case(until="sent")
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    run(house, stream)
    run(house, stream)
    assert state_of(StreamKind.DOSSIER, house.unit.entries(stream)).state is DossierState.WITHDRAWN
    assert Outbox.objects.filter(partner="boreal", kind="withdrawal").count() == 1
    assert not Due.objects.filter(kind=REVALIDATION_TIMER).exists()
    client = signed_in(house.people[Duty.AUTHORISER], language="en")
    assert "was not confirmed in time" in words_in(client.get(f"/dossiers/{case.dossier}/"))
