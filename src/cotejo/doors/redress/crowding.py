"""How many complaints one connection may lodge, so that nobody floods the office, and what is kept of addresses for it.

1. Only lodging is counted, and only a whole complaint; following one, writing, adding documents are never held up. A
   form sent again is the same complaint and passes.
2. Of an address a digest is kept, under a key that lives as long as this process, for an hour, in memory alone. Of an
   IPv6 address the network is counted: one household has all of it.
3. Nothing depends on what the complaint is about (F67). Without a known address nobody is held up: doubt lets complain.
"""

import hmac
import secrets
from collections import deque
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Final

from cotejo.rules.acts import Millis
from cotejo.rules.agreement import HOUR

MOST: Final = 20
"""Complaints an hour from one address: a shelter or a lawyer's office shares one."""
WINDOW: Final[Millis] = HOUR
HOUSEHOLD: Final = 64


class Turnstile:
    """Counts complaints by where they come from."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._passed: deque[tuple[Millis, bytes, str]] = deque()
        self._lock = Lock()

    def opens_at(self, address: str, once: str, *, now: Millis) -> Millis:
        """Let one complaint pass and return 0, or return the moment from which the next one may.

        `once` names the form, which passes as often as it is sent.
        """
        place = self._place(address)
        with self._lock:
            while self._passed and self._passed[0][0] <= now - WINDOW:
                self._passed.popleft()
            mine = [(at, form) for at, from_where, form in self._passed if from_where == place]
            if not place or once in {form for _, form in mine}:
                return 0
            if len(mine) >= MOST:
                return mine[-MOST][0] + WINDOW
            self._passed.append((now, place, once))
        return 0

    def _place(self, address: str) -> bytes:
        """Return what stands for an address here; nothing for one that is not known or is this machine's own."""
        try:
            known = ip_address(address)
        except ValueError:
            return b""
        if known.is_loopback:
            return b""
        if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
            return self._digest(str(ip_network(f"{known}/{HOUSEHOLD}", strict=False)))
        return self._digest(str(getattr(known, "ipv4_mapped", None) or known))

    def _digest(self, place: str) -> bytes:
        return hmac.digest(self._key, place.encode(), "sha256")


def address_of(peer: str, forwarded: str) -> str:
    """Return whose request it is: the peer, or when the peer is a proxy on this machine, whom that proxy names last."""
    try:
        through_proxy = ip_address(peer).is_loopback
    except ValueError:
        through_proxy = False
    return forwarded.rpartition(",")[2].strip() if through_proxy else peer
