"""The bare loop: what taking in a message costs that nobody can do without, and nothing else.

1. The same cryptography by the same functions: seal and signature opened, documents opened and sealed for keeping, the
   key of a new case wrapped, act and both signed texts sealed, leaves hashed, the receipt signed and sealed.
2. The same writes: the very statements that changed rows when the node took the same message in, with the same values,
   in one transaction of another database of the same server; what they gave back is not asked for. The same files, the
   same lines brought to the disk.
3. No rule, no look-up, no check against what is held, no lock.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cotejo.exchange.keyring import OwnKeys, PartnerKeys
from cotejo.exchange.outgoing import Letter, Place, receipt_content, write_letter
from cotejo.proof import jws
from cotejo.proof.commitments import commit, house_leaf, leaf
from cotejo.proof.exact import sha256
from cotejo.proof.padding import unpad
from cotejo.proof.parts import open_document
from cotejo.proof.sealing import open_sealed
from cotejo.proof.tilelog import Frontier, leaf_hash
from cotejo.rules.acts import Millis
from cotejo.store.disk import add_line, make_folder, write_all_new

WRITES: Final = ("INSERT", "UPDATE", "DELETE")
GIVEN_BACK: Final = re.compile(r"\sRETURNING\s")
KEY: Final = bytes(32)
NO_DOCUMENTS: Final[dict[str, bytes]] = {}
NONCE_SIZE: Final = 12

Statement = tuple[str, Any]


@dataclass(slots=True)
class Recorder:
    """Django's execute wrapper that keeps every statement which changed rows, and counts all."""

    written: list[Statement] = field(default_factory=list)
    statements: int = 0

    def __call__(
        self,
        execute: Callable[..., Any],
        query: str,
        params: Any,  # noqa: ANN401 - whatever Django gives
        many: bool,
        context: Mapping[str, Any],
    ) -> Any:  # noqa: ANN401 - whatever Django takes
        done = execute(query, params, many, context)
        self.statements += 1
        if query.lstrip().startswith(WRITES) and context["cursor"].rowcount:
            self.written.append((GIVEN_BACK.split(query)[0], params))
        return done

    def taken(self) -> list[Statement]:
        """Return what was written since the last time."""
        written, self.written = self.written, []
        return written


class BareLoop:
    """Takes in the messages of one partner without asking anything."""

    def __init__(self, *, dsn: str, folder: Path, own: OwnKeys, partner: PartnerKeys, agreement: str) -> None:
        self._connection = psycopg.connect(dsn)
        self._folder = folder
        self._own = own
        self._partner = partner
        self._agreement = agreement
        self._house, self._link = Frontier(), Frontier()
        make_folder(folder)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def take(self, letter: Letter, written: Sequence[Statement], *, now: Millis) -> bytes:
        """Take in one message, writing these statements, and return the sealed receipt."""
        signed = unpad(
            open_sealed(letter.body, keys=self._own.opening, issuer=self._partner.node, addressee=self._own.node)
        )
        claims = json.loads(jws.verify(signed, self._partner.message, typ=jws.Typ.MESSAGE).payload)
        body = json.loads(claims["body"])
        digest, salt = sha256(signed).hex(), os.urandom(32)
        message = commit(bytes.fromhex(claims["salt"]), signed)
        write_all_new(self._documents(letter, body["package"]["documents"]))
        plain = json.dumps(body).encode()
        if letter.kind == "request":
            _sealed(os.urandom(len(KEY)), about="key")
        _sealed(salt + plain, about="act")
        self._house = self._house.append(leaf_hash(house_leaf(salt=salt, act=commit(salt, plain))))
        self._link = self._link.append(leaf_hash(leaf(message)))
        receipt = write_letter(
            receipt_content(of=claims["mid"], sha256_of=digest, outcome="taken", gaps=()),
            Place(seq=0, prev=digest, agreement=self._agreement),
            own=self._own,
            to=self._partner,
            document=NO_DOCUMENTS.__getitem__,
            chance=os.urandom,
            now=now,
        )
        _sealed(signed, about="message")
        _sealed(receipt.signed, about="receipt")
        with self._connection.transaction():
            for query, params in written:
                self._connection.execute(query, params)
        add_line(self._folder / "highwater", lambda _last: json.dumps([self._house.size, digest]).encode())
        return receipt.body

    def _documents(self, letter: Letter, cited: list[dict[str, Any]]) -> Iterator[tuple[Path, bytes]]:
        """Open the documents of a message and seal each for keeping, in a file of its own."""
        sealed = {part.name: part.sealed for part in letter.parts}
        for each in cited:
            content = open_document(
                each["parts"],
                sealed,
                sha256_of_document=bytes.fromhex(each["sha256"]),
                keys=self._own.opening,
                issuer=self._partner.node,
                addressee=self._own.node,
            )
            name = os.urandom(16).hex()
            make_folder(self._folder / name[:2])
            yield self._folder / name[:2] / name, _sealed(content, about=name)


def _sealed(plain: bytes, *, about: str) -> bytes:
    nonce = os.urandom(NONCE_SIZE)
    return nonce + AESGCM(KEY).encrypt(nonce, plain, about.encode())
