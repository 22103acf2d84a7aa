"""A node's private keys on disk, and the key document it publishes.

1. One seed file a purpose in the home's `keys/` folder, for this account only; a missing one stops the node (rule of
   `home`), nothing is made in its place.
2. The node's own TLS authority signs one leaf for its exchange listener and for its calls to partners. mTLS is the
   gate, the message signature is the identity (design section 7).
3. The world of the home is written into the first key document and never changes.
4. The token key makes local ids unrecognisable outside: keyed, one value an id and request.
"""

import datetime as dt
import hmac
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cotejo.exchange.keyring import OwnKeys
from cotejo.node.home import Home, read_private, write_private
from cotejo.proof.key_document import (
    KeyDocument,
    PublishedKey,
    PublishedSealingKey,
    World,
    open_key_document,
    sign_key_document,
)
from cotejo.proof.keys import SEED_SIZE, Purpose, SigningKey
from cotejo.proof.sealing import OpeningKey, Suite
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY

SIGNING: Final = (Purpose.ROOT, Purpose.MESSAGE, Purpose.STATUS, Purpose.LOG)
DOCUMENT_LIFE: Final = 365 * DAY
CERTIFICATE_LIFE: Final = 10 * DOCUMENT_LIFE
"""How long certificate and authority last: beyond any document that names them. Until when a node is believed is the
document's to say; a certificate that ended with it would keep out what brings the next one (F19)."""
TOKEN_BYTES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKeys:
    """Everything private a running node needs for the exchange, and its signed key document."""

    own: OwnKeys
    root: SigningKey
    log: SigningKey
    token_key: bytes
    document: KeyDocument
    signed_document: bytes

    def token(self, local: str, request: str) -> str:
        """Return what an id is called outside, in one request (32 hex digits)."""
        return hmac.digest(self.token_key, f"{request}/{local}".encode(), "sha256")[:TOKEN_BYTES].hex()


def make_keys(
    home: Home, *, name: str, url: str, now: Millis, chance: Callable[[int], bytes] = secrets.token_bytes
) -> NodeKeys:
    """Make and write all keys of a new node, once. Raises `FileExistsError` when it has some, and `NodeError`."""
    for purpose in (*SIGNING, Purpose.WITNESS, Purpose.ENCRYPTION):
        write_private(_seed_path(home, purpose), chance(SEED_SIZE))
    write_private(home.keys / "token.key", chance(SEED_SIZE))
    ca = make_tls(home, name=name, host=urlsplit(url).hostname or "localhost", now=now)
    signing = {purpose: signing_key(home, purpose) for purpose in SIGNING}
    until = now + DOCUMENT_LIFE
    published = (*(signing[purpose] for purpose in SIGNING[1:]), signing_key(home, Purpose.WITNESS))
    document = KeyDocument(
        name=name,
        world=World(home.world),
        version=1,
        issued=now,
        expires=until,
        root=signing[Purpose.ROOT].verifying,
        keys=tuple(PublishedKey(key=key.verifying, until=until) for key in published),
        sealing=tuple(PublishedSealingKey(key=key.sealing, until=until) for key in opening_keys(home)),
        tls_ca=ca,
        url=url,
    )
    write_private(home.keys / "key-document", sign_key_document(document, signing[Purpose.ROOT]))
    return load_keys(home)


