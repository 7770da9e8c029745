"""Registers the package with Django."""

from django.apps import AppConfig


class PurchasersConfig(AppConfig):
    """The `purchasers` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.purchasers"

    def ready(self) -> None:
        """A rotation of keys reaches the sealed order files; what is erased by its term is said."""
        from recalldesk.keeping.erasers import register_eraser
        from recalldesk.keeping.rejects import register_rejects
        from recalldesk.purchasers.forgetting import FILES
        from recalldesk.purchasers.holder import OrderFiles
        from recalldesk.purchasers.models import OrderReject
        from recalldesk.sealing.holders import register_holder

        register_holder(OrderFiles())
        register_eraser(FILES)
        register_rejects("purchasers.rejects", OrderReject)
