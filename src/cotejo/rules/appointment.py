"""The auditor's appointment: made by a body outside both agencies, held by the house, ended by that body or by time.

1. A body counts when its witness key stands in an agreement in force; while no agreement names a witness, when it
   stands in this node's own list. So an operator's own key appoints nobody once both agencies have named theirs (F61).
2. An appointment is addressed to one node, one account and one person, and counts within its days; a further one may be
   handed in before the last is over.
3. Whoever is appointed holds no other duty; nobody is an auditor without an appointment.
4. While it runs nobody here ends the account, takes the duty away or puts another body's appointment in its place. The
   body that signed ends it early, by a revocation that names the newest; the account is closed then for good. After its
   last day it is over by itself.
5. What is refused is written down like what is accepted (I9, I10).

Who hands these papers in is the console of the node's machine: the signature decides, not the hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Erased, Millis, NewAct, Plan, Reason, Refused, Stream, StreamKind, act
from cotejo.rules.cases import Card, Fold, declare_fold, no_names, no_terms
from cotejo.rules.dates import iso_day
from cotejo.rules.duties import Duty, Who
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a signed appointment says. `key` is the known witness key it is signed with, empty when it is none of them.

    `hash` names the text; `starts` and `ends` are in milliseconds UTC.
    """

    hash: str
    node: str
    account: str
    person: str
    body: str
    key: str
    starts: Millis
    ends: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationPaper:
    """What a signed revocation says; `appointment` is the hash of the text it ends, `key` as in `Paper`."""

    node: str
    account: str
    body: str
    key: str
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint:
    """Hand in an appointment for an account of this node. `signed` is the whole signed text, kept for good.

    Without `paper` it says nothing that can be read.
    """

    username: str
    name: str
    duties: tuple[str, ...]
    paper: Paper | None
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAppointed:
    """End the account or the duty of an auditor; with a revocation, while the appointment runs."""

    username: str
    paper: RevocationPaper | None = None
    signed: str = ""


AppointmentCommand = Appoint | EndAppointed


@act("appointment.made")
class AppointmentMade(Act):
    """A body outside both agencies made this account its auditor's."""

    paper: Paper
    signed: str


@act("appointment.revoked")
class AppointmentRevoked(Act):
    """The same body ended the appointment before its last day."""

    appointment: str
    signed: str


@act("appointment.closed")
class AppointmentClosed(Act):
    """The auditor's account was ended here, after the appointment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """The state of one account: every appointment handed in for it, and whether it was closed."""

    version: int = 0
    papers: tuple[Paper, ...] = ()
    closed: bool = False

    @property
    def newest(self) -> Paper | None:
        """The appointment handed in last: its body ends them all."""
        return self.papers[-1] if self.papers else None

    def runs_at(self, now: Millis) -> bool:
        """Say whether somebody is appointed at this moment (rule 2)."""
        return not self.closed and any(each.starts <= now < each.ends for each in self.papers)

    def stands_at(self, now: Millis) -> Paper | None:
        """Return the appointment that ends last of those nobody here may end, also before its first day (rule 4)."""
        standing = [each for each in self.papers if now < each.ends and not self.closed]
        return max(standing, key=lambda each: each.ends, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFacts:
    """This node's name, the account the stream is of, and what else is wrong with it, so that all is said at once."""

    node: str
    account: str
    also: tuple[Reason, ...] = ()


def decide(
    state: Appointed, command: AppointmentCommand, _who: Who, facts: AppointmentFacts, now: Millis
) -> Plan | Refused:
    """Accept or refuse an appointment or the end of one, with all reasons."""
    gaps = tuple(
        _of_appointing(state, command, facts, now)
        if isinstance(command, Appoint)
        else _of_ending(state, command, facts, now)
    )
    if gaps:
        return Refused(gaps)
    stream = Stream(StreamKind.APPOINTMENT, facts.account)
    acts = tuple(NewAct(stream=stream, act=each) for each in _acts(command))
    return Plan(acts=acts, expect={stream: state.version})


def _acts(command: AppointmentCommand) -> Iterator[Act]:
    if isinstance(command, Appoint):
        if command.paper is not None:
            yield AppointmentMade(paper=command.paper, signed=command.signed)
        return
    if command.paper is not None:
        yield AppointmentRevoked(appointment=command.paper.appointment, signed=command.signed)
    yield AppointmentClosed()


def _of_appointing(state: Appointed, command: Appoint, facts: AppointmentFacts, now: Millis) -> Iterator[Reason]:
    yield from facts.also
    if set(command.duties) != {Duty.AUDITOR}:
        yield OTHER_DUTY
    paper = command.paper
    if paper is None:
        yield UNREADABLE if command.signed else NO_APPOINTMENT
        return
    if not paper.key:
        yield _unknown_body(paper.body)
    if paper.node != facts.node:
        yield _elsewhere(paper.node)
    if (paper.account, paper.person) != (command.username, command.name):
        yield _somebody_else(paper)
    if now >= paper.ends:
        yield _over(paper)
    if state.closed:
        yield CLOSED
    standing = state.stands_at(now)
    if standing is not None and standing.key != paper.key:
        yield _stands(standing)


