"""Registers the package with Django."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """The `inquiries` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.inquiries"
