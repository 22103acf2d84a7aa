"""Addresses of a person's own account. There is none for signing up, for e-mail or for a forgotten password.

Names are those `allauth` expects.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from django.urls import path

from cotejo.doors.web.accounts import views

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("ended/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("enrol/<str:officer_id>/<str:token>/", views.enrol, name="account_enrol"),
]
