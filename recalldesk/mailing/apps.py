"""Registers the package with Django."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """The `mailing` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.mailing"
