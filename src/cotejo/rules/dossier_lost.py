"""What a restore lost of a request, found again in the partner's memory or in this node's own withdrawal marks.

1. A withdrawal counts as lost only when this node's own mark, which no restore takes back, names the request; a
   partner's word alone suspends (I7, F56). A marked withdrawal the partner does not have is sent again.
2. A version the partner holds and this node does not: its number is never used again (I8), the older version is never
   valid again, and the request stays suspended until a new version is sent or it is withdrawn.
3. A lost suspension suspends. Whoever may lift it decides again: doubt means hold.
4. What the partner was told after it (a version, that the request is usable again) leaves the two apart: then the
   suspension is told once more.
5. A request that was withdrawn meanwhile only learns which versions its partner holds: the sweep names the newest.
"""

from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Act, Millis, Plan, Refused, Send, SlotChange, Timer, WithdrawalMark
from cotejo.rules.answers import sweep_time
from cotejo.rules.asked import of_kind
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_send import SLOT_NEVER_AGAIN, SLOT_SUSPENDED, VALIDITY_TIMER, stream_of
from cotejo.rules.dossier_use import ERASURE_TIMER, SWEEP_TIMER, of
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Clockwork, Who
from cotejo.rules.retention import ERASED_WITHIN
from cotejo.rules.told import Suspension, Withdrawal

VERSIONS: Final = frozenset({"request", "correction", "supplement"})
BLOCKS: Final = frozenset({"suspension", "withdrawal"})
LIFTS: Final = "reinstatement"


def find_lost(dossier: Dossier, command: ask.FindLost, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Make good what a restore lost of this request; what is known already changes nothing."""
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    if dossier.withdrawn_for is not None:
        known = command.kind not in VERSIONS or command.version < dossier.next_version
        return Plan() if known else of(dossier, acts.VersionLost(version=command.version))
    if command.marked:
        return _withdrawn(dossier, command, facts, now)
    if command.kind in VERSIONS and command.version >= dossier.next_version:
        lost = acts.VersionLost(version=command.version)
        return _blocked(dossier, SLOT_NEVER_AGAIN, lost).and_then(_told_again(dossier, command.version, now))
    if command.kind in BLOCKS and not dossier.suspended_for:
        return _blocked(dossier, SLOT_SUSPENDED)
    if command.kind == LIFTS and dossier.suspended_for:
        return _told_again(dossier, command.version, now)
    return Plan()


def _told_again(dossier: Dossier, version: int, now: Millis) -> Plan:
    said = Suspension(request=dossier.request, version=version)
    return Plan(sends=(Send(partner=dossier.partner, content=said, request=dossier.request, version=version, at=now),))


def _blocked(dossier: Dossier, slot: int, *found: Act) -> Plan:
    suspended = () if dossier.suspended_for else (acts.DossierSuspended(cause=SuspensionCause.GATES),)
    return of(dossier, *found, *suspended).and_then(
        Plan(slots=_slot(dossier, slot), drop_timers=((VALIDITY_TIMER, stream_of(dossier)),))
    )


def _withdrawn(dossier: Dossier, command: ask.FindLost, facts: DossierFacts, now: Millis) -> Plan:
    reasons = {each.value: each for each in WithdrawalReason}
    reason = reasons.get(command.reason, WithdrawalReason.NO_LONGER_NEEDED)
    stream, version = stream_of(dossier), max(command.version, dossier.next_version - 1)
    said = Withdrawal(request=dossier.request, version=version, reason=reason.value)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=version, at=now)
    erased_by = Timer(kind=ERASURE_TIMER, stream=stream, at=now + ERASED_WITHIN)
    due = sweep_time(facts.agreement, now + facts.agreement.skew) + facts.agreement.skew if facts.agreement else now
    return of(dossier, acts.DossierWithdrawn(reason=reason)).and_then(
        Plan(
            sends=() if command.delivered or not version else (told,),
            slots=_slot(dossier, SLOT_NEVER_AGAIN),
            marks=(WithdrawalMark(origin=facts.node, request=dossier.request, facts_token=dossier.facts_token),),
            timers=(erased_by, Timer(kind=SWEEP_TIMER, stream=stream, at=due)) if version else (erased_by,),
            drop_timers=((VALIDITY_TIMER, stream),),
        )
    )


def _slot(dossier: Dossier, state: int) -> tuple[SlotChange, ...]:
    latest = dossier.latest
    return (SlotChange(partner=dossier.partner, slot=latest.package.slot, state=state),) if latest else ()
