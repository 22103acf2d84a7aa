"""The one clock of a node: whole milliseconds since 1970-01-01 UTC, read once a command and passed down."""

import time

from cotejo.rules.acts import Millis


def now() -> Millis:
    """Return the current time in milliseconds UTC."""
    return time.time_ns() // 1_000_000
