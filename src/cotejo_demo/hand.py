"""A hand at one node, in a process of its own: the node's memory belongs to one process, and the story acts on two.

It reads pickled requests `(name, arguments)` from its standard input and answers with `("ok", value)` or
`("error", words)`; both ends are this program. `python -m cotejo_demo.hand HOME`. It ends when its input does.

1. Whatever it does goes through the command line, the actions or the stores' own readers; it decides nothing.
2. Every command has its own moment, read from the node's clock.
"""

import contextlib
import io
import os
import pickle
import sys
from pathlib import Path
from typing import Any, Final

from cotejo.node.clock import now
from cotejo.node.command import run
from cotejo.node.home import Home
from cotejo.rules.acts import Entry, Stream
from cotejo.rules.duties import Who
from cotejo_demo.cast import Member, SignIn
from cotejo_demo.passed import Done, Posted, Step


def cli(_home: Home, words: tuple[str, ...]) -> tuple[int, str, str]:
    """Run the command line in this process."""
    said, wrong = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        status = run(list(words))
    return status, said.getvalue(), wrong.getvalue()


def connect(home: Home) -> None:
    """Connect to the database of the running node and put the node together here."""
    from cotejo.node import framework
    from cotejo.node.database import Database

    framework.set_up(home, Database(home).dsns().app)
    from cotejo.node.assembly import assemble

    assemble(home)


def enrol(home: Home, members: tuple[tuple[Member, SignIn, bytes], ...]) -> None:
    """Make the accounts that are not there yet; an auditor's with the appointment the witness signed."""
    from cotejo.node.node_file import read_node_file
    from cotejo.store.auditors import add_invented_account
    from cotejo.store.people import NewOfficer, Officer

    listed = tuple(each.key for each in read_node_file(home).witnesses)
    for member, sign_in, signed in members:
        if Officer.objects.filter(username=member.username).exists():
            continue
        new = NewOfficer(
            username=member.username,
            name=member.name,
            unit=member.unit,
            chain=member.chain,
            duties=frozenset({member.duty.value}),
        )
        add_invented_account(
            _unit(home),
            new,
            signed=signed,
            listed=listed,
            password=sign_in.password,
            totp_secret=sign_in.totp_secret,
            now=now(),
        )


def enrol_office(home: Home, sign_ins: tuple[SignIn, ...]) -> None:
    """Make the people of the redress office, unknown to the house, as its own database role does."""
    from cotejo.node.database import Database
    from cotejo.node.redress import people_of

    with people_of(home, Database(home).dsns().redress) as people:
        for each in sign_ins:
            name = each.username.replace(".", " ").title()
            people.add_invented(
                username=each.username, name=name, password=each.password, totp_secret=each.totp_secret, now=now()
            )


def paper_code(home: Home, stream: Stream) -> str:
    """Draw the code that is printed on one copy for the person, as the printing of a copy does."""
    import secrets

    from cotejo.actions.sealed_cards import give_paper_code
    from cotejo.node.node_file import read_node_file
    from cotejo.store.redress import PgRedressDoor

    answers = read_node_file(home).name
    return give_paper_code(_unit(home), PgRedressDoor(), stream, answers=answers, chance=secrets.token_bytes)


def officers(_home: Home) -> dict[str, Who]:
    """Return everybody of this node, by user name, acting in their duty."""
    from cotejo.rules.duties import Duty
    from cotejo.store.people import Officer

    at = now()
    return {each.username: each.acting(Duty(each.duties[0]), at=at) for each in Officer.objects.all()}


def act(home: Home, step: Step) -> Done:
    """Carry out one command as the pages do."""
    from cotejo.actions.laws import LAWS
    from cotejo.actions.perform import perform
    from cotejo.rules.acts import Refused

    at = now()
    law = LAWS[step.stream.kind]
    done = perform(law, _unit(home), step.stream, step.command, who=step.who, purpose=step.purpose, now=at)
    if isinstance(done, Refused):
        return Done(at=at, codes=done.codes, sentences=tuple(each.text.en for each in done.reasons))
    return Done(at=at, entries=done.entries)


def play(home: Home, steps: tuple[Step, ...]) -> Done:
    """Carry out commands in order until one is refused. Return what became of the last one."""
    done = Done(at=now())
    for step in steps:
        done = act(home, step)
        if done.codes:
            return Done(at=done.at, codes=(type(step.command).__name__, *done.codes), sentences=done.sentences)
    return done


def put(home: Home, stream: Stream, contents: tuple[bytes, ...]) -> tuple[str, ...]:
    """Keep documents under the key of a case. Return their names."""
    return tuple(_unit(home).documents.put(each, unit=stream) for each in contents)


