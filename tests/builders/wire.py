"""Two invented nodes' keys, agreement and letters for tests of the wire."""

import random
from dataclasses import dataclass

from cotejo.actions.unit import Partner
from cotejo.exchange.incoming import Line
from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.outgoing import Letter, Place, write_letter
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.sealing import OpeningKey, Suite
from cotejo.rules.agreement import DAY, HOUR, MINUTE, Agreement, HandoverTerms, Lifetimes
from cotejo.rules.facts import Route

NOW = 1_800_000_000_000


def agreement(*parties: str, **changes: object) -> Agreement:
    """Return an agreement in force, with the longest times the law allows unless told otherwise."""
    terms: dict[str, object] = {
        "hash": "a" * 64,
        "parties": parties or ("alba", "boreal"),
        "purposes": ("criminal_justice",),
        "routes": tuple(Route),
        "valid_from": NOW - 300 * DAY,
        "valid_until": NOW + 300 * DAY,
        "ceiling_per_month": 50,
        "lifetimes": Lifetimes(),
        "answer_every": 30 * DAY,
        "sweep_every": HOUR,
        "handover": HandoverTerms(),
        "package_validity": 7 * DAY,
        "skew": MINUTE,
    }
    return Agreement(**{**terms, **changes})  # type: ignore[arg-type]


def paired_with(name: str, terms: Agreement, key_document: str) -> Partner:
    """Return a partner at the beginning of its line."""
    return Partner(
        name=name,
        agreements=(terms,),
        key_document=key_document,
        sequence_in=0,
        sequence_out=0,
        last_in="",
        last_out="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One node's private keys and what it publishes."""

    own: OwnKeys
    public: PartnerKeys


def side(node: str, *, seed: int = 7, suites: tuple[Suite, ...] = (Suite.MLKEM768_X25519, Suite.X25519)) -> Side:
    """Make a node's keys from a seed."""
    chance = random.Random(f"{node}/{seed}")
    message = SigningKey.from_seed(chance.randbytes(32), Purpose.MESSAGE)
    status = SigningKey.from_seed(chance.randbytes(32), Purpose.STATUS)
    opening = tuple(OpeningKey.from_seed(chance.randbytes(32), suite) for suite in suites)
    own = OwnKeys(node=node, message=message, status=status, opening={key.key_id: key for key in opening})
    public = PartnerKeys(
        node=node,
        message={message.key_id: message.verifying},
        status={status.key_id: status.verifying},
        sealing=tuple(key.sealing for key in opening),
    )
    return Side(own=own, public=public)


ALBA = side("alba")
BOREAL = side("boreal")


def letter(
    content: object, *, source: Side = ALBA, to: Side = BOREAL, seq: int = 1, prev: str = "", **more: object
) -> Letter:
    """Seal one message between two invented nodes."""
    terms = {"agreement": "a" * 64, "now": NOW, "documents": {}, "seed": 1, **more}
    documents = terms["documents"]
    assert isinstance(documents, dict)
    return write_letter(
        content,
        Place(seq=seq, prev=prev, agreement=str(terms["agreement"])),
        own=source.own,
        to=to.public,
        document=documents.__getitem__,
        chance=random.Random(str(terms["seed"])).randbytes,
        now=int(str(terms["now"])),
    )


def line(sequence: int = 0, last: str = "", **changes: object) -> Line:
    """Return how far a direction has come."""
    return Line(sequence=sequence, last=last, agreements=(agreement(**changes),))
