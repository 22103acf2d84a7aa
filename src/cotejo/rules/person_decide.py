"""What is accepted in a person file.

1. Whoever records does so in that duty; what cannot be true, is a label or a barred ground is refused as it is typed
   (F02, F05, F17), with every reason at once.
2. A claim is checked only by another person of another unit or chain than every recorder it rests on (I1), and only
   while each of its items has its document (F01).
3. A checked claim that is changed is a new version nobody has checked.
4. A check names the version it saw; a version that moved is refused.
5. An affiliation needs its document and one of the closed bases; nothing follows from it.
"""

from dataclasses import replace
from datetime import date

from cotejo.rules import person_acts as acts
from cotejo.rules import person_commands as ask
from cotejo.rules.acts import Act, Millis, NewAct, Plan, Reason, Refused, Stream, StreamKind
from cotejo.rules.asked import EXISTS, NO_WORDS, NOTHING_HERE, in_duty, reason
from cotejo.rules.claims import Claim, ClaimState
from cotejo.rules.dates import day_of, first_day, is_date
from cotejo.rules.dossier_facts import PersonFacts
from cotejo.rules.duties import Duty, Officer, Who
from cotejo.rules.gates.evidence import located
from cotejo.rules.package import Explanation, Subject
from cotejo.rules.person import NOBODY, PersonFile, rests_on
from cotejo.rules.person_typed import (
    affiliation_gaps,
    alleged_gaps,
    claim_gaps,
    court_act_gaps,
    item_gaps,
    subject_gaps,
    unreadable,
    whereabouts_gaps,
)
from cotejo.rules.profiles import profile
from cotejo.rules.words import Text


def decide(file: PersonFile, command: ask.PersonCommand, who: Who, facts: PersonFacts, now: Millis) -> Plan | Refused:
    """Accept or refuse one command on a person file."""
    refused = (*in_duty(who, *_duties(command)), *_begun(file, command))
    if refused or not isinstance(who, Officer):
        return Refused(refused)
    made = _judge(file, command, who, facts, day_of(now))
    if isinstance(made, tuple):
        return Refused(made)
    person = command.person if isinstance(command, ask.OpenPerson) else file.id
    stream = Stream(StreamKind.PERSON, person)
    return Plan(acts=(NewAct(stream=stream, act=made),), expect={stream: file.version})


def _duties(command: ask.PersonCommand) -> tuple[Duty, ...]:
    match command:
        case ask.CheckClaim() | ask.ReturnClaim() | ask.VerifyIdentifier() | ask.ExplainWhereabouts():
            return (Duty.CHECKER,)
        case ask.WithdrawClaim():
            return (Duty.RECORDER, Duty.CHECKER, Duty.CERTIFIER)
        case _:
            return (Duty.RECORDER,)


def _begun(file: PersonFile, command: ask.PersonCommand) -> tuple[Reason, ...]:
    if isinstance(command, ask.OpenPerson):
        return (EXISTS,) if file.id else ()
    return () if file.id else (NOTHING_HERE,)


def _judge(
    file: PersonFile, command: ask.PersonCommand, who: Officer, facts: PersonFacts, today: date
) -> Act | tuple[Reason, ...]:
    match command:
        case ask.OpenPerson():
            gaps = (*subject_gaps(command.subject, today), *_since(command.category_since, today))
            return gaps or acts.PersonOpened(
                person=command.person,
                subject=_unverified(command.subject, NOBODY),
                category=command.category,
                category_since=command.category_since,
                by=who,
            )
        case ask.DescribePerson(subject=subject):
            return tuple(subject_gaps(subject, today)) or acts.PersonDescribed(
                subject=_unverified(subject, file.subject), by=who
            )
        case ask.SetCategory(category=category, since=since):
            return tuple(_since(since, today)) or acts.PersonCategorised(category=category, since=since)
        case ask.VerifyIdentifier(kind=kind, value=value):
            return _verify(file, command, who, facts) or acts.IdentifierVerified(kind=kind, value=value, by=who)
        case ask.RecordClaim() | ask.CheckClaim() | ask.ReturnClaim() | ask.WithdrawClaim():
            return _judge_claim(file, command, who, facts, today)
        case _:
            return _judge_record(file, command, who, facts, today)


