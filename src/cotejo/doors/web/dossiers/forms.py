"""Forms that prepare a request: statements, acts, grounds, undertakings, notice, certificate."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import ID, Asking, choices_of, coded, counting, dated, ticked, words
from cotejo.doors.web.base.templatetags.cotejo import in_words
from cotejo.doors.web.dossiers.case import Case
from cotejo.doors.web.records.forms import DocumentChoice, attachment
from cotejo.doors.web.records.labels import documents_of, of_alleged, of_court_act, of_item
from cotejo.rules import dossier_commands as ask
from cotejo.rules.assemble import speaks_for_in
from cotejo.rules.claims import ClaimState
from cotejo.rules.dossier_words import DeferralReason
from cotejo.rules.facts import Ground, GroundAnswer, Route, Undertaking
from cotejo.rules.package import GroundStatement
from cotejo.rules.vocabulary import WORDS, words_of
from cotejo.rules.words import Text

PURPOSE_TEXTS = {"criminal_justice": Text("criminal justice", "justicia penal")}


class NewForm(Asking):
    """Begin a request about one person to one partner."""

    title = _("Begin a request")
    intro = _(
        "A request is about one person and one case. It makes nobody deportable: only the receiver's own law does."
    )
    submit = _("Begin")

    partner = forms.ChoiceField(label=_("Agency that is asked"))
    route = coded(Route, _("Legal route"))
    purpose = forms.ChoiceField(label=_("Purpose, from the agreement"))
    case_number = words(_("Number of the court case here"))
    dossier = forms.RegexField(regex=ID, widget=forms.HiddenInput)
    request = forms.RegexField(regex=ID, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: str, partners: dict[str, tuple[str, ...]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.person = person
        purposes = dict.fromkeys(each for listed in partners.values() for each in listed)
        offered = {
            "partner": [(each, each) for each in partners],
            "purpose": [(each, in_words(PURPOSE_TEXTS.get(each, each))) for each in purposes],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a choice field

    def command(self) -> object:
        return ask.OpenDossier(
            dossier=self.said("dossier"),
            request=self.said("request"),
            person=self.person,
            partner=self.said("partner"),
            route=self.chosen("route", Route),
            purpose=self.said("purpose"),
            case_number=self.said("case_number"),
        )


class DossierForm(Asking):
    """A form about one request."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        self.case = case
        kwargs["initial"] = self.first_values()
        super().__init__(*args, **kwargs)
        for name, choices in self.offered().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a choice field

    def first_values(self) -> dict[str, Any]:
        """Return what was prepared before."""
        return {}

    def offered(self) -> dict[str, Any]:
        """Return the choices of fields that depend on the case."""
        return {}

    def documents(self) -> list[tuple[str, str]]:
        """Return the documents of the person's file."""
        found = documents_of(self.case.file).items()
        return [("", gettext("none chosen")), *((sha256, in_words(label)) for sha256, label in found)]


