"""Registers the package with Django."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The `stock` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.stock"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed certificates; partners are erased by their term."""
        from recalldesk.sealing.holders import register_holder
        from recalldesk.stock.certificates.holder import Certificates
        from recalldesk.stock.partners.erasing import register

        register_holder(Certificates())
        register()
