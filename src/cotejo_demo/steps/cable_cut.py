"""Step 6: cable cut, warrant withdrawn: the decision closes; cable back: blocked within a second, copies swept."""

from typing import Final

from cotejo.rules.acts import Entry, Stream, StreamKind
from cotejo.rules.answers import sweep_time
from cotejo.rules.dossier_commands import Withdraw
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_acts import Swept
from cotejo.rules.review_words import Outcome
from cotejo.simulation import invented_review
from cotejo_demo.cases import Differs, Story, done, expect
from cotejo_demo.cast import CERTIFIER
from cotejo_demo.node import now_ms, wait_for

NAME: Final = "withdrawn"
SECOND: Final = 1000


def play(story: Story) -> str:
    """Cut the cable, withdraw, and see the decision refused; mend it, and see the case blocked and swept."""
    record = story.world.people.withdrawn
    story.prepare(NAME, record)
    story.send(NAME)
    story.await_review(NAME)
    story.ready_to_decide(NAME, record)
    story.await_fresh_status(NAME)
    decide = story.steps(NAME, (invented_review.decide(Outcome.ACT),))
    story.world.cut()
    try:
        dossier = Stream(StreamKind.DOSSIER, story.cases[NAME].dossier)
        withdraw = Withdraw(reason=WithdrawalReason.WARRANT_RECALLED)
        done("the withdrawal", story.alba.act(CERTIFIER, dossier, withdraw, Purpose.REQUEST))
        issued, _ = story.boreal.ask("status_held", "alba")
        _wait_until_not_fresh(story, issued)
        refused = story.boreal.ask("play", decide)
        expect("status.not_fresh" in refused.codes, f"in the partition the decision said {refused.codes or 'yes'}")
    finally:
        story.world.mend()
    wait_for("The withdrawal", lambda: story.reviewed(NAME).withdrawn_at, seconds=60.0)
    blocked_at = now_ms()
    again = story.boreal.ask("play", decide)
    expect("case.withdrawn" in again.codes, f"after the withdrawal the decision said {again.codes or 'yes'}")
    state = story.reviewed(NAME)
    waited = blocked_at - state.withdrawn_at
    expect(waited <= SECOND, f"the case was seen blocked {waited} ms after the withdrawal's arrival")
    terms = story.boreal.ask("partner", "alba").terms(now_ms())
    at = sweep_time(terms, state.withdrawn_at)
    wait_for("The sweep at the origin", lambda: story.asked(NAME).swept_at, seconds=30.0)
    swept = _act(story.boreal.ask("entries", story.reviews[NAME]), Swept)
    sent = next(each for each in story.boreal.ask("sent", story.cases[NAME].request) if each.kind == "sweep")
    expect(sent.at == at <= swept.at, f"the sweep was reported for {sent.at}, the agreed moment is {at}")
    return (
        f"status too old: not decided; blocked {max(waited, 0)} ms after arrival; swept {swept.at - at} ms after the "
        f"agreed moment, and Alba shows it"
    )


def _wait_until_not_fresh(story: Story, issued: int) -> None:
    terms = story.boreal.ask("partner", "alba").terms(now_ms())
    stale = issued + terms.lifetimes.grave - terms.skew
    wait_for("The end of the last status", lambda: now_ms() > stale, seconds=terms.lifetimes.grave / 1000 + 5)


def _act(entries: tuple[Entry, ...], kind: type) -> Entry:
    found = next((each for each in entries if isinstance(each.act, kind)), None)
    if found is None:
        raise Differs(f"there is no act {kind.__name__}")
    return found