def load_keys(home: Home) -> NodeKeys:
    """Read all keys of a node. Raises `NodeError` naming the first file that is missing or open to others."""
    signing = {purpose: signing_key(home, purpose) for purpose in SIGNING}
    signed = read_private(home.keys / "key-document")
    document = open_key_document(signed)
    own = OwnKeys(
        node=document.name,
        message=signing[Purpose.MESSAGE],
        status=signing[Purpose.STATUS],
        opening={key.key_id: key for key in _all_opening_keys(home)},
        log=signing[Purpose.LOG],
        witness=_witness_key(home),
        root=signing[Purpose.ROOT].verifying,
    )
    return NodeKeys(
        own=own,
        root=signing[Purpose.ROOT],
        log=signing[Purpose.LOG],
        token_key=read_private(home.keys / "token.key"),
        document=document,
        signed_document=signed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """Where the node's TLS files are: its authority, its leaf with key, and the authorities of its partners."""

    ca: Path
    leaf: Path
    leaf_key: Path
    partners: Path


def tls_files(home: Home) -> TlsFiles:
    """Return the paths of a node's TLS files."""
    keys = home.keys
    return TlsFiles(
        ca=keys / "tls-ca.pem",
        leaf=keys / "tls-leaf.pem",
        leaf_key=keys / "tls-leaf.key",
        partners=keys / "tls-partners.pem",
    )


def certificate_end(home: Home) -> Millis:
    """Return when the node's certificate of the exchange ends."""
    leaf = x509.load_pem_x509_certificate(tls_files(home).leaf.read_bytes())
    return int(leaf.not_valid_after_utc.timestamp() * 1000)


def trust_partners(home: Home, authorities: tuple[str, ...]) -> bool:
    """Write the authorities whose clients the exchange listener lets in; say whether anything changed."""
    path = tls_files(home).partners
    wanted = "".join(sorted(authorities)).encode()
    if path.exists() and path.read_bytes() == wanted:
        return False
    write_private(path, wanted, replace=True)
    return True


def _seed_path(home: Home, purpose: Purpose) -> Path:
    return home.keys / f"{purpose}.seed"


def signing_key(home: Home, purpose: Purpose) -> SigningKey:
    """Return a home's key of one purpose. Raises `NodeError`."""
    return SigningKey.from_seed(read_private(_seed_path(home, purpose)), purpose)


def _witness_key(home: Home) -> SigningKey | None:
    """Return the key that confirms partners' checkpoints; a node made before there was one has none."""
    return signing_key(home, Purpose.WITNESS) if _seed_path(home, Purpose.WITNESS).exists() else None


def opening_keys(home: Home) -> tuple[OpeningKey, ...]:
    """Return a home's opening keys, the preferred suite first. Raises `NodeError`."""
    return _opening_of(_seed_path(home, Purpose.ENCRYPTION))


def _opening_of(path: Path) -> tuple[OpeningKey, ...]:
    seed = read_private(path)
    return tuple(OpeningKey.from_seed(seed, suite) for suite in (Suite.MLKEM768_X25519, Suite.X25519))


def _all_opening_keys(home: Home) -> tuple[OpeningKey, ...]:
    """Return the opening keys in use, those on their way (`node.rotation`) and older ones."""
    others = (*home.keys.glob(f"next/{Purpose.ENCRYPTION}.seed"), *home.keys.glob(f"old/*/{Purpose.ENCRYPTION}.seed"))
    return (*opening_keys(home), *(key for path in sorted(others) for key in _opening_of(path)))


def make_tls(home: Home, *, name: str, host: str, now: Millis) -> str:
    """Make authority and leaf; the authority's key is not kept, since nothing else may ever be signed with it."""
    start = dt.datetime.fromtimestamp(now / 1000, dt.UTC) - dt.timedelta(minutes=5)
    end = start + dt.timedelta(milliseconds=CERTIFICATE_LIFE)
    ca_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} exchange authority")])
    leaf_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} exchange")])
    ca = (
        _certificate(ca_name, ca_name, ca_key.public_key(), start, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    leaf = (
        _certificate(leaf_name, ca_name, leaf_key.public_key(), start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    files = tls_files(home)
    pem = serialization.Encoding.PEM
    ca_pem = ca.public_bytes(pem)
    write_private(files.ca, ca_pem)
    write_private(files.leaf, leaf.public_bytes(pem) + ca_pem)
    write_private(
        files.leaf_key,
        leaf_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    return ca_pem.decode()


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    start: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
