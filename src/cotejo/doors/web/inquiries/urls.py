"""Addresses of inquiries; ids only, because addresses end in histories."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex`
from cotejo.doors.web.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("<hex:inquiry>/", views.one, name="one"),
    path("<hex:inquiry>/document/", views.document, name="document"),
    path("<hex:inquiry>/record/<slug:language>/", views.record, name="record"),
]
