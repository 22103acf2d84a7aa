"""Preparing a request: opening, pinning, the basis, grounds, undertakings, notice, certifying.

1. One live dossier a person and partner; an agreement in force; only an accused or convicted person (F12, F19).
2. Only claims that are checked in exactly this version are pinned; nobody both recorded and checked for one request
   (I1).
3. Neither the certifier nor whoever countersigns took another part. Every gate but the notice and the authoriser's
   signature passes when certifying.
4. A deferral of the notice counts with the oversight body's countersignature and lapses after six months (F63).
"""

from collections.abc import Iterator
from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Act, GateState, Millis, Reason
from cotejo.rules.asked import EXISTS, in_duty, not_among, reason
from cotejo.rules.assemble import assemble, checkers_of, outdated_pins, recorders_of, speaks_for_in
from cotejo.rules.claims import ClaimState
from cotejo.rules.dates import day_of, first_day, is_date, iso_day, months_after
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_parts import Certificate
from cotejo.rules.dossier_refusals import MOVED_PINS, NO_AGREEMENT, NOTHING_PINNED
from cotejo.rules.duties import Duty, Officer
from cotejo.rules.facts import Category
from cotejo.rules.gates.sender import sender_gates
from cotejo.rules.words import Text

DEFERRAL_MONTHS: Final = 6
"""F63, default of the catalogue."""

AFTER_CERTIFYING: Final = frozenset({"notice", "two_people"})
"""Gates that may still be open when the certifier signs; the signatures are judged here by the officers' ids."""

RECORDED: Final = Text("you recorded for it", "usted registró para él")
CHECKED: Final = Text("you checked for it", "usted verificó para él")
SIGNED: Final = Text("you signed it", "usted lo firmó")

Made = Act | tuple[Reason, ...]


def open_dossier(dossier: Dossier, command: ask.OpenDossier, who: Officer, facts: DossierFacts, now: Millis) -> Made:
    """Begin a request."""
    terms = facts.agreement
    gaps = [*in_duty(who, Duty.RECORDER)]
    if dossier.id:
        gaps.append(EXISTS)
    if terms is None or not terms.active_at(now):
        gaps.append(NO_AGREEMENT)
    elif command.route not in terms.routes or command.purpose not in terms.purposes:
        gaps.append(_NOT_IN_AGREEMENT)
    if facts.open_dossiers:
        gaps.append(_ANOTHER_OPEN)
    if not facts.person.id or facts.person.id != command.person:
        gaps.append(_NO_PERSON)
    elif facts.person.category not in (Category.ACCUSED, Category.CONVICTED):
        gaps.append(_CATEGORY)
    return tuple(gaps) or acts.DossierOpened(
        dossier=command.dossier,
        request=command.request,
        person=command.person,
        partner=command.partner,
        agreement=terms.hash if terms else "",
        route=command.route,
        purpose=command.purpose,
        case_number=command.case_number,
        by=who,
    )


def pin_claims(dossier: Dossier, command: ask.PinClaims, who: Officer, facts: DossierFacts) -> Made:
    """Choose checked claims."""
    gaps = [*in_duty(who, Duty.RECORDER), *_not_prepared_by(who, dossier)]
    kept = {each.id: each for each in facts.person.claims}
    chosen = [(kept.get(claim), version) for claim, version in command.claims]
    if not chosen or len({claim for claim, _ in command.claims}) < len(chosen):
        gaps.append(NOTHING_PINNED)
    if any(
        claim is None or claim.version != version or claim.state is not ClaimState.CHECKED for claim, version in chosen
    ):
        gaps.append(MOVED_PINS)
    recorders = {claim.recorder.id for claim, _ in chosen if claim} | {who.id}
    checkers = {claim.checker.id for claim, _ in chosen if claim and claim.checker}
    if recorders & checkers:
        gaps.append(_BOTH)
    return tuple(gaps) or acts.ClaimsPinned(claims=command.claims, by=who)


def set_basis(dossier: Dossier, command: ask.SetBasis, who: Officer, facts: DossierFacts) -> Made:
    """Choose the alleged acts."""
    gaps = [*in_duty(who, Duty.RECORDER), *_not_prepared_by(who, dossier)]
    known = {each.id for each in facts.person.alleged}
    if not command.alleged or not set(command.alleged) <= known or not command.case_number or command.withheld < 0:
        gaps.append(_BASIS)
    return tuple(gaps) or acts.BasisSet(
        alleged=command.alleged, case_number=command.case_number, withheld=command.withheld, by=who
    )


