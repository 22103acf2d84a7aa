"""Who comes to an inquiry: those who work on it, for its own purpose, and nobody else."""

import pytest

from cotejo.access.question import Allowed, Denied, Thing, Verb, may
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose

WORK = {Duty.LEGAL, Duty.PROTECTION, Duty.DECISION, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER}
THING = Thing(kind="inquiry", id="1" * 32)


def officer(duty: Duty) -> Officer:
    return Officer(id="o", duty=duty, unit="u", chain="c")


@pytest.mark.parametrize("duty", Duty)
def test_only_who_works_on_an_inquiry_reads_it_and_only_legal_hands_it_out(duty: Duty) -> None:
    read = may(officer(duty), Verb.READ, THING, purpose=Purpose.INQUIRY)
    assert isinstance(read, Allowed) is (duty in WORK)
    assert isinstance(may(officer(duty), Verb.SEARCH, THING, purpose=Purpose.INQUIRY), Denied)
    out = may(officer(duty), Verb.EXPORT, THING, purpose=Purpose.INQUIRY)
    assert isinstance(out, Allowed) is (duty is Duty.LEGAL)


def test_an_inquiry_is_read_for_its_own_purpose_alone() -> None:
    for purpose in Purpose:
        read = may(officer(Duty.CHECKER), Verb.READ, THING, purpose=purpose)
        assert isinstance(read, Allowed) is (purpose is Purpose.INQUIRY)
