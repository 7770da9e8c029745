"""Registers the package with Django."""

from django.apps import AppConfig


class PurchasersConfig(AppConfig):
    """The `purchasers` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.purchasers"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed order files."""
        from recalldesk.purchasers.holder import OrderFiles
        from recalldesk.sealing.holders import register_holder

        register_holder(OrderFiles())
