"""Registers the package with Django."""

from django.apps import AppConfig


class RecallsConfig(AppConfig):
    """The `recalls` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.recalls"
