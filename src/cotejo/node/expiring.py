"""What ends and when, said sixty, thirty and seven days ahead: keys, key documents, certificates, agreements.

1. Sixty days ahead there is time to plan, thirty to act, seven for nothing else; afterwards messages stop.
2. A node is warned of its own keys and of every partner's: either end stops the line.
3. The time of an agreement for requests is over when they are withdrawn because none follows it, before its end.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.actions.post import read_key_document
from cotejo.actions.unit import Partner
from cotejo.exchange.keyring import OwnKeys
from cotejo.node.keys import NodeKeys
from cotejo.proof.key_document import KeyDocument
from cotejo.proof.keys import Purpose
from cotejo.rules.acts import Millis
from cotejo.rules.agreement import DAY
from cotejo.rules.succession import leaves_at
from cotejo.rules.words import Text

LOG: Final = logging.getLogger("cotejo.node")
AHEAD: Final = (7 * DAY, 30 * DAY, 60 * DAY)
DOCUMENT: Final = Text("the key document", "el documento de claves")
AGREEMENT: Final = Text("the agreement's time for requests", "la vigencia del acuerdo para solicitudes")
CERTIFICATE: Final = Text("the certificate of the exchange", "el certificado del intercambio")
SEALING: Final = Text("the sealing key", "la clave de sellado")
KEYS: Final = {
    Purpose.MESSAGE: Text("the key of messages", "la clave de mensajes"),
    Purpose.STATUS: Text("the key of status lists", "la clave de las listas de vigencia"),
    Purpose.LOG: Text("the key of the log", "la clave del registro"),
    Purpose.WITNESS: Text("the key of confirmations", "la clave de confirmaciones"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Something that ends, when, and how many whole days are left."""

    what: Text
    at: Millis
    days: int

    def words(self, node: str) -> Text:
        """Say it in a sentence, the more pressing the nearer."""
        if self.days < 0:
            return Text(
                f"{node}: {self.what.en} has ended; nothing under it counts.",
                f"{node}: {self.what.es} terminó; nada bajo ella cuenta.",
            )
        en = f"{node}: {self.what.en} ends in {self.days} days."
        es = f"{node}: {self.what.es} termina en {self.days} días."
        return Text(f"Now: {en}", f"Ya: {es}") if self.days < AHEAD[0] // DAY else Text(en, es)


Ends = Iterable[tuple[Text, Millis]]


def own_ends(document: KeyDocument, own: OwnKeys, *, certificate: Millis) -> Ends:
    """Return what ends of this node: the document, the certificate, and the keys it signs and opens with."""
    in_use = {each.key_id for each in (own.message, own.status, own.log, own.witness) if each is not None}
    yield DOCUMENT, document.expires
    yield CERTIFICATE, certificate
    yield from ((KEYS[each.key.purpose], each.until) for each in document.keys if each.key.key_id in in_use)
    yield SEALING, max(each.until for each in document.sealing)


def partner_ends(partner: Partner) -> Ends:
    """Return what ends of a partner: the agreements with it, the document, and the last key of each purpose."""
    document = read_key_document(partner.key_document)
    yield AGREEMENT, leaves_at(partner.agreements[-1])
    yield DOCUMENT, document.expires
    for purpose in (Purpose.MESSAGE, Purpose.STATUS):
        yield KEYS[purpose], max((each.until for each in document.keys if each.key.purpose is purpose), default=0)
    yield SEALING, max(each.until for each in document.sealing)


def warnings(ends: Ends, *, now: Millis) -> Iterator[Ending]:
    """Yield what ends within sixty days, the nearest first."""
    for what, at in sorted(ends, key=lambda each: each[1]):
        if at < now + AHEAD[-1]:
            yield Ending(what=what, at=at, days=(at - now) // DAY)


def is_news(ending: Ending, *, now: Millis, last: Millis) -> bool:
    """Say whether a line ahead was crossed since `last`: sixty, thirty or seven days, or the end itself."""
    return any(ending.at - ahead <= now and ending.at - ahead > last for ahead in (0, *AHEAD))


def warn(keys: NodeKeys, partners: Iterable[Partner], *, certificate: Millis, now: Millis, last: Millis) -> None:
    """Write a line for the operator about whatever crossed a line ahead since `last`; `certificate`: when it ends."""
    own = keys.document
    theirs = ((each.name, partner_ends(each)) for each in partners)
    ends = [(own.name, own_ends(own, keys.own, certificate=certificate)), *theirs]
    for name, listed in ends:
        for ending in warnings(listed, now=now):
            if is_news(ending, now=now, last=last):
                facts = {"node": name, "what": ending.what.en, "days": ending.days}
                LOG.warning(
                    "a key, certificate, key document or agreement ends soon or has ended", extra={"facts": facts}
                )