def state(home: Home, stream: Stream) -> Any:  # noqa: ANN401 - each kind of case has its own state
    """Return what a case's acts make of it."""
    from cotejo.rules.cases import state_of

    return state_of(stream.kind, _unit(home).entries(stream))


def entries(home: Home, stream: Stream) -> tuple[Entry, ...]:
    """Return a case's acts."""
    found: tuple[Entry, ...] = _unit(home).entries(stream)
    return found


def lookup(home: Home, index: str, term: str) -> tuple[Stream, ...]:
    """Return the cases that have a term."""
    found: tuple[Stream, ...] = _unit(home).lookup(index, term)
    return found


def search(home: Home, review: str) -> Any:  # noqa: ANN401 - a `Searched` of the actions, imported there
    """Search the register for a request's subject, as the pages do."""
    from cotejo.actions.register import search_register
    from cotejo.rules.acts import StreamKind

    package = state(home, Stream(StreamKind.REVIEW, review)).package
    return search_register(_unit(home), package.subject, package.request)


def prepared(home: Home, dossier: str, authoriser: Any) -> Any:  # noqa: ANN401 - an `Officer` in, a `Package` out
    """Return the package that would leave now, as the sending page makes it."""
    from cotejo.rules.acts import StreamKind
    from cotejo.rules.assemble import assemble

    unit = _unit(home)
    kept = state(home, Stream(StreamKind.DOSSIER, dossier))
    person = state(home, Stream(StreamKind.PERSON, kept.person))
    return assemble(kept, person, origin=unit.node, token=unit.token, now=now(), authoriser=authoriser)


def gates(home: Home, package: Any) -> Any:  # noqa: ANN401 - a `Package` in, gates out
    """Evaluate the sender's gates on a package here."""
    from cotejo.actions.laws import package_gates

    unit = _unit(home)
    other = next(each for each in unit.partners() if each.name in {package.origin, package.addressee})
    return package_gates(unit, package, other.terms(now()), now())


def wish(home: Home, name: str, words: str, who: Any) -> Any:  # noqa: ANN401 - an `Officer` in, gates out
    """Type in what came by e-mail, as the page for it does: the gates answer, the refusal is noted, nothing is kept."""
    from cotejo.rules.acts import not_passed
    from cotejo.rules.gates.sender import sender_gates
    from cotejo.rules.gates.unwritten import unwritten_request
    from cotejo.rules.purposes import Purpose

    unit, at = _unit(home), now()
    other = unit.partners()[0]
    terms = other.terms(at)
    package = unwritten_request(name=name, words=words, origin=unit.node, addressee=other.name, agreement=terms.hash)
    answered = sender_gates(package, terms, at, documents_here=lambda _sha256: False)
    unit.note_refusal(who=who, purpose=Purpose.REQUEST, subject="wish", reasons=not_passed(answered), now=at)
    return answered


def streams(home: Home) -> int:
    """Return how many acts this node holds."""
    from cotejo.store.models import Act

    _unit(home)
    return Act.objects.count()


def refused_last(home: Home, subject: str) -> tuple[str, ...]:
    """Return the codes of the newest refusal written down about a subject."""
    from cotejo.store.models import Trace

    _unit(home)
    row = Trace.objects.filter(what="refusal", subject=subject).order_by("-leaf_id").first()
    return tuple(row.codes) if row else ()


def status_held(home: Home, partner: str) -> tuple[int, int]:
    """Return when the newest status list held of a partner was issued and until when it is vouched for."""
    held = _unit(home).status_held(partner)
    return (held.issued, held.expires) if held else (0, 0)


def partner(home: Home, name: str) -> Any:  # noqa: ANN401 - a `PartnerState`
    """Return what this house knows of a partner."""
    from cotejo.actions.laws import partner_state

    return partner_state(_unit(home), name)


def sent(home: Home, request: str) -> tuple[Posted, ...]:
    """Return every message this node put into its line about one request, in order."""
    from cotejo.store.models import Outbox

    _unit(home)
    return tuple(
        Posted(mid=row.mid, kind=row.kind, body=bytes(row.body), at=row.at, state=row.state, outcome=row.outcome)
        for row in Outbox.objects.filter(request=request).order_by("seq")
    )


def receipts(home: Home, mids: tuple[str, ...]) -> tuple[bytes, ...]:
    """Return the sealed receipts this node gave for these messages, in order."""
    from cotejo.store.models import Inbox

    _unit(home)
    return tuple(bytes(each.receipt) for each in Inbox.objects.filter(mid__in=mids).order_by("seq"))


