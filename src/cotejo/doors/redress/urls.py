"""Every address of the redress office: three for the public, the rest for its officers."""

from django.urls import path

from cotejo.doors.redress import public, staff

urlpatterns = [
    path("", public.start, name="start"),
    path("complaint/", public.lodge, name="lodge"),
    path("status/", public.status, name="status"),
    path("where/", public.where, name="where"),
    path("office/", staff.queue, name="queue"),
    path("office/late/", staff.late, name="late"),
    path("office/sign-in/", staff.sign_in, name="sign_in"),
    path("office/sign-out/", staff.sign_out, name="sign_out"),
    path("office/enrol/<str:token>/", staff.enrol, name="enrol"),
    path("office/<str:complaint>/", staff.case, name="case"),
    path("office/<str:complaint>/<str:document>/", staff.document, name="document"),
]

handler400 = "cotejo.doors.redress.frame.bad_request"
handler404 = "cotejo.doors.redress.frame.not_here"
handler500 = "cotejo.doors.redress.frame.our_fault"
