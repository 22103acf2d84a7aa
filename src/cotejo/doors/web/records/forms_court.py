"""Forms about where the person was, what courts did, and what is alleged."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cotejo.doors.web.base.asking import choices_of, counting, dated, flat, ticked, words
from cotejo.doors.web.records.forms import DocumentChoice, FileForm, attachment
from cotejo.rules import person_commands as ask
from cotejo.rules.facts import COURT_KINDS, EvidenceKind
from cotejo.rules.gates.judicial import OUTCOME_WORDS
from cotejo.rules.package import AllegedAct, CourtAct, Whereabouts
from cotejo.rules.person_typed import WHEREABOUTS_WORDS
from cotejo.rules.profiles.offences import MEMBERSHIP, OFFENCE_WORDS
from cotejo.rules.vocabulary import WORDS

COURT_WORDS: Final = {kind: text for kind, text in WORDS[EvidenceKind].items() if kind in COURT_KINDS}
HOW_IT_CAME_ABOUT: Final = (
    "collective",
    "accused_count",
    "passage_about_person",
    "judge_named",
    "counsel_present",
    "emergency_rules",
)
ONE_DAY: Final = _("The same day again for one day; empty when it goes on.")


class WhereaboutsForm(FileForm):
    """Where the person was recorded to be: it speaks for the person when an act was elsewhere."""

    title = _("Where the person was")
    intro = _("Custody, absence abroad, hospital or death. It speaks for the person when an alleged act was elsewhere.")

    kind = forms.ChoiceField(label=_("What is recorded"), choices=choices_of(WHEREABOUTS_WORDS, blank=True))
    start = dated(_("From"))
    end = dated(_("To"), help_text=ONE_DAY, optional=True)
    place = words(_("Place"), optional=True)
    document = DocumentChoice()
    attached = attachment()

    called: ClassVar = {"interval": ("start",)}

    def first_values(self) -> dict[str, Any]:
        kept = next((each for each in self.file.whereabouts if each.id == self.thing), None)
        return flat(kept) if kept else {}

    def command(self) -> object:
        return ask.RecordWhereabouts(
            whereabouts=Whereabouts(
                id=self.id,
                kind=self.said("kind"),
                interval=self.between(),
                place=self.said("place"),
                document=self.cited(),
            )
        )


class CourtActForm(FileForm):
    """A judicial act and how it came about."""

    title = _("Court act")
    intro = _("A warrant, charge or judgment, how it came about, and what became of it.")
    called: ClassVar = {"penalty": ("max_penalty_months", "remaining_months"), "passage": ("passage_about_person",)}
    groups_of = (
        (_("The act"), ("kind", "court", "number", "date", "document", "attached")),
        (_("Offence and penalty"), ("offence_text", "penalty", "max_penalty_months", "remaining_months")),
        (_("What became of it"), ("outcome", "pending_confirmed_on", "final")),
        (
            _("How it came about"),
            HOW_IT_CAME_ABOUT,
        ),
    )

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(COURT_WORDS, blank=True))
    court = words(_("Court or prosecutor"))
    number = words(_("Number"))
    date = dated(_("Date"))
    document = DocumentChoice()
    attached = attachment()
    offence_text = words(_("Offence, in the words of the act"), rows=2)
    penalty = words(_("Penalty, in the words of the act"))
    max_penalty_months = counting(_("Longest penalty in months"))
    remaining_months = counting(_("Months of the sentence that remain"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=choices_of(OUTCOME_WORDS), required=False)
    pending_confirmed_on = dated(_("Day on which court or prosecutor confirmed that it is pending"), optional=True)
    final = ticked(_("It is final"))
    collective = ticked(_("The act is collective: it names several accused together"))
    accused_count = counting(_("Number of accused"))
    passage_about_person = words(_("Passage about this person"), rows=3, optional=True)
    judge_named = ticked(_("The judge is named"))
    counsel_present = ticked(_("Counsel was present"))
    emergency_rules = ticked(_("Emergency rules were in force"))

    def first_values(self) -> dict[str, Any]:
        kept = next((each for each in self.file.court_acts if each.id == self.thing), None)
        return flat(kept) if kept else {"accused_count": 1}

    def command(self) -> object:
        return ask.RecordCourtAct(
            court_act=CourtAct(
                id=self.id,
                kind=self.chosen("kind", EvidenceKind),
                court=self.said("court"),
                number=self.said("number"),
                date=self.said("date"),
                document=self.cited(),
                offence_text=self.said("offence_text"),
                penalty=self.said("penalty"),
                max_penalty_months=self.counted("max_penalty_months"),
                remaining_months=self.counted("remaining_months"),
                outcome=self.said("outcome"),
                pending_confirmed_on=self.said("pending_confirmed_on"),
                final=self.told("final"),
                collective=self.told("collective"),
                accused_count=self.counted("accused_count"),
                passage_about_person=self.said("passage_about_person"),
                judge_named=self.told("judge_named"),
                counsel_present=self.told("counsel_present"),
                emergency_rules=self.told("emergency_rules"),
            )
        )


class AllegedForm(FileForm):
    """One act of this person: what was done, when, where, and the words of the judgment or charge."""

    title = _("Alleged act")
    intro = _("What this person is said to have done, not to be. Other people appear as victim-1, witness-1.")
    called: ClassVar = {"interval": ("start",)}

    description = words(_("What the person did"), rows=3)
    offence_class = forms.ChoiceField(label=_("Kind of offence"), choices=choices_of(OFFENCE_WORDS, blank=True))
    offence_article = words(_("Article"), help_text=_("As in the charge, for example CP 214."))
    start = dated(_("From"))
    end = dated(_("To"), help_text=ONE_DAY, optional=True)
    place = words(_("Place"))
    quote = words(_("Words of the judgment or charge about this act"), rows=3, optional=True)
    quote_document = DocumentChoice(label=_("Judgment or charge that is quoted"))
    quote_page = words(_("Page"), optional=True)

    def first_values(self) -> dict[str, Any]:
        kept = next((each for each in self.file.alleged if each.id == self.thing), None)
        return flat(kept) if kept else {}

    def command(self) -> object:
        return ask.RecordAlleged(
            alleged=AllegedAct(
                id=self.id,
                description=self.said("description"),
                offence_article=self.said("offence_article"),
                offence_class=self.said("offence_class"),
                interval=self.between(),
                place=self.said("place"),
                membership_only=self.said("offence_class") == MEMBERSHIP,
                quote=self.said("quote"),
                quote_document=self.said("quote_document"),
                quote_page=self.said("quote_page"),
            )
        )

    def _documents(self) -> list[tuple[str, str]]:
        acts = {each.document for each in self.file.court_acts}
        return [("", gettext("none chosen")), *(each for each in super()._documents()[1:] if each[0] in acts)]
