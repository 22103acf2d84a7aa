"""Messages carried by hand between nodes without a link: the same sealed bytes, the same intake, the same receipts.

1. A file holds what waits for one partner, in the order of the line, as the wire would carry it, and the stored
   receipts of what was taken in from that partner and is not known to be receipted there. Nothing leaves the outbox
   until its receipt comes back in a file, or over the wire.
2. The file's signature protects it on its way; it opens nothing and decides nothing. Every message in it is opened,
   placed and judged by `take_in`, every receipt by `note_receipt`, as if it had come over the wire.
3. Taking the same file twice, or an older one after a newer one, changes nothing: repeats get the stored receipts (I8).
4. A file that does not begin where the line waits has no effect; the partner writes it again from that number.
5. Freshness is not softened (I5): a status list is made when a file is written and serves as long as it says. Whoever
   decides after that waits for the next file.
6. A file brings the key documents of its writer. Those that follow the one held are followed first: they may name the
   key the file is signed with, and the root that is known has signed them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from cotejo.actions.follow_keys import follow
from cotejo.actions.note_receipt import Posted, note_receipt
from cotejo.actions.post import last_keys, read_key_document
from cotejo.actions.take_in import Desk, take_in
from cotejo.actions.unit import Conflict, Partner, Unit
from cotejo.exchange.incoming import LARGEST_ENVELOPE
from cotejo.exchange.keyring import OwnKeys, keys_of
from cotejo.exchange.refusals import WireReason, WireRefusal
from cotejo.proof.carried import Manifest, Package, PackageKind, open_package, write_package
from cotejo.proof.key_document import KeyDocument, follow_key_document, open_key_document
from cotejo.proof.keys import VerifyingKey
from cotejo.proof.parts import part_name
from cotejo.proof.refusals import ProofError, Reason
from cotejo.rules.acts import Millis

KEY_DOCUMENTS: Final = "key-documents"
RECEIPTS: Final = "receipts"
PARTS: Final = "parts"
MESSAGES: Final = "messages"
RECEIPTED: Final = "receipted"
TRIES: Final = 5
_DIGITS: Final = 16
LARGEST_DOCUMENT: Final = 128 * 1024
"""A signed key document, with the line of an old root beside its own."""
_MESSAGE: Final = re.compile(rf"{MESSAGES}/([0-9]{{{_DIGITS}}})")
_MEMBER: Final = re.compile(
    rf"({KEY_DOCUMENTS}|{RECEIPTS}|{MESSAGES})/[0-9]{{{_DIGITS}}}|{PARTS}/[0-9]{{{_DIGITS}}}/[0-9a-f]{{64}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message as the wire would carry it: its number in the line, its envelope, the sealed parts before it."""

    number: int
    sealed: bytes
    parts: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What a node lends to take a file in.

    `keep_part(name, sealed, partner)` keeps a part until its message comes. `posted(partner, number)` returns our
    message that waits for its receipt, nothing when it has one; raises `KeyError` for one that was never written.
    """

    desk: Desk
    keep_part: Callable[[str, bytes, str], None]
    posted: Callable[[str, int], Posted | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedIn:
    """What became of a file: how many messages were new, how many known, how many receipts were noted.

    `stopped` says why the message of number `stopped_at` was not taken; what came before it stands, as on the wire.
    """

    partner: str
    taken: int = 0
    repeated: int = 0
    receipts: int = 0
    stopped: WireRefusal | None = None
    stopped_at: int = 0


def write_mail(
    out: BinaryIO,
    partner: Partner,
    mail: Iterable[Mail],
    receipts: Iterable[tuple[int, bytes]],
    *,
    own: OwnKeys,
    key_documents: Sequence[bytes],
    receipted: int,
    id_: str,
    now: Millis,
) -> Manifest:
    """Write a file for one partner. `receipted`: all our messages up to this number have their receipts.

    `key_documents` are ours, one version after the other up to the newest. Raises `ProofError(PACKAGE_TOO_LARGE)`.
    """
    items = [
        (f"{KEY_DOCUMENTS}/{_named(number)}", document)
        for number, document in enumerate(key_documents, open_key_document(key_documents[0]).version)
    ]
    items += [(f"{RECEIPTS}/{_named(number)}", sealed) for number, sealed in receipts]
    for each in mail:
        items += [(f"{PARTS}/{_named(each.number)}/{name}", sealed) for name, sealed in each.parts]
        items.append((f"{MESSAGES}/{_named(each.number)}", each.sealed))
    return write_package(
        out,
        items,
        kind=PackageKind.MAIL,
        id_=id_,
        addressee=partner.name,
        made=now,
        about={RECEIPTED: receipted},
        issuer=own.node,
        key=own.message,
    )


def open_mail(file: BinaryIO, unit: Unit, *, now: Millis) -> Package:
    """Check a whole file from a paired partner and for us, and return it; nothing of ours is touched.

    Raises `WireRefusal`: UNKNOWN_PARTNER, NOT_FOR_US; `ProofError`: what `open_package` raises, WRONG_TYPE.
    """
    package = open_package(file, lambda manifest, read: _keys(unit, manifest, read, now))
    _require_form(package)
    return package


def take_mail(hands: Hands, package: Package, *, now: Millis) -> CarriedIn:
    """Take in what a checked file holds: receipts first, then messages in order, until one is refused.

    Raises `WireRefusal`: GAP for a file that begins after what the line waits for (rule 4), and what a receipt that is
    none raises; `ProofError` of the partner's keys; `Conflict` when others keep changing what a message is about.
    """
    unit, name = hands.desk.unit, package.manifest.issuer
    line = _line(unit, name)
    numbers = [_number(each) for each in package.under(MESSAGES)]
    fresh = [each for each in numbers if each > line]
    if fresh and fresh[0] != line + 1:
        raise WireRefusal(WireReason.GAP, f"the file begins with {fresh[0]}", expected=line + 1)
    _follow_keys(unit, package, now)
    noted = _note_receipts(hands, package, now)
    parts = _parts(package)
    for number in numbers:
        if number > line:
            _keep_parts(hands, package, parts.get(number, ()))
        try:
            _insist(hands.desk, package.read(f"{MESSAGES}/{_named(number)}"), now)
        except WireRefusal as refusal:
            taken = _line(unit, name) - line
            repeated = sum(1 for each in numbers if each <= min(line, number - 1))
            return CarriedIn(
                partner=name, taken=taken, repeated=repeated, receipts=noted, stopped=refusal, stopped_at=number
            )
    return CarriedIn(partner=name, taken=_line(unit, name) - line, repeated=len(numbers) - len(fresh), receipts=noted)


def receipted_by(package: Package) -> int:
    """Return up to which number the issuer says it holds the receipts of its messages."""
    number = package.manifest.about[RECEIPTED]
    return number if isinstance(number, int) else 0


def _follow_keys(unit: Unit, package: Package, now: Millis) -> None:
    """Follow the partner's next key documents, as when they come outside the line."""
    partner = unit.partner(package.manifest.issuer)
    if partner is not None:
        for document in _following(read_key_document(partner.key_document), package.manifest, package.read):
            partner = follow(unit, partner, document, now)


