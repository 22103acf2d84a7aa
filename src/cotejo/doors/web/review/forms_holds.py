"""Forms of pauses: placing one, registering a court order, signing for the end of one.

1. Placing is wide and asks for little; a document may follow.
2. Ending asks for the document, and for a protection pause for the final decision of the body named for its ground;
   two people sign, and the law compares what they signed on (I4).
"""

from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.attached import Attached
from cotejo.doors.web.review.forms import DayField, StepForm, line, listed, one_of, words
from cotejo.rules.holds import Body, FinalDecision, HoldKind, ProtectionGround
from cotejo.rules.review_commands import LiftHold, PlaceHold, RegisterCourtOrder
from cotejo.rules.review_state import Hold

PLACED_BY_HAND = tuple(kind for kind in HoldKind if kind is not HoldKind.COMPLAINT)


class Place(StepForm):
    """Pause the case."""

    kind = listed(_("Why must the case pause?"), PLACED_BY_HAND)
    ground = listed(
        _("Ground of protection"),
        ProtectionGround,
        required=False,
        help_text=_("Only for an order of protection, a pending claim or stated fear."),
    )
    feared = line(_("Country the person fears"), required=False, help_text=_("Two letters, as in SV."))
    grounds = words(_("What is it based on?"))
    document = Attached(label=_("Document, if there is one"), required=False)

    def command(self) -> PlaceHold:
        given = self.cleaned_data
        return PlaceHold(
            kind=given["kind"],
            grounds=given["grounds"],
            ground=given["ground"],
            feared=given["feared"].upper(),
            documents=(given["document"],) if given["document"] else (),
        )


class CourtOrder(StepForm):
    """A court order or stay: it freezes the case at once."""

    court = line(_("Court"))
    number = line(_("Number of the order"), required=False)
    document = Attached(label=_("The order"), required=False, help_text=_("It may follow later."))

    def command(self) -> RegisterCourtOrder:
        given = self.cleaned_data
        documents = (given["document"],) if given["document"] else ()
        return RegisterCourtOrder(court=given["court"], number=given["number"], documents=documents)


class Lift(StepForm):
    """Sign for the end of a pause that is no protection pause."""

    hold: Hold
    reasons = words(_("Reasons"))
    document = Attached(label=_("Document on which the pause ends"))

    def command(self) -> LiftHold:
        given = self.cleaned_data
        return LiftHold(hold=self.hold.id, reasons=given["reasons"], document=given["document"])


class LiftProtection(Lift):
    """Sign for the end of a protection pause: the final decision of the body named for its ground."""

    body = one_of(_("Body that decided"), Body)
    number = line(_("Number of the decision"))
    decided_on = DayField(label=_("Decided on"))
    appeal_over_on = DayField(label=_("Time to appeal over on"))
    counsel_told_on = DayField(label=_("Counsel told on"))
    frees = line(_("Country the decision names"), help_text=_("Two letters. Only this country is freed."))

    def command(self) -> LiftHold:
        given = self.cleaned_data
        return LiftHold(
            hold=self.hold.id,
            reasons=given["reasons"],
            document=given["document"],
            decision=FinalDecision(
                body=given["body"],
                number=given["number"],
                decided_on=given["decided_on"],
                appeal_over_on=given["appeal_over_on"],
                counsel_told_on=given["counsel_told_on"],
                frees=given["frees"].upper(),
            ),
        )
