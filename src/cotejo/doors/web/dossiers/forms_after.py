"""Forms about a request that left: corrected, supplemented, suspended, reinstated, withdrawn, reported on."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import choices_of, coded, dated, words
from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.dossiers.forms import DossierForm
from cotejo.doors.web.inbox.forms import fields_of
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Millis
from cotejo.rules.dossier_erasure import manifest_of
from cotejo.rules.dossier_use import BY_THE_CLOCK
from cotejo.rules.dossier_words import HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.erasure_words import Manifest
from cotejo.rules.return_words import ReturnStep
from cotejo.rules.vocabulary import WORDS

BY_HAND: Final = {
    cause: text
    for cause, text in WORDS[SuspensionCause].items()
    if cause not in (SuspensionCause.REDRESS, SuspensionCause.GATES, SuspensionCause.DISPUTED)
}
WITHDRAWN_BY_HAND: Final = {why: text for why, text in WORDS[WithdrawalReason].items() if why not in BY_THE_CLOCK}
FORMAT: Final = "%Y-%m-%d %H:%M"


class SendForm(DossierForm):
    """Authorise the first version, exactly as it was read."""

    submit = _("Authorise sending")

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def command(self) -> object:
        return ask.AuthoriseSending()


class CorrectForm(SendForm):
    """Send a new version with every difference named."""

    submit = _("Authorise sending the correction")

    reason = words(_("Why it is corrected, in one sentence"), rows=2)

    def command(self) -> object:
        return ask.Correct(reason=self.said("reason"))


class SupplementForm(SendForm):
    """Answer the partner's questions with a new version."""

    submit = _("Authorise sending the supplement")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        latest = self.case.dossier.latest
        called = dict(fields_of(latest.package)) if latest else {}
        for n, about in enumerate(self._asked()):
            self.fields[f"answer_{n}"] = words(in_words(called.get(about, about)), rows=2)

    def _asked(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(about for _code, about in self.case.dossier.questions))

    def command(self) -> object:
        answers = ((about, self.said(f"answer_{n}")) for n, about in enumerate(self._asked()))
        return ask.SendSupplement(answers=tuple(answers))


class SuspendForm(DossierForm):
    """Make the request unusable until reinstated."""

    title = _("Suspend the request")
    intro = _("Every suspension sends the same words, whatever its cause. Stopping is easier than going on.")
    submit = _("Suspend")

    cause = forms.ChoiceField(label=_("Cause"), choices=choices_of(BY_HAND, blank=True))

    def command(self) -> object:
        return ask.Suspend(cause=self.chosen("cause", SuspensionCause))


class ReinstateForm(DossierForm):
    """Lift one cause of a suspension."""

    title = _("Lift a cause of suspension")
    intro = _("After the last cause the request is usable again, if every check passes at that moment.")
    submit = _("Lift this cause")

    cause = forms.ChoiceField(label=_("Cause"))
    document = Attached(
        label=_("Order of the court, or written answer to the person, where the cause was theirs (PDF)"), required=False
    )

    def offered(self) -> dict[str, Any]:
        return {"cause": [(each, in_words(WORDS[SuspensionCause][each])) for each in self.case.dossier.suspended_for]}

    def command(self) -> object:
        return ask.Reinstate(cause=self.chosen("cause", SuspensionCause), document=self.said("document"))


class CourtSuspendForm(SuspendForm):
    """Suspend for a court's order: the duty officer's one cause."""

    cause = forms.ChoiceField(
        label=_("Cause"), choices=choices_of({SuspensionCause.COURT_ORDER: BY_HAND[SuspensionCause.COURT_ORDER]})
    )


class WithdrawForm(DossierForm):
    """Take the request back for good."""

    title = _("Withdraw the request")
    intro = _("For good. Every holder is told, stops using it at once, and reports when its copies are swept.")
    submit = _("Withdraw for good")

    reason = forms.ChoiceField(label=_("Reason"), choices=choices_of(WITHDRAWN_BY_HAND, blank=True))

    def command(self) -> object:
        return ask.Withdraw(reason=self.chosen("reason", WithdrawalReason))


