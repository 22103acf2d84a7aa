"""Is it the same person? Names, identifiers, keys, comparison and explanation in words; people decide."""

from cotejo.identity.keys import candidate_keys, folded_name
from cotejo.identity.record import COLUMNS, PersonRecord
from cotejo.identity.source import CandidateSource, RegisterInMemory, Rows

__all__ = [
    "COLUMNS",
    "CandidateSource",
    "PersonRecord",
    "RegisterInMemory",
    "Rows",
    "candidate_keys",
    "folded_name",
]
