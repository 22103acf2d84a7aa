"""Signing in: both factors or nothing, no way to sign up, links that work once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from cotejo.rules.duties import Duty
from cotejo.store import people
from tests.pages import NOW, PASSWORD, code_of, secret_of, signed_in, somebody

pytestmark = pytest.mark.usefixtures("node_database")

SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"


def enrolled_nobody() -> people.Officer:
    new = people.NewOfficer(
        username="a.rivas", name="A. Rivas", unit="Casos", chain="Norte", duties=frozenset({Duty.RECORDER})
    )
    return people.add_officer(new, now=NOW)


def test_a_person_with_password_and_code_reaches_the_work_page() -> None:
    somebody("a.rivas", name="A. Rivas")
    client = Client(headers={"accept-language": "en"})
    asked = client.get("/")
    assert asked["Location"] == f"{SIGN_IN}?next=/"
    first = client.post(SIGN_IN, {"login": "a.rivas", "password": PASSWORD})
    assert first["Location"] == CODE
    second = client.post(CODE, {"code": code_of("a.rivas")})
    assert second["Location"] == "/"
    page = client.get("/")
    assert b"A. Rivas" in page.content
    assert b"Nothing waits for you now." in page.content


def test_the_password_alone_opens_no_page() -> None:
    somebody("a.rivas")
    client = Client()
    client.post(SIGN_IN, {"login": "a.rivas", "password": PASSWORD})
    assert client.get("/").status_code == 302


def test_a_code_works_once() -> None:
    somebody("a.rivas")
    code = code_of("a.rivas")
    answers = []
    for client in (Client(), Client()):
        client.post(SIGN_IN, {"login": "a.rivas", "password": PASSWORD})
        answers.append(client.post(CODE, {"code": code}).status_code)
    assert answers == [302, 200]


def test_an_account_whose_second_factor_is_gone_cannot_sign_in() -> None:
    officer = somebody("a.rivas")
    Authenticator.objects.filter(user_id=officer.id).delete()
    client = Client(headers={"accept-language": "en"})
    page = client.post(SIGN_IN, {"login": "a.rivas", "password": PASSWORD}, follow=True)
    assert b"has no second factor" in page.content
    assert client.get("/").status_code == 302


def test_a_session_without_a_second_factor_is_forgotten() -> None:
    client = Client()
    client.force_login(somebody("a.rivas"))
    assert client.get("/").status_code == 302


def test_a_session_ends_after_a_working_day(settings: Settings) -> None:
    client = signed_in(somebody("a.rivas"))
    assert client.get("/").status_code == 200
    settings.COTEJO_LONGEST_SESSION = -1
    assert client.get("/").status_code == 302


def test_five_wrong_passwords_close_the_door_for_a_while() -> None:
    somebody("a.rivas")
    client = Client(headers={"accept-language": "en"})
    for _ in range(5):
        client.post(SIGN_IN, {"login": "a.rivas", "password": "wrong"})
    page = client.post(SIGN_IN, {"login": "a.rivas", "password": PASSWORD})
    assert page.status_code == 200
    assert b"Too many failed" in page.content


def test_nobody_signs_up_and_nothing_goes_by_e_mail() -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "signup" in name or "email" in name or "reset" in name}


def test_an_enrolment_link_sets_both_factors_and_works_once() -> None:
    officer = enrolled_nobody()
    path = people.enrolment_path(officer)
    client = Client(headers={"accept-language": "en"})
    assert client.get(path).status_code == 200
    secret = client.session["enrolment"][1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post(path, {"password": PASSWORD, "repeated": PASSWORD, "code": code})
    assert done["Location"] == SIGN_IN
    again = Client().get(path)
    assert again.status_code == 410
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert officer.has_second_factor()


def test_an_enrolment_that_fails_says_everything_at_once_and_stores_nothing() -> None:
    officer = enrolled_nobody()
    path = people.enrolment_path(officer)
    client = Client(headers={"accept-language": "en"})
    page = client.post(path, {"password": "short", "repeated": "other", "code": "000000"})
    assert page.content.count(b'href="#id_') == 2
    officer.refresh_from_db()
    assert not officer.has_usable_password()
    assert not officer.has_second_factor()


def test_ending_the_credentials_ends_every_session_and_makes_a_new_link_possible() -> None:
    officer = somebody("a.rivas")
    client = signed_in(officer)
    old = people.enrolment_path(officer)
    people.end_credentials(officer)
    assert client.get("/").status_code == 302
    assert Client().get(old).status_code == 410
    assert Client().get(people.enrolment_path(officer)).status_code == 200


def test_second_factors_rest_sealed() -> None:
    officer = somebody("a.rivas")
    stored = Authenticator.objects.get(user_id=officer.id)
    assert secret_of("a.rivas") not in str(stored.data)


def test_a_real_node_has_nobody_with_a_known_password(settings: Settings) -> None:
    settings.COTEJO_WORLD = "real"
    with pytest.raises(people.PeopleRefusedError, match="invented world"):
        somebody("a.rivas")


def test_a_person_changes_the_password_knowing_the_old_one() -> None:
    officer = somebody("a.rivas")
    client = signed_in(officer)
    new = "otra frase larga inventada"
    client.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(new)


def test_an_officer_acts_only_in_a_duty_they_hold() -> None:
    officer = somebody("a.rivas", Duty.RECORDER)
    assert officer.acting(Duty.RECORDER).unit == officer.unit
    with pytest.raises(people.PeopleRefusedError, match="checking officer"):
        officer.acting(Duty.CHECKER)


def test_a_new_account_says_everything_that_is_wrong_at_once() -> None:
    new = people.NewOfficer(username="A", name=" ", unit="", chain="", duties=frozenset({"king"}))
    with pytest.raises(people.PeopleRefusedError) as refused:
        people.add_officer(new, now=NOW)
    assert len(refused.value.problems) == 5
