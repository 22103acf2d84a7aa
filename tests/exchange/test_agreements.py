"""An agreement binds when both parties signed the same bytes and no term is looser than the law."""

import random
from dataclasses import replace

import pytest

from cotejo.exchange.agreements import open_agreement, open_signature, sign_agreement
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.refusals import ProofError
from cotejo.rules.agreement import DAY, Lifetimes
from cotejo.rules.succession import following
from tests.builders.wire import NOW, agreement

ROOTS = {
    name: SigningKey.from_seed(random.Random(name).randbytes(32), Purpose.ROOT) for name in ("alba", "boreal", "cresta")
}
PUBLIC = {name: key.verifying for name, key in ROOTS.items()}
TERMS = agreement()


def signed(*names: str, terms=TERMS):
    return tuple(sign_agreement(terms, ROOTS[name]) for name in names)


def test_both_signatures_make_one_agreement_with_one_hash():
    first = open_agreement(signed("alba", "boreal"), PUBLIC)
    second = open_agreement(signed("boreal", "alba"), PUBLIC)
    assert first == second
    assert len(first.hash) == 64
    assert first.profile_of("boreal") == "us"


@pytest.mark.parametrize("names", [("alba",), ("alba", "alba"), ("alba", "cresta")])
def test_a_missing_or_foreign_signature_makes_none(names):
    with pytest.raises(ProofError):
        open_agreement(signed(*names), PUBLIC)


def test_signatures_over_different_terms_make_none():
    other = replace(TERMS, ceiling_per_month=TERMS.ceiling_per_month - 1)
    with pytest.raises(ProofError):
        open_agreement((*signed("alba"), *signed("boreal", terms=other)), PUBLIC)


@pytest.mark.parametrize(
    "loose",
    [
        {"lifetimes": Lifetimes(grave=DAY)},
        {"ceiling_per_month": 0},
        {"package_validity": 8 * DAY},
        {"sweep_every": -1},
    ],
)
def test_f62_a_term_looser_than_the_law_is_refused_by_name(loose):
    with pytest.raises(ProofError, match="outside what is allowed"):
        open_agreement(signed("alba", "boreal", terms=replace(TERMS, **loose)), PUBLIC)


def test_f19_a_changed_term_is_another_agreement():
    tighter = replace(TERMS, ceiling_per_month=1)
    assert (
        open_agreement(signed("alba", "boreal", terms=tighter), PUBLIC).hash
        != open_agreement(signed("alba", "boreal"), PUBLIC).hash
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": 10**15},
        {"valid_until": 2**60},
        {"valid_from": -1},
        {"purposes": ("criminal_justice\x1b[2J",)},
        {"standing_recipients": ("co\0bre",)},
    ],
)
def test_f62_days_no_calendar_has_and_texts_no_terminal_should_show_are_refused(changes):
    with pytest.raises(ProofError):
        open_agreement(signed("alba", "boreal", terms=replace(TERMS, **changes)), PUBLIC)
    follows = following(replace(TERMS, hash="a" * 64), NOW + DAY, NOW + 9 * DAY, **changes)
    with pytest.raises(ProofError):
        open_signature(sign_agreement(follows, ROOTS["alba"]), PUBLIC["alba"])


def test_one_signature_opens_to_terms_that_follow_and_to_no_others():
    follows = following(replace(TERMS, hash="a" * 64), NOW + DAY, NOW + 9 * DAY)
    opened = open_signature(sign_agreement(follows, ROOTS["alba"]), PUBLIC["alba"])
    assert replace(opened, hash="") == follows
    for text in (sign_agreement(follows, ROOTS["cresta"]), *signed("alba"), b"", b"a.b.c"):
        with pytest.raises(ProofError):
            open_signature(text, PUBLIC["alba"])
