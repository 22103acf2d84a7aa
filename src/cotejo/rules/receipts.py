"""What the receipt of a message may tell its sender: nothing but what is wrong with the message itself (I6, F45).

1. Only what brings content that is judged (a request, a correction, a supplement, a dispute, a bulletin, a key
   document, a step of a rehearsal) can be refused to the sender's face. Every other message is `taken`: whether it
   found a case, an erased one or none, and where the case stood, is ours; the refusal is written in our own log.
2. The gaps named come from a closed list. Each is a function of the message, of what the same sender sent before, and
   of the agreement. A code that is not in the list is never named; a message refused for it is refused all the same.
3. All gaps are named at once, each once, in the order of the alphabet: in which order they were found tells nothing.
"""

from typing import Final

from cotejo.rules.acts import Refused
from cotejo.rules.bulletin import TakeBulletin
from cotejo.rules.disputing import TakeDispute
from cotejo.rules.dossier_commands import TakeSignedDispute
from cotejo.rules.inquiry_commands import TakeInquiry
from cotejo.rules.onward import TakePassedOn
from cotejo.rules.partner import SeeKeyDocument
from cotejo.rules.rehearsing import TakeRehearsal
from cotejo.rules.renewing import TakeTerms
from cotejo.rules.review_commands import TakeCorrection, TakeIn, TakeSupplement

OF_THE_MESSAGE: Final = frozenset(
    {
        "agreement.not_active",
        "case.withdrawn",
        "correction.unnamed",
        "gates.not_evaluated",
        "link.not_open",
        "onward.addressee",
        "onward.handling",
        "onward.line",
        "onward.no_consent",
        "onward.own",
        "onward.terms",
        "onward.too_loose",
        "request.addressee",
        "request.ceiling",
        "request.documents",
        "request.known",
        "request.other",
        "request.purpose",
        "request.route",
        "request.slot",
        "request.unknown",
        "request.version",
        "supplement.unasked",
        "who.not_yours",
    }
)
"""What is wrong with a package as a message of its line. `case.withdrawn`: the sender withdrew this request itself."""

OF_THE_GATES: Final = frozenset(
    {
        "agreement.data",
        "agreement.handling",
        "agreement.not_in_force",
        "agreement.route_or_purpose",
        "alleged.no_date_or_place",
        "alleged.no_offence",
        "alleged.none",
        "alleged.only_membership_words",
        "barred.ground",
        "category.not_accused_or_convicted",
        "category.without_court_act",
        "child.under_eighteen",
        "dates.before_responsibility",
        "dates.event_after_report",
        "dates.impossible_birth",
        "dates.unreadable",
        "documents.claim_without_evidence",
        "documents.item_without_document",
        "documents.no_claims",
        "fresh.stale_claim",
        "grounds.bars_sending",
        "grounds.no_remedy_named",
        "grounds.unanswered",
        "judicial_basis.incomplete",
        "judicial_basis.none",
        "judicial_basis.not_about_this_person",
        "labels.label",
        "membership.this_charge_alone",
        "notice.deferral_lapsed",
        "notice.deferral_not_countersigned",
        "notice.not_given",
        "notice.one_language",
        "outcomes.unknown",
        "search_for_person.disagrees",
        "search_for_person.not_signed",
        "statements.assessment_without_facts",
        "subject.no_birth_year",
        "subject.no_full_name",
        "subject.no_sex_or_nationality",
        "subject.no_verified_identifier",
        "support.none_official",
        "support.too_few_sources",
        "threshold.excluded_class",
        "threshold.too_light",
        "threshold.transfer_needs_sentence",
        "translation.missing",
        "two_people.no_authoriser",
        "two_people.no_certifier",
        "two_people.not_checked_by_another",
        "two_people.same_person_twice",
        "undertakings.missing",
        "whereabouts.contradiction",
    }
)
"""Every reason of the sender's gates, which read the package, the agreement and the day alone."""

OF_OTHERS: Final = frozenset(
    {
        "agreement.not_after",
        "agreement.other_dates",
        "agreement.other_earlier",
        "agreement.parties",
        "agreement.put_off",
        "agreement.too_loose",
        "agreement.too_many",
        "agreement.too_short",
        "bulletin.not_a_code",
        "bulletin.not_agreed",
        "dispute.claims",
        "dispute.counsel",
        "dispute.day",
        "dispute.document",
        "dispute.statement",
        "dispute.unsigned",
        "dispute.warned",
        "inquiry.document",
        "inquiry.known",
        "inquiry.mandate",
        "inquiry.no_agreement",
        "inquiry.not_agreed",
        "inquiry.order",
        "inquiry.subject",
        "key_document.old",
        "rehearsal.document",
        "rehearsal.not_invented",
        "rehearsal.out_of_order",
    }
)
"""What is wrong with terms, a bulletin, a dispute, an inquiry, a key document or a step of a rehearsal."""

NAMED: Final = OF_THE_MESSAGE | OF_THE_GATES | OF_OTHERS
_JUDGED: Final = (
    TakeIn,
    TakeCorrection,
    TakeSupplement,
    TakePassedOn,
    TakeBulletin,
    SeeKeyDocument,
    TakeRehearsal,
    TakeTerms,
    TakeInquiry,
    TakeDispute,
    TakeSignedDispute,
)
_KNOWN_ALREADY: Final = frozenset({"asked.exists"})
"""A bulletin whose number is known here, from whomever: nothing to do, and nothing to tell."""


def is_refused(command: object, refused: Refused) -> bool:
    """Say whether the receipt of the message behind this command says `refused`."""
    return isinstance(command, _JUDGED) and not set(refused.codes) <= _KNOWN_ALREADY


def gaps_of(command: object, refused: Refused) -> tuple[str, ...]:
    """Return the gaps that the receipt of the message behind this command names."""
    if not is_refused(command, refused):
        return ()
    return tuple(sorted(NAMED.intersection(refused.codes)))
