"""Forms of groups and incidents: codes, dates, places, sources. There is no field for a person."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import ID, Asking, coded, dated, words
from cotejo.doors.web.base.attached import Attached
from cotejo.rules.bulletin_words import IncidentKind
from cotejo.rules.facts import Interval
from cotejo.rules.group import CheckGroup, OpenGroup, PartOf, RecordStructure
from cotejo.rules.incident import CheckIncident, RecordIncident
from cotejo.rules.places import PLACES

CODE_HINT = _("G and three digits, as in G-014. The code is all that ever leaves, in bulletins.")


class GroupForm(Asking):
    """Record a group."""

    title = _("New group")
    intro = _("A code, and the names the group is known by. Names stay here. No person belongs to a group in Cotejo.")
    submit = _("Record the group")

    group = forms.RegexField(regex=ID, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code of the group"), help_text=CODE_HINT, max_length=5)
    names = words(_("Names it is known by"), help_text=_("One on each line."), rows=3)

    def command(self) -> object:
        names = tuple(each.strip() for each in self.said("names").splitlines() if each.strip())
        return OpenGroup(group=self.said("group"), code=self.said("code"), names=names)


class StructureForm(Asking):
    """Record that the group was part of another."""

    title = _("Part of another group")
    submit = _("Record")
    called: ClassVar = {"parent_code": ("parent",), "interval": ("start",)}

    parent = forms.CharField(label=_("Code of the other group"), help_text=CODE_HINT, max_length=5)
    start = dated(_("From"))
    end = dated(_("To"), help_text=_("Empty when it goes on."), optional=True)
    source = words(_("From where this is known"))

    def command(self) -> object:
        return RecordStructure(
            part_of=PartOf(
                parent_code=self.said("parent"),
                interval=Interval(start=self.said("start"), end=self.said("end")),
                source=self.said("source"),
            )
        )


class CheckGroupForm(Asking):
    """Say that the group stands as its sources have it."""

    submit = _("It stands as its sources have it")

    version = forms.IntegerField(widget=forms.HiddenInput)

    def command(self) -> object:
        return CheckGroup(version=self.counted("version"))


class IncidentForm(Asking):
    """Record an incident."""

    title = _("New incident")
    intro = _("What, when, where, and the document on which it is known. There is no field for a person.")
    submit = _("Record the incident")
    called: ClassVar = {"interval": ("start",), "documents": ("document",), "group_code": ("group",)}

    incident = forms.RegexField(regex=ID, widget=forms.HiddenInput)
    kind = coded(IncidentKind, _("Kind of incident"))
    start = dated(_("From"))
    end = dated(_("To"), help_text=_("The same day again for one day; empty when it goes on."), optional=True)
    place = forms.ChoiceField(label=_("Place code"), choices=[("", "–"), *((each, each) for each in sorted(PLACES))])
    group = forms.CharField(label=_("Code of the group, if one is named"), required=False, max_length=5)
    document = Attached(label=_("Document on which it is known (PDF)"))

    def command(self) -> object:
        document = self.said("document")
        return RecordIncident(
            incident=self.said("incident"),
            kind=self.chosen("kind", IncidentKind),
            interval=Interval(start=self.said("start"), end=self.said("end")),
            place=self.said("place"),
            group_code=self.said("group"),
            documents=(document,) if document else (),
        )


class CheckIncidentForm(Asking):
    """Say that the incident stands as its documents have it."""

    submit = _("It stands as its documents have it")

    def command(self) -> object:
        return CheckIncident()
