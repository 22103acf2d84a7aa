"""One AES-256-GCM key per referral, each in its own file outside the database (F70).

1. A referral's text is readable only while its key file exists.
2. The referral's id is bound into the ciphertext: a row copied over another does not open.
3. Destroying overwrites, deletes and waits for the disk. A journal of the file system or a flash disk may still keep
   old blocks: encrypt the disk as well.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cotejo_prevention.home import sync_folder, write_private
from cotejo_prevention.problems import CannotContinue

KEY_SIZE = 32  # AES-256
NONCE_SIZE = 12  # NIST SP 800-38D, section 8.2


def seal_new(folder: Path, referral_id: str, text: bytes) -> bytes:
    """Make the referral's key and give back its sealed text. Raises `FileExistsError` for an id already in use."""
    key = secrets.token_bytes(KEY_SIZE)
    write_private(folder / referral_id, key)
    return _seal(key, referral_id, text)


def seal_again(folder: Path, referral_id: str, text: bytes) -> bytes | None:
    """Seal a changed text under the key the referral already has; nothing when that key is destroyed."""
    key = _read(folder, referral_id)
    return None if key is None else _seal(key, referral_id, text)


def unseal(folder: Path, referral_id: str, sealed: bytes) -> bytes | None:
    """Open the referral's text; nothing when its key is destroyed. Raises `CannotContinue` for an altered row."""
    if (key := _read(folder, referral_id)) is None:
        return None
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], referral_id.encode("ascii"))
    except InvalidTag as error:
        raise CannotContinue("A referral does not open: its row was altered, or its key belongs to another.") from error


def destroy(folder: Path, referral_id: str) -> None:
    """Destroy the referral's key; doing it twice is harmless."""
    path = folder / referral_id
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return
    try:
        os.write(handle, bytes(KEY_SIZE))
        os.fsync(handle)
    finally:
        os.close(handle)
    path.unlink()
    sync_folder(folder)


def _seal(key: bytes, referral_id: str, text: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + AESGCM(key).encrypt(nonce, text, referral_id.encode("ascii"))


def _read(folder: Path, referral_id: str) -> bytes | None:
    try:
        key = (folder / referral_id).read_bytes()
    except FileNotFoundError:
        return None
    if len(key) != KEY_SIZE:
        raise CannotContinue("A key file is damaged. Restore it from its own backup.")
    return key
