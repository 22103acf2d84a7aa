"""Step 5: a protected woman; the case pauses, and the sender sees the same as for a woman who is not protected.

Compared: what the origin's cases hold of the other side, the signed content once opened, sealed lengths, and the
moments at which messages were to leave.
"""

from dataclasses import replace
from typing import Any, Final

from cotejo.rules.duties import Duty
from cotejo.rules.holds import ProtectionGround
from cotejo.rules.review_commands import OpenReview, RecordProtectionCheck, RecordSearch
from cotejo.rules.review_words import Outcome, Protection
from cotejo.simulation import invented_review
from cotejo_demo.cases import Story, expect, today
from cotejo_demo.node import now_ms, wait_for
from cotejo_demo.passed import Posted

PROTECTED: Final = "protected"
UNPROTECTED: Final = "unprotected"
ANSWERS_WITHIN: Final = 60.0
ROOM: Final = 8_000
"""Milliseconds in which two requests surely arrive."""


def play(story: Story) -> str:
    """Send two requests, pause one, and compare all that the sender can see of them."""
    people = story.world.people
    for name, record in ((PROTECTED, people.protected), (UNPROTECTED, people.unprotected)):
        story.prepare(name, record)
    _await_room_before_the_next_date(story)
    for name in (PROTECTED, UNPROTECTED):
        story.send(name)
    for name in (PROTECTED, UNPROTECTED):
        story.await_review(name)
    _stop(story)
    story.begin(UNPROTECTED)
    state = story.reviewed(PROTECTED)
    expect(state.paused, "the case of the protected woman does not pause")
    expect(not state.candidates_visible_to(Duty.IDENTITY), "an identity officer sees whom the search found")
    refused = story.boreal.ask("play", story.steps(PROTECTED, (invented_review.decide(Outcome.ACT),)))
    expect(refused.codes, "a decision was possible on a paused case")
    wait_for("An answer on both cases", lambda: _answered(story), seconds=ANSWERS_WITHIN)
    ours, theirs = (_visible(story, name) for name in (PROTECTED, UNPROTECTED))
    for what, first, second in zip(_COMPARED, ours, theirs, strict=True):
        expect(first == second, f"the sender sees a difference in {what}: {first} / {second}")
    return f"on hold, and nobody but protection knows why; equal for the sender: {', '.join(_COMPARED)}"


_COMPARED: Final = ("what its case holds", "signed content", "sealed lengths", "moments of leaving", "receipts")


def _stop(story: Story) -> None:
    tokens = tuple(each.token for each in story.candidates(PROTECTED))
    found = RecordSearch(candidates=tokens, set_aside=0, register_as_of=today())
    stop = RecordProtectionCheck(
        candidates=tokens, result=Protection.STOP, ground=ProtectionGround.WITHHOLDING, feared="SV"
    )
    officer = invented_review.PROTECTION
    story.review(PROTECTED, ((invented_review.INTAKE, OpenReview()), (officer, found), (officer, stop)))


def _await_room_before_the_next_date(story: Story) -> None:
    """Wait until both requests can be taken in before one and the same answer date of the agreement.

    On which date the first answer goes out depends on when a request came, which its sender knows anyway.
    """
    terms = story.boreal.ask("partner", "alba").terms(now_ms())
    wait_for(
        "Room before an answer date",
        lambda: (now_ms() - terms.dates_from) % terms.answer_every < terms.answer_every - ROOM,
        seconds=ANSWERS_WITHIN,
    )


def _answered(story: Story) -> bool:
    """Say whether both cases have the same answers, at least one each, and all of them have arrived."""
    told = [story.asked(name).answers for name in (PROTECTED, UNPROTECTED)]
    return bool(told[0]) and told[0] == told[1]


def _visible(story: Story, name: str) -> tuple[Any, ...]:
    case = story.cases[name]
    last = story.asked(PROTECTED).answers[0][0]
    told = tuple(
        (entry.act.code, entry.by, _without_ids(entry.act, case.request))
        for entry in story.acts_asked(name)
        if entry.by.startswith("partner:") and getattr(entry.act, "period", last) <= last
    )
    posted: tuple[Posted, ...] = story.boreal.ask("sent", case.request)[: len(told)]
    bodies = tuple(each.body for each in posted)
    contents = tuple(_without_ids(each, case.request) for each in story.alba.ask("opened", bodies))
    numbers = {getattr(each, "period", last) for each in contents}
    expect(contents, "no answer was sent")
    expect(min(numbers) <= last, "the first answer is not among those compared")
    mids = tuple(each.mid for each in story.alba.ask("sent", case.request))
    receipts = tuple(len(each) for each in story.boreal.ask("receipts", mids))
    first = next(at for at, each in enumerate(contents) if getattr(each, "period", 0) == last)
    return (
        told,
        contents[: first + 1],
        tuple(len(each) for each in bodies[: first + 1]),
        tuple((each.kind, each.at) for each in posted[: first + 1]),
        receipts,
    )


def _without_ids(content: Any, request: str) -> Any:  # noqa: ANN401 - any act or message
    """Return a record with the request's own id taken out."""
    named = [name for name in content.__dataclass_fields__ if getattr(content, name) == request]
    return replace(content, **dict.fromkeys(named, "")) if named else content
