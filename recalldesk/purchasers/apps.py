"""Registers the package with Django."""

from django.apps import AppConfig


class PurchasersConfig(AppConfig):
    """The `purchasers` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.purchasers"
