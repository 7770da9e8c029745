"""The addresses of partners."""

from django.urls import URLPattern, path

from recalldesk.portal.partner import signing_in, start

urlpatterns: list[URLPattern] = [
    path("partner/", start.start, name="partner"),
    path("partner/sign-in", signing_in.sign_in, name="partner_sign_in"),
    path("partner/sign-out", signing_in.sign_out, name="partner_sign_out"),
    path("partner/link/<str:token>", signing_in.link, name="partner_link"),
]
