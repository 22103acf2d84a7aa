"""One case as a court gets it: signed texts, receipts, status, places in the log, documents; checked with public keys.

1. Nothing is believed of whoever put the file together but that it did. Every text counts by the signature of the node
   that said it, under a key that was in force when it says it was said (`key_line`).
2. Everything in the file must belong to this case and to everything else in it; what does not makes the whole file
   worthless (`PACKAGE_DISAGREES`). What is absent is no fault: it is told as not shown.
3. The leaf of a message is computed from the message itself; the proof shows it under a checkpoint signed by the
   sender, and who confirmed that.
4. What a decision rested on is told of the list that was valid at the moment the file names. That moment is the word of
   whoever made the file; the list's own times are the origin's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from cotejo.proof import exact, jws
from cotejo.proof.carried import Manifest, Package, PackageKind, open_package
from cotejo.proof.case_texts import (
    Logged,
    Receipted,
    Said,
    StatusSaid,
    body,
    brought,
    claims_of,
    disagrees,
    object_in,
    payload,
    whole,
)
from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.commitments import SALT_SIZE, link_leaf
from cotejo.proof.key_document import KeyDocument
from cotejo.proof.key_line import KeyLine
from cotejo.proof.keys import Purpose, VerifyingKey
from cotejo.proof.notes import NoteKey, cosigned_seconds, read_note
from cotejo.proof.refusals import ProofError, Reason
from cotejo.proof.status_list import SlotState, open_status_list
from cotejo.proof.tlog_proof import TlogProof

KEY_DOCUMENTS: Final = "key-documents"
AGREEMENT: Final = "agreement"
MESSAGES: Final = "messages"
RECEIPTS: Final = "receipts"
PROOFS: Final = "proofs"
STATUS: Final = "status"
DOCUMENTS: Final = "documents"
DIGITS: Final = 16
"""Numbers and moments in names are written with so many digits."""

_ABOUT: Final = frozenset({"decided", "origin", "receiver", "request"})
_PROTOCOL: Final = 1


class OtherKeys(ProofError):  # noqa: N818 - a domain noun: what the file holds
    """The documents of `node` in the file are not those the reader has from elsewhere."""

    def __init__(self, node: str) -> None:
        super().__init__(Reason.KEY_DOCUMENT_BROKEN_LINE, f"{node}: not the key document given")
        self.node = node


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A file in which everything holds. `decided` is the moment its maker names, 0 when none."""

    manifest: Manifest
    request: str
    origin: str
    receiver: str
    decided: int
    lines: Mapping[str, KeyLine]
    said: tuple[Said, ...]
    statuses: tuple[StatusSaid, ...]
    agreements: tuple[str, ...]
    named: int
    enclosed: int
    known: frozenset[str]


def open_disclosure(
    file: BinaryIO, *, anchors: Sequence[KeyDocument] = (), policy: WitnessPolicy | None = None
) -> Disclosure:
    """Check a whole file (rules 1 to 4). `anchors` are key documents the reader has from elsewhere.

    Raises `ProofError`: what `open_package`, `jws.verify` and the log's checks raise; WRONG_TYPE for another kind of
    package; PACKAGE_DISAGREES; KEY_DOCUMENT_BROKEN_LINE when a node's documents are not those of the anchors;
    NOT_ENOUGH_WITNESSES against `policy`.
    """
    lines: dict[str, KeyLine] = {}

    def keys(manifest: Manifest, read: Callable[[str], bytes]) -> Mapping[str, VerifyingKey]:
        if manifest.kind is not PackageKind.DISCLOSURE:
            raise ProofError(Reason.WRONG_TYPE, f"a {manifest.kind} package")
        lines.update(_key_lines(manifest, read))
        return _line(lines, manifest.issuer).keys(Purpose.MESSAGE, at=manifest.made)

    package = open_package(file, keys)
    return _Reader(package, lines, policy).read(_compared(lines, anchors))


