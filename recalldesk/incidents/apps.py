"""Registers the package with Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """The `incidents` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.incidents"

    def ready(self) -> None:
        """Says what is erased by its term, and how incidents are found."""
        from recalldesk.incidents.erasing import register
        from recalldesk.incidents.models import IncidentReject
        from recalldesk.keeping.rejects import register_rejects

        register()
        register_rejects("incidents.rejects", IncidentReject)
