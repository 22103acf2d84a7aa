"""What was accepted about a person file. Bodies live in the vault; codes are stored in the clear."""

from cotejo.rules.acts import Act, act
from cotejo.rules.claims import ClaimBody
from cotejo.rules.duties import Officer
from cotejo.rules.facts import Category
from cotejo.rules.package import Affiliation, AllegedAct, CourtAct, EvidenceItem, Explanation, Subject, Whereabouts


@act("person.opened")
class PersonOpened(Act):
    """A file was begun."""

    person: str
    subject: Subject
    category: Category
    category_since: str
    by: Officer


@act("person.described")
class PersonDescribed(Act):
    """Names, birth, parents or documents were written anew."""

    subject: Subject
    by: Officer


@act("person.identifier_verified")
class IdentifierVerified(Act):
    """A number was held beside its document."""

    kind: str
    value: str
    by: Officer


@act("person.categorised")
class PersonCategorised(Act):
    """The person's category changed."""

    category: Category
    since: str


@act("person.whereabouts_recorded")
class WhereaboutsRecorded(Act):
    """It was recorded where the person was."""

    whereabouts: Whereabouts
    by: Officer


@act("person.whereabouts_explained")
class WhereaboutsExplained(Act):
    """A contradiction was answered by a named person."""

    whereabouts: str
    explanation: Explanation
    by: Officer


@act("person.court_act_recorded")
class CourtActRecorded(Act):
    """A judicial act was recorded."""

    court_act: CourtAct
    by: Officer


@act("person.alleged_recorded")
class AllegedRecorded(Act):
    """An alleged act was recorded."""

    alleged: AllegedAct
    by: Officer


@act("person.evidence_recorded")
class EvidenceRecorded(Act):
    """An item of evidence was recorded."""

    item: EvidenceItem
    by: Officer


@act("person.claim_recorded")
class ClaimRecorded(Act):
    """A claim was written, in this version."""

    claim: str
    version: int
    body: ClaimBody
    by: Officer


@act("person.claim_checked")
class ClaimChecked(Act):
    """A version of a claim was held beside its document."""

    claim: str
    version: int
    by: Officer


@act("person.claim_returned")
class ClaimReturned(Act):
    """A version of a claim was given back."""

    claim: str
    version: int
    why: str
    by: Officer


@act("person.claim_withdrawn")
class ClaimWithdrawn(Act):
    """A claim was taken back for good."""

    claim: str
    why: str
    by: Officer


@act("person.affiliation_recorded")
class AffiliationRecorded(Act):
    """An affiliation was recorded on a closed basis."""

    affiliation: Affiliation
    by: Officer
