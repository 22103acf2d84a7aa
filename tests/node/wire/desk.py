"""A hand at one node that works through cases as its officers do, and shows what lies in its line.

It knows everything `tests.node.wire.hand` knows, and more; `python -m tests.node.wire.desk HOME`.
"""

import csv
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cotejo.node.clock import now
from cotejo.node.home import Home
from tests.node import hand
from tests.node.wire import hand as lines
from tests.node.wire.hand import case_of

PATIENCE = 90.0
NOISE = b"\0" * 3000
ABOUT_THE_LINE = ("status_list", "reconciliation", "link_checkpoint", "cosignature", "rehearsal")


def must(home: Home, law: Any, stream: Any, steps: Any) -> None:
    """Give commands in order; one that only waits for a fresh status is given again."""
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Refused
    from cotejo.rules.purposes import Purpose

    ends = time.monotonic() + PATIENCE
    for who, command in steps:
        while True:
            done = perform(law, assemble(home).unit, stream, command, who=who, purpose=Purpose.DECISION, now=now())
            if not isinstance(done, Refused):
                break
            waits = all(code.startswith("status.") for code in done.codes) and time.monotonic() < ends
            assert waits, f"{type(command).__name__}: {done.codes}"
            time.sleep(0.2)


# At the origin


def write_register(_home: Home, *, out: str) -> dict[str, Any]:
    """Write the register every receiver imports, in which the person of every case is."""
    from cotejo.identity import COLUMNS
    from cotejo.identity.invented import invented_register

    with Path(out).open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        rows.writerows(asdict(each) for each in invented_register(50))
    return {}


def origin_says(home: Home, *, seed: str, partner: str, what: str) -> dict[str, Any]:
    """Correct, suspend, reinstate, dispute or withdraw a case that was sent, or answer what the person disputes."""
    from cotejo.actions.laws import DOSSIER
    from cotejo.rules import dossier_commands as ask
    from cotejo.rules.acts import Stream, StreamKind
    from cotejo.rules.dossier_words import SuspensionCause, WithdrawalReason
    from cotejo.simulation.invented import AUTHORISER, CERTIFIER, RECORDER

    case = case_of(seed, partner)
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    if what in {"dispute", "answer"}:
        must(home, DOSSIER, stream, _of_a_dispute(home, stream, what))
        return {}
    basis = next(each for _, each in case.preparation if isinstance(each, ask.SetBasis))
    again = ask.SetBasis(alleged=basis.alleged, case_number=basis.case_number, withheld=3)
    steps = {
        "correct": (
            (RECORDER, again),
            case.certificate,
            (AUTHORISER, ask.Correct(reason="The withheld items were counted again.")),
        ),
        "suspend": ((AUTHORISER, ask.Suspend(cause=SuspensionCause.OWN)),),
        "reinstate": ((AUTHORISER, ask.Reinstate(cause=SuspensionCause.OWN)),),
        "withdraw": ((CERTIFIER, ask.Withdraw(reason=WithdrawalReason.WARRANT_RECALLED)),),
    }[what]
    must(home, DOSSIER, stream, steps)
    return {}


def _of_a_dispute(home: Home, stream: Any, what: str) -> tuple[tuple[Any, Any], ...]:
    """Return what tells a dispute about the newest version, or answers the person's."""
    from cotejo.node.assembly import assemble
    from cotejo.rules import dossier_commands as ask
    from cotejo.rules.cases import state_of
    from cotejo.rules.dispute_words import DisputedBy
    from cotejo.rules.dossier_words import SuspensionCause
    from cotejo.simulation.invented import AUTHORISER, CERTIFIER

    unit = assemble(home).unit
    paper = unit.documents.put(b"%PDF an invented paper", unit=stream)
    if what == "answer":
        return ((AUTHORISER, ask.Reinstate(cause=SuspensionCause.DISPUTED, document=paper)),)
    package = state_of(stream.kind, unit.entries(stream)).latest.package
    return ((CERTIFIER, ask.DisputeClaims(stated=disputed(package, DisputedBy.OWN_OFFICE), document=paper)),)


