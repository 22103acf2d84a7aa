"""A request that is passed on to a standing recipient, through three real memories, seals and signatures."""

from dataclasses import replace

import pytest

from cotejo.rules import dossier_commands, told
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY, HOUR, MINUTE
from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
from cotejo.rules.onward import PassOn
from cotejo.rules.review_checks import vigent
from cotejo.rules.review_words import ReviewState, Usability
from cotejo.rules.status import ActClass
from cotejo.simulation import invented_review as desk
from cotejo.simulation.invented import AUTHORISER, CERTIFIER
from tests.builders.tree import PERIOD, Tree


def withdraw(tree: Tree) -> None:
    """Let Alba take the request back for good."""
    tree.at_origin(dossier_commands.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED), CERTIFIER)


def test_a_standing_recipient_holds_the_origins_own_letter_and_judges_it_anew() -> None:
    tree = Tree().passed_on()
    assert (tree.copy.partner, tree.copy.state) == ("boreal", ReviewState.RECEIVED)
    assert tree.copy.package == tree.received.package
    assert tree.copy.through == tree.terms
    documents = tree.cobre.unit.documents
    assert all(documents.has(each.sha256, unit=tree.copy.stream) for each in tree.copy.package.documents)
    for who, command in desk.begin():
        assert tree.act("cobre", tree.copy, command, who) == ()
    print(tree.refused)
    assert not tree.refused
