"""Registers the package with Django."""

from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    """The `takeover` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.takeover"
