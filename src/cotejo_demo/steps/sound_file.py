"""Step 2: the sound file, checked, certified with what speaks for the person; the preview is what leaves; a receipt."""

from typing import Final

from cotejo.rules.acts import GateState
from cotejo_demo.cases import Story, expect, fingerprint
from cotejo_demo.cast import AUTHORISER

NAME: Final = "sound"


def play(story: Story) -> str:
    """Prepare and send the sound case."""
    case = story.prepare(NAME, story.world.people.sound)
    previewed = story.alba.ask("prepared", case.dossier, story.alba.people[AUTHORISER])
    gates = story.alba.ask("gates", previewed)
    closed = [each.code for each in gates if each.state is not GateState.PASSED]
    expect(not closed, f"gates of the sound case are not passed: {', '.join(closed)}")
    expect(previewed.search_for and previewed.search_for.attached, "nothing that speaks for the person is attached")
    story.send(NAME)
    story.await_review(NAME)
    sent, received = story.asked(NAME).latest, story.reviewed(NAME).package
    expect(sent.outcome == "taken", f"the receipt says {sent.outcome}: {', '.join(sent.gaps)}")
    prints = {fingerprint(each) for each in (previewed, sent.package, received)}
    expect(len(prints) == 1, f"preview, sent and received differ: {sorted(prints)}")
    again = story.boreal.ask("gates", received)
    expect([each.code for each in again] == [each.code for each in gates], "the receiver evaluates other gates")
    documents = len(received.documents)
    return (
        f"{len(gates)} gates passed on both sides; SHA-256 {prints.pop()[:16]} previewed, sent and received; "
        f"{documents} documents; receipt: taken"
    )
