"""How the office keeps what people tell it: AES-256-GCM, one key a complaint, wrapped by the office's key (I11, I13).

1. What an item is about is bound to it, so items cannot change places.
2. A nonce is 12 random bytes; a complaint's key seals far fewer than 2**32 items (NIST SP 800-38D, section 8.3).
3. Receipt codes and request numbers are looked up by keyed digests; neither stands in the tables.
"""

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cotejo.doors.redress.office import KEY_BYTES, Office

NONCE: Final = 12


class NotOpened(Exception):  # noqa: N818 - says what was found
    """A sealed item was altered, belongs elsewhere or was erased."""


def seal(key: bytes, plain: bytes, *, about: str) -> bytes:
    """Seal bytes, bound to what they are about."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, *, about: str) -> bytes:
    """Open what `seal` made. Raises `NotOpened`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())
    except (InvalidTag, ValueError) as problem:
        raise NotOpened(about) from problem


def new_key(office: Office, complaint: str) -> tuple[bytes, bytes]:
    """Make a complaint's key; return it and its wrapped form."""
    key = os.urandom(KEY_BYTES)
    return key, seal(office.key_for("wrap"), key, about=f"complaint-key/{complaint}")


def unwrap(office: Office, complaint: str, wrapped: bytes) -> bytes:
    """Return a complaint's key. Raises `NotOpened` when it was destroyed or altered."""
    return unseal(office.key_for("wrap"), wrapped, about=f"complaint-key/{complaint}")


def keyed(office: Office, purpose: str, text: str) -> bytes:
    """Return the keyed digest of a text, for looking it up: 32 bytes."""
    return hmac.digest(office.key_for(purpose), text.encode(), "sha256")
