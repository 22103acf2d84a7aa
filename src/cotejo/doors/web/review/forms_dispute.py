"""What the person disputes and signed: recorded with counsel, and let leave by protection (I6, I12)."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.review.forms import DayField, NothingToSay, StepForm, line, one_of, words
from cotejo.rules.dispute_words import LONGEST_STATEMENT, DisputeAsks, Disputed, PersonSigned
from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute
from cotejo.rules.review_decide.disputing import SIGNERS


class SignedDispute(StepForm):
    """The dispute the person signed, after a warning who will learn of it."""

    claims = forms.MultipleChoiceField(label=_("Disputed statements"), widget=forms.CheckboxSelectMultiple)
    by = one_of(_("Who disputes"), SIGNERS)
    statement = words(
        _("What is disputed, in the person's own words"),
        help_text=format_lazy(
            _("At most {most} characters. The requesting agency reads them."), most=LONGEST_STATEMENT
        ),
    )
    asks = one_of(_("What is asked"), DisputeAsks)
    warned_on = DayField(label=_("Told on this day who will learn of it"))
    on = DayField(label=_("Signed on"))
    counsel = line(_("Counsel"))
    document = Attached(
        label=_("The paper with the person's signature"),
        help_text=_("It travels to the requesting agency, which then knows that the person is here."),
    )

    def prepare(self) -> None:
        package = self.case.package
        held = package.claims if package else ()
        self.fields["claims"].choices = [  # type: ignore[attr-defined] # a choice field
            (f"{each.id}:{each.version}", each.statement) for each in held
        ]

    def command(self) -> RecordSignedDispute:
        given = self.cleaned_data
        pairs = (each.rpartition(":") for each in given["claims"])
        return RecordSignedDispute(
            stated=Disputed(
                claims=tuple((claim, int(version)) for claim, _colon, version in pairs),
                by=given["by"],
                on=given["on"],
                statement=given["statement"],
                asks=given["asks"],
            ),
            signed=PersonSigned(document=given["document"], counsel=given["counsel"], warned_on=given["warned_on"]),
        )


class DisputeLeaves(NothingToSay):
    """Let what the person signed leave: a button, for protection alone."""

    def command(self) -> SendSignedDispute:
        return SendSignedDispute()
