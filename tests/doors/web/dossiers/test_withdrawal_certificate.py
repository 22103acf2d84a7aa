"""The certificate of a withdrawal on the origin's pages: only of what was withdrawn, noted, in two languages."""

import io
import re

from pypdf import PdfReader

from cotejo.actions.laws import DOSSIER
from cotejo.actions.perform import perform
from cotejo.rules import dossier_commands as ask
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.dossier_words import WithdrawalReason
from cotejo.rules.duties import Duty, PartnerNode
from cotejo.rules.purposes import Purpose
from cotejo.store.models import Trace
from tests.pages import signed_in


def words_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_f51_the_page_and_the_paper_say_when_every_holder_has_swept_and_name_none(house):
    case = house.case(until="sent")
    stream = Stream(StreamKind.DOSSIER, case.dossier)
    client = signed_in(house.people[Duty.CERTIFIER], language="en")
    address = f"/dossiers/{case.dossier}/withdrawal"
    assert client.get(f"{address}/en/").status_code == 404

    house.do(stream, ask.Withdraw(reason=WithdrawalReason.ACQUITTED), Duty.CERTIFIER)
    assert "not shown yet" in words_of(client.get(f"{address}/en/"))
    who = PartnerNode(name="boreal")
    told = perform(
        DOSSIER, house.unit, stream, ask.RecordSweep(version=1), who=who, purpose=Purpose.EXCHANGE, now=house.clock.now
    )
    assert not isinstance(told, Refused)
    page = client.get(f"/dossiers/{case.dossier}/").content.decode()
    assert "Every holder has swept its copies" in re.sub(r"\s+", " ", page)
    assert f"{address}/es/" in page
    assert "fuera de uso" in words_of(client.get(f"{address}/es/"))
    assert client.get(f"{address}/fr/").status_code == 404
    assert Trace.objects.filter(subject=f"{stream}:withdrawal").count() >= 2
