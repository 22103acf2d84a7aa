"""Paper codes with sealed cards: what the holder of a printed copy may read at the redress office's door.

1. When a copy is printed the house draws a paper code, prints it, and forgets it. It keeps only a public key and a
   look-up token made from the code; the card it writes can be opened with the code and with nothing else.
2. A card says which request, which court, who answers, and after a hand-over where the person is: each report with its
   place, its court and its day, and until when the next is due.
3. A card is written again when what it says has changed, never otherwise; every card has the same size. So the office,
   which may read the table, learns neither what a card says nor what goes on in the house.
4. The house hears nothing when a card is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, Protocol

from cotejo.actions.unit import Unit
from cotejo.proof.exact import digest_for, from_bytes, to_bytes
from cotejo.proof.padding import CLASSES, pad, unpad
from cotejo.proof.refusals import ProofError
from cotejo.proof.sealing import OpeningKey, SealingKey, Suite, open_sealed, seal
from cotejo.rules.acts import Entry, Millis, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dossier import Dossier, handover_due
from cotejo.rules.dossier_acts import HandoverReported
from cotejo.rules.package import Package
from cotejo.rules.paper_codes import PAPER_CODE
from cotejo.rules.review_acts import AfterHandoverTold, HandedOver
from cotejo.rules.review_state import Review

CARD_SIZE: Final = CLASSES[1]
MOST_REPORTS: Final = 12
LONGEST_WORD: Final = 160
LOOKUP_BYTES: Final = 16
HANDED_OVER: Final = "handed_over"
_HOUSE: Final = "house"
_HOLDER: Final = "holder of the paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One report: its code (`HandoverReport`, or `handed_over`), when it happened, where, before which court."""

    report: str
    at: Millis
    place: str
    court: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """What a card says. `next_due` is until when the next report is owed (0: none)."""

    request: str
    court: str
    answers: str
    places: tuple[Place, ...] = ()
    next_due: Millis = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PaperKey:
    """What a paper code stands for: where its card is, and the key that opens it. Does not print itself."""

    lookup: str
    opening: OpeningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """What the house keeps of a printed code: no code. `version` and `digest` are of the card as last looked at."""

    lookup: str
    sealing: bytes
    stream: Stream
    version: int
    digest: str


class CardTable(Protocol):
    """The house's side of the table of cards."""

    def put_card(self, paper: KeptPaper, sealed: bytes) -> None:
        """Write a card and what the house keeps of its code, together."""
        ...

    def still_says(self, lookup: str, *, version: int) -> None:
        """Note that a card says what is true at this version."""
        ...

    def behind(self) -> tuple[KeptPaper, ...]:
        """Return the papers whose case has moved since their card was last looked at."""
        ...


def paper_key(bare: str) -> PaperKey:
    """Return what the bare symbols of a paper code stand for."""
    lookup = digest_for("cotejo/paper-lookup/v1", bare.encode())[:LOOKUP_BYTES].hex()
    seed = digest_for("cotejo/paper-seed/v1", bare.encode())
    return PaperKey(lookup=lookup, opening=OpeningKey.from_seed(seed, Suite.X25519))


def give_paper_code(
    unit: Unit, table: CardTable, stream: Stream, *, answers: str, chance: Callable[[int], bytes]
) -> str:
    """Draw a paper code for one printed copy, write its card, and return the code to print. It is kept nowhere.

    `stream` is the dossier or review the copy is of; `answers` names the office that answers complaints.
    """
    code = PAPER_CODE.make(chance)
    key = paper_key(code.replace("-", ""))
    entries = unit.entries(stream)
    card = card_of(stream, entries, answers=answers)
    _write(table, key.lookup, key.opening.sealing, stream, len(entries), card)
    return code


def keep_cards(unit: Unit, table: CardTable, *, answers: str) -> int:
    """Write again every card that no longer says what is true. Return how many were written."""
    written = 0
    for paper in table.behind():
        entries = unit.entries(paper.stream)
        card = card_of(paper.stream, entries, answers=answers)
        if _digest(card) == paper.digest:
            table.still_says(paper.lookup, version=len(entries))
            continue
        to = SealingKey(suite=Suite.X25519, public=paper.sealing)
        _write(table, paper.lookup, to, paper.stream, len(entries), card)
        written += 1
    return written


def seal_card(card: PersonCard, to: SealingKey) -> bytes:
    """Seal a card for the holder of a code; every sealed card has one size."""
    content = pad(_bytes(card), smallest=CARD_SIZE, largest=CARD_SIZE)
    return seal(content, to=to, issuer=_HOUSE, addressee=_HOLDER)


def open_card(sealed: bytes, key: PaperKey) -> PersonCard | None:
    """Open a card with the code's key; `None` when it is not this code's or was altered."""
    try:
        plain = open_sealed(sealed, keys={key.opening.key_id: key.opening}, issuer=_HOUSE, addressee=_HOLDER)
        said: Any = from_bytes(unpad(plain), at_most=CARD_SIZE)
    except ProofError:
        return None
    places = tuple(Place(**each) for each in said.pop("places"))
    return PersonCard(places=places, **said)


def card_of(stream: Stream, entries: tuple[Entry, ...], *, answers: str) -> PersonCard:
    """Say what the holder of a paper may read of a case now."""
    package: Package | None
    if stream.kind is StreamKind.DOSSIER:
        dossier: Dossier = state_of(stream.kind, entries)
        package = dossier.latest.package if dossier.latest else None
        request, due = dossier.request, handover_due(dossier)
    else:
        review: Review = state_of(stream.kind, entries)
        package, request = review.package, review.request
        due = min((each.due for each in review.reports if each.due), default=0)
    return PersonCard(
        request=request,
        court=_court(package),
        answers=answers[:LONGEST_WORD],
        places=tuple(_places(entries))[-MOST_REPORTS:],
        next_due=due,
    )


def _write(table: CardTable, lookup: str, to: SealingKey, stream: Stream, version: int, card: PersonCard) -> None:
    paper = KeptPaper(lookup=lookup, sealing=to.public, stream=stream, version=version, digest=_digest(card))
    table.put_card(paper, seal_card(card, to))


def _bytes(card: PersonCard) -> bytes:
    return to_bytes({**asdict(card), "places": [asdict(each) for each in card.places]})


def _digest(card: PersonCard) -> str:
    return sha256(_bytes(card)).hexdigest()


def _court(package: Package | None) -> str:
    """Return the court whose act the request rests on, and its number."""
    act = next(iter(package.court_acts), None) if package else None
    return f"{act.court} · {act.number}"[:LONGEST_WORD] if act else ""


def _places(entries: tuple[Entry, ...]) -> Iterator[Place]:
    for entry in entries:
        match entry.act:
            case HandoverReported() | AfterHandoverTold() as told:
                yield _place(told.report.value, told.happened_at, told.place, told.court)
            case HandedOver() as handed:
                yield _place(HANDED_OVER, entry.at, handed.place, handed.court)
            case _:
                pass


def _place(report: str, at: Millis, place: str, court: str) -> Place:
    return Place(report=report, at=at, place=place[:LONGEST_WORD], court=court[:LONGEST_WORD])
