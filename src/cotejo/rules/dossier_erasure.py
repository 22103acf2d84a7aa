"""Erasing a request: two people demand it of the partner, its certificate comes back, and our own copy goes (I11).

1. Nothing is erased before the withdrawal is swept, or its sweep is known to be missed; nor while a complaint or a
   court's order stands against it, nor while reports after a hand-over are owed (F58, F73).
2. The certifier proposes after reading what would go; the authoriser, another person, signs the same counts. Should the
   request have changed in between, nothing happens (F58).
3. Ten days after the withdrawal, and again when no certificate came in the agreed time, the oversight body waits (F59).
4. Our own copy goes with the partner's certificate, in one commit; while a complaint or a court stands against it the
   certificate is kept, and the copy goes when that has ended. A certificate that names less than everything is none.
5. At the end of the computed time the clock withdraws the request; people erase it (F57, F43).
"""

from typing import Final

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Act, Destroy, Millis, Plan, Reason, Refused, Send, Timer
from cotejo.rules.agreement import DAY, HOUR
from cotejo.rules.answers import sweep_time
from cotejo.rules.asked import in_duty, not_among, of_kind, reason
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import NO_AGREEMENT, RECOVERING
from cotejo.rules.dossier_send import RETENTION_TIMER, stream_of
from cotejo.rules.dossier_use import ERASURE_TIMER, may_lift, may_suspend, of, withdrawn
from cotejo.rules.dossier_words import DossierState, HandoverReport, SuspensionCause, WithdrawalReason
from cotejo.rules.duties import Clockwork, Duty, Officer, PartnerNode, Who
from cotejo.rules.erasure_words import EVERYTHING, Certificate, ErasureBasis, Manifest
from cotejo.rules.retention import limitation_end
from cotejo.rules.told import Erasure
from cotejo.rules.words import Text

EXEMPT: Final = (SuspensionCause.REDRESS, SuspensionCause.COURT_ORDER)
"""What stands against an erasure, and ends only by its own side."""
LATE: Final[Millis] = HOUR
"""How long after the agreed time a certificate may be under way."""


def manifest_of(dossier: Dossier) -> Manifest:
    """Count what would go."""
    documents = {each.sha256 for sent in dossier.sent for each in sent.package.documents}
    return Manifest(
        versions=len(dossier.sent),
        documents=len(documents),
        answers=len(dossier.answers),
        reports=len(dossier.handover),
    )


def basis_of(dossier: Dossier) -> ErasureBasis:
    """Return the rule by which a withdrawn request is erased."""
    over = dossier.withdrawn_for is WithdrawalReason.RETENTION_OVER
    return ErasureBasis.RETENTION_OVER if over else ErasureBasis.WITHDRAWN


def against_erasing(dossier: Dossier) -> tuple[Reason, ...]:
    """Say everything that stands against erasing this request now."""
    gaps: list[Reason] = []
    left = bool(dossier.sent) or bool(dossier.lost)
    if dossier.state is not DossierState.WITHDRAWN:
        gaps.append(_NOT_WITHDRAWN)
    elif left and not dossier.swept_at and not dossier.sweep_missed_at:
        gaps.append(_NOT_SWEPT)
    if any(each in EXEMPT for each in dossier.suspended_for):
        gaps.append(_EXEMPT)
    judged = any(each.report is HandoverReport.JUDGMENT for each in dossier.handover)
    if dossier.handover and not judged and not dossier.returning.departed:
        gaps.append(_FOLLOWED)
    if dossier.returning.due:
        gaps.append(_RETURN)
    return tuple(gaps)


def propose(dossier: Dossier, command: ask.ProposeErasure, who: Who) -> Plan | Refused:
    """Propose the erasure after reading what would go."""
    gaps = [*in_duty(who, Duty.CERTIFIER), *against_erasing(dossier)]
    if command.manifest != manifest_of(dossier):
        gaps.append(_CHANGED)
    if dossier.erasing.approved_at:
        gaps.append(_UNDER_WAY)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    return of(dossier, acts.ErasureProposed(manifest=command.manifest, by=who))


