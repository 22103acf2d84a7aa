"""Forms that become one command of the law, and come back with everything that is wrong at once.

1. A form decides nothing: what it can read becomes a command, and the law says what is missing. Where a field cannot
   be read the law is asked all the same, so that one look shows every problem (both kinds, each beside its field).
2. Nothing typed and no attached document is lost when a form comes back.
3. Ids of new things come with the form, so that sending it twice asks for the same thing twice.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, Union

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cotejo.actions.perform import Law
from cotejo.actions.unit import Committed
from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.base.attached import AttachingForm
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.rules.acts import Reason, Refused, Stream
from cotejo.rules.cases import state_of
from cotejo.rules.facts import Interval
from cotejo.rules.vocabulary import WORDS
from cotejo.rules.words import Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

E = TypeVar("E", bound=StrEnum)
Words = Union[str, "_StrPromise"]
"""Words now, or words in the language the page will have."""

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 4000
LONGEST_DATE: Final = 10
ID: Final = re.compile(r"[0-9a-f]{32}")
UNREADABLE: Final = "typed.unreadable"
"""The law's code for a field that is missing or not readable; a page names the field by where it says so."""


def new_id() -> str:
    """Return 128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that stand together under one heading; an empty heading makes no frame."""

    heading: Words
    fields: tuple[BoundField, ...]


def choices_of(words: Mapping[Any, Text], *, blank: bool = False) -> Callable[[], list[tuple[str, str]]]:
    """Return the choices of a closed list in the language of the page."""

    def choices() -> list[tuple[str, str]]:
        listed = [(str(code), in_words(text)) for code, text in words.items()]
        return [("", gettext("choose")), *listed] if blank else listed

    return choices


def coded(kind: type[StrEnum], label: Words, **more: Any) -> forms.ChoiceField:  # noqa: ANN401 - Django's options
    """Return a field for one code of a closed list of the law, with nothing chosen beforehand."""
    return forms.ChoiceField(label=label, choices=choices_of(WORDS[kind], blank=True), **more)


def flat(record: object) -> dict[str, Any]:
    """Return a record of the law as a form's first values: intervals as `start` and `end`, lists as lists."""
    found: dict[str, Any] = {}
    for each in fields(record):  # type: ignore[arg-type] # every record of the law is a dataclass
        value = getattr(record, each.name)
        if isinstance(value, Interval):
            found |= {"start": value.start, "end": value.end}
        else:
            found[each.name] = list(value) if isinstance(value, tuple) else value
    return found


