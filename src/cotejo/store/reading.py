"""Reading acts back: rows in the clear, bodies from the vault, `Erased` where a body is gone; all as of one moment.

What was read before is what stands there now when no act was added and no body went (`Standing`): acts are only ever
added, and a body is there or gone for good.
"""

from dataclasses import dataclass
from typing import Any, Final

from cotejo.proof.commitments import SALT_SIZE
from cotejo.proof.commitments import commit as commitment_to
from cotejo.rules.acts import Act, Entry, Erased, Stream, StreamKind
from cotejo.rules.cases import History
from cotejo.store import codec
from cotejo.store import rows as table
from cotejo.store.models import Act as ActRow
from cotejo.store.vault import NotOpened, OpenKey, Vault, WrappedKey, open_sealed

_HISTORY: Final = """
SELECT act.version, act.at, act.by, act.duty, act.purpose, act.rules, act.code, act.body_commitment,
       item.sealed, key.id, key.epoch, key.wrapped
  FROM store_act AS act
  LEFT JOIN store_vault_item AS item USING (stream_kind, stream_id, version)
  LEFT JOIN store_unit_key AS key ON key.id = act.key AND key.destroyed_at = 0
 WHERE act.stream_kind = %s AND act.stream_id = %s
 ORDER BY act.version"""
_STANDING: Final = """
SELECT COALESCE(newest.version, 0), newest.body_commitment,
       (SELECT COUNT(*) FROM store_vault_item AS item
         WHERE item.stream_kind = given.kind AND item.stream_id = given.id),
       key.id, key.epoch, key.wrapped
  FROM (SELECT %s::text AS kind, %s::text AS id) AS given
  LEFT JOIN LATERAL (SELECT version, body_commitment FROM store_act AS act
                      WHERE act.stream_kind = given.kind AND act.stream_id = given.id
                      ORDER BY version DESC LIMIT 1) AS newest ON TRUE
  LEFT JOIN store_unit_key AS key
    ON key.stream_kind = given.kind AND key.stream_id = given.id AND key.destroyed_at = 0"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a stream has come: its acts, how many of their bodies are there, and the living key of its unit.

    `newest` is the commitment of the last act's body, which no other act has.
    """

    acts: int
    newest: bytes
    bodies: int
    key: WrappedKey | None

    def is_of(self, entries: tuple[Entry, ...]) -> bool:
        """Say whether this is what was read: as many acts, and none of their bodies gone since."""
        return self.acts == len(entries) and self.bodies == sum(not isinstance(each.act, Erased) for each in entries)


def about_body(stream: Stream, version: int) -> str:
    """Return what the sealed body of an act is bound to."""
    return f"act:{stream}:{version}"


def standing_of(stream: Stream, *, using: str) -> Standing:
    """Return how far a stream has come."""
    ((acts, newest, bodies, key, epoch, wrapped),) = table.fetched(_STANDING, stream.kind, stream.id, using=using)
    return Standing(
        acts=acts,
        newest=bytes(newest or b""),
        bodies=bodies,
        key=key and WrappedKey(id=key, epoch=epoch, wrapped=bytes(wrapped)),
    )


def entries_of(stream: Stream, *, vault: Vault, using: str) -> History:
    """Return all acts of a stream, oldest first. Raises `NotOpened` when a row or a body was altered."""
    rows = table.fetched(_HISTORY, stream.kind, stream.id, using=using)
    keys = {key: (epoch, wrapped) for *_, key, epoch, wrapped in rows if key is not None}
    opened = {
        key: vault.unwrapped(key, epoch=epoch, wrapped=wrapped)
        for key, (epoch, wrapped) in keys.items()
        if key not in vault.destroyed.known()
    }
    return History(_entry(stream, row[:-3], opened.get(row[-3])) for row in rows)


class StandingHistories:
    """Histories of streams that every message asks about and that hold no person, opened when they have changed.

    Partners': what is remembered of one is believed only for as long as it stands.
    """

    def __init__(self, *, vault: Vault, using: str) -> None:
        self._vault = vault
        self._using = using
        self._known: dict[Stream, tuple[Standing, History]] = {}

    def entries(self, stream: Stream) -> History:
        """Return all acts of a stream, as `entries_of` does."""
        standing = standing_of(stream, using=self._using)
        known = self._known.get(stream)
        if known is not None and known[0] == standing:
            return known[1]
        entries = entries_of(stream, vault=self._vault, using=self._using)
        if standing.is_of(entries):
            self._known[stream] = (standing, entries)
        return entries


def body_of(row: ActRow, sealed: bytes, key: OpenKey) -> bytes:
    """Return the exact bytes of an act's body. Raises `NotOpened` when row and body do not belong together."""
    stream = Stream(StreamKind(row.stream_kind), row.stream_id)
    return _opened(stream, row.version, sealed, key, bytes(row.body_commitment))


def _opened(stream: Stream, version: int, sealed: bytes, key: OpenKey, commitment: bytes) -> bytes:
    plain = open_sealed(key.key, bytes(sealed), about=about_body(stream, version))
    salt, body = plain[:SALT_SIZE], plain[SALT_SIZE:]
    if commitment_to(salt, body) != commitment:
        raise NotOpened(f"act {version} of {stream} is not what its row commits to")
    return body


def _entry(stream: Stream, row: tuple[Any, ...], key: OpenKey | None) -> Entry:
    version, at, by, duty, purpose, rules, code, commitment, sealed = row
    if key is None:
        act: Act = Erased(was=code)
    else:
        act = codec.decode(code, _opened(stream, version, sealed or b"", key, bytes(commitment)))
    return Entry(stream=stream, version=version, at=at, by=by, duty=duty, rules=rules, act=act, purpose=purpose)