def _of_ending(state: Appointed, command: EndAppointed, facts: AppointmentFacts, now: Millis) -> Iterator[Reason]:
    if state.closed:
        yield CLOSED
    paper, held, standing = command.paper, state.newest, state.stands_at(now)
    if paper is None or held is None:
        if command.signed:
            yield UNREADABLE if paper is None else OTHER_APPOINTMENT
        if standing is not None:
            yield _stands(standing)
        return
    if paper.key != held.key or not paper.key:
        yield _other_body(held)
    if (paper.node, paper.account, paper.appointment) != (facts.node, command.username, held.hash):
        yield OTHER_APPOINTMENT


def evolve(state: Appointed, entry: Entry) -> Appointed:
    """Apply one stored act. An erased one leaves nobody appointed."""
    state = replace(state, version=entry.version)
    match entry.act:
        case AppointmentMade(paper=paper):
            return replace(state, papers=(*state.papers, paper))
        case AppointmentClosed():
            return replace(state, closed=True)
        case Erased():
            return replace(state, papers=())
    return state


def _card(state: Appointed) -> Card:
    return Card(state="closed" if state.closed else "appointed")


declare_fold(
    Fold(
        kind=StreamKind.APPOINTMENT,
        start=Appointed(),
        evolve=evolve,
        card=_card,
        terms=no_terms,
        search_names=no_names,
    )
)


def _reason(code: str, text: Text, remedy: Text) -> Reason:
    return Reason(code=code, text=text, remedy=remedy, rows=("F61",))


NO_APPOINTMENT: Final = _reason(
    "appointment.none",
    Text("No auditor without an appointment.", "No hay auditoría sin nombramiento."),
    Text(
        "An outside body that both agencies named signs one (`cotejo-witness appoint`); give it with --appointment.",
        "Lo firma un órgano externo que ambas entidades nombraron (`cotejo-witness appoint`); entréguelo con "
        "--appointment.",
    ),
)
UNREADABLE: Final = _reason(
    "appointment.unreadable",
    Text(
        "The file is not what an outside body signs: cut short, altered, or another text.",
        "El archivo no es lo que firma un órgano externo: está incompleto, alterado o es otro texto.",
    ),
    Text("Ask the body for the file it made.", "Pida al órgano el archivo que hizo."),
)
OTHER_DUTY: Final = _reason(
    "appointment.other_duty",
    Text("An auditor holds no other duty.", "Quien audita no tiene otro cargo."),
    Text("Give the duty auditor alone, or leave it out.", "Asigne solo el cargo auditor, o quítelo."),
)
CLOSED: Final = _reason(
    "appointment.closed",
    Text("This account was ended.", "Esta cuenta ya terminó."),
    Text("Enrol the person under a new account.", "Dé de alta a la persona con otra cuenta."),
)
OTHER_APPOINTMENT: Final = _reason(
    "revocation.other_appointment",
    Text(
        "The revocation is of another appointment, node or account.",
        "La revocación es de otro nombramiento, nodo o cuenta.",
    ),
    Text("Ask the body for one that names this appointment.", "Pida al órgano una que indique este nombramiento."),
)


def _unknown_body(body: str) -> Reason:
    return _reason(
        "appointment.unknown_body",
        Text(
            f"It is not signed with the key of an outside body that this node's agreements name: {body}.",
            f"No lo firma la clave de un órgano externo que nombren los acuerdos de este nodo: {body}.",
        ),
        Text(
            "Only a witness named in an agreement in force appoints; before there is one, a witness of node.toml.",
            "Solo nombra un testigo indicado en un acuerdo vigente; antes de haberlo, un testigo de node.toml.",
        ),
    )


def _elsewhere(node: str) -> Reason:
    return _reason(
        "appointment.other_node",
        Text(f"It is addressed to another node: {node}.", f"Va dirigido a otro nodo: {node}."),
        Text("Ask the body for one that names this node.", "Pida al órgano uno que indique este nodo."),
    )


def _somebody_else(paper: Paper) -> Reason:
    return _reason(
        "appointment.somebody_else",
        Text(
            f"It appoints {paper.person} under the user name {paper.account}.",
            f"Nombra a {paper.person} con el usuario {paper.account}.",
        ),
        Text("Write name and user name as they stand there.", "Escriba el nombre y el usuario como figuran allí."),
    )


def _over(paper: Paper) -> Reason:
    return _reason(
        "appointment.over",
        Text(f"It was over on {iso_day(paper.ends)}.", f"Terminó el {iso_day(paper.ends)}."),
        Text("Ask the body for a new one.", "Pida uno nuevo al órgano."),
    )


def _stands(paper: Paper) -> Reason:
    day = iso_day(paper.ends)
    return _reason(
        "appointment.stands",
        Text(
            f"{paper.body} appointed this auditor until {day}; nobody here ends that.",
            f"{paper.body} nombró a esta persona hasta el {day}; nadie aquí puede terminarlo.",
        ),
        Text(
            f"Only {paper.body} ends it earlier (`cotejo-witness revoke`); give what it signed with --revocation.",
            f"Solo {paper.body} lo termina antes (`cotejo-witness revoke`); entregue lo firmado con --revocation.",
        ),
    )


def _other_body(paper: Paper) -> Reason:
    return _reason(
        "revocation.other_body",
        Text(
            f"The revocation is not signed by the body that appointed: {paper.body}.",
            f"La revocación no la firma el órgano que nombró: {paper.body}.",
        ),
        Text("Ask that body for it.", "Pídala a ese órgano."),
    )
