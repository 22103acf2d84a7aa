"""The agreement as both parties sign it: exact bytes, one signature a party, one hash that every message cites.

1. Both signatures are over the same bytes, each under the root key of one party.
2. The hash is SHA-256 over those bytes; changing a term is another agreement (F19). There are two forms of them
   (`rules.agreement`): bytes are of one or of the other, never of both.
3. Terms looser than the law's caps are refused when the agreement is read, on both sides (F62); so are days that no
   calendar has, and texts that no page and no terminal should be shown.
4. Terms are no longer than both signatures over them fit into one message.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cotejo.exchange.incoming import require_keepable
from cotejo.proof import exact, jws, records
from cotejo.proof.keys import SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import Agreement, RenewableAgreement, looser_than_caps

SIGNATURES: Final = 2
LAST_MOMENT: Final[Millis] = 253_402_300_800_000
"""The first moment of the year 10000."""
LARGEST_TERMS: Final = 32_768
"""Bytes that are signed: twice in base64url, and signed as a message once more, they stay within the largest class."""


def agreement_bytes(terms: Agreement) -> bytes:
    """Return the exact bytes that are signed; the hash itself is not part of them."""
    return records.encode(replace(terms, hash=""))


def read_terms(exact_bytes: bytes) -> Agreement:
    """Return the terms that these exact bytes spell, in whichever form. Raises `NotThisRecord`."""
    try:
        return records.decode(exact_bytes, Agreement)
    except records.NotThisRecord:
        return records.decode(exact_bytes, RenewableAgreement)


def sign_agreement(terms: Agreement, root: SigningKey) -> bytes:
    """Return one party's signature over the terms, as a compact JWS."""
    return jws.sign(agreement_bytes(terms), root, typ=jws.Typ.AGREEMENT)


def open_agreement(signed: tuple[bytes, ...], roots: Mapping[str, VerifyingKey]) -> Agreement:
    """Return the agreement both parties signed. `roots` maps each party's name to its root key.

    Raises `ProofError`: a signature is missing or over other bytes, a party is not one of `roots`, or a term is looser
    than the law allows.
    """
    opened = [_verified(text, roots) for text in signed]
    payloads, signers = {each.payload for each in opened}, {each.key.key_id for each in opened}
    if len(payloads) != 1 or len(signers) != SIGNATURES:
        raise ProofError(Reason.BAD_SIGNATURE, "an agreement carries both parties' signatures over the same bytes")
    terms = _terms(payloads.pop())
    if {roots[party].key_id for party in terms.parties if party in roots} != signers:
        raise ProofError(Reason.UNKNOWN_KEY, "an agreement is signed by the parties it names")
    return terms


def open_signature(signed: bytes, root: VerifyingKey) -> RenewableAgreement:
    """Return the terms, in the second form, over which one party's root made this signature. Raises `ProofError`."""
    terms = _terms(_verified(signed, {"": root}).payload)
    if not isinstance(terms, RenewableAgreement):
        raise ProofError(Reason.NOT_EXACT, "terms of the first form follow no agreement")
    return terms


def _verified(text: bytes, roots: Mapping[str, VerifyingKey]) -> jws.Verified:
    return jws.verify(text, {key.key_id: key for key in roots.values()}, typ=jws.Typ.AGREEMENT)


def _terms(payload: bytes) -> Agreement:
    """Return signed terms with their hash (rule 3). Raises `ProofError`."""
    try:
        terms = read_terms(payload)
    except records.NotThisRecord as error:
        raise ProofError(Reason.NOT_EXACT, f"agreement: {error}") from error
    if terms.hash:
        raise ProofError(Reason.NOT_EXACT, "agreement: the hash is not part of what is signed")
    require_signable(terms)
    return replace(terms, hash=exact.sha256(payload).hex())


def require_signable(terms: Agreement) -> None:
    """Raise `ProofError` for terms that nobody may sign (rule 3)."""
    try:
        require_keepable(terms)
    except records.NotThisRecord as error:
        raise ProofError(Reason.NOT_EXACT, f"agreement: {error}") from error
    if len(agreement_bytes(terms)) > LARGEST_TERMS:
        raise ProofError(Reason.NOT_EXACT, f"agreement: more than {LARGEST_TERMS} bytes")
    if not all(0 <= each < LAST_MOMENT for each in (terms.valid_from, terms.valid_until, terms.dates_from)):
        raise ProofError(Reason.NOT_EXACT, "agreement: no calendar has its days")
    if loose := looser_than_caps(terms):
        raise ProofError(Reason.NOT_EXACT, "; ".join(reason.text.en for reason in loose))