def _judge_record(
    file: PersonFile, command: ask.PersonCommand, who: Officer, facts: PersonFacts, today: date
) -> Act | tuple[Reason, ...]:
    match command:
        case ask.RecordWhereabouts(whereabouts=kept):
            bare = replace(kept, explanations=())
            return tuple(whereabouts_gaps(kept)) or acts.WhereaboutsRecorded(whereabouts=bare, by=who)
        case ask.ExplainWhereabouts(whereabouts=whereabouts, alleged=alleged, text=text):
            explanation = Explanation(alleged=alleged, text=text, by=who.id)
            return _explain(file, command, who) or acts.WhereaboutsExplained(
                whereabouts=whereabouts, explanation=explanation, by=who
            )
        case ask.RecordCourtAct(court_act=court_act):
            return tuple(court_act_gaps(court_act, today)) or acts.CourtActRecorded(court_act=court_act, by=who)
        case ask.RecordAlleged(alleged=alleged_act):
            law = profile(facts.profile)
            return tuple(alleged_gaps(file, alleged_act, law, today)) or acts.AllegedRecorded(
                alleged=alleged_act, by=who
            )
        case ask.RecordEvidence(item=item):
            return tuple(item_gaps(file, item, today)) or acts.EvidenceRecorded(item=item, by=who)
        case ask.RecordAffiliation(affiliation=affiliation):
            return tuple(affiliation_gaps(affiliation, facts.documents_here)) or acts.AffiliationRecorded(
                affiliation=affiliation, by=who
            )
        case _:
            raise TypeError(f"no such command on a person file: {type(command).__name__}")


def _judge_claim(
    file: PersonFile, command: ask.PersonCommand, who: Officer, facts: PersonFacts, today: date
) -> Act | tuple[Reason, ...]:
    match command:
        case ask.RecordClaim(claim=claim, body=body):
            kept = file.claim(claim)
            version = kept.version + 1 if kept else 1
            gaps = (*claim_gaps(file, body, today), *_not_withdrawn(kept))
            return gaps or acts.ClaimRecorded(claim=claim, version=version, body=body, by=who)
        case ask.CheckClaim(claim=claim, version=version):
            return _check(file, command, who, facts) or acts.ClaimChecked(claim=claim, version=version, by=who)
        case ask.ReturnClaim(claim=claim, version=version, why=why):
            gaps = (*_seen(file.claim(claim), version), *_why(why))
            return gaps or acts.ClaimReturned(claim=claim, version=version, why=why, by=who)
        case ask.WithdrawClaim(claim=claim, why=why):
            kept = file.claim(claim)
            gaps = (*(() if kept else (NO_SUCH_CLAIM,)), *_not_withdrawn(kept), *_why(why))
            return gaps or acts.ClaimWithdrawn(claim=claim, why=why, by=who)
        case _:
            raise TypeError(f"no such command on a claim: {type(command).__name__}")


def _check(file: PersonFile, command: ask.CheckClaim, who: Officer, facts: PersonFacts) -> tuple[Reason, ...]:
    claim = file.claim(command.claim)
    gaps = list(_seen(claim, command.version))
    if claim is None:
        return tuple(gaps)
    writers = (claim.recorder, *file.authors(rests_on(claim)))
    if any(not who.independent_of(each) for each in writers):
        gaps.append(NOT_INDEPENDENT)
    items = [file.item(each) for each in claim.body.evidence]
    if not items or any(
        item is None or not item.document or not (located(item) or facts.documents_here(item.document))
        for item in items
    ):
        gaps.append(NO_DOCUMENT)
    return tuple(gaps)


