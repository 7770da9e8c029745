"""Registers the package with Django."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The `stock` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.stock"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed certificates; partners are erased by their term."""
        from recalldesk.evidence.enclosures.holder import FilesOfShelf
        from recalldesk.sealing.holders import register_holder
        from recalldesk.stock.certificates.shelf import CERTIFICATES
        from recalldesk.stock.partners.erasing import register

        register_holder(FilesOfShelf(CERTIFICATES, "certificates of partners"))
        register()
