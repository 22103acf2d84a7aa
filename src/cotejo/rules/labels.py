"""Words that convict before a court does, and grounds that are no evidence.

1. A label stands only inside quotation marks, tied to a final judgment that used it (F17). Elsewhere it is refused.
2. Tattoos, dress, signs and neighbourhoods are no evidence in any wording (F05).
3. A text that says nothing but that somebody belongs, is linked or associated names no act (F04).
4. Comparison ignores case and accents; a label matches as whole words.
"""

import re
import unicodedata
from typing import Final

LABELS_EN: Final = (
    "gang member",
    "gang members",
    "gangster",
    "gangsters",
    "gangbanger",
    "validated member",
    "confirmed member",
    "known member",
    "known associate",
    "terrorist",
    "terrorists",
    "extremist",
    "thug",
    "linked to",
    "ties to",
    "affiliated with",
    "associated with",
)
LABELS_ES: Final = (
    "marero",
    "marera",
    "mareros",
    "mareras",
    "pandillero",
    "pandillera",
    "pandilleros",
    "pandilleras",
    "miembro activo",
    "miembro validado",
    "terrorista",
    "terroristas",
    "extremista",
    "sicario",
    "vinculado a",
    "vinculada a",
    "vinculado con",
    "vinculada con",
    "nexos con",
    "ligado a",
    "ligada a",
)
BARRED: Final = (
    "tattoo",
    "tattoos",
    "tattooed",
    "tatuaje",
    "tatuajes",
    "tatuado",
    "tatuada",
    "hand sign",
    "hand signs",
    "gang sign",
    "gang signs",
    "señas de manos",
    "emoji",
    "emojis",
    "gang colours",
    "gang colors",
    "gang clothing",
    "vestimenta",
    "gang neighborhood",
    "gang neighbourhood",
    "facebook",
    "instagram",
    "tiktok",
)

# What a text may consist of and still name no act: belonging, the group, the person, and the small words between.
_BELONGING_WORDS: Final = """
is was has been are a an the of in to and with his her he she they this that person man woman known believed said
reportedly allegedly suspected member membership members belongs belonging belonged associate associates associated
association linked links link ties affiliate affiliated affiliation active gang gangs group clique organisation
organization criminal dangerous validated confirmed
es era fue ha sido el la los las un una de del en a al y con su se que este esta persona hombre mujer conocido
conocida supuesto supuesta supuestamente presunto presunta miembro miembros membresia pertenece pertenecia
pertenencia integrante integrantes asociado asociada asociacion vinculado vinculada vinculo vinculos nexos ligado
ligada colaborador colaboradora activo activa pandilla pandillas mara maras grupo clica organizacion estructura
vincula vinculan relacionado relacionada forma parte le les lo por para como as by on for it part also who se ser
criminal peligroso peligrosa marero marera pandillero pandillera perfil
"""
_BELONGING: Final = frozenset(_BELONGING_WORDS.split())
_LEAST_WORDS: Final = 2
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")


def fold_text(text: str) -> str:
    """Return the text in lower case without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(kept.split())


def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(fold_text(each)) for each in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


_LABEL: Final = _finder(LABELS_EN + LABELS_ES)
_BARRED: Final = _finder(BARRED)


def labels_in(text: str) -> tuple[str, ...]:
    """Return the label words of a text, quoted or not, in order of appearance."""
    return tuple(_LABEL.findall(fold_text(text)))


def labels_outside_quotes(text: str) -> tuple[str, ...]:
    """Return the label words that stand outside quotation marks."""
    return labels_in(_QUOTED.sub(" | ", text))


def barred_grounds_in(text: str) -> tuple[str, ...]:
    """Return the words of a text that name a ground which is no evidence."""
    return tuple(_BARRED.findall(fold_text(text)))


def only_asserts_belonging(text: str) -> bool:
    """Say whether a text names no act: fewer than two words are left without belonging, group and small words.

    Words in capitals (names, groups, places) are no act either, except at the beginning.
    """
    words = re.findall(r"[^\W\d_]{2,}", text)
    named = {each for each in words[1:] if each[0].isupper()}
    left = [each for each in words if each not in named and fold_text(each) not in _BELONGING]
    return len(left) < _LEAST_WORDS
