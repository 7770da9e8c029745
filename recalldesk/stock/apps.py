"""Registers the package with Django."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The `stock` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.stock"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed certificates."""
        from recalldesk.sealing.holders import register_holder
        from recalldesk.stock.certificates.holder import Certificates

        register_holder(Certificates())
