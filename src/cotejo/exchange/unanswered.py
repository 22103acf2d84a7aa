"""Why a call to a partner ended without an answer that counts: the codes, and their words for the operator."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cotejo.exchange.refusals import WireReason
from cotejo.proof.refusals import Reason
from cotejo.rules.words import Text

NO_CONNECTION: Final = "no_connection"
OTHER_CERTIFICATE: Final = "other_certificate"
NOT_LET_IN: Final = "not_let_in"
TOO_SLOW: Final = "too_slow"
TOO_MUCH: Final = "too_much"
CUT_OFF: Final = "cut_off"
NOT_THE_EXCHANGE: Final = "not_the_exchange"
TRY_AGAIN: Final = "try_again"

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        NO_CONNECTION: Text(
            "nothing answers at its address; ask its operator whether the node runs, and look at the network",
            "nada responde en su dirección; pregunte a su operación si el nodo corre y revise la red",
        ),
        OTHER_CERTIFICATE: Text(
            "who answers at its address has another certificate than its key document says; nothing was sent. Call its "
            "operator: it is another machine, or keys that were not told",
            "quien responde en su dirección tiene otro certificado que el de su documento de claves; nada se envió. "
            "Llame a su operación: es otra máquina, o claves que no se comunicaron",
        ),
        NOT_LET_IN: Text(
            "its machine does not let this one in; ask its operator whether it is paired and knows our key document",
            "su máquina no deja entrar a esta; pregunte a su operación si está vinculada y conoce nuestro documento",
        ),
        TOO_SLOW: Text(
            "its answer does not come to an end in time; ask its operator what slows the node down",
            "su respuesta no termina a tiempo; pregunte a su operación qué retrasa el nodo",
        ),
        TOO_MUCH: Text(
            "its answer is larger than an answer may be, and was not read; what answers is not a sound node",
            "su respuesta es más grande que lo permitido y no se leyó; lo que responde no es un nodo sano",
        ),
        CUT_OFF: Text(
            "the connection breaks off before the answer; look at the network and at what stands between the nodes",
            "la conexión se corta antes de la respuesta; revise la red y lo que haya entre los nodos",
        ),
        NOT_THE_EXCHANGE: Text(
            "what answers at its address is not the exchange of a node; look at what stands between the nodes",
            "lo que responde en su dirección no es el intercambio de un nodo; revise lo que haya entre los nodos",
        ),
        TRY_AGAIN: Text(
            "its node cannot take anything in now; its journal says why",
            "su nodo no puede recibir nada ahora; su bitácora dice por qué",
        ),
    }
)


def in_words(code: str) -> Text:
    """Return why a message was not taken, by its code: no answer that counts, or what was wrong with it."""
    if code in WORDS:
        return WORDS[code]
    known = WireReason.__members__.get(code.upper())
    if known is None:
        return _of_a_proof(code)
    said = known.value
    return Text(
        f"its answer, or what its node says of our message: “{said.en.rstrip('.')}”",
        f"su respuesta, o lo que su nodo dice de nuestro mensaje: «{said.es.rstrip('.')}»",
    )


def _of_a_proof(code: str) -> Text:
    known = Reason.__members__.get(code.upper())
    return Text(code, code) if known is None else Text(known.en.rstrip("."), known.es.rstrip("."))
