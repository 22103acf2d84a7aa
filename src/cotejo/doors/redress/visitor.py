"""Somebody at the office's pages, for the demo and for tests: fills in forms as the pages offer them, over HTTP."""

import re
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

import httpx

HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
RECEIPT: Final = re.compile(r'<dd class="big">([0-9A-Z-]+)</dd>')
SECONDS: Final = 20.0
Upload = tuple[str, bytes, str]
"""A file as a browser sends it: name, bytes, media type."""


class Visitor:
    """A browser without scripts. `language` is what it prefers (`es` or `en`)."""

    def __init__(self, url: str, *, language: str = "es") -> None:
        self.client = httpx.Client(base_url=url, timeout=SECONDS, headers={"Accept-Language": language})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def see(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path, follow_redirects=True)

    def send(
        self,
        path: str,
        fields: dict[str, str | list[str]],
        files: Sequence[tuple[str, Upload]] = (),
    ) -> httpx.Response:
        """Open a page, keep what its first form hides, and send the form."""
        hidden = dict(HIDDEN.findall(self.see(path).text))
        return self.client.post(path, data={**hidden, **fields}, files=list(files) or None, follow_redirects=True)

    def lodge(
        self,
        code: str,
        text: str,
        *,
        speaker: str = "family",
        wrong: Sequence[str] = ("not_this_person",),
        in_custody: bool = False,
        files: Sequence[tuple[str, Upload]] = (),
    ) -> str:
        """Lodge a complaint with a paper code or a request number and return the receipt code.

        Raises `ValueError` with the page when there is no receipt on it.
        """
        fields: dict[str, str | list[str]] = {"speaker": speaker, "code": code, "wrong": list(wrong), "text": text}
        if in_custody:
            fields["in_custody"] = "yes"
        page = self.send("/complaint/", fields, files).text
        found = RECEIPT.search(page)
        if found is None:
            raise ValueError(page)
        return found.group(1)

    def status(self, receipt: str) -> str:
        """Return the page of a complaint."""
        return self.send("/status/", {"code": receipt}).text

    def where(self, paper_code: str) -> str:
        """Return the page that says where the person is."""
        return self.send("/where/", {"code": paper_code}).text
