"""Status without asking: one signed list per partner, two bits for every request ever sent (I5, X1, X2).

1. Fresh means `now + skew < exp`: the allowed difference of clocks is always taken against the holder, never for it.
   Then no status is used longer than its life after it was issued, whatever the clocks do within `skew`.
2. `exp - iat` above the receiver's own cap is refused: an origin cannot make its word last longer than we accept.
3. `n` below the durable floor is refused, however fresh: an older list cannot bring back what a newer one ended.
4. Slots only move 0 -> 1, 2 or 3; 1 <-> 2; 1 or 2 -> 3. A slot is never used twice, and 3 is for ever. A receiver that
   holds a list checks its successor (`refusal_of_successor`).
5. A slot outside the list is unused.

All times are integer milliseconds UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self

from cotejo.proof import exact, jws
from cotejo.proof.keys import SigningKey, VerifyingKey
from cotejo.proof.refusals import ProofError, Reason

SLOTS_A_BYTE = 4
PART = 256
"""How many bytes of two lists are compared at once."""
ID_SIZE = 16
_FIELDS = frozenset({"bits", "exp", "iat", "id", "n"})


class SlotState(IntEnum):
    """What the origin says of one request version."""

    UNUSED = 0
    VALID = 1
    SUSPENDED = 2
    NEVER_AGAIN = 3


_MOVES: Mapping[SlotState, frozenset[SlotState]] = {
    SlotState.UNUSED: frozenset(SlotState),
    SlotState.VALID: frozenset({SlotState.VALID, SlotState.SUSPENDED, SlotState.NEVER_AGAIN}),
    SlotState.SUSPENDED: frozenset({SlotState.VALID, SlotState.SUSPENDED, SlotState.NEVER_AGAIN}),
    SlotState.NEVER_AGAIN: frozenset({SlotState.NEVER_AGAIN}),
}
_NOT_VALID: Mapping[SlotState, Reason] = {
    SlotState.UNUSED: Reason.STATUS_UNUSED_SLOT,
    SlotState.SUSPENDED: Reason.STATUS_SUSPENDED,
    SlotState.NEVER_AGAIN: Reason.STATUS_NEVER_AGAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """One list: its id, its number (grows by one), when issued, until when valid, and the slots."""

    id: str
    n: int
    iat: int
    exp: int
    bits: bytes

    def __post_init__(self) -> None:
        exact.from_hex(self.id, size=ID_SIZE)
        if self.n < 1 or not 0 <= self.iat < self.exp:
            raise ProofError(Reason.NOT_EXACT, f"n {self.n}, iat {self.iat}, exp {self.exp}")

    @property
    def slots(self) -> int:
        """How many slots the list has."""
        return len(self.bits) * SLOTS_A_BYTE

    def state(self, slot: int) -> SlotState:
        """Return what the list says of a slot (rule 5)."""
        if not 0 <= slot < self.slots:
            return SlotState.UNUSED
        at, place = divmod(slot, SLOTS_A_BYTE)
        return SlotState(self.bits[at] >> (2 * place) & 3)

    def following(self, changes: Mapping[int, SlotState], *, now: int, life: int) -> Self:
        """Return the next list, with these slots moved. Raises `ProofError(STATUS_REWOUND)` against rule 4."""
        bits = bytearray(self.bits)
        for slot, state in changes.items():
            if not 0 <= slot < self.slots or state not in _MOVES[self.state(slot)]:
                raise ProofError(Reason.STATUS_REWOUND, f"slot {slot} from {self.state(slot)} to {state}")
            at, place = divmod(slot, SLOTS_A_BYTE)
            bits[at] = bits[at] & ~(3 << 2 * place) | state << 2 * place
        return replace(self, n=self.n + 1, iat=now, exp=now + life, bits=bytes(bits))

    def to_bytes(self) -> bytes:
        """Return the exact bytes that are signed."""
        bits = exact.to_base64url(self.bits)
        return exact.to_bytes({"id": self.id, "n": self.n, "iat": self.iat, "exp": self.exp, "bits": bits})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read exact bytes. Raises `ProofError(NOT_EXACT)`."""
        fields = exact.object_of(data, _FIELDS, at_most=jws.LARGEST)
        match fields:
            case {"id": str(id_), "n": int(n), "iat": int(iat), "exp": int(exp), "bits": str(bits)} if not any(
                isinstance(number, bool) for number in (n, iat, exp)
            ):
                return cls(id=id_, n=n, iat=iat, exp=exp, bits=exact.from_base64url(bits))
        raise ProofError(Reason.NOT_EXACT, "a status list field of another kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """What a receiver accepts: clock difference, longest life of a list (both ms), and the durable floor of `n`."""

    skew: int
    longest_life: int
    floor: int

    def __post_init__(self) -> None:
        if self.skew < 0 or self.longest_life <= 0 or self.floor < 0:
            raise ValueError("skew and floor are not negative, and a list lives some time")


def first_list(id_: str, *, slots: int, now: int, life: int) -> StatusList:
    """List number 1, all slots unused; `slots` is rounded up to whole bytes."""
    return StatusList(id=id_, n=1, iat=now, exp=now + life, bits=bytes(-(-slots // SLOTS_A_BYTE)))


def sign_status_list(status: StatusList, key: SigningKey) -> bytes:
    """Return the list as a compact JWS under a status key."""
    return jws.sign(status.to_bytes(), key, typ=jws.Typ.STATUS_LIST)


def open_status_list(compact: bytes, keys: Mapping[str, VerifyingKey], *, id_: str) -> StatusList:
    """Return the list of this id under a published status key. Raises what `jws.verify` raises, and NOT_EXACT."""
    status = StatusList.from_bytes(jws.verify(compact, keys, typ=jws.Typ.STATUS_LIST).payload)
    if status.id != id_:
        raise ProofError(Reason.NOT_EXACT, f"list {status.id} instead of {id_}")
    return status


def refusal_of_list(status: StatusList, *, now: int, tolerance: Tolerance) -> Reason | None:
    """Why this list says nothing at `now`, or nothing when it does (rules 1 to 3)."""
    if status.n < tolerance.floor:
        return Reason.STATUS_BEHIND
    if status.exp - status.iat > tolerance.longest_life:
        return Reason.STATUS_TOO_LONG
    if status.iat > now + tolerance.skew:
        return Reason.STATUS_FROM_THE_FUTURE
    if not now + tolerance.skew < status.exp:
        return Reason.STATUS_EXPIRED
    return None


def refusal_of_slot(status: StatusList, slot: int, *, now: int, tolerance: Tolerance) -> Reason | None:
    """Why the request in this slot is not valid at `now`, or nothing when it is: to be asked at the act itself."""
    return refusal_of_list(status, now=now, tolerance=tolerance) or _NOT_VALID.get(status.state(slot))


def refusal_of_successor(held: StatusList, new: StatusList) -> Reason | None:
    """Why `new` may not replace the list held (rule 4), or nothing. The same list again is accepted."""
    if new == held:
        return None
    if new.id != held.id or new.n <= held.n:
        return Reason.STATUS_BEHIND
    size = max(len(held.bits), len(new.bits))
    before, after = held.bits.ljust(size, b"\0"), new.bits.ljust(size, b"\0")
    parts = (start for start in range(0, size, PART) if before[start : start + PART] != after[start : start + PART])
    changed = (at for start in parts for at in range(start, min(start + PART, size)) if before[at] != after[at])
    slots = (at * SLOTS_A_BYTE + place for at in changed for place in range(SLOTS_A_BYTE))
    if any(new.state(slot) not in _MOVES[held.state(slot)] for slot in slots):
        return Reason.STATUS_REWOUND
    return None
