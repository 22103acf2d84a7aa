"""The office's own side: who gets in, and that answer and end of the block need two officers."""

import secrets

import pytest

from cotejo.doors.redress.people import FAILURES, People, PeopleRefused, code_now
from cotejo.doors.redress.visitor import Visitor
from cotejo.node.clock import now
from cotejo.node.redress import complaints_of, people_of
from cotejo.rules.acts import Refused
from cotejo.rules.complaints import Acknowledge, RedressOfficer
from tests.doors.redress.conftest import PASSWORD, Served, secret_of


def the_case(served: Served, request: str) -> str:
    """Return the path of the complaint about a request, as an officer opens it."""
    with complaints_of(served.home, served.dsns.redress) as complaints:
        found = [file.id for file in complaints.queue() if file.complaint.lodged]
        return next(
            f"/office/{each}/"
            for each in found
            if (file := complaints.file(each)) and file.complaint.lodged and file.complaint.lodged.request == request
        )


def do(officer: Visitor, path: str, step: str, **fields: str) -> str:
    return officer.send(path, {"do": step, **fields}).text


def version_in(page: str) -> str:
    return page.split('name="proposal" value="')[1].split('"', maxsplit=1)[0]


def test_i12_answer_and_end_of_the_block_each_need_two_officers_and_the_answer_ends_nothing(served: Served) -> None:
    request = secrets.token_hex(16)
    person = served.visitor()
    receipt = person.lodge(request, "It is not me.")
    first, second = served.officer("amaya"), served.officer("bruno")
    path = the_case(served, request)

    do(first, path, "acknowledge")
    do(first, path, "ask", text="Your birth certificate")
    assert "We ask you for: Your birth certificate" in person.status(receipt)
    do(first, path, "propose_answer", outcome="upheld", text="The warrant was withdrawn.")
    assert "The warrant was withdrawn." not in person.status(receipt), "a proposal is no answer"
    page = first.see(path).text
    assert "Confirm this answer" not in page
    proposal = version_in(second.see(path).text)
    assert "does not confirm" in do(first, path, "confirm_answer", proposal=proposal)
    do(second, path, "confirm_answer", proposal=proposal)

    page = person.status(receipt)
    assert "You are right" in page
    assert "stays blocked" in page
    assert served.signals(request) == ["suspend"], "an upheld complaint blocks on"

    do(second, path, "propose_lift", text="The request was withdrawn by the other country.")
    proposal = version_in(first.see(path).text)
    assert "does not confirm" in do(second, path, "confirm_lift", proposal=proposal)
    assert served.signals(request) == ["suspend"]
    do(first, path, "confirm_lift", proposal=proposal)
    assert served.signals(request) == ["suspend", "lift"]
    assert "Nothing any more" in person.status(receipt)


def test_i12_the_block_of_one_request_lasts_as_long_as_its_last_complaint(served: Served) -> None:
    request = secrets.token_hex(16)
    for text in ("one", "two"):
        served.visitor().lodge(request, text)
    assert served.signals(request) == ["suspend"]
    first, second = served.officer("carla"), served.officer("dario")
    for _ in range(2):
        path = the_case(served, request)
        for step, confirm, fields in (
            ("propose_answer", "confirm_answer", {"outcome": "not_upheld"}),
            ("propose_lift", "confirm_lift", {}),
        ):
            do(first, path, step, text="Looked at.", **fields)
            do(second, path, confirm, proposal=version_in(second.see(path).text))
    assert served.signals(request) == ["suspend", "lift"]


def test_f66_passing_on_leaves_day_and_owner_as_they_are(served: Served) -> None:
    request = secrets.token_hex(16)
    receipt = served.visitor().lodge(request, "x")
    officer, path = served.officer("elisa"), the_case(served, request)
    before = served.visitor().status(receipt).split("By when")[1].split("</dd>")[0]
    do(officer, path, "pass_on", text="The ombudsman of Boreal")
    page = served.visitor().status(receipt)
    assert page.split("By when")[1].split("</dd>")[0] == before
    assert "We passed it on to: The ombudsman of Boreal" in page
    assert "Redress office, Alba" in page


def test_nobody_reads_a_complaint_without_signing_in(served: Served) -> None:
    request = secrets.token_hex(16)
    served.visitor().lodge(request, "private words")
    path = the_case(served, request)
    stranger = served.visitor()
    for each in ("/office/", path, f"{path}{'0' * 32}/"):
        answer = stranger.see(each)
        assert answer.url.path == "/office/sign-in/"
        assert "private words" not in answer.text
    stranger.client.cookies.set("redress_session", "guessed", path="/office/")
    assert stranger.see("/office/").url.path == "/office/sign-in/"


