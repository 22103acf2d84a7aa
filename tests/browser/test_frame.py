"""The frame of every page, in both languages: signing in, enrolling, errors, the language switch."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser
from pytest_django import Settings

from cotejo.rules.duties import Duty
from cotejo.store import people
from tests.browser.navigator import Navigator, assert_keys_reach_everything, assert_page_is_sound
from tests.pages import NOW, PASSWORD, code_of, somebody

pytestmark = pytest.mark.browser

WORDS = {
    "es": {
        "sign in": "Iniciar sesión",
        "user": "Nombre de usuario",
        "password": "Contraseña",
        "on": "Continuar",
        "factor": "Segundo factor",
        "code": "Código",
        "work": "Pendiente de usted",
        "change": "Cambiar contraseña",
        "enrol": "Prepare su cuenta",
        "none": "Esa página no existe",
        "out": "Su sesión está cerrada.",
        "finish": "Terminar",
    },
    "en": {
        "sign in": "Sign in",
        "user": "User name",
        "password": "Password",
        "on": "Continue",
        "factor": "Second factor",
        "code": "Code",
        "work": "Waiting for you",
        "change": "Change password",
        "enrol": "Set up your account",
        "none": "There is no such page",
        "out": "You are signed out.",
        "finish": "Finish",
    },
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_person_signs_in_works_and_signs_out(language: str, somebody_at: Callable[[str], Navigator]) -> None:
    words = WORDS[language]
    somebody("a.rivas", Duty.RECORDER, Duty.CHECKER, name="A. Rivas")
    person = somebody_at(language)
    person.go("/")
    person.reads(words["sign in"])
    assert_page_is_sound(person, "sign-in")
    person.fill(words["user"], "a.rivas")
    person.fill(words["password"], "wrong")
    person.press(words["on"])
    person.page.get_by_role("alert").wait_for()
    assert_page_is_sound(person, "sign-in-refused")
    person.fill(words["user"], "a.rivas")
    person.fill(words["password"], PASSWORD)
    person.press(words["on"])
    person.reads(words["factor"])
    assert_page_is_sound(person, "second-factor")
    person.fill(words["code"], code_of("a.rivas"))
    person.press(words["sign in"])
    person.reads(words["work"])
    assert_page_is_sound(person, "work")
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.page.locator(".who summary").click()
    person.follow(words["change"])
    person.reads(words["change"])
    assert_page_is_sound(person, "change-password")
    person.go("/nowhere/")
    person.reads(words["none"])
    assert_page_is_sound(person, "not-found")
    person.sign_out()
    person.sees(words["out"])
    assert_page_is_sound(person, "signed-out")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_new_person_enrols_by_a_link(language: str, somebody_at: Callable[[str], Navigator]) -> None:
    words = WORDS[language]
    new = people.NewOfficer(
        username="b.lund", name="B. Lund", unit="Protección", chain="Sur", duties=frozenset({Duty.PROTECTION})
    )
    officer = people.add_officer(new, now=NOW)
    person = somebody_at(language)
    person.go(people.enrolment_path(officer))
    person.reads(words["enrol"])
    assert_page_is_sound(person, "enrol")
    secret = person.page.locator(".key").inner_text().partition(":")[2].replace(" ", "").strip()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    for field, value in (("password", PASSWORD), ("repeated", PASSWORD), ("code", code)):
        person.page.locator(f"#id_{field}").fill(value)
    person.press(words["finish"])
    person.reads(words["sign in"])


def test_switching_the_language_keeps_the_page_and_what_was_typed(somebody_at: Callable[[str], Navigator]) -> None:
    person = somebody_at("es")
    person.go("/account/sign-in/?next=/")
    person.fill("Nombre de usuario", "a.rivas")
    person.fill("Contraseña", "secreto")
    person.switch_to("English")
    person.reads("Sign in")
    assert person.page.url.endswith("/account/sign-in/?next=/")
    assert person.page.get_by_label("User name").input_value() == "a.rivas"
    assert person.page.get_by_label("Password", exact=True).input_value() == ""


def test_the_menu_of_a_telephone_opens_without_a_script(somebody_at: Callable[[str], Navigator]) -> None:
    somebody("a.rivas")
    person = somebody_at("en")
    person.sign_in("a.rivas")
    person.page.set_viewport_size({"width": 320, "height": 700})
    tasks = person.page.get_by_role("navigation", name="Tasks")
    assert not tasks.is_visible()
    person.press("Menu")
    assert tasks.is_visible()
    person.press("Close menu")
    assert not tasks.is_visible()


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_shared_piece_is_sound(
    language: str, somebody_at: Callable[[str], Navigator], settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.browser.specimen"
    somebody("a.rivas", Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, name="A. Rivas")
    person = somebody_at(language)
    person.sign_in("a.rivas", "/pieces/")
    gates = person.page.locator(".gate").all_inner_texts()
    assert {"es": "a favor de la persona", "en": "for the person"}[language] in gates[0]
    person.sees({"es": "26–50 de 1,340", "en": "26–50 of 1,340"}[language])
    assert "%" not in person.page.locator("main").inner_text()
    assert_page_is_sound(person, "pieces")
    person.go("/waiting/")
    assert_page_is_sound(person, "waiting")
    person.go("/broken/")
    assert_page_is_sound(person, "broken")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<a href="/">one</a> <button tabindex="-1">two</button>', "two"),
        ('<a href="/" tabindex="2">one</a> <a href="/" tabindex="1">two</a>', "two"),
        ('<a href="/" style="outline: none">one</a>', "no focus shown"),
    ],
)
def test_what_the_keyboard_does_not_reach_or_show_is_found(chromium: Browser, content: str, said: str) -> None:
    with chromium.new_context() as context:
        person = Navigator(context.new_page(), "")
        person.page.set_content(f'<main tabindex="-1"><a href="/">zero</a> {content}</main>')
        with pytest.raises(AssertionError, match=said):
            assert_keys_reach_everything(person)
