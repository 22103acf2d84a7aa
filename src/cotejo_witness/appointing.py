"""`cotejo-witness appoint`, `revoke`: the body outside both agencies that names each node's auditor, and ends it (F61).

The signed text goes to the node's operator and to the auditor; a copy of each stays in the witness's folder.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cotejo.proof.appointments import Appointment, Revocation, hash_of, open_signed, sign_text
from cotejo.proof.refusals import ProofError
from cotejo_speaking.two_languages import argument, option
from cotejo_witness.memory import Memory
from cotejo_witness.speaking import HomeOption, memory_in, say, stop

OutOption = Annotated[
    Path,
    option(
        "Where to write the signed text; give it to the node's operator.",
        "Dónde se escribe el texto firmado; entréguelo a quien opera el nodo.",
    ),
]


def appoint(
    home: HomeOption,
    node: Annotated[str, option("The node's name in the exchange.", "El nombre del nodo en el intercambio.")],
    account: Annotated[
        str,
        option(
            "The user name under which the auditor signs in there.",
            "El nombre de usuario con que entra allí quien audita.",
        ),
    ],
    person: Annotated[
        str,
        option(
            "The auditor's name, as the account will have it.", "El nombre de quien audita, como lo tendrá la cuenta."
        ),
    ],
    until: Annotated[
        str,
        option(
            "The day it ends (YYYY-MM-DD, UTC), which is no longer part of it.",
            "El día en que termina (AAAA-MM-DD, UTC), que ya no forma parte.",
        ),
    ],
    out: OutOption,
    since: Annotated[str, option("The first day; today when not given.", "El primer día; si no se indica, hoy.")] = "",
) -> None:
    """Appoint the auditor of a node: nobody there can end it before its day, only this witness (`revoke`).

    Nombra a quien audita un nodo: nadie allí puede terminarlo antes de su día, solo este testigo (`revoke`).
    """
    memory = memory_in(home)
    first = since or datetime.now(UTC).date().isoformat()
    named = Appointment(node=node, account=account, person=person, body=memory.name, since=first, until=until)
    try:
        signed = sign_text(named, memory.key)
    except ProofError as error:
        stop(
            "Nothing was signed. Names have 1 to 120 characters and no line breaks; days are written YYYY-MM-DD, and "
            f"the first comes before the last. ({error.detail})",
            "No se firmó nada. Los nombres tienen de 1 a 120 caracteres, sin saltos de línea; los días se escriben "
            f"AAAA-MM-DD, y el primero precede al último. ({error.detail})",
        )
    _give(memory, f"appointment-{hash_of(named)}", signed, out)
    say(
        f"{person} is the auditor of {node} from {first} until {until}. Give {out} to the operator and the auditor.",
        f"{person} audita {node} desde {first} hasta {until}. Entregue {out} a operación y a quien audita.",
    )


def revoke(
    home: HomeOption,
    appointment: Annotated[
        Path,
        argument("The appointment this witness signed.", "El nombramiento que firmó este testigo.", show_default=False),
    ],
    out: OutOption,
) -> None:
    """End an appointment of this witness early: it is over once the node was given what this writes.

    Termina antes de tiempo un nombramiento de este testigo: acaba cuando el nodo recibe lo que aquí se escribe.
    """
    memory = memory_in(home)
    try:
        named, by = open_signed(appointment.read_bytes(), Appointment, (memory.note_key,))
    except OSError as error:
        stop(f"{appointment} cannot be read: {error.strerror}.", f"No se puede leer {appointment}: {error.strerror}.")
    except ProofError as error:
        stop(
            f"{appointment} is no appointment. ({error.detail})",
            f"{appointment} no es un nombramiento. ({error.detail})",
        )
    if by is None:
        stop(
            f"{appointment} was not signed by {memory.name}; only the witness that appointed ends it.",
            f"{appointment} no lleva la firma de {memory.name}; solo lo termina el testigo que nombró.",
        )
    ended = Revocation(node=named.node, account=named.account, body=named.body, appointment=hash_of(named))
    _give(memory, f"revocation-{ended.appointment}", sign_text(ended, memory.key), out)
    say(
        f"{named.person} is no longer the auditor of {named.node} once its operator was given {out}.",
        f"{named.person} deja de auditar {named.node} cuando operación recibe {out}.",
    )


def _give(memory: Memory, name: str, signed: bytes, out: Path) -> None:
    """Keep a copy, then write what is given out."""
    try:
        memory.keep_signed(name, signed)
        out.write_bytes(signed)
    except OSError as error:
        stop(
            f"{error.filename} cannot be written: {error.strerror}.",
            f"No se puede escribir {error.filename}: {error.strerror}.",
        )
