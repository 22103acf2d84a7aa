"""An erased request on the receiver's pages: what is said, the certificate, and that nothing else is left."""

import re

from cotejo.actions.laws import REVIEW
from cotejo.actions.perform import perform
from cotejo.rules.acts import Refused, Stream, StreamKind
from cotejo.rules.duties import PartnerNode
from cotejo.rules.erasure_words import ErasureBasis
from cotejo.rules.purposes import Purpose
from cotejo.rules.review_commands import TakeErasure
from cotejo.store.models import Term
from cotejo.store.sealed_copies import make_oversight_key


def test_f59_i11_an_erased_request_shows_its_rule_its_certificate_and_nothing_of_the_person(house, people, review):
    stream = Stream(StreamKind.REVIEW, review)
    places = house.unit._places
    make_oversight_key(places.keys, places.for_oversight, bytes(range(32)))
    request = house.state(review).request
    command = TakeErasure(request=request, version=1, basis=ErasureBasis.WITHDRAWN, facts_token="f" * 32)
    done = perform(
        REVIEW,
        house.unit,
        stream,
        command,
        who=PartnerNode(name="alba"),
        purpose=Purpose.EXCHANGE,
        now=house.clock.now,
    )
    assert not isinstance(done, Refused), done
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", people.read("legal", f"/review/{review}/")))
    assert "The request was withdrawn" in page
    assert "Mejía" not in page
    assert people.at("legal").get(f"/review/{review}/certificate/es/").content.startswith(b"%PDF")
    people.read("legal", f"/review/{review}/history/")
    people.read("auditor", f"/review/{review}/certificate/es/", status=403)
    assert "The content was erased" in people.read("auditor", f"/oversight/gates/review/{review}/")
    assert not Term.objects.filter(stream_id=review).exists()
