"""Registers the package with Django."""

from django.apps import AppConfig


class DisposalConfig(AppConfig):
    """The `disposal` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.disposal"
