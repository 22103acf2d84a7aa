"""What anybody who holds a package file can verify with public keys alone, in sentences: for a court, for an auditor.

1. A disclosure is checked whole (`disclosure`). Of carried mail the maker's signature and every byte are checked; what
   is sealed in it only the addressee opens.
2. The key documents come in the file. They prove nothing until their fingerprints are compared with published ones; so
   the fingerprints are the first thing said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from cotejo.proof.carried import Manifest, PackageKind, kind_of, open_package
from cotejo.proof.checkpoint import WitnessPolicy
from cotejo.proof.disclosure import OtherKeys, open_disclosure
from cotejo.proof.disclosure_words import Sentence, fingerprints, not_shown, shown, time_of
from cotejo.proof.key_document import KeyDocument, open_key_document
from cotejo.proof.key_line import KeyLine
from cotejo.proof.keys import Purpose, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

KEY_DOCUMENTS: Final = "key-documents/"
_OTHER_KEYS: Final = (
    "the key document you gave is not the one in this file. Nothing counts until the agency says which is its own.",
    "el documento de claves que usted dio no es el del archivo. Nada cuenta hasta que la entidad diga cuál es el suyo.",
)


class NotKeys(ValueError):  # noqa: N818 - a domain noun: what the file is not
    """A file the reader gave is no key document; `sentence` says so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sentence: Sentence = (
            f"{name} is not a key document as an agency publishes it. Ask the agency for the file.",
            f"{name} no es un documento de claves como los que publica una entidad. Pida el archivo a la entidad.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file shows and what it does not; whose keys it rests on stands first."""

    keys: tuple[Sentence, ...]
    shows: tuple[Sentence, ...]
    does_not: tuple[Sentence, ...]

    def lines(self, *, spanish: bool) -> Iterator[str]:
        """Return the report as people read it, a line at a time."""
        heads = (
            ("Claves", "Lo que muestra", "Lo que no muestra") if spanish else ("Keys", "It shows", "It does not show")
        )
        for head, part in zip(heads, (self.keys, self.shows, self.does_not), strict=True):
            yield f"{head}:"
            yield from (f"- {es if spanish else en}" for en, es in part)


def report(file: BinaryIO, *, anchors: Sequence[KeyDocument] = (), policy: WitnessPolicy | None = None) -> Report:
    """Check a package file and say what it shows. Raises `ProofError` when anything in it does not hold."""
    if kind_of(file) is PackageKind.MAIL:
        return _mail(file, anchors)
    found = open_disclosure(file, anchors=anchors, policy=policy)
    return Report(keys=tuple(fingerprints(found)), shows=tuple(shown(found)), does_not=tuple(not_shown(found)))


def anchors_of(files: Iterable[tuple[str, bytes]]) -> tuple[KeyDocument, ...]:
    """Read the key documents a reader has from elsewhere, by the names of their files. Raises `NotKeys`."""
    found = []
    for name, content in files:
        try:
            found.append(open_key_document(content.strip()))
        except ProofError as error:
            raise NotKeys(name) from error
    return tuple(found)


def refusal(error: ProofError) -> Sentence:
    """Say to whoever reads a package file why it does not hold; where exactly is for a technician."""
    en, es = error.reason.en, error.reason.es
    if isinstance(error, OtherKeys):
        return f"{error.node}: {_OTHER_KEYS[0]}", f"{error.node}: {_OTHER_KEYS[1]}"
    if not error.detail:
        return en, es
    return f"{en} (For a technician: {error.detail}.)", f"{es} (Para personal técnico: {error.detail}.)"


def _mail(file: BinaryIO, anchors: Sequence[KeyDocument]) -> Report:
    documents: list[KeyDocument] = []

    def keys(manifest: Manifest, read: Callable[[str], bytes]) -> Mapping[str, VerifyingKey]:
        given = [each for each in anchors if each.name == manifest.issuer]
        own = [each.name for each in manifest.members if each.name.startswith(KEY_DOCUMENTS)]
        if not (given or own):
            raise ProofError(Reason.UNKNOWN_KEY, "no key document in the file")
        document = given[0] if given else open_key_document(read(own[-1]))
        if document.name != manifest.issuer:
            raise ProofError(Reason.PACKAGE_DISAGREES, "the key document is another node's")
        documents.append(document)
        return KeyLine(documents=(document,)).keys(Purpose.MESSAGE, at=manifest.made)

    package = open_package(file, keys)
    manifest, issuer = package.manifest, documents[0]
    read = issuer.fingerprint()
    messages, receipts = len(package.under("messages")), len(package.under("receipts"))
    return Report(
        keys=(
            (
                f"{issuer.name}: compare this fingerprint with the one the agency publishes. {read}",
                f"{issuer.name}: compare esta huella con la que publica la entidad. {read}",
            ),
        ),
        shows=(
            (
                (
                    f"{manifest.issuer} put this file together for {manifest.addressee} on {time_of(manifest.made)}: "
                    f"sealed messages {messages}, sealed receipts {receipts}; every byte is as it was signed then."
                ),
                (
                    f"{manifest.issuer} formó este archivo para {manifest.addressee} el {time_of(manifest.made)}: "
                    f"mensajes sellados {messages}, acuses sellados {receipts}; cada byte está como se firmó entonces."
                ),
            ),
        ),
        does_not=(
            (
                f"What was said: only {manifest.addressee} can open the seals.",
                f"Qué se dijo: solo {manifest.addressee} puede abrir los sellos.",
            ),
        ),
    )
