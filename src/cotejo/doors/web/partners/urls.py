"""Addresses of the partners' pages. A partner's name is its node's name, which is public."""

from django.urls import path

from cotejo.doors.web.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partners, name="list"),
    path("<slug:name>/", views.partner, name="partner"),
    path("<slug:name>/pause/", views.pause, name="pause"),
    path("<slug:name>/resume/", views.resume, name="resume"),
    path("<slug:name>/end/", views.end, name="end"),
]
