#!/usr/bin/env python3
"""Writes `docs/vectors/exchange-1.json`: fixed keys and what the protocol makes of them, for other implementations.

1. Everything but a seal is a function of the fixed seeds; running this again gives the same text.
2. A seal draws a one-time key, so its bytes cannot be foretold: an envelope in the file is kept as long as it opens to
   the signed text it stands beside, and made anew otherwise.
3. The seeds are the hashes of words. They guard nothing and stand for nobody.
"""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cotejo.actions.status import list_id
from cotejo.exchange.agreements import agreement_bytes, sign_agreement
from cotejo.exchange.confirming import confirm, log_name, sign_line
from cotejo.exchange.directions import Messages, floors_after
from cotejo.exchange.messages import PROTOCOL, Claims
from cotejo.exchange.reconciling import Held, line_held, statement
from cotejo.proof import jws, records
from cotejo.proof.certificates import make_authority
from cotejo.proof.commitments import commit, link_leaf
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import KeyDocument, PublishedKey, PublishedSealingKey, World, sign_key_document
from cotejo.proof.keys import Purpose, SigningKey, purpose_seed
from cotejo.proof.notes import NoteKey
from cotejo.proof.padding import SMALLEST, pad
from cotejo.proof.refusals import ProofError
from cotejo.proof.sealing import OpeningKey, Suite, open_sealed, seal
from cotejo.proof.status_list import SlotState, first_list, sign_status_list
from cotejo.rules.agreement import DAY, HOUR, MINUTE, Agreement, HandoverTerms, Lifetimes, RenewableAgreement
from cotejo.rules.facts import Route
from cotejo.rules.line import LineMessage
from cotejo.rules.succession import following
from cotejo.rules.told import Withdrawal

FILE: Final = Path(__file__).resolve().parents[1] / "docs/vectors/exchange-1.json"
NOW: Final = 1_800_000_000_000
UNTIL: Final = NOW + 365 * DAY
FROM: Final = "alba"
TO: Final = "boreal"


def seed(word: str) -> bytes:
    """Return the fixed 32 bytes of a word."""
    return hashlib.sha256(f"cotejo/vectors/1/{word}".encode()).digest()


def key_of(node: str, purpose: Purpose) -> SigningKey:
    """Return a node's signing key of one purpose."""
    return SigningKey.from_seed(seed(f"{node}/{purpose}"), purpose)


def root_of(node: str) -> SigningKey:
    """Return a node's root key."""
    return key_of(node, Purpose.ROOT)


def opening_of(node: str) -> dict[Suite, OpeningKey]:
    """Return a node's opening keys, one a suite."""
    return {suite: OpeningKey.from_seed(seed(f"{node}/{suite.name.lower()}"), suite) for suite in Suite}


def raw_keys(suite: Suite) -> dict[str, str]:
    """Return the addressee's private key of a suite as any library reads it (FIPS 203 seed `d | z`; RFC 7748)."""
    secret = seed(f"{TO}/{suite.name.lower()}")
    x25519 = purpose_seed(secret, Purpose.ENCRYPTION, f"{suite.name}/x25519").hex()
    public = opening_of(TO)[suite].sealing.public.hex()
    if suite is Suite.X25519:
        return {"x25519": x25519, "public": public}
    halves = (purpose_seed(secret, Purpose.ENCRYPTION, f"{suite.name}/mlkem-{half}") for half in "dz")
    return {"mlkem768_seed": b"".join(halves).hex(), "x25519": x25519, "public": public}


def signing_keys() -> dict[str, dict[str, str]]:
    """Return the signing keys of both nodes (RFC 8032) with the ids that name them, by node and purpose."""
    purposes = (Purpose.ROOT, Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG, Purpose.WITNESS)
    keys = {f"{node}/{each}": key_of(node, each) for node in (FROM, TO) for each in purposes}
    return {
        name: {
            "id": key.key_id,
            "private": purpose_seed(seed(name), key.purpose).hex(),
            "public": key.verifying.public.hex(),
        }
        for name, key in keys.items()
    }


def document_of(node: str, *purposes: Purpose) -> KeyDocument:
    """Return a node's key document with its keys of these purposes."""
    return KeyDocument(
        name=node,
        world=World.INVENTED,
        version=1,
        issued=NOW,
        expires=UNTIL,
        root=root_of(node).verifying,
        keys=tuple(PublishedKey(key=key_of(node, each).verifying, until=UNTIL) for each in purposes),
        sealing=tuple(PublishedSealingKey(key=key.sealing, until=UNTIL) for key in opening_of(node).values()),
        tls_ca=make_authority(seed(f"{node}/tls"), name=node, not_before=NOW, not_after=UNTIL).pem,
        url=f"https://{node}.example/",
    )


def key_document() -> dict[str, Any]:
    """Return the issuer's key document as it is signed."""
    document = document_of(FROM, Purpose.MESSAGE, Purpose.STATUS)
    return {
        "bytes": document.to_bytes().decode(),
        "digest": document.digest(),
        "fingerprint": document.fingerprint(),
        "signed": sign_key_document(document, root_of(FROM)).decode(),
    }


def terms() -> Agreement:
    """Return the terms both nodes sign."""
    return Agreement(
        hash="",
        parties=(FROM, TO),
        purposes=("criminal_justice",),
        routes=tuple(Route),
        valid_from=NOW,
        valid_until=UNTIL,
        ceiling_per_month=50,
        lifetimes=Lifetimes(),
        answer_every=30 * DAY,
        sweep_every=HOUR,
        handover=HandoverTerms(),
        package_validity=7 * DAY,
        skew=MINUTE,
    )


