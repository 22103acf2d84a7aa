"""I6 from the outside: what two real receivers' lines hold toward one origin, one busy with the person, one idle.

Both hear the same history. At the first the person is protected, cases are frozen, complained of and decided; at the
second nobody looks. Everything the origin could see is then compared, and held against what the rule says it is: a
function of what the origin sent and of the agreement.

Left out of the comparison, because they differ by nature: `mid` and `salt` (chance), `iat` (the moment of signing),
`seq` and `prev` (both directions share their numbers with status lists, which are pushed at random moments), `iss` and
`agreement` (each receiver has its own), request ids (random, named here by case). Times are compared as their distance
from the agreement's own dates; of status lists, whose moments are chance, what they say and how often. What both sides
hold of the line (statements, checkpoints, confirmations) names the messages by hash, and rehearsals their moment:
compared are their kinds and sizes.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cotejo.node.database.leftover import until
from cotejo.rules.answers import answer_period, first_answer, sweep_time
from tests.node.nodes import SECONDS, RealNode, ending, paired, sound
from tests.node.wire.desk import agreement_of

pytestmark = pytest.mark.node

CASES = ("quiet", "protected", "complained", "decided", "withdrawn")
LIVE = CASES[:-1]
BY_NATURE = {"mid", "salt", "iat", "seq", "prev", "iss", "agreement"}
ABOUT_THE_LINE = {"status_list", "reconciliation", "link_checkpoint", "cosignature", "rehearsal"}
WITHIN_BY_NATURE = {"of", "sha256", "period", "jws"}
TERMS = {"grave": "9s", "skew": "1s", "answer_every": "6s", "sweep_every": "4s"}
CADENCE = 3_000
SOONEST = 0.7
BUSY = 5
"""How many times its cadence a list may take on a machine that does much else, taken over all lists."""


class Origin:
    """The node that asks, and the two that are asked; `cases` says by request id who was told of which case."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.alba, self.busy, self.idle = self.nodes = tuple(
            RealNode(folder, name, profile=profile, hand="tests.node.wire.desk")
            for name, profile in (("alba", "sv"), ("boreal", "us"), ("cresta", "us"))
        )
        self.receivers = (self.busy, self.idle)
        self.cases: dict[str, dict[str, str]] = {node.name: {} for node in self.receivers}

    def start(self) -> None:
        """Make, pair and start the nodes; both receivers have the same register, with the person of every case."""
        paired(self._folder, *self.nodes, **TERMS)
        register = str(self._folder / "register.csv")
        sound(self.alba.ask("write_register", out=register))
        for node in self.receivers:
            person = ["--username", "olga.p", "--name", "Olga P", "--unit", "systems", "--chain", "north"]
            node.cli("officer", "add", str(node.home), *person, "--duty", "operator")
        for node in self.nodes:
            node.serve()
        for node in self.receivers:
            words = [str(node.home), register, "--by", "olga.p", "--reason", "trial", "--as-of", "2026-01-31"]
            node.cli("register", "import", *words)

    def play(self) -> None:
        """Tell both the same; let everything that pauses a case happen at the busy one; wait for answers after it."""
        for case in CASES:
            for node in self.receivers:
                sent = sound(self.alba.ask("play", seed=f"{case} {node.name}", partner=node.name))
                self.cases[node.name][sent["request"]] = case
        self._wait_until_receipted()
        self._happen("withdrawn", "court order")
        self._say("withdrawn", "withdraw")
        self._happen("protected", "protected")
        self._say("protected", "suspend", "reinstate", "correct")
        assert self.busy.ask("redress", request=self._request("complained"), word="suspend") == {}
        self._happen("complained", "court order")
        assert until(lambda: self.busy.ask("look")["redress"] == [{"outcome": "taken"}], SECONDS)
        self._say("complained", "correct")
        self._happen("decided", "decided")
        self._say("decided", "dispute", "correct")
        self._wait_until_receipted()
        answers = (count for node in self.receivers for count in self._answers(node).values())
        self.answered = 1 + max(answers, default=0)
        assert until(self._answered_and_swept, SECONDS), [self._answers(node) for node in self.receivers]

    def _say(self, case: str, *words: str) -> None:
        for node in self.receivers:
            for what in words:
                sound(self.alba.ask("origin_says", seed=f"{case} {node.name}", partner=node.name, what=what))

    def _happen(self, case: str, what: str) -> None:
        sound(self.busy.ask("review", request=self._request(case), what=what))

    def _request(self, case: str) -> str:
        return next(request for request, name in self.cases[self.busy.name].items() if name == case)

    def _wait_until_receipted(self) -> None:
        def done() -> bool:
            rows = self.alba.ask("look")["outbox"]
            return all(row["state"] == "receipted" for row in rows if row["kind"] not in ABOUT_THE_LINE)

        assert until(done, SECONDS), self.alba.ask("look")["outbox"]

    def _answers(self, node: RealNode) -> Counter[str]:
        rows = node.ask("look")["outbox"]
        return Counter(self.cases[node.name][row["request"]] for row in rows if row["kind"] == "answer")

    def _answered_and_swept(self) -> bool:
        swept = all(any(row["kind"] == "sweep" for row in node.ask("look")["outbox"]) for node in self.receivers)
        return swept and all(self._answers(node)[case] >= self.answered for node in self.receivers for case in LIVE)


