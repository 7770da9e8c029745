"""Registers the package with Django."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """The `publicity` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.publicity"
