"""F64: nobody acts on what is disputed before a legal reviewer has looked at it anew."""

from collections.abc import Iterator

from cotejo.rules.disputing import DisputeSigned, DisputeTold
from cotejo.rules.review_acts import Decided, HandedOver, LegallyReviewed
from cotejo.rules.review_words import Outcome
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
