"""Step 8: the mother, with a paper code: where, which court, what is blocked, who answers by when.

The complaint comes through the redress office's door, which knows two words; officers read "not usable", no more.
"""

import secrets
from typing import Final

from cotejo.papers.printing import print_pdf
from cotejo.rules.dates import day_of
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.duties import Duty, RedressDoor
from cotejo.rules.holds import HoldKind
from cotejo.rules.purposes import Purpose
from cotejo.rules.redress import ComplaintClock
from cotejo.rules.review_acts import AfterHandoverTold
from cotejo.rules.review_commands import RedressSuspend
from cotejo.rules.review_words import Usability
from cotejo_demo.cases import Story, done, expect, today
from cotejo_demo.family_paper import ForFamily, family_paper
from cotejo_demo.steps.hand_over import PRISON
from cotejo_demo.steps.sound_file import NAME

OFFICE: Final = "Ombudsman / Complaints"


def play(story: Story) -> str:
    """Lodge the complaint of the mother of the man handed over, and print what she is told."""
    before = (story.acts_asked(NAME)[-1].version, len(_told_of_complaints(story)))
    reported = next(
        entry.act
        for entry in story.boreal.ask("entries", story.reviews[NAME])
        if isinstance(entry.act, AfterHandoverTold) and entry.act.report is HandoverReport.ARRIVAL
    )
    blocked = done(
        "the complaint", story.boreal.act(RedressDoor(), story.reviews[NAME], RedressSuspend(), Purpose.REDRESS)
    )
    state = story.reviewed(NAME)
    expect(state.usability is Usability.SUSPENDED, f"after the complaint the case is {state.usability}")
    shown = {hold.kind for hold in state.holds_visible_to(Duty.DECISION)}
    expect(HoldKind.COMPLAINT not in shown, "a deciding officer sees that somebody complained")
    expect(reported.place == PRISON, f"the place is {reported.place}")
    court = state.package.court_acts[-1].court
    clock = ComplaintClock(lodged_at=blocked.at, in_custody=True)
    paper = family_paper(
        ForFamily(
            person=state.package.subject.names[0].documented,
            code="-".join(secrets.token_hex(2).upper() for _ in range(4)),
            place=reported.place,
            since=day_of(reported.happened_at).isoformat(),
            court=court,
            before_judge=False,
            office=OFFICE,
            due=day_of(clock.due).isoformat(),
        ),
        made_at=f"{today()}T00:00:00+00:00",
        language="es",
    )
    story.keep_paper("for-the-family.pdf", print_pdf(paper))
    told = _told_of_complaints(story)
    expect(len(told) == before[1], "the sender was told something because of the complaint")
    due = day_of(clock.due).isoformat()
    return f"{reported.place}; {court}; the request is not usable here, Alba is not told; {OFFICE} answers by {due}"


def _told_of_complaints(story: Story) -> list[str]:
    """Return the kinds of what Boreal told about the case beside its answers on agreed dates."""
    return [each.kind for each in story.boreal.ask("sent", story.cases[NAME].request) if each.kind != "answer"]
