"""Forms about evidence, statements that rest on it, and dated affiliations."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import coded, dated, flat, ticked, words
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.records.forms import DocumentChoice, FileForm, attachment
from cotejo.doors.web.records.forms_court import ONE_DAY
from cotejo.doors.web.records.labels import of_alleged, of_court_act, of_item
from cotejo.rules import person_commands as ask
from cotejo.rules.claims import ClaimBody
from cotejo.rules.facts import (
    AffiliationBasis,
    Coercion,
    EvidenceKind,
    Favours,
    Grade,
    Handling,
    Scale,
    StatementType,
)
from cotejo.rules.gates.counting import OWN_WORDS
from cotejo.rules.grading import MEANINGS, meaning_of
from cotejo.rules.package import Affiliation, EvidenceItem, SelfStatement, Translation

LANGUAGES: Final = (("es", "Español"), ("en", "English"))
WHERE_FROM: Final = (
    "origin",
    "own_words",
    "obtained_on",
    "how_obtained",
    "coercion",
    "derived_from",
    "anonymous",
    "challenged",
)
NOT_GRADED: Final = Grade(scale=Scale.NONE)


def every_grade() -> Iterator[Grade]:
    """Yield every grade of every scale, as it was given; nothing converts one into another."""
    for scale, meaning in MEANINGS.items():
        for source in meaning.source:
            yield from (Grade(scale=scale, source=source, information=code) for code in meaning.information)


def grade_choices() -> list[tuple[str, Any]]:
    """Return the grades under the names of their scales, each with its meaning."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for grade in every_grade():
        shown = f"{grade.source}{grade.information}: {in_words(meaning_of(grade))}"
        grouped.setdefault(in_words(MEANINGS[grade.scale].name), []).append((spelled(grade), shown))
    return [(spelled(NOT_GRADED), in_words(MEANINGS[Scale.NONE].name)), *grouped.items()]


def spelled(grade: Grade) -> str:
    """Return a grade as a form's value."""
    return f"{grade.scale.value}/{grade.source}/{grade.information}"


def read_grade(value: str) -> Grade:
    """Return the grade of a form's value; not graded when it is none."""
    return next((each for each in every_grade() if spelled(each) == value), NOT_GRADED)


