"""A page with every shared piece on it, so that the pieces are looked at before a screen uses them."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from cotejo.doors.web.base.waiting import Line
from cotejo.node.urls import handler400, handler403, handler404, handler500
from cotejo.node.urls import urlpatterns as of_node
from cotejo.rules.acts import Reason, gate
from cotejo.rules.duties import Duty
from cotejo.rules.words import Text

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

NOW = 1_795_000_000_000
WARRANT = Reason(
    code="warrant-unknown",
    text=Text("The warrant's state is not known.", "No consta el estado de la orden."),
    remedy=Text("Ask the issuing court and attach its answer.", "Pregunte al tribunal y adjunte su respuesta."),
    field="warrant",
    clears=(Duty.RECORDER, Duty.CERTIFIER),
)
GATES = (
    gate("identity", Text("Two officers answered", "Dos oficiales respondieron"), (), rows=()),
    gate("warrant", Text("The warrant is in force", "La orden está vigente"), (WARRANT,), rows=(), stops=True),
    gate(
        "acquittal",
        Text("An acquittal is attached", "Consta una absolución"),
        (Reason(code="unread", text=Text("Nobody has read it.", "Nadie la ha leído.")),),
        rows=(),
        speaks_for=True,
    ),
)
LINES = [
    Line(
        label=Text(f"Request {number}", f"Solicitud {number}"),
        address="/",
        step=Text("Second identity answer", "Segunda respuesta de identidad"),
        duty=Duty.IDENTITY,
        since=NOW - number * 3_600_000,
        due=NOW if number % 2 else 0,
    )
    for number in (31, 32)
]
PAGE = """{% extends "base/page.html" %}
{% block title %}{{ name|in_words }}{% endblock %}
{% block content %}
<h1>{{ name|in_words }}</h1>
{% problems reasons %}
{% problems form %}
{% gates gates %}
<dl class="pairs">
  <div><dt>{{ birth|in_words }}</dt>
    <dd>{% documented "1991-04-02" document="EV-141" page=3 office="UC-2" at=now %}</dd></div>
  <div><dt>{{ birth|in_words }}</dt><dd>{% documented "" %}</dd></div>
</dl>
<form class="usa-form" method="post">{% csrf_token %}
{% field form.warrant %}{% field form.court %}{% field form.answer %}
{% field form.several %}{% field form.document %}
{% field form.sworn %}{% field form.reasons %}
</form>
{% pages page %}
{% endblock %}"""


class Specimen(forms.Form):
    """One field of every kind."""

    answers = (("same", "1"), ("other", "2"), ("unknown", "3"))
    warrant = forms.CharField(label="A")
    court = forms.ChoiceField(label="B", choices=answers)
    answer = forms.ChoiceField(label="C", choices=answers, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(label="G", choices=answers, widget=forms.CheckboxSelectMultiple)
    document = forms.FileField(label="H")
    sworn = forms.BooleanField(label="D", required=False)
    reasons = forms.CharField(label="E", widget=forms.Textarea(attrs={"rows": 3}), help_text="F")


def pieces(request: HttpRequest) -> HttpResponse:
    """Show every shared piece."""
    words = {
        "name": Text("Every piece", "Todas las piezas"),
        "birth": Text("Date of birth", "Fecha de nacimiento"),
        "reasons": [WARRANT, Text("No document is attached.", "No hay ningún documento adjunto.")],
        "form": Specimen({}),
        "gates": GATES,
        "now": NOW,
        "page": Paginator(range(1340), 25).page(2),
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(words, request))


def waiting(request: HttpRequest) -> HttpResponse:
    """Show a work page with something on it."""
    return render(request, "base/work.html", {"lines": LINES})


def broken(request: HttpRequest) -> HttpResponse:
    """Fail as a programming mistake does, with a name in its words."""
    raise RuntimeError("JUAN PÉREZ")


urlpatterns = [*of_node, path("pieces/", pieces), path("waiting/", waiting), path("broken/", broken)]
