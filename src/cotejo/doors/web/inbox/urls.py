"""Addresses of the inbox."""

from django.urls import path

from cotejo.doors.web.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="list"),
    path("<slug:review>/", views.request_page, name="request"),
    path("<slug:review>/open/", views.open_review, name="open"),
    path("<slug:review>/questions/", views.questions, name="questions"),
    path("<slug:review>/document/<slug:sha256>/", views.document, name="document"),
]
