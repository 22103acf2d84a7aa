"""Addresses of the protection officer's desk."""

from django.urls import path

from cotejo.doors.web.protection import views

app_name = "protection"
urlpatterns = [
    path("", views.waiting, name="list"),
    path("<slug:review>/", views.case, name="case"),
    path("<slug:review>/search/", views.search, name="search"),
    path("<slug:review>/check/", views.check, name="check"),
]
