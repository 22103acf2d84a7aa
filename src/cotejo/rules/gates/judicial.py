"""Gates about what a court did.

1. No request without a final judgment or a warrant in force: court, number, date, attached copy, offence text, penalty
   (F34). A police wish, a notice or a charge alone is no basis.
2. A collective act, or one by an anonymous judge, counts only with a passage about this person (design section 2).
3. No arrest or charge without its outcome, unless court or prosecutor confirmed within 90 days that it is
   pending (F13).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.dates import first_day, is_date
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Category, EvidenceKind
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.package import CourtAct, Package
from cotejo.rules.words import Text

PENDING_DAYS: Final = 90
"""F13, default of the catalogue."""

OUTCOME_WORDS: Final = {
    "": Text("outcome not recorded", "resultado no registrado"),
    "in_force": Text("in force", "vigente"),
    "pending": Text("pending", "pendiente"),
    "convicted": Text("convicted", "condenado"),
    "acquitted": Text("acquitted", "absuelto"),
    "dismissed": Text("dismissed", "sobreseído"),
    "recalled": Text("recalled", "dejada sin efecto"),
    "served": Text("served", "cumplida"),
}
FAVOURABLE: Final = frozenset({"acquitted", "dismissed", "recalled", "served"})
_UNSETTLED: Final = frozenset({"", "in_force", "pending"})


def counts(court_act: CourtAct) -> bool:
    """Say whether a court act may support anything: individual and by a named judge, or with a passage."""
    return bool(court_act.passage_about_person) or (not court_act.collective and court_act.judge_named)


def bases(package: Package) -> tuple[CourtAct, ...]:
    """Return the court acts that can carry a request: convicted needs a final judgment, accused a warrant in force."""
    if package.category is Category.CONVICTED:
        return tuple(
            each
            for each in package.court_acts
            if each.kind is EvidenceKind.JUDGMENT and each.final and each.outcome == "convicted"
        )
    return tuple(
        each for each in package.court_acts if each.kind is EvidenceKind.WARRANT and each.outcome in _UNSETTLED
    )


def judicial_basis(reading: Reading) -> Gate:
    """F34: a court's own act, complete and attached, about this person."""
    title = Text("Warrant or final judgment", "Orden de captura o sentencia firme")
    return gate("judicial_basis", title, _basis_gaps(reading), rows=("F34",))


def _basis_gaps(reading: Reading) -> Iterator[Reason]:
    candidates = bases(reading.package)
    if not candidates:
        yield lacks(
            "judicial_basis.none",
            Text(
                "There is no warrant in force and no final judgment against this person.",
                "No hay orden de captura vigente ni sentencia firme contra esta persona.",
            ),
            Text(
                "Attach the warrant or judgment. Without one, ask the court first.",
                "Adjunte la orden o la sentencia. Si no existe, acuda primero al tribunal.",
            ),
            Duty.RECORDER,
            rows=("F34",),
        )
    elif not any(_complete(reading, each) for each in candidates):
        yield lacks(
            "judicial_basis.incomplete",
            Text(
                "The warrant or judgment lacks its court, number, date, offence text, penalty or attached copy.",
                "A la orden o sentencia le falta el tribunal, número, fecha, texto del delito, pena o copia adjunta.",
            ),
            Text("Complete it from the certified copy.", "Complétela con la copia certificada."),
            Duty.RECORDER,
            rows=("F34",),
        )
    elif not any(_complete(reading, each) and counts(each) for each in candidates):
        yield lacks(
            "judicial_basis.not_about_this_person",
            Text(
                "The court act is collective or by an anonymous judge and no passage in it is about this person.",
                "El acto judicial es colectivo o de juez anónimo y ningún pasaje se refiere a esta persona.",
            ),
            Text(
                "Quote the passage about this person, or obtain an individual decision.",
                "Cite el pasaje sobre esta persona u obtenga una decisión individual.",
            ),
            Duty.RECORDER,
            Duty.CERTIFIER,
            rows=("F34",),
        )


def _complete(reading: Reading, act: CourtAct) -> bool:
    return (
        all((act.court, act.number, act.offence_text, act.penalty))
        and is_date(act.date)
        and first_day(act.date) <= reading.today
        and reading.documents_here(act.document)
    )


def outcomes(reading: Reading) -> Gate:
    """F13: no court act travels without its outcome or a recent word that it is pending."""
    title = Text("Outcome of every court act", "Resultado de cada acto judicial")
    return gate("outcomes", title, _outcome_gaps(reading), rows=("F13",), speaks_for=True)


def _outcome_gaps(reading: Reading) -> Iterator[Reason]:
    for n, each in numbered(reading.package.court_acts):
        if each.outcome not in OUTCOME_WORDS or (each.outcome in _UNSETTLED and not _pending_confirmed(reading, each)):
            yield lacks(
                "outcomes.unknown",
                Text(
                    "Court act {n} has no outcome, and nobody confirmed in the last 90 days that it is pending.",
                    "El acto judicial {n} no tiene resultado y nadie confirmó en 90 días que sigue pendiente.",
                ),
                Text(
                    "Ask the court or the prosecutor and record the answer with its date.",
                    "Consulte al tribunal o a la fiscalía y registre la respuesta con su fecha.",
                ),
                Duty.RECORDER,
                rows=("F13",),
                n=n,
            )


def _pending_confirmed(reading: Reading, act: CourtAct) -> bool:
    if not is_date(act.pending_confirmed_on):
        return False
    return 0 <= (reading.today - first_day(act.pending_confirmed_on)).days <= PENDING_DAYS
