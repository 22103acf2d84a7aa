"""The staff's pages: sign-in, my referrals, a new referral, its steps and its withdrawal at the desk."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cotejo_prevention import programmes, referrals, staff
from cotejo_prevention.pages import certificate_page, day, home, in_language, moment, page
from cotejo_prevention.referrals import NEXT, Consent, ConsentBy, State, Wanted
from cotejo_prevention.staff import Worker
from cotejo_prevention.words import CONSENT, texts

LONGEST_TEXT = 200
_P = ParamSpec("_P")


def for_staff(view: Callable[Concatenate[HttpRequest, str, Worker, _P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run only with a session of this installation; otherwise lead to the sign-in page."""

    @wraps(view)
    def checked(request: HttpRequest, language: str, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        session = request.session
        worker = staff.by_session(home(), str(session.get("worker", "")), str(session.get("era", "")))
        if worker is None:
            session.flush()
            return redirect("sign_in", language=language)
        return view(request, language, worker, *args, **kwargs)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for name and password of this installation."""
    if request.method != "POST":
        return page(request, language, "sign_in.html")
    worker = staff.sign_in(home(), request.POST.get("name", ""), request.POST.get("password", ""), now=moment())
    if worker is None:
        return page(request, language, "sign_in.html", {"wrong": True}, status=422)
    request.session.flush()
    request.session.update({"worker": worker.id, "era": worker.era})
    return redirect("mine", language=language)


@require_POST
@for_staff
def sign_out(request: HttpRequest, language: str, worker: Worker) -> HttpResponse:
    """End every session of this worker."""
    staff.sign_out(home(), worker)
    request.session.flush()
    return redirect("directory", language=language)


@require_safe
@for_staff
def mine(request: HttpRequest, language: str, worker: Worker) -> HttpResponse:
    """List the worker's own referrals."""
    names, say = _programme_names(language), texts(language)
    rows = [
        {
            "id": each.id,
            "name": each.wanted.name,
            "programme": names.get(each.wanted.programme, each.wanted.programme),
            "state": say[f"state_{each.state}"],
            "made": day(each.made),
        }
        for each in referrals.mine(home(), worker)
    ]
    return page(request, language, "mine.html", {"worker": worker, "referrals": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new(request: HttpRequest, language: str, worker: Worker) -> HttpResponse:
    """Make a referral: every problem of the form is told at once, and nothing is stored until there is none."""
    offered = [in_language(each, language) for each in programmes.read(home().programmes)]
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        codes = {str(each["code"]) for each in offered}
        now = moment()
        wanted, problems = read_form(request.POST, language, codes, worker, now=now)
        if wanted is not None:
            code = referrals.make(home(), worker, wanted, now=now)
            return page(request, language, "made.html", {"worker": worker, "code": code})
    context = {
        "worker": worker,
        "programmes": offered,
        "problems": [(field, texts(language)[sentence]) for field, sentence in problems],
        "wrong": {field for field, _ in problems},
        "given": request.POST,
        "words": CONSENT[language],
        "words_hash": _hash(CONSENT[language]),
    }
    return page(request, language, "new.html", context, status=422 if problems else 200)


@require_safe
@for_staff
def one(request: HttpRequest, language: str, worker: Worker, referral_id: str) -> HttpResponse:
    """Show one of the worker's own referrals, with its recorded consent."""
    return _one_page(request, language, worker, referral_id)


@require_POST
@for_staff
def move_on(request: HttpRequest, language: str, worker: Worker, referral_id: str) -> HttpResponse:
    """Record that help started, or was completed."""
    to = request.POST.get("to", "")
    if to not in set(State) or not referrals.move_on(home(), worker, referral_id, State(to), now=moment()):
        raise Http404
    return redirect("one", language=language, referral_id=referral_id)


@require_POST
@for_staff
def withdraw(request: HttpRequest, language: str, worker: Worker, referral_id: str) -> HttpResponse:
    """Erase everything, because the person asked for it at the desk."""
    if request.POST.get("sure") != "yes":
        return _one_page(request, language, worker, referral_id, unsure=True)
    if referrals.one(home(), worker, referral_id) is None:
        raise Http404
    certificate = referrals.withdraw(home(), referral_id, now=moment())
    if certificate is None:
        raise Http404
    return certificate_page(request, language, certificate)


def read_form(
    given: QueryDict, language: str, codes: set[str], worker: Worker, *, now: int
) -> tuple[Wanted | None, list[tuple[str, str]]]:
    """Read the referral a form asks for, or every problem as (field, name of the sentence)."""
    written = {field: given.get(field, "").strip() for field in ("name", "reach", "spoken_in")}
    by = given.get("consent_by", "")
    problems = []
    if not written["name"]:
        problems.append(("name", "no_name"))
    problems += [(field, "too_long") for field, text in written.items() if len(text) > LONGEST_TEXT]
    if given.get("programme") not in codes:
        problems.append(("programme", "no_programme"))
    if by not in set(ConsentBy):
        problems.append(("consent_by", "no_consent_by"))
    if given.get("consent") != "yes":
        problems.append(("consent", "no_consent"))
    if given.get("words_hash") != _hash(CONSENT[language]):
        problems.append(("consent", "other_words"))
    if problems:
        return None, problems
    consent = Consent(
        by=ConsentBy(by),
        given=now,
        recorded_by=worker.name,
        language=language,
        words=CONSENT[language],
        spoken_in=written["spoken_in"],
    )
    return Wanted(
        name=written["name"], reach=written["reach"], programme=given.get("programme", ""), consent=consent
    ), []


def _one_page(
    request: HttpRequest, language: str, worker: Worker, referral_id: str, *, unsure: bool = False
) -> HttpResponse:
    referral = referrals.one(home(), worker, referral_id)
    if referral is None:
        raise Http404
    say, step = texts(language), NEXT.get(referral.state)
    context = {
        "worker": worker,
        "referral": referral,
        "programme": _programme_names(language).get(referral.wanted.programme, referral.wanted.programme),
        "state": say[f"state_{referral.state}"],
        "next": step,
        "to": say[f"to_{step}"] if step else "",
        "by": say[f"by_{referral.wanted.consent.by}"],
        "made": day(referral.made),
        "given": day(referral.wanted.consent.given),
        "unsure": unsure,
    }
    return page(request, language, "one.html", context, status=422 if unsure else 200)


def _programme_names(language: str) -> dict[str, str]:
    return {each.code: each.name[language] for each in programmes.read(home().programmes)}


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
