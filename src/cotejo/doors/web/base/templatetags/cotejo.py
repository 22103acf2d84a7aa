"""Pieces every page may use without loading anything: words, times, fields, problems, gates, documented values.

1. Times are printed in UTC with the zone named; a page never guesses where the reader is.
2. A state is a word and a shape, never colour alone and never a percentage.
3. What speaks for the person comes first in every list of gates.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import pgettext_lazy as _c

from cotejo.rules.acts import Gate, GateState, Millis, Reason
from cotejo.rules.duties import DUTY_WORDS, Duty
from cotejo.rules.words import Text

register = template.Library()

GATE_WORDS = {
    GateState.PASSED: _c("gate", "Passed"),
    GateState.OPEN: _c("gate", "Open"),
    GateState.STOPPED: _c("gate", "Stopped"),
}
WIDGET_CLASSES = (
    (CheckboxInput, "usa-checkbox__input"),
    (Select, "usa-select"),
    (Textarea, "usa-textarea"),
)


@register.filter
def in_words(words: Text | str | None) -> str:
    """Return the law's words in the language of the page; plain text passes unchanged."""
    if isinstance(words, Text):
        return words.in_language(get_language() or "es")
    return words or ""


@register.filter
def commands(words: str) -> SafeString:
    """Show what stands between backticks as a command to type, everything else as plain text."""
    parts = words.split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", each) if n % 2 else each,) for n, each in enumerate(parts))
    )


@register.filter
def duty_words(duty: Duty | str) -> str:
    """Return a duty's name in the language of the page."""
    return in_words(DUTY_WORDS[Duty(duty)])


def moment(at: Millis) -> datetime:
    """Return a stored time as Django's formats want it."""
    return datetime.fromtimestamp(at / 1000, UTC)


@register.filter
def day(at: Millis) -> str:
    """Return the UTC date in the words of the page's language."""
    return date_format(moment(at), "DATE_FORMAT") if at else ""


@register.simple_tag
def when(at: Millis) -> SafeString:
    """Return a time to the minute, zone named, with its exact value for machines."""
    if not at:
        return SafeString("")
    exact = moment(at)
    shown = f"{date_format(exact, 'DATE_FORMAT')}, {exact:%H:%M} UTC"
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(timespec="seconds"), shown)


@register.inclusion_tag("base/gates.html")
def gates(rows: Iterable[Gate]) -> dict[str, Any]:
    """List gates: state as word and shape, what speaks for the person first, reasons with their remedy."""
    ordered = sorted(rows, key=lambda gate: not gate.speaks_for)
    return {"rows": [{"gate": gate, "word": GATE_WORDS[gate.state]} for gate in ordered]}


@register.inclusion_tag("base/problems.html")
def problems(source: BaseForm | Iterable[Reason | Text] | None) -> dict[str, Any]:
    """Say everything that is wrong at once, each linked to its field: a form's errors, or reasons of a refusal."""
    return {"problems": _form_problems(source) if isinstance(source, BaseForm) else _reason_problems(source or ())}


def _form_problems(form: BaseForm) -> list[dict[str, Any]]:
    if not form.is_bound:
        return []
    found = [{"text": text, "anchor": ""} for text in form.non_field_errors()]
    called = _names_in(form)
    for name, errors in form.errors.items():
        if name != "__all__":
            bound = form[name]
            anchor = bound.id_for_label or f"{bound.auto_id}_0"
            found += [{"text": f"{called[name]}: {text}", "anchor": anchor} for text in errors]
    return found


def _names_in(form: BaseForm) -> dict[str, str]:
    """Return what each field is called: its label, after the heading it stands under where two share the label."""
    labels = {name: str(form[name].label) for name in form.fields}
    shared = {label for label, times in Counter(labels.values()).items() if times > 1}
    groups = form.groups() if hasattr(form, "groups") else ()
    under = {each.name: str(group.heading) for group in groups for each in group.fields}
    return {
        name: f"{under[name]}, {label}" if label in shared and under.get(name) else label
        for name, label in labels.items()
    }


def _reason_problems(reasons: Iterable[Reason | Text]) -> list[dict[str, Any]]:
    return [
        {"text": in_words(each), "anchor": ""}
        if isinstance(each, Text)
        else {"text": in_words(each.text), "remedy": in_words(each.remedy), "anchor": each.field and f"id_{each.field}"}
        for each in reasons
    ]


@register.inclusion_tag("base/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show one form field: label, hint, its errors, and the control in the system's look."""
    widget = bound.field.widget
    tick, several = isinstance(widget, CheckboxInput), isinstance(widget, RadioSelect)
    css = next((css for kind, css in WIDGET_CLASSES if isinstance(widget, kind)), "usa-input")
    if bound.errors and not tick:
        css += " usa-input--error"
    return {
        "bound": bound,
        "control": "" if several else bound.as_widget(attrs={"class": css, "placeholder": ""}),
        "several": several,
        "kind": getattr(widget, "input_type", ""),
        "tick": tick,
    }


@register.inclusion_tag("base/pages.html", takes_context=True)
def pages(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Print where this page of a list stands, with the total, and the way to its neighbours."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("base/documented.html")
def documented(value: str, **source: Any) -> dict[str, Any]:  # noqa: ANN401 - what a template passes
    """Show a value as documented: `document`, `page`, and `office` and `at` of who checked it against the document."""
    return {"value": value or gettext("not stated"), **source}
