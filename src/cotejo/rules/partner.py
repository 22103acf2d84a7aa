"""A paired node as this house sees it: paired, key documents seen, paused after a missing report, resumed.

1. Pairing is an act of a person who read the fingerprint aloud with the other side and holds an agreement with both
   names, whose terms are not looser than the law's caps (F19, F62).
2. A key document counts only with a higher number than the last. One that names a key as stolen pauses the sender:
   what came under that key since then is in doubt until the oversight body has looked at it.
3. A missing or different report after a hand-over pauses every request of that sender; anybody in partner relations may
   pause as well (F73). A pause tells the partner nothing.
4. Only the oversight body resumes, with reasons, once nothing is overdue; a different charge it settles by naming it.
5. A pairing opens no link: a rehearsal is due, and requests wait until it has passed both ways (`rules.rehearsal`).
6. A difference between what the two nodes hold of the line pauses the sender as well (F55; `rules.lines`).
7. This house alone may end an agreement, by two people (`rules.ending`); from then on it is not in force here.
8. Both may agree on the next one (`rules.renewing`); it takes its turn at its own first moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cotejo.rules.acts import Act, Entry, Erased, Millis, NewAct, Plan, Reason, Refused, Stream, StreamKind, act
from cotejo.rules.agreement import Agreement, RenewableAgreement, first_form, in_turn, looser_than_caps
from cotejo.rules.cases import Card, Fold, Waiting, declare_fold, no_names
from cotejo.rules.duties import Duty, Officer, PartnerNode, Who
from cotejo.rules.ended import NOT_ENDED, AgreementEnded, Ending
from cotejo.rules.ended import apply as apply_to_ending
from cotejo.rules.lines import NOTHING_KNOWN, LinesDiffer, LinesKnown
from cotejo.rules.lines import apply as apply_to_lines
from cotejo.rules.overdue_words import STILL_OPEN
from cotejo.rules.rehearsal import NOT_REHEARSED, RehearsalDue, Rehearsed
from cotejo.rules.rehearsal import apply as apply_to_rehearsal
from cotejo.rules.renewal import NOT_RENEWED, AgreementAgreed, Renewal
from cotejo.rules.renewal import apply as apply_to_renewal
from cotejo.rules.review_words import Overdue
from cotejo.rules.words import Text


@act("partner.paired")
class PartnerPaired(Act):
    """Two nodes were paired. `agreement` holds the terms, `key_document` the partner's exact document."""

    name: str
    agreement: Agreement
    key_document: str
    key_number: int
    fingerprint: str
    by: Officer


@act("partner.key_document_seen")
class KeyDocumentSeen(Act):
    """The partner pushed a newer key document, whose signatures were verified."""

    number: int
    document: str


@act("partner.keys_stolen")
class KeysStolen(Act):
    """The partner says that keys of its own were in other hands: (purpose, since when); what came since is in doubt."""

    keys: tuple[tuple[str, Millis], ...]


@act("partner.paused")
class PartnerPaused(Act):
    """A report of this sender about one of our cases is overdue or different."""

    review: str
    what: Overdue
    due: Millis


@act("partner.report_settled")
class ReportSettled(Act):
    """The missing report came after all."""

    review: str
    what: Overdue


@act("partner.paused_by_officer")
class PausedByOfficer(Act):
    """Somebody in partner relations or oversight paused this sender."""

    reasons: str
    by: Officer