def _not_prepared_by(who: Officer, dossier: Dossier) -> tuple[Reason, ...]:
    """Refuse a recorder who certified, countersigned or sent this request before."""
    return not_among(who, (*dossier.certifiers, *dossier.countersigners, *senders_of(dossier)), SIGNED)


def senders_of(dossier: Dossier) -> tuple[Officer, ...]:
    """Return everybody who authorised a version."""
    return tuple(each.by for each in dossier.sent)


def joined(dossier: Dossier, facts: DossierFacts) -> bool:
    """Say whether anybody took part in two duties of this request, in whichever order they came (I1)."""
    groups = (
        recorders_of(dossier, facts.person),
        checkers_of(dossier, facts.person),
        dossier.certifiers,
        dossier.countersigners,
        senders_of(dossier),
    )
    ids = [{each.id for each in group} for group in groups]
    return len(set().union(*ids)) < sum(map(len, ids))


def as_certifier(who: Officer, dossier: Dossier, facts: DossierFacts) -> tuple[Reason, ...]:
    """Refuse anybody but a certifier who took no other part (I1)."""
    return (
        *in_duty(who, Duty.CERTIFIER),
        *not_among(who, recorders_of(dossier, facts.person), RECORDED),
        *not_among(who, checkers_of(dossier, facts.person), CHECKED),
        *not_among(who, (*dossier.countersigners, *senders_of(dossier)), SIGNED),
    )


def answer_grounds(dossier: Dossier, command: ask.AnswerGrounds, who: Officer, facts: DossierFacts) -> Made:
    """Answer refusal grounds; `unknown` may be written down, but blocks sending (F42)."""
    gaps = [*as_certifier(who, dossier, facts)]
    if not command.answers or any(
        each.document and not facts.documents_here(each.document) for each in command.answers
    ):
        gaps.append(_GROUND_DOCUMENT)
    return tuple(gaps) or acts.GroundsAnswered(answers=command.answers, by=who)


def sign_undertakings(dossier: Dossier, command: ask.SignUndertakings, who: Officer, facts: DossierFacts) -> Made:
    """Sign what the sender promises."""
    return as_certifier(who, dossier, facts) or acts.UndertakingsSigned(undertakings=command.undertakings, by=who)


def record_notice(dossier: Dossier, command: ask.RecordNotice, who: Officer, facts: DossierFacts, now: Millis) -> Made:
    """Say that the person was told."""
    gaps = [*as_certifier(who, dossier, facts)]
    if not is_date(command.given_on) or first_day(command.given_on) > day_of(now) or not command.languages:
        gaps.append(_NOTICE)
    return tuple(gaps) or acts.NoticeRecorded(given_on=command.given_on, languages=command.languages, by=who)


def defer_notice(dossier: Dossier, command: ask.DeferNotice, who: Officer, facts: DossierFacts) -> Made:
    """Ask to put off telling the person."""
    return as_certifier(who, dossier, facts) or acts.NoticeDeferred(because=command.because, by=who)


def countersign(dossier: Dossier, who: Officer, facts: DossierFacts, now: Millis) -> Made:
    """Agree to a deferral for six months."""
    gaps = [
        *in_duty(who, Duty.OVERSIGHT),
        *not_among(who, recorders_of(dossier, facts.person), RECORDED),
        *not_among(who, checkers_of(dossier, facts.person), CHECKED),
        *not_among(who, (*dossier.certifiers, *senders_of(dossier)), SIGNED),
    ]
    notice = dossier.notice
    if notice is None or notice.because is None or notice.countersigned is not None:
        gaps.append(_NO_DEFERRAL)
    lapses = months_after(day_of(now), DEFERRAL_MONTHS).isoformat()
    return tuple(gaps) or acts.DeferralCountersigned(lapses_on=lapses, by=who)


def certify(dossier: Dossier, command: ask.Certify, who: Officer, facts: DossierFacts, now: Millis) -> Made:
    """Sign the judicial basis and the search for what speaks for the person."""
    made = acts.DossierCertified(
        attached=command.attached,
        none_found=command.none_found,
        searched_on=iso_day(now),
        person_version=facts.person.version,
        by=who,
    )
    return (
        *as_certifier(who, dossier, facts),
        *_search_gaps(command, facts),
        *_gate_gaps(dossier, made, facts, now),
    ) or made


def _search_gaps(command: ask.Certify, facts: DossierFacts) -> Iterator[Reason]:
    held = set(speaks_for_in(facts.person))
    if set(command.attached) != held or command.none_found == bool(command.attached):
        yield _SEARCH


