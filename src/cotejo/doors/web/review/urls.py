"""Addresses of the review. Ids only: addresses end in histories."""

from django.urls import path

from cotejo.doors.web.review import compare, court_order, views

app_name = "review"
urlpatterns = [
    path("court-order/", court_order.register, name="court_order"),
    path("<slug:review>/", views.case, name="case"),
    path("<slug:review>/history/", views.history, name="history"),
    path("<slug:review>/copy/<slug:language>/", views.copy, name="copy"),
    path("<slug:review>/identity/", compare.possible, name="identity"),
    path("<slug:review>/identity/<slug:token>/", compare.answer, name="answer"),
    path("<slug:review>/lift/<int:hold>/", views.lift, name="lift"),
    path("<slug:review>/<slug:name>/", views.step, name="step"),
]