class EvidenceForm(FileForm):
    """One item of evidence: what it is, what it speaks to, how it was obtained, its grade and its document."""

    title = _("Evidence")
    intro = _("Tattoos, dress, signs, neighbourhood, kinship and social media are no evidence, and have no word here.")
    called: ClassVar = {"interval": ("start",), "interval.report": ("obtained_on",)}
    groups_of = (
        (_("What it is"), ("kind", "favours", "statement_type", "assessor", "underlying")),
        (_("What it is about"), ("speaks_to", "start", "end", "place")),
        (
            _("Where it comes from"),
            WHERE_FROM,
        ),
        (_("Its document"), ("document", "attached", "document_place", "language", "handling", "grade")),
        (_("Translation by a person"), ("translation_language", "translation_text", "translator", "by_machine")),
        (
            _("The person's own words, if it is a statement of the person"),
            ("verbatim", "said_language", "said_on", "said_at", "recording_or_signed"),
        ),
    )

    kind = coded(EvidenceKind, _("Kind"))
    favours = coded(Favours, _("Which way it speaks"))
    statement_type = coded(StatementType, _("Fact, assessment or hearsay"))
    assessor = words(_("Who assessed"), optional=True)
    underlying = forms.MultipleChoiceField(
        label=_("Facts under the assessment"), required=False, widget=forms.CheckboxSelectMultiple
    )
    speaks_to = forms.MultipleChoiceField(
        label=_("Alleged acts it speaks to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    start = dated(_("From"))
    end = dated(_("To"), help_text=ONE_DAY, optional=True)
    place = words(_("Place"), optional=True)
    origin = words(_("Source"), help_text=_("The office or person it comes from. It never leaves this house by name."))
    own_words = ticked(_("The source is the person whose file this is"))
    obtained_on = dated(_("Obtained on"))
    how_obtained = words(_("How it was obtained"), rows=2)
    coercion = coded(Coercion, _("Coercion"))
    derived_from = forms.MultipleChoiceField(
        label=_("Made from these other items"), required=False, widget=forms.CheckboxSelectMultiple
    )
    anonymous = ticked(_("The source is anonymous"))
    challenged = ticked(_("It is being contested"))
    document = DocumentChoice()
    attached = attachment()
    document_place = words(
        _("Where the original is"), help_text=_("At a court: “court:” and its name and shelf."), optional=True
    )
    language = forms.ChoiceField(label=_("Language of the original"), choices=LANGUAGES)
    handling = coded(Handling, _("Handling"))
    grade = forms.ChoiceField(label=_("Grade as it was given, in its own scale"), choices=grade_choices)
    translation_language = forms.ChoiceField(
        label=_("Language of the translation"), choices=[("", "–"), *LANGUAGES], required=False
    )
    translation_text = words(_("Translation of the passage about this person"), rows=3, optional=True)
    translator = words(_("Who translated"), optional=True)
    by_machine = ticked(_("A machine translated it"))
    verbatim = words(_("Word for word"), rows=2, optional=True)
    said_language = words(_("Language it was said in"), optional=True)
    said_on = dated(_("Said on"), optional=True)
    said_at = words(_("Said at"), optional=True)
    recording_or_signed = words(_("Recording, or page with the signature"), optional=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        others = [(each.id, in_words(of_item(each))) for each in self.file.evidence if each.id != self.thing]
        offered = {
            "speaks_to": [(each.id, in_words(of_alleged(each))) for each in self.file.alleged],
            "derived_from": others,
            "underlying": others,
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a choice field
            if not choices:
                del self.fields[name]

    def first_values(self) -> dict[str, Any]:
        item = self.file.item(self.thing)
        if item is None:
            return {"handling": Handling.H0, "favours": "", "grade": spelled(NOT_GRADED)}
        said, made = item.self_statement, item.translation
        return {
            **flat(item),
            "grade": spelled(item.grade),
            "own_words": item.origin == OWN_WORDS,
            **({"translation_language": made.language, "translation_text": made.text} if made else {}),
            **({"translator": made.translator, "by_machine": made.by_machine} if made else {}),
            **({"verbatim": said.verbatim, "said_language": said.language, "said_on": said.date} if said else {}),
            **({"said_at": said.place, "recording_or_signed": said.recording_or_signed} if said else {}),
        }

    def command(self) -> object:
        return ask.RecordEvidence(
            item=EvidenceItem(
                id=self.id,
                kind=self.chosen("kind", EvidenceKind),
                favours=self.chosen("favours", Favours),
                statement_type=self.chosen("statement_type", StatementType),
                speaks_to=self.several("speaks_to"),
                interval=self.between(),
                place=self.said("place"),
                obtained_on=self.said("obtained_on"),
                origin=OWN_WORDS if self.told("own_words") else self.said("origin"),
                anonymous=self.told("anonymous"),
                derived_from=self.several("derived_from"),
                how_obtained=self.said("how_obtained"),
                coercion=self.chosen("coercion", Coercion),
                grade=read_grade(self.said("grade")),
                document=self.cited(),
                document_place=self.said("document_place"),
                language=self.said("language"),
                handling=self.chosen("handling", Handling),
                challenged=self.told("challenged"),
                assessor=self.said("assessor"),
                underlying=self.several("underlying"),
                self_statement=self._own_words(),
                translation=self._translation(),
            )
        )

    def _own_words(self) -> SelfStatement | None:
        if not self.said("verbatim"):
            return None
        return SelfStatement(
            verbatim=self.said("verbatim"),
            language=self.said("said_language"),
            date=self.said("said_on"),
            place=self.said("said_at"),
            recording_or_signed=self.said("recording_or_signed"),
        )

    def _translation(self) -> Translation | None:
        if not self.said("translation_text"):
            return None
        return Translation(
            language=self.said("translation_language"),
            text=self.said("translation_text"),
            translator=self.said("translator"),
            by_machine=self.told("by_machine"),
        )


class ClaimForm(FileForm):
    """One dated statement and the evidence it rests on."""

    title = _("Statement")
    intro = _("Somebody else will hold it beside its document. Changing it makes a new version that nobody checked.")
    called: ClassVar = {"interval": ("start",), "interval.report": ("as_of",)}

    statement_type = coded(StatementType, _("Fact, assessment or hearsay"))
    statement = words(_("Statement"), rows=3)
    speaks_to = forms.MultipleChoiceField(
        label=_("Alleged acts it speaks to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    start = dated(_("From"))
    end = dated(_("To"), help_text=ONE_DAY, optional=True)
    place = words(_("Place"), optional=True)
    as_of = dated(_("Last known to hold on"))
    evidence = forms.MultipleChoiceField(
        label=_("Evidence it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quoted_label_from = forms.ChoiceField(
        label=_("Final judgment whose word is quoted"),
        help_text=_("Only a quoted word of a final judgment may call a person something."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        judgments = [each for each in self.file.court_acts if each.kind is EvidenceKind.JUDGMENT and each.final]
        quotable = [(each.id, in_words(of_court_act(each))) for each in judgments]
        offered = {
            "speaks_to": [(each.id, in_words(of_alleged(each))) for each in self.file.alleged],
            "evidence": [(each.id, in_words(of_item(each))) for each in self.file.evidence],
            "quoted_label_from": [("", gettext("none chosen")), *quotable],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a choice field
        if not judgments:
            del self.fields["quoted_label_from"]

    def first_values(self) -> dict[str, Any]:
        kept = self.file.claim(self.thing)
        return flat(kept.body) if kept else {}

    def command(self) -> object:
        return ask.RecordClaim(
            claim=self.id,
            body=ClaimBody(
                statement_type=self.chosen("statement_type", StatementType),
                statement=self.said("statement"),
                speaks_to=self.several("speaks_to"),
                interval=self.between(),
                place=self.said("place"),
                as_of=self.said("as_of"),
                evidence=self.several("evidence"),
                quoted_label_from=self.said("quoted_label_from"),
            ),
        )


class AffiliationForm(FileForm):
    """A dated affiliation on one of the closed bases; nothing follows from it."""

    title = _("Affiliation")
    intro = _("It opens no check, is found by no search, and stands in the copy for the person.")

    group = words(_("Group"))
    role_in_source = words(_("Role, in the words of the source"), optional=True)
    start = dated(_("From"))
    end = dated(_("To"), help_text=ONE_DAY, optional=True)
    ended = ticked(_("It has ended"))
    basis = coded(AffiliationBasis, _("Basis"))
    grade = forms.ChoiceField(label=_("Grade as it was given, in its own scale"), choices=grade_choices)
    document = DocumentChoice()
    attached = attachment()

    def command(self) -> object:
        return ask.RecordAffiliation(
            affiliation=Affiliation(
                group=self.said("group"),
                role_in_source=self.said("role_in_source"),
                start=self.said("start"),
                end=self.said("end"),
                ended=self.told("ended"),
                basis=self.chosen("basis", AffiliationBasis),
                document=self.cited(),
                grade=read_grade(self.said("grade")),
            )
        )
