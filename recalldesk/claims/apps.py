"""Registers the package with Django."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The `claims` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.claims"
