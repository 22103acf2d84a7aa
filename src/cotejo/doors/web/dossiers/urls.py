"""Addresses of the requests; ids only, because addresses end in histories."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex` and `hash`
from cotejo.doors.web.dossiers import disputed, line, sending, steps, views, wish, withdrawal

app_name = "dossiers"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/<hex:person>/", steps.new, name="new"),
    path("outside/", wish.wish, name="wish"),
    path("outside/letter/", wish.letter, name="letter"),
    path("lines/", line.lines, name="lines"),
    path("lines/<hex:dossier>/", line.line, name="line"),
    path("lines/<hex:dossier>/<slug:step>/", line.step, name="line_step"),
    path("<hex:dossier>/", views.builder, name="builder"),
    path("<hex:dossier>/dispute/<hash:sha256>/", disputed.paper, name="dispute"),
    path("<hex:dossier>/history/", views.history, name="history"),
    path("<hex:dossier>/sending/", sending.sending, name="sending"),
    path("<hex:dossier>/version/<int:n>/", sending.version, name="version"),
    path("<hex:dossier>/copy/<slug:language>/", views.copy, name="copy"),
    path("<hex:dossier>/certificate/<slug:language>/", views.certificate, name="certificate"),
    path("<hex:dossier>/withdrawal/<slug:language>/", withdrawal.certificate, name="withdrawal"),
    path("<hex:dossier>/step/<slug:step>/", steps.step, name="step"),
]
