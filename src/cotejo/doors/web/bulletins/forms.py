"""Forms of a bulletin: every field is a code of a closed list, a month or a count. There is no field for words."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import ID, Asking, coded
from cotejo.rules.bulletin import MOST, BulletinState, PassBulletin, PrepareBulletin
from cotejo.rules.bulletin_words import IncidentKind, Trend
from cotejo.rules.places import PLACES
from cotejo.rules.told import Bulletin


class PrepareForm(Asking):
    """Write a bulletin down."""

    title = _("New bulletin")
    intro = _("Codes, a count, a month and a place. There is no field in which a person could be written.")
    submit = _("Prepare the bulletin")
    called: ClassVar = {
        "group_code": ("group",),
        "kind_code": ("kind",),
        "place_code": ("place",),
        "trend_code": ("trend",),
    }

    bulletin = forms.RegexField(regex=ID, widget=forms.HiddenInput)
    group = forms.CharField(label=_("Code of the group"), help_text=_("For example G-014."), max_length=5)
    kind = coded(IncidentKind, _("Kind of incident"))
    month = forms.CharField(label=_("Month"), help_text=_("YYYY-MM"), max_length=7)
    place = forms.ChoiceField(label=_("Place code"), choices=[("", "–"), *((each, each) for each in sorted(PLACES))])
    count = forms.IntegerField(label=_("How many"), min_value=0, max_value=MOST)
    trend = coded(Trend, _("Compared with a year before"))

    def command(self) -> object:
        return PrepareBulletin(
            bulletin=Bulletin(
                id=self.said("bulletin"),
                group_code=self.said("group"),
                kind_code=self.said("kind"),
                month=self.said("month"),
                place_code=self.said("place"),
                count=self.counted("count"),
                trend_code=self.said("trend"),
            )
        )


class PassForm(Asking):
    """Pass a bulletin on to partners that do not have it yet."""

    title = _("Pass the bulletin on")
    submit = _("Pass it on")

    partners = forms.MultipleChoiceField(label=_("Agencies"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, state: BulletinState, partners: tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        left = [(each, each) for each in partners if each not in state.partners]
        self.fields["partners"].choices = left  # type: ignore[attr-defined] # a choice field

    def command(self) -> object:
        return PassBulletin(partners=self.several("partners"))
