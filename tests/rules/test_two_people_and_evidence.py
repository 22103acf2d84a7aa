"""I1 and I2 as properties: whoever acts, and whatever is missing, nothing leaves that may not."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from cotejo.rules import dossier_commands as ask
from cotejo.rules import person_commands as write
from cotejo.rules.acts import GateState, Plan
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Category, Coercion, Favours, Grade, Route, Scale, Undertaking
from cotejo.rules.told import Request
from tests.builders.sound import (
    ACT,
    ALL_GROUNDS,
    CLAIM,
    DOSSIER,
    NOW,
    PERSON,
    REQUEST,
    Desk,
    alleged,
    body,
    certified,
    gates,
    item,
    sound_package,
    subject,
    warrant,
    warrant_item,
)

SOUND_DESK = certified()
QUICK = settings(max_examples=60, deadline=None)
STEPS = (
    (Duty.RECORDER, "open"),
    (Duty.CHECKER, "verify"),
    (Duty.RECORDER, "record"),
    (Duty.CHECKER, "check"),
    (Duty.RECORDER, "begin"),
    (Duty.RECORDER, "pin"),
    (Duty.CERTIFIER, "answer"),
    (Duty.CERTIFIER, "certify"),
    (Duty.AUTHORISER, "authorise"),
)
PEOPLE = tuple(Officer(id=f"o-{n}", duty=Duty.OPERATOR, unit=f"unit-{n % 3}", chain=f"chain-{n % 2}") for n in range(6))


def commands(step):
    """Return the commands of one step of an ordinary request."""
    person = {
        "open": (
            write.OpenPerson(person=PERSON, subject=subject(), category=Category.ACCUSED, category_since="2026-09-01"),
        ),
        "verify": (write.VerifyIdentifier(kind="dui", value="90000123-4"),),
        "record": (
            write.RecordAlleged(alleged=alleged()),
            write.RecordCourtAct(court_act=warrant()),
            write.RecordEvidence(item=warrant_item(1)),
            write.RecordEvidence(item=item(2)),
            write.RecordClaim(claim=CLAIM, body=body()),
        ),
        "check": (write.CheckClaim(claim=CLAIM, version=1),),
    }
    dossier = {
        "begin": (
            ask.OpenDossier(
                dossier=DOSSIER,
                request=REQUEST,
                person=PERSON,
                partner="boreal",
                route=Route.EXTRADITION,
                purpose="criminal_justice",
                case_number="17-2026",
            ),
        ),
        "pin": (ask.PinClaims(claims=((CLAIM, 1),)), ask.SetBasis(alleged=(ACT,), case_number="17-2026")),
        "answer": (
            ask.AnswerGrounds(answers=ALL_GROUNDS),
            ask.SignUndertakings(undertakings=tuple(Undertaking)),
            ask.RecordNotice(given_on="2026-11-20", languages=("es", "en")),
        ),
        "certify": (ask.Certify(attached=(), none_found=True),),
        "authorise": (ask.AuthoriseSending(),),
    }
    return person.get(step) or dossier[step]


def played(who):
    """Play every step with these people; a refused command is simply not there."""
    desk = Desk()
    for (duty, step), officer in zip(STEPS, who, strict=True):
        for command in commands(step):
            acting = replace(officer, duty=duty)
            if type(command).__module__ == write.__name__:
                desk.ask_person(command, acting)
            else:
                desk.ask_dossier(command, acting)
    return desk


FOUR = tuple(Officer(id=f"o-{n}", duty=Duty.OPERATOR, unit=f"unit-{n}", chain="one") for n in range(4))
BY_DUTY = dict(zip((Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER), FOUR, strict=True))
ORDINARY = tuple(BY_DUTY[duty] for duty, _ in STEPS)


@st.composite
def almost_ordinary(draw):
    """Return an ordinary office in which somebody stands in for somebody at up to two steps."""
    who = list(ORDINARY)
    for place in draw(st.lists(st.integers(0, len(STEPS) - 1), max_size=2)):
        who[place] = draw(st.sampled_from((*FOUR, *PEOPLE)))
    return tuple(who)


@QUICK
@given(almost_ordinary())
def test_i1_whoever_takes_which_step_what_leaves_was_signed_by_different_people(who):
    desk = played(who)
    opened, verified, recorded, checked, began, pinned, answered, signed, authorised = who
    if desk.sent:
        writers = {each.id for each in (opened, recorded, began, pinned)}
        checkers = {checked.id}
        assert recorded.independent_of(checked)
        assert opened.independent_of(verified)
        assert not writers & checkers
        assert not {answered.id, signed.id} & (writers | checkers)
        assert authorised.id not in writers | checkers | {answered.id, signed.id}


def test_i1_the_property_is_not_empty_four_people_suffice():
    assert played(ORDINARY).sent


SPOILS = st.fixed_dictionaries(
    {},
    optional={
        "anonymous": st.booleans(),
        "challenged": st.booleans(),
        "coercion": st.sampled_from(Coercion),
        "favours": st.sampled_from(Favours),
        "grade": st.builds(
            Grade, scale=st.sampled_from(Scale), source=st.sampled_from("ABC1"), information=st.sampled_from("14A")
        ),
        "derived_from": st.sampled_from([(), (f"{1:032x}",), ("elsewhere",)]),
        "origin": st.sampled_from(["source-1", "source-2"]),
        "document": st.sampled_from(["", "0" * 64, item(2).document, warrant().document]),
    },
)


@QUICK
@given(
    SPOILS,
    SPOILS,
    st.sets(st.sampled_from(sorted(Desk().documents))),
    st.sampled_from([Category.ACCUSED, Category.CONVICTED, Category.VICTIM]),
    st.booleans(),
)
def test_i2_nothing_leaves_unless_every_gate_passes_on_exactly_what_leaves(first, second, missing, category, late):
    desk = Desk()
    desk.person = SOUND_DESK.person
    spoiled = (replace(SOUND_DESK.person.evidence[0], **first), replace(SOUND_DESK.person.evidence[1], **second))
    desk.person = replace(desk.person, evidence=spoiled, category=category)
    desk.dossier = SOUND_DESK.dossier
    desk.documents -= missing
    desk.now = NOW + 900 * 24 * 3600 * 1000 if late else NOW
    made = desk.ask_dossier(ask.AuthoriseSending(), replace(PEOPLE[0], duty=Duty.AUTHORISER))
    if isinstance(made, Plan):
        (message,) = made.sends
        assert isinstance(message.content, Request)
        found = desk.gates(message.content.package)
        assert {each.state for each in found} == {GateState.PASSED}
    else:
        assert not desk.sent
        assert made.reasons


@QUICK
@given(st.sets(st.sampled_from(sorted(Desk().documents))), st.integers(-400, 400))
def test_i2_both_ends_reach_the_same_gates_on_the_same_package(missing, days):
    package = sound_package()
    here = Desk().documents - missing
    moment = NOW + days * 24 * 3600 * 1000
    ours, theirs = (gates(package, documents=here, now=moment) for _ in range(2))
    assert ours == theirs
    assert all((each.state is GateState.PASSED) == (not each.reasons) for each in ours)
