"""Registers the package with Django."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """The `keeping` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.keeping"
