"""Registers the package with Django."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """The `publicity` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.publicity"

    def ready(self) -> None:
        """Says what is erased by its term."""
        from recalldesk.keeping.erasers import register_eraser
        from recalldesk.publicity.forgetting import SELLERS

        register_eraser(SELLERS)
