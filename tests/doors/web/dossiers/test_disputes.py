"""Disputes on the origin's pages: told to every holder, and what the person signed at the partner (F53, F64, I12)."""

import html
import re

from cotejo.actions.laws import DOSSIER
from cotejo.actions.perform import perform
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.cases import state_of
from cotejo.rules.dispute_words import DisputeAsks, Disputed, DisputedBy, PersonSigned
from cotejo.rules.dossier_words import SuspensionCause
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.purposes import Purpose
from cotejo.store.models import Outbox
from tests.builders.receiving import pdf
from tests.pages import signed_in

WORDS = "The clinic has the person in a bed on that day."


def words_in(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def stream_of(case):
    return Stream(StreamKind.DOSSIER, case.dossier)


def dossier(house, case):
    return state_of(StreamKind.DOSSIER, house.unit.entries(stream_of(case)))


def claim_of(house, case):
    claim = dossier(house, case).latest.package.claims[0]
    return claim.id, claim.version


def test_f53_a_dispute_is_told_to_every_holder_and_stands_on_the_page_and_in_the_history(house):
    case = house.case(until="sent")
    address = f"/dossiers/{case.dossier}/step/dispute/"
    certifier = signed_in(house.people[Duty.CERTIFIER], language="en")
    assert "Tell the other side that statements are disputed" in words_in(certifier.get(f"/dossiers/{case.dossier}/"))
    empty = certifier.post(address, {})
    assert empty.status_code == 422
    said = words_in(empty)
    assert "At most 1000 characters." in said
    for problem in ("Choose the disputed statements", "Say what is disputed", "Give the day of the dispute"):
        assert problem in said
    assert "The paper of the dispute is not here." in said
    claim, version = claim_of(house, case)
    given = {
        "claims": [f"{claim}:{version}"],
        "by": "court",
        "on": "2026-11-20",
        "statement": WORDS,
        "asks": "weigh",
        "attached": pdf("ruling"),
    }
    answer = certifier.post(address, given)
    assert answer.status_code == 302, words_in(answer)
    assert Outbox.objects.filter(partner="boreal", kind="dispute").count() == 1
    assert not dossier(house, case).suspended_for
    page = words_in(signed_in(house.people[Duty.AUTHORISER], language="es").get(f"/dossiers/{case.dossier}/"))
    assert "Afirmaciones impugnadas" in page
    assert "un tribunal, 2026-11-20" in page
    assert WORDS in page
    assert "Every holder was told of a dispute." in words_in(certifier.get(f"/dossiers/{case.dossier}/history/"))
    [kept] = dossier(house, case).disputes
    paper = certifier.get(f"/dossiers/{case.dossier}/dispute/{kept.document}/")
    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert certifier.get(f"/dossiers/{case.dossier}/dispute/{'0' * 64}/").status_code == 404


def test_i12_what_the_person_signed_suspends_and_is_lifted_with_the_written_answer(house):
    case = house.case(until="sent")
    stated = Disputed(
        claims=(claim_of(house, case),),
        by=DisputedBy.PERSON,
        on="2026-11-26",
        statement=WORDS,
        asks=DisputeAsks.CORRECT,
    )
    content = b"%PDF-1.7 an invented signature"
    document = house.unit.documents.put(content, unit=stream_of(case))
    command = ask.TakeSignedDispute(
        version=1,
        stated=stated,
        signed=PersonSigned(document=document, counsel="A. Faro", warned_on="2026-11-25"),
        arrived=frozenset({document}),
    )
    done = perform(
        DOSSIER,
        house.unit,
        stream_of(case),
        command,
        who=PartnerNode(name="boreal"),
        purpose=Purpose.EXCHANGE,
        now=house.clock.now,
    )
    assert not isinstance(done, Refused), done
    assert dossier(house, case).suspended_for == (SuspensionCause.DISPUTED,)
    authoriser = signed_in(house.people[Duty.AUTHORISER], language="en")
    page = words_in(authoriser.get(f"/dossiers/{case.dossier}/"))
    assert WORDS in page
    assert "the person, 2026-11-26" in page
    assert authoriser.get(f"/dossiers/{case.dossier}/dispute/{document}/").status_code == 200
    lift = f"/dossiers/{case.dossier}/step/reinstatement/"
    assert "The written answer to the person is missing." in words_in(authoriser.post(lift, {"cause": "disputed"}))
    answer = authoriser.post(lift, {"cause": "disputed", "document": pdf("answer")})
    assert answer.status_code == 302, words_in(answer)
    assert not dossier(house, case).suspended_for
