"""The tables of a node, by what they are for. Every column is in the allow-list of `cotejo.store.plain`.

1. Plain, logged columns hold ids, states, codes, grades, months, user ids and times; words about people are sealed.
2. Times are milliseconds UTC given by the command; no column has a default of the database's clock.
3. What may never change is guarded by triggers, for every role (migration 0003).
"""

from cotejo.store.models.house import Act, HouseLeaf, LogHead, Trace, UnitKey, VaultItem
from cotejo.store.models.links import (
    Due,
    Floor,
    Inbox,
    LineDigest,
    LineTrouble,
    LinkLeaf,
    Outbox,
    PartnerRow,
    Scheduled,
    SealedPart,
    Slot,
    StatusRow,
)
from cotejo.store.models.lists import CardRow, LocalNumber, SearchName, SearchState, Term, WaitingRow
from cotejo.store.models.register import (
    DocumentFile,
    RegisterGone,
    RegisterImport,
    RegisterIncoming,
    RegisterRow,
    RegisterState,
)
from cotejo.store.models.signed import SignedText, StatusText
from cotejo.store.people import Officer

__all__ = [
    "Act",
    "CardRow",
    "DocumentFile",
    "Due",
    "Floor",
    "HouseLeaf",
    "Inbox",
    "LineDigest",
    "LineTrouble",
    "LinkLeaf",
    "LocalNumber",
    "LogHead",
    "Officer",
    "Outbox",
    "PartnerRow",
    "RegisterGone",
    "RegisterImport",
    "RegisterIncoming",
    "RegisterRow",
    "RegisterState",
    "Scheduled",
    "SealedPart",
    "SearchName",
    "SearchState",
    "SignedText",
    "Slot",
    "StatusRow",
    "StatusText",
    "Term",
    "Trace",
    "UnitKey",
    "VaultItem",
    "WaitingRow",
]
