"""Addresses of groups and incidents."""

from django.urls import path

import cotejo.doors.web.base.addresses  # noqa: F401 - declares `hex` and `hash`
from cotejo.doors.web.knowledge import groups, incidents

app_name = "knowledge"
urlpatterns = [
    path("groups/", groups.listed, name="groups"),
    path("groups/new/", groups.new, name="new_group"),
    path("groups/<hex:group>/", groups.one, name="group"),
    path("groups/<hex:group>/structure/", groups.structure, name="structure"),
    path("incidents/", incidents.listed, name="incidents"),
    path("incidents/new/", incidents.new, name="new_incident"),
    path("incidents/<hex:incident>/", incidents.one, name="incident"),
    path("incidents/<hex:incident>/document/<hash:sha256>/", incidents.document, name="document"),
]
