"""The pages as people use them, on a real server."""

import re
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cotejo_prevention.main import app
from cotejo_prevention.words import CONSENT, TEXTS, texts
from tests.prevention.conftest import PASSWORD, Served, Visitor, add_staff

SOUND = {
    "name": "Lucero",
    "reach": "",
    "spoken_in": "",
    "programme": "oficios",
    "consent_by": "person",
    "consent": "yes",
}


def refer(visitor: Visitor, **changed: str) -> httpx.Response:
    return visitor.send("/es/referrals/new/", {**SOUND, **changed})


def code_of(page: httpx.Response) -> str:
    found = re.search(r'class="code big">([0-9A-Z-]{24})<', page.text)
    assert found, page.text
    return found.group(1)


def test_f72_the_directory_is_read_without_identification_cookie_or_log(served: Served) -> None:
    before = sorted((path.name, path.stat().st_mtime_ns) for path in served.root.rglob("*"))
    written = served.log.read_bytes()
    for path in ("/", "/es/", "/en/", "/es/programmes/oficios/", "/en/programmes/regreso/", "/es/consent/"):
        answer = served.visitor().see(path)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert sorted((path.name, path.stat().st_mtime_ns) for path in served.root.rglob("*")) == before
    assert served.log.read_bytes() == written


