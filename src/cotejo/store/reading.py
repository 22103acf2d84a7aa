"""Reading acts back: rows in the clear, bodies from the vault, `Erased` where a body is gone."""

from cotejo.proof.commitments import SALT_SIZE
from cotejo.proof.commitments import commit as commitment_to
from cotejo.rules.acts import Entry, Erased, Stream, StreamKind
from cotejo.store import codec
from cotejo.store.models import Act, VaultItem
from cotejo.store.vault import NotOpened, OpenKey, Vault, open_sealed


def about_body(stream: Stream, version: int) -> str:
    """Return what the sealed body of an act is bound to."""
    return f"act:{stream}:{version}"


def entries_of(stream: Stream, *, vault: Vault, using: str) -> tuple[Entry, ...]:
    """Return all acts of a stream, oldest first. Raises `NotOpened` when a row or a body was altered."""
    here = {"stream_kind": stream.kind, "stream_id": stream.id}
    rows = list(Act.objects.using(using).filter(**here).order_by("version"))
    if not rows:
        return ()
    sealed = dict(VaultItem.objects.using(using).filter(**here).values_list("version", "sealed"))
    keys = vault.keys_of(*{row.key for row in rows})
    return tuple(_entry(stream, row, bytes(sealed.get(row.version, b"")), keys.get(row.key)) for row in rows)


def body_of(row: Act, sealed: bytes, key: OpenKey) -> bytes:
    """Return the exact bytes of an act's body. Raises `NotOpened` when row and body do not belong together."""
    stream = Stream(StreamKind(row.stream_kind), row.stream_id)
    plain = open_sealed(key.key, sealed, about=about_body(stream, row.version))
    salt, body = plain[:SALT_SIZE], plain[SALT_SIZE:]
    if commitment_to(salt, body) != bytes(row.body_commitment):
        raise NotOpened(f"act {row.version} of {stream} is not what its row commits to")
    return body


def _entry(stream: Stream, row: Act, sealed: bytes, key: OpenKey | None) -> Entry:
    act = Erased(was=row.code) if key is None else codec.decode(row.code, body_of(row, sealed, key))
    return Entry(
        stream=stream,
        version=row.version,
        at=row.at,
        by=row.by,
        duty=row.duty,
        rules=row.rules,
        act=act,
        purpose=row.purpose,
    )
