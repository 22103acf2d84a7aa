"""The court record for the person's counsel or the judge who ordered it; with nothing held, a clean-record certificate.

1. Everything the agency that was asked holds stands on it, acquittals and pending matters included, and nothing else.
2. With nothing held it says where nothing is held and on which day, and that this is no proof of anything else (F29).
"""

from dataclasses import dataclass

from cotejo.papers import contents
from cotejo.papers.paper import Block, Fact, Facts, Paper, Section, Sentence
from cotejo.rules.inquiry_words import Asked, RecordAnswer
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was asked of whom, and what came back."""

    number: str
    asked_of: str
    asked: Asked
    answer: RecordAnswer


def court_record(record: Record, *, node: str, reader: str, made_at: str, language: Language, invented: bool) -> Paper:
    """Make the paper. `made_at` is ISO with zone."""
    held = record.answer.held
    title = (
        Text("Court record", "Historial judicial")
        if held
        else Text("Clean-record certificate", "Certificado de ausencia de antecedentes")
    )
    return Paper(
        title=title,
        subtitle=Text(f"Answer by {record.asked_of}", f"Respuesta de {record.asked_of}"),
        sections=(
            contents.person(record.asked.subject, language),
            _why(record.asked, language),
            _held(record, language),
        ),
        node=node,
        reader=reader,
        reference=record.number,
        made_at=made_at,
        invented=invented,
        language=language,
    )


def _why(asked: Asked, language: Language) -> Section:
    rows = [Fact(label=Text("Basis", "Base"), value=words_of(asked.basis).in_language(language))]
    more = (
        (Text("Counsel", "Defensa"), asked.counsel),
        (Text("Court", "Tribunal"), asked.court),
        (Text("Number of the order", "Número de la orden"), asked.number),
        (Text("Person heard on", "Persona oída el"), asked.heard_on),
    )
    rows += [Fact(label=label, value=value) for label, value in more if value]
    return Section(heading=Text("Why it was asked", "Por qué se consultó"), blocks=(Facts(rows=tuple(rows)),))


def _held(record: Record, language: Language) -> Section:
    answer = record.answer
    searched = ", ".join(words_of(each).in_language(language) for each in answer.searched)
    blocks: tuple[Block, ...] = (
        Facts(
            rows=(
                Fact(label=Text("Searched", "Se buscó en"), value=searched),
                Fact(label=Text("On", "El día"), value=answer.on),
                Fact(label=Text("Court acts held", "Actos judiciales que constan"), value=str(len(answer.held))),
            )
        ),
        *(contents.court_act(each, language) for each in answer.held),
    )
    nothing = Sentence(
        text=Text(
            f"Nothing is held at {record.asked_of} on {answer.on}. Other courts and registers were not searched.",
            f"En {record.asked_of} no consta nada al {answer.on}. No se buscó en otros tribunales ni registros.",
        ),
        strong=True,
    )
    return Section(heading=Text("What is held", "Lo que consta"), blocks=blocks if answer.held else (*blocks, nothing))
