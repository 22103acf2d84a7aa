"""F64, I12: nobody acts on what is disputed before it is answered, and against the origin it leaves for the person."""

from collections.abc import Iterator

from cotejo.rules.acts import Entry
from cotejo.rules.agreement import DAY
from cotejo.rules.disputing import DisputeSent, DisputeSigned, DisputeTold
from cotejo.rules.duties import Duty
from cotejo.rules.holds import HOLDS
from cotejo.rules.review_acts import CopyServed, Decided, HandedOver, LegallyReviewed, ProtectionChecked
from cotejo.rules.review_words import Outcome, Protection
from cotejo.simulation.checks.stops import read_holds
from cotejo.simulation.truth import Look


def every_dispute_is_answered(look: Look) -> Iterator[str]:
    """F64: a decision to act, and a hand-over, come after a legal review made since the last dispute.

    A hand-over rests on a decision made since, too.
    """
    for entry in look.entries:
        acts = Decided | HandedOver
        if not isinstance(entry.act, acts) or (isinstance(entry.act, Decided) and entry.act.outcome is not Outcome.ACT):
            continue
        before = look.acts_before(entry)
        last = max((each.version for each in before if isinstance(each.act, DisputeTold | DisputeSigned)), default=0)
        since = [each.act for each in before if each.version > last]
        if last and not any(isinstance(each, LegallyReviewed) for each in since):
            yield f"{entry.act.code} while a dispute was not answered"
        if last and isinstance(entry.act, HandedOver) and not any(isinstance(each, Decided) for each in since):
            yield "a hand-over on a decision made before the dispute"


def i12_a_dispute_leaves_for_the_person(look: Look) -> Iterator[str]:
    """I12, I1, F45: after the copy was served and the person signed, by a protection officer who did not record it.

    On a check of the last day that found nothing, and while no pause binds that protection alone sees.
    """
    for entry in look.entries:
        if isinstance(entry.act, DisputeSent):
            yield from _left(look, entry, entry.act)


def _left(look: Look, entry: Entry, sent: DisputeSent) -> Iterator[str]:
    before = look.acts_before(entry)
    said = [each.act for each in before if isinstance(each.act, DisputeSigned | DisputeSent)]
    last = said[-1] if said else None
    if not isinstance(last, DisputeSigned) or not last.signed.document or not last.signed.counsel:
        yield "a dispute left that the person did not sign"
    elif sent.by.duty is not Duty.PROTECTION or sent.by.id == last.by.id:
        yield f"{sent.by.id} let a dispute leave as {sent.by.duty}"
    if not any(isinstance(each.act, CopyServed) for each in before):
        yield "a dispute left before the person was served"
    checks = [(each.act.result, each.at) for each in before if isinstance(each.act, ProtectionChecked)]
    if not checks or checks[-1][0] is Protection.STOP or checks[-1][1] <= entry.at - DAY:
        yield "a dispute left without a fresh and clear protection check"
    destination = look.node.unit.state(entry.stream).destination
    for hold in read_holds(before).values():
        binds = not hold.ended and destination not in hold.freed
        if binds and Duty.PROTECTION in HOLDS[hold.kind].seen_by:
            yield f"a dispute left while a hold ({hold.kind}) binds"
