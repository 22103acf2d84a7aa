"""Splink 5 as a peer: default comparisons, expert levels without labels, expert levels with labels of another seed.

1. It gets our cleaning: names read into given names and surnames, folded; dates, numbers and places as text. Reading
   and cleaning are not in its time; they are in ours.
2. Expert: levels for given names, surnames that know of crossed and missing ones, dates, numbers, parents; term
   frequencies on names; u from random pairs, m by expectation maximisation in four sessions, or from labels.
3. Blocked on our keys by sound, as `cotejo link` is: every variant and we judge the same pairs.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from cotejo.identity.bench.figures import Linked
from cotejo.identity.bulk.blocks import Keyed
from cotejo.identity.bulk.splink_blocking import quiet
from cotejo.identity.invented_population import Population
from cotejo.identity.names import fold, known, parse_name
from cotejo.identity.record import PersonRecord

VARIANTS: Final = ("default", "expert", "expert_labels")
_SESSIONS: Final = (block_on("dob", "g1"), block_on("s1", "s2", "g1"), block_on("dob", "s1"), block_on("mother", "g1"))
_RANDOM_PAIRS: Final = 2e6
_MATCHES_TOLD: Final = 0.7
_COLUMNS: Final = ("g1", "g2", "s1", "s2", "dob", "year", "sex", "place", "dui", "passport", "father", "mother")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Measured:
    """What a variant said of the pairs, and how long it took: training and predicting, in seconds."""

    linked: Linked
    training_s: float
    predicting_s: float
    cpu_s: float


def with_keys(left: pa.Table, right: pa.Table, keyed: Iterable[Keyed]) -> tuple[pa.Table, pa.Table]:
    """Return the two tables with the keys by which their rows are candidates of each other."""
    chunks = list(keyed)
    return _keyed(left, [each.asked for each in chunks]), _keyed(right, [each.stored for each in chunks])


def _keyed(table: pa.Table, keys: list[pa.Table]) -> pa.Table:
    lists: list[list[int]] = [[] for _ in range(len(table))]
    for each in keys:
        for row, own in zip(each["unique_id"].to_pylist(), each["keys"].to_pylist(), strict=True):
            lists[row] = sorted({*lists[row], *own})
    return table.append_column("keys", pa.array(lists, pa.list_(pa.int32())))


def cleaned(records: Iterable[PersonRecord], people: Mapping[str, str] | None = None) -> pa.Table:
    """Return records as Splink's guide wants them; `people` says by record id who it is, for labels."""
    listed = list(records)
    rows = [_cleaned(record) for record in listed]
    columns = {name: pa.array([row[place] or None for row in rows], pa.string()) for place, name in enumerate(_COLUMNS)}
    person = pa.array([(people or {}).get(record.id) for record in listed], pa.string())
    return pa.table({"unique_id": pa.array(range(len(listed)), pa.int64()), **columns, "person": person})


def measure(variant: str, left: pa.Table, right: pa.Table, labelled: tuple[pa.Table, pa.Table] | None) -> Measured:
    """Train and predict; `labelled` is two tables of another seed, with `person`, for the variant with labels."""
    quiet()
    began, cpu = time.perf_counter(), time.process_time()
    with duckdb.connect() as connection:
        trained = None
        if variant == "expert_labels" and labelled:
            trained = _trained_on_labels(*labelled)
        linker = _linker(connection, left, right, trained or _settings(variant))
        if trained is None:
            _train(linker, min(len(left), len(right)) * _MATCHES_TOLD / (len(left) * len(right)))
        trained_at = time.perf_counter()
        predicted: Any = linker.inference.predict()
        found = connection.execute(
            f"select unique_id_l as i, unique_id_r as j, match_weight as w from {predicted.physical_name}"  # noqa: S608
        ).to_arrow_table()
    finished = time.perf_counter()
    return Measured(
        linked=Linked(
            dossiers=np.asarray(found["i"], np.int64),
            rows=np.asarray(found["j"], np.int64),
            scores=np.asarray(found["w"], np.float64),
        ),
        training_s=round(trained_at - began, 1),
        predicting_s=round(finished - trained_at, 1),
        cpu_s=round(time.process_time() - cpu, 1),
    )


def labelled(persons: int, dossiers: int, *, seed: int) -> tuple[pa.Table, pa.Table]:
    """Return dossiers and register of another population, with `person` told on both."""
    population = Population(persons=persons, count=dossiers, seed=seed)
    rows = list(population.register())
    told = {dossier: truth.row for dossier, truth in population.truth.items() if truth.row}
    return cleaned(population.dossiers, told), cleaned(rows, {row.id: row.id for row in rows})


def _linker(connection: Any, left: pa.Table, right: pa.Table, settings: Any) -> Any:  # noqa: ANN401 - Splink's own
    api = DuckDBAPI(connection=connection)
    tables = [api.register(left, table_name="asked"), api.register(right, table_name="stored")]
    linker = Linker(tables, settings)
    quiet()
    return linker


