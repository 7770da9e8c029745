"""Registers the package with Django."""

from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    """The `takeover` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.takeover"

    def ready(self) -> None:
        """Says that rejected lines are erased by their term."""
        from recalldesk.keeping.rejects import register_rejects
        from recalldesk.takeover.models import TakeoverReject

        register_rejects("takeover.rejects", TakeoverReject)