class PinForm(DossierForm):
    """Choose the checked statements the request rests on."""

    title = _("Statements the request rests on")
    intro = _("Only statements that are checked can be chosen. Everything that speaks for the person travels anyway.")

    claims = forms.MultipleChoiceField(
        label=_("Checked statements"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def first_values(self) -> dict[str, Any]:
        return {"claims": [f"{claim}:{version}" for claim, version in self.case.dossier.pinned]}

    def offered(self) -> dict[str, Any]:
        checked = (each for each in self.case.file.claims if each.state is ClaimState.CHECKED)
        return {"claims": [(f"{each.id}:{each.version}", each.body.statement) for each in checked]}

    def command(self) -> object:
        pairs = (each.split(":") for each in self.several("claims"))
        return ask.PinClaims(claims=tuple((claim, int(version)) for claim, version in pairs))


class BasisForm(DossierForm):
    """Choose the alleged acts, and say how many items are withheld."""

    title = _("Alleged acts")
    intro = _("What the person is said to have done. Membership alone is not enough: an act is quoted with its page.")

    alleged = forms.MultipleChoiceField(label=_("Acts"), required=False, widget=forms.CheckboxSelectMultiple)
    case_number = words(_("Number of the court case here"))
    withheld = counting(_("Items withheld"), help_text=_("Their number is told to the other side and to the person."))

    def first_values(self) -> dict[str, Any]:
        kept = self.case.dossier
        return {"alleged": list(kept.alleged), "case_number": kept.case_number, "withheld": kept.withheld}

    def offered(self) -> dict[str, Any]:
        return {"alleged": [(each.id, in_words(of_alleged(each))) for each in self.case.file.alleged]}

    def command(self) -> object:
        return ask.SetBasis(
            alleged=self.several("alleged"), case_number=self.said("case_number"), withheld=self.counted("withheld")
        )


class GroundsForm(DossierForm):
    """Answer every ground on which the other side may refuse, each with its document."""

    title = _("Grounds for refusing")
    intro = _("Yes or no, each with the page of the court file. “Not known” may be written down, but blocks sending.")
    every: ClassVar = (_("Document behind every answer that names no other"), ("document", "attached"))

    document = DocumentChoice()
    attached = attachment()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        grounds = ((in_words(words_of(ground)).capitalize(), self._add(ground)) for ground in Ground)
        self.groups_of = (self.every, *grounds)

    def _add(self, ground: Ground) -> tuple[str, ...]:
        own = DocumentChoice(label=_("Another document"))
        own.choices = self.documents
        row: dict[str, forms.Field] = {
            "answer": coded(GroundAnswer, _("Answer"), required=False),
            "document": own,
            "remark": words(_("Remark"), optional=True),
        }
        self.fields.update({f"{name}_{ground}": field for name, field in row.items()})
        return tuple(f"{name}_{ground}" for name in row)

    def first_values(self) -> dict[str, Any]:
        return {
            f"{name}_{each.ground}": value
            for each in self.case.dossier.grounds
            for name, value in (("answer", each.answer), ("document", each.document), ("remark", each.remark))
        }

    def offered(self) -> dict[str, Any]:
        return {"document": self.documents}

    def command(self) -> object:
        behind = self.said("attached") or self.said("document")
        answered = (each for each in Ground if self.said(f"answer_{each}"))
        return ask.AnswerGrounds(
            answers=tuple(
                GroundStatement(
                    ground=each,
                    answer=self.chosen(f"answer_{each}", GroundAnswer),
                    document=self.said(f"document_{each}") or behind,
                    remark=self.said(f"remark_{each}"),
                )
                for each in answered
            )
        )


class UndertakingsForm(DossierForm):
    """Sign what this agency promises."""

    title = _("Undertakings")
    intro = _("What this agency promises the other side and the person. Each is signed by you.")
    submit = _("Sign")

    undertakings = forms.MultipleChoiceField(
        label=_("This agency promises"),
        required=False,
        choices=choices_of(WORDS[Undertaking]),
        widget=forms.CheckboxSelectMultiple,
    )

    def first_values(self) -> dict[str, Any]:
        return {"undertakings": list(self.case.dossier.undertakings)}

    def command(self) -> object:
        return ask.SignUndertakings(undertakings=tuple(Undertaking(each) for each in self.several("undertakings")))


class NoticeForm(DossierForm):
    """Say that the person was told."""

    title = _("The person was told")
    intro = _("The person learns what is asked and how to contest it, in a language they understand.")

    given_on = dated(_("Told on"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[("es", "Español"), ("en", "English")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def command(self) -> object:
        return ask.RecordNotice(given_on=self.said("given_on"), languages=self.several("languages"))


class DeferForm(DossierForm):
    """Ask to put off telling the person."""

    title = _("Put off telling the person")
    intro = _("It counts only with the oversight body's countersignature, and for six months at most.")
    submit = _("Ask for the deferral")

    because = coded(DeferralReason, _("Because"))

    def command(self) -> object:
        return ask.DeferNotice(because=self.chosen("because", DeferralReason))


class CertifyForm(DossierForm):
    """Sign the judicial basis and the search for what speaks for the person."""

    title = _("Certify")
    intro = _("You sign: I examined the judicial basis, and I searched the file for what speaks for this person.")
    submit = _("Sign the certificate")

    attached = forms.MultipleChoiceField(
        label=_("I searched the file for what speaks for this person: attached"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    none_found = ticked(_("I searched the file for what speaks for this person: none found"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        if not speaks_for_in(self.case.file):
            del self.fields["attached"]
            self.called = {"attached": ("none_found",)}  # type: ignore[misc] # this form's own

    def offered(self) -> dict[str, Any]:
        file = self.case.file
        named = {each.id: of_item(each) for each in file.evidence} | {
            each.id: of_court_act(each) for each in file.court_acts
        }
        return {"attached": [(each, in_words(named[each])) for each in speaks_for_in(file)]}

    def command(self) -> object:
        return ask.Certify(attached=self.several("attached"), none_found=self.told("none_found"))