def approve(
    dossier: Dossier, command: ask.ApproveErasure, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Sign the erasure: the partner is told; a request that never left is erased at once."""
    gaps = [*in_duty(who, Duty.AUTHORISER), *against_erasing(dossier)]
    proposal = dossier.erasing.proposed
    if proposal is None:
        gaps.append(_NOT_PROPOSED)
    else:
        gaps += not_among(who, (proposal.by,), _PROPOSED)
        if not command.manifest == proposal.manifest == manifest_of(dossier):
            gaps.append(_CHANGED)
    if dossier.erasing.approved_at:
        gaps.append(_UNDER_WAY)
    if facts.recovering:
        gaps.append(RECOVERING)
    version = dossier.next_version - 1
    if version and facts.agreement is None:
        gaps.append(NO_AGREEMENT)
    if gaps or not isinstance(who, Officer):
        return Refused(tuple(gaps))
    if not version or facts.agreement is None:
        return _erased(dossier, facts, now)
    said = Erasure(request=dossier.request, version=version, basis=basis_of(dossier))
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=version, at=now)
    terms = facts.agreement
    due = sweep_time(terms, now + terms.skew) + terms.skew + LATE
    plan = of(dossier, acts.ErasureApproved(basis=said.basis, by=who))
    return plan.and_then(Plan(sends=(told,), timers=(Timer(kind=ERASURE_TIMER, stream=stream_of(dossier), at=due),)))


def record(dossier: Dossier, command: ask.RecordErased, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Take the partner's certificate, and erase our own copy in the same commit."""
    gaps = [*of_kind(who, PartnerNode)]
    mine = isinstance(who, PartnerNode) and who.name == dossier.partner
    if not mine or not dossier.erasing.approved_at:
        gaps.append(_NOT_DEMANDED)
    certificate = command.certificate
    if certificate.gone != EVERYTHING or certificate.basis is not basis_of(dossier):
        gaps.append(_NOT_WHOLE)
    if gaps:
        return Refused(tuple(gaps))
    if _EXEMPT in against_erasing(dossier):
        kept = of(dossier, acts.ErasureCertified(certificate=certificate))
        return kept.and_then(Plan(drop_timers=((ERASURE_TIMER, stream_of(dossier)),)))
    return _erased(dossier, facts, now, certificate)


def _erased(dossier: Dossier, facts: DossierFacts, now: Millis, certificate: Certificate | None = None) -> Plan:
    stream = stream_of(dossier)
    until = limitation_end(facts.agreement, now)
    made = acts.DossierErased(
        dossier=dossier.id,
        request=dossier.request,
        partner=dossier.partner,
        basis=basis_of(dossier),
        sealed_until=until,
        certificate=certificate,
    )
    return of(dossier, made).and_then(
        Plan(
            destroys=(Destroy(stream=stream, sealed_until=until),),
            drop_timers=((ERASURE_TIMER, stream), (RETENTION_TIMER, stream)),
        )
    )


def miss(dossier: Dossier, who: Who, now: Millis) -> Plan | Refused:
    """Write down that the erasure, or the partner's word of it, did not come in time; what is exempt waits on."""
    gaps = of_kind(who, Clockwork)
    if gaps:
        return Refused(gaps)
    stream = stream_of(dossier)
    if dossier.erased or dossier.erasing.late or dossier.erasing.certificate is not None:
        return Plan(drop_timers=((ERASURE_TIMER, stream),))
    if against_erasing(dossier) and not dossier.erasing.approved_at:
        return Plan(timers=(Timer(kind=ERASURE_TIMER, stream=stream, at=now + DAY),))
    return of(dossier, acts.ErasureOverdue())


def end_retention(dossier: Dossier, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Withdraw what must not be kept any longer."""
    gaps = of_kind(who, Clockwork)
    return Refused(gaps) if gaps else withdrawn(dossier, WithdrawalReason.RETENTION_OVER, facts, now)


def block_after_the_end(
    dossier: Dossier, command: ask.Suspend | ask.Reinstate, who: Who, facts: DossierFacts, now: Millis
) -> Plan | Refused:
    """Let a complaint or a court stand against the erasure of a withdrawn request, and end; nobody is told anything."""
    made: Act
    if isinstance(command, ask.Suspend):
        gaps = [*may_suspend(command.cause, who)]
        made = acts.DossierSuspended(cause=command.cause)
    else:
        gaps = [*may_lift(command, who, facts)]
        made = acts.SuspensionLifted(cause=command.cause)
    if isinstance(command, ask.Suspend) is (command.cause in dossier.suspended_for):
        gaps.append(_NOTHING_TO_DO)
    if gaps:
        return Refused(tuple(gaps))
    ends = isinstance(command, ask.Reinstate) and not set(dossier.suspended_for) & set(EXEMPT) - {command.cause}
    certificate = dossier.erasing.certificate
    return _erased(dossier, facts, now, certificate) if ends and certificate is not None else of(dossier, made)


_PROPOSED: Final = Text("you proposed this erasure", "usted propuso esta supresión")
_NOT_WITHDRAWN = reason(
    "erasure.not_withdrawn",
    Text("Only a withdrawn request is erased.", "Solo se suprime una solicitud retirada."),
    Text("Withdraw it first.", "Retírela primero."),
    Duty.CERTIFIER,
    rows=("F59",),
)
_NOT_SWEPT = reason(
    "erasure.not_swept",
    Text(
        "The partner has not yet said that every holder stopped using it.",
        "La contraparte aún no ha dicho que todos los tenedores dejaron de usarla.",
    ),
    Text("Its word comes at the agreed time.", "Su aviso llega en la fecha acordada."),
    rows=("F51",),
)
_EXEMPT = reason(
    "erasure.exempt",
    Text(
        "A complaint or a court's order stands against the erasure.",
        "Una queja o una orden judicial impide suprimirla.",
    ),
    Text("It can be erased when that has ended.", "Podrá suprimirse cuando eso termine."),
    rows=("F58",),
)
_FOLLOWED = reason(
    "erasure.followed",
    Text(
        "The person was handed over, and reports are still owed.",
        "La persona fue entregada y aún se deben informes.",
    ),
    Text("Report the judgment first.", "Informe primero la sentencia."),
    Duty.CUSTODY,
    rows=("F73",),
)
_RETURN = reason(
    "erasure.return",
    Text(
        "The partner asks for the person's return, and nobody has answered.",
        "La contraparte pide el regreso de la persona y nadie ha respondido.",
    ),
    Text("Answer it first.", "Respóndalo primero."),
    Duty.CUSTODY,
    rows=("F74",),
)
_CHANGED = reason(
    "erasure.changed",
    Text("What would be erased is not what was read.", "Lo que se suprimiría no es lo que se leyó."),
    Text("Read it again and propose it anew.", "Léalo otra vez y propóngalo de nuevo."),
    Duty.CERTIFIER,
    rows=("F58",),
)
_NOT_PROPOSED = reason(
    "erasure.not_proposed",
    Text("Nobody has proposed the erasure.", "Nadie ha propuesto la supresión."),
    Text("The certifier reads and proposes it first.", "Quien certifica la lee y la propone primero."),
    Duty.CERTIFIER,
    rows=("F58",),
)
_UNDER_WAY = reason(
    "erasure.under_way",
    Text("The erasure was demanded already.", "La supresión ya fue exigida."),
    Text("The partner's certificate comes at the agreed time.", "El certificado llega en la fecha acordada."),
)
_NOT_DEMANDED = reason(
    "erasure.not_demanded",
    Text("Nobody here demanded this of that agency.", "Aquí nadie lo exigió a esa entidad."),
    Text("The message has no effect.", "El mensaje no tiene efecto."),
)
_NOT_WHOLE = reason(
    "erasure.not_whole",
    Text(
        "The certificate names less than everything, or another rule.",
        "El certificado menciona menos que todo, u otra regla.",
    ),
    Text("It counts as none; the oversight body is told in time.", "No cuenta; se avisará al órgano de supervisión."),
    Duty.OVERSIGHT,
    rows=("F59",),
)
_NOTHING_TO_DO = reason(
    "erasure.nothing_to_do",
    Text("Nothing changes by this.", "Esto no cambia nada."),
    Text("Nothing more is needed.", "No hace falta nada más."),
)
