"""An invented office's half-year: a real log, real signatures and a witness, and the release made of it."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cotejo.proof import exact, jws
from cotejo.proof.checkpoint import Checkpoint, cosign, sign_checkpoint, with_cosignatures
from cotejo.proof.commitments import house_leaf
from cotejo.proof.jws import Typ
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.notes import NoteKey
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo.rules.disclosure import TOTAL, Table, as_figure, publish
from cotejo_portal.release import Release, open_release, write_release
from cotejo_portal.trust import Trust, read_trust

LOG_KEY = SigningKey.from_seed(bytes([1]) * 32, Purpose.LOG)
WITNESS_KEY = SigningKey.from_seed(bytes([2]) * 32, Purpose.WITNESS)
LOG = NoteKey(name="alba.example/house", key=LOG_KEY.verifying)
WITNESS = NoteKey(name="ombudsman.example", key=WITNESS_KEY.verifying)
NOW = 1_785_000_000_000
MONTHS = tuple(f"2026-0{number}" for number in range(1, 7))
ROUTES = ("extradition", "removal", "information")
GATES = ("custody", "evidence", "identity", "route")
LABELS = {
    "extradition": {"es": "Extradición", "en": "Extradition"},
    "removal": {"es": "Expulsión", "en": "Removal"},
    "information": {"es": "Solo información", "en": "Information only"},
    "custody": {"es": "Ya bajo custodia cuando ocurrió", "en": "Already in custody when it happened"},
    "evidence": {"es": "Sin documento que lo sostenga", "en": "No document that supports it"},
    "identity": {"es": "Identidad sin aclarar", "en": "Identity not settled"},
    "route": {"es": "La vía no corresponde", "en": "The route does not apply"},
}
HALF_YEAR = {"referred": 145, "started": 120, "started_in_30_days": 95, "completed": 75, "withdrawn": None}
PREVENTION = {
    "format": "cotejo-prevention-counts/1",
    "world": "invented",
    "programmes": 3,
    "places": 165,
    "periods": [{"half_year": "2026-H1", "counts": HALF_YEAR}],
}


@dataclass(kw_only=True)
class Office:
    """The office's acts, in order; each becomes a leaf, most with a statistics row."""

    rows: list[dict[str, Any] | None] = field(default_factory=list)

    def counted(self, act: str, *dimensions: str) -> Counter[tuple[str, str]]:
        found = [row for row in self.rows if row is not None and row["act"] == act]
        return Counter((row[dimensions[0]], row[dimensions[1]] if len(dimensions) > 1 else TOTAL) for row in found)

    def leaves(self) -> list[tuple[bytes, str]]:
        """Return each leaf with the salt of its row, empty when it has none."""
        made = []
        for at, row in enumerate(self.rows):
            salt, row_salt = (sha256(f"{kind} {at}".encode()).digest() for kind in ("act", "row"))
            content = None if row is None else exact.to_bytes(row)
            leaf = house_leaf(salt=salt, act=f"act {at}".encode(), row_salt=row_salt if row else None, row=content)
            made.append((leaf, "" if row is None else row_salt.hex()))
        return made

    def bundle(self) -> list[dict[str, Any]]:
        return [
            {"index": at, "leaf": leaf.decode(), **({"salt": salt, "row": row} if row is not None else {})}
            for at, ((leaf, salt), row) in enumerate(zip(self.leaves(), self.rows, strict=True))
        ]

    def checkpoint(self) -> tuple[Checkpoint, str]:
        frontier = Frontier().append(*(leaf_hash(leaf) for leaf, _ in self.leaves()))
        state = Checkpoint(origin=LOG.name, size=frontier.size, root=frontier.root())
        note = sign_checkpoint(state, LOG_KEY)
        return state, with_cosignatures(
            note, cosign(note, log=LOG, name=WITNESS.name, key=WITNESS_KEY, now=NOW)
        ).decode()

    def payload(self) -> dict[str, Any]:
        state, _ = self.checkpoint()
        return {
            "format": "cotejo-release/1",
            "issuer": "alba.example",
            "world": "invented",
            "period": {"from": MONTHS[0], "to": MONTHS[-1]},
            "rules": "2026.11",
            "log": {"origin": state.origin, "size": state.size, "root": state.root.hex()},
            "figures": [
                self._figure("requests-sent", "request.sent", ("month", "route"), MONTHS, ROUTES),
                self._figure("refused-at-gates", "dossier.refused", ("gate",), GATES, ()),
                self._figure("withdrawals-issued", "withdrawal.sent", ("month",), MONTHS, ()),
                self._figure("withdrawals-swept", "withdrawal.swept", ("month",), MONTHS, ()),
            ],
        }

    def _figure(
        self, code: str, act: str, dimensions: tuple[str, ...], rows: Sequence[str], columns: Sequence[str]
    ) -> dict[str, Any]:
        table = Table(
            population=act,
            period=(MONTHS[0], MONTHS[-1]),
            guarded=False,
            dimensions=dimensions,
            rows=tuple(rows),
            columns=tuple(columns),
            counts=self.counted(act, *dimensions),
        )
        labels = {value: LABELS[value] for value in (*rows, *columns) if value in LABELS}
        return {"code": code, "labels": labels, **as_figure(publish(table, bytes(range(32))))}

    def release(self, change: Callable[[dict[str, Any]], object] | None = None) -> bytes:
        """Return the release file, after a change to the payload that the office itself signs."""
        payload = self.payload()
        if change is not None:
            change(payload)
        signed = jws.sign(exact.to_bytes(payload), LOG_KEY, typ=Typ.FIGURES, at_most=1024 * 1024).decode()
        return write_release(signed=signed, checkpoint=self.checkpoint()[1])


