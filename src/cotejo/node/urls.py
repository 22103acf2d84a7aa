"""Every address of a node's officer pages: the frame at the root, accounts, and one prefix a task package."""

from django.urls import include, path

from cotejo.doors.web import packages

AT_ROOT = f"{packages.PREFIX}.base.urls"
ACCOUNT = f"{packages.PREFIX}.accounts.urls"

urlpatterns = [
    path("", include(AT_ROOT)),
    path("account/", include(ACCOUNT)),
    *(
        path(f"{module.split('.')[-2]}/", include(module))
        for module in packages.holding("urls")
        if module not in {AT_ROOT, ACCOUNT}
    ),
]

handler400 = "cotejo.doors.web.base.errors.bad_request"
handler403 = "cotejo.doors.web.base.errors.not_yours"
handler404 = "cotejo.doors.web.base.errors.not_here"
handler500 = "cotejo.doors.web.base.errors.our_fault"
