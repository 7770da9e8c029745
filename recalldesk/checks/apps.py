"""Registers the package with Django."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """The `checks` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.checks"
