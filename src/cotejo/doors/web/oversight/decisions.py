"""Gate decisions of a case, step by step: what was passed, open or stopped, by code and rules version (F61).

1. A line is an accepted act or a refusal. What was accepted had passed every gate its law asks at that step; what was
   refused names the gates that were not passed.
2. The step that brought or sent a version is evaluated again, as it was: on the same package, at its moment, under the
   agreement of that moment. A gate reads nothing else (I2); the documents the package names were there, or it would
   have been refused.
3. Titles, states and codes only: no word of what a case is about, no id of anybody but officers (I10).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value

from cotejo.doors.web.base.acting import Acting
from cotejo.doors.web.base.templatetags.cotejo import GATE_WORDS
from cotejo.doors.web.dossiers.case import load_dossier
from cotejo.doors.web.oversight.words import words_of_act
from cotejo.doors.web.review.case import load_case
from cotejo.doors.web.review.views import gates_of
from cotejo.rules.acts import RULES_VERSION, Entry, Erased, Gate, GateState, Millis, Stream, StreamKind
from cotejo.rules.agreement import Agreement
from cotejo.rules.cases import state_of
from cotejo.rules.gap_words import GAP_WORDS
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.package import Package
from cotejo.rules.partner import PartnerState
from cotejo.rules.words import Text
from cotejo.store.models import Act, Trace
from cotejo.store.unit import PgUnit

KINDS: Final = (StreamKind.DOSSIER, StreamKind.REVIEW)
"""Kinds of case that have gates."""
_BRINGS: Final = ("dossier.sent", "review.taken", "review.corrected", "review.supplemented")
"""Acts that send or bring a version, on which the sender's gates are evaluated."""
COLUMNS: Final = ("place", "kind", "moment", "person", "acting", "code", "law", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One gate as an auditor sees it: its title, its state as word and shape, and the codes of what was missing."""

    title: Text
    state: GateState
    word: str
    codes: tuple["Code", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code of the log, and what it means where the law has words for it."""

    code: str
    words: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line; `gates` only where a version was brought, `again` the rules they were evaluated with now."""

    line: Mapping[str, Any]
    what: Text
    codes: tuple[Code, ...] = ()
    gates: tuple[Shown, ...] = ()
    erased: bool = False
    again: str = RULES_VERSION

    @property
    def refused(self) -> bool:
        """Whether nothing but the refusal was written."""
        return bool(self.line["kind"] == "refusal")


def steps_of(stream: Stream) -> QuerySet[Any, Any]:
    """Return every step of a case, newest first."""
    acts = Act.objects.filter(stream_kind=stream.kind, stream_id=stream.id).annotate(
        place=F("leaf_id"),
        kind=Value("act", output_field=CharField()),
        moment=F("at"),
        person=F("by"),
        acting=F("duty"),
        law=F("rules"),
        number=F("version"),
    )
    refusals = Trace.objects.filter(Q(subject=str(stream)) | Q(case=str(stream)), what="refusal").annotate(
        place=F("leaf_id"),
        kind=F("what"),
        moment=F("at"),
        person=F("by"),
        acting=F("duty"),
        code=Value("", output_field=CharField()),
        law=Value("", output_field=CharField()),
        number=Value(0, output_field=IntegerField()),
    )
    found: QuerySet[Any, Any] = acts.values(*COLUMNS).union(refusals.values(*COLUMNS), all=True).order_by("-place")
    return found


def read_steps(unit: PgUnit, stream: Stream, lines: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return what these lines say, gates included."""
    shown = tuple(lines)
    refused = dict(Trace.objects.filter(leaf_id__in=[each["place"] for each in shown]).values_list("leaf_id", "codes"))
    brings = any(each["code"] in _BRINGS for each in shown)
    entries = {each.version: each for each in unit.entries(stream)} if brings else {}
    return tuple(
        _refusal(line, refused.get(line["place"], ())) if line["kind"] == "refusal" else _act(unit, line, entries)
        for line in shown
    )


def as_it_stands(desk: Acting, stream: Stream) -> tuple[Shown, ...]:
    """Return the gates of a case as they stand now. Raises `Http404` when there is no such case."""
    if stream.kind is StreamKind.REVIEW:
        return tuple(map(_shown, gates_of(load_case(desk, stream))))
    case = load_dossier(desk, stream)
    return tuple(map(_shown, case.gates())) if case.preparing else ()


def codes_in_words(codes: Iterable[str]) -> tuple[Code, ...]:
    """Return codes with the law's words for them, where it has any."""
    return tuple(Code(code=each, words=GAP_WORDS.get(each)) for each in codes)


def _refusal(line: Mapping[str, Any], codes: Iterable[str]) -> Step:
    return Step(line=line, what=Text("refused", "rechazado"), codes=codes_in_words(codes))


def _act(unit: PgUnit, line: Mapping[str, Any], entries: Mapping[int, Entry]) -> Step:
    words = words_of_act(line["code"])
    if line["code"] not in _BRINGS:
        return Step(line=line, what=words)
    act = entries[line["number"]].act
    if isinstance(act, Erased):
        return Step(line=line, what=words, erased=True)
    gates = _evaluated(unit, getattr(act, "package", None), line["moment"])
    return Step(line=line, what=words, gates=tuple(map(_shown, gates)))


def _evaluated(unit: PgUnit, package: Package | None, at: Millis) -> tuple[Gate, ...]:
    if package is None:
        return ()
    partner = package.addressee if package.origin == unit.node else package.origin
    terms = _agreement_at(unit, partner, at)
    if terms is None:
        return ()
    named = frozenset(each.sha256 for each in package.documents)
    return sender_gates(package, terms, at, documents_here=named.__contains__)


def _agreement_at(unit: PgUnit, partner: str, at: Millis) -> Agreement | None:
    """Return the agreement with a partner as it was at a moment."""
    before = [each for each in unit.entries(Stream(StreamKind.PARTNER, partner)) if each.at <= at]
    state: PartnerState = state_of(StreamKind.PARTNER, before)
    if state.agreements:
        return state.terms(at)
    known = unit.partner(partner)
    return known.terms(at) if known else None


def _shown(gate: Gate) -> Shown:
    codes = codes_in_words(dict.fromkeys(reason.code for reason in gate.reasons))
    return Shown(title=gate.title, state=gate.state, word=str(GATE_WORDS[gate.state]), codes=codes)
