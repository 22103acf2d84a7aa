"""Certificates for the line between two nodes: one authority and one leaf per node (ECDSA P-256, TLS 1.3).

1. The authority's certificate travels in the node's key document; a partner trusts that one authority for that node
   and no other, so a new leaf needs no new pairing.
2. The certificate is the gate; the signature inside the message is the identity.
3. Keys come from seed bytes and signatures are deterministic (RFC 6979): equal input, equal certificate.

All times are integer milliseconds UTC, cut to whole seconds in the certificate.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cotejo.proof.exact import digest_for, sha256
from cotejo.proof.keys import Purpose, purpose_seed
from cotejo.proof.refusals import ProofError, Reason

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SP 800-186, 3.2.1.3
_SERIAL_BYTES = 19  # RFC 5280, 4.1.2.2: positive and at most 20 bytes
_USES = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate and its private key; its text form never shows the key."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey = field(repr=False, compare=False)

    @property
    def pem(self) -> str:
        """The certificate, as the key document and the TLS listener want it."""
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")

    @property
    def private_pem(self) -> str:
        """The private key without a pass phrase (PKCS 8); for a file only the node's user can read."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def make_authority(seed: bytes, *, name: str, not_before: int, not_after: int) -> Certified:
    """Make a node's own authority, which signs only the leaves of that node."""
    private = _private_key(seed, "authority")
    builder = _builder(private, name=f"{name} authority", not_before=not_before, not_after=not_after)
    builder = (
        builder.issuer_name(_named(f"{name} authority"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
    )
    return Certified(certificate=builder.sign(private, SHA256(), ecdsa_deterministic=True), private=private)


def make_leaf(  # a line has two ends: the same leaf serves as server and as client
    authority: Certified, seed: bytes, *, name: str, hosts: tuple[str, ...], not_before: int, not_after: int
) -> Certified:
    """Make the certificate a node shows on the line, for these host names and addresses.

    Raises `ProofError(BAD_KEY)` when no host is given or the seed has another length.
    """
    if not hosts:
        raise ProofError(Reason.BAD_KEY, "a certificate for no host")
    private = _private_key(seed, "leaf")
    issuer = authority.certificate.subject
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.private.public_key())
    builder = (
        _builder(private, name=name, not_before=not_before, not_after=not_after)
        .issuer_name(issuer)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(signer, critical=False)
        .add_extension(_USES, critical=False)
        .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
    )
    return Certified(certificate=builder.sign(authority.private, SHA256(), ecdsa_deterministic=True), private=private)


def _private_key(seed: bytes, part: str) -> ec.EllipticCurvePrivateKey:
    wide = b"".join(sha256(purpose_seed(seed, Purpose.TLS, f"{part}/{half}")) for half in "ab")
    return ec.derive_private_key(int.from_bytes(wide, "big") % (_P256_ORDER - 1) + 1, ec.SECP256R1())


def _builder(
    private: ec.EllipticCurvePrivateKey, *, name: str, not_before: int, not_after: int
) -> x509.CertificateBuilder:
    public = x509.SubjectKeyIdentifier.from_public_key(private.public_key())
    facts = f"{name} {not_before} {not_after}".encode()
    serial = int.from_bytes(digest_for("cotejo/serial/v1", public.digest, facts)[:_SERIAL_BYTES], "big")
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(private.public_key())
        .serial_number(serial)
        .not_valid_before(_moment(not_before))
        .not_valid_after(_moment(not_after))
        .add_extension(public, critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
