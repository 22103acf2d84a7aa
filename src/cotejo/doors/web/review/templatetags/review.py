"""Words the pages of a received case print: states, levels of a comparison."""

from django import template

from cotejo.doors.web.review import words
from cotejo.identity import Level
from cotejo.identity.phrases import LEVELS
from cotejo.rules.words import Text

register = template.Library()


@register.filter
def state_words(state: str) -> Text:
    """Return what a card's state is called."""
    return words.state_words(state)


@register.filter
def level_words(level: Level) -> Text:
    """Return how two values of one field stand to each other, in words."""
    return LEVELS[level]


@register.filter
def tells_more(level: Level) -> bool:
    """Say whether a level says more than its verdict does."""
    return level not in {Level.SAME, Level.DIFFERS, Level.UNKNOWN}
