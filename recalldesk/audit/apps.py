"""Registers the package with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The `audit` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.audit"