def _gate_gaps(dossier: Dossier, made: acts.DossierCertified, facts: DossierFacts, now: Millis) -> Iterator[Reason]:
    if outdated_pins(dossier, facts.person):
        yield MOVED_PINS
    if facts.agreement is None:
        yield NO_AGREEMENT
        return
    certificate = Certificate(
        attached=made.attached,
        none_found=made.none_found,
        searched_on=made.searched_on,
        person_version=made.person_version,
        by=made.by,
        at=now,
    )
    package = assemble(dossier, facts.person, origin=facts.node, token=facts.token, now=now, certificate=certificate)
    for gate in sender_gates(package, facts.agreement, now, documents_here=facts.documents_here):
        if gate.state is not GateState.PASSED and gate.code not in AFTER_CERTIFYING:
            yield from gate.reasons


_NOT_IN_AGREEMENT = reason(
    "dossier.route_or_purpose",
    Text("The agreement does not list this route or purpose.", "El acuerdo no incluye esta vía o finalidad."),
    Text("Choose one it lists.", "Elija una de las que incluye."),
    Duty.RECORDER,
    rows=("F19",),
    field="route",
)
_ANOTHER_OPEN = reason(
    "dossier.another_open",
    Text(
        "Another request on this person to this agency is open.",
        "Ya hay otra solicitud abierta sobre esta persona a esta entidad.",
    ),
    Text("Continue that one, or withdraw it.", "Continúe esa o retírela."),
    Duty.RECORDER,
    rows=("F18",),
)
_NO_PERSON = reason(
    "dossier.no_person",
    Text("The person's file is not here.", "El expediente de la persona no está aquí."),
    Text("Open the person's file first.", "Abra primero el expediente de la persona."),
    Duty.RECORDER,
)
_CATEGORY = reason(
    "dossier.category",
    Text(
        "Only an accused or convicted person can be asked for.", "Solo puede pedirse a una persona acusada o condenada."
    ),
    Text(
        "A victim, witness or suspect cannot. If a court has charged the person, set the category.",
        "Una víctima, testigo o persona sospechosa no. Si un tribunal la acusó, fije la categoría.",
    ),
    Duty.RECORDER,
    rows=("F12",),
)
_BOTH = reason(
    "dossier.recorded_and_checked",
    Text(
        "One person recorded and checked in the same request.",
        "Una misma persona registró y verificó en esta solicitud.",
    ),
    Text("Have the claims checked by somebody who recorded none.", "Haga verificar por quien no registró ninguna."),
    Duty.CHECKER,
    rows=("F09",),
)
_BASIS = reason(
    "dossier.basis",
    Text(
        "Choose at least one act of the file and give the court's case number.",
        "Elija al menos un hecho del expediente e indique el número de causa.",
    ),
    Text("Record the act in the person's file first.", "Registre primero el hecho en el expediente de la persona."),
    Duty.RECORDER,
    rows=("F04",),
    field="alleged",
)
_GROUND_DOCUMENT = reason(
    "dossier.ground_document",
    Text("Nothing is answered, or a cited document is not here.", "No se contesta nada, o falta un documento citado."),
    Text("Attach the page of the court file.", "Adjunte la página del expediente judicial."),
    Duty.CERTIFIER,
    rows=("F42",),
    field="document",
)
_NOTICE = reason(
    "dossier.notice",
    Text("The day of the notice is missing or lies ahead.", "Falta la fecha del aviso o es futura."),
    Text("Enter the day it was given and its languages.", "Indique el día en que se dio y sus idiomas."),
    Duty.CERTIFIER,
    rows=("F63",),
    field="given_on",
)
_NO_DEFERRAL = reason(
    "dossier.no_deferral",
    Text("No deferral waits for a countersignature.", "Ningún aplazamiento espera refrendo."),
    Text("The certifier asks for it first.", "Quien certifica lo solicita primero."),
    Duty.CERTIFIER,
    rows=("F63",),
)
_SEARCH = reason(
    "dossier.search",
    Text(
        "The sentence must name everything in the file that speaks for the person, or say that nothing was found.",
        "La frase debe nombrar todo lo que en el expediente habla a favor de la persona, o decir que nada se encontró.",
    ),
    Text(
        "Search the file again; the list beside the form shows it.",
        "Revise de nuevo; la lista junto al formulario lo muestra.",
    ),
    Duty.CERTIFIER,
    rows=("F42",),
    field="attached",
)
