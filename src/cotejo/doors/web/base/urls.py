"""Addresses of the frame itself."""

from django.urls import path

from cotejo.doors.web.base import views

app_name = "base"
urlpatterns = [
    path("", views.work, name="work"),
    path("language/", views.language, name="language"),
]
