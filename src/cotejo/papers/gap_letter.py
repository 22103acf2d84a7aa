"""The gap letter: an answer to a wish that came by e-mail or telephone, naming all gaps at once with remedies (F75).

It keeps nothing about the person beyond what the reader already wrote, and invites the sender to the proper way.
"""

from collections.abc import Sequence

from cotejo.papers.paper import Paper, Points, Section, Sentence
from cotejo.rules.acts import Gate, GateState
from cotejo.rules.words import Language, Text


def gap_letter(
    gates: Sequence[Gate],
    *,
    node: str,
    reader: str,
    reference: str,
    made_at: str,
    language: Language,
    invented: bool,
) -> Paper:
    """Make the letter from the gates that are not passed."""
    missing = tuple(gate for gate in gates if gate.state is not GateState.PASSED)
    return Paper(
        title=Text("This cannot be sent yet", "Todavía no se puede enviar"),
        subtitle=Text(f"{len(missing)} checks are not passed.", f"{len(missing)} controles no se cumplen."),
        sections=(
            *(
                Section(
                    heading=gate.title,
                    blocks=(
                        Points(items=tuple(reason.text for reason in gate.reasons)),
                        Points(items=tuple(reason.remedy for reason in gate.reasons if reason.remedy is not None)),
                    ),
                )
                for gate in missing
            ),
            Section(
                heading=Text("The proper way", "La vía adecuada"),
                blocks=(
                    Sentence(
                        text=Text(
                            "A request about one person, its evidence checked by a second person, goes through the "
                            "exchange. No list and no shadow file is kept of this wish.",
                            "La solicitud sobre una persona, con su prueba verificada por una segunda persona, va por "
                            "el intercambio. De esta petición no se guarda lista ni archivo paralelo.",
                        )
                    ),
                ),
            ),
        ),
        node=node,
        reader=reader,
        reference=reference,
        made_at=made_at,
        invented=invented,
        language=language,
    )
