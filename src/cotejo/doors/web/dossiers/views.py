"""Reading requests: the list, the builder with its steps and checks, the history, the copy for the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from cotejo.access.question import Verb
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.addresses import whole_number
from cotejo.doors.web.base.copies import language_of_copy, printed_certificate, printed_copy, without_office
from cotejo.doors.web.dossiers import disputed
from cotejo.doors.web.dossiers.case import READERS, Case, count_of, dossier_stream, read_dossier
from cotejo.doors.web.records.history import lines_of
from cotejo.papers.erasure_certificate import ErasedRequest
from cotejo.rules.acts import GateState, StreamKind
from cotejo.rules.dossier import unanswered
from cotejo.rules.dossier_words import DossierState
from cotejo.rules.duties import Duty
from cotejo.rules.facts import Ground, Undertaking
from cotejo.rules.purposes import Purpose
from cotejo.rules.words import Text
from cotejo.store.models import CardRow
from cotejo.store.people import Officer

A_PAGE: Final = 25
COPY_GIVERS: Final = (Duty.CERTIFIER, Duty.AUTHORISER)
"""Who may print the copy for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One numbered step of the builder: what stands in it, whether it is done, and where the reader can take it."""

    title: Text
    told: Text
    done: bool
    duty: Duty
    step: str
    mine: bool


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List requests, by state."""
    desk = acting(request, *READERS, purpose=Purpose.REQUEST)
    desk.read("dossier", "page:dossiers")
    state = request.GET.get("state", "")
    cards = CardRow.objects.filter(stream_kind=StreamKind.DOSSIER).order_by("-updated", "-number")
    if state in set(DossierState):
        cards = cards.filter(state=state)
    number = request.GET.get("number", "").strip().lstrip("#")
    if number:
        cards = cards.filter(number=whole_number(number))
    page = Paginator(cards, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"card": card, "state": DossierState(card.state), "route": card.route} for card in page.object_list]
    shown = {"page": page, "rows": rows, "states": list(DossierState), "state": state, "number": number}
    return render(request, "dossiers/list.html", shown)


@require_safe
def builder(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show a request: its steps and checks while it is prepared, what came back once it left."""
    case = read_dossier(acting(request, *READERS, purpose=Purpose.REQUEST), dossier)
    held = request.user.duties if isinstance(request.user, Officer) else []
    if case.dossier.erased:
        return render(request, "dossiers/erased.html", {"case": case, "erasing": case.dossier.erasing, "held": held})
    gates = case.gates() if case.preparing else ()
    shown = {
        "case": case,
        "dossier": case.dossier,
        "steps": list(_steps(case, frozenset(held))) if case.preparing else [],
        "left": [each for each in gates if each.state is not GateState.PASSED],
        "passed": [each for each in gates if each.state is GateState.PASSED],
        "count": count_of(gates),
        "held": held,
        "agreement": case.facts.agreement,
        "disputed": disputed.shown(case),
    }
    return render(request, "dossiers/builder.html", shown)


def _steps(case: Case, held: frozenset[str]) -> Iterator[Shown]:
    dossier, notice = case.dossier, case.dossier.notice
    answered = len(Ground) - len(unanswered(dossier))
    told = notice is not None and (bool(notice.given_on) or notice.countersigned is not None)
    rows = (
        (
            Text("Statements", "Afirmaciones"),
            Text(f"chosen: {len(dossier.pinned)}", f"elegidas: {len(dossier.pinned)}"),
            bool(dossier.pinned) and not case.outdated,
            Duty.RECORDER,
            "statements",
        ),
        (
            Text("Alleged acts and court case", "Hechos atribuidos y causa"),
            Text(f"chosen: {len(dossier.alleged)}", f"elegidos: {len(dossier.alleged)}"),
            bool(dossier.alleged),
            Duty.RECORDER,
            "acts",
        ),
        (
            Text("Grounds for refusing", "Causales de denegación"),
            Text(f"{answered} of {len(Ground)} answered", f"{answered} de {len(Ground)} contestadas"),
            answered == len(Ground),
            Duty.CERTIFIER,
            "grounds",
        ),
        (
            Text("Undertakings", "Compromisos"),
            Text(
                f"{len(dossier.undertakings)} of {len(Undertaking)} signed",
                f"{len(dossier.undertakings)} de {len(Undertaking)} firmados",
            ),
            len(dossier.undertakings) == len(Undertaking),
            Duty.CERTIFIER,
            "undertakings",
        ),
        (Text("The person was told", "Aviso a la persona"), _told_of(case), told, Duty.CERTIFIER, "notice"),
        (
            Text("Certificate", "Certificación"),
            Text("signed", "firmada") if dossier.certificate else Text("not signed yet", "todavía sin firma"),
            dossier.certificate is not None,
            Duty.CERTIFIER,
            "certificate",
        ),
    )
    for title, said, done, duty, step in rows:
        yield Shown(title=title, told=said, done=done, duty=duty, step=step, mine=duty in held)


def _told_of(case: Case) -> Text:
    notice = case.dossier.notice
    if notice is None:
        return Text("not recorded yet", "todavía sin registrar")
    if notice.given_on:
        return Text(f"on {notice.given_on}", f"el {notice.given_on}")
    if notice.countersigned is None:
        return Text("deferral waits for the countersignature", "aplazamiento a la espera de refrendo")
    return Text(f"put off until {notice.lapses_on}", f"aplazado hasta el {notice.lapses_on}")


@require_safe
def history(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what was done with a request, the newest first."""
    desk = acting(request, *READERS, purpose=Purpose.REQUEST)
    case = read_dossier(desk, dossier, subject=f"{dossier_stream(dossier)}:history")
    page = Paginator(lines_of(case.entries), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/history.html", {"case": case, "page": page})


@require_POST
def copy(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """Print the copy for the person and counsel, of the newest version or of what is prepared."""
    desk = acting(request, *COPY_GIVERS, purpose=Purpose.REQUEST)
    spoken = language_of_copy(language)
    case = read_dossier(desk, dossier)
    closed = without_office()
    if closed:
        return render(request, "dossiers/closed.html", {"case": case, "closed": closed}, status=409)
    stream = dossier_stream(dossier)
    desk.read("dossier", f"{stream}:copy", case=str(stream), verb=Verb.EXPORT)
    latest, terms = case.dossier.latest, case.facts.agreement
    package = latest.package if latest else case.package()
    recipients = (package.origin, package.addressee, *(terms.standing_recipients if terms else ()))
    stated, named = disputed.stated_in(case), f"copy-{case.number}"
    return printed_copy(desk, stream, package, recipients, language=spoken, name=named, disputed=stated)


@require_safe
def certificate(request: HttpRequest, dossier: str, language: str) -> HttpResponse:
    """Print the certificate that a request was erased here and with the partner."""
    desk = acting(request, *COPY_GIVERS, purpose=Purpose.RETENTION)
    spoken = language_of_copy(language)
    case = read_dossier(desk, dossier)
    erasing = case.dossier.erasing
    if erasing.basis is None:
        raise Http404
    desk.read("dossier", f"{case.stream}:certificate", case=str(case.stream), verb=Verb.EXPORT)
    partner = ((case.dossier.partner, erasing.certificate.since),) if erasing.certificate else ()
    erased = ErasedRequest(
        request=case.dossier.request,
        origin=desk.unit.node,
        basis=erasing.basis,
        holders=(*partner, (desk.unit.node, erasing.erased_at)),
        sealed_until=erasing.sealed_until,
    )
    return printed_certificate(desk, erased, language=spoken, name=f"erased-{case.number}")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return a paper to be shown or printed."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
