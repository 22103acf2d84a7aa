"""Every key document of a partner that was followed, kept outside the database: no restore takes a key change back.

1. A document is on the disk before the transaction that follows it commits. A crash between the two leaves one too
   many; it is signed by the partner's root all the same, and whoever reads it follows it from the one before.
2. One file a version; a version is written once.
"""

from pathlib import Path
from typing import Final

from cotejo.rules.acts import Act
from cotejo.rules.partner import KeyDocumentSeen, PartnerPaired
from cotejo.store.disk import Places, make_folder, write_new

FOLDER: Final = "partners"


def keep(places: Places, partner: str, act: Act) -> None:
    """Keep the key document that this act of a partner's line follows, if it does."""
    match act:
        case PartnerPaired(key_number=number, key_document=document):
            _write(_folder(places, partner) / str(number), document)
        case KeyDocumentSeen(number=number, document=document):
            _write(_folder(places, partner) / str(number), document)
        case _:
            return


def known(places: Places, partner: str) -> tuple[str, ...]:
    """Return the documents of a partner, the oldest first."""
    folder = _folder(places, partner)
    names = (each.name for each in folder.iterdir()) if folder.exists() else ()
    files = [folder / name for name in sorted(filter(str.isdigit, names), key=int)]
    return tuple(each.read_text(encoding="ascii") for each in files)


def _write(path: Path, document: str) -> None:
    if not path.exists():
        make_folder(path.parent)
        write_new(path, document.encode())


def _folder(places: Places, partner: str) -> Path:
    return places.keys / FOLDER / partner
