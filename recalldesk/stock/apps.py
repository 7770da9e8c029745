"""Registers the package with Django."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The `stock` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.stock"
