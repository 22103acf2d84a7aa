"""Addresses of the review. Ids only: addresses end in histories."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex` and `hash`
from cotejo.doors.web.review import compare, contested, court_order, onward, papers, views

app_name = "review"
urlpatterns = [
    path("court-order/", court_order.register, name="court_order"),
    path("contested/", contested.listed, name="contested"),
    path("contested/<slug:review>/", contested.case, name="contested_case"),
    path("<slug:review>/", views.case, name="case"),
    path("<slug:review>/document/<hash:sha256>/", papers.document, name="document"),
    path("<slug:review>/history/", views.history, name="history"),
    path("<slug:review>/copies/", onward.copies, name="copies"),
    path("<slug:review>/copy/<slug:language>/", views.copy, name="copy"),
    path("<slug:review>/certificate/<slug:language>/", views.certificate, name="certificate"),
    path("<slug:review>/identity/", compare.possible, name="identity"),
    path("<slug:review>/identity/<slug:token>/", compare.answer, name="answer"),
    path("<slug:review>/lift/<int:hold>/", views.lift, name="lift"),
    path("<slug:review>/<slug:name>/", views.step, name="step"),
]
