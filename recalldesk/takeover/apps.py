"""Registers the package with Django, and its rejected lines with whoever keeps terms."""

from django.apps import AppConfig


class TakeoverConfig(AppConfig):
    """The `takeover` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.takeover"

    def ready(self) -> None:
        """Its rejected lines fall under the same terms and holds as all others."""
        from recalldesk.keeping.rejects import register_rejects
        from recalldesk.takeover.models import TakeoverReject

        register_rejects("takeover.rejects", TakeoverReject)
