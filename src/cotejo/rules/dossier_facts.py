"""What an action loads before a person file or a dossier decides. Functions in it answer from the node's memory."""

from collections.abc import Callable
from dataclasses import dataclass

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import Agreement
from cotejo.rules.person import PersonFile


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """For a person file. `profile` is the code of this agency's law (`sv`, `us`)."""

    documents_here: Callable[[str], bool]
    profile: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """For a dossier. `person` is the person's file as it stands.

    `token(id, request)` makes a local id unrecognisable outside: keyed, one value per id and request, 32 hex digits;
    with an empty request it makes the token of facts that withdrawal marks keep. `marked(token)` says whether such a
    mark exists. `open_dossiers` are other live dossiers on this person to this partner; `sent_this_month` counts first
    versions sent to this partner in the month of `now`. `link_open`: the rehearsal with this partner passed both ways.
    `leaving`: the last agreement with it comes to its end.
    """

    node: str
    agreement: Agreement | None
    person: PersonFile
    documents_here: Callable[[str], bool]
    token: Callable[[str, str], str]
    marked: Callable[[str], bool]
    open_dossiers: tuple[str, ...] = ()
    fresh_slots: tuple[int, ...] = ()
    sent_this_month: int = 0
    recovering: bool = False
    high_water: Millis = 0
    link_open: bool = True
    leaving: bool = False
