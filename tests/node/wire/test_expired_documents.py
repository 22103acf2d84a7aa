"""Two real nodes whose key documents have both expired, one of them restored besides: each hears the other again (F19).

Nothing can be sealed under an expired document, so no message waits in either line: what brings the next documents is
what the workers tell unasked.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotejo.node.database.leftover import until
from tests.node.nodes import SECONDS, RealNode, alba_and_boreal, ending, paired

pytestmark = pytest.mark.node

CANNOT_BE_ASKED = {
    "en_US.UTF-8": "alba cannot be asked what it holds",
    "es_SV.UTF-8": "No se puede preguntar a alba qué tiene",
}


@pytest.fixture
def nodes(folder: Path) -> Iterator[tuple[RealNode, RealNode]]:
    """Make and pair two nodes, and let both key documents end before either node ever ran."""
    alba, boreal = alba_and_boreal(folder, hand="tests.node.wire.hand")
    with ending(alba, boreal):
        paired(folder, alba, boreal)
        for node, other in ((alba, boreal), (boreal, alba)):
            lapsed = node.ask("lapse")
            assert other.ask("follow_document", partner=node.name, **lapsed) == {}
        yield alba, boreal


def recovery_of(node: RealNode, language: str = "en_US.UTF-8") -> tuple[bool, str]:
    """Try to end a node's recovery; say whether it ended, and what was said."""
    done = node.ask("cli", words=["recover", str(node.home)], language=language)
    return done["status"] == 0, str(done["err"])


def test_f19_two_nodes_whose_key_documents_expired_hear_each_other_again_and_a_restored_one_recovers(
    nodes: tuple[RealNode, RealNode],
) -> None:
    alba, boreal = nodes
    boreal.cli("recover", str(boreal.home), "--begin")
    for language, words in CANNOT_BE_ASKED.items():
        ended, said = recovery_of(boreal, language)
        assert not ended
        assert words in said
        assert "keys rotate" in said

    for node in nodes:
        node.cli("keys", "rotate", str(node.home))
    for node in (boreal, alba):
        node.serve()
    assert until(lambda: recovery_of(boreal)[0], SECONDS), recovery_of(boreal)

    def taken(node: RealNode) -> set[str]:
        return {row["kind"] for row in node.ask("look")["inbox"] if row["outcome"] == "taken"}

    for node in nodes:
        assert until(lambda node=node: {"key_document", "status_list"} <= taken(node), SECONDS), taken(node)
