"""Registers the package with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The `reports` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.reports"
