"""Named faults in recovery and in what two nodes show each other of their line; see `mutants`."""

from typing import Final

from cotejo.actions import onward
from cotejo.exchange import confirming
from cotejo.simulation import restoring
from cotejo.simulation.network import Network
from cotejo.simulation.planting import Mutant

OF_RECOVERY: Final[tuple[Mutant, ...]] = (
    Mutant(
        name="split-view-is-confirmed",
        words="A partner's signed checkpoint is confirmed without comparing it with what came in.",
        rows=("X8", "F55"),
        patches=lambda: ((confirming, "same_line", lambda *_args, **_named: True),),
        more=("lie",),
        lies=("a signed checkpoint of another line",),
    ),
    Mutant(
        name="key-changes-go-in-a-restore",
        words="A restored node follows no key document, neither kept beside it nor told outside the line.",
        rows=("X11", "F56"),
        patches=lambda: (
            (restoring, "follow_kept", lambda _unit, partner, **_named: partner),
            (Network, "tell_keys", lambda *_args: False),
        ),
        more=("restore_across_keys", "recover"),
    ),
    Mutant(
        name="stranger-ends-a-request",
        words="Whoever knows the id of a request has it withdrawn at its holders.",
        rows=("F54", "I7"),
        patches=lambda: ((onward, "_brought", lambda _unit, _state, _request, _spoken, speaker: frozenset({speaker})),),
        more=("lie",),
        lies=("a word about a request of others",),
    ),
)
