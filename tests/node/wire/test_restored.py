"""A database restored from an older copy, on real nodes: it is seen, said, and nothing goes on as if nothing was lost.

Only the database goes back; keys, documents, the high-water mark and the withdrawal marks stay, as after a real restore
(design section 8).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotejo.exchange.confirming import confirmed_by
from cotejo.exchange.keyring import keys_of
from cotejo.node.database.leftover import until
from cotejo.node.database.place import known
from cotejo.node.home import Home
from cotejo.proof.key_document import open_key_document
from tests.node.nodes import SECONDS, RealNode, alba_and_boreal, ending, paired

pytestmark = pytest.mark.node

BEHIND = {
    "en_US.UTF-8": "The database is behind what was marked outside it",
    "es_SV.UTF-8": "La base de datos está atrás de lo anotado fuera de ella",
}


@pytest.fixture
def nodes(folder: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """Make, pair and start two nodes; end them whatever happens."""
    alba, boreal = alba_and_boreal(folder, hand="tests.node.wire.desk")
    with ending(alba, boreal):
        paired(folder, alba, boreal)
        for node in (alba, boreal):
            node.serve()
        yield alba, boreal


class Copies:
    """Copies of the nodes' databases, as their operators' backups would be."""

    def __init__(self, *nodes: RealNode) -> None:
        self._nodes = nodes
        for node in nodes:
            node.stop()
            data = _data(node)
            shutil.rmtree(self._copy(node), ignore_errors=True)
            _copy(data, self._copy(node))
            node.serve()

    def put_back(self, node: RealNode) -> None:
        """Stop a node, put its older database back, and start it."""
        node.stop()
        shutil.rmtree(_data(node))
        _copy(self._copy(node), _data(node))
        node.serve()

    @staticmethod
    def _copy(node: RealNode) -> Path:
        return node.home.parent / f"{node.name}.copy"


def _data(node: RealNode) -> Path:
    return known(Home(folder=node.home)).data


def _copy(source: Path, target: Path) -> None:
    """Copy a data folder with its owner and modes."""
    shutil.copytree(source, target, symlinks=True)
    for each in (source, *source.rglob("*")):
        found, copy = each.stat(), target / each.relative_to(source)
        shutil.chown(copy, found.st_uid, found.st_gid)
        copy.chmod(found.st_mode)


def sent(alba: RealNode, case: str) -> str:
    """Let alba send a case, wait for its receipt, return the request."""
    played = alba.ask("play", seed=case, partner="boreal")
    assert "request" in played, played
    receipted(alba)
    return str(played["request"])


def receipted(node: RealNode) -> None:
    """Wait until nothing but a status list waits for a receipt."""

    def done() -> bool:
        rows = node.ask("look")["outbox"]
        return all(row["state"] != "waiting" for row in rows if row["kind"] != "status_list")

    assert until(done, SECONDS), node.ask("look")["outbox"]


def codes(node: RealNode, do: str, **more: Any) -> list[str]:
    """Try something and return the codes against it."""
    answer = node.ask(do, **more)
    assert "codes" in answer, answer
    return list(answer["codes"])


def says_it_is_behind(node: RealNode) -> bool:
    """Say whether `cotejo check` and `cotejo fsck` name the lost acts; each does so in both languages, or none."""
    heard = []
    for command in ("check", "fsck"):
        for language, sentence in BEHIND.items():
            done = node.ask("cli", words=[command, str(node.home)], language=language)
            heard.append(sentence in done["err"])
            assert not heard[-1] or done["status"] == 1
            assert "Traceback" not in done["err"]
    assert len(set(heard)) == 1, heard
    return heard[0]


def recovers(node: RealNode) -> bool:
    """Say whether `cotejo recover` ends the recovery now; while it does not, it says what is missing, by partner."""
    done = node.ask("cli", words=["recover", str(node.home)])
    assert "Traceback" not in done["err"]
    return bool(done["status"] == 0)


def confirmed(ours: RealNode, theirs: RealNode) -> int:
    """Return how many messages of ours the partner has confirmed under its own key, as our files show an auditor."""
    try:
        note = (ours.home / "logs/links" / theirs.name / "told/checkpoint").read_bytes()
    except FileNotFoundError:
        return 0
    document = open_key_document((ours.home.parent / f"{theirs.name}.keys").read_bytes().strip())
    if not confirmed_by(note, keys_of(document, now=document.issued).witness, addressee=theirs.name):
        return 0
    return int(note.splitlines()[1])


def same_line(ours: RealNode, theirs: RealNode) -> bool:
    """Say whether both nodes hold the same leaves of both directions."""
    told, heard = ours.ask("look")["link"], theirs.ask("look")["link"]
    return all(
        [leaf["leaf"] for leaf in told if leaf["outgoing"] is way]
        == [leaf["leaf"] for leaf in heard if leaf["outgoing"] is not way]
        for way in (True, False)
    )


def test_f56_an_older_database_is_noticed_and_nothing_is_decided_sent_or_taken_in_until_the_partner_gave_it_all_back(
    nodes: tuple[RealNode, RealNode],
) -> None:
    alba, boreal = nodes
    decided, withdrawn = sent(alba, "decided"), sent(alba, "withdrawn")
    assert until(lambda: codes(boreal, "refused", request=decided, what="open") == [], SECONDS), "no status list came"
    copies = Copies(alba, boreal)

    assert until(lambda: codes(boreal, "refused", request=decided, what="leave") == [], SECONDS), "no fresh status list"
    alba.ask("origin_says", seed="withdrawn", partner="boreal", what="withdraw")
    sent(alba, "later")
    taken = boreal.ask("line")["alba"][0]
    alba.cli("log", "now", str(alba.home))
    assert until(lambda: confirmed(alba, boreal) >= taken, SECONDS), "the partner confirmed nothing"
    assert not says_it_is_behind(boreal)

    alba.stop()
    copies.put_back(boreal)
    assert confirmed(alba, boreal) > boreal.ask("line")["alba"][0], "what boreal signed shows what it lost"
    assert says_it_is_behind(boreal)
    assert "node.recovering" in codes(boreal, "refused", request=decided, what="act")
    assert {"node.recovering", "case.withdrawn"} <= set(codes(boreal, "refused", request=withdrawn, what="open"))
    unnamed = boreal.ask("cli", words=["recover", str(boreal.home)])
    assert (unnamed["status"], "alba" in unnamed["err"]) == (1, True)
    assert says_it_is_behind(boreal)

    alba.serve()
    assert until(lambda: recovers(boreal), SECONDS), boreal.ask("cli", words=["recover", str(boreal.home)])
    assert not says_it_is_behind(boreal)
    assert "case.withdrawn" in codes(boreal, "refused", request=withdrawn, what="open")
    assert "node.recovering" not in codes(boreal, "refused", request=decided, what="act")
    receipted(alba)

    boreal.stop()
    copies.put_back(alba)
    assert says_it_is_behind(alba)
    before = alba.ask("look")["outbox"]
    assert "dossier.recovering" in codes(alba, "refused_sending", seed="later still", partner="boreal")
    assert alba.ask("redress", request=decided, word="suspend") == {}
    assert until(lambda: alba.ask("look")["redress"] == [{"outcome": "taken"}], SECONDS), "the worker did nothing"
    assert alba.ask("look")["outbox"] == before, "a restored node gave something a number it does not know"

    boreal.serve()
    assert until(lambda: recovers(alba), SECONDS), alba.ask("cli", words=["recover", str(alba.home)])
    assert not says_it_is_behind(alba)
    kinds = {row["kind"]: row["state"] for row in alba.ask("look")["outbox"]}
    assert kinds["withdrawal"] == "restored"
    sent(alba, "afterwards")
    assert until(lambda: same_line(alba, boreal), SECONDS)
    suspended = [row for row in boreal.ask("look")["inbox"] if row["kind"] == "suspension"]
    assert [row["outcome"] for row in suspended] == ["taken"]
    for node in nodes:
        node.cli("fsck", str(node.home))
