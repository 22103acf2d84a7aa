"""What must hold of erasures: what is erased stays erased, two people signed, and every demand is answered (I11)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cotejo.rules.acts import Erased, StreamKind
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_acts import DossierErased, ErasureApproved, ErasureProposed
from cotejo.rules.review_acts import HandedOver
from cotejo.simulation.truth import Look

if TYPE_CHECKING:
    from cotejo.simulation.world import World


def i11_erased_stays_erased(look: Look) -> Iterator[str]:
    """I11: no act before an erasure has content again, by message, act, crash or restore; a sealed copy is kept."""
    name, unit = look.node.name, look.node.unit
    for stream, count in look.world.truth.erased[name].items():
        if any(not isinstance(each.act, Erased) for each in unit.entries(stream)[:count]):
            yield f"{name}: an act of {stream.kind} {stream.id[:8]} has content again after its erasure"
        if stream not in unit.destroyed.copies:
            yield f"{name}: nothing was sealed before {stream.kind} {stream.id[:8]} was erased"


def i11_two_people_erase(look: Look) -> Iterator[str]:
    """I11, F58: one person reads and proposes, another signs; nothing that was sent is erased without."""
    for entry in look.entries:
        before = [each.act for each in look.acts_before(entry)]
        if isinstance(entry.act, ErasureApproved):
            proposals: list[Any] = [act for act in before if isinstance(act, ErasureProposed)]
            if not proposals or proposals[-1].by.id == entry.act.by.id:
                yield f"{look.node.name}: {entry.act.by.id} alone demanded an erasure"
        if isinstance(entry.act, DossierErased) and entry.act.certificate is None and _was_sent(look, entry.stream.id):
            yield f"{look.node.name}: a request was erased without a word of its holder"


def _was_sent(look: Look, dossier: str) -> bool:
    return any(
        case.about.dossier == dossier
        and any(key[:2] == (case.origin, case.about.request) for key in look.world.truth.sent_at)
        for case in look.world.cases
    )


def i11_erasures_are_certified(world: "World") -> Iterator[str]:
    """I11: once all is healed every demand has its certificate, but for those handed over, whose reports come first."""
    recovering = {name for name, node in world.nodes.items() if node.unit.recovering()}
    for case in world.cases:
        dossier: Dossier = world.nodes[case.origin].state(StreamKind.DOSSIER, case.about.dossier)
        if {case.origin, case.partner} & recovering or not dossier.erasing.approved_at or dossier.erased:
            continue
        if any(isinstance(each.act, HandedOver) for each in world.nodes[case.partner].unit.journal):
            continue
        if not dossier.suspended_for:
            yield f"{case.origin} demanded an erasure, and no certificate came of {case.partner}"
