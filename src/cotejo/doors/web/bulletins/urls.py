"""Addresses of the bulletins."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex` and `hash`
from cotejo.doors.web.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("<hex:bulletin>/", views.passing, name="passing"),
]