def _train(linker: Any, prior: float) -> None:  # noqa: ANN401 - Splink's own
    linker._settings_obj._probability_two_random_records_match = prior  # noqa: SLF001 - no public way to say it
    linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=1)
    for rule in _SESSIONS:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, fix_u_probabilities=True)


def _trained_on_labels(left: pa.Table, right: pa.Table) -> dict[str, Any]:
    with duckdb.connect() as connection:
        nobody = pa.array([[]] * max(len(left), len(right)), pa.list_(pa.int32()))
        left = left.append_column("keys", nobody[: len(left)])
        right = right.append_column("keys", nobody[: len(right)])
        linker = _linker(connection, left, right, _settings("expert"))
        linker._settings_obj._probability_two_random_records_match = _MATCHES_TOLD / len(right)  # noqa: SLF001
        linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=1)
        linker.training.estimate_m_from_label_column("person")
        model: dict[str, Any] = linker.misc.save_model_to_json()
    return model


def _settings(variant: str) -> SettingsCreator:
    comparisons = _default() if variant == "default" else _expert()
    return SettingsCreator(
        link_type="link_only",
        comparisons=list(comparisons),
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
    )


def _default() -> list[Any]:
    return [
        cl.NameComparison("g1"),
        cl.NameComparison("g2"),
        cl.NameComparison("s1"),
        cl.NameComparison("s2"),
        cl.LevenshteinAtThresholds("dob", [1, 2]),
        cl.ExactMatch("sex"),
        cl.ExactMatch("place"),
        cl.LevenshteinAtThresholds("dui", [1]),
        cl.LevenshteinAtThresholds("passport", [1]),
        cl.NameComparison("father"),
        cl.NameComparison("mother"),
    ]


def _expert() -> list[Any]:
    return [
        _custom(
            "given",
            "g1_l is null or g1_r is null",
            ["g1_l = g1_r and g2_l = g2_r", "g1_l = g1_r and (g2_l is null or g2_r is null)"],
            ["g1_l = g1_r and jaro_winkler_similarity(g2_l, g2_r) >= 0.88", "g1_l = g1_r"],
            ["jaro_winkler_similarity(g1_l, g1_r) >= 0.9", "g1_l = g2_r or g2_l = g1_r"],
            frequent="g1",
        ),
        _custom(
            "first_surname",
            "s1_l is null or s1_r is null",
            ["s1_l = s1_r", "jaro_winkler_similarity(s1_l, s1_r) >= 0.9", "s1_l = s2_r or s2_l = s1_r"],
            frequent="s1",
        ),
        _custom(
            "second_surname",
            "s2_l is null or s2_r is null",
            ["s2_l = s2_r", "jaro_winkler_similarity(s2_l, s2_r) >= 0.9", "s2_l = s1_r or s1_l = s2_r"],
            frequent="s2",
        ),
        _custom(
            "birth",
            "dob_l is null or dob_r is null",
            ["dob_l = dob_r and length(dob_l) = 10", "dob_l = dob_r"],
            ["dob_l[:4] = dob_r[:4] and dob_l[6:7] = dob_r[9:10] and dob_l[9:10] = dob_r[6:7]"],
            ["length(dob_l) = 10 and length(dob_r) = 10 and damerau_levenshtein(dob_l, dob_r) <= 1"],
            ["dob_l[:7] = dob_r[:7]", "year_l = year_r", "abs(year_l::int - year_r::int) <= 1"],
        ),
        cl.ExactMatch("sex"),
        cl.ExactMatch("place"),
        cl.LevenshteinAtThresholds("dui", [1]),
        cl.LevenshteinAtThresholds("passport", [1]),
        cl.JaroWinklerAtThresholds("father", [0.92, 0.85]),
        cl.JaroWinklerAtThresholds("mother", [0.92, 0.85]),
    ]  # fmt: skip


def _custom(name: str, nothing: str, *conditions: Sequence[str], frequent: str = "") -> Any:  # noqa: ANN401 - Splink's
    """Return a comparison by SQL conditions, the first that holds; term frequencies on the first of them."""
    levels: list[Any] = [cll.CustomLevel(nothing, "unknown").configure(is_null_level=True)]
    for place, condition in enumerate(each for group in conditions for each in group):
        level: Any = cll.CustomLevel(condition, condition[:40])
        if frequent and not place:
            level = level.configure(tf_adjustment_column=frequent)
        levels.append(level)
    return cl.CustomComparison(comparison_levels=[*levels, cll.ElseLevel()], output_column_name=name)


def _cleaned(record: PersonRecord) -> tuple[str, ...]:
    reading = parse_name(record.full_name, given=record.given, surname=record.surname, alias=record.alias).readings[0]
    given = [fold(part) for part in reading.given]
    return (
        *[*given, "", ""][:2],
        fold(reading.first_surname),
        fold(reading.second_surname),
        record.dob,
        record.dob[:4],
        record.sex,
        fold(record.pob.split(",")[0]),
        record.dui.replace("-", ""),
        record.passport,
        fold(record.father) if known(record.father) else "",
        fold(record.mother) if known(record.mother) else "",
    )
