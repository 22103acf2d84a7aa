"""Every address of the installation; each answers a person with a page, none answers a machine."""

from django.urls import path

from cotejo_prevention import desk, pages

urlpatterns = [
    path("", pages.directory, {"language": "es"}),
    path("style.css", pages.style),
    path("<lang:language>/", pages.directory, name="directory"),
    path("<lang:language>/programmes/<slug:code>/", pages.programme, name="programme"),
    path("<lang:language>/consent/", pages.consent, name="consent"),
    path("<lang:language>/withdraw/", pages.withdraw, name="withdraw"),
    path("<lang:language>/sign-in/", desk.sign_in, name="sign_in"),
    path("<lang:language>/sign-out/", desk.sign_out, name="sign_out"),
    path("<lang:language>/referrals/", desk.mine, name="mine"),
    path("<lang:language>/referrals/new/", desk.new, name="new"),
    path("<lang:language>/referrals/<str:referral_id>/", desk.one, name="one"),
    path("<lang:language>/referrals/<str:referral_id>/move-on/", desk.move_on, name="move_on"),
    path("<lang:language>/referrals/<str:referral_id>/withdraw/", desk.withdraw, name="withdraw_here"),
]
handler404 = pages.not_found
handler500 = pages.broken