def test_a_referral_is_made_with_the_words_of_consent_and_withdrawn_by_code_alone(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("marta")
    shown = worker.see("/es/referrals/new/").text
    assert CONSENT["es"] in shown
    code = code_of(refer(worker, name="Azucena Inventada"))
    listed = worker.see("/es/referrals/").text
    own = re.search(r'/es/referrals/([0-9a-f]{32})/">Azucena Inventada', listed)
    assert own
    page = worker.see(f"/es/referrals/{own.group(1)}/").text
    assert CONSENT["es"] in page

    person = served.visitor()
    certificate = person.send("/es/withdraw/", {"code": code.lower()})
    assert certificate.status_code == 200
    assert own.group(1) in certificate.text
    assert "Azucena" not in worker.see("/es/referrals/").text
    again = person.send("/es/withdraw/", {"code": code})
    assert again.status_code == 422
    assert texts("es")["code_unknown"] in again.text


def test_withdrawal_at_the_desk_needs_the_tick_and_prints_the_certificate(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("marta")
    refer(worker, name="Jazmín Inventada")
    own = re.search(r"/en/referrals/([0-9a-f]{32})/\">Jazmín", worker.see("/en/referrals/").text)
    assert own
    page = f"/en/referrals/{own.group(1)}/"
    assert texts("en")["withdraw_unsure"] in worker.send(page, {}, at=page + "withdraw/").text
    moved = worker.send(page, {"to": "started"}, at=page + "move-on/")
    assert texts("en")["state_started"] in moved.text
    certificate = worker.send(page, {"sure": "yes"}, at=page + "withdraw/")
    assert texts("en")["certificate"] in certificate.text
    assert worker.see(page).status_code == 404


def test_an_empty_form_tells_every_problem_at_once_and_stores_nothing(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("julio")
    keys = len(list((served.root / "keys").iterdir()))
    answer = worker.send("/en/referrals/new/", {"name": " ", "reach": "x" * 201, "words_hash": "other"})
    assert answer.status_code == 422
    for sentence in ("no_name", "too_long", "no_programme", "no_consent_by", "no_consent", "other_words"):
        assert texts("en")[sentence] in answer.text
    assert len(list((served.root / "keys").iterdir())) == keys


def test_without_the_recorded_yes_there_is_no_referral(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("julio")
    answer = refer(worker, consent="")
    assert answer.status_code == 422
    assert texts("es")["no_consent"] in answer.text
    assert texts("es")["mine_empty"] in worker.see("/es/referrals/").text


def test_f71_the_form_has_no_field_for_acts_groups_tattoos_health_or_notes(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("julio")
    form = worker.see("/en/referrals/new/").text
    assert set(re.findall(r'name="(\w+)"', form)) - {"viewport"} == {
        "csrfmiddlewaretoken", "words_hash", "name", "reach", "programme", "spoken_in", "consent_by", "consent",
    }  # fmt: skip
    assert "<textarea" not in form


def test_another_workers_referral_looks_like_none(served: Served) -> None:
    marta, julio = served.visitor(), served.visitor()
    marta.sign_in("marta")
    julio.sign_in("julio")
    refer(marta, name="Margarita")
    own = re.search(r"/es/referrals/([0-9a-f]{32})/\">Margarita", marta.see("/es/referrals/").text)
    assert own
    other = julio.see(f"/es/referrals/{own.group(1)}/")
    none = julio.see(f"/es/referrals/{'0' * 32}/")
    assert (other.status_code, len(other.text)) == (none.status_code, len(none.text)) == (404, len(none.text))


def test_staff_pages_lead_to_sign_in_and_signing_out_ends_every_session(served: Served) -> None:
    assert served.visitor().see("/es/referrals/").url.path == "/es/sign-in/"
    first, second = served.visitor(), served.visitor()
    first.sign_in("julio")
    second.sign_in("julio")
    first.send("/es/referrals/", {}, at="/es/sign-out/")
    assert second.see("/es/referrals/").url.path == "/es/sign-in/"


def test_after_five_wrong_passwords_the_right_one_must_wait_too(served: Served) -> None:
    visitor = served.visitor()
    for _ in range(5):
        assert visitor.send("/en/sign-in/", {"name": "locked", "password": "wrong"}).status_code == 422
    assert visitor.sign_in("locked").status_code == 422
    unknown = visitor.send("/en/sign-in/", {"name": "nobody", "password": "wrong"})
    assert texts("en")["sign_in_wrong"].split(",")[0] in unknown.text


def test_a_form_from_elsewhere_is_refused(served: Served) -> None:
    visitor = served.visitor()
    visitor.sign_in("julio")
    for path in ("/es/withdraw/", "/es/sign-in/", "/es/sign-out/", "/es/referrals/new/"):
        answer = visitor.client.post(path, data={"code": "x"})
        assert answer.status_code == 403
        assert texts("es")["refused_form"] in answer.text


@pytest.mark.parametrize("path", ["/es/", "/en/sign-in/", "/es/nothing/", "/api/v1/referrals", "/style.css"])
def test_every_answer_carries_strict_headers(served: Served, path: str) -> None:
    headers = served.visitor().see(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


def test_f70_no_address_answers_a_machine(served: Served) -> None:
    for path in (
        "/",
        "/es/",
        "/es/withdraw/",
        "/es/referrals/",
        "/api/",
        "/exchange/v1/messages",
        "/es/referrals/new/",
    ):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = httpx.request(
                method,
                served.url + path,
                headers={"Accept": "application/json", "Authorization": "Bearer x"},
                json=None if method == "GET" else {"code": "x"},
            )
            assert "json" not in answer.headers.get("content-type", "")
            assert method == "GET" or answer.status_code in {403, 404, 405}


def test_both_languages_are_complete_and_different() -> None:
    for name, (spanish, english) in TEXTS.items():
        assert spanish.strip(), name
        assert english.strip(), name
    templates = Path(__file__).parents[2] / "src/cotejo_prevention/templates"
    used = {word for path in templates.iterdir() for word in re.findall(r"\bt\.(\w+)", path.read_text("utf-8"))}
    assert used <= TEXTS.keys()


def test_commands_say_in_a_sentence_what_is_wrong(served: Served, tmp_path: Path) -> None:
    def sentence(*arguments: str) -> str:
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 1
        return done.stderr

    root, broken = str(served.root), tmp_path / "broken"
    assert "No installation" in sentence("serve", str(tmp_path))
    assert "not empty" in sentence("init", root)
    assert "real or invented" in sentence("init", str(tmp_path / "new"), "--world", "test")
    assert "other machines" in sentence("serve", root, "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert "Nothing is kept" in sentence("erase", root, "AAAA-BBBB")
    assert "at least 12" in add_staff(served.root, "ana", "password", expect=1)
    assert CliRunner().invoke(app, ["init", str(broken)]).exit_code == 0
    (broken / "programmes.toml").write_text('[[programme]]\ncode = "A B"\nplaces = -1\n', "utf-8")
    said = sentence("serve", str(broken))
    for part in ("programme 1", "“code”", "“name”", "“hours”", "“places”", "“free”"):
        assert part in said


def test_erase_on_the_command_line_prints_the_certificate(served: Served) -> None:
    worker = served.visitor()
    worker.sign_in("marta")
    code = code_of(refer(worker, name="Violeta"))
    assert "CERTIFICADO DE RETIRO" in CliRunner().invoke(app, ["erase", str(served.root), code]).stdout
    assert "Violeta" not in worker.see("/es/referrals/").text


def test_a_new_password_ends_open_sessions(served: Served) -> None:
    visitor = served.visitor()
    visitor.sign_in("ines")
    assert visitor.see("/es/referrals/").url.path == "/es/referrals/"
    add_staff(served.root, "ines", PASSWORD)
    assert visitor.see("/es/referrals/").url.path == "/es/sign-in/"
