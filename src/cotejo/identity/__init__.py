"""Is it the same person? Names, identifiers, keys, comparison and explanation in words; people decide.

    found = find_candidates(subject, register)
    for explanation in found.explanations:          # the likeliest first, each with its differences first
        ...

1. Software proposes and explains; two officers answer (invariant I3). Nothing here merges, confirms or excludes.
2. `register` is any `CandidateSource`: a table, an agency's own system, or `RegisterInMemory`.
3. Values are text as documented and are never changed; empty means unknown.

Many at once, without a node:

    tokens = Tokens()
    register, requests = encode(rows, tokens), encode(subjects, tokens)     # `encode_table` takes columns of text
    model = learn(requests, register, tokens, standard_model())             # or `read_model(text)`; needs no labels
    i, j = candidate_pairs(*keys_of_files(requests, register, tokens), most=1_000)
    compared = columns.levels(requests, i, register, j, tokens)             # uint8 (pairs, 12), `COLUMNS_OF_LEVELS`
    borne = namesakes(requests, stored_keys(register, tokens), tokens)      # rows that bear each request's name
    weighed = weights(compared, model, borne[i], len(register))             # natural logarithms, `HYPOTHESES`
    scores = compete(log_odds(weighed), i)                                  # log posterior odds; never for a page
    told = bands_of(compared, log_odds(weighed), scores, model)             # index into `BANDS`

Shapes, units and rules: `columns`, `weighing`, `blocking`, `model`, `fitting`. Errors: `ModelError` for a model file
that breaks a rule; reading a record never fails. Sources: Fellegi and Sunter 1969 for weights, Dempster, Laird and
Rubin 1977 for learning, Hyyrö 2003 for edits, python-stdnum #133 for the DUI, ICAO 9303 for passports.
"""

from cotejo.identity.blocking import candidate_pairs, keys_of_files, namesakes, search_keys, stored_keys
from cotejo.identity.columns import Columns, encode, encode_table
from cotejo.identity.documented import folded_name
from cotejo.identity.explanation import ExplainedLine, Explanation, explain
from cotejo.identity.finding import Aside, Found, SetAside, find_candidates
from cotejo.identity.fitting import Adjudicated, learn
from cotejo.identity.levels import COLUMNS_OF_LEVELS, Field, Level, Verdict
from cotejo.identity.model import HYPOTHESES, Model, ModelError, read_model, standard_model
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
from cotejo.identity.tokens import Tokens
from cotejo.identity.weighing import BANDS, Band, bands_of, compete, log_odds, weights

__all__ = [
    "BANDS",
    "COLUMNS",
    "COLUMNS_OF_LEVELS",
    "HYPOTHESES",
    "Adjudicated",
    "Aside",
    "Band",
    "CandidateSource",
    "Columns",
    "ConnectedRegister",
    "Connector",
    "ExplainedLine",
    "Explanation",
    "Field",
    "Found",
    "Level",
    "Model",
    "ModelError",
    "PersonRecord",
    "RegisterInMemory",
    "RegisterNotReady",
    "Rival",
    "Rows",
    "SetAside",
    "Tokens",
    "Verdict",
    "bands_of",
    "candidate_pairs",
    "compete",
    "encode",
    "encode_table",
    "explain",
    "find_candidates",
    "folded_name",
    "keys_of_files",
    "learn",
    "log_odds",
    "namesakes",
    "read_model",
    "search_keys",
    "standard_model",
    "stored_keys",
    "weights",
]
