"""The paper a family is given at the redress office: where the person is, which court, what is blocked, who answers.

It names nobody but the person, shows no cause of the request, and goes to the person's family or counsel alone.
"""

from dataclasses import dataclass

from cotejo.papers.paper import Fact, Facts, Paper, Points, Section
from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ForFamily:
    """What the paper says. `code` is the paper's own code; `due` is an ISO day."""

    person: str
    code: str
    place: str
    since: str
    court: str
    before_judge: bool
    office: str
    due: str


def family_paper(told: ForFamily, *, made_at: str, language: Language) -> Paper:
    """Make the paper. `made_at` is ISO with zone."""
    judge = (
        Text(f"Brought before a judge: {told.court}.", f"Fue llevado ante autoridad judicial: {told.court}.")
        if told.before_judge
        else Text(
            "No report that the person was brought before a judge has come. It is overdue.",
            "No ha llegado informe de presentación ante autoridad judicial. El plazo está vencido.",
        )
    )
    return Paper(
        title=Text("For the family", "Para la familia"),
        subtitle=Text("What is known, and what your complaint does", "Qué se sabe y qué hace su queja"),
        sections=(
            Section(
                heading=Text("Where the person is", "Dónde está la persona"),
                blocks=(
                    Facts(
                        rows=(
                            Fact(label=Text("Person", "Persona"), value=told.person),
                            Fact(label=Text("Place", "Lugar"), value=told.place),
                            Fact(label=Text("Since", "Desde"), value=told.since),
                            Fact(label=Text("Court of the case", "Tribunal de la causa"), value=told.court),
                        )
                    ),
                    Points(items=(judge,)),
                ),
            ),
            Section(
                heading=Text("What is blocked", "Qué queda bloqueado"),
                blocks=(
                    Points(
                        items=(
                            Text(
                                "The request cannot be used here until your complaint is answered.",
                                "La solicitud no puede usarse aquí hasta que se responda su queja.",
                            ),
                            Text(
                                "The requesting agency is not told that you complained.",
                                "A la entidad requirente no se le informa que usted presentó una queja.",
                            ),
                        )
                    ),
                ),
            ),
            Section(
                heading=Text("Who answers, by when", "Quién responde y cuándo"),
                blocks=(
                    Facts(
                        rows=(
                            Fact(label=Text("Office", "Oficina"), value=told.office),
                            Fact(label=Text("Until", "A más tardar"), value=told.due),
                            Fact(label=Text("Code of this paper", "Código de este papel"), value=told.code),
                        )
                    ),
                ),
            ),
        ),
        node="Boreal",
        reader="Familia",
        reference=told.code,
        made_at=made_at,
        invented=True,
        language=language,
    )
