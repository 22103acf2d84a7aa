"""Second factors as they rest in the database: sealed, so that a copied database signs nobody in.

The key is derived from the node's page secret, a file of the home outside the database and its backups.
"""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _box() -> Fernet:
    secret = settings.SECRET_KEY.encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cotejo second factor").derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    """Seals what `allauth` stores of a second factor."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()
