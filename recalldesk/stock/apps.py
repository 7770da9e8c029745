"""Registers the package with Django."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The `stock` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.stock"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed certificates."""
        from recalldesk.evidence.enclosures.holder import FilesOfShelf
        from recalldesk.sealing.holders import register_holder
        from recalldesk.stock.certificates.shelf import CERTIFICATES

        register_holder(FilesOfShelf(CERTIFICATES, "certificates of partners"))
