"""Why a pair stands where it stands, in one line of words: differences first, then what is close, unknown, agreeing.

A reason is a function of the levels, of the rival reading and of what other rows of a file made of the pair; there are
some thousand different ones among millions of pairs, so each is worded once.
"""

from typing import Final

import numpy as np

from cotejo.identity import phrases
from cotejo.identity.bulk.linking import Scored
from cotejo.identity.levels import LEVELS, Field, Level, Verdict, verdict_of
from cotejo.identity.model import HYPOTHESES, Hypothesis
from cotejo.rules.words import Text

_FIELDS: Final = tuple(Field)
_GROUPS: Final = {
    Verdict.DIFFER: Text("differs", "difiere"),
    Verdict.CLOSE: Text("close", "parecido"),
    Verdict.UNKNOWN: Text("not known", "sin dato"),
    Verdict.AGREE: Text("agrees", "coincide"),
}
_RIVALS: Final = {
    Hypothesis.UNRELATED: Text("a namesake explains it as well", "lo explica igual un homónimo"),
    Hypothesis.SIBLING: Text("a brother or sister explains it as well", "lo explica igual un hermano o una hermana"),
    Hypothesis.PARENT_CHILD: Text("a parent or child explains it as well", "lo explica igual un padre, madre o hijo"),
}
_SWAYED: Final = {
    1: Text("other rows of the file speak for it", "otras filas del archivo hablan a favor"),
    -1: Text("other rows of the file speak against it", "otras filas del archivo hablan en contra"),
}
# As `rival` on the pages: another reading is named from a twentieth of the weight of "the same person" on.
_NAMED_FROM: Final = -float(np.log(20))
_PLAIN: Final = frozenset({Level.SAME, Level.DIFFERS, Level.UNKNOWN})


class Reasons:
    """Words reasons in one language, each once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._worded: dict[bytes, str] = {}

    def of(self, pairs: Scored) -> list[str]:
        """Return the reason of each pair."""
        others = pairs.weights[:, 1:]
        rival = 1 + others.argmax(axis=1)
        rival[others.max(axis=1, initial=-np.inf) - pairs.weights[:, 0] < _NAMED_FROM] = 0
        seen = np.column_stack((pairs.levels[:, : len(_FIELDS)], rival.astype(np.uint8), pairs.swayed.astype(np.uint8)))
        worded = self._worded
        reasons = []
        for row in seen:
            key = row.tobytes()
            reason = worded.get(key)
            if reason is None:
                reason = worded[key] = self._word(key)
            reasons.append(reason)
        return reasons

    def _word(self, seen: bytes) -> str:
        *codes, rival, swayed = seen
        levels = [LEVELS[code] for code in codes]
        parts = []
        for verdict, group in _GROUPS.items():
            told = [
                self._field(field, level)
                for field, level in zip(_FIELDS, levels, strict=True)
                if verdict_of(level) is verdict
            ]
            if told:
                parts.append(f"{group.in_language(self._language)}: {', '.join(told)}")
        if rival:
            parts.append(_RIVALS[HYPOTHESES[rival]].in_language(self._language))
        if swayed:
            parts.append(_SWAYED[np.uint8(swayed).astype(np.int8).item()].in_language(self._language))
        return "; ".join(parts)

    def _field(self, field: Field, level: Level) -> str:
        label = phrases.FIELDS[field].in_language(self._language)
        if level in _PLAIN:
            return label
        return f"{label} ({phrases.LEVELS[level].in_language(self._language)})"
