"""Step 4: three men of one name; differences first, a brother explains as well; two officers: not the same."""

from typing import Final

from cotejo.actions.register import compared
from cotejo.identity import Verdict
from cotejo.rules.review_words import Outcome, Sameness
from cotejo.simulation import invented_review
from cotejo_demo.cases import Story, expect

NAME: Final = "three-men"


def play(story: Story) -> str:
    """Ask for a man who is none of three men of his name, and let two officers say so."""
    people = story.world.people
    story.prepare(NAME, people.asked_for)
    story.send(NAME)
    story.await_review(NAME)
    found = story.begin(NAME)
    rows = {each.explanation.candidate.id: each.explanation for each in found}
    three = [rows[each.id] for each in people.namesakes if each.id in rows]
    expect(len(three) == len(people.namesakes), f"{len(three)} of the three men were found")
    for explained in three:
        order = [list(Verdict).index(line.verdict) for line in explained.lines]
        expect(order == sorted(order), "differences do not come first")
    readings = {explained.rival.kind for explained in three if explained.rival is not None}
    expect("sibling" in readings, f"a brother is not named as another reading, only {sorted(readings)}")
    for each in found:
        story.review(NAME, invented_review.identity(compared(each), says=Sameness.NOT_SAME))
    state = story.reviewed(NAME)
    expect(state.agreed is None, "somebody was agreed to be the same person")
    expect(not state.candidates, f"{len(state.candidates)} possible same persons are left")
    refused = story.boreal.ask("play", story.steps(NAME, (invented_review.decide(Outcome.ACT),)))
    expect("identity.open" in refused.codes, f"a decision to act was possible: {refused.codes}")
    brother = next(each.rival.words.en for each in three if each.rival and each.rival.kind == "sibling")
    return f"{len(found)} possible same persons compared; {brother} Two officers: not the same; no decision to act"
