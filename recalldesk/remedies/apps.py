"""Registers the package with Django."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """The `remedies` package."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "recalldesk.remedies"

    def ready(self) -> None:
        """Registers the providers, once the models are there, the journal that outlives a restore,
        and what is erased by its term."""
        from recalldesk.keeping.outside import register_journal
        from recalldesk.keeping.rejects import register_rejects
        from recalldesk.remedies import journal
        from recalldesk.remedies.models import CorrectionReject
        from recalldesk.remedies.providers import known  # noqa: F401

        register_journal(journal)
        register_rejects("remedies.rejects", CorrectionReject)
