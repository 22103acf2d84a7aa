"""The file of pairs: whole or not there, in order, in words, its owner's alone."""

import csv
import stat

import numpy as np
import pyarrow as pa
import pytest

from cotejo.identity.bulk.linking import Scored
from cotejo.identity.bulk.reasons import Reasons
from cotejo.identity.bulk.writing import HEADER, pairs_file
from cotejo.identity.levels import CODES, Level
from cotejo.identity.model import HYPOTHESES
from cotejo.identity.weighing import BANDS, Band


def scored(*levels: Level, weights=(0.0, -50.0, -50.0, -50.0), swayed=0) -> Scored:
    codes = np.zeros((1, 12), np.uint8)
    codes[0, : len(levels)] = [CODES[level] for level in levels]
    return Scored(
        left=np.array([0]),
        right=np.array([1]),
        levels=codes,
        weights=np.array([weights]),
        scores=np.array([12.5]),
        bands=np.array([BANDS.index(Band.POSSIBLE)], np.uint8),
        swayed=np.array([swayed], np.int8),
    )


IDS = pa.array(["left", 'it\'s, "quoted"'])


def test_pairs_are_written_with_ids_score_band_and_reason(tmp_path):
    out = tmp_path / "pairs.csv"
    with pairs_file(out, IDS, IDS, language="es") as file:
        file.add(scored(Level.SAME, Level.DIFFERS, Level.SPELLING))
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert tuple(rows[0]) == HEADER
    assert rows[1][:4] == ["left", 'it\'s, "quoted"', "12.5", "possible"]
    assert rows[1][4].startswith("difiere: primer apellido; parecido: segundo apellido (escrito distinto")
    assert rows[1][4].endswith("coincide: nombres")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_failure_leaves_the_file_that_was_there_and_nothing_beside_it(tmp_path):
    out = tmp_path / "pairs.csv"
    out.write_text("before")

    def broken_off():
        with pairs_file(out, IDS, IDS, language="en") as file:
            file.add(scored(Level.SAME))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("rival", "said"), [("unrelated", "a namesake"), ("sibling", "a brother or sister"), ("parent_child", "a parent")]
)
def test_the_rival_reading_is_named_when_it_explains_the_pair_as_well(rival, said):
    weights = [-10.0, -50.0, -50.0, -50.0]
    weights[HYPOTHESES.index(rival)] = -11.0
    assert said in Reasons("en").of(scored(Level.SAME, weights=weights))[0]
    weights[HYPOTHESES.index(rival)] = -20.0
    assert said not in Reasons("en").of(scored(Level.SAME, weights=weights))[0]


@pytest.mark.parametrize(("swayed", "said"), [(1, "hablan a favor"), (-1, "hablan en contra"), (0, "")])
def test_what_other_rows_made_of_a_pair_is_said(swayed, said):
    (reason,) = Reasons("es").of(scored(Level.SAME, swayed=swayed))
    assert said in reason
    assert ("otras filas" in reason) is bool(swayed)


def test_every_level_has_words_in_both_languages():
    for level in Level:
        assert all(Reasons(language).of(scored(level))[0] for language in ("es", "en"))
