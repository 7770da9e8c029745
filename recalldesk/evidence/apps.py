"""Registers the package with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The `evidence` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.evidence"
