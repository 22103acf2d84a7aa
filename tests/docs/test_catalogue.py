"""The catalogue is complete, and is what the generator would write."""

import os
import subprocess
import sys

from tests.docs.pages import ROOT


def test_the_catalogue_is_fresh_and_no_test_names_a_row_that_is_none():
    done = subprocess.run(
        [sys.executable, "tools/catalogue.py", "--check"],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    assert done.returncode == 0, done.stderr
