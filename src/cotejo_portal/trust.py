"""Whom a reader trusts: the log's key, the witnesses' keys, and how many witnesses must agree.

The file has one word and its value a line, keys as C2SP tools write them (`name+hash+base64`); lines that start with
`#` are comments:

    log alba.example/house+1a2b3c4d+AQ…
    witness ombudsman.example+5e6f7a8b+BA…
    quorum 1

The log's key signs both the checkpoint and the release. Get this file from somebody you trust, never from the release.
"""

from dataclasses import dataclass
from pathlib import Path

from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.notes import NoteKey
from cotejo.proof.refusals import ProofError
from cotejo_portal.problems import Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The log to believe, and the witnesses who must have confirmed it."""

    log: NoteKey
    witnesses: WitnessPolicy


def read_trust(path: Path) -> Trust:
    """Read the file. Raises `Unfit`."""
    try:
        lines = [line.split(maxsplit=1) for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Unfit(
            f"The keys to trust cannot be read from {path}: give them with --trust.",
            f"No se pueden leer las claves de confianza en {path}: indíquelas con --trust.",
        ) from error
    values = [(line[0], line[1].strip()) for line in lines if len(line) > 1 and not line[0].startswith("#")]
    try:
        (log,) = (NoteKey.from_text(value) for word, value in values if word == "log")
        witnesses = tuple(NoteKey.from_text(value) for word, value in values if word == "witness")
        (quorum,) = (int(value) for word, value in values if word == "quorum")
        return Trust(log=log, witnesses=WitnessPolicy(witnesses=witnesses, quorum=quorum))
    except (ValueError, ProofError) as error:
        raise Unfit(
            f"{path} must have one line “log”, at least one line “witness” and one line “quorum” ({error}).",
            f"{path} debe tener una línea «log», al menos una línea «witness» y una línea «quorum» ({error}).",
        ) from error
