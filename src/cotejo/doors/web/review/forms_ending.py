"""Forms of the decision and of what follows it: last looks, hand-over, closing."""

from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.review.forms import DayField, StepForm, choices_of, line, one_of, words
from cotejo.rules.acts import Reason
from cotejo.rules.return_words import ReturnEnd
from cotejo.rules.returning import AskReturn, CloseReturn
from cotejo.rules.review_commands import CheckCourtOrders, CloseFollowUp, Decide, ReconfirmIdentity, RecordHandover
from cotejo.rules.review_decide.decision import against_acting
from cotejo.rules.review_words import CourtOrders, Outcome, UniqueIdentifier


class Decision(StepForm):
    """To act or not to act, with reasons. While anything speaks against acting, only the other answer is offered."""

    outcome = one_of(_("Decision"), Outcome)
    reasons = words(_("Reasons"), help_text=_("They stay here; the requesting agency does not receive them."))
    against: tuple[Reason, ...] = ()

    def prepare(self) -> None:
        case = self.case
        self.against = tuple(dict.fromkeys(against_acting(case.state, case.facts, case.acting.now)))

    def offer(self) -> None:
        if self.against:
            self.fields["outcome"].choices = choices_of((Outcome.NOT_ACT,))()  # type: ignore[attr-defined]

    def command(self) -> Decide:
        return Decide(outcome=self.cleaned_data["outcome"], reasons=self.cleaned_data["reasons"])


class LookForCourtOrders(StepForm):
    """The last look for court orders before a hand-over."""

    found = one_of(_("What did you find?"), CourtOrders)
    document = Attached(label=_("Document found"), required=False)

    def command(self) -> CheckCourtOrders:
        given = self.cleaned_data
        return CheckCourtOrders(found=given["found"], documents=(given["document"],) if given["document"] else ())


class ConfirmIdentity(StepForm):
    """Confirm, after the decision, that the person at hand is the agreed one."""

    identifier = one_of(_("By which identifier?"), UniqueIdentifier)
    document = Attached(label=_("Examiner's report"), required=False)

    def command(self) -> ReconfirmIdentity:
        agreed = self.case.state.agreed
        return ReconfirmIdentity(
            candidate=agreed[0] if agreed else "",
            identifier=self.cleaned_data["identifier"],
            document=self.cleaned_data["document"],
        )


class HandOver(StepForm):
    """The hand-over itself, after a court heard the person."""

    to = line(_("Country"), help_text=_("Two letters. Only the country of the requesting agency."))
    place = line(_("Place"))
    court = line(_("Court that heard the person"))
    court_heard_on = DayField(label=_("Heard on"))
    document = Attached(label=_("Record of the hand-over"))

    def command(self) -> RecordHandover:
        given = self.cleaned_data
        return RecordHandover(
            to=given["to"].upper(),
            place=given["place"],
            court=given["court"],
            court_heard_on=given["court_heard_on"],
            document=given["document"],
        )


class Close(StepForm):
    """Close a followed case after the judgment."""

    reasons = words(_("Reasons"))
    document = Attached(label=_("The judgment"))

    def command(self) -> CloseFollowUp:
        return CloseFollowUp(reasons=self.cleaned_data["reasons"], document=self.cleaned_data["document"])


class Return(StepForm):
    """Ask for the return of a person who was handed over."""

    document = Attached(label=_("The court's decision"))

    def command(self) -> AskReturn:
        return AskReturn(document=self.cleaned_data["document"])


class ReturnEnded(StepForm):
    """End an open return."""

    end = one_of(_("How it ended"), ReturnEnd)
    document = Attached(label=_("What shows it"))

    def command(self) -> CloseReturn:
        return CloseReturn(end=self.cleaned_data["end"], document=self.cleaned_data["document"])
