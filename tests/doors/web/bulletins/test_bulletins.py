"""A bulletin on the pages: codes only, two offices, and no field for a person."""

from secrets import token_hex

from django import forms

from cotejo.doors.web.bulletins.forms import PrepareForm
from cotejo.rules.duties import Duty
from cotejo.store.models import Outbox
from tests.pages import signed_in, words_in

CODES = {"group": "G-014", "kind": "extortion", "month": "2026-10", "place": "SV-SM", "count": "7", "trend": "down"}


def test_a_bulletin_is_prepared_by_one_office_and_passed_on_by_another(house):
    recorder, checker = (signed_in(house.people[duty]) for duty in (Duty.RECORDER, Duty.CHECKER))
    bulletin = token_hex(16)
    assert recorder.post("/bulletins/new/", {"bulletin": bulletin, **CODES}).status_code == 302
    assert recorder.get(f"/bulletins/{bulletin}/").status_code == 403
    assert "Pass it on" in words_in(checker.get("/"))
    assert checker.post(f"/bulletins/{bulletin}/", {"partners": ["boreal"]}).status_code == 302
    assert Outbox.objects.filter(kind="bulletin").count() == 1
    assert "passed to boreal" in words_in(recorder.get("/bulletins/"))


def test_f18_f22_a_name_in_a_bulletin_is_refused_and_not_repeated_by_the_law(house):
    client = signed_in(house.people[Duty.RECORDER], language="es")
    page = client.post("/bulletins/new/", {"bulletin": token_hex(16), **CODES, "group": "Mejía"})
    assert page.status_code == 422
    assert "Una persona no puede figurar en él" in words_in(page)
    assert not house.unit.listed("bulletin")


def test_a_bulletin_has_no_field_for_words():
    free = [
        name
        for name, field in PrepareForm().fields.items()
        if isinstance(field, forms.CharField) and (field.max_length or 0) > 7
    ]
    assert free == []
