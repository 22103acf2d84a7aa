"""Offence classes: a closed list with its words, and the classes for which nobody may be sought (F35)."""

from collections.abc import Mapping
from typing import Final

from cotejo.rules.words import Text

MEMBERSHIP: Final = "membership"

OFFENCE_WORDS: Final[Mapping[str, Text]] = {
    "homicide": Text("homicide", "homicidio"),
    "extortion": Text("extortion", "extorsión"),
    "kidnapping": Text("kidnapping", "secuestro"),
    "sexual_violence": Text("sexual violence", "violencia sexual"),
    "robbery": Text("robbery", "robo"),
    "assault": Text("assault", "lesiones"),
    "threats": Text("threats", "amenazas"),
    "weapons": Text("weapons", "armas"),
    "drugs": Text("drugs", "drogas"),
    "trafficking": Text("trafficking in persons", "trata de personas"),
    "money_laundering": Text("money laundering", "lavado de dinero"),
    MEMBERSHIP: Text("membership as an offence", "pertenencia como delito"),
    "family": Text("family matter", "asunto de familia"),
    "private": Text("private matter", "asunto privado"),
    "administrative": Text("administrative matter", "asunto administrativo"),
    "cultural": Text("cultural matter", "asunto cultural"),
}

EXCLUDED: Final = frozenset({"family", "private", "administrative", "cultural"})
