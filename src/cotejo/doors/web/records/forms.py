"""Forms about one thing in a person's file, and those that say who the person is.

1. One form a command; under an id that exists the thing is written anew.
2. A document is chosen from those already in the file, or attached and kept at once.
3. A description shows one empty row more than there are, so that nothing is lost and nothing needs a script.
"""

import re
from dataclasses import fields
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import ID, Asking, choices_of, coded, counting, dated, flat, words
from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.records.labels import IDENTIFIER_WORDS, documents_of
from cotejo.rules import person_commands as ask
from cotejo.rules.facts import Category, Interval, Sex
from cotejo.rules.package import Identifier, Name, Subject
from cotejo.rules.person import PersonFile

LEAST_ROWS: Final = {"documented": 1, "value": 2}


class FileForm(Asking):
    """A form about one thing in a person's file; `thing` is its id, kept in a hidden field."""

    def __init__(self, *args: Any, file: PersonFile, thing: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        self.file = file
        self.thing = thing
        kwargs["initial"] = {"thing": thing, **self.first_values()}
        super().__init__(*args, **kwargs)
        self.fields["thing"] = forms.RegexField(regex=ID, widget=forms.HiddenInput)
        for field in self.fields.values():
            if isinstance(field, DocumentChoice):
                field.choices = self._documents

    def first_values(self) -> dict[str, Any]:
        """Return what is recorded under this id already."""
        return {}

    @property
    def id(self) -> str:
        """The id of what the form is about."""
        return self.said("thing") or self.thing

    def cited(self) -> str:
        """Return the hash of the document: what was attached, else what was chosen."""
        return self.said("attached") or self.said("document")

    def between(self) -> Interval:
        """Return from when to when."""
        return Interval(start=self.said("start"), end=self.said("end"))

    def _documents(self) -> list[tuple[str, str]]:
        found = [(sha256, in_words(label)) for sha256, label in documents_of(self.file).items()]
        return [("", gettext("none chosen")), *found]


class DocumentChoice(forms.ChoiceField):
    """A document of the file; the form fills its choices."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's options
        label = kwargs.pop("label", _("Document already in this file"))
        super().__init__(label=label, required=False, **kwargs)


def attachment() -> Attached:
    """Return the control for a document that is not in the file yet."""
    return Attached(
        label=_("Or attach the document (PDF)"),
        help_text=_("It is kept under its hash, so that every later reader can see that it is the same file."),
        required=False,
    )


class DescribeForm(FileForm):
    """Names, birth, parents and document numbers."""

    title = _("Who the person is")
    intro = _("Exactly as the documents say it. A number counts only when another officer held it beside its document.")
    called: ClassVar = {"names": ("documented_1",), "identifiers": ("kind_1", "value_1")}
    about: ClassVar = (
        _("Birth and parents"),
        ("birth", "sex", "birth_place", "nationality", "nationality_basis", "father", "mother", "stature_cm"),
    )

    birth = dated(_("Date of birth"), optional=True)
    sex = coded(Sex, _("Sex"), required=False)
    birth_place = words(_("Place of birth"), optional=True)
    nationality = words(_("Nationality, as a country code"), optional=True, help_text=_("For example SV or US."))
    nationality_basis = words(_("What shows the nationality"), optional=True)
    father = words(_("Father, as documented"), optional=True)
    mother = words(_("Mother, as documented"), optional=True)
    stature_cm = counting(_("Height in centimetres"), help_text=_("Serves only to exclude a person."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.names = self._rows("documented", len(self.file.subject.names))
        self.numbers = self._rows("value", len(self.file.subject.identifiers))
        self.groups_of = (
            *((_("Name %(n)s") % {"n": n}, self._add_name(n)) for n in range(1, self.names + 1)),
            self.about,
            *((_("Document number %(n)s") % {"n": n}, self._add_number(n)) for n in range(1, self.numbers + 1)),
        )

    def first_values(self) -> dict[str, Any]:
        subject = self.file.subject
        rows = [*enumerate(subject.names, start=1), *enumerate(subject.identifiers, start=1)]
        kept = flat(subject) | {"stature_cm": subject.stature_cm or None}
        return kept | {f"{name}_{n}": value for n, row in rows for name, value in flat(row).items()}

    def command(self) -> object:
        return ask.DescribePerson(subject=self.subject())

    def subject(self) -> Subject:
        """Return the person as the form describes them; empty rows are left out."""
        names = (self._name(n) for n in range(1, self.names + 1))
        numbers = (self._number(n) for n in range(1, self.numbers + 1))
        return Subject(
            names=tuple(each for each in names if each.documented or each.alias),
            birth=self.said("birth"),
            sex=self.chosen("sex", Sex) if self.said("sex") else Sex.UNKNOWN,
            birth_place=self.said("birth_place"),
            nationality=self.said("nationality").upper(),
            nationality_basis=self.said("nationality_basis"),
            identifiers=tuple(each for each in numbers if each.kind or each.value),
            father=self.said("father"),
            mother=self.said("mother"),
            stature_cm=self.counted("stature_cm"),
        )

    def _rows(self, name: str, kept: int) -> int:
        sent = [int(found[1]) for key in self.data if (found := re.fullmatch(rf"{name}_(\d)", key))]
        return max([LEAST_ROWS[name], kept + 1, *sent])

    def _add_name(self, n: int) -> tuple[str, ...]:
        row: dict[str, forms.Field] = {
            "documented": words(_("Full name, as documented"), optional=n > 1),
            "given": words(_("Given names"), optional=n > 1),
            "first_surname": words(_("First surname"), optional=n > 1),
            "second_surname": words(_("Second surname"), optional=True),
            "married_name": words(_("Married name"), optional=True),
            "alias": words(_("Known also as"), optional=True),
        }
        return self._add(n, row)

    def _add_number(self, n: int) -> tuple[str, ...]:
        kinds = choices_of(IDENTIFIER_WORDS, blank=True)
        choice = DocumentChoice()
        choice.choices = self._documents
        row: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(label=_("Kind of document"), choices=kinds, required=False),
            "value": words(_("Number"), optional=True),
            "issued_by": words(_("Issued by"), optional=True),
            "document": choice,
            "attached": attachment(),
        }
        return self._add(n, row)

    def _add(self, n: int, row: dict[str, forms.Field]) -> tuple[str, ...]:
        self.fields.update({f"{name}_{n}": field for name, field in row.items()})
        return tuple(f"{name}_{n}" for name in row)

    def _name(self, n: int) -> Name:
        return Name(**{each.name: self.said(f"{each.name}_{n}") for each in fields(Name)})

    def _number(self, n: int) -> Identifier:
        return Identifier(
            kind=self.said(f"kind_{n}"),
            value=self.said(f"value_{n}"),
            issued_by=self.said(f"issued_by_{n}"),
            verified=False,
            document=self.said(f"attached_{n}") or self.said(f"document_{n}"),
        )


class OpenForm(DescribeForm):
    """A new file: who the person is and what they are in this case. Documents are attached once the file exists."""

    title = _("New person")
    intro = _("One file is about one person. Nothing merges two files, and nothing here is a finding of guilt.")
    submit = _("Open the file")
    called: ClassVar = {**DescribeForm.called, "category_since": ("since",)}

    category = coded(Category, _("What the person is in this case"))
    since = dated(_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, file=PersonFile(), **kwargs)
        self.groups_of = (*self.groups_of, (_("This case"), ("category", "since")))
        for n in range(1, self.numbers + 1):
            del self.fields[f"document_{n}"], self.fields[f"attached_{n}"]

    def command(self) -> object:
        return ask.OpenPerson(
            person=self.id,
            subject=self.subject(),
            category=self.chosen("category", Category),
            category_since=self.said("since"),
        )


class CategoryForm(FileForm):
    """What the person is in this case, from a day on."""

    title = _("What the person is in this case")
    intro = _("Exactly one category, from a day on. Victims, witnesses and children are in no search.")
    called: ClassVar = {"category_since": ("since",)}

    category = coded(Category, _("Category"))
    since = dated(_("Since"))

    def first_values(self) -> dict[str, Any]:
        return {"category": self.file.category, "since": self.file.category_since}

    def command(self) -> object:
        return ask.SetCategory(category=self.chosen("category", Category), since=self.said("since"))
