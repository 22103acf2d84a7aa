"""What officers do about somebody who must come back, in a simulated world: ask, answer, end it (F74).

Now and then an answer says nothing of the steps, or the wrong officer ends a return; the law refuses.
"""

import hashlib
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import StreamKind
from cotejo.rules.dossier import Dossier
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.rules.return_words import ReturnEnd, ReturnStep
from cotejo.rules.returning import AskReturn, CloseReturn
from cotejo.rules.review_state import Review
from cotejo.simulation import invented_review as desk

if TYPE_CHECKING:
    from cotejo.simulation.world import Case, World

ORIGIN_CUSTODY: Final = Officer(id="celia.ramos", duty=Duty.CUSTODY, unit="Alba / Custodia", chain="custodia")


def steps(review: Review, papers: dict[str, bytes], chance: random.Random) -> Iterator[desk.Step]:
    """Ask for the return of somebody handed over, or end one that was answered."""
    document = hashlib.sha256(papers["order"]).hexdigest()
    if not review.returning.asked_at and chance.random() < 0.3:  # noqa: PLR2004 - some decisions fall
        yield desk.LEGAL, AskReturn(document=document)
    elif review.returning.answered_at and review.returning.open:
        end = chance.choice(list(ReturnEnd))
        who = desk.LEGAL if chance.random() < 0.8 else desk.DECIDER  # noqa: PLR2004 - mostly
        yield who, CloseReturn(end=end, document=document)


def answer(world: "World", case: "Case", chance: random.Random) -> bool:
    """Answer about a return that a partner asked for; say whether one was."""
    node = world.nodes[case.origin]
    state: Dossier = node.state(StreamKind.DOSSIER, case.about.dossier)
    if state.erased or not state.returning.asked_at or state.returning.departed:
        return False
    some = tuple(each for each in ReturnStep if chance.random() < 0.3)  # noqa: PLR2004 - none at all is refused
    command = ask.AnswerReturn(place="Villa Clara", steps=some)
    world.act(node, StreamKind.DOSSIER, case.about.dossier, command, who=ORIGIN_CUSTODY, purpose=Purpose.REQUEST)
    return True
