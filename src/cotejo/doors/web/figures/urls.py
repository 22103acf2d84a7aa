"""Addresses of the public figures."""

from django.urls import path

from cotejo.doors.web.figures import views

app_name = "figures"
urlpatterns = [path("", views.figures, name="figures")]
