"""Sound bytes made unsound: as a line, a disk or a liar would, and as no one would."""

import json
from random import Random
from typing import Any

INTERESTING = (
    b"",
    b"\0",
    b"\xff",
    b"\n",
    b"\n\n",
    b"{}",
    b"[]",
    b"null",
    b"-1",
    b"0",
    b"1e9",
    b'"',
    b".",
    b"=",
    b"\xe2\x80\x94 ",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31 - 1,
    2**31,
    2**53 - 1,
    -(2**53) + 1,
    2**63,
    10**30,
    1.5,
    "",
    " ",
    "0" * 32,
    "a" * 64,
    "A" * 64,
    "\x00",
    "\u202eñ\U0001f600",
    "x" * 3000,
    [],
    {},
    [[]],
    [None],
    {"": 0},
)


def mutated(sound: bytes, chance: Random) -> bytes:
    """Change a few things anywhere in these bytes."""
    data = bytearray(sound)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randint(0, len(data))
        match chance.randrange(8):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[at % len(data)] = chance.randrange(256)
            case 2:
                del data[at:]
            case 3:
                del data[at : at + chance.randint(1, 40)]
            case 4:
                data[at:at] = chance.choice(INTERESTING)
            case 5:
                start = chance.randint(0, len(data))
                data[at:at] = data[start : start + chance.randint(1, 200)]
            case 6:
                data[at:at] = chance.randbytes(chance.randint(1, 20))
            case _:
                start = chance.randint(0, len(data))
                data = data[start:] + data[:start]
    return bytes(data)


def mutated_json(sound: bytes, chance: Random) -> bytes:
    """Change a few values in a JSON text; it stays exact JSON wherever the values allow it."""
    value = json.loads(sound)
    for _ in range(chance.choice((1, 1, 2, 3))):
        value = _altered(value, chance)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _altered(value: Any, chance: Random) -> Any:
    """Replace, drop, repeat or add one thing somewhere inside a value."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value))
        match chance.randrange(8):
            case 0:
                return {name: each for name, each in value.items() if name != key}
            case 1:
                return {**value, chance.choice(("x", "", key + "x")): chance.choice(VALUES)}
            case _:
                return {**value, key: _altered(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        match chance.randrange(6):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return value[:at] + [value[at]] * chance.choice((2, 3, 50)) + value[at + 1 :]
            case _:
                return [*value[:at], _altered(value[at], chance), *value[at + 1 :]]
    if isinstance(value, str) and value and chance.random() < 0.5:
        return mutated(value.encode(), chance).decode("utf-8", "replace")
    if isinstance(value, int) and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 2**32, -(2**40)))
    return chance.choice(VALUES)
