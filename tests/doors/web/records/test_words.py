"""Every page of the origin speaks one language, and documented words say which language they are in."""

from html.parser import HTMLParser

import pytest

from cotejo.rules.duties import Duty
from cotejo.rules.person_commands import RecordClaim
from tests.browser.navigator import said_in
from tests.pages import signed_in

VOID = {"input", "img", "br", "meta", "link", "path", "circle", "hr"}


class Texts(HTMLParser):
    """Gathers the texts of a page that are in the page's own language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stack = [language]
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        here = told.get("lang", self.stack[-1])
        if here == self.language:
            self.found |= {told[name] for name in ("aria-label", "placeholder", "title", "alt") if told.get(name)}
        if tag not in VOID:
            self.stack.append(here)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.stack.pop()

    def handle_data(self, data):
        if self.stack[-1] == self.language and data.strip():
            self.found.add(" ".join(data.split()))


@pytest.mark.parametrize(("language", "other"), [("es", "en"), ("en", "es")])
def test_no_page_holds_a_sentence_of_the_other_language(house, language, other):
    case, begun = house.case(seed=1, until="sent"), house.case(seed=2, until="begun")
    person, dossier = case.person, case.dossier
    claim = next(each.claim for _, each in case.file if isinstance(each, RecordClaim))
    forms = ("description", "category", "whereabouts", "court-act", "alleged", "evidence", "statement", "affiliation")
    steps = ("grounds", "undertakings", "notice", "deferral", "certificate", "withdrawal")
    pages = {
        Duty.RECORDER: [
            "/",
            "/records/?q=mejia",
            "/records/new/",
            f"/records/{person}/",
            f"/records/{person}/history/",
            *(f"/records/{person}/write/{form}/" for form in forms),
            f"/records/{person}/write/withdraw-statement/{claim}/",
            "/dossiers/",
            "/dossiers/outside/",
            f"/dossiers/new/{person}/",
            f"/dossiers/{begun.dossier}/",
            f"/dossiers/{begun.dossier}/sending/",
            f"/dossiers/{dossier}/",
            f"/dossiers/{dossier}/version/1/",
            f"/dossiers/{dossier}/history/",
            f"/dossiers/{dossier}/step/statements/",
            f"/dossiers/{dossier}/step/acts/",
            "/bulletins/",
            "/bulletins/new/",
        ],
        Duty.CHECKER: ["/records/checking/", f"/records/{person}/check/{claim}/", f"/records/{person}/verify/1/"],
        Duty.CERTIFIER: [f"/dossiers/{begun.dossier}/step/{step}/" for step in steps],
        Duty.AUTHORISER: [f"/dossiers/{dossier}/step/suspension/", f"/dossiers/{dossier}/step/reinstatement/"],
        Duty.OVERSIGHT: ["/dossiers/lines/", f"/dossiers/lines/{dossier}/", f"/dossiers/lines/{dossier}/suspension/"],
        Duty.CUSTODY: [f"/dossiers/lines/{dossier}/hand-over/"],
        Duty.DUTY_OFFICER: [f"/dossiers/lines/{dossier}/court-order/"],
    }
    faults = []
    for duty, addresses in pages.items():
        client = signed_in(house.people[duty], language=language)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, (duty, address)
            texts = Texts(language)
            texts.feed(page.content.decode())
            faults += [f"{address}: {words}" for words in texts.found & said_in(other)]
    assert faults == []
