"""Registers the package with Django."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """The `remedies` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.remedies"

    def ready(self) -> None:
        """Registers the providers, once the models are there."""
        from recalldesk.remedies.providers import known  # noqa: F401