def disputed(package: Any, by: Any) -> Any:
    """Return a dispute of today about the first statement of a package."""
    from cotejo.rules.dispute_words import DisputeAsks, Disputed

    claim = package.claims[0]
    return Disputed(
        claims=((claim.id, claim.version),),
        by=by,
        on=hand.today(),
        statement="The entry is of another day.",
        asks=DisputeAsks.CORRECT,
    )


def refused_sending(home: Home, *, seed: str, partner: str) -> dict[str, Any]:
    """Prepare a sound request up to its certificate, try to send it, and give the codes against it."""
    from cotejo.actions.laws import DOSSIER, PERSON
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules.acts import Refused, Stream, StreamKind
    from cotejo.rules.dossier_commands import AuthoriseSending
    from cotejo.rules.purposes import Purpose
    from cotejo.simulation.invented import AUTHORISER

    case, unit = case_of(seed, partner), assemble(home).unit
    person, dossier = Stream(StreamKind.PERSON, case.person), Stream(StreamKind.DOSSIER, case.dossier)
    for content in case.documents.values():
        unit.documents.put(content, unit=person)
    must(home, PERSON, person, case.file)
    must(home, DOSSIER, dossier, (*case.preparation, case.certificate))
    done = perform(DOSSIER, unit, dossier, AuthoriseSending(), who=AUTHORISER, purpose=Purpose.REQUEST, now=now())
    return {"codes": list(done.codes) if isinstance(done, Refused) else []}


def opened(home: Home, *, bodies: list[str]) -> list[dict[str, Any]]:
    """Open sealed messages of partners with this node's keys; give their signed claims."""
    from cotejo.actions.post import partner_keys
    from cotejo.exchange.incoming import open_letter
    from cotejo.node.assembly import assemble

    node = assemble(home)
    keys = [partner_keys(each, now=now()) for each in node.unit.partners()]
    return [asdict(open_letter(bytes.fromhex(each), own=node.keys.own, partners=keys).claims) for each in bodies]


def knock(home: Home, *, partner: str) -> list[list[Any]]:
    """Ask a partner's listener everything a partner may try, every message once more included; give its bare answers.

    Each answer: what was asked, status, headers, length of the body. Of the headers, not the date, and not whether the
    connection stays: after a body that was not read that hangs on how fast its bytes came.
    """
    from cotejo.actions.post import read_key_document
    from cotejo.node.assembly import assemble
    from cotejo.node.wire.client import Wire
    from cotejo.node.wire.listener import MESSAGES, PARTS
    from cotejo.store.models import Outbox

    known = assemble(home).unit.partner(partner)
    assert known is not None
    asked = [("GET", "/", b""), ("GET", MESSAGES, b""), ("POST", MESSAGES, b""), ("POST", MESSAGES, NOISE)]
    asked += [("PUT", f"{PARTS}{'0' * 64}", NOISE)]
    names = [f"{method} {path}" for method, path, _ in asked]
    told = Outbox.objects.filter(partner=partner, state="receipted").exclude(kind__in=ABOUT_THE_LINE)
    for row in told.order_by("seq"):
        asked.append(("POST", MESSAGES, bytes(row.body)))
        names.append(f"again {row.kind}")
    heard = []
    with Wire(home=home, partner=read_key_document(known.key_document)) as wire:
        for name, (method, path, body) in zip(names, asked, strict=True):
            answer = wire._client.request(method, path, content=body)
            shown = ((key, value) for key, value in answer.headers.items() if key.lower() not in {"date", "connection"})
            headers = sorted(f"{key}: {value}" for key, value in shown)
            heard.append([name, answer.status_code, headers, len(answer.content)])
    return heard


# At a receiver


