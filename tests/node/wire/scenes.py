"""Two real nodes for one scenario: made, paired, running; a cable leads to the second. And a hand that shows states.

The hand knows everything `tests.node.wire.desk` knows, and more; `python -m tests.node.wire.scenes HOME`.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cotejo.node.clock import now
from cotejo.node.database.leftover import until
from cotejo.node.home import Home
from tests.machine import free_port
from tests.node import hand
from tests.node.cable import Cable
from tests.node.nodes import SECONDS, RealNode, ending, paired
from tests.node.wire import desk
from tests.node.wire import hand as lines
from tests.node.wire.hand import case_of

ABOUT_THE_LINE = desk.ABOUT_THE_LINE


class Scene:
    """Alba and boreal."""

    def __init__(self, folder: Path) -> None:
        exchange = free_port()
        self.folder = folder
        self.cable = Cable(to=exchange)
        self.alba = RealNode(folder, "alba", profile="sv", hand=__name__, journal=folder / "alba.journal")
        self.boreal = RealNode(
            folder,
            "boreal",
            profile="us",
            exchange=exchange,
            url_port=self.cable.port,
            hand=__name__,
            journal=folder / "boreal.journal",
        )
        self.nodes = (self.alba, self.boreal)

    def send(self, case: str) -> str:
        """Let alba's officers send a sound case; return the request."""
        done = self.alba.ask("play", seed=case, partner="boreal")
        assert "request" in done, (done, *map(self.says, self.nodes))
        return str(done["request"])

    def dossier(self, case: str) -> dict[str, Any]:
        """Return what alba knows of a case it sent."""
        return self.alba.ask("dossier", seed=case, partner="boreal")

    def until_dossier(self, case: str, **wanted: object) -> dict[str, Any]:
        """Wait until alba knows this of a case; return all it knows."""
        found: dict[str, Any] = {}

        def look() -> bool:
            found.update(self.dossier(case))
            return all(found[name] == value for name, value in wanted.items())

        assert until(look, SECONDS), (wanted, found)
        return found

    def says(self, node: RealNode, language: str = "en_US.UTF-8") -> str:
        """Return what `cotejo check` says."""
        return str(node.ask("cli", words=["check", str(node.home)], language=language)["err"])

    def taken(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a kind boreal has taken in."""
        return [row for row in self.boreal.ask("look")["inbox"] if row["kind"] == kind]


@contextmanager
def scene(folder: Path, **terms: str) -> Iterator[Scene]:
    """Make, pair and start two nodes; end them whatever happens."""
    made = Scene(folder)
    with ending(*made.nodes), ExitStack() as at_the_end:
        at_the_end.callback(made.cable.let_answers_go)
        paired(folder, *made.nodes, **terms)
        for node in made.nodes:
            node.serve()
        yield made


# The hand


def dossier(home: Home, *, seed: str, partner: str) -> dict[str, Any]:
    """Say how a case that was sent stands at its origin, as its officers see it."""
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Stream, StreamKind
    from cotejo.rules.cases import state_of
    from cotejo.rules.dossier import Dossier, card

    unit = assemble(home).unit
    stream = Stream(StreamKind.DOSSIER, case_of(seed, partner).dossier)
    state: Dossier = state_of(stream.kind, unit.entries(stream))
    return {
        "state": state.state.value,
        "outcomes": [each.outcome for each in state.sent],
        "answers": [answered.value for _, answered in state.answers],
        "swept": state.swept_at > 0,
        "missed": state.sweep_missed_at > 0,
        "waits": [[each.duty.value, each.step] for each in card(state).waiting],
    }


def history(home: Home, *, request: str) -> dict[str, Any]:
    """Say what happened to a request of alba's at its holder: act codes, and what the newest correction named."""
    from cotejo.node.assembly import assemble
    from cotejo.rules.cases import state_of
    from cotejo.rules.review_acts import Corrected

    unit = assemble(home).unit
    (stream,) = unit.lookup("review.request", f"alba/{request}")
    acts = [each.act for each in unit.entries(stream)]
    corrected = [each for each in acts if isinstance(each, Corrected)]
    changes = corrected[-1].changes if corrected else ()
    state = state_of(stream.kind, unit.entries(stream))
    return {
        "stream": str(stream),
        "acts": [each.code for each in acts],
        "changes": [[each.field, each.old, each.new] for each in changes],
        "state": state.state.value,
        "opened": state.opened_at > 0,
    }


def same_facts_again(home: Home, *, seed: str, partner: str) -> dict[str, Any]:
    """Prepare a new request on the same person for the same facts, as from an old list; give the codes against it."""
    from dataclasses import replace

    from cotejo.actions.laws import DOSSIER
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules import dossier_commands as ask
    from cotejo.rules.acts import Refused, Stream, StreamKind
    from cotejo.rules.purposes import Purpose
    from cotejo.simulation.invented import AUTHORISER, invented_id

    case, unit = case_of(seed, partner), assemble(home).unit
    stream = Stream(StreamKind.DOSSIER, invented_id(f"{seed}/again"))
    for who, command in (*case.preparation, case.certificate, (AUTHORISER, ask.AuthoriseSending())):
        asked = command
        if isinstance(command, ask.OpenDossier):
            asked = replace(command, dossier=stream.id, request=invented_id(f"{seed}/again/request"))
        done = perform(DOSSIER, unit, stream, asked, who=who, purpose=Purpose.REQUEST, now=now())
        if isinstance(done, Refused):
            return {"step": type(command).__name__, "codes": list(done.codes)}
    return {"step": "", "codes": []}


def read_case(home: Home, *, request: str) -> dict[str, Any]:
    """Let two officers open the page of a request, as its view notes it; give the actors that did."""
    from cotejo.node.assembly import assemble
    from cotejo.rules.purposes import Purpose
    from cotejo.simulation import invented_review as people

    unit = assemble(home).unit
    (stream,) = unit.lookup("review.request", f"alba/{request}")
    readers = (people.INTAKE, people.LEGAL)
    for who in readers:
        unit.note_read(who=who, purpose=Purpose.DECISION, subject=str(stream), case=str(stream), now=now())
    return {"readers": [each.id for each in readers], "case": str(stream)}


def who_saw(_home: Home, *, case: str) -> dict[str, Any]:
    """Give the lines of the audit view about one case: what, by whom, in which duty, for what purpose."""
    from cotejo.doors.web.oversight.events import Wanted, events

    return {
        "lines": [
            [row["kind"], row["code"], row["person"], row["acting"], row["reason"]] for row in events(Wanted(case=case))
        ]
    }


def alter(home: Home, *, line: str) -> dict[str, Any]:
    """Change a row as somebody with a database shell and every right would."""
    import psycopg

    from cotejo.node.database import Database

    with psycopg.connect(Database(home).admin_dsn()) as shell:
        shell.execute("SET session_replication_role = replica")
        return {"rows": shell.execute(line.encode()).rowcount}


def work_ahead(home: Home, *, seconds: int) -> dict[str, Any]:
    """Write one read as a machine does whose clock is ahead by so much."""
    from cotejo.node.assembly import assemble
    from cotejo.rules.purposes import Purpose
    from cotejo.simulation.invented_review import INTAKE

    at = now() + 1000 * seconds
    assemble(home).unit.note_read(who=INTAKE, purpose=Purpose.DECISION, subject="list:review", case="", now=at)
    return {}


MORE = {each.__name__: each for each in (dossier, history, same_facts_again, read_case, who_saw, alter, work_ahead)}

if __name__ == "__main__":
    hand.COMMANDS.update(lines.MORE)
    hand.COMMANDS.update(desk.MORE)
    hand.COMMANDS.update(MORE)
    hand.main(Path(sys.argv[1]))
