"""Registers the package with Django."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The `outreach` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.outreach"

    def ready(self) -> None:
        """Says what is erased by its term, and how purchasers are found."""
        from recalldesk.outreach.erasing import register

        register()
