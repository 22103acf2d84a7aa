"""What every answer carries, what error pages say, and what the node's log keeps to itself."""

import json
import logging
import re
import sys

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from pytest_django import Settings

from cotejo.node.log_lines import JsonLine
from cotejo.node.urls import handler400, handler403, handler404, handler500
from cotejo.node.urls import urlpatterns as of_node
from tests.pages import signed_in, somebody

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

NAME = "JUAN PÉREZ"


def failing(request: HttpRequest, kind: str) -> HttpResponse:
    """Fail in the way asked for, with a person's name in the words of the failure."""
    raise {"400": SuspiciousOperation, "403": PermissionDenied, "500": RuntimeError}[kind](NAME)


urlpatterns = [*of_node, path("failing/<str:kind>/", failing), path("free/", csrf_exempt(lambda _: HttpResponse()))]


def client_of_somebody(language: str = "en") -> Client:
    client = signed_in(somebody("a.rivas"), language=language)
    client.raise_request_exception = False
    return client


@pytest.mark.usefixtures("node_database")
def test_every_answer_forbids_scripts_of_others_frames_devices_and_keeping() -> None:
    page = client_of_somebody().get("/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert "camera=()" in page["Permissions-Policy"]


@pytest.mark.usefixtures("node_database")
def test_a_page_has_no_inline_script_or_style_and_names_no_other_host() -> None:
    page = client_of_somebody().get("/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page)


@pytest.mark.usefixtures("node_database")
@pytest.mark.parametrize(
    ("kind", "english", "spanish"),
    [
        ("400", "This request could not be read", "Esta petición no se pudo leer"),
        ("403", "This page is not for your duties", "Esta página no corresponde a sus cargos"),
        ("404", "There is no such page", "Esa página no existe"),
        ("500", "Something went wrong here", "Algo falló aquí"),
    ],
)
def test_error_pages_speak_both_languages_and_repeat_nothing(
    kind: str, english: str, spanish: str, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    client = client_of_somebody()
    address = "/nowhere/" if kind == "404" else f"/failing/{kind}/"
    for language, title in (("en", english), ("es", spanish)):
        page = client.get(address, headers={"accept-language": language})
        assert page.status_code == int(kind)
        assert title in page.content.decode()
        assert NAME not in page.content.decode()
        assert "Traceback" not in page.content.decode()
        assert "DEMO" in page.content.decode()


@pytest.mark.usefixtures("node_database")
def test_a_form_without_its_token_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "es"})
    page = client.post("/account/sign-in/", {"login": "a.rivas", "password": "x"})
    assert page.status_code == 403
    assert "Este formulario ya no es válido" in page.content.decode()


def test_the_language_switch_leads_to_no_other_host(node_database: object) -> None:
    answer = Client().post("/language/", {"language": "es", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def line_of(record: logging.LogRecord) -> dict[str, object]:
    line: dict[str, object] = json.loads(JsonLine().format(record))
    return line


def test_f60_a_log_line_holds_no_argument_and_no_text_of_an_exception() -> None:
    try:
        int(NAME)
    except ValueError:
        record = logging.LogRecord("cotejo", logging.ERROR, "", 0, "Not found: %s", (NAME,), sys.exc_info())
    line = line_of(record)
    assert line["message"] == "Not found: %s"
    assert line["error"] == "builtins.ValueError"
    assert NAME not in json.dumps(line, ensure_ascii=False)


def test_f60_the_security_log_repeats_nothing_a_browser_sent() -> None:
    record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 0, NAME, (), None)
    assert line_of(record)["message"] == "refused"


def test_a_log_line_keeps_the_facts_an_operator_needs() -> None:
    record = logging.LogRecord("cotejo", logging.INFO, "", 0, "swept", (), None)
    record.facts = {"copies": 3}
    assert line_of(record)["facts"] == {"copies": 3}
