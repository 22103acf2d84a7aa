"""`cotejo log pair A B`: an auditor sets two agencies' copies of one link side by side, from files alone.

Each folder is `logs/links/PARTNER` of one node: both directions, with both key documents. Nothing in them says what a
message was about. The fingerprints printed are those the agencies gave the auditor, or the result means nothing.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cotejo.doors.cli.speaking import Told, refuse, say
from cotejo.exchange.confirming import confirmed_by, signer_of
from cotejo.exchange.keyring import keys_of
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.pairing import Copy, Paired, pair_copies
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.tiles import leaves_of, tiles_of
from cotejo.rules.words import Text
from cotejo_witness.folder import verify_folder

OWN_KEYS: Final = "key-document"
PARTNER_KEYS: Final = "partner-key-document"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One agency's folder: who it is, who it spoke with, as its copies of both key documents say."""

    folder: Path
    own: KeyDocument
    partner: KeyDocument


def pair_command(first: Path, second: Path) -> None:
    """Verify two copies and pair each message with its arrival, both directions. Raises `Told`."""
    try:
        one, other = _side(first), _side(second)
        if (one.own.name, one.partner.name) != (other.partner.name, other.own.name):
            refuse(
                f"{first} and {second} are not the two ends of one link.",
                f"{first} y {second} no son los dos extremos de un mismo enlace.",
            )
        found = (_direction(one, other), _direction(other, one))
    except ProofError as error:
        raise Told(Text(f"{error.reason.en} ({error.detail})", f"{error.reason.es} ({error.detail})")) from error
    for side in (one, other):
        say(
            f"{side.own.name}: fingerprint {side.own.fingerprint()}",
            f"{side.own.name}: huella {side.own.fingerprint()}",
        )
    for each in found:
        say(*_words(each))


def _words(found: Paired) -> tuple[str, str]:
    en = (
        f"{found.origin}: {found.pairs} messages are in both copies, each at the same number with the same leaf; "
        f"{found.only_told} only with the sender, {found.only_heard} only with the addressee (newer on one side)."
    )
    es = (
        f"{found.origin}: {found.pairs} mensajes están en ambas copias, cada uno con el mismo número y la misma hoja; "
        f"{found.only_told} solo en la remitente, {found.only_heard} solo en la destinataria (más nuevos en un lado)."
    )
    return en, es


def _side(folder: Path) -> _Side:
    return _Side(folder=folder, own=_document(folder / OWN_KEYS), partner=_document(folder / PARTNER_KEYS))


def _document(path: Path) -> KeyDocument:
    try:
        return open_key_document(path.read_bytes().strip())
    except OSError:
        refuse(f"{path} cannot be read.", f"No se puede leer {path}.")


def _direction(sender: _Side, addressee: _Side) -> Paired:
    """Pair what one side told with what the other heard."""
    return pair_copies(
        _copy(sender.folder / "told", sender, addressee), _copy(addressee.folder / "heard", sender, addressee)
    )


def _copy(folder: Path, sender: _Side, addressee: _Side) -> Copy:
    """Read and verify one copy of one direction."""
    try:
        note = (folder / "checkpoint").read_bytes()
    except OSError as error:
        raise ProofError(Reason.NOT_IN_LOG, f"{folder / 'checkpoint'} cannot be read") from error
    keys = keys_of(sender.own, now=sender.own.issued)
    confirms = keys_of(addressee.own, now=addressee.own.issued)
    log = signer_of(note, keys.log, sender=sender.own.name, addressee=addressee.own.name)
    if not confirmed_by(note, confirms.witness, addressee=addressee.own.name):
        raise ProofError(Reason.NOT_ENOUGH_WITNESSES, f"{folder}: {addressee.own.name} has not confirmed it")
    checkpoint = verify_folder(folder, log).checkpoint
    tiles = (tile for tile in tiles_of(checkpoint.size) if tile.level == 0)
    bundles = (leaves_of((folder / tile.bundle_path()).read_bytes()) for tile in tiles)
    return Copy(checkpoint=checkpoint, leaves=tuple(leaf for bundle in bundles for leaf in bundle))
