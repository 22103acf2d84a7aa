"""Ending the agreement with a partner from this side: two people, signed in the log, nothing sent (`rules.ending`)."""

from typing import Final

from cotejo.actions.laws import no_facts
from cotejo.actions.perform import Law, perform
from cotejo.actions.unit import Committed, Unit
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.duties import Officer
from cotejo.rules.ending import EndAgreement, decide
from cotejo.rules.purposes import Purpose

ENDING: Final = Law(kind=StreamKind.PARTNER, thing="partner", decide=decide, facts=no_facts)


def end_agreement(unit: Unit, partner: str, *, reasons: str, who: Officer, now: Millis) -> Committed | Refused:
    """Ask that an agreement be ended, or sign that it is."""
    stream = Stream(StreamKind.PARTNER, partner)
    return perform(ENDING, unit, stream, EndAgreement(reasons=reasons), who=who, purpose=Purpose.PARTNERS, now=now)
