"""Opening what a node passes on: believed is what the origin signed, and nothing that was said around it (I2, F54).

1. The letter is the origin's own, byte for byte, under a message key its document had in force when it was written and
   has not called stolen since.
2. It is addressed to the node that passes it on, so that nobody in between can have added itself.
3. The terms that travel beside it are those whose hash the letter cites: the origin's signature covers them.
4. A list is the one the origin signs for the node that passes it on, in the same bytes: whoever carries it can neither
   change a slot nor make it last longer (I5).
"""

from cotejo.exchange.agreements import agreement_bytes
from cotejo.exchange.incoming import NotUnderstood, claims_of, content_of
from cotejo.exchange.messages import PROTOCOL, Claims
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof import jws
from cotejo.proof.exact import sha256
from cotejo.proof.key_document import KeyDocument
from cotejo.proof.keys import Purpose
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis
from cotejo.rules.told import Correction, PassedOn, Request, Supplement

Letter = Request | Correction | Supplement
"""What brings a package."""


def open_passed_on(passed: PassedOn, letter: bytes, *, origin: KeyDocument, passing: str, latest: Millis) -> Letter:
    """Return what the origin wrote. `latest` is the latest moment at which it can have been written.

    Raises `WireRefusal(NOT_THE_ORIGINS)`.
    """
    try:
        claims = _signed_claims(letter, origin)
    except ProofError as error:
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, str(error)) from error
    content = content_of(claims)
    terms_hash = sha256(agreement_bytes(passed.terms)).hex()
    said = (claims.v, claims.iss, claims.aud, claims.kind, claims.agreement, passed.terms.hash)
    if said != (PROTOCOL, passed.origin, passing, passed.kind, terms_hash, terms_hash):
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, "the letter says something else than what is said about it")
    if claims.iat > latest:
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, f"written {claims.iat - latest} ms from now")
    if isinstance(content, NotUnderstood) or not isinstance(content, Letter):
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, "the letter brings no request")
    return content


def _signed_claims(letter: bytes, origin: KeyDocument) -> Claims:
    """Return the claims of a letter signed by its origin (rule 1). Raises `ProofError`, `WireRefusal`."""
    stolen = {each.key for each in origin.revoked}
    keys = {
        each.key.key_id: each
        for each in origin.keys
        if each.key.purpose is Purpose.MESSAGE and each.key.key_id not in stolen
    }
    verified = jws.verify(letter, {name: each.key for name, each in keys.items()}, typ=jws.Typ.MESSAGE)
    claims = claims_of(verified.payload)
    if not claims.iat < keys[verified.key.key_id].until:
        raise WireRefusal(WireReason.NOT_THE_ORIGINS, "under a key that was no longer in force")
    return claims