class _Reader:
    """Reads one package whose bytes are as its maker signed them."""

    def __init__(self, package: Package, lines: Mapping[str, KeyLine], policy: WitnessPolicy | None) -> None:
        self._package = package
        self._lines = lines
        self._policy = policy
        self._request, self._nodes, self._decided = _about(package.manifest)
        if set(lines) != set(self._nodes):
            raise disagrees("the key documents are not those of the two nodes")

    def read(self, known: frozenset[str]) -> Disclosure:
        """Check everything and say what it is."""
        self._require_known_names()
        agreements = self._agreements()
        said = tuple(self._said(name, agreements) for name in self._package.under(MESSAGES))
        enclosed = self._documents(said)
        origin, receiver = self._nodes
        return Disclosure(
            manifest=self._package.manifest,
            request=self._request,
            origin=origin,
            receiver=receiver,
            decided=self._decided,
            lines=self._lines,
            said=said,
            statuses=tuple(self._status(name, said) for name in self._package.under(STATUS)),
            agreements=agreements,
            named=len({each for message in said for each in message.documents}),
            enclosed=enclosed,
            known=known,
        )

    def _require_known_names(self) -> None:
        named = set(self._package.places)
        messages = {name.removeprefix(f"{MESSAGES}/") for name in self._package.under(MESSAGES)}
        known = {
            name for folder in (KEY_DOCUMENTS, MESSAGES, STATUS, DOCUMENTS) for name in self._package.under(folder)
        }
        known |= {f"{folder}/{each}" for folder in (RECEIPTS, PROOFS) for each in messages} | {AGREEMENT}
        if not messages:
            raise disagrees("no message of the case")
        if named - known:
            raise disagrees(f"{min(named - known)} belongs to nothing here")

    def _has(self, name: str) -> bool:
        return name in self._package.places

    def _agreements(self) -> tuple[str, ...]:
        """Return the hashes of the agreements both roots signed, in order; empty when none is enclosed."""
        if not self._has(AGREEMENT):
            return ()
        roots = {key.key_id: key for line in self._lines.values() for key in {each.root for each in line.documents}}
        signed = self._package.read(AGREEMENT).split(b"\n")
        verified = [jws.verify(each, roots, typ=jws.Typ.AGREEMENT) for each in signed]
        signers: dict[bytes, list[VerifyingKey]] = {}
        for each in verified:
            signers.setdefault(each.payload, []).append(each.key)
        if any(len(keys) != len(self._nodes) or len(set(keys)) != len(keys) for keys in signers.values()):
            raise disagrees("an agreement is not signed by both nodes over the same terms")
        return tuple(exact.sha256(terms).hex() for terms in signers)

    def _said(self, name: str, agreements: tuple[str, ...]) -> Said:
        issuer, number = _place(name, self._nodes)
        signed = self._package.read(name)
        claims, at = self._verified(signed, issuer, name)
        if (claims["seq"], claims["rid"]) != (number, self._request) or claims["kind"] == "receipt":
            raise disagrees(f"{name} is another message")
        if agreements and claims["agreement"] not in agreements:
            raise disagrees(f"{name} cites another agreement")
        slot, documents = brought(claims)
        place = name.removeprefix(f"{MESSAGES}/")
        said = Said(
            issuer=issuer,
            addressee=str(claims["aud"]),
            number=number,
            kind=str(claims["kind"]),
            version=whole(claims["ver"]),
            at=at,
            mid=str(claims["mid"]),
            salt=exact.from_hex(str(claims["salt"]), size=SALT_SIZE),
            signed=signed,
            slot=slot,
            documents=documents,
        )
        return replace(
            said,
            receipt=self._receipt(said, f"{RECEIPTS}/{place}") if self._has(f"{RECEIPTS}/{place}") else None,
            logged=self._logged(said, f"{PROOFS}/{place}") if self._has(f"{PROOFS}/{place}") else None,
        )

    def _verified(self, signed: bytes, issuer: str, name: str) -> tuple[dict[str, exact.Exact], int]:
        """Return the claims of a text signed by this node under a key in force when it says it was signed."""
        at = whole(claims_of(payload(signed))["iat"])
        keys = _line(self._lines, issuer).keys(Purpose.MESSAGE, at=at)
        claims = claims_of(jws.verify(signed, keys, typ=jws.Typ.MESSAGE).payload)
        other = next(each for each in self._nodes if each != issuer)
        if (claims["iss"], claims["aud"], claims["v"]) != (issuer, other, _PROTOCOL):
            raise disagrees(f"{name} is between other nodes")
        return claims, at

    def _receipt(self, said: Said, name: str) -> Receipted:
        claims, at = self._verified(self._package.read(name), said.addressee, name)
        content = body(claims)
        if claims["kind"] != "receipt" or (content.get("of"), content.get("sha256")) != (
            said.mid,
            exact.sha256(said.signed).hex(),
        ):
            raise disagrees(f"{name} is not the receipt of that message")
        gaps = content.get("gaps")
        return Receipted(
            at=at, outcome=str(content.get("outcome")), gaps=tuple(map(str, gaps)) if isinstance(gaps, list) else ()
        )

    def _logged(self, said: Said, name: str) -> Logged:
        proof = TlogProof.from_bytes(self._package.read(name))
        if proof.index != said.number - 1:
            raise disagrees(f"{name} is about another place")
        note = read_note(proof.checkpoint)
        confirmed = self._confirmed(said, proof.checkpoint)
        at = confirmed or self._package.manifest.made
        log_name = f"{said.issuer}/link/{said.addressee}"
        logs = [NoteKey(name=log_name, key=key) for key in self._keys(said.issuer, Purpose.LOG, at)]
        log = next((each for each in logs if note.signed_by(each) is not None), None)
        if log is None:
            raise ProofError(Reason.BAD_SIGNATURE, f"{name}: no signature by {log_name}")
        checkpoint = proof.verify(link_leaf(salt=said.salt, message=said.signed), log)
        witnesses = self._policy.check(note) if self._policy else ()
        return Logged(size=checkpoint.size, confirmed=confirmed, witnesses=tuple(each.witness for each in witnesses))

    def _confirmed(self, said: Said, checkpoint: bytes) -> int:
        """Return when the addressee confirmed a checkpoint, in ms; 0 when it has not."""
        note = read_note(checkpoint)
        for document in self._lines[said.addressee].documents:
            for each in document.keys:
                if each.key.purpose is not Purpose.WITNESS:
                    continue
                line = note.signed_by(NoteKey(name=said.addressee, key=each.key))
                at = 1000 * cosigned_seconds(line) if line is not None else 0
                if at and each.key in self._keys(said.addressee, Purpose.WITNESS, at):
                    return at
        return 0

    def _keys(self, node: str, purpose: Purpose, at: int) -> tuple[VerifyingKey, ...]:
        return tuple(self._lines[node].keys(purpose, at=at).values())

    def _status(self, name: str, said: Sequence[Said]) -> StatusSaid:
        origin, receiver = self._nodes
        issuer, _moment = _place(name, self._nodes)
        if issuer != origin:
            raise disagrees(f"{name} is not of the origin")
        signed = self._package.read(name)
        id_ = exact.sha256(f"cotejo/status/{origin}/{receiver}".encode()).hex()[:32]
        issued = whole(object_in(payload(signed)).get("iat"))
        keys = self._lines[origin].keys(Purpose.STATUS, at=issued)
        listed = open_status_list(signed, keys, id_=id_)
        versions = [each for each in said if each.slot >= 0 and each.at <= listed.iat]
        newest = max(versions, key=lambda each: each.version, default=None)
        return StatusSaid(
            issued=listed.iat,
            expires=listed.exp,
            version=newest.version if newest else 0,
            state=listed.state(newest.slot) if newest else SlotState.UNUSED,
        )

    def _documents(self, said: Sequence[Said]) -> int:
        """Return how many documents are enclosed, each what its name says and named by a message."""
        named = {each for message in said for each in message.documents}
        names = self._package.under(DOCUMENTS)
        for name in names:
            digest = name.removeprefix(f"{DOCUMENTS}/")
            listed = self._package.places[name][0].sha256
            if digest not in named or listed != digest:
                raise disagrees(f"{name} is no document of this case")
        return len(names)


