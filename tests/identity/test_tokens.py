"""Which words of a register are names in their own right."""

import numpy as np

from cotejo.identity.tokens import SLIPS_OF, Tokens


def establishing(**borne: int) -> Tokens:
    tokens = Tokens()
    counts = {tokens.number(word): rows for word, rows in borne.items()}
    by_number = np.zeros(len(tokens), np.int64)
    by_number[list(counts)] = list(counts.values())
    tokens.establish(by_number, 10_000)
    return tokens


def test_a_slip_that_several_clerks_made_does_not_become_a_name() -> None:
    often = 5 * SLIPS_OF
    tokens = establishing(quintanar=often, quintnar=5, quintamar=6, zabalduz=5, quintar=4)
    assert tokens.is_established(tokens.number("quintanar"))
    assert tokens.is_established(tokens.number("zabalduz"))
    assert not tokens.is_established(tokens.number("quintnar"))
    assert tokens.is_established(tokens.number("quintamar")), "borne too often for one and the same slip"
    assert not tokens.is_established(tokens.number("quintar")), "too few rows"


def test_a_name_the_conventions_list_stays_one_however_near_another() -> None:
    tokens = establishing(maria=10 * SLIPS_OF, marta=5, mario=5)
    assert tokens.is_established(tokens.number("marta"))
    assert tokens.is_established(tokens.number("mario"))
