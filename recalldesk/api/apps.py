"""Registers the package with Django, for its templates."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The `api` package."""

    name = "recalldesk.api"
