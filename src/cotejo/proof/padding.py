"""Padding: what is sealed has one of four lengths, so an observer learns the class and nothing finer (I6).

1. Bytes: content length (4, big-endian), content, zeros up to 2, 8, 32 or 128 KiB.
2. Kinds of message that must all look alike (receipt, sweep, answer) are padded with `largest=SMALLEST`: content that
   does not fit is an error of the sender, never a larger class.
3. The filling is checked, so it cannot carry anything.
"""

from typing import Final

from cotejo.proof.refusals import ProofError, Reason

CLASSES: Final = (2 * 1024, 8 * 1024, 32 * 1024, 128 * 1024)
SMALLEST: Final = CLASSES[0]
LARGEST: Final = CLASSES[-1]
LENGTH_SIZE: Final = 4


def pad(content: bytes, *, smallest: int = SMALLEST, largest: int = LARGEST) -> bytes:
    """Fill content up to the first class between `smallest` and `largest` that holds it.

    Raises `ProofError(TOO_LARGE)` when none does.
    """
    for size in CLASSES:
        if smallest <= size <= largest and len(content) + LENGTH_SIZE <= size:
            return (len(content).to_bytes(LENGTH_SIZE, "big") + content).ljust(size, b"\0")
    raise ProofError(Reason.TOO_LARGE, f"{len(content)} bytes, at most {largest - LENGTH_SIZE}")


def unpad(padded: bytes) -> bytes:
    """Take the filling off; raise `ProofError(BAD_PADDING)` unless `pad` could have made these bytes."""
    end = LENGTH_SIZE + int.from_bytes(padded[:LENGTH_SIZE], "big")
    if len(padded) not in CLASSES or end > len(padded) or padded.count(0, end) != len(padded) - end:
        raise ProofError(Reason.BAD_PADDING, f"{len(padded)} bytes")
    return padded[LENGTH_SIZE:end]