@act("partner.resumed")
class PartnerResumed(Act):
    """The oversight body resumed this sender. `settled` are the different charges it looked at, as case ids."""

    reasons: str
    settled: tuple[str, ...]
    by: Officer


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPartner:
    """Pair with a node. Partner relations. `read_aloud` is the fingerprint as heard, `fingerprint` as computed.

    `signed` are the signatures of the agreement, where they stay with its act: in the second form.
    """

    name: str
    node: str
    agreement: Agreement
    key_document: str
    key_number: int
    fingerprint: str
    read_aloud: str
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeKeyDocument:
    """The partner pushed a key document, already verified. Partner.

    `stolen` are keys it newly names as stolen: their purpose, and the moment after which nothing under them counts.
    """

    number: int
    document: str
    stolen: tuple[tuple[str, Millis], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PausePartner:
    """Pause all requests of this sender. Partner relations or oversight."""

    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePartner:
    """Resume this sender. Oversight. `settled`: cases whose different charges were looked at."""

    reasons: str
    settled: tuple[str, ...] = ()


PartnerStreamCommand = PairPartner | SeeKeyDocument | PausePartner | ResumePartner


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerState:
    """The state of one paired node: every agreement of the pairing, oldest first; none before it is paired.

    `open_causes` are (case id, what) of reports missing or different, `stopped_by` what else paused it, until it is
    resumed: an officer, or keys the partner named as stolen.
    """

    name: str = ""
    version: int = 0
    agreements: tuple[Agreement, ...] = ()
    key_document: str = ""
    key_number: int = 0
    fingerprint: str = ""
    paused: bool = False
    paused_since: Millis = 0
    open_causes: tuple[tuple[str, Overdue], ...] = ()
    stopped_by: tuple[PausedByOfficer | KeysStolen, ...] = ()
    lines: LinesKnown = NOTHING_KNOWN
    rehearsal: Rehearsed = NOT_REHEARSED
    ending: Ending = NOT_ENDED
    renewal: Renewal = NOT_RENEWED

    def terms(self, at: Millis) -> Agreement | None:
        """Return the agreement whose turn it is at a moment, in force or not."""
        return in_turn(self.agreements, at) if self.agreements else None

    @property
    def stream(self) -> Stream:
        """The line of acts of this partner."""
        return Stream(StreamKind.PARTNER, self.name)


def evolve(state: PartnerState, entry: Entry) -> PartnerState:
    """Fold one act; an erased body leaves the partner paused, for nobody knows why it was not."""
    lines = apply_to_lines(state.lines, entry)
    rehearsal, ending = apply_to_rehearsal(state.rehearsal, entry), apply_to_ending(state.ending, entry)
    renewal = apply_to_renewal(state.renewal, entry)
    state = replace(
        state,
        name=entry.stream.id,
        version=entry.version,
        lines=lines,
        rehearsal=rehearsal,
        ending=ending,
        renewal=renewal,
    )
    match entry.act:
        case PartnerPaired() as paired:
            return replace(
                state,
                agreements=(paired.agreement,),
                key_document=paired.key_document,
                key_number=paired.key_number,
                fingerprint=paired.fingerprint,
            )
        case AgreementAgreed(terms=terms):
            earlier = tuple(each for each in state.agreements if each.hash != terms.hash)
            return replace(state, agreements=(*earlier, terms))
        case AgreementEnded():
            ended = (replace(each, valid_until=min(each.valid_until, entry.at)) for each in state.agreements)
            return replace(state, agreements=tuple(ended))
        case KeyDocumentSeen() as seen:
            return replace(state, key_document=seen.document, key_number=seen.number)
        case PartnerPaused() as missing:
            cause = (missing.review, missing.what)
            return _pause(replace(state, open_causes=(*state.open_causes, cause)), entry.at)
        case PausedByOfficer() | KeysStolen():
            return _pause(replace(state, stopped_by=(*state.stopped_by, entry.act)), entry.at)
        case LinesDiffer() | Erased():
            return _pause(state, entry.at)
        case ReportSettled() as settled:
            gone = (settled.review, settled.what)
            return replace(state, open_causes=tuple(each for each in state.open_causes if each != gone))
        case PartnerResumed():
            settled_lines = replace(lines, differ=())
            return replace(state, paused=False, paused_since=0, open_causes=(), stopped_by=(), lines=settled_lines)
        case _:
            return state


def _pause(state: PartnerState, at: Millis) -> PartnerState:
    return replace(state, paused=True, paused_since=state.paused_since or at)


def decide(
    state: PartnerState, command: PartnerStreamCommand, who: Who, _facts: object, _now: Millis
) -> Plan | Refused:
    """Say what a command about a partner leads to, or refuse with all reasons."""
    match command:
        case SeeKeyDocument():
            found = tuple(_see(state, command, who))
            seen: tuple[Act, ...] = (KeyDocumentSeen(number=command.number, document=command.document),)
            if command.stolen:
                seen = (*seen, KeysStolen(keys=command.stolen))
            return Refused(found) if found else _plan(state, state.name, *seen)
        case PairPartner():
            found = (*_duty(who, Duty.PARTNERS), *_pair(state, command))
            name = command.name
        case PausePartner():
            found = (*_duty(who, Duty.PARTNERS, Duty.OVERSIGHT), *_known(state), *_written(command.reasons))
            name = state.name
        case ResumePartner():
            found = (*_duty(who, Duty.OVERSIGHT), *_known(state), *_resume(state, command))
            name = state.name
    if found or not isinstance(who, Officer):
        return Refused(found or (WRONG_DUTY,))
    return _plan(state, name, _act_of(command, who), *_after(command))


def _after(command: PartnerStreamCommand) -> Iterator[Act]:
    if isinstance(command, PairPartner):
        if isinstance(command.agreement, RenewableAgreement):
            yield AgreementAgreed(terms=command.agreement, signed=command.signed)
        yield RehearsalDue()


def _act_of(command: PairPartner | PausePartner | ResumePartner, by: Officer) -> Act:
    match command:
        case PairPartner():
            return PartnerPaired(
                name=command.name,
                agreement=first_form(command.agreement),
                key_document=command.key_document,
                key_number=command.key_number,
                fingerprint=command.fingerprint,
                by=by,
            )
        case PausePartner():
            return PausedByOfficer(reasons=command.reasons, by=by)
        case ResumePartner():
            return PartnerResumed(reasons=command.reasons, settled=command.settled, by=by)


def _plan(state: PartnerState, name: str, *what: Act) -> Plan:
    stream = Stream(StreamKind.PARTNER, name)
    return Plan(acts=tuple(NewAct(stream=stream, act=each) for each in what), expect={stream: state.version})


WRONG_DUTY = Reason(
    code="who.not_yours", text=Text("This is not for your duty.", "Esto no corresponde a su función."), rows=("F43",)
)


def _duty(who: Who, *duties: Duty) -> Iterator[Reason]:
    if not isinstance(who, Officer) or who.duty not in duties:
        yield WRONG_DUTY


def _known(state: PartnerState) -> Iterator[Reason]:
    if not state.agreements:
        yield Reason(
            code="partner.unknown",
            text=Text("There is no such partner.", "No existe esa contraparte."),
            rows=("F19",),
        )


def _written(reasons: str) -> Iterator[Reason]:
    if not reasons.strip():
        yield Reason(
            code="reasons.empty",
            field="reasons",
            text=Text("Write this in your own words.", "Escríbalo con sus propias palabras."),
            rows=("F43",),
        )


def _pair(state: PartnerState, command: PairPartner) -> Iterator[Reason]:
    if state.agreements:
        yield Reason(code="partner.known", text=Text("This node is paired already.", "Este nodo ya está vinculado."))
    if not command.read_aloud or command.read_aloud.replace(" ", "") != command.fingerprint.replace(" ", ""):
        yield Reason(
            code="partner.fingerprint",
            field="read_aloud",
            text=Text(
                "The fingerprint you were told differs from the one of this key document.",
                "La huella que le dictaron difiere de la de este documento de claves.",
            ),
            remedy=Text(
                "Call the other agency on a number you know and compare it again.",
                "Llame a la contraparte a un número conocido y compárela de nuevo.",
            ),
        )
    if set(command.agreement.parties) != {command.name, command.node}:
        yield Reason(
            code="agreement.parties",
            text=Text("The agreement is not between these two nodes.", "El acuerdo no es entre estos dos nodos."),
            rows=("F19",),
        )
    yield from looser_than_caps(command.agreement)


def _see(state: PartnerState, command: SeeKeyDocument, who: Who) -> Iterator[Reason]:
    if not isinstance(who, PartnerNode) or who.name != state.name:
        yield WRONG_DUTY
    if command.number <= state.key_number:
        yield Reason(
            code="key_document.old",
            text=Text("A newer key document is known here.", "Aquí consta un documento de claves más nuevo."),
        )


def _resume(state: PartnerState, command: ResumePartner) -> Iterator[Reason]:
    yield from _written(command.reasons)
    if not state.paused:
        yield Reason(
            code="partner.not_paused", text=Text("This sender is not paused.", "Esta entidad no está en pausa.")
        )
    for review, what in state.open_causes:
        if what is not Overdue.CHARGES_DIFFER or review not in command.settled:
            yield Reason(
                code=f"partner.{what.value}",
                text=STILL_OPEN[what],
                field=review,
                clears=(Duty.OVERSIGHT,),
                rows=("F73",),
            )


def card(state: PartnerState) -> Card:
    """Show a partner in a list; a paused one, or one whose agreement is to end, waits for the oversight body."""
    waiting = (Waiting(duty=Duty.OVERSIGHT, step="partner_paused", since=state.paused_since),) if state.paused else ()
    if state.ending.asked_at and not state.ending.ended_at:
        waiting = (*waiting, Waiting(duty=Duty.OVERSIGHT, step="ending_asked", since=state.ending.asked_at))
    if state.renewal.theirs is not None and not state.renewal.signed_by_both:
        waiting = (*waiting, Waiting(duty=Duty.PARTNERS, step="terms_offered", since=state.renewal.theirs_at))
    return Card(state="paused" if state.paused else "paired", partner=state.name, waiting=waiting)


def terms(state: PartnerState) -> tuple[tuple[str, str], ...]:
    """Let a partner be found by its name."""
    return (("partner.name", state.name),) if state.name else ()


START = PartnerState()
FOLD = Fold(kind=StreamKind.PARTNER, start=START, evolve=evolve, card=card, terms=terms, search_names=no_names)
declare_fold(FOLD)
