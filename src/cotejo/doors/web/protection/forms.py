"""The protection check of everybody whom the search left open, page by page, with one result for all of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.review.forms import StepForm, line, listed, one_of, said
from cotejo.rules.holds import ProtectionGround
from cotejo.rules.review_commands import RecordProtectionCheck
from cotejo.rules.review_words import Protection
from cotejo.rules.words import Text


class Check(StepForm):
    """Each person is ticked when looked up; the result counts for all of them together.

    `people` are those of the page that is shown; `elsewhere` the tokens on other pages, whose ticks are carried along.
    """

    result = one_of(_("What does the protection register say?"), Protection)
    ground = listed(_("Ground"), ProtectionGround, required=False, help_text=_("Only for a stop."))
    feared = line(
        _("Country the person is protected from"),
        required=False,
        help_text=_("Two letters, as in SV. Only for a stop."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the base class's signature
        people: tuple[tuple[str, Text], ...],
        elsewhere: Iterable[str] = (),
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> None:
        self._people = people
        self._elsewhere = tuple(elsewhere)
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        if self._people:
            self.fields["candidates"] = forms.MultipleChoiceField(
                label=_("Looked up in the protection register"),
                required=False,
                choices=[(token, said(name)) for token, name in self._people],
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["ticked"] = forms.MultipleChoiceField(
            required=False,
            choices=[(token, token) for token in self._elsewhere],
            widget=forms.MultipleHiddenInput,
        )
        self.order_fields(["candidates", "result"])

    def command(self) -> RecordProtectionCheck:
        given = self.cleaned_data
        return RecordProtectionCheck(
            candidates=(*given.get("candidates", ()), *given["ticked"]),
            result=given["result"],
            ground=given["ground"],
            feared=given["feared"].upper(),
        )
