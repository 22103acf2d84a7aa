"""The model a node compares with: the one its own root key signed, else the standard one; never one it cannot trust."""

from cotejo.identity.model import Model, ModelError, standard_model
from cotejo.node.home import Home, NodeError
from cotejo.papers.signed_model import FILE, open_model
from cotejo.proof.keys import VerifyingKey
from cotejo.proof.refusals import ProofError


def model_of(home: Home, root: VerifyingKey) -> Model:
    """Return the node's model. Raises `NodeError` when its file is not one this root key has signed."""
    path = home.folder / FILE
    try:
        return open_model(path.read_bytes(), root) if path.exists() else standard_model()
    except (ProofError, ModelError, OSError) as problem:
        raise NodeError(
            en=f"{path} is no model this node has signed, so nothing is compared with it. Sign the model again "
            "(`cotejo model sign`), bring the file back from the backup, or take it away to use the standard model.",
            es=f"{path} no es un modelo firmado por este nodo; nada se compara con él. Firme de nuevo el modelo "
            "(`cotejo model sign`), recupere el archivo del respaldo, o retírelo para usar el modelo estándar.",
            detail=str(problem),
        ) from problem
