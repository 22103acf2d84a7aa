"""Addresses of the audit list."""

from django.urls import path

from cotejo.doors.web.oversight import views

app_name = "oversight"
urlpatterns = [path("", views.audit, name="audit")]
