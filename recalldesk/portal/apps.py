"""Registers the package with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The `portal` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.portal"
