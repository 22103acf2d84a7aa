"""The next agreement with a partner, as acts: signed here by two people, heard from the partner, agreed, met (F19).

1. An agreement is agreed once both roots signed the same terms; which of the two signed first is of no importance.
2. It takes its turn at its own first moment, at both nodes alike, and no message is needed for that.
3. Every agreement of a pairing stays known: what was said under an earlier one is read by it.
"""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, act
from cotejo.rules.agreement import RenewableAgreement
from cotejo.rules.duties import Officer


@act("partner.terms_signed")
class TermsSigned(Act):
    """This house signed the next agreement: `by` in partner relations, approved by the oversight body."""

    terms: RenewableAgreement
    signed: str
    by: Officer
    approved_by: Officer


@act("partner.terms_heard")
class TermsHeard(Act):
    """The partner sent its signature over the next agreement."""

    terms: RenewableAgreement
    signed: str


@act("partner.agreement_agreed")
class AgreementAgreed(Act):
    """Both signed the same terms. `signed` holds both signatures as they were made."""

    terms: RenewableAgreement
    signed: tuple[str, ...]


@act("partner.terms_lapsed")
class TermsLapsed(Act):
    """The terms the partner signed would have begun, and this house had not signed them."""


@act("partner.terms_met")
class TermsMet(Act):
    """Every case of this partner was looked at under the agreement with this hash."""

    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """How far the next agreement has come.

    `ours` and `theirs` are terms that one side signed and that wait for the other. `signed` are the signatures of every
    agreement that was agreed, in order; `met` is the hash of the one under which all cases were looked at. Times are
    milliseconds UTC, 0 for never.
    """

    ours: TermsSigned | None = None
    ours_at: Millis = 0
    theirs: TermsHeard | None = None
    theirs_at: Millis = 0
    signed: tuple[str, ...] = ()
    met: str = ""

    @property
    def signed_by_both(self) -> bool:
        """Say whether both signed the same terms, and the partner's word that they are agreed has yet to come."""
        return self.ours is not None and self.theirs is not None and self.ours.terms.hash == self.theirs.terms.hash


NOT_RENEWED: Final = Renewal()


def apply(renewal: Renewal, entry: Entry) -> Renewal:
    """Fold one act about the next agreement; any other act leaves it as it was."""
    match entry.act:
        case TermsSigned() as ours:
            return replace(renewal, ours=ours, ours_at=entry.at)
        case TermsHeard() as theirs:
            return replace(renewal, theirs=theirs, theirs_at=entry.at)
        case AgreementAgreed() as agreed:
            return replace(renewal, ours=None, theirs=None, signed=(*renewal.signed, *agreed.signed))
        case TermsLapsed():
            return replace(renewal, theirs=None)
        case TermsMet() as met:
            return replace(renewal, met=met.agreement)
        case _:
            return renewal
