"""What people attach: a PDF or a photograph, told by its bytes, never by its name; bounded, and held in memory only."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from cotejo.doors.redress import settings
from cotejo.doors.redress.memory import Attached

BEGINNINGS: Final[Mapping[bytes, str]] = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
ENDINGS: Final[Mapping[str, str]] = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST_NAME: Final = 80


def attached(upload: "UploadedFile[bytes]") -> Attached | None:
    """Return what was attached; `None` when it is no PDF, JPEG or PNG, empty, or larger than the bound."""
    if not upload.size or upload.size > settings.LARGEST_DOCUMENT:
        return None
    content = upload.read()
    kind = next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)
    return Attached(name=plain_name(upload.name or ""), kind=kind, content=content) if kind else None


def plain_name(name: str) -> str:
    """Return a file's name without folders, line ends or signs of control, cut to a readable length."""
    bare = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return bare[-LONGEST_NAME:] or "document"
