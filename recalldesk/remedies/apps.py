"""Registers the package with Django."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """The `remedies` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.remedies"

    def ready(self) -> None:
        """Makes the providers known."""
        from recalldesk.remedies.providers.known import register_all

        register_all()
