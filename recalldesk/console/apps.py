"""Registers the package with Django."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The `console` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.console"
