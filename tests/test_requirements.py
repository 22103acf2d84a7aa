"""The pins for machines without uv say what the lock says."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))


def test_every_pin_is_the_locked_version() -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    versions = {(package["name"], package.get("version")) for package in locked}
    for name in ("run.txt", "dev.txt"):
        found = pins(name)
        assert found
        assert set(found.items()) <= versions


def test_the_pins_are_in_step_with_the_lock() -> None:
    if shutil.which("uv") is None:
        pytest.skip("uv is not here to export the lock")
    done = subprocess.run(
        [ROOT / "script" / "setup-requirements", "--check"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
