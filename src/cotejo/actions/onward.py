"""Copies of a request behind its receiver: who holds one, taking one in, and passing the origin's status lists on.

1. Who holds a copy is read from the line, whose record a restored node gets back from its partners; no act is needed
   for it, so none can be lost with a holder (I7). An id is nobody's own: two partners may give one to a request each.
   Whose copy a holder has is what the case says that passed it on; where a restore took that, and both brought one, the
   words of either stop it and those of neither free it (F54).
2. What is passed on is opened here: the origin must be a paired partner, for only its own key document says what it
   signed.
3. The origin's status list goes on as it came, in the origin's own bytes, as long as a copy is held; whoever gets it
   judges it anew (I5). One that still waits is not followed by another.
4. A holder's sweep or certificate needs no act: that it came stands in the line, which the clock reads at the agreed
   moment.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cotejo.actions.post import read_key_document
from cotejo.actions.unit import Incoming, Partner, Spoken, Unit
from cotejo.exchange.onward import open_passed_on
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.case_texts import claims_of, payload
from cotejo.rules import review_commands as ask
from cotejo.rules.acts import Millis, Send, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.cases import state_of
from cotejo.rules.disputing import TakeDispute
from cotejo.rules.onward import NOBODY, Behind, PassOn, TakePassedOn, recipients_of
from cotejo.rules.partner import PartnerState
from cotejo.rules.review_decide.onward import SOON
from cotejo.rules.review_state import Review
from cotejo.rules.told import Correction, PassedList, PassedOn

PACKAGES: Final = frozenset({"request", "correction", "supplement"})
"""The kinds of message that bring a package."""
TAKEN: Final = "taken"
PASSED_TO: Final = "review.passed_to"
"""The term under which requests are found by their origin and by who has a copy: `origin/recipient`."""
_LOOKS_BEHIND: Final = (
    PassOn,
    ask.MarkSwept,
    ask.RedressSuspend,
    ask.RedressLift,
    ask.TakeCorrection,
    ask.TakeSupplement,
    ask.TakeSuspension,
    ask.TakeReinstatement,
    ask.TakeWithdrawal,
    ask.TakeErasure,
    TakeDispute,
)
"""The commands that concern copies behind this node."""


def behind(
    unit: Unit, stream: Stream, state: Review, command: object, *, speaker: str, terms: Agreement, now: Millis
) -> Behind:
    """Return what is known of copies behind this node, where the command concerns them; `speaker` sent the request."""
    if not isinstance(command, _LOOKS_BEHIND) or state.through is not None:
        return NOBODY
    package = getattr(command, "package", None)
    request = state.request or getattr(command, "request", "") or getattr(package, "request", "")
    spoken = unit.spoken_of(request) if request else ()
    told = {each.partner for each in spoken if each.outgoing and each.kind in PACKAGES}
    brought = _brought(unit, state, request, spoken, speaker) if told else frozenset()
    unsaid = told - _passed_for_others(unit, request, brought - {speaker}) if speaker in brought else set()
    holders = set(state.passed_to) | unsaid
    swept = {
        each.partner for each in spoken if not each.outgoing and each.kind == "sweep" and _late(each, state, spoken)
    }
    letter = _letter(unit, stream, state, spoken, speaker) if isinstance(command, PassOn) else None
    cited = cited_in(unit.documents.get(letter.sha256)) if letter else getattr(command, "cited", "")
    origin = unit.partner(speaker)
    known = ((each, unit.partner(each)) for each in recipients_of(terms))
    return Behind(
        holders=tuple(sorted(holders - {speaker})),
        doubtful=frozenset(holders - set(state.passed_to) if brought - {speaker} else ()),
        swept=frozenset(swept),
        letter=letter.sha256 if letter else "",
        kind=letter.kind if letter else "",
        terms=next((each for each in origin.agreements if each.hash == cited), None) if origin else None,
        lines=tuple(
            (each, partner.terms(now)) for each, partner in known if partner is not None and _is_open(unit, each)
        ),
    )


def cited_in(*letters: bytes) -> str:
    """Return the hash of the agreement a signed letter cites; empty where there is none."""
    return next((str(claims_of(payload(each))["agreement"]) for each in letters), "")


def _brought(unit: Unit, state: Review, request: str, spoken: tuple[Spoken, ...], speaker: str) -> frozenset[str]:
    """Return the partners that brought a request under this id, here or not any more: copies of it lie behind us.

    Whoever has a request of this house has it from us alone, and a partner that only knows the id of another's request,
    or whose own under that id was refused, speaks for nobody: its word goes on to no holder (F54).
    """
    if unit.lookup("dossier.request", request):
        return frozenset()
    heard = (each for each in spoken if not each.outgoing and each.kind in PACKAGES and each.outcome == TAKEN)
    here = {speaker} if state.package is not None else set()
    return frozenset(here.union(each.partner for each in heard))


def _passed_for_others(unit: Unit, request: str, others: Iterable[str]) -> set[str]:
    """Return who has a copy of the request that one of these others brought under this id."""
    streams = (stream for each in others for stream in unit.lookup("review.request", f"{each}/{request}"))
    cases = (state_of(StreamKind.REVIEW, unit.entries(stream)) for stream in streams)
    return {recipient for case in cases for recipient in case.passed_to}


def _is_open(unit: Unit, partner: str) -> bool:
    """Say whether the link to a partner was rehearsed."""
    state: PartnerState = state_of(StreamKind.PARTNER, unit.entries(Stream(StreamKind.PARTNER, partner)))
    return state.rehearsal.open


def _late(said: Spoken, state: Review, spoken: tuple[Spoken, ...]) -> bool:
    """Say whether a sweep came after the withdrawal it is about: the origin's here, or ours to this holder.

    Whoever hears a withdrawal again says nothing again. So a node that a restore made hear the origin's anew, after the
    holder's sweep, goes by its own withdrawal before that sweep; a withdrawal is for good.
    """
    if not state.withdrawn_at:
        return False
    ours = (each.at for each in spoken if each.outgoing and each.partner == said.partner and each.kind == "withdrawal")
    return said.at >= min((state.withdrawn_at, *ours))


def _letter(unit: Unit, stream: Stream, state: Review, spoken: tuple[Spoken, ...], speaker: str) -> Spoken | None:
    """Return the message that brought the version in hand, when its signed text is kept with the case."""
    version = state.package.version if state.package else 0
    for each in reversed(spoken):
        brought = not each.outgoing and each.partner == speaker and each.kind in PACKAGES and each.version == version
        if brought and unit.documents.has(each.sha256, unit=stream):
            return each
    return None


def passed_on_by_us(unit: Unit, request: str, recipient: str) -> bool:
    """Say whether a partner has a copy of a request that came to us from somebody else."""
    if unit.lookup("dossier.request", request):
        return False
    return any(
        each.outgoing and each.partner == recipient and each.kind in PACKAGES for each in unit.spoken_of(request)
    )


def letter_to_keep(partner: Partner, incoming: Incoming) -> Mapping[str, bytes]:
    """Return the signed text of a letter that may be passed on one day, by its hash; nothing otherwise."""
    return {incoming.sha256: incoming.signed} if any(map(recipients_of, partner.agreements)) else {}


def open_copy(
    unit: Unit, passing: Partner, passed: PassedOn, documents: Mapping[str, bytes], *, now: Millis
) -> TakePassedOn:
    """Return what a passed-on message asks; its caller names the case.

    Raises `WireRefusal`: MISSING_DOCUMENT when the letter did not come, NOT_THE_ORIGINS.
    """
    origin, letter = unit.partner(passed.origin), documents.get(passed.letter)
    if letter is None:
        raise WireRefusal(WireReason.MISSING_DOCUMENT, "the origin's letter")
    if origin is None:
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, f"{passed.origin} is not paired here")
    document, latest = read_key_document(origin.key_document), now + passing.terms(now).skew
    said = open_passed_on(passed, letter, origin=document, passing=passing.name, latest=latest)
    corrected = said if isinstance(said, Correction) else None
    return TakePassedOn(
        review="",
        package=said.package,
        terms=passed.terms,
        letter=passed.letter,
        changes=corrected.changes if corrected else (),
        reason=corrected.reason if corrected else "",
        arrived=frozenset(documents),
    )


def lists_to_pass_on(unit: Unit, origin: Partner, jws: str, *, list_id: str, now: Millis) -> tuple[Send, ...]:
    """Return the origin's newest list for each of its standing recipients that holds a copy through this node."""
    return tuple(
        Send(partner=each, content=PassedList(origin=origin.name, jws=jws), request=list_id, at=now + SOON)
        for each in recipients_of(origin.terms(now))
        if unit.lookup(PASSED_TO, f"{origin.name}/{each}") and not unit.waits(each, list_id)
    )
