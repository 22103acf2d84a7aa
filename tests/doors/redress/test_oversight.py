"""The oversight body is told which answers are late, reads nothing else, and signs nothing (F65)."""

import secrets

import pytest

from cotejo.doors.redress.people import code_now
from cotejo.node.clock import now
from cotejo.node.redress import complaints_of, people_of
from cotejo.rules.acts import Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.complaints import Lodge, Speaker, Wrong
from tests.doors.redress.conftest import PASSWORD, Served, secret_of
from tests.doors.redress.test_staff import the_case


def lodged(served: Served, *, days_ago: int) -> tuple[str, str]:
    """Lodge a complaint some days ago; return the request and the number people call it by."""
    request = secrets.token_hex(16)
    told = Lodge(request=request, speaker=Speaker.FAMILY, wrong=(Wrong.OTHER,), text="palabras privadas")
    with complaints_of(served.home, served.dsns.redress) as complaints:
        done = complaints.lodge(told, once=secrets.token_hex(16), now=now() - days_ago * DAY)
    assert not isinstance(done, Refused)
    return request, done.complaint[:6].upper()


def overseer(served: Served, username: str, language: str = "en"):  # type: ignore[no-untyped-def]
    """Give somebody of the oversight body who has signed in."""
    with people_of(served.home, served.dsns.redress) as people:
        people.add_invented(
            username=username,
            name=username.title(),
            password=PASSWORD,
            totp_secret=secret_of(username),
            now=now(),
            oversight=True,
        )
    visitor = served.visitor(language)
    code = code_now(secret_of(username), now=now())
    return visitor, visitor.send("/office/sign-in/", {"username": username, "password": PASSWORD, "code": code})


@pytest.mark.parametrize(("language", "words"), [("en", "Days late"), ("es", "Días de atraso")])
def test_f65_the_oversight_body_reads_late_numbers_and_days_and_no_word_of_a_complaint(
    served: Served, language: str, words: str
) -> None:
    request, late = lodged(served, days_ago=60)
    _, early = lodged(served, days_ago=1)
    visitor, page = overseer(served, f"ombuds-{language}", language)
    assert page.url.path == "/office/late/"
    assert words in page.text
    assert late in page.text
    assert early not in page.text
    for private in ("palabras privadas", request):
        assert private not in page.text
    path = the_case(served, request)
    assert visitor.see(path).url.path == "/office/late/"
    visitor.send("/office/late/", {})
    hidden = dict.fromkeys(["csrfmiddlewaretoken"], visitor.client.cookies.get("redress_form", ""))
    visitor.client.post(path, data={**hidden, "do": "propose_answer", "outcome": "upheld", "text": "x"})
    with complaints_of(served.home, served.dsns.redress) as complaints:
        file = complaints.file(path.split("/")[2])
    assert file is not None
    assert file.complaint.proposed_answer is None


def test_an_officer_of_the_office_sees_the_same_list(served: Served) -> None:
    _, late = lodged(served, days_ago=50)
    assert late in served.officer("norma").see("/office/late/").text


def test_nobody_without_a_session_reads_what_is_late(served: Served) -> None:
    assert served.visitor().see("/office/late/").url.path == "/office/sign-in/"