class RevalidateForm(DossierForm):
    """Confirm a sent request anew."""

    title = _("Confirm the request anew")
    intro = _(
        "You sign: I asked the court whether the case still stands, and it does. Without it the request is withdrawn "
        "for good when the term is over."
    )
    submit = _("Sign the confirmation")

    answered_on = dated(_("Day of the court's answer"), help_text=_("YYYY-MM-DD"))
    document = Attached(label=_("Answer of the court (PDF)"))

    def command(self) -> object:
        return ask.Revalidate(document=self.said("document"), answered_on=self.said("answered_on"))


class EraseForm(DossierForm):
    """Propose to erase a withdrawn request everywhere, or sign what was proposed."""

    title = _("Erase the request everywhere")
    intro = _(
        "It goes here and with the other side. One sealed copy stays, which the oversight body alone can open for the "
        "person, counsel or a court."
    )
    submit = _("Propose the erasure")

    versions, documents, answers, reports = (  # type: ignore[assignment] # fields: Django takes them off the class
        forms.IntegerField(widget=forms.HiddenInput, min_value=0) for _each in range(4)
    )

    def first_values(self) -> dict[str, Any]:
        return asdict(manifest_of(self.case.dossier))

    @property
    def manifest(self) -> Manifest:
        """What was read when the page was made."""
        read = self.cleaned_data
        return Manifest(**{each.name: read.get(each.name, -1) for each in fields(Manifest)})

    def command(self) -> object:
        return ask.ProposeErasure(manifest=self.manifest)


class SignErasureForm(EraseForm):
    """Sign the proposed erasure."""

    submit = _("Sign the erasure")

    def command(self) -> object:
        return ask.ApproveErasure(manifest=self.manifest)


class CountersignForm(DossierForm):
    """Agree to the deferral."""

    title = _("Countersign the deferral")
    intro = _("The person is not told for six months at most. You answer for it.")
    submit = _("Countersign")

    def command(self) -> object:
        return ask.CountersignDeferral()


class HandoverForm(DossierForm):
    """Report to the partner what happened after a hand-over."""

    title = _("Report after the hand-over")
    intro = _(
        "Arrival within 24 hours, a judge within 72, custody every 30 days. What is overdue pauses your requests there."
    )
    submit = _("Send the report")

    report = coded(HandoverReport, _("What is reported"))
    at = forms.DateTimeField(
        label=_("When it happened (UTC)"), help_text=_("YYYY-MM-DD HH:MM"), input_formats=[FORMAT, "%Y-%m-%dT%H:%M"]
    )
    place = words(_("Where the person is"))
    court = words(_("Court"), optional=True)
    charges = words(_("Charges, one a line"), rows=3, optional=True)

    def command(self) -> object:
        return ask.RecordAfterHandover(
            report=self.chosen("report", HandoverReport),
            at=self._moment(),
            place=self.said("place"),
            court=self.said("court"),
            charges=tuple(each.strip() for each in self.said("charges").splitlines() if each.strip()),
        )

    def _moment(self) -> Millis:
        at = self.cleaned_data.get("at")
        return int(at.timestamp() * 1000) if isinstance(at, datetime) else 0


class ReturnForm(DossierForm):
    """Tell the partner where a person who must come back is, and what was done."""

    title = _("Answer about the return")
    intro = _("The partner must hear within 48 hours where the person is and what is being done. Answer at every step.")
    submit = _("Send the answer")

    place = words(_("Where the person is"))
    steps = forms.MultipleChoiceField(
        label=_("Steps"), choices=choices_of(WORDS[ReturnStep]), widget=forms.CheckboxSelectMultiple, required=False
    )

    def command(self) -> object:
        return ask.AnswerReturn(
            place=self.said("place"),
            steps=tuple(ReturnStep(each) for each in self.cleaned_data.get("steps", ())),
        )
