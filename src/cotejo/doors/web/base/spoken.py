"""The language a page is read in, as papers and the law's words name it."""

from django.utils.translation import get_language

from cotejo.rules.words import LANGUAGES, Language


def page_language() -> Language:
    """Return the language of the page; Spanish where papers know no such language."""
    asked = (get_language() or "es")[:2]
    return next((each for each in LANGUAGES if each == asked), "es")
