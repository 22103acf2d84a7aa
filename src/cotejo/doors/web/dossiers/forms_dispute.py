"""Telling every holder that statements of a sent request are disputed."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import coded, dated, words
from cotejo.doors.web.dossiers.forms import DossierForm
from cotejo.doors.web.records.forms import DocumentChoice, attachment
from cotejo.rules import dossier_commands as ask
from cotejo.rules.dispute_words import LONGEST_STATEMENT, DisputeAsks, Disputed, DisputedBy


class DisputeForm(DossierForm):
    """Say which statements are disputed, by whom, since when, and what is asked."""

    title = _("Tell the other side that statements are disputed")
    intro = _(
        "Every holder shows it beside the statement and to the person, and its legal review answers it before any "
        "decision. Nothing is suspended or withdrawn by it."
    )
    submit = _("Tell every holder")
    called: ClassVar = {"document": ("attached", "document")}

    claims = forms.MultipleChoiceField(
        label=_("Disputed statements"), required=False, widget=forms.CheckboxSelectMultiple
    )
    by = coded(DisputedBy, _("Who disputes"))
    on = dated(_("Disputed since"), help_text=_("YYYY-MM-DD"))
    statement = words(
        _("What is disputed, in its own words"),
        help_text=format_lazy(
            _("At most {most} characters. The other side and the person read them."), most=LONGEST_STATEMENT
        ),
        rows=4,
    )
    asks = coded(DisputeAsks, _("What is asked"))
    document = DocumentChoice()
    attached = attachment()

    def offered(self) -> dict[str, Any]:
        latest = self.case.dossier.latest
        held = latest.package.claims if latest else ()
        return {
            "claims": [(f"{each.id}:{each.version}", each.statement) for each in held],
            "document": self.documents(),
        }

    def command(self) -> object:
        pairs = (each.rpartition(":") for each in self.several("claims"))
        return ask.DisputeClaims(
            stated=Disputed(
                claims=tuple((claim, int(version)) for claim, _colon, version in pairs),
                by=self.chosen("by", DisputedBy),
                on=self.said("on"),
                statement=self.said("statement"),
                asks=self.chosen("asks", DisputeAsks),
            ),
            document=self.said("attached") or self.said("document"),
        )
