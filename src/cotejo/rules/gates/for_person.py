"""Gates that speak for the person; screens and papers show them first.

1. The certifier signed: I searched the file for what speaks for this person. Everything found is attached and named;
   "none found" is refused when the package itself holds something (design section 2).
2. An alleged act during custody, absence, hospital or after death is a contradiction until a
   named person answers it (F11).
3. Every refusal ground is answered yes or no with a document; unknown blocks; a yes that bars surrender stops (F42).
4. The person was told, in both languages, or a countersigned deferral from the closed list still runs (F63).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules.acts import Gate, Reason, gate
from cotejo.rules.dates import first_day, is_date, is_interval, overlap
from cotejo.rules.dossier_words import DeferralReason
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Favours, Ground, GroundAnswer
from cotejo.rules.gates.judicial import FAVOURABLE
from cotejo.rules.gates.reading import Reading, lacks, numbered
from cotejo.rules.package import AllegedAct, Package, Whereabouts
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text

BARRING: Final = frozenset(
    {
        Ground.POLITICAL,
        Ground.PERSECUTION,
        Ground.MILITARY,
        Ground.PRIOR_JUDGMENT,
        Ground.LAPSE_OR_AMNESTY,
        Ground.TORTURE_OR_UNFAIR,
    }
)
"""UN Model Treaty on Extradition, Article 3 (a) to (f). A yes to the others needs a remark on how it is remedied."""

NOTICE_LANGUAGES: Final = frozenset({"es", "en"})


def search_for_person(reading: Reading) -> Gate:
    """Design section 2: the certifier's signed sentence agrees with what the package holds."""
    title = Text("Searched for what speaks for the person", "Se buscó lo que habla a favor de la persona")
    return gate("search_for_person", title, _search_gaps(reading.package), rows=("F42",), speaks_for=True)


def speaks_for(package: Package) -> tuple[str, ...]:
    """Return the ids of everything in the package that speaks for the person."""
    items = (each.id for each in package.evidence if each.favours is Favours.FOR)
    acts = (each.id for each in package.court_acts if each.outcome in FAVOURABLE)
    return (*items, *acts)


def _search_gaps(package: Package) -> Iterator[Reason]:
    search, held = package.search_for, speaks_for(package)
    if search is None or not is_date(search.searched_on):
        yield lacks(
            "search_for_person.not_signed",
            Text(
                "Nobody has signed: I searched the file for what speaks for this person.",
                "Nadie ha firmado: busqué en el expediente lo que habla a favor de esta persona.",
            ),
            Text(
                "The legal certifier searches the file and signs: attached, or none found.",
                "Quien certifica revisa el expediente y firma: se adjunta, o no se encontró.",
            ),
            Duty.CERTIFIER,
            rows=("F42",),
        )
    elif search.none_found == bool(search.attached) or set(search.attached) != set(held):
        yield lacks(
            "search_for_person.disagrees",
            Text(
                "The signed sentence does not name everything in the file that speaks for the person.",
                "La frase firmada no nombra todo lo que en el expediente habla a favor de la persona.",
            ),
            Text("Search again and certify again.", "Busque de nuevo y certifique de nuevo."),
            Duty.CERTIFIER,
            rows=("F42",),
        )


def whereabouts(reading: Reading) -> Gate:
    """F11: no alleged act where the person was recorded elsewhere, unless a named person answered it."""
    package = reading.package
    gaps = [
        lacks(
            "whereabouts.contradiction",
            Text(
                "Act {act} falls in a time when the person was recorded elsewhere (record {record}).",
                "El hecho {act} cae en un tiempo en que la persona constaba en otro lugar (registro {record}).",
            ),
            Text(
                "Compare both documents. If both are right, a checking officer writes down why.",
                "Coteje ambos documentos. Si los dos son correctos, quien verifica anota por qué.",
            ),
            Duty.CHECKER,
            rows=("F11",),
            act=n,
            record=m,
        )
        for n, act in numbered(package.alleged)
        for m, record in numbered(package.whereabouts)
        if contradicts(act, record)
    ]
    title = Text("The acts agree with where the person was", "Los hechos concuerdan con dónde estaba la persona")
    return gate("whereabouts", title, gaps, rows=("F11",), speaks_for=True)


def contradicts(act: AllegedAct, record: Whereabouts) -> bool:
    """Say whether an act may fall into a time spent elsewhere and nobody answered it. An entry excludes nothing."""
    if record.kind == "entry" or not (is_interval(act.interval) and is_interval(record.interval)):
        return False
    answered = any(each.alleged == act.id and each.text and each.by for each in record.explanations)
    return overlap(act.interval, record.interval) and not answered


