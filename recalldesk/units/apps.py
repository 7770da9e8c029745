"""Registers the package with Django."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The `units` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.units"
