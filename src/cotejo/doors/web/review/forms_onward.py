"""The form by which a request is passed on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.review.forms import StepForm
from cotejo.rules.onward import PassOn, recipients_of


class PassingOn(StepForm):
    """To whom the version in hand is passed on. Nobody is chosen beforehand."""

    recipients = forms.MultipleChoiceField(label=_("Standing recipients"), widget=forms.CheckboxSelectMultiple)

    def prepare(self) -> None:
        standing = recipients_of(self.case.facts.agreement)
        self.fields["recipients"].choices = [(each, each) for each in standing]  # type: ignore[attr-defined]

    def command(self) -> PassOn:
        return PassOn(recipients=tuple(self.cleaned_data["recipients"]))
