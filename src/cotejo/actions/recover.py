"""Ending RECOVERING: only once every line is whole again, as far as any partner with an agreement in force knows.

1. A partner whose agreement is not in force holds nothing that can still be used; it is not waited for. So two people
   who end the agreement with one that is gone for good (`rules.ending`) end the waiting as well.
2. What is missing is said partner by partner, in plain words. Nobody's word stands in for an answer.
3. This node's own withdrawal marks are applied before the node decides or sends anything again (I7).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cotejo.actions.laws import partner_state
from cotejo.actions.post import is_sealable
from cotejo.actions.reconcile import apply_marks, not_reconciled
from cotejo.actions.unit import Partner, Unit
from cotejo.rules.acts import Millis
from cotejo.rules.lines import Difference
from cotejo.rules.words import Text

WHY: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "asked": Text(
            "{partner} has not yet said what it holds. The running node keeps asking; see that it reaches {partner}. "
            "If {partner} is gone for good, two people end the agreement on its page.",
            "{partner} aún no ha dicho qué tiene. El nodo en marcha sigue preguntando; vea que alcance a {partner}. "
            "Si {partner} ya no existe, dos personas terminan el acuerdo en su página.",
        ),
        "no_key": Text(
            "{partner} cannot be asked what it holds: the key document held of it has expired. Ask its operator to run "
            "`cotejo keys rotate`; it is asked by itself once its next document is told.",
            "No se puede preguntar a {partner} qué tiene: el documento de claves que consta de ella venció. Pida a su "
            "operador que ejecute `cotejo keys rotate`; se le pregunta por sí solo cuando comunique el siguiente.",
        ),
        "waiting": Text(
            "Messages of {partner} that were lost have yet to come again. They come by themselves.",
            "Faltan mensajes de {partner} que se perdieron y deben llegar de nuevo. Llegan solos.",
        ),
        "differs": Text(
            "What {partner} holds of the line is not what this node holds. Tell the oversight bodies of both agencies.",
            "Lo que {partner} tiene de la línea no es lo que tiene este nodo. "
            "Avise a los órganos de supervisión de ambas entidades.",
        ),
    }
)


def why_not(unit: Unit, partner: Partner, *, now: Millis) -> str:
    """Return which of `WHY` stands between this node and a whole line with a partner, or nothing."""
    if not partner.terms(now).active_at(now):
        return ""
    why = not_reconciled(unit, partner)
    if why == "asked" and Difference.TOLD_BY_PARTNER in partner_state(unit, partner.name).lines.differ:
        return "differs"
    return "no_key" if why == "asked" and not is_sealable(partner, now=now) else why


def missing(unit: Unit, *, now: Millis) -> tuple[Text, ...]:
    """Return what still stands between this node and the end of its recovery, one sentence a partner."""
    found = ((each.name, why_not(unit, each, now=now)) for each in unit.partners())
    return tuple(WHY[why].say(partner=name) for name, why in found if why)


def end_recovery(unit: Unit, *, now: Millis) -> tuple[Text, ...]:
    """Apply the marks and end RECOVERING; or return what is missing and change nothing. Raises `Conflict`."""
    left = missing(unit, now=now)
    if left:
        return left
    apply_marks(unit, now=now)
    unit.recovered(now=now)
    return ()
