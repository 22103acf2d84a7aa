"""Measure the identity engine on an invented register: who is found, who is mistaken for whom, how fast.

    python benchmarks/identity.py [--people 50000] [--requests 3000] [--seed 7]

Prints JSON. The population is invented (`cotejo.identity.invented`), and so are the model's weights: the figures rank
versions of this engine and promise no error rate. One process, one core; time of finding and explaining one request is
processor time, so that a busy machine does not falsify it.
"""  # noqa: INP001 - a script, no package

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from cotejo.identity import Band, PersonRecord, RegisterInMemory, explain, find_candidates
from cotejo.identity.invented import invented_register
from cotejo.identity.invented_requests import InventedRequest, invented_requests
from cotejo.identity.keys import name_of
from cotejo.identity.names import fold
from cotejo.identity.phonetics import without_tilde

ABSENT = 0.3
PROPOSED = frozenset({Band.POSSIBLE, Band.MANY_AGREE})


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--requests", type=int, default=3_000)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    json.dump(measure(chosen.people, chosen.requests, chosen.seed), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(size: int, count: int, seed: int) -> dict[str, object]:
    """Return all figures for one register."""
    started = time.perf_counter()
    absent = round(count * ABSENT)
    everybody = list(invented_register(size + absent, seed))
    held_out = set(random.Random(seed).sample(range(len(everybody)), absent))  # noqa: S311 - invented people
    present = [row for place, row in enumerate(everybody) if place not in held_out]
    generated = time.perf_counter()
    register = RegisterInMemory(present, as_of=0)
    indexed = time.perf_counter()
    requests = [
        *invented_requests(present, count - absent, seed),
        *invented_requests([everybody[place] for place in sorted(held_out)], absent, seed + 1),
    ]
    return {
        "people": len(present),
        "requests": count,
        "absent_requests": absent,
        "seed": seed,
        "generate_s": round(generated - started, 2),
        "index_s": round(indexed - generated, 2),
        **_asked(register, present, requests),
    }


def _asked(
    register: RegisterInMemory, people: Sequence[PersonRecord], requests: Iterable[InventedRequest]
) -> dict[str, object]:
    here = {person.id for person in people}
    named = defaultdict(set)
    for person in people:
        named[_true_name(person)].add(person.id)
    ranks: list[int] = []
    took: list[float] = []
    truth_bands: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    for request in requests:
        begun = time.process_time()
        found = find_candidates(request.subject, register)
        explained = explain(request.subject, found.candidates, found.namesakes)
        took.append((time.process_time() - begun) * 1000)
        truth = request.truth
        bands = {each.candidate.id: each.band for each in explained}
        if truth.id in here:
            order = [each.candidate.id for each in explained]
            ranks.append(order.index(truth.id) + 1 if truth.id in order else 0)
            truth_bands[bands.get(truth.id, "not_shown")] += 1
        proposed = {row: band for row, band in bands.items() if band in PROPOSED and row != truth.id}
        strong = {row for row, band in proposed.items() if band is Band.MANY_AGREE}
        namesakes = named[_true_name(truth)] - {truth.id}
        tally["requests_with_namesake"] += bool(namesakes)
        tally["namesake_possible_or_more"] += bool(namesakes & proposed.keys())
        tally["namesake_many_agree"] += bool(namesakes & strong)
        kin = {each.candidate.id for each in explained if _kin(each.candidate, truth)}
        tally["requests_with_kin_shown"] += bool(kin)
        tally["kin_possible_or_more"] += bool(kin & proposed.keys())
        tally["kin_many_agree"] += bool(kin & strong)
        tally["anyone_else_many_agree"] += bool(strong)
    return {
        "recall_at_1": round(sum(rank == 1 for rank in ranks) / len(ranks), 4),
        "recall_at_10": round(sum(rank > 0 for rank in ranks) / len(ranks), 4),
        "bands_of_the_true_row": {band: truth_bands[band] for band in (*reversed(Band), "not_shown")},
        **tally,
        "namesake_rate": round(tally["namesake_possible_or_more"] / max(1, tally["requests_with_namesake"]), 4),
        "p50_cpu_ms": round(statistics.median(took), 1),
        "p95_cpu_ms": round(statistics.quantiles(took, n=20)[-1], 1),
    }


def _true_name(person: PersonRecord) -> str:
    reading = name_of(person).readings[0]
    return without_tilde(fold(" ".join((*reading.given, reading.first_surname, reading.second_surname))))


def _kin(person: PersonRecord, other: PersonRecord) -> bool:
    """Say whether two rows are siblings, or one the parent of the other, as far as the rows tell."""
    if person.id == other.id:
        return False
    siblings = bool(person.mother and person.mother == other.mother and person.father == other.father)
    return siblings or any(
        _true_name(parent) in {_true_name(PersonRecord(full_name=name)) for name in (child.father, child.mother)}
        for parent, child in ((person, other), (other, person))
    )


if __name__ == "__main__":
    main()
