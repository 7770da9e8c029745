"""Registers the package with Django."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """The `sealing` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.sealing"
