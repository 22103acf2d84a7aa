"""The questions to the requesting agency: one for each field, out of a closed list, asked once."""

from typing import Final

from django import forms

from cotejo.doors.web.review.forms import StepForm, choices_of, said
from cotejo.rules.package import Package
from cotejo.rules.review_commands import AskQuestions
from cotejo.rules.review_words import QuestionCode
from cotejo.rules.words import Text

_OF_THE_PERSON: Final = (
    ("subject.names", Text("names", "nombres")),
    ("subject.birth", Text("birth date", "fecha de nacimiento")),
    ("subject.birth_place", Text("place of birth", "lugar de nacimiento")),
    ("subject.identifiers", Text("document numbers", "números de documento")),
    ("subject.father", Text("father", "padre")),
    ("subject.mother", Text("mother", "madre")),
)
_OF_THE_REQUEST: Final = (
    ("category", Text("category of the person", "calidad de la persona")),
    ("whereabouts", Text("where the person was", "dónde estuvo la persona")),
    ("grounds", Text("grounds for refusing", "causales de denegación")),
    ("notice", Text("notice to the person", "aviso a la persona")),
    ("undertakings", Text("undertakings", "compromisos")),
)
_NUMBERED: Final = (
    ("alleged", Text("alleged act {n}", "hecho atribuido {n}")),
    ("court_acts", Text("court act {n}", "acto judicial {n}")),
    ("claims", Text("statement {n}", "afirmación {n}")),
    ("evidence", Text("evidence {n}", "prueba {n}")),
)


def fields_of(package: Package) -> tuple[tuple[str, Text], ...]:
    """Return the fields of a package that can be asked about, each with its words."""
    numbered = tuple(
        (f"{name}.{n}", label.say(n=n))
        for name, label in _NUMBERED
        for n, _ in enumerate(getattr(package, name), start=1)
    )
    return (*_OF_THE_PERSON, *numbered, *_OF_THE_REQUEST)


class Questions(StepForm):
    """One list of answers for each field of the request; most stay empty."""

    def prepare(self) -> None:
        package = self.case.package
        for name, label in fields_of(package) if package else ():
            text = said(label)
            self.fields[name] = forms.TypedChoiceField(
                label=f"{text[:1].upper()}{text[1:]}",
                required=False,
                choices=[("", "—"), *choices_of(QuestionCode)()],
                coerce=QuestionCode,
                empty_value=None,
            )

    def command(self) -> AskQuestions:
        return AskQuestions(asked=tuple((code, name) for name, code in self.cleaned_data.items() if code))
