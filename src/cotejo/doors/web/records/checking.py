"""The checking queue, and one statement beside its documents.

1. A statement waits for an officer of another unit or chain than everybody whose work it rests on; others see it greyed
   out with the reason (I1).
2. A check names the version that was on the page; there is no way to check several at once.
3. The queue is paged by files, in the database, the longest wait first: a page opens the files it shows and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cotejo.actions.laws import PERSON
from cotejo.doors.web.base.acting import Acting, acting
from cotejo.doors.web.base.asking import ask
from cotejo.doors.web.records.case import Case, load_file, officers_named, person_stream, read_file
from cotejo.doors.web.records.forms_check import CheckForm, ReturnForm
from cotejo.doors.web.records.views import A_PAGE
from cotejo.rules.acts import Millis, Reason, Refused, StreamKind
from cotejo.rules.claims import Claim, ClaimState
from cotejo.rules.duties import Duty
from cotejo.rules.duties import Officer as ActingOfficer
from cotejo.rules.package import Identifier
from cotejo.rules.person import rests_on
from cotejo.rules.person_commands import VerifyIdentifier
from cotejo.rules.words import Text
from cotejo.store.models import WaitingRow

WAITING_STEPS: Final = ("person.claims_to_check", "person.identifiers_to_verify")
OWN: Final = Text("Not you: you recorded part of it.", "Usted no: registró una parte.")
SAME_OFFICE: Final = Text(
    "Not you: same unit and chain of command as who recorded.", "Usted no: misma unidad y línea de mando que registró."
)

RETURNED: Final = _("Returned to who recorded it.")
CHECKED: Final = _("Checked against the document.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """One line of the queue; `barred` says why the reader may not check it, empty when they may.

    A number is found by its `place` in the file, from one.
    """

    case: Case
    claim: Claim | None = None
    number: Identifier | None = None
    place: int = 0
    since: Millis
    barred: Text | None


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits to be held beside its document, the oldest first."""
    desk = acting(request, Duty.CHECKER)
    desk.read("person", "page:checking")
    rows = WaitingRow.objects.filter(step__in=WAITING_STEPS, card__stream_kind=StreamKind.PERSON)
    files = rows.values_list("card__stream_id").annotate(first=Min("since")).order_by("first", "card__stream_id")
    page = Paginator(files, A_PAGE).get_page(request.GET.get("page"))
    lines = [line for person, _ in page.object_list for line in _waiting(desk, person)]
    return render(request, "records/queue.html", {"page": page, "lines": lines})


def _waiting(desk: Acting, person: str) -> Iterator[Waits]:
    """Yield what waits in one file."""
    case = load_file(desk, person_stream(person))
    for claim in case.file.claims:
        if claim.state is ClaimState.DRAFT:
            yield Waits(case=case, claim=claim, since=claim.recorded_at, barred=barred_from(case, claim, desk.who))
    for place, number in enumerate(case.file.subject.identifiers, start=1):
        if not number.verified:
            barred = _why_not(desk.who, case.file.authors(("subject",)))
            yield Waits(case=case, number=number, place=place, since=case.file.opened_at, barred=barred)


def barred_from(case: Case, claim: Claim, who: ActingOfficer) -> Text | None:
    """Say why this officer may not check this claim, or nothing when they may."""
    return _why_not(who, (claim.recorder, *case.file.authors(rests_on(claim))))


def _why_not(who: ActingOfficer, writers: tuple[ActingOfficer, ...]) -> Text | None:
    if any(each.id == who.id for each in writers):
        return OWN
    return SAME_OFFICE if any(not who.independent_of(each) for each in writers) else None


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, person: str, claim: str) -> HttpResponse:
    """Show a statement beside its documents; check it, or return it with a reason."""
    desk = acting(request, Duty.CHECKER)
    case = read_file(desk, person)
    found = case.file.claim(claim)
    if found is None:
        raise Http404
    returning = "why" in request.POST
    checking = _form(CheckForm, request, case, claim, bound=request.method == "POST" and not returning)
    back = _form(ReturnForm, request, case, claim, bound=returning)
    asked = back if returning else checking
    if request.method == "POST" and ask(desk, PERSON, case.stream, asked) is not None:
        messages.success(
            request, gettext("Returned to who recorded it.") if returning else gettext("Checked against the document.")
        )
        return redirect("records:queue")
    words = {
        "case": case,
        "statement": case.statement(found),
        "recorder": officers_named([found.recorder.id]).get(found.recorder.id),
        "barred": barred_from(case, found, desk.who),
        "checking": checking,
        "returning": back,
        "asked": asked,
    }
    return render(request, "records/check.html", words, status=422 if asked.errors else 200)


def _form(kind: type[CheckForm], request: HttpRequest, case: Case, claim: str, *, bound: bool) -> CheckForm:
    return kind(request.POST if bound else None, file=case.file, thing=claim)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, person: str, n: int) -> HttpResponse:
    """Show a document number beside its document; say that they agree."""
    desk = acting(request, Duty.CHECKER)
    case = read_file(desk, person)
    if not 1 <= n <= len(case.numbers):
        raise Http404
    number = case.numbers[n - 1]
    refused: tuple[Reason, ...] = ()
    if request.method == "POST":
        told = VerifyIdentifier(kind=number.identifier.kind, value=number.identifier.value)
        answer = desk.perform(PERSON, case.stream, told)
        if not isinstance(answer, Refused):
            messages.success(request, gettext("The number is held to agree with its document."))
            return redirect("records:queue")
        refused = answer.reasons
    barred = _why_not(desk.who, case.file.authors(("subject",)))
    words = {"case": case, "number": number, "n": n, "refused": refused, "barred": barred}
    return render(request, "records/verify.html", words, status=422 if refused else 200)
