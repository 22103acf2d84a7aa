"""What people attach is never on a disk in the clear, and a form that is too large is refused unread."""

import tempfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client, RequestFactory

from cotejo.doors.web.base.attached import MOST_BYTES

LARGEST = b"%PDF-" + bytes(MOST_BYTES - 5)


def test_the_largest_document_is_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*_: object, **__: object) -> None:
        raise AssertionError("a file was made in the clear")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, made)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", made)
    papers = {name: SimpleUploadedFile("paper.pdf", LARGEST) for name in ("copy", "statement")}
    sent = RequestFactory().post("/", papers).FILES
    assert {name: type(each) for name, each in sent.items()} == dict.fromkeys(papers, InMemoryUploadedFile)
    assert all(each.size == MOST_BYTES for each in sent.values())


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Attach a smaller copy."), ("es", "Adjunte una copia más pequeña.")]
)
@pytest.mark.parametrize("length", [str(settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1), "9" * 30, "many", "-1"])
def test_a_form_larger_than_memory_is_refused_unread_in_the_readers_language(
    language: str, sentence: str, length: str
) -> None:
    client = Client(headers={"accept-language": language})
    answer = client.post("/account/login/", b"never read", content_type="multipart/form-data", CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert sentence in answer.content.decode()
