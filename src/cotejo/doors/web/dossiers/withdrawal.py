"""The certificate of a withdrawal, printed for whoever must show that a request is out of use (F51)."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cotejo.access.question import Verb
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.copies import READER, language_of_copy, shown_as_pdf
from cotejo.doors.web.dossiers.case import read_dossier
from cotejo.doors.web.dossiers.views import COPY_GIVERS
from cotejo.papers.withdrawal_certificate import WithdrawnRequest, withdrawal_certificate
from cotejo.rules.purposes import Purpose


@require_safe
def certificate(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """Print the certificate of a request that was sent and withdrawn."""
    desk = acting(request, *COPY_GIVERS, purpose=Purpose.REQUEST)
    spoken = language_of_copy(language)
    case = read_dossier(desk, dossier)
    found = case.dossier
    if found.withdrawn_for is None or not found.sent:
        raise Http404
    desk.read("dossier", f"{case.stream}:withdrawal", case=str(case.stream), verb=Verb.EXPORT)
    paper = withdrawal_certificate(
        WithdrawnRequest(
            request=found.request,
            origin=desk.unit.node,
            addressee=found.partner,
            reason=found.withdrawn_for,
            withdrawn_at=found.withdrawn_at,
            swept_at=found.swept_at,
        ),
        node=settings.COTEJO_NODE,
        reader=READER.in_language(spoken),
        made_at=dt.datetime.fromtimestamp(desk.now // 1000, dt.UTC).isoformat(),
        language=spoken,
        invented=desk.unit.world == "invented",
    )
    return shown_as_pdf(paper, f"withdrawn-{case.number}-{spoken}")
