"""The other reading that explains a pair as well: a brother, a twin, a father, another person of the same name.

1. A reading is named from a twentieth of the weight of "the same person" on, and said to explain the pair better, as
   well, or less likely.
2. The reading is given with what it rests on; it is never stored about anybody: a relative named here is a way to
   doubt an identification, no fact about a family.
3. Two children of one family rarely bear the same given names. Where they would have to, that is said, and a namesake
   who explains the pair about as well is named instead.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cotejo.identity import phrases
from cotejo.identity.comparison import Comparison, sex_of
from cotejo.identity.dates import months_apart
from cotejo.identity.levels import Field, Level, Verdict
from cotejo.identity.model import Hypothesis
from cotejo.identity.weighing import IDENTIFIERS, Weighed
from cotejo.rules.words import Text

# Another reading is named from a twentieth of the weight of "the same person" on: doubt is cheap, error is not.
_NAMED_FROM: Final = -math.log(20)
_CLEARLY: Final = math.log(3)
_YEARS_FROM_MONTHS: Final = 24
_HELD: Final = frozenset({Verdict.AGREE, Verdict.CLOSE})
_SAME_NAMES: Final = frozenset({Level.SAME, Level.SPELLING, Level.OTHER_ORDER, Level.NICKNAME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A reading other than the same person: `sibling`, `twin`, `parent_child` or `namesake`, and its words."""

    kind: str
    words: Text


def rival_of(pair: Weighed) -> Rival | None:
    """Return the likeliest other reading when it explains the pair about as well, else None."""
    comparison, reading = pair.comparison, likeliest_other(pair)
    ahead = pair.weight(reading) - pair.weight(Hypothesis.SAME)
    if ahead < _NAMED_FROM or not _held(comparison, Field.FIRST_SURNAME):
        return None
    if reading is Hypothesis.UNRELATED:
        if not _held(comparison, Field.GIVEN):
            return None
        kind, facts = "namesake", [*_apart(comparison)] or [phrases.NOTHING_TELLS_THEM_APART]
    else:
        kind, facts = _kind(comparison, reading), [*_shared(comparison, reading), *_apart(comparison)]
    who = who_else(comparison, reading)
    if reading is Hypothesis.SIBLING and _named_alike(comparison):
        who = Text(en=phrases.NAMED_ALIKE.en.format(who=who.en), es=phrases.NAMED_ALIKE.es.format(who=who.es))
    joined = Text(en=", ".join(fact.en for fact in facts), es=", ".join(fact.es for fact in facts))
    template = _how_well(ahead)
    return Rival(
        kind=kind,
        words=Text(
            en=template.en.format(who=who.en, facts=joined.en), es=template.es.format(who=who.es, facts=joined.es)
        ),
    )


def who_else(comparison: Comparison, reading: Hypothesis) -> Text:
    """Say who the candidate would be under a reading other than the same person."""
    if reading is Hypothesis.UNRELATED:
        named = _held(comparison, Field.GIVEN) and _held(comparison, Field.FIRST_SURNAME)
        return phrases.NAMESAKE if named else phrases.STRANGER
    if reading is Hypothesis.PARENT_CHILD:
        return _parent_or_child(comparison)
    twin = _kind(comparison, reading) == "twin"
    return (phrases.TWIN if twin else phrases.SIBLING)[_common_sex(comparison)]


def likeliest_other(pair: Weighed) -> Hypothesis:
    """Return the likeliest other reading; of a sibling of the same names and a namesake, the namesake (rule 3)."""
    best = pair.best_rival
    if best is Hypothesis.SIBLING and _named_alike(pair.comparison):
        near = pair.weight(best) - pair.weight(Hypothesis.UNRELATED) < _CLEARLY
        return Hypothesis.UNRELATED if near else best
    return best


def _kind(comparison: Comparison, reading: Hypothesis) -> str:
    if reading is Hypothesis.PARENT_CHILD:
        return "parent_child"
    return "twin" if comparison.level(Field.BIRTH_DATE) is Level.SAME else "sibling"


def _how_well(ahead: float) -> Text:
    if ahead > _CLEARLY:
        return phrases.EXPLAINED_BETTER
    return phrases.EXPLAINED_AS_WELL if ahead >= -_CLEARLY else phrases.NOT_RULED_OUT


def _named_alike(comparison: Comparison) -> bool:
    return comparison.level(Field.GIVEN) in _SAME_NAMES


def _held(comparison: Comparison, field: Field) -> bool:
    return comparison.verdict(field) in _HELD


def _shared(comparison: Comparison, reading: Hypothesis) -> Iterator[Text]:
    """Say what relatives share."""
    father, mother = _held(comparison, Field.FATHER), _held(comparison, Field.MOTHER)
    if father and mother:
        yield phrases.SAME_PARENTS
    elif father or mother:
        yield phrases.SAME_FATHER if father else phrases.SAME_MOTHER
    both = _held(comparison, Field.SECOND_SURNAME)
    yield phrases.SAME_SURNAMES if both else phrases.SAME_FIRST_SURNAME
    if not _named_alike(comparison):
        if _held(comparison, Field.GIVEN):
            yield phrases.GIVEN_AS_FAR
    elif reading is Hypothesis.PARENT_CHILD:
        yield phrases.SAME_GIVEN
    if comparison.parent_named:
        yield phrases.PARENT_NAMED


def _apart(comparison: Comparison) -> Iterator[Text]:
    """Say what sets the two records apart."""
    given = comparison.level(Field.GIVEN)
    if given is Level.OTHER_SECOND_GIVEN:
        yield phrases.OTHER_SECOND_GIVEN
    elif given is Level.DIFFERS:
        yield phrases.OTHER_GIVEN
    if comparison.level(Field.BIRTH_DATE) is Level.SAME:
        yield phrases.BORN_SAME_DAY
    else:
        yield from _time_apart(comparison)
    if any(comparison.verdict(field) is Verdict.DIFFER for field in IDENTIFIERS):
        yield phrases.OTHER_NUMBER


def _time_apart(comparison: Comparison) -> Iterator[Text]:
    subject, candidate = comparison.births
    months = months_apart(subject, candidate)
    if months == 1:
        yield phrases.ONE_MONTH_APART
    elif months and months < _YEARS_FROM_MONTHS:
        yield phrases.MONTHS_APART.say(count=months)
    elif months:
        yield phrases.YEARS_APART.say(count=months // 12)
    elif subject.year and candidate.year and abs(subject.year - candidate.year) > 1:
        yield phrases.YEARS_APART.say(count=abs(subject.year - candidate.year))
    elif comparison.verdict(Field.BIRTH_DATE) is Verdict.DIFFER:
        yield phrases.OTHER_BIRTH_DATE


def _common_sex(comparison: Comparison) -> str:
    subject, candidate = sex_of(comparison.subject), sex_of(comparison.candidate)
    return subject if subject == candidate else ""


def _parent_or_child(comparison: Comparison) -> Text:
    """Say what the candidate would be to the subject."""
    subject, candidate = (born.year for born in comparison.births)
    if not (subject and candidate) or subject == candidate:
        return phrases.PARENT_OR_CHILD
    return (phrases.PARENT if candidate < subject else phrases.CHILD)[sex_of(comparison.candidate)]