def test_a_session_ends_by_signing_out(served: Served) -> None:
    officer = served.officer("fabio")
    token = officer.client.cookies["redress_session"]
    officer.send("/office/", {})
    officer.client.post("/office/sign-out/", data=dict(_hidden(officer)))
    officer.client.cookies.set("redress_session", token, path="/office/")
    assert officer.see("/office/").url.path == "/office/sign-in/"


def _hidden(officer: Visitor) -> list[tuple[str, str]]:
    from cotejo.doors.redress.visitor import HIDDEN

    return [(name, value) for name, value in HIDDEN.findall(officer.see("/office/").text)]


def test_a_document_is_handed_out_as_a_download_only(served: Served) -> None:
    request = secrets.token_hex(16)
    files = [("documents", ("a.pdf", b"%PDF-1.4 invented", "application/pdf"))]
    served.visitor().lodge(request, "x", files=files)
    officer, path = served.officer("greta"), the_case(served, request)
    link = officer.see(path).text.split(f'href="{path}')[1].split('"')[0]
    answer = officer.see(path + link)
    assert answer.content == b"%PDF-1.4 invented"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_officer_enrols_once_with_password_and_second_factor(served: Served) -> None:
    with people_of(served.home, served.dsns.redress) as people:
        path = people.add(username="hugo", name="Hugo", now=now())
        with pytest.raises(PeopleRefused, match="taken"):
            people.add(username="hugo", name="Hugo", now=now())
    new = served.visitor()
    secret = new.see(path).text.split('<dd class="big">')[1].split("<")[0]
    wrong = new.send(path, {"password": "short", "again": "other", "code": "000000"})
    assert wrong.status_code == 422
    assert wrong.text.count("<li>") == 3
    given = {"password": PASSWORD, "again": PASSWORD, "code": code_now(secret, now=now())}
    assert new.send(path, dict(given)).url.path == "/office/sign-in/"
    assert new.see(path).status_code == 404
    used = {"username": "hugo", "password": PASSWORD, "code": given["code"]}
    assert new.send("/office/sign-in/", dict(used)).status_code == 422, "a code is used once"


def test_five_failures_lock_an_account_even_for_the_right_password(served: Served) -> None:
    at, secret = now(), secret_of("irene")
    with people_of(served.home, served.dsns.redress) as people:
        people.add_invented(username="irene", name="Irene", password=PASSWORD, totp_secret=secret, now=at)
        for _ in range(FAILURES):
            assert people.sign_in(username="irene", password="wrong", code="123456", now=at) is None
        right = {"username": "irene", "password": PASSWORD}
        assert people.sign_in(**right, code=code_now(secret, now=at), now=at) is None
        later = at + 16 * 60_000
        assert people.sign_in(**right, code=code_now(secret, now=later), now=later)


def test_a_code_of_another_moment_or_shape_signs_nobody_in(served: Served) -> None:
    at, secret = now(), secret_of("jorge")
    with people_of(served.home, served.dsns.redress) as people:
        people.add_invented(username="jorge", name="Jorge", password=PASSWORD, totp_secret=secret, now=at)
        for code in ("", "12345", "١٢٣٤٥٦", code_now(secret, now=at - 120_000)):
            assert people.sign_in(username="jorge", password=PASSWORD, code=code, now=at) is None


def test_known_passwords_exist_in_invented_worlds_only(served: Served) -> None:
    from dataclasses import replace

    import psycopg

    with psycopg.connect(served.dsns.redress) as connection, pytest.raises(PeopleRefused):
        People(connection, replace(served.office, world="real")).add_invented(
            username="karla", name="Karla", password=PASSWORD, totp_secret=secret_of("karla"), now=now()
        )


def test_i11_a_closed_complaint_is_erased_alone_and_an_open_one_is_not(served: Served) -> None:
    import psycopg

    request, other = secrets.token_hex(16), secrets.token_hex(16)
    receipt, kept = (served.visitor().lodge(each, "x") for each in (request, other))
    first, second, path = served.officer("lucas"), served.officer("marta"), the_case(served, request)
    complaint = path.split("/")[2]
    with complaints_of(served.home, served.dsns.redress) as complaints:
        with pytest.raises(psycopg.IntegrityError):
            complaints.erase(complaint)
        for step, confirm in (("propose_answer", "confirm_answer"), ("propose_lift", "confirm_lift")):
            do(first, path, step, text="Looked at.", outcome="partly")
            do(second, path, confirm, proposal=version_in(second.see(path).text))
        complaints.erase(complaint)
        assert complaints.file(complaint) is None
        done = complaints.act(the_case(served, other).split("/")[2], Acknowledge(), RedressOfficer(id="n"), now=now())
        assert not isinstance(done, Refused)
    assert "There is nothing to show" in served.visitor().status(receipt)
    assert "Being looked at" in served.visitor().status(kept)
    assert served.rows("SELECT FROM redress.act WHERE complaint = %s", complaint) == []
