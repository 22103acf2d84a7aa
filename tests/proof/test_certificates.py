import ssl
from pathlib import Path

import pytest

from cotejo.proof import certificates
from cotejo.proof.certificates import Certified
from cotejo.proof.refusals import ProofError, Reason

START, END = 1_764_000_000_000, 4_000_000_000_000
SEED = b"t" * 32


def authority(name: str = "alba", seed: bytes = SEED) -> Certified:
    return certificates.make_authority(seed, name=name, not_before=START, not_after=END)


def leaf(of: Certified, hosts: tuple[str, ...] = ("localhost", "127.0.0.1")) -> Certified:
    return certificates.make_leaf(of, SEED, name="alba", hosts=hosts, not_before=START, not_after=END)


def context(kind: int, shown: Certified, trusted: Certified, folder: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(kind)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    file = folder / "leaf.pem"
    file.write_text(shown.pem + shown.private_pem, encoding="ascii")
    made.load_cert_chain(file)
    made.load_verify_locations(cadata=trusted.pem)
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    return made


def shake(client: ssl.SSLContext, server: ssl.SSLContext, host: str) -> None:
    """Shake hands in memory; raise `ssl.SSLError` when either side refuses."""
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(down, up, server_hostname=host), server.wrap_bio(up, down, server_side=True)]
    for _ in range(6):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
    ends[0].write(b"hello")
    assert ends[1].read(5) == b"hello"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_two_nodes_that_know_each_others_authority_shake_hands(tmp_path: Path, host: str) -> None:
    alba, boreal = authority("alba"), authority("boreal", b"b" * 32)
    client = context(ssl.PROTOCOL_TLS_CLIENT, leaf(boreal), alba, tmp_path)
    server = context(ssl.PROTOCOL_TLS_SERVER, leaf(alba), boreal, tmp_path)
    shake(client, server, host)


def test_a_leaf_of_an_unknown_authority_or_for_another_host_is_refused(tmp_path: Path) -> None:
    alba, boreal, stranger = authority("alba"), authority("boreal", b"b" * 32), authority("alba", b"s" * 32)
    server = context(ssl.PROTOCOL_TLS_SERVER, leaf(alba), boreal, tmp_path)
    good = context(ssl.PROTOCOL_TLS_CLIENT, leaf(boreal), alba, tmp_path)
    with pytest.raises(ssl.SSLError):
        shake(good, server, "elsewhere")
    with pytest.raises(ssl.SSLError):
        shake(context(ssl.PROTOCOL_TLS_CLIENT, leaf(stranger), alba, tmp_path), server, "localhost")
    with pytest.raises(ssl.SSLError):
        shake(context(ssl.PROTOCOL_TLS_CLIENT, leaf(boreal), stranger, tmp_path), server, "localhost")


def test_equal_input_gives_equal_certificates_and_no_key_is_printed() -> None:
    assert authority().pem == authority().pem
    assert leaf(authority()).private_pem == leaf(authority()).private_pem
    assert "private" not in repr(authority())
    assert authority().private_pem != leaf(authority()).private_pem


def test_a_leaf_for_no_host_is_refused() -> None:
    with pytest.raises(ProofError) as refused:
        leaf(authority(), hosts=())
    assert refused.value.reason is Reason.BAD_KEY
