"""Forms of an inquiry: opened on its paper, checked, sent, named, answered."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.addresses import whole_number
from cotejo.doors.web.base.asking import ID, Asking, choices_of, coded, dated, words
from cotejo.doors.web.base.attached import Attached
from cotejo.rules.acts import StreamKind
from cotejo.rules.facts import Sex
from cotejo.rules.inquiry_commands import (
    AnswerInquiry,
    CheckProtection,
    CloseInquiry,
    NamePersons,
    OpenInquiry,
    SendInquiry,
)
from cotejo.rules.inquiry_words import Asked, InquiryBasis
from cotejo.rules.package import Identifier, Name, Subject
from cotejo.rules.review_words import Protection
from cotejo.rules.vocabulary import WORDS
from cotejo.store.models import LocalNumber

NUMBERS: Final = (("dui", _("DUI number")), ("passport", _("Passport number")))
NUMBER: Final = re.compile(r"[^\s,;#.]+")


class OpenForm(Asking):
    """Ask a partner for one person's court record."""

    title = _("Ask for one person's court record")
    intro = _(
        "Only for the person, through counsel, or because a judge ordered it after hearing the person. An officer's "
        "wish is no basis."
    )
    submit = _("Begin the inquiry")
    groups_of = (
        (_("Basis"), ("partner", "basis", "counsel", "court", "number", "heard_on", "document")),
        (
            _("The person"),
            (
                "documented",
                "given",
                "first_surname",
                "second_surname",
                "birth",
                "sex",
                "birth_place",
                "dui",
                "passport",
            ),
        ),
    )

    partner = forms.ChoiceField(label=_("Agency that is asked"))
    basis = coded(InquiryBasis, _("Who asks"))
    counsel = words(_("Counsel, when the person asks"), optional=True)
    court = words(_("Court that ordered it"), optional=True)
    number = words(_("Number of the order"), optional=True)
    heard_on = dated(_("Day on which the person was heard"), optional=True)
    document = Attached(label=_("Mandate of the person, or the court's order (PDF)"))
    documented = words(_("Full name, as documented"))
    given = words(_("Given names"))
    first_surname = words(_("First surname"))
    second_surname = words(_("Second surname"), optional=True)
    birth = dated(_("Date of birth"))
    sex = coded(Sex, _("Sex"), required=False)
    birth_place = words(_("Place of birth"), optional=True)
    dui = words(NUMBERS[0][1], optional=True)
    passport = words(NUMBERS[1][1], optional=True)
    inquiry = forms.RegexField(regex=ID, widget=forms.HiddenInput)

    def __init__(self, *args: Any, partners: tuple[str, ...], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [(each, each) for each in partners]  # type: ignore[attr-defined]

    def command(self) -> object:
        asked = Asked(
            subject=self._subject(),
            basis=self.chosen("basis", InquiryBasis),
            document=self.said("document"),
            counsel=self.said("counsel"),
            court=self.said("court"),
            number=self.said("number"),
            heard_on=self.said("heard_on"),
        )
        return OpenInquiry(inquiry=self.said("inquiry"), partner=self.said("partner"), asked=asked)

    def _subject(self) -> Subject:
        name = Name(
            documented=self.said("documented"),
            given=self.said("given"),
            first_surname=self.said("first_surname"),
            second_surname=self.said("second_surname"),
        )
        return Subject(
            names=(name,),
            birth=self.said("birth"),
            sex=self.chosen("sex", Sex) if self.said("sex") else Sex.UNKNOWN,
            birth_place=self.said("birth_place"),
            nationality="",
            nationality_basis="",
            identifiers=tuple(
                Identifier(kind=kind, value=self.said(kind), issued_by="", verified=False)
                for kind, _label in NUMBERS
                if self.said(kind)
            ),
        )


class ProtectionForm(Asking):
    """Say what the protection register holds."""

    submit = _("Record the check")

    result = forms.ChoiceField(label=_("Protection register"), choices=choices_of(WORDS[Protection], blank=True))

    def command(self) -> object:
        return CheckProtection(result=self.chosen("result", Protection))


class SendForm(Asking):
    """Let the question leave."""

    intro = _("It leaves sealed for the agency that is asked, with its mandate or order.")
    submit = _("Send the inquiry")

    def command(self) -> object:
        return SendInquiry()


class CloseForm(Asking):
    """Say that why it was refused was read."""

    submit = _("Close the inquiry")

    def command(self) -> object:
        return CloseInquiry()


class NameForm(Asking):
    """Say which files are about this person."""

    submit = _("Give my answer")

    persons = words(
        _("Numbers of the files about this person"),
        help_text=_("As on their pages: 3, 17. Nothing when there is none."),
        optional=True,
    )
    reasons = words(_("Why, in your own words"), rows=3)

    def command(self) -> object:
        return NamePersons(persons=self.several("persons"), reasons=self.said("reasons"))

    def clean_persons(self) -> tuple[str, ...]:
        """Return the ids of the files whose numbers were typed."""
        numbers = NUMBER.findall(self.cleaned_data["persons"])
        files = LocalNumber.objects.filter(stream_kind=StreamKind.PERSON)
        found = dict(files.filter(number__in=map(whole_number, numbers)).values_list("number", "stream_id"))
        missing = [each for each in numbers if whole_number(each) not in found]
        if missing:
            raise forms.ValidationError(_("There is no file %(numbers)s here."), params={"numbers": ", ".join(missing)})
        return tuple(dict.fromkeys(found[whole_number(each)] for each in numbers))


class AnswerForm(Asking):
    """Answer with everything these files hold."""

    intro = _("Every court act of the files that both officers named leaves, acquittals and pending matters included.")
    submit = _("Send the answer")

    def command(self) -> object:
        return AnswerInquiry()
