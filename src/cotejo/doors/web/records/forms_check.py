"""What a checking officer says about a statement, a number or a contradiction; and taking a statement back."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import words
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.records.forms import FileForm
from cotejo.doors.web.records.labels import of_alleged
from cotejo.rules import person_commands as ask


class CheckForm(FileForm):
    """I held this version beside its document."""

    submit = _("Checked against the document")

    version = forms.IntegerField(widget=forms.HiddenInput)

    def first_values(self) -> dict[str, Any]:
        kept = self.file.claim(self.thing)
        return {"version": kept.version if kept else 0}

    def command(self) -> object:
        return ask.CheckClaim(claim=self.id, version=self.counted("version"))


class ReturnForm(CheckForm):
    """Give a statement back with a reason."""

    submit = _("Return it with this reason")

    why = words(_("What does not agree, or is missing"), rows=3)

    def command(self) -> object:
        return ask.ReturnClaim(claim=self.id, version=self.counted("version"), why=self.said("why"))


class WithdrawClaimForm(FileForm):
    """Take a statement back for good."""

    title = _("Withdraw a statement")
    intro = _("It never comes back. Requests that rest on it must be looked at again.")
    submit = _("Withdraw for good")

    why = words(_("Reason"), rows=3)

    def command(self) -> object:
        return ask.WithdrawClaim(claim=self.id, why=self.said("why"))


class ExplainForm(FileForm):
    """Say why an alleged act and a record of whereabouts do not exclude each other."""

    title = _("Answer a contradiction")
    intro = _("Only when a document shows it. Otherwise leave the contradiction as it is: it speaks for the person.")
    called: ClassVar = {"whereabouts": ("alleged",)}

    alleged = forms.ChoiceField(label=_("Alleged act"))
    text = words(_("Why both can be true"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        acts = [(each.id, in_words(of_alleged(each))) for each in self.file.alleged]
        self.fields["alleged"].choices = acts  # type: ignore[attr-defined] # a choice field

    def command(self) -> object:
        return ask.ExplainWhereabouts(whereabouts=self.id, alleged=self.said("alleged"), text=self.said("text"))
