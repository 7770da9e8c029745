"""The addresses at which a claim is come back to and followed."""

from django.urls import URLPattern, path

from recalldesk.portal.claiming import links, status

urlpatterns: list[URLPattern] = [
    path("claims/come-back", links.come_back, name="come_back"),
    path("claims/link/<str:token>", links.claim_link, name="claim_link"),
    path("claims/<str:key>/", status.claim, name="claim"),
]
