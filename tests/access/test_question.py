"""What the policies permit, and that everything else is refused."""

import itertools

import pytest

from cotejo.access.question import Allowed, Denied, Thing, Verb, may, policy_text
from cotejo.rules.duties import Duty, Officer


def officer(duty: Duty) -> Officer:
    return Officer(id="o-1", duty=duty, unit="unit", chain="chain")


def ask(duty: Duty, verb: Verb, kind: str, **more):
    return may(officer(duty), verb, Thing(kind=kind, id="x", **more), purpose="request")


PERMITTED = [
    (Duty.RECORDER, Verb.CHANGE, "person"),
    (Duty.CHECKER, Verb.CHANGE, "person"),
    (Duty.AUTHORISER, Verb.CHANGE, "dossier"),
    (Duty.IDENTITY, Verb.CHANGE, "review"),
    (Duty.PROTECTION, Verb.READ, "protection"),
    (Duty.AUDITOR, Verb.READ, "log"),
    (Duty.AUDITOR, Verb.READ, "gates"),
    (Duty.CUSTODY, Verb.EXPORT, "review"),
]
REFUSED = [
    (Duty.RECORDER, Verb.CHANGE, "review"),
    (Duty.AUTHORISER, Verb.CHANGE, "person"),
    (Duty.IDENTITY, Verb.READ, "protection"),
    (Duty.DECISION, Verb.READ, "protection"),
    (Duty.DECISION, Verb.READ, "candidates"),
    (Duty.AUDITOR, Verb.READ, "person"),
    (Duty.AUDITOR, Verb.CHANGE, "log"),
    (Duty.OPERATOR, Verb.READ, "person"),
    (Duty.OPERATOR, Verb.READ, "review"),
    (Duty.STATISTICS, Verb.READ, "dossier"),
    (Duty.OVERSIGHT, Verb.CHANGE, "dossier"),
    (Duty.OVERSIGHT, Verb.CHANGE, "partner"),
    (Duty.NATIONALITY, Verb.EXPORT, "review"),
]


@pytest.mark.parametrize(("duty", "verb", "kind"), PERMITTED)
def test_each_duty_does_its_own_work(duty, verb, kind):
    assert isinstance(ask(duty, verb, kind), Allowed)


@pytest.mark.parametrize(("duty", "verb", "kind"), REFUSED)
def test_no_duty_reaches_into_another(duty, verb, kind):
    answer = ask(duty, verb, kind)
    assert isinstance(answer, Denied)
    assert answer.reason.text.en
    assert answer.reason.text.es


@pytest.mark.parametrize(
    ("step", "answer"), [("PausePartner", Allowed), ("ResumePartner", Allowed), ("PairPartner", Denied)]
)
def test_f73_the_oversight_body_pauses_and_resumes_a_sender_and_nothing_else(step, answer):
    assert isinstance(ask(Duty.OVERSIGHT, Verb.CHANGE, "partner", step=step), answer)
    assert isinstance(ask(Duty.AUDITOR, Verb.CHANGE, "partner", step=step), Denied)


def test_f60_nobody_acts_without_a_purpose_nor_on_their_own_file():
    person = Thing(kind="person", id="x")
    no_purpose = may(officer(Duty.RECORDER), Verb.READ, person, purpose="")
    assert isinstance(no_purpose, Denied)
    assert no_purpose.policies == ("nobody-without-a-purpose",)
    assert isinstance(ask(Duty.RECORDER, Verb.READ, "person", about="o-1"), Denied)


def test_a_paused_officer_is_out():
    answer = may(officer(Duty.RECORDER), Verb.READ, Thing(kind="person"), purpose="request", active=False)
    assert isinstance(answer, Denied)


def test_an_unknown_kind_is_refused_for_every_duty_and_verb():
    for duty, verb in itertools.product(Duty, Verb):
        assert isinstance(ask(duty, verb, "anything"), Denied)


def test_a_quote_in_an_id_cannot_change_the_question():
    odd = Thing(kind='person", x::"', id='" || true || "')
    assert isinstance(may(officer(Duty.IDENTITY), Verb.READ, odd, purpose="request"), Denied)


def test_every_policy_has_a_name_people_can_read():
    lines = policy_text().splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith(("permit", "forbid"))]
    assert all(lines[number - 1].startswith("@id(") for number in heads)
