"""Authorising: exactly what the other side will see, from the very bytes that are authorised, and their SHA-256.

1. The page is made from bytes that are read back, with the receiver's own pieces; nothing is shown that is not in them.
2. What was read is named by its hash in the form; when the file has changed since, nothing is sent and the page is
   shown anew.
3. The signature, its time and the place in the status list are added when it leaves; a sent version shows that its
   content is what was authorised.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import DOSSIER
from cotejo.doors.web.base.acting import acting
from cotejo.doors.web.base.asking import ask
from cotejo.doors.web.base.spoken import page_language
from cotejo.doors.web.dossiers.case import READERS, Case, content_bytes, count_of, fingerprint, read_dossier
from cotejo.doors.web.dossiers.forms_after import CorrectForm, SendForm, SupplementForm
from cotejo.doors.web.dossiers.steps import METHODS, keeping
from cotejo.doors.web.inbox.documents import Cited, cited
from cotejo.doors.web.inbox.views import quoted_in, sections_of
from cotejo.papers import contents
from cotejo.papers.paper import Section
from cotejo.proof import records
from cotejo.rules.assemble import changes_between
from cotejo.rules.dates import day_of
from cotejo.rules.duties import Duty
from cotejo.rules.package import Package
from cotejo.rules.purposes import Purpose
from cotejo.rules.vocabulary import words_of
from cotejo.rules.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A package as the other side will see it, made from its bytes."""

    package: Package
    sha256: str
    size: int
    for_the_person: Section
    sections: tuple[Section, ...]
    documents: tuple[Cited, ...]
    undertakings: tuple[Text, ...]
    quoted_in: str


def preview_of(case: Case, package: Package) -> Preview:
    """Read the bytes of what is authorised back, and show what is in them."""
    content = content_bytes(package)
    read = records.decode(content, Package)
    language = page_language()
    return Preview(
        package=read,
        sha256=fingerprint(content),
        size=len(content),
        for_the_person=contents.for_the_person(read, language),
        sections=sections_of(read, language, as_of=day_of(case.acting.now)),
        documents=cited(read, case.facts.documents_here),
        undertakings=tuple(words_of(each) for each in read.undertakings),
        quoted_in=quoted_in(read),
    )


@require_http_methods(METHODS)
def sending(request: HttpRequest, dossier: str) -> HttpResponse:
    """Show what would leave now; authorise exactly that."""
    desk = acting(request, Duty.AUTHORISER, *READERS, purpose=Purpose.REQUEST)
    if request.method == "POST":
        desk = acting(request, Duty.AUTHORISER, purpose=Purpose.REQUEST)
    case = read_dossier(desk, dossier)
    authorises = desk.who.duty is Duty.AUTHORISER
    package = case.package(desk.who if authorises else None)
    preview = preview_of(case, package)
    kind = _kind(case)
    form = kind(_sent(request, preview), keep=keeping(case), case=case)
    moved = request.method == "POST" and request.POST.get("read") != preview.sha256
    if moved:
        form.add_error(None, _("The file changed since you read it. Nothing was sent. Read it again, then authorise."))
    elif request.method == "POST" and ask(desk, DOSSIER, case.stream, form) is not None:
        messages.success(request, _("Sent. The receipt of the other side appears here."))
        return redirect("dossiers:builder", dossier=dossier)
    gates = case.gates(desk.who if authorises else None)
    latest = case.dossier.latest
    shown = {
        "case": case,
        "form": form,
        "preview": preview,
        "gates": gates,
        "count": count_of(gates),
        "authorises": authorises and case.dossier.live,
        "changes": changes_between(latest.package, package) if latest else (),
        "route": words_of(package.route),
        "category": words_of(package.category),
    }
    return render(request, "dossiers/sending.html", shown, status=422 if form.errors else 200)


def _kind(case: Case) -> type[SendForm]:
    if case.dossier.questions:
        return SupplementForm
    return CorrectForm if case.dossier.sent and not case.dossier.never_taken else SendForm


def _sent(request: HttpRequest, preview: Preview) -> dict[str, str] | None:
    """Return what was sent, always with the hash of what is shown now, so that the next try names what was read."""
    return {**request.POST.dict(), "read": preview.sha256} if request.method == "POST" else None


@require_safe
def version(request: HttpRequest, dossier: str, n: int) -> HttpResponse:
    """Show a version exactly as it left."""
    case = read_dossier(acting(request, *READERS, purpose=Purpose.REQUEST), dossier)
    sent = next((each for each in case.dossier.sent if each.version == n), None)
    if sent is None:
        raise Http404
    shown = {
        "case": case,
        "sent": sent,
        "preview": preview_of(case, sent.package),
        "whole": fingerprint(records.encode(sent.package)),
        "route": words_of(sent.package.route),
        "category": words_of(sent.package.category),
    }
    return render(request, "dossiers/version.html", shown)
