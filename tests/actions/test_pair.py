"""Pairing: signed papers, a fingerprint two people compared, one world; anything else is refused by name."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from cotejo.actions.pair import Papers, pair
from cotejo.actions.unit import Committed
from cotejo.exchange.agreements import sign_agreement
from cotejo.identity import RegisterInMemory
from cotejo.node.home import Home, World
from cotejo.node.keys import NodeKeys, make_keys
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Refused
from cotejo.rules.agreement import DAY
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.partner import PartnerPaired
from cotejo.rules.rehearsal import RehearsalDue
from cotejo.simulation.memory import MemoryUnit
from tests.builders.wire import NOW, agreement

PILAR = Officer(id="o-pilar", duty=Duty.PARTNERS, unit="exchange", chain="north")
TERMS = replace(agreement("alba", "boreal"), hash="")


class NoPost:
    """Nothing is sent when two nodes pair."""


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NodeKeys]:
    def made(name: str, world: World = "invented") -> NodeKeys:
        folder: Path = tmp_path_factory.mktemp("keys") / name
        home = Home.create(folder, world=world)
        return make_keys(home, name=name, url=f"https://{name}.example", now=NOW - DAY)

    return {"alba": made("alba"), "boreal": made("boreal"), "real": made("boreal", "real")}


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit(
        node="alba",
        profile="sv",
        post=NoPost(),  # type: ignore[arg-type] # nothing is sent here
        register=RegisterInMemory((), as_of=0),
        chance=random.Random(1),
    )


def papers(keys: dict[str, NodeKeys], partner: str = "boreal", **changes: object) -> Papers:
    theirs = keys[partner]
    made = Papers(
        key_document=theirs.signed_document.decode(),
        agreement=(sign_agreement(TERMS, keys["alba"].root), sign_agreement(TERMS, theirs.root)),
        read_aloud=theirs.document.fingerprint().lower().replace(" ", "-"),
    )
    return replace(made, **changes)


def asked(unit: MemoryUnit, keys: dict[str, NodeKeys], offered: Papers, who: Officer = PILAR) -> Committed | Refused:
    return pair(unit, offered, own=keys["alba"].document, who=who, now=NOW)


def test_sound_papers_and_a_compared_fingerprint_pair_two_nodes(unit, keys) -> None:
    done = asked(unit, keys, papers(keys))
    assert isinstance(done, Committed)
    entry, due = done.entries
    assert isinstance(entry.act, PartnerPaired)
    assert isinstance(due.act, RehearsalDue)
    assert (entry.act.name, entry.act.by, entry.act.agreement.parties) == ("boreal", PILAR, ("alba", "boreal"))
    again = asked(unit, keys, papers(keys))
    assert isinstance(again, Refused)
    assert again.codes == ("partner.known",)


@pytest.mark.parametrize("heard", ["", "ABCD EFGH", "0000 " * 8])
def test_a_fingerprint_that_differs_pairs_nothing_and_is_written_down(unit, keys, heard: str) -> None:
    refused = asked(unit, keys, papers(keys, read_aloud=heard))
    assert isinstance(refused, Refused)
    assert refused.codes == ("partner.fingerprint",)
    assert [trace.codes for trace in unit.traces] == [("partner.fingerprint",)]


def test_a_real_node_and_an_invented_one_never_pair(unit, keys) -> None:
    refused = asked(unit, keys, papers(keys, partner="real"))
    assert isinstance(refused, Refused)
    assert refused.codes == ("partner.other_world",)
    assert unit.traces


def test_only_partner_relations_pairs(unit, keys) -> None:
    refused = asked(unit, keys, papers(keys), who=replace(PILAR, duty=Duty.RECORDER))
    assert isinstance(refused, Refused)
    assert refused.codes == ("access.denied",)


def test_f19_one_signature_or_a_strangers_makes_no_agreement(unit, keys) -> None:
    sound = papers(keys)
    for signed, why in (
        (sound.agreement[:1], Reason.BAD_SIGNATURE),
        (sound.agreement[:1] * 2, Reason.BAD_SIGNATURE),
        ((sound.agreement[0], papers(keys, "real").agreement[1]), Reason.UNKNOWN_KEY),
    ):
        with pytest.raises(ProofError) as caught:
            asked(unit, keys, replace(sound, agreement=signed))
        assert caught.value.reason is why


def test_an_altered_or_outdated_key_document_is_not_believed(unit, keys) -> None:
    sound = papers(keys)
    with pytest.raises(ProofError) as caught:
        asked(unit, keys, replace(sound, key_document=sound.key_document[:-4] + "AAAA"))
    assert caught.value.reason is Reason.BAD_SIGNATURE
    with pytest.raises(ProofError) as caught:
        pair(unit, sound, own=keys["alba"].document, who=PILAR, now=keys["boreal"].document.expires)
    assert caught.value.reason is Reason.KEY_DOCUMENT_EXPIRED
