"""A subject and all its candidates, weighed together and put in order.

The order depends on the candidates alone, not on the order they were given in.
"""

from collections.abc import Sequence

import numpy as np

from cotejo.identity.comparison import compare_all
from cotejo.identity.model import Model
from cotejo.identity.record import PersonRecord
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Weighed, bands_of, compete, enough, log_odds, weights


def weigh_all(
    subject: PersonRecord,
    candidates: Sequence[PersonRecord],
    namesakes: int,
    *,
    model: Model,
    rows: int = 0,
    tokens: Tokens | None = None,
) -> tuple[Weighed, ...]:
    """Return every candidate weighed against the others, the likeliest first, then by id."""
    if not candidates:
        return ()
    ordered = sorted(candidates, key=lambda record: record.id)  # so that sums do not depend on the order given
    compared = compare_all(subject, ordered, tokens)
    weighed = weights(compared.codes, model, namesakes, rows)
    odds = log_odds(weighed)
    told = bands_of(compared.codes, odds, compete(odds, np.zeros(len(ordered), np.int64)), model)
    sufficient = enough(compared.codes, model)
    return tuple(
        Weighed(
            comparison=compared.one(number),
            weights=tuple(weighed[number].tolist()),
            log_odds=float(odds[number]),
            band=BANDS[told[number]],
            enough=bool(sufficient[number]),
        )
        for number in np.argsort(-odds, kind="stable").tolist()
    )
