"""What is disputed of a request that left: shown with the case, each with its paper."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.documents import handed_out
from cotejo.doors.web.base.spoken import page_language
from cotejo.doors.web.dossiers.case import READERS, Case, dossier_stream, read_dossier
from cotejo.papers.disputes import disputes
from cotejo.papers.paper import Section
from cotejo.rules.dispute_words import Disputed
from cotejo.rules.dossier_acts import ClaimsDisputed
from cotejo.rules.purposes import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputesShown:
    """The disputes about the newest version in words, and the papers of all of them, each once (hex SHA-256)."""

    sections: tuple[Section, ...]
    papers: tuple[str, ...]


def stated_in(case: Case) -> tuple[Disputed, ...]:
    """Return every dispute of a request, oldest first."""
    return tuple(each.stated for each in case.dossier.disputes)


def shown(case: Case) -> DisputesShown:
    """Return what the page of a request shows of its disputes."""
    latest = case.dossier.latest
    sections = disputes(latest.package, stated_in(case), page_language()) if latest else ()
    return DisputesShown(sections=sections, papers=_papers(case))


def _papers(case: Case) -> tuple[str, ...]:
    named = (
        each.document if isinstance(each, ClaimsDisputed) else each.signed.document for each in case.dossier.disputes
    )
    return tuple(dict.fromkeys(named))


@require_safe
def paper(request: HttpRequest, dossier: str, sha256: str) -> HttpResponse:
    """Hand out the paper of a dispute."""
    desk = acting(request, *READERS, purpose=Purpose.REQUEST)
    case = read_dossier(desk, dossier, subject=f"{dossier_stream(dossier)}:dispute")
    if sha256 not in _papers(case) or not desk.unit.documents.has(sha256):
        raise Http404
    return handed_out(desk.unit.documents.get(sha256), f"{case.number}-{sha256[:8]}")
