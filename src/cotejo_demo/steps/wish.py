"""Step 1: a wish from an e-mail ("marero, has a tattoo") cannot be sent; all gaps at once, each with its remedy."""

from typing import Final

from cotejo.papers.gap_letter import gap_letter
from cotejo.papers.printing import print_pdf
from cotejo.rules.acts import not_passed
from cotejo_demo.cases import Story, expect, today
from cotejo_demo.cast import RECORDER

WORDS: Final = "marero, tiene un tatuaje"
LEAST_GATES: Final = 12


def play(story: Story) -> str:
    """Type the wish in, and see everything that is missing, said at once and kept nowhere."""
    before = story.alba.ask("streams")
    name = story.world.people.wished.full_name
    gates = story.alba.ask("wish", name, WORDS, story.alba.people[RECORDER])
    reasons = not_passed(gates)
    closed = {reason.code.partition(".")[0] for reason in reasons}
    expect(len(closed) >= LEAST_GATES, f"only {len(closed)} gates say something")
    expect({"labels", "support", "documents", "judicial_basis"} <= closed, f"the gates that speak are {sorted(closed)}")
    silent = [each.code for each in reasons if each.remedy is None]
    expect(not silent, f"without a remedy: {', '.join(silent)}")
    expect(story.alba.ask("streams") == before, "something about the person was kept")
    expect(story.alba.ask("refused_last", "wish") == tuple(each.code for each in reasons), "the refusal is not noted")
    paper = gap_letter(
        gates,
        node="Alba",
        reader="",
        reference="wish",
        made_at=f"{today()}T00:00:00+00:00",
        language="es",
        invented=True,
    )
    story.keep_paper("gap-letter.pdf", print_pdf(paper))
    return (
        f"not sent: {len(reasons)} gaps in {len(closed)} of {len(gates)} checks, each with its remedy; letter printed"
    )
