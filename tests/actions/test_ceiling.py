"""The ceiling of a month is held by the origin as well, counted from what it told."""

from cotejo.rules import dossier_commands as origin
from cotejo.rules.acts import Refused, StreamKind
from cotejo.rules.purposes import Purpose
from cotejo.simulation.invented import AUTHORISER
from tests.builders.line import Link


def test_f36_the_origin_itself_stops_at_the_agreed_number_of_requests_a_month():
    link = Link(ceiling_per_month=1)
    link.case(1)
    another = link.case(2, send=False)
    done = link.alba.act(
        StreamKind.DOSSIER,
        another.dossier,
        origin.AuthoriseSending(),
        who=AUTHORISER,
        purpose=Purpose.REQUEST,
        now=link.now,
    )
    assert isinstance(done, Refused)
    assert any("ceiling" in code for code in done.codes), done.codes
