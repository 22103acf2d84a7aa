"""Is it the same person? Names, identifiers, keys, comparison and explanation in words; people decide.

    found = find_candidates(subject, register)
    for explanation in explain(subject, found.candidates, found.namesakes):
        ...

1. Software proposes and explains; two officers answer (invariant I3). Nothing here merges, confirms or excludes.
2. `register` is any `CandidateSource`: a table, an agency's own system, or `RegisterInMemory`.
3. Values are text as documented and are never changed; empty means unknown.
"""

from cotejo.identity.explanation import ExplainedLine, Explanation, explain
from cotejo.identity.finding import Aside, Found, SetAside, find_candidates
from cotejo.identity.keys import candidate_keys, folded_name
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.record import COLUMNS, PersonRecord
from cotejo.identity.rival import Rival
from cotejo.identity.source import (
    CandidateSource,
    ConnectedRegister,
    Connector,
    RegisterInMemory,
    RegisterNotReady,
    Rows,
)
from cotejo.identity.weighing import Band

__all__ = [
    "COLUMNS",
    "Aside",
    "Band",
    "CandidateSource",
    "ConnectedRegister",
    "Connector",
    "ExplainedLine",
    "Explanation",
    "Field",
    "Found",
    "Level",
    "PersonRecord",
    "RegisterInMemory",
    "RegisterNotReady",
    "Rival",
    "Rows",
    "SetAside",
    "Verdict",
    "candidate_keys",
    "explain",
    "find_candidates",
    "folded_name",
]
