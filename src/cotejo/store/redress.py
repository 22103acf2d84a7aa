"""The house's side of the redress door, in PostgreSQL (I12, I13).

1. `public.redress_signal` is the door: the redress office only adds to it, the house only reads it.
2. `public.redress_taken` is the house's own note of what became of each signal; the office cannot read it.
3. `public.redress_card` holds sealed cards the office may read; `public.redress_paper` what the house keeps of the
   codes printed on copies, which the office may not.
4. The house has no right at all in the schema `redress`.
"""

from typing import Any

from django.db import connections, transaction

from cotejo.actions.sealed_cards import KeptPaper
from cotejo.actions.take_signal import UNKNOWN, Said
from cotejo.rules.acts import Millis, Stream, StreamKind
from cotejo.rules.redress import Signal

_WAITING = """
SELECT said.id, said.request, said.word FROM public.redress_signal said
LEFT JOIN public.redress_taken taken ON taken.signal = said.id
WHERE taken.signal IS NULL OR taken.outcome = %s AND EXISTS (
  SELECT FROM store_term term
  WHERE term.index IN ('dossier.request', 'review.request')
  AND (term.term = said.request OR term.term LIKE '%%/' || said.request)
)
ORDER BY said.id
"""
_PUT_CARD = """
INSERT INTO public.redress_card (lookup, sealed) VALUES (%s, %s)
ON CONFLICT (lookup) DO UPDATE SET sealed = EXCLUDED.sealed
"""
_PUT_PAPER = """
INSERT INTO public.redress_paper (lookup, sealing, stream_kind, stream_id, version, digest)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (lookup) DO UPDATE SET version = EXCLUDED.version, digest = EXCLUDED.digest
"""
_BEHIND = """
SELECT paper.lookup, paper.sealing, paper.stream_kind, paper.stream_id, paper.version, paper.digest
FROM public.redress_paper paper
JOIN store_card card ON card.stream_kind = paper.stream_kind AND card.stream_id = paper.stream_id
WHERE card.version > paper.version ORDER BY paper.lookup
"""


class PgRedressDoor:
    """Signals and cards as the actions see them (`Door` and `CardTable`). `using` names Django's connection."""

    def __init__(self, *, using: str = "default") -> None:
        self._using = using

    def waiting(self) -> tuple[Said, ...]:
        """Return the signals to act on now, oldest first; those about unknown requests once they are known."""
        rows = self._rows(_WAITING, [UNKNOWN])
        return tuple(Said(id=row[0], request=row[1], word=Signal(row[2])) for row in rows)

    def note(self, said: Said, outcome: str, *, now: Millis) -> None:
        """Write down what became of a signal."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(
                "INSERT INTO public.redress_taken (signal, outcome, at) VALUES (%s, %s, %s)"
                " ON CONFLICT (signal) DO UPDATE SET outcome = EXCLUDED.outcome, at = EXCLUDED.at",
                [said.id, outcome, now],
            )

    def put_card(self, paper: KeptPaper, sealed: bytes) -> None:
        """Write a card and what the house keeps of its code, together."""
        with transaction.atomic(using=self._using), connections[self._using].cursor() as cursor:
            cursor.execute(_PUT_CARD, [paper.lookup, sealed])
            about = [paper.stream.kind.value, paper.stream.id, paper.version, paper.digest]
            cursor.execute(_PUT_PAPER, [paper.lookup, paper.sealing, *about])

    def still_says(self, lookup: str, *, version: int) -> None:
        """Note that a card says what is true at this version."""
        with connections[self._using].cursor() as cursor:
            cursor.execute("UPDATE public.redress_paper SET version = %s WHERE lookup = %s", [version, lookup])

    def behind(self) -> tuple[KeptPaper, ...]:
        """Return the papers whose case has moved since their card was last looked at."""
        return tuple(
            KeptPaper(
                lookup=lookup,
                sealing=bytes(sealing),
                stream=Stream(StreamKind(kind), stream),
                version=version,
                digest=digest,
            )
            for lookup, sealing, kind, stream, version, digest in self._rows(_BEHIND, [])
        )

    def _rows(self, query: str, values: list[str]) -> list[tuple[Any, ...]]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())
