"""The public side as somebody with a telephone meets it, over HTTP."""

import os
import re
import secrets

import pytest

from cotejo.actions.sealed_cards import Place
from cotejo.doors.redress.visitor import HIDDEN
from cotejo.rules.paper_codes import PAPER_CODE, RECEIPT_CODE
from tests.doors.redress.conftest import Served

PDF = ("one.pdf", b"%PDF-1.4 invented", "application/pdf")
ONCE_ONLY = re.compile(r'(name="(?:csrfmiddlewaretoken|once)" value=")[^"]*')
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def plain(page: str) -> str:
    """Return a page without what differs each time: the form's token, the receipt code, the minute."""
    return re.sub(r"\d\d:\d\d UTC", "", CODE.sub("CODE", ONCE_ONLY.sub(r"\1", page)))


def test_i12_f65_a_complaint_blocks_at_once_and_shows_its_receipt(served: Served) -> None:
    request = secrets.token_hex(16)
    code = served.card(request=request)

    receipt = served.visitor("es").lodge(code, "No es mi hijo.")

    assert served.signals(request) == ["suspend"]
    page = served.visitor("es").status(receipt)
    assert "Recibida" in page
    assert "Juzgado Cuarto · 88" in page
    assert "nadie puede usarla" in page
    assert "Oficina de reparación, Alba" in page


def test_f65_a_lawyer_without_the_mandate_blocks_too_and_may_send_it_later(served: Served) -> None:
    request = secrets.token_hex(16)
    lawyer = served.visitor()
    receipt = lawyer.lodge(request, "My client was acquitted.", speaker="counsel")
    assert served.signals(request) == ["suspend"]
    assert "We still need the document" in lawyer.status(receipt)

    fields = {"code": receipt, "do": "document", "mandate": "yes"}
    page = lawyer.send("/status/", dict(fields), [("document", PDF)]).text

    assert "We still need the document" not in page
    assert "Document added" in page


def test_f67_a_wrong_code_and_an_unknown_request_get_the_same_pages(served: Served) -> None:
    visitor, fields = served.visitor(), {"speaker": "person", "wrong": "other", "text": "x"}
    pages = [
        visitor.send("/complaint/", {**fields, "code": code}).text
        for code in (PAPER_CODE.make(os.urandom), secrets.token_hex(16), served.card())
    ]
    assert "Your complaint is with us" in pages[0]
    assert len({plain(page) for page in pages}) == 1

    statuses = [visitor.status(CODE.findall(page)[0]) for page in pages[:2]]
    assert len({plain(page) for page in statuses}) == 1


def test_f67_whoever_asks_where_a_person_is_learns_nothing_from_a_code_without_reports(served: Served) -> None:
    visitor = served.visitor()
    unknown, silent = visitor.where(PAPER_CODE.make(os.urandom)), visitor.where(served.card())
    assert "There is nothing to show for this code" in unknown
    assert plain(unknown) == plain(silent)


def test_f67_a_receipt_nobody_was_given_opens_nothing(served: Served) -> None:
    visitor = served.visitor()
    assert "There is nothing to show" in visitor.status(RECEIPT_CODE.make(os.urandom))


def test_a_slip_in_a_code_is_told_before_anything_is_looked_up(served: Served) -> None:
    code = PAPER_CODE.make(os.urandom)
    slip = ("0" if code[0] != "0" else "1") + code[1:]
    visitor = served.visitor()
    answer = visitor.send("/complaint/", {"speaker": "person", "wrong": "other", "text": "mine", "code": slip})
    assert answer.status_code == 422
    assert "has a slip" in answer.text
    assert "mine" in answer.text, "what was typed is kept"
    assert "has a slip" in visitor.where(slip)


def test_every_problem_of_a_form_is_said_at_once(served: Served) -> None:
    answer = served.visitor().send("/complaint/", {"code": "1"}, [("documents", ("x.exe", b"MZ", "application/pdf"))])
    assert answer.status_code == 422
    for sentence in (
        "Say who you are",
        "has a slip",
        "choose at least one",
        "Nothing is written",
        "x.exe is not a PDF",
    ):
        assert sentence in answer.text


