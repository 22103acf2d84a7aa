"""What every step's form has in common: it knows its case, keeps its documents there, and makes one command.

1. A form checks only what makes a command possible (a day is a day, one of a list is chosen); the law judges the rest.
2. Nothing is chosen beforehand: a choice is a person's.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import get_language

from cotejo.doors.web.base.attached import AttachingForm
from cotejo.doors.web.review.case import Case
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST: Final = 4000


class StepForm(AttachingForm):
    """A form of one case; `command` builds what the law is asked."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # noqa: ANN401 - the base class's signature
        def keep(content: bytes) -> str:
            return case.acting.unit.documents.put(content, unit=case.stream)

        super().__init__(*args, keep=keep, **kwargs)
        self.case = case
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the case."""

    def offer(self) -> None:
        """Leave only what can be chosen now, before the form is shown."""

    def command(self) -> object:
        """Return the command; only when the form is valid."""
        raise NotImplementedError


class NothingToSay(StepForm):
    """A step that needs a button only."""


def said(words: Text) -> str:
    """Return the law's words in the language of the page."""
    return words.in_language(get_language() or "es")


def choices_of(members: Iterable[StrEnum]) -> Callable[[], list[tuple[str, str]]]:
    """Return choices in the language of the page, made when the form is."""
    return lambda: [(each.value, said(words_of(each))) for each in members]


def one_of(label: "str | _StrPromise", members: Iterable[StrEnum], **more: Any) -> forms.TypedChoiceField:  # noqa: ANN401
    """Return a question with one answer out of a closed list, none chosen beforehand."""
    listed = tuple(members)
    kind = type(listed[0])
    return forms.TypedChoiceField(
        label=label,
        choices=choices_of(listed),
        coerce=kind,
        widget=more.pop("widget", forms.RadioSelect),
        **more,
    )


def listed(label: "str | _StrPromise", members: Iterable[StrEnum], **more: Any) -> forms.TypedChoiceField:  # noqa: ANN401
    """Return a question with one answer out of a long closed list."""
    options = tuple(members)
    kind = type(options[0])
    return forms.TypedChoiceField(
        label=label,
        choices=lambda: [("", "—"), *choices_of(options)()],
        coerce=kind,
        empty_value=None,
        widget=forms.Select,
        **more,
    )


def words(label: "str | _StrPromise", **more: Any) -> forms.CharField:  # noqa: ANN401 - what Django takes
    """Return a field for some sentences."""
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), **more)


def line(label: "str | _StrPromise", **more: Any) -> forms.CharField:  # noqa: ANN401 - what Django takes
    """Return a field for one line."""
    return forms.CharField(label=label, max_length=200, **more)


class DayField(forms.DateField):
    """A day, cleaned to `YYYY-MM-DD`."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, label: "str | _StrPromise", **more: Any) -> None:  # noqa: ANN401 - what Django takes
        super().__init__(label=label, input_formats=["%Y-%m-%d"], **more)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        found = super().clean(value)
        return found.isoformat() if isinstance(found, dt.date) else ""