def invented_office() -> Office:
    office = Office()

    def add(act: str, month: str, n: int, *, route: str = "", gate: str = "", hours: int | None = None) -> None:
        row = {"act": act, "month": month, "route": route, "offence": "", "gate": gate, "hours": hours}
        office.rows.extend(dict(row) for _ in range(n))
        office.rows.append(None)

    for at, month in enumerate(MONTHS):
        for route, n in zip(ROUTES, (31 + at, 22 + 2 * at, 4 + at), strict=True):
            add("request.sent", month, n, route=route)
        add("dossier.refused", month, 9, gate="evidence")
        add("dossier.refused", month, 4, gate="identity")
        add("dossier.refused", month, 2, gate="route")
        add("dossier.refused", month, 1, gate="custody")
        add("withdrawal.sent", month, 11 + at)
        add("withdrawal.swept", month, 10 + at, hours=3)
    return office


@pytest.fixture(scope="session")
def office() -> Office:
    return invented_office()


@pytest.fixture(scope="session")
def release_file(office: Office) -> bytes:
    return office.release()


@pytest.fixture
def folder(tmp_path: Path, office: Office, release_file: bytes) -> Path:
    """Return a folder with everything a reader gets."""
    (tmp_path / "release.json").write_bytes(release_file)
    (tmp_path / "prevention.json").write_text(json.dumps(PREVENTION), "utf-8")
    (tmp_path / "trust.txt").write_text(f"# invented\nlog {LOG.text()}\nwitness {WITNESS.text()}\nquorum 1\n", "utf-8")
    write_bundle(tmp_path / "leaves.jsonl", office.bundle())
    return tmp_path


@pytest.fixture
def trust(folder: Path) -> Trust:
    return read_trust(folder / "trust.txt")


@pytest.fixture
def release(release_file: bytes, trust: Trust) -> Release:
    return open_release(release_file, trust)


def write_bundle(path: Path, lines: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def leaf_with_row(act: bytes, row: dict[str, Any], salt: bytes) -> str:
    return house_leaf(salt=bytes(32), act=act, row_salt=salt, row=exact.to_bytes(row)).decode()