def opened(home: Home, bodies: tuple[bytes, ...]) -> tuple[Any, ...]:
    """Open sealed messages that came here, with this node's keys, and return what they say."""
    from cotejo.actions.post import partner_keys
    from cotejo.exchange.incoming import open_letter
    from cotejo.node.keys import load_keys

    keys = [partner_keys(each, now=now()) for each in _unit(home).partners()]
    own = load_keys(home).own
    return tuple(open_letter(body, own=own, partners=keys).content for body in bodies)


def tell_logs(home: Home) -> None:
    """Have the running node write its log's files and ask its witnesses at once."""
    from cotejo.node.worker import TELL_LOGS
    from cotejo.store.queue import tell

    _unit(home)
    tell(TELL_LOGS)


def checkpoint(home: Home) -> bytes:
    """Return the newest signed checkpoint of the house log; empty when there is none yet."""
    from cotejo.store.log import CHECKPOINT, tiles_folder

    path = tiles_folder(home) / CHECKPOINT
    return path.read_bytes() if path.exists() else b""


def witnessed(home: Home, witness: str) -> tuple[int, bool]:
    """Return the size of the newest checkpoint, and whether this witness confirmed it."""
    from cotejo.proof.notes import NoteKey, read_note

    note = checkpoint(home)
    return (_state_of(home).size, bool(read_note(note).signed_by(NoteKey.from_text(witness)))) if note else (0, False)


def release(home: Home, who: Any, first: str, last: str) -> Any:  # noqa: ANN401 - an `Officer` in, bytes or `Refused` out
    """Release the figures of a period, counted from the rows the newest checkpoint covers."""
    from cotejo.actions.release_figures import Counted, release_figures
    from cotejo.node.keys import load_keys
    from cotejo.proof import exact
    from cotejo.rules.figures import StatisticsRow
    from cotejo.store.keys import token
    from cotejo.store.statistics import counting_leaves

    state = _state_of(home)
    rows = (each.row for each in counting_leaves(state.size) if each.row)
    counted = Counted(
        checkpoint=state,
        rows=[StatisticsRow(**exact.from_bytes(row, at_most=len(row))) for row in rows],  # type: ignore[arg-type]
        first=first,
        last=last,
    )
    rounding = b"".join(token(home.keys, "rounding", half) for half in ("first", "second"))
    key = load_keys(home).log
    return release_figures(_unit(home), counted, who=who, log_key=key, rounding=rounding, now=now())


def bundle(home: Home, size: int) -> list[dict[str, Any]]:
    """Return the auditor's bundle of the first `size` leaves, in the form the portal's recount reads."""
    from cotejo.proof import exact
    from cotejo.store.statistics import counting_leaves

    _unit(home)
    lines = []
    for each in counting_leaves(size):
        line: dict[str, Any] = {"index": each.index, "leaf": each.leaf.decode()}
        if each.row:
            line |= {"row": exact.from_bytes(each.row, at_most=len(each.row)), "salt": each.salt.hex()}
        lines.append(line)
    return lines


def _state_of(home: Home) -> Any:  # noqa: ANN401 - a `Checkpoint`
    from cotejo.node.house_log import HOUSE
    from cotejo.node.keys import load_keys
    from cotejo.proof.checkpoint import open_checkpoint

    return open_checkpoint(checkpoint(home), load_keys(home).document.log_key(HOUSE, now=now()))


def fsck(home: Home) -> tuple[tuple[str, str, str], ...]:
    """Compare everything the node keeps. Return every finding: where, which, in words."""
    from cotejo.store.fsck import examine

    _unit(home)
    return tuple((each.where, each.which, each.words.en) for each in examine(home).findings)


def _unit(_home: Home) -> Any:  # noqa: ANN401 - imported only once Django knows its node
    from cotejo.store.current import unit

    return unit()


ASKED: Final = {
    each.__name__: each
    for each in (
        cli, connect, enrol, enrol_office, paper_code, officers, act, play, put, state, entries, lookup, search,
        prepared, gates, wish, streams, refused_last, status_held, partner, sent, receipts, opened, tell_logs,
        checkpoint, witnessed, release, bundle, fsck,
    )
}  # fmt: skip


def main(folder: Path) -> None:
    """Serve requests until the input ends."""
    home = Home(folder=folder)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            name, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's words
        except EOFError:
            return
        try:
            answer = ("ok", ASKED[name](home, *arguments))
        except Exception as error:  # noqa: BLE001 - the story decides what an error means
            answer = ("error", f"{name}: {type(error).__name__}: {error}")
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
