"""A model under the node's root key: the file's own bytes, and nothing that breaks a rule of the engine."""

import json
from hashlib import sha256
from importlib import resources

import pytest

from cotejo.identity import ModelError, standard_model
from cotejo.papers.signed_model import open_model, sign_model
from cotejo.proof import jws
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.refusals import ProofError

ROOT = SigningKey.from_seed(b"r" * 32, Purpose.ROOT)
TEXT = resources.files("cotejo.identity").joinpath("model.json").read_bytes()


def test_what_was_signed_is_named_by_the_digest_of_the_file() -> None:
    model = open_model(sign_model(TEXT, ROOT) + b"\n", ROOT.verifying)
    assert model == standard_model()
    assert model.digest == sha256(TEXT).hexdigest()


def test_only_the_root_key_signs_and_only_models_count() -> None:
    with pytest.raises(ProofError):
        sign_model(TEXT, SigningKey.from_seed(b"m" * 32, Purpose.MESSAGE))
    with pytest.raises(ProofError):
        open_model(sign_model(TEXT, SigningKey.from_seed(b"x" * 32, Purpose.ROOT)), ROOT.verifying)
    with pytest.raises(ProofError):
        open_model(jws.sign(TEXT, ROOT, typ=jws.Typ.AGREEMENT), ROOT.verifying)


def test_what_is_no_model_is_not_signed() -> None:
    loose = json.loads(TEXT)
    loose["gate"]["fields_beyond_name"] = 1
    for content in (b"", b"{}", b"\xff", json.dumps(loose).encode()):
        with pytest.raises(ModelError):
            sign_model(content, ROOT)
