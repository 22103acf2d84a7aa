"""Step 7: the sound case decided by a person, with reasons; a hand-over; no judge within the term: requests pause."""

from typing import Final

from cotejo.actions.register import compared
from cotejo.rules.acts import Stream, StreamKind
from cotejo.rules.dossier_commands import RecordAfterHandover
from cotejo.rules.dossier_words import HandoverReport
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_words import Outcome, Overdue, ReviewState
from cotejo.rules.told import Answered
from cotejo.simulation import invented_review
from cotejo_demo.cases import ARRIVES_WITHIN, Story, done, expect, today
from cotejo_demo.cast import ALBA_CUSTODY
from cotejo_demo.node import now_ms, wait_for
from cotejo_demo.steps.sound_file import NAME
from cotejo_demo.steps.three_men import NAME as OTHER

PRISON: Final = "Centro Penal de Villa Nube (inventado)"


def play(story: Story) -> str:
    """Decide, hand over, report the arrival and nothing else, and see the sender's requests pause."""
    the_one = story.ready_to_decide(NAME, story.world.people.sound)
    story.await_fresh_status(NAME)
    story.review(NAME, (invented_review.decide(Outcome.ACT),))
    decided = story.reviewed(NAME)
    expect(decided.state is ReviewState.DECIDED, f"the case is {decided.state}")
    expect(decided.decision.act.reasons, "the decision has no reasons")
    last_steps = invented_review.hand_over(decided, compared(the_one), story.papers, day=today())
    story.review(NAME, last_steps)
    dossier = Stream(StreamKind.DOSSIER, story.cases[NAME].dossier)
    arrival = RecordAfterHandover(report=HandoverReport.ARRIVAL, at=now_ms(), place=PRISON)
    done("the report of arrival", story.alba.act(ALBA_CUSTODY, dossier, arrival, Purpose.HANDOVER))
    wait_for("The pause", lambda: story.boreal.ask("partner", "alba").paused, seconds=60.0)
    causes = [what for _, what in story.boreal.ask("partner", "alba").open_causes]
    expect(causes == [Overdue.BEFORE_JUDGE], f"the pause is for {causes}")
    acting = story.boreal.ask("play", story.steps(OTHER, (invented_review.decide(Outcome.ACT),)))
    expect("partner.paused" in acting.codes, f"another request of this sender goes on: {acting.codes}")
    wait_for(
        "The answer that an action is reported",
        lambda: Answered.ACTION_REPORTED in [said for _, said in story.asked(NAME).answers],
        seconds=ARRIVES_WITHIN + 20,
    )
    return "decided by a person with reasons; handed over; arrival reported, no judge within the term: requests pause"
