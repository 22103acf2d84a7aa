"""The origin's side of a dispute: told to every holder, and taken from one where the person signed for it (I6, I12).

1. The certifier or the authoriser tells the partner that statements of the version it holds are disputed, on a paper
   kept here. The request stays as it is: who suspends or withdraws it does so besides.
2. What the person signed at the partner counts as lodged here: the request is suspended at once, everywhere, with the
   one word every suspension has. It is usable again after the written answer to the person (`dossier_use`).
3. From a partner nothing counts without the signature and its paper; what else it says of a dispute changes nothing,
   and its receipt says nothing of this house.
"""

from collections.abc import Iterator

from cotejo.rules import dossier_acts as acts
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Keep, Millis, Plan, Reason, Refused, Send
from cotejo.rules.asked import in_duty, of_kind, reason
from cotejo.rules.disputing import DOCUMENT, NOT_IN_VERSION, ahead, wrong_in, wrong_in_signature
from cotejo.rules.dossier import Dossier
from cotejo.rules.dossier_facts import DossierFacts
from cotejo.rules.dossier_refusals import NOT_SENT
from cotejo.rules.dossier_send import stream_of
from cotejo.rules.dossier_use import of, suspended
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Duty, Officer, PartnerNode, Who
from cotejo.rules.labels import labels_outside_quotes
from cotejo.rules.told import Dispute
from cotejo.rules.words import Text


def dispute(dossier: Dossier, command: ask.DisputeClaims, who: Who, facts: DossierFacts, now: Millis) -> Plan | Refused:
    """Tell every holder that statements of the newest version are disputed."""
    gaps = (*in_duty(who, Duty.CERTIFIER, Duty.AUTHORISER), *_against(dossier, command, facts, now))
    latest = dossier.latest
    if gaps or latest is None or not isinstance(who, Officer):
        return Refused(gaps)
    said = Dispute(request=dossier.request, version=latest.version, stated=command.stated)
    told = Send(partner=dossier.partner, content=said, request=dossier.request, version=latest.version, at=now)
    made = acts.ClaimsDisputed(version=latest.version, stated=command.stated, document=command.document, by=who)
    return of(dossier, made).and_then(Plan(sends=(told,)))


def _against(dossier: Dossier, command: ask.DisputeClaims, facts: DossierFacts, now: Millis) -> Iterator[Reason]:
    stated, latest = command.stated, dossier.latest
    if latest is None or dossier.never_taken:
        yield NOT_SENT
    yield from wrong_in(stated)
    yield from ahead(stated, now)
    if latest is not None and not set(stated.claims) <= {(each.id, each.version) for each in latest.package.claims}:
        yield NOT_IN_VERSION
    if labels_outside_quotes(stated.statement):
        yield _LABEL
    if not command.document or not facts.documents_here(command.document):
        yield DOCUMENT


def take_signed(dossier: Dossier, command: ask.TakeSignedDispute, who: Who, now: Millis) -> Plan | Refused:
    """Take in what the person disputes and signed for at the partner; the request is suspended (I12)."""
    stated, signed = command.stated, command.signed
    gaps = [*of_kind(who, PartnerNode), *wrong_in(stated), *wrong_in_signature(signed, stated)]
    if signed is not None and signed.document not in command.arrived:
        gaps.append(DOCUMENT)
    if gaps or signed is None or not isinstance(who, PartnerNode):
        return Refused(tuple(gaps))
    made = acts.DisputeTaken(version=command.version, stated=stated, signed=signed)
    if dossier.partner != who.name or dossier.erased or not dossier.sent or made in dossier.disputes:
        return Plan()
    plan = of(dossier, made).and_then(Plan(keeps=(Keep(stream=stream_of(dossier), sha256=signed.document),)))
    if not dossier.live or SuspensionCause.DISPUTED in dossier.suspended_for:
        return plan
    return plan.and_then(suspended(dossier, SuspensionCause.DISPUTED, now))


_LABEL = reason(
    "dispute.label",
    Text(
        "A word here convicts before a court does, outside quotation marks.",
        "Una palabra condena antes que un tribunal, fuera de comillas.",
    ),
    Text("Quote it, or leave it out.", "Cítela entre comillas o suprímala."),
    field="statement",
    rows=("F17",),
)