def _about(manifest: Manifest) -> tuple[str, tuple[str, str], int]:
    match manifest.about:
        case {"request": str(request), "origin": str(origin), "receiver": str(receiver), "decided": int(decided)} if (
            manifest.about.keys() == _ABOUT and origin != receiver and not isinstance(decided, bool) and decided >= 0
        ):
            if manifest.issuer in {origin, receiver}:
                return request, (origin, receiver), decided
    raise disagrees("what the file says it is about")


def _key_lines(manifest: Manifest, read: Callable[[str], bytes]) -> dict[str, KeyLine]:
    versions: dict[str, list[str]] = {}
    for each in manifest.members:
        folder, _, rest = each.name.partition("/")
        if folder == KEY_DOCUMENTS:
            versions.setdefault(rest.partition("/")[0], []).append(each.name)
    lines = {node: KeyLine.from_signed([read(name) for name in sorted(names)]) for node, names in versions.items()}
    if any(line.name != node for node, line in lines.items()):
        raise disagrees("a key document is another node's")
    return lines


def _compared(lines: Mapping[str, KeyLine], anchors: Sequence[KeyDocument]) -> frozenset[str]:
    """Return the nodes whose documents the reader has from elsewhere; raise when they are others."""
    for each in anchors:
        line = lines.get(each.name)
        if line is not None and not line.holds(each):
            raise OtherKeys(each.name)
    return frozenset(each.name for each in anchors if each.name in lines)


def _line(lines: Mapping[str, KeyLine], node: str) -> KeyLine:
    if node not in lines:
        raise ProofError(Reason.UNKNOWN_KEY, f"no key document of {node[:64]}")
    return lines[node]


def _place(name: str, nodes: tuple[str, str]) -> tuple[str, int]:
    """Return issuer and number in `FOLDER/ISSUER/NUMBER`."""
    _, issuer, digits = (*name.split("/"), "", "")[:3]
    if issuer not in nodes or len(digits) != DIGITS or not digits.isdecimal() or name.count("/") != 2:  # noqa: PLR2004
        raise disagrees(f"the name {name}")
    return issuer, int(digits)
