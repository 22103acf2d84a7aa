"""Two real nodes without a link: all crosses in files, and a court checks one case with public keys (I5, I7, I8)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.database.leftover import until
from tests.machine import free_port
from tests.node.nodes import SECONDS, RealNode, ending, paired

pytestmark = pytest.mark.node

ROUNDS = 12
TERMS = {"sweep_every": "4s", "skew": "1s"}
OFFICER = ("--unit", "legal", "--chain", "north")


class Apart:
    """Two paired nodes that run and cannot reach each other; files go from hand to hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.alba, self.boreal = (
            RealNode(folder, name, profile=profile, url_port=free_port(), hand="tests.node.wire.desk")
            for name, profile in (("alba", "sv"), ("boreal", "us"))
        )
        self.files = 0

    def write(self, node: RealNode, to: RealNode, *more: str) -> Path:
        """Write what waits for the other node into a file."""
        self.files += 1
        file = self.folder / f"{self.files}.package"
        node.cli("package", "write", str(node.home), "--partner", to.name, "--out", str(file), *more)
        return file

    def carry(self, source: RealNode, to: RealNode) -> str:
        """Write a file and take it in on the other side."""
        return to.cli("package", "take", str(to.home), str(self.write(source, to)))

    def refused(self, node: RealNode, file: Path) -> str:
        """Take in a file that has to be refused; return the one sentence."""
        done = node.ask("cli", words=["package", "take", str(node.home), str(file)])
        assert done["status"] == 1, done
        said: str = done["err"]
        assert len(said.strip().splitlines()) == 1, said
        return said

    def rows(self, node: RealNode, kind: str) -> list[dict[str, Any]]:
        """Return a node's outgoing messages of a kind."""
        return [row for row in node.ask("look")["outbox"] if row["kind"] == kind]

    def rehearse(self) -> None:
        """Carry files until both links have been rehearsed."""
        for node in (self.alba, self.boreal):
            assert until(lambda node=node: bool(self.rows(node, "rehearsal")), SECONDS), f"{node.name} begins none"
        for _ in range(ROUNDS):
            steps = [row for node in (self.alba, self.boreal) for row in self.rows(node, "rehearsal")]
            if len(steps) >= 6 and all(row["state"] == "receipted" for row in steps):
                return
            self.carry(self.alba, self.boreal)
            self.carry(self.boreal, self.alba)
        raise AssertionError(steps)


@pytest.fixture
def apart(folder: Path) -> Iterator[Apart]:
    """Make, pair and start two nodes; end them whatever happens."""
    made = Apart(folder)
    with ending(made.alba, made.boreal):
        paired(folder, made.alba, made.boreal, grave="10m", **TERMS)
        for node in (made.alba, made.boreal):
            node.cli("officer", "add", str(node.home), "--username", "lia.n", "--name", "Lia N", *OFFICER, "--duty",
                     "legal", "--duty", "certifier")  # fmt: skip
            node.serve()
        yield made


def test_i7_two_nodes_without_a_link_complete_a_request_its_withdrawal_and_its_sweep_by_carried_files(apart: Apart):
    alba, boreal = apart.alba, apart.boreal
    apart.rehearse()
    request = alba.ask("play", seed="carried", partner="boreal")["request"]
    first = apart.write(alba, boreal)
    whole = first.read_bytes()
    for name, content in (
        ("cut", whole[: len(whole) // 2]),
        ("altered", whole[:-3000] + bytes([whole[-3000] ^ 1]) + whole[-2999:]),
    ):
        bad = apart.folder / name
        bad.write_bytes(content)
        assert "not a whole package file" in apart.refused(boreal, bad)
    assert "No paired partner" in apart.refused(alba, first)
    assert boreal.ask("look")["reviews"] == []

    said = boreal.cli("package", "take", str(boreal.home), str(first))
    assert "messages taken in" in said
    assert "0 messages taken in" in boreal.cli("package", "take", str(boreal.home), str(first))
    assert [row["state"] for row in apart.rows(alba, "request")] == ["waiting"]
    apart.carry(boreal, alba)
    assert [(row["state"], row["outcome"]) for row in apart.rows(alba, "request")] == [("receipted", "taken")]

    assert alba.ask("origin_says", seed="carried", partner="boreal", what="withdraw") == {}
    apart.carry(alba, boreal)
    assert until(lambda: bool(apart.rows(boreal, "sweep")), SECONDS), "no sweep is due"
    apart.carry(boreal, alba)
    swept = [row for row in alba.ask("look")["inbox"] if row["kind"] == "sweep"]
    assert [row["outcome"] for row in swept] == ["taken"]
    for node in (alba, boreal):
        node.cli("fsck", str(node.home))

    for node, other, duty in ((alba, boreal, "certifier"), (boreal, alba, "legal")):
        court = apart.folder / f"{node.name}.court"
        words = ["--request", request, "--partner", other.name, "--by", "lia.n", "--out", str(court)]
        denied = node.ask("cli", words=["package", "export", str(node.home), *words, "--duty", "protection"])
        assert denied["status"] == 1
        assert not court.exists()
        node.cli("package", "export", str(node.home), *words, "--duty", duty)
        keys = [word for each in (alba, boreal) for word in ("--keys", str(apart.folder / f"{each.name}.keys"))]
        report = node.cli("package", "verify", str(court), *keys)
        assert f"request {request} of alba to boreal" in report
        assert "alba signed a withdrawal" in report
        assert report.count("the key document is the one you gave") == 2
        assert "enclosed, byte for byte" in report
    spanish = boreal.ask("cli", words=["package", "verify", str(apart.folder / "alba.court")], language="es_SV.UTF-8")
    assert "Lo que no muestra" in spanish["out"]
