"""Step 8: the mother, on a phone, with a paper code: where, which court, what is blocked, who answers by when.

She uses the pages of Boreal's redress office, which is apart from the house: its door knows two words. Officers of the
house read "not usable", no more, and the sender is told nothing.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

import httpx

from cotejo.doors.redress.words import TEXTS
from cotejo.papers.printing import print_pdf
from cotejo.rules.complaints import Speaker, Wrong
from cotejo.rules.dates import day_of
from cotejo.rules.duties import Duty
from cotejo.rules.holds import HoldKind
from cotejo.rules.redress import ComplaintClock
from cotejo.rules.review_words import Usability
from cotejo_demo.cases import Story, expect, today
from cotejo_demo.family_paper import ForFamily, family_paper
from cotejo_demo.node import now_ms, wait_for
from cotejo_demo.steps.hand_over import PRISON
from cotejo_demo.steps.sound_file import NAME

PHONE: Final = {"User-Agent": "Mozilla/5.0 (Linux; Android 13; Mobile)", "Accept-Language": "es"}
OFFICE: Final = "Redress office, Boreal"
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ONCE: Final = re.compile(r'name="once" value="([0-9a-f]{32})"')
_RECEIPT: Final = re.compile(r'<dd class="big">([^<]+)</dd>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A browser without an account, at the redress office."""

    client: httpx.Client

    def send(self, path: str, filled: dict[str, str]) -> str:
        """Open a page, fill its form, send it, and return what comes back."""
        form = self.client.get(path).raise_for_status().text
        hidden = {"csrfmiddlewaretoken": _TOKEN.findall(form)[-1]}
        if found := _ONCE.search(form):
            hidden["once"] = found[1]
        answer = self.client.post(path, data=hidden | filled, headers={"Referer": str(self.client.base_url)})
        return unescape(answer.raise_for_status().text)


def play(story: Story) -> str:
    """Let the mother of the man handed over look where he is, complain, and follow her complaint."""
    told_before = _told(story)
    review = story.reviews[NAME]
    code = story.boreal.ask("paper_code", review)
    court = story.reviewed(NAME).package.court_acts[0].court
    address = f"http://127.0.0.1:{story.world.file.ports.boreal_redress}"
    with httpx.Client(base_url=address, headers=PHONE, trust_env=False, follow_redirects=True) as client:
        phone = Phone(client=client)
        where = phone.send("/where/", {"code": code})
        for words in (PRISON, court, TEXTS["next_overdue"].es):
            expect(words in where, f"the page that says where he is lacks: {words}")
        lodged = now_ms()
        receipt = _RECEIPT.search(
            phone.send(
                "/complaint/",
                {
                    "code": code,
                    "speaker": Speaker.FAMILY,
                    "wrong": Wrong.NOT_TOLD,
                    "text": "Nadie nos dijo ante qué juez está.",
                    "in_custody": "yes",
                },
            )
        )
        if receipt is None:
            expect(receipt, "the complaint gave no receipt")
            return ""
        wait_for("The block", lambda: story.reviewed(NAME).usability is Usability.SUSPENDED, seconds=30.0)
        status = phone.send("/status/", {"code": receipt[1]})
    due = day_of(ComplaintClock(lodged_at=lodged, in_custody=True).due)
    for words in (court, TEXTS["blocked_yes"].es, TEXTS["answers"].es, str(due.year)):
        expect(words in status, f"the page of her complaint lacks: {words}")
    _house_learns_little(story)
    expect(_told(story) == told_before, "the sender was told something because of the complaint")
    _print(story, code, court, due.isoformat())
    return f"{PRISON}; {court}; the request is not usable here, Alba is not told; {OFFICE} answers by {due}"


def _house_learns_little(story: Story) -> None:
    shown = {hold.kind for hold in story.reviewed(NAME).holds_visible_to(Duty.DECISION)}
    expect(HoldKind.COMPLAINT not in shown, "a deciding officer sees that somebody complained")


def _print(story: Story, code: str, court: str, due: str) -> None:
    state = story.reviewed(NAME)
    paper = family_paper(
        ForFamily(
            person=state.package.subject.names[0].documented,
            code=code,
            place=PRISON,
            since=today(),
            court=court,
            before_judge=False,
            office=OFFICE,
            due=due,
        ),
        made_at=f"{today()}T00:00:00+00:00",
        language="es",
    )
    story.keep_paper("for-the-family.pdf", print_pdf(paper))


def _told(story: Story) -> list[str]:
    """Return the kinds of what Boreal told about the case beside its answers on agreed dates."""
    return [each.kind for each in story.boreal.ask("sent", story.cases[NAME].request) if each.kind != "answer"]
