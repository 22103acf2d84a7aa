"""Compiled code is kept on the disk where it can be, and works all the same where no folder can be written."""

import errno

import pytest
from numba.core import caching

from cotejo.identity.kernel import compiled


def total(numbers):
    found = 0
    for number in numbers:
        found += number
    return found


def no_folder(_locator: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def test_where_no_folder_can_keep_compiled_code_each_process_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching._CacheLocator, "ensure_cache_path", no_folder)
    made = compiled(total)
    assert made((1, 2, 3)) == 6
    assert not made.stats.cache_path
    monkeypatch.undo()
    assert compiled(total).stats.cache_path