def grounds(reading: Reading) -> Gate:
    """F42: every refusal ground answered with a document."""
    answered = {each.ground: each for each in reading.package.grounds}
    gaps: list[Reason] = []
    stopped = False
    for ground in Ground:
        each = answered.get(ground)
        if each is None or each.answer is GroundAnswer.UNKNOWN or not reading.documents_here(each.document):
            gaps.append(_ground_unanswered(ground))
        elif each.answer is GroundAnswer.YES and ground in BARRING:
            stopped = True
            gaps.append(_ground_bars(ground))
        elif each.answer is GroundAnswer.YES and not each.remark:
            gaps.append(_ground_unexplained(ground))
    return gate(
        "grounds",
        Text("Grounds for refusal answered", "Causas de denegación contestadas"),
        gaps,
        rows=("F42",),
        stops=stopped,
        speaks_for=True,
    )


def _ground_unanswered(ground: Ground) -> Reason:
    word = words_of(ground)
    return lacks(
        "grounds.unanswered",
        Text(
            f"Not answered yes or no with a document: {word.en}.",
            f"Sin respuesta de sí o no con documento: {word.es}.",
        ),
        Text(
            "The legal certifier answers from the court file and attaches the page.",
            "Quien certifica responde según el expediente judicial y adjunta la página.",
        ),
        Duty.CERTIFIER,
        rows=("F42",),
        field=ground.value,
    )


def _ground_bars(ground: Ground) -> Reason:
    word = words_of(ground)
    return lacks(
        "grounds.bars_sending",
        Text(f"A ground that bars sending applies: {word.en}.", f"Aplica una causa que impide el envío: {word.es}."),
        Text("The request cannot be sent while it applies.", "La solicitud no puede enviarse mientras aplique."),
        Duty.CERTIFIER,
        rows=("F42",),
        field=ground.value,
    )


def _ground_unexplained(ground: Ground) -> Reason:
    word = words_of(ground)
    return lacks(
        "grounds.no_remedy_named",
        Text(
            f"Answered yes without saying what remedy or assurance there is: {word.en}.",
            f"Contestada que sí, sin decir qué recurso o garantía existe: {word.es}.",
        ),
        Text(
            "Write the remedy (such as a retrial) or the assurance given.",
            "Anote el recurso (como un nuevo juicio) o la garantía dada.",
        ),
        Duty.CERTIFIER,
        rows=("F42",),
        field=ground.value,
    )


def notice(reading: Reading) -> Gate:
    """F63: the person was told, or a countersigned deferral still runs."""
    title = Text("The person was told", "Se informó a la persona")
    return gate("notice", title, _notice_gaps(reading), rows=("F63",), speaks_for=True)


def _notice_gaps(reading: Reading) -> Iterator[Reason]:
    told = reading.package.notice
    if told is not None and is_date(told.given_on) and first_day(told.given_on) <= reading.today:
        if not set(told.languages) >= NOTICE_LANGUAGES:
            yield lacks(
                "notice.one_language",
                Text("The notice was not given in Spanish and English.", "El aviso no se dio en español e inglés."),
                Text("Give the notice in both languages.", "Entregue el aviso en ambos idiomas."),
                Duty.CERTIFIER,
                rows=("F63",),
            )
        return
    if told is None or told.deferred_because not in {each.value for each in DeferralReason}:
        yield lacks(
            "notice.not_given",
            Text(
                "The person was not told, and no reason from the list puts it off.",
                "No se informó a la persona y ninguna causa de la lista lo aplaza.",
            ),
            Text(
                "Give the notice, or ask the oversight body to countersign a deferral.",
                "Entregue el aviso o pida al órgano de supervisión que refrende un aplazamiento.",
            ),
            Duty.CERTIFIER,
            rows=("F63",),
        )
    elif not told.countersigned_by:
        yield lacks(
            "notice.deferral_not_countersigned",
            Text("The deferral is not countersigned.", "El aplazamiento no está refrendado."),
            Text("The oversight body countersigns or refuses.", "El órgano de supervisión refrenda o rechaza."),
            Duty.OVERSIGHT,
            rows=("F63",),
        )
    elif not is_date(told.lapses_on) or first_day(told.lapses_on) <= reading.today:
        yield lacks(
            "notice.deferral_lapsed",
            Text("The deferral has lapsed.", "El aplazamiento venció."),
            Text("Tell the person now.", "Informe ahora a la persona."),
            Duty.CERTIFIER,
            rows=("F63",),
        )
