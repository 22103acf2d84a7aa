"""The copy for the person and counsel as pages print it, at the origin and at the receiver (F64).

1. Each print is a copy of its own: it carries its own paper code, drawn now and kept nowhere (`actions.sealed_cards`),
   and the address of the redress office. So a copy is printed by sending a form, never by opening a link.
2. Without that address nothing is printed: a copy that does not say where to complain is none.
"""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpResponse

from cotejo.actions.sealed_cards import give_paper_code
from cotejo.doors.web.base.acting import Acting
from cotejo.papers.copy_for_person import Circulation, copy_for_person
from cotejo.papers.erasure_certificate import ErasedRequest, erasure_certificate
from cotejo.papers.paper import Paper
from cotejo.papers.printing import print_pdf
from cotejo.rules.acts import Reason, Stream
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.package import Package
from cotejo.rules.words import LANGUAGES, Language, Text
from cotejo.store.redress import PgRedressDoor

READER = Text("the person and counsel", "la persona y su defensa")
_NO_OFFICE = Reason(
    code="copy.no_office",
    text=Text(
        "This node does not know where people reach the redress office, so no copy can be printed.",
        "Este nodo no sabe dónde alcanza la gente la oficina de reparación; no se puede imprimir el traslado.",
    ),
    remedy=Text(
        "Ask the operator to name it: `cotejo check` says how.",
        "Pida a operación del sistema que la indique: `cotejo check` dice cómo.",
    ),
)


def language_of_copy(asked: str) -> Language:
    """Return the language a copy is asked for in. Raises `Http404` for one papers are not printed in."""
    for each in LANGUAGES:
        if each == asked:
            return each
    raise Http404


def without_office() -> tuple[Reason, ...]:
    """Say why no copy can be printed on this node; empty when it can."""
    return () if settings.COTEJO_REDRESS else (_NO_OFFICE,)


def printed_certificate(desk: Acting, erased: ErasedRequest, *, language: Language, name: str) -> HttpResponse:
    """Print the certificate of an erasure. The caller has asked and noted that it may leave."""
    paper = erasure_certificate(
        erased,
        node=settings.COTEJO_NODE,
        reader=READER.in_language(language),
        made_at=dt.datetime.fromtimestamp(desk.now // 1000, dt.UTC).isoformat(),
        language=language,
        invented=desk.unit.world == "invented",
    )
    return shown_as_pdf(paper, f"{name}-{language}")


def printed_copy(
    desk: Acting,
    stream: Stream,
    package: Package,
    recipients: Iterable[str],
    *,
    language: Language,
    name: str,
    disputed: Iterable[Disputed] = (),
) -> HttpResponse:
    """Print one copy with a paper code of its own. The caller has asked and noted that it may leave."""
    code = give_paper_code(desk.unit, PgRedressDoor(), stream, answers=settings.COTEJO_NODE, chance=secrets.token_bytes)
    paper = copy_for_person(
        package,
        Circulation(
            recipients=tuple(dict.fromkeys(recipients)), redress_address=settings.COTEJO_REDRESS, paper_code=code
        ),
        node=settings.COTEJO_NODE,
        reader=READER.in_language(language),
        made_at=dt.datetime.fromtimestamp(desk.now // 1000, dt.UTC).isoformat(),
        language=language,
        invented=desk.unit.world == "invented",
        disputed=tuple(disputed),
    )
    return shown_as_pdf(paper, f"{name}-{language}")


def shown_as_pdf(paper: Paper, name: str) -> HttpResponse:
    """Show a paper as a PDF in the browser."""
    return HttpResponse(
        print_pdf(paper),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
