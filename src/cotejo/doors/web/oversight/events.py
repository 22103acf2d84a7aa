"""The house log as an auditor reads it: one line an act, a read, a search, an export or a refusal.

1. A line says who, in which duty, for what purpose, when, and of which case, as ids; never what was read or written.
2. The filter is a closed form; everything it finds is counted and paged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from cotejo.rules.acts import Millis
from cotejo.rules.words import Text
from cotejo.store.models import Act, Trace

ACT: Final = "act"
WHAT_WORDS: Final[Mapping[str, Text]] = {
    ACT: Text("act", "acto"),
    "read": Text("read", "lectura"),
    "search": Text("search", "búsqueda"),
    "export": Text("export", "extracción"),
    "refusal": Text("refusal", "rechazo"),
    "erasure": Text("erasure", "supresión"),
    "hold": Text("sealed copy held", "copia sellada retenida"),
    "free": Text("sealed copy freed", "copia sellada liberada"),
    "message": Text("message of the line", "mensaje de la línea"),
    "account": Text("account of an officer", "cuenta de una persona"),
}
"""What a line can be."""
Lines = QuerySet[Any, Any]
COLUMNS: Final = ("place", "kind", "code", "moment", "person", "acting", "reason", "about", "of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the auditor asks for; empty means all. `since` and `until` in milliseconds UTC, `until` excluded."""

    what: str = ""
    person: str = ""
    case: str = ""
    since: Millis = 0
    until: Millis = 0


def events(wanted: Wanted) -> Lines:
    """Return the lines asked for, newest first."""
    acts, traces = _acts(wanted), _traces(wanted)
    if wanted.what == ACT:
        return acts.order_by("-place")
    if wanted.what:
        return traces.order_by("-place")
    both: Lines = acts.union(traces, all=True)
    return both.order_by("-place")


def _acts(wanted: Wanted) -> Lines:
    found = Act.objects.filter(_person_and_time(wanted))
    stream = Concat("stream_kind", Value(":"), "stream_id", output_field=CharField())
    if wanted.case:
        kind, _, id_ = wanted.case.partition(":")
        found = found.filter(stream_kind=kind, stream_id=id_)
    lines: Lines = found.annotate(
        place=F("leaf_id"),
        kind=Value(ACT, output_field=CharField()),
        moment=F("at"),
        person=F("by"),
        acting=F("duty"),
        reason=F("purpose"),
        about=stream,
        of=stream,
    ).values(*COLUMNS)
    return lines


def _traces(wanted: Wanted) -> Lines:
    found = Trace.objects.filter(_person_and_time(wanted))
    if wanted.what and wanted.what != ACT:
        found = found.filter(what=wanted.what)
    if wanted.case:
        found = found.filter(Q(case=wanted.case) | Q(subject=wanted.case))
    lines: Lines = found.annotate(
        place=F("leaf_id"),
        kind=F("what"),
        code=Value("", output_field=CharField()),
        moment=F("at"),
        person=F("by"),
        acting=F("duty"),
        reason=F("purpose"),
        about=F("subject"),
        of=F("case"),
    ).values(*COLUMNS)
    return lines


def _person_and_time(wanted: Wanted) -> Q:
    found = Q()
    if wanted.person:
        found &= Q(by=wanted.person)
    if wanted.since:
        found &= Q(at__gte=wanted.since)
    if wanted.until:
        found &= Q(at__lt=wanted.until)
    return found