def next_terms() -> RenewableAgreement:
    """Return the terms that follow them, in the second form."""
    earlier = replace(terms(), hash=sha256(agreement_bytes(terms())).hex())
    begins = NOW + 100 * DAY
    return following(earlier, begins, begins + 365 * DAY, routes=(Route.EXTRADITION,), kept_months=48)


def agreement(agreed: Agreement) -> dict[str, Any]:
    """Return an agreement and both signatures over it."""
    content = agreement_bytes(agreed)
    return {
        "bytes": content.decode(),
        "hash": sha256(content).hex(),
        "signed": [sign_agreement(agreed, root_of(node)).decode() for node in (FROM, TO)],
    }


def message(agreement_hash: str, old: dict[str, Any]) -> dict[str, Any]:
    """Return one message from its claims to its envelopes, one a suite."""
    salt = seed("salt")
    content = Withdrawal(request=seed("request")[:16].hex(), version=2, reason="no_longer_needed")
    claims = Claims(
        v=PROTOCOL,
        mid=seed("mid")[:16].hex(),
        kind="withdrawal",
        iss=FROM,
        aud=TO,
        iat=NOW,
        seq=1,
        prev="",
        rid=content.request,
        ver=content.version,
        agreement=agreement_hash,
        salt=salt.hex(),
        body=records.encode(content).decode(),
    )
    signed = jws.sign(records.encode(claims), key_of(FROM, Purpose.MESSAGE), typ=jws.Typ.MESSAGE)
    return {
        "claims": records.encode(claims).decode(),
        "signed": signed.decode(),
        "sha256": sha256(signed).hex(),
        "commitment": commit(salt, signed).hex(),
        "leaf": link_leaf(salt=salt, message=signed).decode(),
        "padded_length": SMALLEST,
        "envelopes": {
            suite.name: envelope(opening, signed, old.get(suite.name, "")) for suite, opening in opening_of(TO).items()
        },
    }


def envelope(opening: OpeningKey, signed: bytes, old: str) -> str:
    """Return the old envelope while it opens to this text, else a new one (rule 2). Hexadecimal."""
    try:
        kept = open_sealed(bytes.fromhex(old), keys={opening.key_id: opening}, issuer=FROM, addressee=TO)
    except ProofError:
        kept = b""
    if kept == pad(signed):
        return old
    return seal(pad(signed), to=opening.sealing, issuer=FROM, addressee=TO).hex()


def status_list() -> dict[str, Any]:
    """Return a list of 64 slots with one in each state."""
    states = {5: SlotState.VALID, 17: SlotState.SUSPENDED, 42: SlotState.NEVER_AGAIN}
    listed = first_list(list_id(FROM, TO), slots=64, now=NOW, life=DAY).following(states, now=NOW + 1, life=DAY)
    return {
        "id": listed.id,
        "bytes": listed.to_bytes().decode(),
        "signed": sign_status_list(listed, key_of(FROM, Purpose.STATUS)).decode(),
        "states": {str(slot): int(state) for slot, state in states.items()},
    }


def line(said: dict[str, Any]) -> dict[str, Any]:
    """Return what both sides hold of the issuer's direction after the message, and its checkpoint with both lines."""
    claims = json.loads(said["claims"])
    told = LineMessage(
        seq=claims["seq"],
        mid=claims["mid"],
        kind=claims["kind"],
        request=claims["rid"],
        version=claims["ver"],
        sha256=said["sha256"],
        commitment=said["commitment"],
        outcome="taken",
    )
    held = Held(told=Messages(()), heard=Messages((told,)), floors=floors_after((told,)))
    log, witness = key_of(FROM, Purpose.LOG), key_of(TO, Purpose.WITNESS)
    note = sign_line(line_held((told,)), sender=FROM, addressee=TO, key=log)
    signer = NoteKey(name=log_name(FROM, TO), key=log.verifying)
    return {
        "message": records.encode(told).decode(),
        "statement_of_addressee": records.encode(statement(held)).decode(),
        "log_key": signer.text(),
        "witness_key": NoteKey(name=TO, key=witness.verifying).text(),
        "checkpoint": note.decode(),
        "confirmed": confirm(note, signer, addressee=TO, key=witness, now=NOW).decode(),
    }


def made() -> dict[str, Any]:
    """Return the whole file; envelopes of the file that is there are kept while they hold."""
    old = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {"message": {"envelopes": {}}}
    agreed = agreement(terms())
    words = [f"{FROM}/root", f"{TO}/root", f"{FROM}/message", f"{FROM}/status", f"{FROM}/log", f"{FROM}/tls"]
    words += [f"{FROM}/witness", f"{TO}/message", f"{TO}/status", f"{TO}/log", f"{TO}/witness", f"{TO}/tls"]
    words += [f"{node}/{suite.name.lower()}" for node in (FROM, TO) for suite in Suite]
    said = message(agreed["hash"], old["message"]["envelopes"])
    return {
        "format": "cotejo-vectors/1",
        "note": "seed(word) = SHA-256('cotejo/vectors/1/' + word), from which this program makes its keys; others read "
        "the private ones; times are milliseconds UTC; binary is hexadecimal",
        "now": NOW,
        "issuer": FROM,
        "addressee": TO,
        "seeds": {word: seed(word).hex() for word in words},
        "opening_key_ids": {suite.name: key.key_id for suite, key in opening_of(TO).items()},
        "opening_keys": {suite.name: raw_keys(suite) for suite in Suite},
        "signing_keys": signing_keys(),
        "key_document": key_document(),
        "agreement": agreed,
        "next_agreement": agreement(next_terms()),
        "message": said,
        "line": line(said),
        "status_list": status_list(),
    }


def main() -> int:
    """Write the file."""
    text = json.dumps(made(), indent=2, ensure_ascii=False) + "\n"
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
