"""Letters no partner should write, each wrong in one way, made with a real node's own keys."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cotejo.exchange.agreements import sign_agreement
from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.exchange.messages import PROTOCOL, Claims
from cotejo.exchange.slips import sign_slip
from cotejo.node.clock import now
from cotejo.node.home import Home
from cotejo.node.keys import NodeKeys, load_keys
from cotejo.node.wire.client import NoAnswer, NotTaken, Receipted, Wire
from cotejo.proof import jws, records
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.keys import Purpose, SigningKey
from cotejo.proof.padding import pad
from cotejo.proof.sealing import preferred, seal
from cotejo.rules.agreement import CAPS, DAY
from cotejo.rules.succession import following
from cotejo.rules.told import AgreementSigned, Receipt, Withdrawal

REQUEST = "ab" * 16
ELSEWHERE = "cresta"


class Writer:
    """Writes letters from one node to another, altered as asked."""

    def __init__(self, keys: NodeKeys, to: KeyDocument, agreement: str) -> None:
        self.keys = keys
        self.to = to
        self.agreement = agreement

    def claims(self, **changes: object) -> Claims:
        """Return the claims of a sound first message of the line, but for the changes."""
        sound = Claims(
            v=PROTOCOL,
            mid=os.urandom(16).hex(),
            kind="withdrawal",
            iss=self.keys.own.node,
            aud=self.to.name,
            iat=now(),
            seq=1,
            prev="",
            rid=REQUEST,
            ver=1,
            agreement=self.agreement,
            salt=os.urandom(32).hex(),
            body=records.encode(Withdrawal(request=REQUEST, version=1, reason="acquitted")).decode(),
        )
        return replace(sound, **changes)  # type: ignore[arg-type]

    def signed(self, claims: Claims, key: SigningKey | None = None) -> bytes:
        """Sign claims."""
        return jws.sign(records.encode(claims), key or self.keys.own.message, typ=jws.Typ.MESSAGE)

    def sealed(self, signed: bytes, *, issuer: str = "", addressee: str = "", to: KeyDocument | None = None) -> bytes:
        """Seal a signed text."""
        key = preferred((to or self.to).sealing_keys(now=now()))
        return seal(pad(signed), to=key, issuer=issuer or self.keys.own.node, addressee=addressee or self.to.name)


def hostile(by: Writer) -> Iterator[tuple[str, bytes]]:
    """Yield each letter with the name of what is wrong and the code it has to be refused by, `NAME: CODE`."""
    sound = by.sealed(by.signed(by.claims()))
    stranger = SigningKey.from_seed(os.urandom(32), Purpose.MESSAGE)
    yield "nothing: not_readable", b""
    yield "noise: not_readable", os.urandom(3000)
    yield "cut short: unknown_partner", sound[:-1]
    yield "one bit turned: unknown_partner", sound[:-1] + bytes([sound[-1] ^ 1])
    yield "oversized: too_large", bytes(LARGEST_ENVELOPE + 1)
    yield "sealed for somebody else: not_readable", by.sealed(by.signed(by.claims()), to=by.keys.document)
    yield "sealed as by a stranger: unknown_partner", by.sealed(by.signed(by.claims()), issuer=ELSEWHERE)
    yield "sealed as to somebody else: unknown_partner", by.sealed(by.signed(by.claims()), addressee=ELSEWHERE)
    yield "signed by a stranger's key: unknown_key", by.sealed(by.signed(by.claims(), stranger))
    yield "not signed at all: not_readable", by.sealed(records.encode(by.claims()))
    kinds: dict[str, dict[str, Any]] = {
        "issued by somebody else: unknown_partner": {"iss": ELSEWHERE},
        "re-addressed: not_for_us": {"aud": ELSEWHERE},
        "a newer exchange: unknown_version": {"v": PROTOCOL + 1},
        "a bad salt: wrong_body": {"salt": "zz"},
        "of tomorrow: from_the_future": {"iat": now() + 24 * 3600 * 1000},
        "under another agreement: wrong_agreement": {"agreement": "0" * 64},
        "ahead of its turn: gap": {"seq": 3},
        "a number of before: same_number_other_bytes": {"seq": 0},
        "another line: broken_line": {"prev": "0" * 64},
    }
    for name, changes in kinds.items():
        yield name, by.sealed(by.signed(by.claims(**changes)))


def not_understood(by: Writer) -> dict[str, dict[str, Any]]:
    """Return changes that make an authentic message nobody understands; each takes its place and gets a receipt."""
    root, stranger = by.keys.root, SigningKey.from_seed(os.urandom(32), Purpose.ROOT)
    parties = (by.keys.own.node, by.to.name)
    first = replace(CAPS, parties=parties, valid_from=now(), valid_until=now() + DAY, ceiling_per_month=1)
    follows = following(replace(first, hash=by.agreement), now() + DAY, now() + 2 * DAY)
    signed = {
        "terms a stranger's root signed": (sign_agreement(follows, stranger),),
        "terms of the first form": (sign_agreement(first, root),),
        "terms that one root signed twice": (sign_agreement(follows, root),) * 2,
        "no signature": (),
    }
    terms = {name: AgreementSigned(signed=tuple(map(bytes.decode, each))) for name, each in signed.items()}
    receipt = Receipt(of=REQUEST, sha256="0" * 64, outcome="taken", gaps=())
    return {
        "an unknown kind": {"kind": "question"},
        "a body of another kind": {"kind": "request"},
        "no body": {"body": "{}"},
        "a receipt nobody asked for": {"kind": "receipt", "body": records.encode(receipt).decode()},
        **{name: {"kind": "agreement", "body": records.encode(each).decode()} for name, each in terms.items()},
    }


def post_all(home: Home, *, document: str, agreement: str) -> dict[str, Any]:
    """Post every hostile letter and part, then a sound letter, that letter again, another under its id, and others."""
    by = Writer(load_keys(home), open_key_document(document.encode()), agreement)
    heard: dict[str, Any] = {}
    with Wire(home=home, partner=by.to) as wire:
        for name, letter in hostile(by):
            heard[name] = _said(wire.post(letter))
        heard |= {name: _said(answer) for name, answer in _hostile_parts(wire, by)}
        sound = by.claims()
        letter = by.sealed(by.signed(sound))
        first, again = wire.post(letter), wire.post(letter)
        heard["taken"] = isinstance(first, Receipted) and first == again
        other = by.claims(mid=sound.mid, body=sound.body.replace("acquitted", "served"))
        heard["another letter under the same id: same_number_other_bytes"] = _said(
            wire.post(by.sealed(by.signed(other)))
        )
        late = by.claims(prev=sha256(by.signed(sound)).hex())
        heard["another letter with the same number: same_number_other_bytes"] = _said(
            wire.post(by.sealed(by.signed(late)))
        )
        last = by.signed(sound)
        for seq, changes in enumerate(not_understood(by).values(), start=2):
            last = by.signed(by.claims(seq=seq, prev=sha256(last).hex(), **changes))
            heard["taken"] = heard["taken"] and isinstance(wire.post(by.sealed(last)), Receipted)
    return heard


def _hostile_parts(wire: Wire, by: Writer) -> Iterator[tuple[str, Any]]:
    """Yield the answer to each part that must not be kept, with the code it has to be refused by."""

    def put(name: str, sealed: bytes, *, slip: bytes | None = None, to: str = by.to.name, of: str = "") -> Any:
        return wire.put_part(name, sealed, slip=slip or sign_slip(of or name, own=by.keys.own, to=to))

    sound, outside = sha256(b"sound").hex(), "..%2f..%2fhighwater"
    yield "a part under a wrong name: other_bytes", put("0" * 64, b"other")
    yield "a part outside the folder: not_for_us", put(outside, b"x")
    yield "a part with no slip: not_readable", put(sound, b"sound", slip=b"none")
    yield "a part with the slip of another: not_for_us", put(sound, b"sound", of="0" * 64)
    yield "a part with a slip to another: not_for_us", put(sound, b"sound", to=ELSEWHERE)
    stranger = replace(by.keys.own, message=SigningKey.from_seed(os.urandom(32), Purpose.MESSAGE))
    slip = sign_slip(sound, own=stranger, to=by.to.name)
    yield "a part with a stranger's slip: unknown_partner", put(sound, b"sound", slip=slip)


def _said(answer: Receipted | NotTaken | NoAnswer | None) -> str:
    if isinstance(answer, NotTaken):
        return answer.code
    return answer.why if isinstance(answer, NoAnswer) else "taken"
