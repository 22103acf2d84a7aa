"""A model learnt without labels: better than before, whatever the order of the files, and within the rules."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest

from cotejo.identity.columns import encode
from cotejo.identity.fitting import FEWEST_REQUESTS, Adjudicated, learn, learn_copies
from cotejo.identity.invented import invented_register
from cotejo.identity.invented_population import Population
from cotejo.identity.levels import LEVELS, Level, Verdict, verdict_of
from cotejo.identity.model import read_model, standard_model
from cotejo.identity.scorecard import MARGIN, Group, Trial, worse
from cotejo.identity.tokens import Tokens

BASE = standard_model()


@pytest.fixture(scope="module")
def people():
    population = Population(persons=2_000, count=700, seed=4)
    rows = list(population.register())
    return rows, population.dossiers, population.truth


def learnt(dossiers, rows, **options):
    tokens = Tokens()
    register = encode(rows, tokens)
    return learn(encode(dossiers, tokens), register, tokens, BASE, **options)


def test_what_is_learnt_is_a_model_file_within_the_rules(people):
    rows, dossiers, _ = people
    model = learnt(dossiers, rows, version="tried")
    again = read_model(json.dumps(model.written()))
    assert again.version == "tried"
    assert np.allclose(again.table, model.table, rtol=0, atol=1e-4)
    for (_, level), logs in model.weights.items():
        assert verdict_of(level) is not Verdict.DIFFER or logs[0] <= min(logs) + 1e-9
    assert model.likelihoods("birth_date", Level.SAME)[0] > model.likelihoods("birth_date", Level.SAME)[1]


def test_the_order_of_the_files_changes_nothing_that_is_learnt(people):
    rows, dossiers, _ = people
    chance = random.Random(2)
    shuffled = learnt(chance.sample(dossiers, len(dossiers)), chance.sample(rows, len(rows)))
    assert np.allclose(shuffled.table, learnt(dossiers, rows).table, rtol=0, atol=1e-6)


def test_from_too_little_nothing_is_learnt(people):
    rows, dossiers, _ = people
    assert learnt(dossiers[: FEWEST_REQUESTS - 1], rows) is BASE


def test_pairs_people_decided_count(people):
    rows, dossiers, truth = people
    number = {row.id: place for place, row in enumerate(rows)}
    decided = [(place, number[truth[each.id].row]) for place, each in enumerate(dossiers) if truth[each.id].row]
    i, j = (np.array(each) for each in zip(*decided, strict=True))
    counted = Adjudicated(i=i, j=j, same=np.ones(len(i), np.bool_))
    tokens = Tokens()
    register = encode(rows, tokens)
    alone = learn(register, register, tokens, BASE, alone=True)
    assert np.allclose(
        alone.table[0, :, 0], BASE.table[0, :, 0], atol=1e-3
    )  # a register alone teaches strangers and kin
    told = learnt(dossiers, rows, adjudicated=counted)
    assert not np.allclose(told.table[0, :, 0], learnt(dossiers, rows).table[0, :, 0], atol=1e-6)


def test_a_model_that_serves_a_group_worse_is_named():
    trial = Trial(3, people=1_500, dossiers=1_200)
    groups = trial.groups(BASE)
    assert {"all", "sex: f", "missing: dui"} <= {group.name for group in groups}
    assert worse(groups, groups) == ()
    blunt = BASE.written()
    blunt["prior"]["same"] = 1e-12
    assert "all" in worse(trial.groups(read_model(json.dumps(blunt))), groups)


def test_a_small_group_judges_nothing():
    def group(dossiers, found):
        return Group(name="g", dossiers=dossiers, present=dossiers, found=found, with_namesake=0, taken_for_namesake=0)

    assert worse([group(100, 10)], [group(100, 90)]) == ()
    assert worse([group(1000, 900)], [group(1000, 900 + int(1000 * MARGIN) + 5)]) == ("g",)


def test_every_level_has_a_weight_or_weighs_nothing_by_rule():
    weightless = {Level.UNKNOWN, Level.BADLY_WRITTEN, Level.IMPOSSIBLE}
    weighing = {level for _, level in BASE.weights}
    assert weighing | weightless == set(LEVELS)


def test_copies_in_a_file_do_not_make_strangers_look_alike():
    tokens = Tokens()
    rows = [replace(row, id=f"{row.id}-{copy}") for row in invented_register(150, 8) for copy in range(4)]
    model = learn_copies(encode(rows, tokens), tokens, BASE)
    assert np.exp(model.likelihoods("birth_date", Level.SAME)[1]) < 1e-3  # two of a hundred and fifty were drawn alike
    assert np.exp(model.likelihoods("dui", Level.SAME)[1]) < 1e-4
