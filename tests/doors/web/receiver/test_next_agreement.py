"""What is to follow an agreement, on the partner's page: offered, proposed, agreed, lapsed, and an agreement's end."""

from dataclasses import replace
from typing import Any

from cotejo.actions.laws import partner_state
from cotejo.actions.perform import perform
from cotejo.actions.renew import RENEWAL
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.agreement import DAY, HOUR, MINUTE, RenewableAgreement
from cotejo.rules.duties import Clockwork, Duty, PartnerNode, Who
from cotejo.rules.facts import Route
from cotejo.rules.purposes import Purpose
from cotejo.rules.renewing import MeetTerms, SignTerms, TakeTerms
from cotejo.rules.succession import following, shortest_closing
from tests.builders.receiving import Receiving, Staff
from tests.builders.review import officer

ALBA = PartnerNode(name="alba")
NUMBER = "b" * 16


def next_terms(house: Receiving, **changes: Any) -> RenewableAgreement:
    """Return terms that follow Alba's newest agreement from a week on."""
    earlier = partner_state(house.unit, "alba").agreements[-1]
    begins = max(house.clock.now, earlier.valid_from) + 7 * DAY
    return following(earlier, begins, begins + 300 * DAY, **{"hash": "b" * 64, **changes})


def closing(house: Receiving) -> RenewableAgreement:
    """Return terms that end the agreement from a week on."""
    terms = next_terms(house, routes=(), data=(), hash="e" * 64)
    return replace(terms, valid_until=terms.valid_from + shortest_closing(terms))


def give(house: Receiving, command: object, who: Who) -> None:
    """Give a command about the next agreement; the worker's part after it is done as well."""
    stream = Stream(StreamKind.PARTNER, "alba")
    done = perform(RENEWAL, house.unit, stream, command, who=who, purpose=Purpose.PARTNERS, now=house.clock.now)
    assert not isinstance(done, Refused), done.codes
    known = house.unit.partner("alba")
    house.unit.pair(replace(known, agreements=partner_state(house.unit, "alba").agreements), now=house.clock.now)


def offer(house: Receiving, terms: RenewableAgreement) -> None:
    """Let Alba's signature over terms arrive."""
    give(house, TakeTerms(terms=terms, signed=("theirs",)), ALBA)


def sign(house: Receiving, terms: RenewableAgreement) -> None:
    """Let Boreal's two people sign terms."""
    give(house, SignTerms(terms=terms, signed="ours", approved_by=officer(Duty.OVERSIGHT)), officer(Duty.PARTNERS))


def test_f19_terms_the_partner_signed_are_shown_with_what_they_change_and_how_to_sign_them(
    house: Receiving, people: Staff
) -> None:
    assert "Next agreement" not in people.read("partners", "/partners/alba/")
    terms = next_terms(house, sweep_every=30 * MINUTE, routes=(Route.EXTRADITION,), kept_months=48)
    offer(house, terms)
    page = people.read("partners", "/partners/alba/")
    for words in (
        "Next agreement",
        "Signed by alba, not by this agency",
        f"cotejo agreement accept HOME alba --terms {NUMBER} ",
        "What it changes",
        "Withdrawals are swept every",
        "30 minutes",
        "48 months",
    ):
        assert words in page
    assert page.partition("What it changes")[2].count("Clocks may differ") == 0, "what stays is not said to change"
    assert "sign or leave the terms offered" in people.read("partners", "/")
    assert "terms offered" not in people.read("oversight", "/")
    assert "--terms" in people.read("oversight", "/partners/alba/")

    house.clock.now = terms.valid_from + HOUR
    assert "Its first day came before both had signed." in people.read("partners", "/partners/alba/")
    give(house, MeetTerms(), Clockwork())
    assert "Next agreement" not in people.read("partners", "/partners/alba/")
    assert "terms offered" not in people.read("partners", "/")


def test_f19_terms_this_agency_signed_wait_for_the_partner_and_take_their_turn_once_both_did(
    house: Receiving, people: Staff
) -> None:
    terms = next_terms(house)
    sign(house, terms)
    page = people.read("partners", "/partners/alba/")
    assert "It holds only once alba signs it as well" in page
    assert "It changes nothing but its dates." in page
    assert "cotejo agreement accept" not in page
    offer(house, terms)
    page = people.read("partners", "/partners/alba/")
    assert "Signed by both agencies. It takes its turn on its first day." in page
    assert "It holds only once" not in page
    house.clock.now = terms.valid_from
    page = people.read("partners", "/partners/alba/")
    assert "Next agreement" not in page
    assert "In force" in page
    acts = people.read("auditor", "/oversight/?what=act&case=partner:alba").lower()
    for words in ("next agreement signed and offered", "the partner signed the next agreement", "signed by both"):
        assert words in acts


def test_f19_terms_that_came_too_late_here_are_said_to_have_lapsed(house: Receiving, people: Staff) -> None:
    terms = next_terms(house)
    sign(house, terms)
    house.clock.now = terms.valid_from
    assert "Draft new terms." in people.read("partners", "/partners/alba/")


def test_f19_the_end_of_an_agreement_says_what_becomes_of_everything(house: Receiving, people: Staff) -> None:
    terms = closing(house)
    offer(house, terms)
    page = people.read("partners", "/partners/alba/")
    assert "End of the agreement" in page
    assert "every request is withdrawn by its origin" in page
    sign(house, terms)
    house.clock.now = terms.valid_from
    page = people.read("partners", "/partners/alba/")
    assert "It comes to its end" in page
    house.clock.now = terms.valid_until
    page = people.read("partners", "/partners/alba/")
    assert "Not in force" in page
    assert "It comes to its end" not in page


def test_f19_terms_both_signed_wait_for_the_word_of_the_side_that_decides(house: Receiving, people: Staff) -> None:
    known = house.unit.partner("alba")
    [first] = known.agreements
    turned = replace(next_terms(house), parties=first.parties[::-1], profiles=first.profiles[::-1])
    sign(house, turned)
    offer(house, turned)
    terms = next_terms(house, hash="c" * 64)
    offer(house, terms)
    assert "terms offered" in people.read("partners", "/")
    sign(house, terms)
    page = people.read("partners", "/partners/alba/")
    assert "Signed by both agencies. alba still has to tell both signatures." in page
    assert "cotejo agreement accept" not in page
    assert "terms offered" not in people.read("partners", "/")
