"""What must hold in every simulated world: the invariants of the design and of the exchange, each a named function.

1. A check reads what is true (`simulation.truth`) and what nodes hold; it repeats no rule by calling it, so that a
   fault planted in a rule does not hide itself. Where it needs a table of the law (holds, duties), it uses the table.
2. A check says what it expected and what it found, in one sentence; the first that finds something ends the run.
3. I6 is a comparison of two runs as well: `simulation.unseen`. X12 (nothing recoverable after erasure) and X13 (figures
   recounted) are about the disk and the release, which this memory does not have: `tests/store` holds them.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from cotejo.simulation.checks.agreed import f19_both_signed, f19_nothing_goes_on_uncovered
from cotejo.simulation.checks.copies import i6_only_standing_recipients, x6_complete_is_complete
from cotejo.simulation.checks.disputed import every_dispute_is_answered, i12_a_dispute_leaves_for_the_person
from cotejo.simulation.checks.endings import ENDINGS
from cotejo.simulation.checks.erased import i11_erased_stays_erased, i11_two_people_erase
from cotejo.simulation.checks.fresh import i5_fresh, x1_no_grave_act_on_what_ended, x10_decisions_name_their_status
from cotejo.simulation.checks.inquired import i3_inquiries
from cotejo.simulation.checks.line import (
    i8_exactly_once,
    i9_one_transaction,
    x2_versions_never_go_back,
    x3_receipts,
    x7_leaves_follow_acts,
    x8_witnessed_logs_only_grow,
)
from cotejo.simulation.checks.people import i1_two_people, i2_evidence, i3_identity
from cotejo.simulation.checks.stops import (
    i4_holds_bind,
    i4_only_the_named_lift,
    i6_a_receiver_says_what_was_agreed,
    i7_swept_on_the_agreed_moment,
    i7_withdrawn_is_blocked,
    i12_complaints_block,
    x14_new_version_opens_the_review,
)
from cotejo.simulation.truth import Look

if TYPE_CHECKING:
    from cotejo.simulation.world import World

Check = Callable[[Look], Iterator[str]]

CHECKS: Final[tuple[Check, ...]] = (
    i1_two_people,
    i2_evidence,
    i3_identity,
    i4_holds_bind,
    i4_only_the_named_lift,
    i5_fresh,
    i6_a_receiver_says_what_was_agreed,
    i7_withdrawn_is_blocked,
    i7_swept_on_the_agreed_moment,
    i8_exactly_once,
    i9_one_transaction,
    i3_inquiries,
    i11_erased_stays_erased,
    i11_two_people_erase,
    i12_complaints_block,
    x1_no_grave_act_on_what_ended,
    x2_versions_never_go_back,
    x3_receipts,
    x7_leaves_follow_acts,
    x8_witnessed_logs_only_grow,
    x10_decisions_name_their_status,
    x14_new_version_opens_the_review,
    every_dispute_is_answered,
    i12_a_dispute_leaves_for_the_person,
    i6_only_standing_recipients,
    x6_complete_is_complete,
    f19_both_signed,
    f19_nothing_goes_on_uncovered,
)
"""What is looked at after every event, at every node that changed."""


def after_event(world: "World") -> Iterator[tuple[str, str]]:
    """Yield (check, what was found) for everything that does not hold after this event."""
    yield from world.truth.found
    for node in world.nodes.values():
        look = world.truth.look(node)
        if look is not None:
            for check in CHECKS:
                yield from ((check.__name__, found) for found in check(look))


def at_the_end(world: "World") -> Iterator[tuple[str, str]]:
    """Yield (check, what was found) for everything that does not hold once all is healed and time has passed."""
    for ending in ENDINGS:
        yield from ((ending.__name__, found) for found in ending(world))
