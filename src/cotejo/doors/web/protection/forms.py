"""The protection check of every possible same person, with one result."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.review.forms import StepForm, line, listed, one_of, said
from cotejo.rules.holds import ProtectionGround
from cotejo.rules.review_commands import RecordProtectionCheck
from cotejo.rules.review_words import Protection
from cotejo.rules.words import Text


class Check(StepForm):
    """Each person is ticked when looked up; the result counts for all of them together."""

    result = one_of(_("What does the protection register say?"), Protection)
    ground = listed(_("Ground"), ProtectionGround, required=False, help_text=_("Only for a stop."))
    feared = line(
        _("Country the person is protected from"),
        required=False,
        help_text=_("Two letters, as in SV. Only for a stop."),
    )

    def __init__(self, *args: Any, people: tuple[tuple[str, Text], ...], **kwargs: Any) -> None:  # noqa: ANN401
        self._people = people
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        if self._people:
            self.fields["candidates"] = forms.MultipleChoiceField(
                label=_("Looked up in the protection register"),
                required=False,
                choices=[(token, said(name)) for token, name in self._people],
                widget=forms.CheckboxSelectMultiple,
            )
        self.order_fields(["candidates", "result"])

    def command(self) -> RecordProtectionCheck:
        given = self.cleaned_data
        return RecordProtectionCheck(
            candidates=tuple(given.get("candidates", ())),
            result=given["result"],
            ground=given["ground"],
            feared=given["feared"].upper(),
        )
