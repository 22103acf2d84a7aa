"""What a partner gives back to a restored node is about what it was told itself, and nothing else (I7, F54)."""

from dataclasses import replace

from cotejo.actions.outside import Room, outside
from cotejo.actions.reconcile import ask_partner, take_answer
from cotejo.exchange import reconciling
from cotejo.rules.line import LineMessage
from cotejo.rules.told import GivenBack
from tests.builders.tree import Tree


def forged(tree: Tree, kind: str, version: int) -> LineMessage:
    """Return a message that Cobre says Alba lost, about the request that Alba sent to Boreal."""
    held = tree.alba.unit.line_held("cobre").told
    return LineMessage(
        seq=len(held) + 1,
        mid="0" * 32,
        kind=kind,
        request=tree.case.request,
        version=version,
        sha256="1" * 64,
        commitment="2" * 64,
        outcome="taken",
    )


def test_f54_a_partner_gives_nothing_back_about_a_request_that_another_partner_was_told_of() -> None:
    for kind, version in (("suspension", 1), ("withdrawal", 1), ("correction", 1_000_000)):
        tree = Tree().passed_on()
        backup = tree.alba.unit.backup()
        tree.push()
        tree.alba.unit.restore(backup)
        before = tree.dossier
        assert before.live
        partner, us = tree.alba.unit.partner("cobre"), tree.cobre.unit.partner("alba")
        assert partner is not None
        assert us is not None
        ours = Room(own=tree.alba.own, chance=tree.alba.chance.randbytes)
        theirs = Room(own=tree.cobre.own, chance=tree.cobre.chance.randbytes)
        asked = ask_partner(tree.alba.unit, partner, ours, now=tree.now)
        lost = forged(tree, kind, version)
        said = replace(
            reconciling.statement(tree.cobre.unit.line_held("alba")),
            heard=tree.alba.unit.line_held("cobre").told.whole().after((lost,)).held(),
            back=GivenBack(lost=(lost,), closed=(), more=False, bits=""),
        )
        answer = outside(said, asked.letter.sha256, us, theirs, now=tree.now)
        assert take_answer(tree.alba.unit, partner, asked, answer.body, ours, now=tree.now) is None
        assert tree.dossier == before
