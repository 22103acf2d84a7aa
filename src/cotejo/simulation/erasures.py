"""What the officers of an origin do about a withdrawn request in a simulated world: read, propose, sign its erasure.

Mostly two people do; now and then one person tries alone, or somebody signs other counts than were read.
"""

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import StreamKind
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import AUTHORISER, CERTIFIER

if TYPE_CHECKING:
    from cotejo.simulation.world import Case, World

ALONE: Final = Officer(id=CERTIFIER.id, duty=Duty.AUTHORISER, unit=CERTIFIER.unit, chain=CERTIFIER.chain)


def erase(world: "World", case: "Case", chance: random.Random) -> None:
    """Take the next steps towards the erasure of a withdrawn request, if there are any."""
    node = world.nodes[case.origin]
    state: Dossier = node.state(StreamKind.DOSSIER, case.about.dossier)
    if state.erased or state.erasing.approved_at:
        return
    manifest = manifest_of(state)
    signed = replace(manifest, answers=manifest.answers + 1) if chance.random() < 0.1 else manifest  # noqa: PLR2004
    signer = ALONE if chance.random() < 0.2 else AUTHORISER  # noqa: PLR2004 - now and then one person tries alone
    for who, command in (
        (CERTIFIER, ask.ProposeErasure(manifest=manifest)),
        (signer, ask.ApproveErasure(manifest=signed)),
    ):
        world.act(node, StreamKind.DOSSIER, case.about.dossier, command, who=who, purpose=Purpose.REQUEST)
