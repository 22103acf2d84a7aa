"""Addresses of the pages of auditors and the oversight body."""

from django.urls import path

from cotejo.doors.web.oversight import chain_views, views

app_name = "oversight"
urlpatterns = [
    path("", views.audit, name="audit"),
    path("gates/", chain_views.gates, name="gates"),
    path("gates/<str:kind>/<str:case>/", chain_views.case, name="case"),
    path("logs/", chain_views.logs, name="logs"),
    path("logs/<str:partner>/", chain_views.link, name="link"),
]
