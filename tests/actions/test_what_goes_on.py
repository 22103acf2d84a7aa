"""What an origin writes goes on to holders of copies whatever its length, and keeps nothing else back (I7, F54)."""

from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Send
from cotejo.rules.review_words import Usability
from cotejo.rules.told import Withdrawal
from tests.builders.tree import Tree


def longest(tree: Tree) -> Withdrawal:
    """Return a withdrawal with so long a reason that one more letter fits no message from Alba to Boreal."""
    partner = tree.alba.unit.partner("boreal")
    assert partner is not None
    line = {"seq": partner.sequence_out + 1, "prev": partner.last_out, "now": tree.now}

    def said(length: int) -> Withdrawal:
        return Withdrawal(request=tree.case.request, version=1, reason="x" * length)

    def fits(length: int) -> bool:
        send = Send(partner="boreal", content=said(length), request=tree.case.request, version=1)
        try:
            tree.alba.unit.post.seal(partner=partner, send=send, **line)
        except ProofError:
            return False
        return True

    low, high = 1, 200_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return said(low)


def test_i7_a_withdrawal_reaches_every_holder_however_much_was_written_for_its_reason() -> None:
    tree = Tree().passed_on()
    said = longest(tree)
    assert tree.tell("alba", "boreal", said).receipt == b"taken"
    tree.work()
    assert tree.received.usability is Usability.WITHDRAWN
    assert tree.copy.usability is Usability.WITHDRAWN
    assert tree.boreal.unit.entries(tree.received.stream)[-1].act.reason == said.reason[:64]  # type: ignore[attr-defined]
