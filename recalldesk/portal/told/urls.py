"""The addresses of whoever was written to."""

from django.urls import URLPattern, path

from recalldesk.portal.told import nothing_more, on_file, page

urlpatterns: list[URLPattern] = [
    path("told/<str:token>", page.told, name="told"),
    path("told/<str:token>/nothing-more", nothing_more.nothing_more, name="told_nothing_more"),
    path("claims/<str:key>/on-file", on_file.on_file, name="claim_on_file"),
]
