"""What becomes of a sent request when another agreement takes its turn, or the last one comes to its end (F19, I7).

1. A request that the agreement covers goes on under it, and is kept for as long as the agreement says.
2. One that it does not cover is withdrawn by the clock, and so is every one when an agreement ends that none follows:
   told, swept and erased like any other, while that can still be told (`rules.succession`).
3. What the partner refused is held by nobody; what it holds in a newer version than this node knows is withdrawn too.
   Where a restore lost every version of it, the request's own route and purpose say whether it is covered.
"""

from cotejo.rules.acts import Millis, Plan, Refused, Timer
from cotejo.rules.agreement import Agreement
from cotejo.rules.asked import of_kind
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import CLOCK_BEHIND, RECOVERING
from cotejo.rules.dossier_send import RETENTION_TIMER, stream_of
from cotejo.rules.dossier_use import withdrawn
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Clockwork, Who
from cotejo.rules.facts import DataClass
from cotejo.rules.retention import retention_end
from cotejo.rules.succession import covers_package


def meet(dossier: Dossier, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Let a request go on under the agreement in force, or withdraw it."""
    gaps = [*of_kind(who, Clockwork)]
    if facts.recovering:
        gaps.append(RECOVERING)
    if now < facts.high_water:
        gaps.append(CLOCK_BEHIND)
    if gaps:
        return Refused(tuple(gaps))
    latest, terms = dossier.latest, facts.agreement
    held = latest is not None or dossier.lost
    if not held or terms is None or dossier.never_taken or dossier.withdrawn_for is not None:
        return Plan()
    if facts.leaving or not _covered(dossier, terms):
        return withdrawn(dossier, WithdrawalReason.AGREEMENT_OVER, facts, now)
    if latest is None:
        return Plan()
    at = retention_end(latest.package, terms, now)
    return Plan(timers=(Timer(kind=RETENTION_TIMER, stream=stream_of(dossier), at=at),))


def _covered(dossier: Dossier, terms: Agreement) -> bool:
    if dossier.latest is not None:
        return covers_package(terms, dossier.latest.package)
    named = dossier.route in terms.routes and dossier.purpose in terms.purposes
    return named and DataClass.REQUEST in terms.data