def test_a_form_sent_twice_is_one_complaint_with_one_receipt(served: Served) -> None:
    request, visitor = secrets.token_hex(16), served.visitor()
    hidden = dict(HIDDEN.findall(visitor.see("/complaint/").text))
    fields = {**hidden, "speaker": "person", "wrong": "other", "text": "x", "code": request}
    first, second = (visitor.client.post("/complaint/", data=fields).text for _ in range(2))
    assert CODE.findall(first) == CODE.findall(second)
    assert served.signals(request) == ["suspend"]


def test_after_a_hand_over_the_holder_of_the_paper_reads_where_the_person_is(served: Served) -> None:
    code = served.card(
        Place(report="handed_over", at=1_795_000_000_000, place="Puente Alto", court=""),
        Place(report="before_judge", at=1_795_100_000_000, place="Centro Inventado", court="Juzgado Nueve"),
        due=1_795_200_000_000,
    )
    page = served.visitor("es").where(code.lower().replace("-", " "))
    assert page.index("Presentación ante el juez") < page.index("Entrega<")
    for words in ("Centro Inventado", "Juzgado Nueve", "Próximo informe", "20 de noviembre de 2026"):
        assert words in page
    assert served.signals("") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "' OR 1=1 --"},
        {"code": "\x00"},
        {"code": "A" * 5_000},
        {"text": "x" * 100_000},
        {"text": "\x00"},
        {"speaker": "officer"},
        {"wrong": "delete"},
        {"once": "../../etc"},
        {"text": "<script>alert(1)</script>", "code": "1"},
    ],
)
def test_hostile_forms_are_refused_in_words_and_change_nothing(served: Served, fields: dict[str, str]) -> None:
    before = served.rows("SELECT count(*) FROM redress.complaint")
    sound = {"speaker": "person", "wrong": "other", "text": "x", "code": secrets.token_hex(16)}
    answer = served.visitor().send("/complaint/", {**sound, **fields})
    assert answer.status_code in {200, 400, 422}
    assert "<script>alert" not in answer.text
    if answer.status_code != 200:
        assert served.rows("SELECT count(*) FROM redress.complaint") == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><script>alert(1)</script>"),
        ("photo.jpg", b"not a photograph"),
        ("empty.pdf", b""),
        ("large.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024)),
        ("../../name\r\n.pdf", b"MZ"),
    ],
)
def test_only_a_pdf_or_a_photograph_of_bounded_size_is_taken(served: Served, name: str, content: bytes) -> None:
    visitor = served.visitor()
    receipt = visitor.lodge(secrets.token_hex(16), "x")
    fields = {"code": receipt, "do": "document"}
    answer = visitor.send("/status/", dict(fields), [("document", (name, content, "application/pdf"))])
    assert answer.status_code == 422
    assert "Document added" not in answer.text


def test_a_body_beyond_its_bound_is_refused_before_it_is_read(served: Served) -> None:
    visitor = served.visitor()
    files = [("documents", ("large.pdf", b"%PDF-" + b"0" * (32 * 1024 * 1024), "application/pdf"))]
    assert visitor.send("/complaint/", {}, files).status_code == 413


def test_a_form_from_elsewhere_is_refused(served: Served) -> None:
    answer = served.visitor().client.post("/complaint/", data={"text": "x"})
    assert answer.status_code == 403
    assert "Nothing was sent" in answer.text


def test_no_page_is_kept_framed_or_scripted(served: Served) -> None:
    for path in ("/", "/complaint/", "/status/", "/where/", "/office/sign-in/", "/nowhere/"):
        answer = served.visitor().see(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "<script" not in answer.text


def test_what_is_told_is_never_on_disk_in_the_clear(served: Served) -> None:
    told = f"palabra-{secrets.token_hex(8)}"
    served.visitor().lodge(secrets.token_hex(16), told, files=[("documents", PDF)])
    for (table,) in served.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'redress'"):
        rows = served.rows(f"SELECT t::text FROM redress.{table} t")
        everything = " ".join(str(row) for row in rows)
        assert told not in everything
        assert told.encode().hex() not in everything
