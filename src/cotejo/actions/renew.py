"""The next agreement with a partner: signed and told, heard, adopted from files; what follows when it takes its turn.

1. The root key makes the signature; this room is handed it for one command and keeps nothing of it.
2. Each case is met by the new terms in a transaction of its own, and only then is it written that all were: whatever
   ends in between is done again (`rules.renewing`).
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from cotejo.actions.laws import DOSSIER, REVIEW, partner_state
from cotejo.actions.perform import Law, perform
from cotejo.actions.post import read_key_document
from cotejo.actions.unit import Committed, Unit
from cotejo.exchange.agreements import open_agreement, open_signature, sign_agreement
from cotejo.proof.key_document import KeyDocument
from cotejo.proof.keys import SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Millis, Refused, Stream, StreamKind
from cotejo.rules.agreement import RenewableAgreement
from cotejo.rules.dossier_commands import MeetAgreement
from cotejo.rules.duties import Clockwork, Officer
from cotejo.rules.partner import PartnerState
from cotejo.rules.purposes import Purpose
from cotejo.rules.renewing import BOTH, AdoptTerms, MeetTerms, RenewalFacts, SignTerms, decide, to_meet
from cotejo.rules.review_commands import RecountDates


def _facts(unit: Unit, *_rest: object) -> RenewalFacts:
    return RenewalFacts(recovering=unit.recovering())


RENEWAL: Final = Law(kind=StreamKind.PARTNER, thing="partner", decide=decide, facts=_facts)
LIVE: Final = ("draft", "certified", "sent", "suspended")
"""The states of our requests that a partner may hold: a restore can have lost that one was sent at all."""
HELD: Final = ("received", "open", "decided", "followed", "closed", "on_hold")
"""The states of a partner's requests that are kept here."""


def open_signatures(state: PartnerState, signed: Sequence[bytes], *, own: VerifyingKey | None) -> RenewableAgreement:
    """Return the terms a partner's root signed alone, or with this node's own. Raises `ProofError`."""
    root = read_key_document(state.key_document).root
    if len(signed) != BOTH or own is None:
        return open_signature(b"".join(signed), root)
    mine = next(each for each in state.agreements[0].parties if each != state.name)
    terms = open_agreement(tuple(signed), {state.name: root, mine: own})
    if not isinstance(terms, RenewableAgreement):
        raise ProofError(Reason.NOT_EXACT, "terms of the first form follow no agreement")
    return terms


def sign_terms(
    unit: Unit,
    partner: str,
    terms: RenewableAgreement,
    *,
    root: SigningKey,
    who: Officer,
    approved_by: Officer,
    now: Millis,
) -> Committed | Refused:
    """Sign the next agreement with the node's root key and tell the partner. Raises `ProofError`: terms too loose."""
    signed = sign_agreement(terms, root)
    opened = open_signature(signed, root.verifying)
    command = SignTerms(terms=opened, signed=signed.decode(), approved_by=approved_by)
    return _on(unit, partner, command, who=who, now=now)


def adopt_terms(
    unit: Unit,
    partner: str,
    signed: tuple[bytes, ...],
    *,
    own: KeyDocument,
    who: Officer,
    approved_by: Officer,
    now: Millis,
) -> Committed | Refused:
    """Take both signatures of the next agreement from files. Raises `ProofError` when they cannot be believed."""
    if len(signed) != BOTH:
        raise ProofError(Reason.BAD_SIGNATURE, "an agreement carries both parties' signatures over the same bytes")
    terms = open_signatures(partner_state(unit, partner), signed, own=own.root)
    command = AdoptTerms(terms=terms, signed=tuple(each.decode() for each in signed), approved_by=approved_by)
    return _on(unit, partner, command, who=who, now=now)


def meet_terms(unit: Unit, partner: str, *, now: Millis) -> bool:
    """Meet every case of a partner by the agreement whose turn it is. Say whether nothing is left to be met."""
    state = partner_state(unit, partner)
    lapsed = state.renewal.theirs is not None and state.renewal.theirs.terms.valid_from <= now
    due = to_meet(state, now) is not None
    met = not due or _meet_cases(unit, partner, now)
    if met and (due or lapsed):
        perform(RENEWAL, unit, state.stream, MeetTerms(), who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
    return met


def _meet_cases(unit: Unit, partner: str, now: Millis) -> bool:
    """Meet every case; say whether all were, or whether one has to be met again later."""
    ours = unit.listed(StreamKind.DOSSIER, states=LIVE, partner=partner)
    theirs = unit.listed(StreamKind.REVIEW, states=HELD, partner=partner)
    by_clock = partial(perform, unit=unit, who=Clockwork(), purpose=Purpose.EXCHANGE, now=now)
    done = [
        *(by_clock(DOSSIER, stream=each.stream, command=MeetAgreement()) for each in ours),
        *(by_clock(REVIEW, stream=each.stream, command=RecountDates()) for each in theirs),
    ]
    return not any(isinstance(each, Refused) for each in done)


def _on(unit: Unit, partner: str, command: SignTerms | AdoptTerms, *, who: Officer, now: Millis) -> Committed | Refused:
    stream = Stream(StreamKind.PARTNER, partner)
    return perform(RENEWAL, unit, stream, command, who=who, purpose=Purpose.PARTNERS, now=now)