def _note_receipts(hands: Hands, package: Package, now: Millis) -> int:
    unit, name, noted = hands.desk.unit, package.manifest.issuer, 0
    for member in package.under(RECEIPTS):
        number = _number(member)
        try:
            posted = hands.posted(name, number)
        except KeyError:
            raise WireRefusal(WireReason.WRONG_RECEIPT, f"no message {number} was written to {name}") from None
        partner = unit.partner(name)
        if posted is not None and partner is not None:
            note_receipt(unit, partner, posted, package.read(member), own=hands.desk.own, now=now)
            noted += 1
    return noted


def _parts(package: Package) -> dict[int, list[str]]:
    """Return the members that are document parts, by the number of the message they go before."""
    found: dict[int, list[str]] = {}
    for member in package.under(PARTS):
        found.setdefault(_number(member.rpartition("/")[0]), []).append(member)
    return found


def _keep_parts(hands: Hands, package: Package, members: Iterable[str]) -> None:
    for member in members:
        name, sealed = member.rpartition("/")[2], package.read(member)
        if part_name(sealed) != name:
            raise ProofError(Reason.PACKAGE_DISAGREES, member)
        hands.keep_part(name, sealed, package.manifest.issuer)


def _insist(desk: Desk, envelope: bytes, now: Millis) -> None:
    for _ in range(TRIES - 1):
        with suppress(Conflict):
            take_in(desk, envelope, now=now)
            return
    take_in(desk, envelope, now=now)


def _keys(unit: Unit, manifest: Manifest, read: Callable[[str], bytes], now: Millis) -> Mapping[str, VerifyingKey]:
    """Return the message keys of the partner as we know it, and of the documents in the file that follow (rule 6)."""
    partner = unit.partner(manifest.issuer)
    if partner is None:
        raise WireRefusal(WireReason.UNKNOWN_PARTNER, manifest.issuer[:64])
    if manifest.addressee != unit.node:
        raise WireRefusal(WireReason.NOT_FOR_US, f"package {manifest.id}")
    if manifest.kind is not PackageKind.MAIL:
        raise ProofError(Reason.WRONG_TYPE, f"a {manifest.kind} package")
    keys = dict(last_keys(partner, now=now).message)
    held = read_key_document(partner.key_document)
    for new in _following(held, manifest, read):
        document = read_key_document(new)
        keys |= keys_of(document, now=min(now, document.expires - 1)).message
    return keys


def _following(held: KeyDocument, manifest: Manifest, read: Callable[[str], bytes]) -> Iterator[str]:
    """Yield the key documents in a file that follow the one held, one after the other."""
    for each in manifest.members:
        if each.name.startswith(f"{KEY_DOCUMENTS}/") and each.size <= LARGEST_DOCUMENT:
            with suppress(ProofError, UnicodeDecodeError):
                document = read(each.name).decode("ascii")
                held = follow_key_document(held, document.encode())
                yield document


def _require_form(package: Package) -> None:
    """Raise `ProofError(PACKAGE_BROKEN)` for members that mail does not have, or out of their order."""
    manifest = package.manifest
    receipted = manifest.about.get(RECEIPTED)
    if manifest.about.keys() != {RECEIPTED} or not isinstance(receipted, int) or not 0 <= receipted < 10**_DIGITS:
        raise ProofError(Reason.PACKAGE_BROKEN, "what it is about")
    numbers = [int(match[1]) for each in manifest.members if (match := _MESSAGE.fullmatch(each.name))]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers)) if numbers else ()):
        raise ProofError(Reason.PACKAGE_BROKEN, "messages do not follow each other")
    for each in manifest.members:
        if not _MEMBER.fullmatch(each.name) or each.size > LARGEST_ENVELOPE:
            raise ProofError(Reason.PACKAGE_BROKEN, f"mail has no member {each.name}")


def _line(unit: Unit, name: str) -> int:
    partner = unit.partner(name)
    return partner.sequence_in if partner else 0


def _named(number: int) -> str:
    return f"{number:0{_DIGITS}d}"


def _number(member: str) -> int:
    return int(member.rpartition("/")[2])
