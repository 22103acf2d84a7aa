"""The model file: named by version and digest, pinned when it comes with the program, the same when it is read back."""

from importlib import resources

import pytest

from cotejo.identity import ModelError, read_model, standard_model
from cotejo.identity.model import STANDARD_DIGEST, pinned_model, rewritten

STANDARD = resources.files("cotejo.identity").joinpath("model.json").read_text("utf-8")


def test_the_standard_model_is_the_file_the_program_was_made_with():
    assert standard_model().digest == STANDARD_DIGEST
    with pytest.raises(ModelError, match="not the model file that came with the program"):
        pinned_model(STANDARD.replace('"same": 1e-5', '"same": 2e-5'), STANDARD_DIGEST)


def test_a_learnt_model_weighs_as_its_file_will():
    fields = standard_model().written()["fields"]
    fields["sex"]["same"][0] = 0.9876543219
    learnt = rewritten(standard_model(), fields, version="x")
    again = read_model(learnt.text())
    assert again == learnt
    assert again.digest == learnt.digest