def review(home: Home, *, request: str, what: str) -> dict[str, Any]:
    """Let something happen to a request here: one of `HAPPENS`."""
    from cotejo.actions.laws import REVIEW
    from cotejo.node.assembly import assemble

    unit = assemble(home).unit
    stream = unit.lookup("review.request", f"alba/{request}")[0]
    HAPPENS[what](home, unit, stream, lambda *steps: must(home, REVIEW, stream, steps))
    return {"acts": len(unit.entries(stream))}


def refused(home: Home, *, request: str, what: str) -> dict[str, Any]:
    """Try one officer's step on a request here and give the codes against it; empty when it was done."""
    from cotejo.actions.laws import REVIEW
    from cotejo.actions.perform import perform
    from cotejo.node.assembly import assemble
    from cotejo.rules import review_commands as ask
    from cotejo.rules.acts import Refused
    from cotejo.rules.purposes import Purpose
    from cotejo.rules.review_words import Outcome
    from cotejo.simulation import invented_review as desk

    unit = assemble(home).unit
    stream = unit.lookup("review.request", f"alba/{request}")[0]
    who, command = {
        "open": (desk.INTAKE, ask.OpenReview()),
        "act": desk.decide(),
        "leave": desk.decide(Outcome.NOT_ACT),
    }[what]
    done = perform(REVIEW, unit, stream, command, who=who, purpose=Purpose.DECISION, now=now())
    return {"codes": list(done.codes) if isinstance(done, Refused) else []}


def _protected(_home: Home, _unit: Any, _stream: Any, must: Any) -> None:
    """Find a protection order at the first look; then everybody who may places a hold of every kind."""
    from cotejo.rules import review_commands as ask
    from cotejo.rules.holds import HoldKind, ProtectionGround
    from cotejo.rules.review_words import Citizenship, Protection
    from cotejo.simulation import invented_review as desk

    stop = ask.RecordProtectionCheck(candidates=(), result=Protection.STOP, ground=ProtectionGround.ASYLUM, feared="SV")
    must((desk.INTAKE, ask.OpenReview()), (desk.PROTECTION, stop))
    must((desk.NATIONALITY, ask.RecordNationality(found=Citizenship.CLAIM, sources=())))
    for kind in HoldKind:
        if kind is not HoldKind.COMPLAINT:
            ground = ProtectionGround.STATED_FEAR if kind is HoldKind.PROTECTION else None
            must((desk.LEGAL, ask.PlaceHold(kind=kind, grounds="Told at the desk.", ground=ground, feared="SV")))


def _court_order(_home: Home, _unit: Any, _stream: Any, must: Any) -> None:
    """Freeze the case by a court order."""
    from cotejo.rules import review_commands as ask
    from cotejo.simulation import invented_review as desk

    must((desk.GUARD, ask.RegisterCourtOrder(court="District Court", number="26-9")))


def _decided(_home: Home, unit: Any, stream: Any, must: Any) -> None:
    """Go the whole path up to a decision to act."""
    from cotejo.actions.register import compared, search_register
    from cotejo.rules.cases import state_of
    from cotejo.rules.review_words import Sameness
    from cotejo.simulation import invented_review as desk

    package = state_of(stream.kind, unit.entries(stream)).package
    found = [compared(each) for each in search_register(unit, package.subject, package.request).candidates]
    tokens = tuple(each.candidate for each in found)
    must(*desk.begin(), *desk.search(tokens, set_aside=0, as_of=hand.today()))
    for each in found:
        same = bool(each.agreeing)
        must(*desk.identity(each, says=Sameness.SAME if same else Sameness.NOT_SAME))
    papers = desk.receiver_papers("two receivers")
    for content in papers.values():
        unit.documents.put(content, unit=stream)
    agreed = tuple(each.candidate for each in found if each.agreeing)
    must(*desk.review(package.version, papers, day=hand.today()), desk.check_protection(agreed), desk.decide())


