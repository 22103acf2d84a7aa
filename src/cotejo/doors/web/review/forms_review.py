"""Forms of the review: nationality, order of own law, legal review, risk, copy served and person heard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.review.forms import DayField, StepForm, line, one_of, said, words
from cotejo.rules.review_acts import MarkAnswer
from cotejo.rules.review_commands import (
    RecordCopyServed,
    RecordLegalReview,
    RecordNationality,
    RecordOwnLawOrder,
    RecordRiskAssessment,
)
from cotejo.rules.review_law import legal_marks
from cotejo.rules.review_words import Citizenship, OwnLawBasis, Risk

LANGUAGES = (("es", "español"), ("en", "English"), ("other", _("another language")))


class Nationality(StepForm):
    """The nationality check, made for everybody."""

    found = one_of(_("What did the registers say?"), Citizenship)
    sources = words(_("Registers looked into"), help_text=_("One on each line."))
    document = Attached(label=_("Document found"), required=False)

    def command(self) -> RecordNationality:
        given = self.cleaned_data
        documents = (given["document"],) if given["document"] else ()
        return RecordNationality(found=given["found"], sources=lines_of(given["sources"]), documents=documents)


class OwnLaw(StepForm):
    """The order of this country's own law on which alone the agency could act."""

    basis = one_of(_("Which order is it?"), OwnLawBasis)
    issued_by = line(_("Issued by"))
    number = line(_("Number of the order"))
    issued_on = DayField(label=_("Issued on"))
    final = forms.BooleanField(label=_("The order is final"), required=False)
    document = Attached(label=_("The order"))
    own_evidence = Attached(label=_("This agency's own evidence"), help_text=_("The request is no evidence."))
    more_evidence = Attached(label=_("More evidence of this agency"), required=False)

    def command(self) -> RecordOwnLawOrder:
        given = self.cleaned_data
        return RecordOwnLawOrder(
            basis=given["basis"],
            issued_by=given["issued_by"],
            number=given["number"],
            issued_on=given["issued_on"],
            final=given["final"],
            document=given["document"],
            own_evidence=tuple(filter(None, (given["own_evidence"], given["more_evidence"]))),
        )


class LegalReview(StepForm):
    """The legal review: the route, and a written answer to every mark of the request."""

    route_lawful = forms.TypedChoiceField(
        label=_("Is the route lawful here?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda said_yes: said_yes == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    person_told_of_route = forms.BooleanField(label=_("The person was told of the route"), required=False)
    reasons = words(_("Reasons"))

    def prepare(self) -> None:
        self.marks = legal_marks(self.case.state, self.case.facts, self.case.acting.now)
        for number, mark in enumerate(self.marks):
            self.fields[f"mark{number}"] = forms.ChoiceField(
                label=said(mark.text),
                choices=(("yes", _("It does not stand in the way")), ("no", _("It stands in the way"))),
                widget=forms.RadioSelect,
            )
            self.fields[f"mark{number}_reasons"] = words(_("Reasons for this answer"))
        self.order_fields(["route_lawful", *(each for each in self.fields if each.startswith("mark"))])

    def command(self) -> RecordLegalReview:
        given = self.cleaned_data
        return RecordLegalReview(
            route_lawful=given["route_lawful"],
            answers=tuple(
                MarkAnswer(
                    mark=mark.code,
                    may_go_on=given[f"mark{number}"] == "yes",
                    reasons=given[f"mark{number}_reasons"],
                )
                for number, mark in enumerate(self.marks)
            ),
            reasons=given["reasons"],
            person_told_of_route=given["person_told_of_route"],
        )


class RiskAssessment(StepForm):
    """The risk for this person at the destination, assessed from outside the unit."""

    found = one_of(_("What did you find?"), Risk)
    source = line(_("Source on the country"))
    source_day = line(_("Date of the source"), help_text=_("As YYYY, YYYY-MM or YYYY-MM-DD."))
    second_source = line(_("Second source on the country"), required=False)
    second_source_day = line(_("Date of the second source"), required=False)
    statement_document = Attached(label=_("The person's own statement"))
    with_counsel = forms.BooleanField(label=_("Taken with counsel"), required=False)
    with_interpreter = forms.BooleanField(label=_("Taken with an interpreter"), required=False)
    reasons = words(_("Reasons"))

    def command(self) -> RecordRiskAssessment:
        given = self.cleaned_data
        pairs = ((given["source"], given["source_day"]), (given["second_source"], given["second_source_day"]))
        return RecordRiskAssessment(
            found=given["found"],
            sources=tuple((title, day) for title, day in pairs if title or day),
            statement_document=given["statement_document"],
            with_counsel=given["with_counsel"],
            with_interpreter=given["with_interpreter"],
            reasons=given["reasons"],
        )


class CopyAndHearing(StepForm):
    """The copy served on the person and counsel, and the person heard."""

    served_on = DayField(label=_("Copy served on"))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the copy"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    document = Attached(label=_("The copy with the signature of receipt"))
    counsel = line(_("Counsel"))
    interpreter = line(_("Interpreter"))
    heard_on = DayField(label=_("Person heard on"))
    statement_document = Attached(label=_("Record of the hearing"))

    def command(self) -> RecordCopyServed:
        given, package = self.cleaned_data, self.case.package
        return RecordCopyServed(
            version=package.version if package else 0,
            served_on=given["served_on"],
            languages=tuple(given["languages"]),
            document=given["document"],
            counsel=given["counsel"],
            interpreter=given["interpreter"],
            heard_on=given["heard_on"],
            statement_document=given["statement_document"],
        )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that have words in them."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())
