"""The rehearsal of a link, as this house knows it: how far ours has come, how far the partner's, whether it is open.

1. A pairing opens nothing. The link is open for requests once both directions have passed: ours when the partner says
   that our withdrawn record is swept there, the partner's when we withdrew its record here.
2. What was open stays open: a later rehearsal that fails is told to the operator and closes nothing.
3. Links that were paired before there were rehearsals are open.
"""

from dataclasses import dataclass, replace
from typing import Final

from cotejo.rules.acts import Act, Entry, Millis, Reason, act
from cotejo.rules.duties import Duty
from cotejo.rules.rehearsal_words import STEP_WORDS, RehearsalStep
from cotejo.rules.words import Text


@act("partner.rehearsal_due")
class RehearsalDue(Act):
    """The link stays closed until its rehearsal has passed both ways."""


@act("partner.rehearsal_told")
class RehearsalTold(Act):
    """We told the partner a step of the rehearsal that began at this moment."""

    begun: Millis
    step: RehearsalStep


@act("partner.rehearsal_heard")
class RehearsalHeard(Act):
    """The partner told us a step: of its own rehearsal, or that our withdrawn record is swept there."""

    begun: Millis
    step: RehearsalStep


@act("partner.rehearsal_failed")
class RehearsalFailed(Act):
    """The partner refused a step of ours; `gaps` are what it named."""

    begun: Millis
    step: RehearsalStep
    gaps: tuple[str, ...]


@act("partner.link_opened")
class LinkOpened(Act):
    """Both directions have passed: requests may go and come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """Where both rehearsals stand. `begun` names ours, `heard_begun` the partner's; times are milliseconds UTC."""

    due: bool = False
    opened_at: Millis = 0
    begun: Millis = 0
    told: RehearsalStep | None = None
    told_at: Millis = 0
    refused: tuple[str, ...] = ()
    passed_at: Millis = 0
    heard_begun: Millis = 0
    heard: RehearsalStep | None = None
    heard_passed_at: Millis = 0

    @property
    def open(self) -> bool:
        """Say whether requests may go and come over this link."""
        return not self.due or self.opened_at > 0

    @property
    def waits(self) -> bool:
        """Say whether a step of ours has no answer yet."""
        return self.told is not None and not self.refused and not self.passed_at


NOT_REHEARSED: Final = Rehearsed()
LINK_CLOSED: Final = Reason(
    code="link.not_open",
    text=Text(
        "The link to this agency is not open yet: its rehearsal has not passed both ways.",
        "El enlace con esta entidad aún no está abierto: su ensayo no ha terminado en ambos sentidos.",
    ),
    remedy=Text(
        "Partner relations see on the agency's page what it waits for.",
        "Relaciones con contrapartes ve en la página de la entidad qué se espera.",
    ),
    clears=(Duty.PARTNERS, Duty.OPERATOR),
    rows=("F19",),
)


def apply(rehearsed: Rehearsed, entry: Entry) -> Rehearsed:
    """Fold one act about the rehearsal; any other act leaves it as it was."""
    match entry.act:
        case RehearsalDue():
            return replace(rehearsed, due=True)
        case RehearsalTold(begun=begun, step=step):
            return replace(rehearsed, begun=begun, told=step, told_at=entry.at, refused=(), passed_at=0)
        case RehearsalFailed(gaps=gaps):
            return replace(rehearsed, refused=gaps)
        case RehearsalHeard(step=RehearsalStep.SWEPT):
            return replace(rehearsed, passed_at=entry.at)
        case RehearsalHeard(begun=begun, step=step):
            passed = entry.at if step is RehearsalStep.WITHDRAW else 0
            return replace(rehearsed, heard_begun=begun, heard=step, heard_passed_at=passed)
        case LinkOpened():
            return replace(rehearsed, opened_at=entry.at)
        case _:
            return rehearsed


def standing(rehearsed: Rehearsed, name: str) -> Text | None:
    """Say what a link that is not open waits for, or what a later rehearsal met; nothing when all is well."""
    if rehearsed.refused and rehearsed.told is not None:
        step, (why, what) = STEP_WORDS[rehearsed.told], _why(rehearsed.refused)
        return Text(
            f"The rehearsal with {name} failed when our invented record was {step.en}: {why.en}. {what.en} Then "
            f"rehearse again (`cotejo partner rehearse`).",
            f"El ensayo con {name} falló cuando nuestro registro inventado fue {step.es}: {why.es}. {what.es} Luego "
            f"repita el ensayo (`cotejo partner rehearse`).",
        )
    if rehearsed.open:
        return None
    closed = Text(
        f"The link to {name} is not open for requests.", f"El enlace con {name} no está abierto a solicitudes."
    )
    if rehearsed.told is None:
        return Text(f"{closed.en} Its rehearsal has not begun.", f"{closed.es} Su ensayo no ha empezado.")
    if rehearsed.passed_at:
        return Text(
            f"{closed.en} Our side of the rehearsal has passed; {name} has not finished its own. Ask its operator to "
            f"run `cotejo check`.",
            f"{closed.es} Nuestra parte del ensayo terminó; {name} no ha terminado la suya. Pida a su operación "
            f"ejecutar `cotejo check`.",
        )
    step = STEP_WORDS[rehearsed.told]
    return Text(
        f"{closed.en} Our invented record was {step.en}, and {name} has not answered yet. If that lasts, "
        f"see that its exchange can be reached, and rehearse again (`cotejo partner rehearse`).",
        f"{closed.es} Nuestro registro inventado fue {step.es} y {name} aún no responde. Si persiste, compruebe que "
        f"su intercambio sea accesible y repita el ensayo (`cotejo partner rehearse`).",
    )


def _why(gaps: tuple[str, ...]) -> tuple[Text, Text]:
    return next((words for code, words in REFUSED_WORDS.items() if code in gaps), _OTHER)


_UPGRADE: Final = Text(
    "Both nodes need the same version of the program.", "Ambos nodos necesitan la misma versión del programa."
)
REFUSED_WORDS: Final = {
    "unknown_kind": (
        Text("the partner's program knows no rehearsals", "el programa de la contraparte no conoce ensayos"),
        _UPGRADE,
    ),
    "wrong_body": (
        Text("the partner's program reads it differently", "el programa de la contraparte lo lee de otra manera"),
        _UPGRADE,
    ),
    "rehearsal.document": (
        Text("its document did not arrive whole", "su documento no llegó completo"),
        Text(
            "See that nothing between the nodes cuts or limits requests of 150 KiB.",
            "Compruebe que nada entre los nodos corte o limite peticiones de 150 KiB.",
        ),
    ),
    "rehearsal.out_of_order": (
        Text("the partner expected another step", "la contraparte esperaba otro paso"),
        Text("It was perhaps restored from a backup.", "Quizá se restauró desde un respaldo."),
    ),
    "rehearsal.not_invented": (
        Text("what came there was not the invented record", "lo que llegó no era el registro inventado"),
        _UPGRADE,
    ),
}
_OTHER: Final = (
    Text("the partner refused it", "la contraparte lo rechazó"),
    Text("Ask its operator for the line in its journal.", "Pida a su operación la línea de su bitácora."),
)