def words(label: Words, *, help_text: Words = "", rows: int = 0, optional: bool = False) -> forms.CharField:
    """Return a text field; `rows` makes it several lines high."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    most = LONGEST_TEXT if rows else LONGEST_LINE
    return forms.CharField(label=label, help_text=help_text, required=not optional, widget=widget, max_length=most)


def dated(label: Words, *, help_text: Words = "", optional: bool = False) -> forms.CharField:
    """Return a field for a date as documents give it; the law reads it."""
    hint = help_text or _("YYYY-MM-DD, or YYYY-MM or YYYY when the document says no more.")
    return forms.CharField(label=label, help_text=hint, required=not optional, max_length=LONGEST_DATE)


def ticked(label: Words) -> forms.BooleanField:
    """Return a box to tick."""
    return forms.BooleanField(label=label, required=False)


def counting(label: Words, *, help_text: Words = "") -> forms.IntegerField:
    """Return a field for a whole number; empty means none."""
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=9999)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed into a form, for its first arguments; nothing when the page is only looked at."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


class Asking(AttachingForm):
    """A form that becomes one command. Subclasses say how in `command`, with `chosen` and `said` to read fields."""

    use_required_attribute = False

    title: ClassVar[Words] = ""
    intro: ClassVar[Words] = ""
    submit: ClassVar[Words] = _("Save")
    groups_of: tuple[tuple[Words, tuple[str, ...]], ...] = ()
    called: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """What the law calls a field, and the fields here that it means."""

    def __init__(self, *args: Any, keep: Callable[[bytes], str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, keep=keep or _no_document, **kwargs)

    def command(self) -> object:
        """Return the command this form asks for, from what can be read of it."""
        raise NotImplementedError

    def said(self, name: str) -> str:
        """Return the text of a field, or nothing when it cannot be read."""
        value = self.cleaned_data.get(name, "") if hasattr(self, "cleaned_data") else ""
        return str(value or "").strip()

    def counted(self, name: str) -> int:
        """Return the number of a field; 0 when it is empty or cannot be read."""
        return int(self.cleaned_data.get(name) or 0)

    def told(self, name: str) -> bool:
        """Say whether a box is ticked."""
        return bool(self.cleaned_data.get(name))

    def several(self, name: str) -> tuple[str, ...]:
        """Return what was ticked of a list."""
        return tuple(self.cleaned_data.get(name) or ())

    def chosen(self, name: str, kind: type[E]) -> E:
        """Return the chosen code; the first of the list where none can be read, which the form reports itself."""
        value = self.cleaned_data.get(name)
        return kind(value) if value in set(kind) else next(iter(kind))

    def groups(self) -> Iterator[Group]:
        """Yield the visible fields under their headings, in the order in which they are filled in."""
        placed: set[str] = set()
        for heading, names in self.groups_of:
            placed |= set(names)
            yield Group(heading=heading, fields=tuple(self[name] for name in names if name in self.fields))
        rest = tuple(field for field in self.visible_fields() if field.name not in placed)
        if rest:
            yield Group(heading="", fields=rest)

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Write every reason beside its field, or above the form when it belongs to none."""
        for reason in reasons:
            names = self._fields_named(reason.field)
            text = _sentence(reason, own_field=bool(names))
            for name in names or (None,):
                if name and reason.code != UNREADABLE and _only_missing(self.errors.get(name)):
                    del self.errors[name]
                said_already = reason.code == UNREADABLE if name in self.errors else False
                if not said_already and text not in self.errors.get(name or "__all__", ()):
                    self.add_error(name, text)

    def _fields_named(self, called: str) -> tuple[str, ...]:
        """Return the fields a name of the law means; of several, those that are empty."""
        parts = [part.strip() for part in called.split(",") if part.strip()]
        names = [name for part in parts for name in self.called.get(part, (part,)) if name in self.fields]
        empty = [name for name in names if not self.said(name)]
        return tuple(empty or names[:1])


def _only_missing(errors: ErrorList | None) -> bool:
    """Say whether nothing is said of a field but that it is empty; the law says it better."""
    return errors is not None and [each.code for each in errors.as_data()] == ["required"]


def _no_document(_content: bytes) -> str:
    raise TypeError("this form attaches no document")


def _sentence(reason: Reason, *, own_field: bool) -> str:
    if reason.code == UNREADABLE and own_field:
        return gettext("Missing or not readable.")
    remedy = f" {in_words(reason.remedy)}" if reason.remedy else ""
    return f"{in_words(reason.text)}{remedy}"


def ask(acting: Acting, law: Law[Any, Any, Any], stream: Stream, form: Asking) -> Committed | None:
    """Give the form's command; when anything is wrong, write all of it into the form and return nothing."""
    if form.is_valid():
        answer = acting.perform(law, stream, form.command())
        if isinstance(answer, Committed):
            return answer
        form.refuse(answer.reasons)
        return None
    form.refuse(_would_refuse(acting, law, stream, form.command()))
    return None


def _would_refuse(acting: Acting, law: Law[Any, Any, Any], stream: Stream, command: object) -> tuple[Reason, ...]:
    """Return what the law would refuse of a form that cannot be read whole; nothing is written but the refusal."""
    unit, who, moment = acting.unit, acting.who, acting.now
    state = state_of(law.kind, unit.entries(stream))
    decided = law.decide(state, command, who, law.facts(unit, stream, state, command, who, moment), moment)
    if not isinstance(decided, Refused):
        return ()
    unit.note_refusal(who=who, purpose=acting.purpose, subject=str(stream), reasons=decided.reasons, now=moment)
    return decided.reasons
