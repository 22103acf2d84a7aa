"""The post room: seals what a `Unit` sends, and the receipts it gives, with this node's keys.

It is handed to the memory when a node is put together; chance and documents are given to it.
"""

from collections.abc import Callable
from functools import lru_cache

from cotejo.actions.unit import Incoming, Partner, Sealed
from cotejo.exchange.keyring import OwnKeys, PartnerKeys, keys_of
from cotejo.exchange.outgoing import Letter, Place, receipt_content, write_letter
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.refusals import ProofError
from cotejo.rules.acts import Millis, Send
from cotejo.rules.agreement import in_turn
from cotejo.rules.told import AgreementSigned


@lru_cache(maxsize=64)
def read_key_document(signed: str) -> KeyDocument:
    """Return the key document in a partner's signed text. Raises `ProofError`."""
    return open_key_document(signed.encode())


def partner_keys(partner: Partner, *, now: Millis) -> PartnerKeys:
    """Return a partner's keys in force at `now`. Raises `ProofError` when its document has expired."""
    return keys_of(read_key_document(partner.key_document), now=now)


def last_keys(partner: Partner, *, now: Millis) -> PartnerKeys:
    """Return a partner's keys in force at `now`, or those last in force when its document has expired.

    Under the latter nothing is believed but the next key document, which the root signs (TUF 5.3: the trusted root's
    own expiry is looked at only after it was followed to the newest). Raises `ProofError`.
    """
    document = read_key_document(partner.key_document)
    return keys_of(document, now=min(now, document.expires - 1))


def is_sealable(partner: Partner, *, now: Millis) -> bool:
    """Say whether a partner's key document and a sealing key in it are in force: else nothing enters its line."""
    try:
        return now < read_key_document(partner.key_document).seals_until()
    except ProofError:
        return False


class PostRoom:
    """Implements `cotejo.actions.unit.Post` with the exchange's letters."""

    def __init__(self, *, own: OwnKeys, chance: Callable[[int], bytes], document: Callable[[str], bytes]) -> None:
        self._own = own
        self._chance = chance
        self._document = document

    def can_seal(self, partner: Partner, *, now: Millis) -> bool:
        """Say whether the partner's key document and a sealing key in it are in force."""
        return is_sealable(partner, now=now)

    def seal(self, *, partner: Partner, seq: int, prev: str, send: Send, now: Millis) -> Sealed:
        """Seal one message to a partner.

        What had to wait for its place cites what was in turn when it was said: the signatures that make the next
        agreement may wait in the line behind it, and until they come who hears of it does not know of that one. They
        themselves cite one before it (F19).
        """
        brings = isinstance(send.content, AgreementSigned) and len(send.content.signed) > 1
        known = (brings and partner.agreements[:-1]) or partner.agreements
        cited = in_turn(known, min(now, send.at or now)).hash
        place = Place(seq=seq, prev=prev, agreement=cited, request=send.request, version=send.version)
        return _sealed(self._write(send.content, place, partner, now))

    def seal_receipt(
        self, *, partner: Partner, incoming: Incoming, outcome: str, gaps: tuple[str, ...], now: Millis
    ) -> Sealed:
        """Seal the receipt of one message; it has no number in the line."""
        content = receipt_content(of=incoming.mid, sha256_of=incoming.sha256, outcome=outcome, gaps=gaps)
        place = Place(seq=0, prev=incoming.sha256, agreement=partner.terms(now).hash)
        return _sealed(self._write(content, place, partner, now))

    def _write(self, content: object, place: Place, partner: Partner, now: Millis) -> Letter:
        return write_letter(
            content,
            place,
            own=self._own,
            to=partner_keys(partner, now=now),
            document=self._document,
            chance=self._chance,
            now=now,
        )


def _sealed(letter: Letter) -> Sealed:
    return Sealed(
        mid=letter.mid,
        kind=letter.kind,
        body=letter.body,
        sha256=letter.sha256,
        commitment=letter.commitment,
        parts=tuple((part.name, part.sealed) for part in letter.parts),
        signed=letter.signed,
    )
