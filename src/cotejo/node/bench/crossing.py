"""From sending to the receipt over mutual TLS between two served nodes, and from withdrawing to a decision refused.

1. `one_after_the_other`: a certified request is sent, its receipt awaited, then the next: from the moment it stands in
   the sender's line until its receipt is noted there, parts of documents included.
2. `connections`: the receiving node under one and under eight lines at once. Each is another agency that sends what it
   has sealed before, over a connection of its own, as fast as receipts come back.
3. `withdrawal`: from the officer's press at the origin until a decision at the partner is refused for it. The partner's
   side looks every two milliseconds.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from cotejo.doors.cli.bench_figures import Figures, times
from cotejo.exchange.outgoing import Letter
from cotejo.exchange.slips import sign_slip
from cotejo.node.bench import two_nodes as hand
from cotejo.node.bench.throwaway import RECEIVER, Agency
from cotejo.node.bench.two_nodes import Served, two_nodes
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import load_keys
from cotejo.node.wire.client import Receipted, Wire
from cotejo.simulation.node import NotSound

EIGHT: Final = 8
NOTHING_THERE: Final = b"x"


def measure_crossing(folder: Path, requests: int, withdrawals: int) -> Figures:
    """Return the figures of so many requests one after the other, as many over each connection, and withdrawals."""
    agencies = [Agency(folder, f"agency{number}", now=now()) for number in range(1 + EIGHT)]
    with two_nodes(folder, [(each.home, each.agreed) for each in agencies]) as (alba, boreal):
        boreal.ask(hand.hold_back, [each.name for each in agencies])
        for each in agencies:
            each.writes_to(boreal.home)
        cases = alba.ask(hand.prepare, range(max(requests, withdrawals)), RECEIVER)
        crossed = _one_after_the_other(alba, cases[:requests])
        for dossier, _ in cases[requests:]:
            alba.ask(hand.send, dossier)
        alba.ask(hand.seconds_to_receipt, [request for _, request in cases])
        return {
            "one_after_the_other": crossed,
            "connections": {
                "1": _side_by_side(agencies[:1], boreal.home, requests),
                str(EIGHT): _side_by_side(agencies[1:], boreal.home, requests),
            },
            "an_empty_call": _empty_calls(agencies[0], boreal.home, requests),
            "withdrawal": _withdrawals(alba, boreal, cases[:withdrawals]),
        }


def _one_after_the_other(alba: Served, cases: Sequence[tuple[str, str]]) -> Figures:
    seconds = []
    for dossier, request in cases:
        alba.ask(hand.send, dossier)
        seconds += alba.ask(hand.seconds_to_receipt, [request])
    return times(seconds)


def _side_by_side(agencies: Sequence[Agency], receiver: Home, count: int) -> Figures:
    moment = now()
    numbers = range(max(1, count // len(agencies)))
    requests = [(each, each.requests(numbers, now=moment)) for each in agencies]
    corrections = [(each, each.corrections(numbers, now=moment)) for each in agencies]
    return {
        "requests_with_documents": _rate(requests, receiver),
        "messages_alone": _rate(corrections, receiver),
    }


def _rate(lines: Sequence[tuple[Agency, tuple[Letter, ...]]], receiver: Home) -> Figures:
    began = time.perf_counter()
    with ThreadPoolExecutor(len(lines)) as pool:
        taken = list(pool.map(lambda line: _send_all(line[0], line[1], receiver), lines))
    seconds = time.perf_counter() - began
    each = [one for line in taken for one in line]
    return {"connections": len(lines), "per_second": round(len(each) / seconds, 1), **times(each)}


def _send_all(agency: Agency, letters: tuple[Letter, ...], receiver: Home) -> list[float]:
    seconds = []
    with Wire(home=agency.home, partner=load_keys(receiver).document) as wire:
        for letter in letters:
            began = time.perf_counter()
            for part in letter.parts:
                wire.put_part(part.name, part.sealed, slip=sign_slip(part.name, own=agency.keys.own, to=RECEIVER))
            answer = wire.post(letter.body)
            if not isinstance(answer, Receipted):
                raise NotSound(f"a message of {agency.name} was not taken: {answer}")
            seconds.append(time.perf_counter() - began)
    return seconds


def _empty_calls(agency: Agency, receiver: Home, count: int) -> Figures:
    """Return what a call takes that is refused before anything is looked at: line, HTTP, and the way to our code."""
    seconds = []
    with Wire(home=agency.home, partner=load_keys(receiver).document) as wire:
        for _ in range(count):
            began = time.perf_counter()
            wire.put_part("nobody", NOTHING_THERE, slip=b"")
            seconds.append(time.perf_counter() - began)
    return times(seconds)


def _withdrawals(alba: Served, boreal: Served, cases: Sequence[tuple[str, str]]) -> Figures:
    seconds = []
    for dossier, request in cases:
        review, acts = boreal.ask(hand.not_withdrawn, request)
        waits = boreal.begin(hand.refused_at, review, acts)
        pressed = alba.ask(hand.withdraw, dossier)
        seconds.append(waits.result() - pressed)
    return times(seconds)
