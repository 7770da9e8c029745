"""Registers the package with Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The `incidents` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.incidents"
