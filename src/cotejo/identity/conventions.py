"""How people of El Salvador and their neighbours are named: words, as data, that the parser and the comparison read.

Other countries' conventions are added here, not in code.
"""

from typing import Final

# Join the word after them: `de la Cruz`, `del Cid`, `San Martín`.
PARTICLES: Final = frozenset(
    ["de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "al", "san"]
)

# Given names that begin with a particle: `María de los Ángeles`, `Juan de Dios`.
GIVEN_WITH_PARTICLE: Final = frozenset(
    (
        "de los angeles",
        "del carmen",
        "de jesus",
        "de dios",
        "de la cruz",
        "del rosario",
        "de la paz",
        "de la luz",
        "del socorro",
        "del pilar",
        "del transito",
        "del milagro",
        "de los milagros",
        "de los remedios",
        "de lourdes",
        "de fatima",
        "de guadalupe",
        "de maria",
        "de las mercedes",
        "de la concepcion",
    )
)

# Second surnames that look like a married name.
SURNAME_WITH_DE: Final = frozenset(("de leon", "de paz", "de jesus", "de dios", "de anda", "de haro", "de sola"))

# Generations and styles written after a surname; they belong to the documented name and are not compared.
AFTER_A_SURNAME: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "hijo"))

# Words for "nothing is known", in any field.
NOTHING_KNOWN: Final = frozenset(
    (
        "desconocido",
        "desconocida",
        "ignorado",
        "ignorada",
        "se ignora",
        "no consta",
        "no registra",
        "no reporta",
        "sin dato",
        "sin datos",
        "ninguno",
        "ninguna",
        "unknown",
        "none",
        "null",
        "n a",
        "n d",
        "s d",
        "nd",
        "na",
    )
)

# Short forms by which people are called, and the name in the civil registry.
NICKNAMES: Final[dict[str, frozenset[str]]] = {
    "chepe": frozenset(("jose",)),
    "pepe": frozenset(("jose",)),
    "joe": frozenset(("jose", "joseph")),
    "paco": frozenset(("francisco",)),
    "pancho": frozenset(("francisco",)),
    "chico": frozenset(("francisco",)),
    "frank": frozenset(("francisco", "franklin")),
    "memo": frozenset(("guillermo",)),
    "will": frozenset(("william", "wilfredo", "wilber")),
    "beto": frozenset(("alberto", "roberto", "humberto", "gilberto")),
    "tono": frozenset(("antonio",)),
    "toño": frozenset(("antonio",)),
    "tony": frozenset(("antonio",)),
    "neto": frozenset(("ernesto",)),
    "lito": frozenset(("carlos", "manuel", "miguel")),
    "charlie": frozenset(("carlos",)),
    "carlitos": frozenset(("carlos",)),
    "juancho": frozenset(("juan",)),
    "johnny": frozenset(("juan", "jonathan")),
    "john": frozenset(("juan", "jonathan")),
    "meme": frozenset(("manuel",)),
    "manny": frozenset(("manuel",)),
    "lencho": frozenset(("lorenzo",)),
    "nando": frozenset(("fernando", "hernando")),
    "rafa": frozenset(("rafael",)),
    "mike": frozenset(("miguel", "michael")),
    "quique": frozenset(("enrique",)),
    "kike": frozenset(("enrique",)),
    "lucho": frozenset(("luis",)),
    "guicho": frozenset(("luis",)),
    "concha": frozenset(("concepcion",)),
    "chela": frozenset(("graciela", "marcela", "isela")),
    "lupe": frozenset(("guadalupe",)),
    "mari": frozenset(("maria",)),
    "nena": frozenset(("elena", "magdalena")),
    "tere": frozenset(("teresa",)),
    "paty": frozenset(("patricia",)),
    "rosy": frozenset(("rosa", "rosario")),
}

MALE: Final = frozenset(("m", "h", "masculino", "hombre", "varon", "male"))
FEMALE: Final = frozenset(("f", "femenino", "mujer", "female"))

# Words a birthplace may carry or not.
PLACE_FILLERS: Final = frozenset(
    [
        "departamento",
        "depto",
        "dpto",
        "municipio",
        "ciudad",
        "canton",
        "caserio",
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "salvador",
        "sv",
        "us",
        "usa",
        "republica",
    ]
)
