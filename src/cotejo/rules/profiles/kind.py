"""The shape of a profile."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One country's figures.

    `minimum_age` of criminal responsibility in years (F02); `accused_months`: least maximum penalty of an offence for
    which an accused person may be sought, `remaining_months`: least rest of a sentence (F35; RPD 83(1));
    `membership_articles`: articles under which belonging is itself the offence, as normalised text; `languages` the
    authorities work in; `limitation_months`: how long a wronged person can sue (I11).
    """

    code: str
    minimum_age: int
    accused_months: int
    remaining_months: int
    membership_articles: tuple[str, ...]
    languages: tuple[str, ...]
    limitation_months: int