def _seen(claim: Claim | None, version: int) -> tuple[Reason, ...]:
    if claim is None:
        return (NO_SUCH_CLAIM,)
    return () if claim.version == version and claim.state is ClaimState.DRAFT else (MOVED,)


def _not_withdrawn(claim: Claim | None) -> tuple[Reason, ...]:
    return (WITHDRAWN,) if claim is not None and claim.state is ClaimState.WITHDRAWN else ()


def _why(why: str) -> tuple[Reason, ...]:
    return () if why.strip() else (NO_WORDS,)


def _since(since: str, today: date) -> tuple[Reason, ...]:
    return () if is_date(since) and first_day(since) <= today else (unreadable("category_since"),)


def _unverified(subject: Subject, before: Subject) -> Subject:
    """Take `verified` from what was verified before, never from what is typed."""
    known = {(each.kind, each.value, each.document) for each in before.identifiers if each.verified}
    marked = tuple(
        replace(each, verified=(each.kind, each.value, each.document) in known) for each in subject.identifiers
    )
    return replace(subject, identifiers=marked)


def _verify(file: PersonFile, command: ask.VerifyIdentifier, who: Officer, facts: PersonFacts) -> tuple[Reason, ...]:
    found = [each for each in file.subject.identifiers if (each.kind, each.value) == (command.kind, command.value)]
    gaps: list[Reason] = []
    if not found or not all(each.document and facts.documents_here(each.document) for each in found):
        gaps.append(NO_DOCUMENT)
    if any(not who.independent_of(each) for each in file.authors(("subject",))):
        gaps.append(NOT_INDEPENDENT)
    return tuple(gaps)


def _explain(file: PersonFile, command: ask.ExplainWhereabouts, who: Officer) -> tuple[Reason, ...]:
    known = {each.id for each in file.whereabouts}, {each.id for each in file.alleged}
    gaps = list(_why(command.text))
    if command.whereabouts not in known[0] or command.alleged not in known[1]:
        gaps.append(unreadable("whereabouts"))
    if any(not who.independent_of(each) for each in file.authors((command.whereabouts, command.alleged))):
        gaps.append(NOT_INDEPENDENT)
    return tuple(gaps)


NO_SUCH_CLAIM = reason(
    "claim.unknown",
    Text("There is no such claim in this file.", "Esa afirmación no está en este expediente."),
    Text("Open the file again.", "Abra el expediente de nuevo."),
)
MOVED = reason(
    "claim.moved",
    Text("The claim changed or is no longer waiting.", "La afirmación cambió o ya no está en espera."),
    Text("Read the newest version and decide on that.", "Lea la versión más reciente y resuelva sobre ella."),
)
WITHDRAWN = reason(
    "claim.withdrawn",
    Text("The claim was withdrawn for good.", "La afirmación fue retirada definitivamente."),
    Text("Record a new claim with its own evidence.", "Registre una afirmación nueva con su prueba."),
)
NOT_INDEPENDENT = reason(
    "claim.checker_not_independent",
    Text(
        "Who checks must be another person, of another unit or chain of command, than who recorded.",
        "Quien verifica debe ser otra persona, de otra unidad o línea de mando, que quien registró.",
    ),
    Text("Pass it to a checking officer elsewhere.", "Páselo a verificación en otra unidad."),
    Duty.CHECKER,
    rows=("F09",),
)
NO_DOCUMENT = reason(
    "claim.no_document",
    Text(
        "There is no document to check against: attach it, or give its place at a court with its hash.",
        "No hay documento con el cual cotejar: adjúntelo o indique su lugar en un tribunal con su huella.",
    ),
    Text("The recorder adds the evidence and its document.", "Quien registra agrega la prueba y su documento."),
    Duty.RECORDER,
    rows=("F01",),
)
