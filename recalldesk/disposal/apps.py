"""Registers the package with Django."""

from django.apps import AppConfig


class DisposalConfig(AppConfig):
    """The `disposal` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.disposal"

    def ready(self) -> None:
        """Says what is erased by its term."""
        from recalldesk.disposal.models import SiteReject
        from recalldesk.keeping.rejects import register_rejects

        register_rejects("disposal.rejects", SiteReject, recall="")
