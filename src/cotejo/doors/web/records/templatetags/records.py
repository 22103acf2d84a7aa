"""Words of what stands in a person's file: codes, grades in their own scale, names of things."""

import re
from enum import StrEnum
from typing import Final

from django import template
from django.utils.text import capfirst

from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.inbox.forms import fields_of
from cotejo.doors.web.records import labels
from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.change_words import words_of_change
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.facts import Grade, Route
from cotejo.rules.gap_words import gap_words
from cotejo.rules.gates.judicial import OUTCOME_WORDS
from cotejo.rules.grading import MEANINGS, meaning_of
from cotejo.rules.package import AllegedAct, CourtAct, EvidenceItem, Package
from cotejo.rules.person_typed import WHEREABOUTS_WORDS
from cotejo.rules.profiles.offences import OFFENCE_WORDS
from cotejo.rules.review_words import QuestionCode
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

register = template.Library()

PART: Final = re.compile(r"[\[.]")
PARTS: Final = {
    "subject": Text("who the person is", "quién es la persona"),
    "category": Text("category of the person", "calidad de la persona"),
    "category_since": Text("category of the person, since", "calidad de la persona, desde"),
    "route": Text("legal route", "vía legal"),
    "purpose": Text("purpose", "finalidad"),
    "case_number": Text("court case", "causa"),
    "alleged": Text("alleged act", "hecho atribuido"),
    "court_acts": Text("court act", "acto judicial"),
    "claims": Text("statement", "afirmación"),
    "evidence": Text("evidence", "prueba"),
    "affiliations": Text("dated affiliation", "afiliación con fecha"),
    "grounds": Text("ground for refusing", "causal de denegación"),
    "undertakings": Text("undertaking", "compromiso"),
    "search_for": Text("search for what speaks for the person", "búsqueda de descargo"),
    "notice": Text("notice to the person", "aviso a la persona"),
    "withheld": Text("items withheld", "elementos reservados"),
    "whereabouts": Text("where the person was", "dónde estuvo la persona"),
}
TONGUES: Final = {"sv": "es", "us": "en"}


@register.filter
def tongue(profile: str) -> str:
    """Return the language in which an agency of this law documents."""
    return TONGUES.get(profile, "es")


@register.filter
def code_words(member: StrEnum | None) -> str:
    """Return the words of a code of a closed list."""
    return in_words(words_of(member)) if member is not None else ""


@register.filter
def identifier_words(kind: str) -> str:
    """Return what a kind of document number is called."""
    return in_words(labels.IDENTIFIER_WORDS.get(kind, kind))


@register.filter
def whereabouts_words(kind: str) -> str:
    """Return what a record of whereabouts says."""
    return capfirst(in_words(WHEREABOUTS_WORDS.get(kind, kind)))


@register.filter
def offence_words(offence: str) -> str:
    """Return what an offence class is called."""
    return capfirst(in_words(OFFENCE_WORDS.get(offence, offence)))


@register.filter
def outcome_words(outcome: str) -> str:
    """Return what became of a court act."""
    return in_words(OUTCOME_WORDS.get(outcome, outcome))


@register.filter
def grade_scale(grade: Grade) -> str:
    """Return the name of a grade's own scale."""
    return in_words(MEANINGS[grade.scale].name)


@register.filter
def grade_meaning(grade: Grade) -> str:
    """Return what a grade means in its own scale."""
    return in_words(meaning_of(grade))


@register.filter
def item_words(item: EvidenceItem) -> str:
    """Name an item of evidence."""
    return in_words(labels.of_item(item))


@register.filter
def alleged_words(act: AllegedAct) -> str:
    """Name an alleged act."""
    return in_words(labels.of_alleged(act))


@register.filter
def court_act_words(act: CourtAct) -> str:
    """Name a court act."""
    return in_words(labels.of_court_act(act))


@register.filter
def route_words(route: str) -> str:
    """Return what a legal route is called."""
    return code_words(Route(route))


@register.filter
def dossier_state_words(state: str) -> str:
    """Return where a request stands, from a card."""
    return code_words(DossierState(state))


@register.filter
def gap_in_words(code: str) -> str:
    """Return what a receipt names as wrong, in words."""
    return in_words(gap_words(code))


@register.filter
def question_words(code: str) -> str:
    """Return what the other side asks."""
    return code_words(QuestionCode(code)) if code in set(QuestionCode) else code


@register.filter
def field_words(field: str, package: Package) -> str:
    """Return what a field of a request is called, or the part of the request it stands in."""
    part = PARTS.get(PART.split(field)[0], Text(field, field))
    return capfirst(in_words(dict(fields_of(package)).get(field, part)))


@register.filter
def change_words(value: str, field: str) -> str:
    """Return what stands in a field of a request, in words."""
    return in_words(words_of_change(field, value))


@register.filter
def incident_words(kind: str) -> str:
    """Return what a kind of incident is called."""
    return code_words(IncidentKind(kind))


@register.filter
def trend_words(trend: str) -> str:
    """Return how a month stands to the same month a year before."""
    return code_words(Trend(trend))
