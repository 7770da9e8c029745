"""The addresses at which a claim is begun and filled in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
