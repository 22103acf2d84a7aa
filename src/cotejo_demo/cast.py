"""The officers of both agencies: one for every duty, two where the law wants two people. Nobody of them exists.

1. User names of those who act in the invented cases are the ids those cases use, so that both are the same people.
2. Passwords and second factors are a function of the seed; `store.people` refuses them outside invented worlds.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cotejo.rules.duties import DUTY_WORDS, Duty, Officer
from cotejo.simulation import invented, invented_review
from cotejo.simulation.invented_review import BOREAL_OFFICERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One officer of the cast, in the one duty they hold."""

    username: str
    name: str
    unit: str
    chain: str
    duty: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How a member signs in. `uri` is what an authenticator app reads."""

    username: str
    password: str
    totp_secret: str
    duty: str
    uri: str


def _member(username: str, duty: Duty, unit: str, chain: str) -> Member:
    name = username.replace(".", " ").title()
    return Member(username=username, name=name, unit=unit, chain=chain, duty=duty)


def _of(officers: Iterable[Officer]) -> tuple[Member, ...]:
    return tuple(_member(each.id, each.duty, each.unit, each.chain) for each in officers)


ALBA: Final = (
    *_of((invented.RECORDER, invented.CHECKER, invented.CERTIFIER, invented.AUTHORISER, invented.OVERSIGHT)),
    _member("gloria.paz", Duty.DUTY_OFFICER, "Alba / Guardia", "turno"),
    _member("ciro.alas", Duty.CUSTODY, "Alba / Custodia", "centros penales"),
    _member("pilar.nieto", Duty.PARTNERS, "Alba / Relaciones", "cancillería"),
    _member("oscar.duran", Duty.OPERATOR, "Alba / Informática", "operación"),
    _member("sara.ponce", Duty.STATISTICS, "Alba / Estadística", "estadística"),
    _member("aldo.vega", Duty.AUDITOR, "Alba / Auditoría", "auditoría"),
)
BOREAL: Final = (
    *_of(BOREAL_OFFICERS),
    _member("otto.wren", Duty.OPERATOR, "Boreal / Systems", "operations"),
    _member("stella.moss", Duty.STATISTICS, "Boreal / Statistics", "statistics"),
    _member("adam.pike", Duty.AUDITOR, "Boreal / Audit", "audit"),
)
RECORDER, CHECKER, CERTIFIER, AUTHORISER = (each.username for each in ALBA[:4])
ALBA_CUSTODY: Final = "ciro.alas"
PARTNER_RELATIONS: Final = {"alba": "pilar.nieto", "boreal": invented_review.PARTNERS.id}
OPERATORS: Final = {"alba": "oscar.duran", "boreal": "otto.wren"}
STATISTICS: Final = {"alba": "sara.ponce", "boreal": "stella.moss"}

REDRESS: Final = {"alba": ("rita.solis", "raul.cea"), "boreal": ("rosa.lind", "remy.fox")}
"""The people of each redress office, two, because two end a block; the house does not know them."""


def office_sign_in(username: str, *, node: str, seed: int) -> SignIn:
    """Return how somebody of a redress office signs in."""
    member = _member(username, Duty.REDRESS, "", "")
    return sign_in(member, node=f"{node}-redress", seed=seed)


def sign_in(member: Member, *, node: str, seed: int) -> SignIn:
    """Return how a member signs in."""
    chance = hashlib.sha256(f"sign-in/{seed}/{node}/{member.username}".encode()).digest()
    secret = base64.b32encode(chance[:20]).decode()
    return SignIn(
        username=member.username,
        password=f"{node}-{chance[20:26].hex()}",
        totp_secret=secret,
        duty=DUTY_WORDS[member.duty].in_language("es" if node.startswith("alba") else "en"),
        uri=f"otpauth://totp/Cotejo%20{node}:{member.username}?secret={secret}&issuer=Cotejo%20{node}",
    )