def _signed_dispute(_home: Home, unit: Any, stream: Any, must: Any) -> None:
    """Let the person, served and heard, sign what they dispute; protection lets it leave."""
    from cotejo.rules import review_commands as ask
    from cotejo.rules.acts import NewAct, Plan
    from cotejo.rules.cases import state_of
    from cotejo.rules.dispute_words import DisputedBy, PersonSigned
    from cotejo.rules.disputing import RecordSignedDispute, SendSignedDispute
    from cotejo.rules.purposes import Purpose
    from cotejo.rules.review_acts import CopyServed, Searched
    from cotejo.rules.review_words import Protection
    from cotejo.simulation import invented_review as desk

    package, today = state_of(stream.kind, unit.entries(stream)).package, hand.today()
    paper = unit.documents.put(b"%PDF an invented paper with a signature", unit=stream)
    served = CopyServed(
        version=package.version,
        served_on=today,
        languages=("es",),
        document=paper,
        counsel="R. Alder",
        interpreter="M. Faro",
        heard_on=today,
        statement_document=paper,
        by=desk.CUSTODY,
    )
    searched = Searched(
        candidates=(), further=(), set_aside=0, register_as_of=today, model="m", model_digest="d", by=desk.PROTECTION
    )
    plan = Plan(acts=tuple(NewAct(stream=stream, act=each) for each in (searched, served)))
    unit.commit(plan, who=desk.CUSTODY, purpose=Purpose.DECISION, now=now())
    signed = PersonSigned(document=paper, counsel="R. Alder", warned_on=today)
    must(
        (desk.PROTECTION, ask.RecordProtectionCheck(candidates=(), result=Protection.NOTHING_REGISTERED)),
        (desk.LEGAL, RecordSignedDispute(stated=disputed(package, DisputedBy.PERSON), signed=signed)),
        (desk.PROTECTION, SendSignedDispute()),
    )


HAPPENS = {
    "protected": _protected,
    "court order": _court_order,
    "decided": _decided,
    "signed dispute": _signed_dispute,
}


def toward(home: Home, *, partner: str) -> dict[str, Any]:
    """Give everything this node's line to a partner holds: its outbox, its receipts, its link log, its agreement.

    As of one moment: what goes out or comes in meanwhile is in all of it, or in nothing.
    """
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _toward(home, partner)


def agreement_of(fields: dict[str, Any]) -> Any:
    """Return the agreement that `toward` gave, as it was."""
    from cotejo.rules.agreement import Agreement, HandoverTerms, Lifetimes, RenewableAgreement

    form = RenewableAgreement if "replaces" in fields else Agreement
    return form(
        **fields | {"lifetimes": Lifetimes(**fields["lifetimes"]), "handover": HandoverTerms(**fields["handover"])}
    )


def _toward(home: Home, partner: str) -> dict[str, Any]:
    from cotejo.node.assembly import assemble
    from cotejo.store.models import Inbox, LinkLeaf, Outbox

    known = assemble(home).unit.partner(partner)
    assert known is not None
    leaves = list(LinkLeaf.objects.filter(partner=partner).order_by("index"))
    sent = Outbox.objects.filter(partner=partner).order_by("seq")
    taken = Inbox.objects.filter(partner=partner).order_by("seq")
    kinds = {row.mid: row.kind for row in (*sent, *taken)}
    return {
        "agreement": asdict(known.terms(now())),
        "outbox": [
            {name: getattr(row, name) for name in ("kind", "request", "at", "queued_at")}
            | {"body": bytes(row.body).hex()}
            for row in sent
        ],
        "inbox": [
            {
                "mid": row.mid,
                "kind": row.kind,
                "outcome": row.outcome,
                "at": row.at,
                "receipt": bytes(row.receipt).hex(),
            }
            for row in taken
        ],
        "link": [{"kind": kinds[row.mid], "outgoing": row.outgoing} for row in leaves],
    }


MORE = {
    each.__name__: each
    for each in (
        write_register,
        origin_says,
        refused_sending,
        opened,
        knock,
        review,
        refused,
        toward,
    )
}

if __name__ == "__main__":
    hand.COMMANDS.update(lines.MORE)
    hand.COMMANDS.update(MORE)
    hand.main(Path(sys.argv[1]))
