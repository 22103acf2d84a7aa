"""What is missing or different after a hand-over, in sentences: why a sender stays paused (F73)."""

from typing import Final

from cotejo.rules.review_words import Overdue
from cotejo.rules.words import Text

STILL_OPEN: Final = {
    Overdue.ARRIVAL: Text("The report of arrival is missing.", "Falta el informe de llegada."),
    Overdue.BEFORE_JUDGE: Text(
        "The report of being brought before a judge is missing.",
        "Falta el informe de presentación ante autoridad judicial.",
    ),
    Overdue.COUNSEL_AND_FAMILY_TOLD: Text(
        "The report that counsel and family were told is missing.",
        "Falta el informe de aviso a la defensa y la familia.",
    ),
    Overdue.CUSTODY: Text("The report on custody is missing.", "Falta el informe sobre la custodia."),
    Overdue.RETURN: Text(
        "The answer about the return of a person is missing.", "Falta la respuesta sobre el regreso de una persona."
    ),
    Overdue.CHARGES_DIFFER: Text(
        "The charges differ from those requested, and nobody has named this case as looked at.",
        "Los cargos difieren de los solicitados y nadie indicó haber examinado este caso.",
    ),
}
