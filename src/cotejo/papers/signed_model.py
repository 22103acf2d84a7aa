"""A model of comparison as a node keeps it: the bytes of its file, under the node's own root key.

1. A model says how much each agreement and each difference weighs. A node uses the one that came with the program, or
   one its own root key has signed; any other is refused, and nothing is compared with the standard one instead.
2. The signature is over the file's bytes, so the digest that acts name is the digest of the file people can look at.
"""

from typing import Final

from cotejo.identity.model import Model, ModelError, read_model
from cotejo.proof import jws
from cotejo.proof.keys import SigningKey, VerifyingKey

FILE: Final = "model.signed"
"""The name under which a node's home holds its model."""


def sign_model(text: bytes, root: SigningKey) -> bytes:
    """Return a model file signed, as a compact JWS. Raises `ModelError` when it is no model, and `ProofError`."""
    _read(text)
    return jws.sign(text, root, typ=jws.Typ.MODEL)


def open_model(signed: bytes, root: VerifyingKey) -> Model:
    """Return a model this root key has signed. Raises `ProofError` when it has not, and `ModelError`."""
    return _read(jws.verify(signed.strip(), {root.key_id: root}, typ=jws.Typ.MODEL).payload)


def _read(text: bytes) -> Model:
    try:
        return read_model(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ModelError("the model file is not UTF-8") from error
