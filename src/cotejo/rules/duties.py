"""Who acts, in which duty, and which duties one person may never join in one case.

1. A person acts in one duty at a time, named in the act (F43: no service account decides).
2. Within one case nobody holds two duties unless `COMPATIBLE` says so (I1; failures.md 2.1).
3. Protection never joins another duty of the receiver; identity never joins decision; recorder never joins checker.
4. A checker belongs to another unit or chain of command than the recorder (design section 2).
5. An auditor is appointed from outside and holds no other duty (`cotejo.rules.appointment`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cotejo.rules.words import Text


class Duty(StrEnum):
    """A duty of a person in a case. Codes are stored; words come from `DUTY_WORDS`."""

    RECORDER = "recorder"
    CHECKER = "checker"
    CERTIFIER = "certifier"
    AUTHORISER = "authoriser"
    INTAKE = "intake"
    PROTECTION = "protection"
    NATIONALITY = "nationality"
    IDENTITY = "identity"
    LEGAL = "legal"
    RISK = "risk"
    DECISION = "decision"
    DUTY_OFFICER = "duty_officer"
    CUSTODY = "custody"
    REDRESS = "redress"
    AUDITOR = "auditor"
    STATISTICS = "statistics"
    OVERSIGHT = "oversight"
    OPERATOR = "operator"
    PARTNERS = "partners"


DUTY_WORDS: Final[Mapping[Duty, Text]] = {
    Duty.RECORDER: Text("recorder", "persona registradora"),
    Duty.CHECKER: Text("checking officer", "verificación documental"),
    Duty.CERTIFIER: Text("legal certifier", "certificación jurídica"),
    Duty.AUTHORISER: Text("authorising officer", "autorización de envío"),
    Duty.INTAKE: Text("intake officer", "recepción"),
    Duty.PROTECTION: Text("protection officer", "protección"),
    Duty.NATIONALITY: Text("nationality officer", "nacionalidad"),
    Duty.IDENTITY: Text("identity officer", "identidad"),
    Duty.LEGAL: Text("legal reviewer", "revisión jurídica"),
    Duty.RISK: Text("risk assessor", "evaluación de riesgo"),
    Duty.DECISION: Text("deciding officer", "decisión"),
    Duty.DUTY_OFFICER: Text("duty officer", "turno de guardia"),
    Duty.CUSTODY: Text("custody officer", "custodia"),
    Duty.REDRESS: Text("redress officer", "reparación"),
    Duty.AUDITOR: Text("auditor", "auditoría"),
    Duty.STATISTICS: Text("statistics officer", "estadística"),
    Duty.OVERSIGHT: Text("oversight body", "órgano de supervisión"),
    Duty.OPERATOR: Text("operator", "operación del sistema"),
    Duty.PARTNERS: Text("partner relations", "relaciones con contrapartes"),
}

SENDER_DUTIES: Final = frozenset({Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER, Duty.AUTHORISER})
RECEIVER_DUTIES: Final = frozenset(
    {
        Duty.INTAKE,
        Duty.PROTECTION,
        Duty.NATIONALITY,
        Duty.IDENTITY,
        Duty.LEGAL,
        Duty.RISK,
        Duty.DECISION,
        Duty.CUSTODY,
    }
)

# Pairs one person may join in one case in the smallest office (design section 3: four to send, six to receive).
# The second identity answer needs a second person in any event.
COMPATIBLE: Final[frozenset[frozenset[Duty]]] = frozenset(
    {
        frozenset({Duty.INTAKE, Duty.NATIONALITY}),
        frozenset({Duty.INTAKE, Duty.CUSTODY}),
        frozenset({Duty.NATIONALITY, Duty.CUSTODY}),
    }
)


def may_join(first: Duty, second: Duty) -> bool:
    """Say whether one person may hold both duties in one case (I1)."""
    return first == second or frozenset({first, second}) in COMPATIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A signed-in person acting in one duty. `unit` and `chain` name office and chain of command."""

    id: str
    duty: Duty
    unit: str
    chain: str

    def independent_of(self, other: "Officer") -> bool:
        """Another person from another unit or another chain of command (design section 2)."""
        return self.id != other.id and (self.unit != other.unit or self.chain != other.chain)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerNode:
    """A partner's node speaking through a verified message; it can inform or stop, never decide here."""

    name: str


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The node's own timers: they may pause, suspend or remind, never act on a person (F43)."""


@dataclass(frozen=True, slots=True)
class RedressDoor:
    """The redress office's insert-only door: two words, `suspend` and `lift` (I12, I13)."""


@dataclass(frozen=True, slots=True)
class Console:
    """Whoever types a command on the node's own machine: accounts alone are changed so, and no case (F43)."""


Who = Officer | PartnerNode | Clockwork | RedressDoor | Console


def name_of(who: Who) -> str:
    """Return what is stored as the actor: an officer's id, `partner:<node>`, `clock`, `redress` or `console`."""
    match who:
        case Officer():
            return who.id
        case PartnerNode():
            return f"partner:{who.name}"
        case Clockwork():
            return "clock"
        case RedressDoor():
            return "redress"
        case Console():
            return "console"
