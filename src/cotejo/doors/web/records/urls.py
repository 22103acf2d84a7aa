"""Addresses of the records; ids only, because addresses end in histories."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex` and `hash`
from cotejo.doors.web.records import checking, views, writing

app_name = "records"
urlpatterns = [
    path("", views.search, name="search"),
    path("new/", writing.new, name="new"),
    path("checking/", checking.queue, name="queue"),
    path("<hex:person>/", views.person, name="person"),
    path("<hex:person>/history/", views.history, name="history"),
    path("<hex:person>/document/<hash:sha256>/", views.document, name="document"),
    path("<hex:person>/check/<hex:claim>/", checking.check, name="check"),
    path("<hex:person>/verify/<int:n>/", checking.verify, name="verify"),
    path("<hex:person>/write/<slug:step>/", writing.write, name="write"),
    path("<hex:person>/write/<slug:step>/<hex:thing>/", writing.write, name="write"),
]