class Seen:
    """What the line of one receiver holds toward the origin, with everything that differs by nature named or gone."""

    def __init__(self, origin: Origin, node: RealNode) -> None:
        alba = origin.alba
        self._cases: Mapping[str, str] = origin.cases[node.name]
        self._told = {row["mid"]: row for row in alba.ask("look")["outbox"] if row["partner"] == node.name}
        held = sound(node.ask("toward", partner="alba"))
        self.outbox, self.inbox, self._link = held["outbox"], held["inbox"], held["link"]
        for rows, sealed in ((self.outbox, "body"), (self.inbox, "receipt")):
            opened = sound(alba.ask("opened", bodies=[row[sealed] for row in rows]))
            for row, claims in zip(rows, opened, strict=True):
                row |= {"claims": claims, "said": json.loads(claims["body"]), "size": len(row[sealed]) // 2}
        self.terms = agreement_of(held["agreement"])
        self.knocks = sound(alba.ask("knock", partner=node.name))

    def answers(self) -> list[list[Any]]:
        """Return the answers in the order of the line: case, how many agreed dates after the first, signed words.

        Then the distance of the scheduled moment from the agreed date, and the sealed size.
        """
        taken = self._taken_at("request")
        return [
            [case, period - first_answer(self.terms, taken[case]).number, self._signed(row), distance, row["size"]]
            for row in self._of("answer")
            for case, period in ((self._cases[row["request"]], row["said"]["period"]),)
            for distance in (row["at"] - answer_period(self.terms, period).at,)
        ]

    def sweeps(self) -> list[list[Any]]:
        """Return the sweeps: case, signed words, distance of the scheduled moment from the agreed one, sealed size."""
        withdrawn = self._taken_at("withdrawal")
        return [
            [case, self._signed(row), row["at"] - sweep_time(self.terms, withdrawn[case]), row["size"]]
            for row in self._of("sweep")
            for case in (self._cases[row["request"]],)
        ]

    def cases_by_date(self) -> list[list[str]]:
        """Return the cases answered on each agreed date, in the order of the line."""
        dates: dict[int, list[str]] = {}
        for row in self._of("answer"):
            dates.setdefault(row["at"], []).append(self._cases[row["request"]])
        return list(dates.values())

    def status_lists(self) -> list[list[Any]]:
        """Return the status lists: signed words, how long each is valid, sealed size."""
        told = []
        for row in self._of("status_list"):
            words = json.loads(base64.urlsafe_b64decode(row["said"]["jws"].split(".")[1] + "=="))
            told.append([self._signed(row), words["bits"], words["exp"] - words["iat"], row["size"]])
        return told

    def pauses(self) -> list[int]:
        """Return the times between one status list and the next, in milliseconds."""
        moments = [row["queued_at"] for row in self._of("status_list")]
        return [after - before for before, after in pairwise(moments)]

    def receipts(self) -> list[list[Any]]:
        """Return the receipts in the order of the line: about what, signed words, sealed size; but about the line."""
        return [
            [row["kind"], self._case(row), self._signed(row), row["outcome"], row["size"]]
            for row in self.inbox
            if row["kind"] not in ABOUT_THE_LINE
        ]

    def leaves(self) -> list[list[str]]:
        """Return the kinds in the link log, in its order, outgoing and incoming; but about the line."""
        return [
            [each["kind"] for each in self._link if each["outgoing"] is outgoing and each["kind"] not in ABOUT_THE_LINE]
            for outgoing in (True, False)
        ]

    def about_the_line(self) -> tuple[set[tuple[str, int]], set[tuple[str, str]]]:
        """Return what is said of the line itself: kinds and sealed sizes told, kinds and outcomes of what came in."""
        return (
            {(row["kind"], row["size"]) for row in self.outbox if row["kind"] in ABOUT_THE_LINE},
            {(row["kind"], row["outcome"]) for row in self.inbox if row["kind"] in ABOUT_THE_LINE},
        )

    def leaves_without_a_message(self) -> int:
        """Return how many leaves the link log has more than messages went either way."""
        return len(self._link) - len(self.outbox) - len(self.inbox)

    def _of(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.outbox if row["kind"] == kind]

    def _case(self, row: dict[str, Any]) -> str:
        return self._cases.get(self._told[row["mid"]]["request"], "")

    def _taken_at(self, kind: str) -> dict[str, int]:
        return {self._case(row): row["at"] for row in self.inbox if row["kind"] == kind}

    def _signed(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return what was signed, but for what differs by nature (see above)."""
        said = {name: value for name, value in row["said"].items() if name not in WITHIN_BY_NATURE}
        if "request" in said:
            said["request"] = self._cases[said["request"]]
        claims = {name: value for name, value in row["claims"].items() if name not in BY_NATURE}
        return claims | {"rid": self._cases.get(claims["rid"], claims["rid"]), "body": said}


@pytest.fixture
def origin(folder: Path) -> Iterator[Origin]:
    """Make three nodes; end them whatever happens."""
    made = Origin(folder)
    with ending(*made.nodes):
        yield made


def test_i6_two_receivers_show_the_origin_the_same_whatever_happens_to_the_person_at_one(origin: Origin) -> None:
    origin.start()
    origin.play()
    busy, idle = (Seen(origin, node) for node in origin.receivers)

    answers = [
        sorted((each for each in seen.answers() if each[1] < origin.answered), key=lambda each: each[:2])
        for seen in (busy, idle)
    ]
    assert answers[0] == answers[1]
    assert [each[:2] for each in answers[0]] == [[case, n] for case in sorted(LIVE) for n in range(origin.answered)]
    assert {each[3] for each in answers[0]} == {0}

    assert busy.sweeps() == idle.sweeps()
    assert [(case, distance) for case, _, distance, _ in busy.sweeps()] == [("withdrawn", 0)]

    assert busy.receipts() == idle.receipts()
    assert {outcome for *_, outcome, _ in busy.receipts()} == {"taken"}

    assert busy.about_the_line() == idle.about_the_line()
    assert {kind for kind, _ in busy.about_the_line()[0]} == ABOUT_THE_LINE
    assert busy.about_the_line()[1] == {(kind, "taken") for kind in ABOUT_THE_LINE}

    assert busy.knocks == idle.knocks
    assert busy.leaves()[1] == idle.leaves()[1]
    kinds = [set(seen.leaves()[0]) for seen in (busy, idle)]
    assert kinds == [{"answer", "sweep"}] * 2
    assert [seen.leaves_without_a_message() for seen in (busy, idle)] == [0, 0]

    for seen in (busy, idle):
        for cases in seen.cases_by_date():
            assert cases == [case for case in LIVE if case in cases], "answers left in another order than requests came"
        assert min(seen.pauses()) >= SOONEST * CADENCE
        assert sum(seen.pauses()) <= BUSY * CADENCE * len(seen.pauses())
    lists = [seen.status_lists() for seen in (busy, idle)]
    assert all(each == lists[0][0] for each in (*lists[0], *lists[1]))
