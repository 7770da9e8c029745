"""Registers the package with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The `jobs` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.jobs"
